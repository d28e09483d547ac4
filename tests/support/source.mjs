/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads C sources as far as the tests need it: without comments, calls with their arguments as text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './okrug.mjs';

/* Comments become blanks; line breaks stay, so that places in the text are places in the file. */
export function withoutComments(text) {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (part) => (part[0] === '/' ? part.replace(/[^\n]/g, ' ') : part));
}

/* {file, text} of every source under the folders, file relative to the repository. */
export function sources(folders) {
  return folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(c|h|cpp)$/.test(name)).sort()
    .map((name) => ({ file: `${folder}/${name}`, text: withoutComments(readFileSync(join(root, folder, name), 'utf8')) })));
}

/* The arguments of the call whose opening parenthesis is at `open`; null where it is not closed. */
function argumentsAt(text, open) {
  const parts = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < text.length; at++) {
    const c = text[at];
    if (c === '"' || c === "'") {
      for (at++; text[at] !== c; at++) {
        at += text[at] === '\\' ? 1 : 0;
      }
    } else if ('([{'.includes(c)) {
      depth++;
    } else if (')]}'.includes(c)) {
      depth--;
      if (depth === 0) {
        parts.push(text.slice(from, at).trim());
        return parts;
      }
    } else if (c === ',' && depth === 1) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return null;
}

/* Every call (and definition) of a function in a text: {line, args}. */
export function callsOf(name, text) {
  return [...text.matchAll(new RegExp(`\\b${name}\\s*\\(`, 'g'))].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    args: argumentsAt(text, match.index + match[0].length - 1) ?? [],
  }));
}

/* The string literals in an expression. */
export const literalsIn = (text) => [...text.matchAll(/"((?:\\.|[^"\\])*)"/g)].map((match) => match[1]);
