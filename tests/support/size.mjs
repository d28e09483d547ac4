/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much the page is, as bytes compressed by gzip: what a browser has to fetch before it can draw anything (all that
 * index.html names, and the first texts of one language), and what it fetches when somebody comes to it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { program } from './okrug.mjs';

/* {script, style, fonts, later} in bytes; fonts are compressed as they are. Of the languages the larger counts. */
export function pageSize(folder = join(dirname(program), 'share/okrug/web')) {
  const size = { script: 0, style: 0, fonts: 0, later: 0 };
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  const texts = { first: 0, more: 0 };
  for (const name of readdirSync(folder, { recursive: true })) {
    const kind = { js: 'script', css: 'style', woff2: 'fonts' }[name.split('.').at(-1)];
    if (!kind) {
      continue;
    }
    const bytes = readFileSync(join(folder, name));
    const packed = kind === 'fonts' ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    const part = /^(?:en|ru)-(first|more)-/.exec(basename(name))?.[1];
    if (part) {
      texts[part] = Math.max(texts[part], packed);
    } else {
      size[kind === 'fonts' || index.includes(basename(name)) ? kind : 'later'] += packed;
    }
  }
  size.script += texts.first;
  size.later += texts.more;
  return size;
}
