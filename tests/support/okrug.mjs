/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs the okrug program for the tests and reads what it wrote. Every run starts from an environment of a few fixed
 * variables, so that no test depends on the shell it was started from.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = resolve(process.env.OKRUG_PROGRAM ?? join(root, 'build/release/okrug'));

/* The folder of shared data, null where it is not there: tests that need it then report themselves skipped. */
export const shared = (() => {
  const folder = resolve(process.env.OKRUG_SHARED ?? join(root, '../shared'), 'data');
  return existsSync(folder) ? folder : null;
})();
export const needsShared = { skip: shared === null && 'shared data is not here (OKRUG_SHARED)' };

if (!existsSync(program)) {
  throw new Error(`there is no program at ${program}: build it or set OKRUG_PROGRAM`);
}

export const environment = { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C', TZ: 'UTC' };

/* A folder of its own for a test, removed after it. `files` maps names to contents. */
export function folder(t, files = {}) {
  const path = mkdtempSync(join(tmpdir(), 'okrug-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), content);
  }
  return path;
}

/* Starts any command; `finished` gives {code, signal, stdout, stderr} once it ended. */
export function start(command, args, { cwd = root, env = {}, input = '', timeout = 60000 } = {}) {
  const child = spawn(command, args, { cwd, env: { ...environment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const out = [];
  const err = [];
  child.stdout.on('data', (bytes) => out.push(bytes));
  child.stderr.on('data', (bytes) => err.push(bytes));
  child.stdin.on('error', () => {}); /* a program that fails early does not read its input */
  child.stdin.end(input);
  child.standardError = () => Buffer.concat(err).toString();
  child.finished = new Promise((done, fail) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new Error(`${command} ${args.join(' ')} took more than ${timeout} ms`));
    }, timeout);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
  return child;
}

export function okrug(args, options) {
  return start(program, args, options).finished;
}

/* As okrug(), for what must work: throws with the program's own words otherwise. */
export async function okrugDone(args, options) {
  const result = await okrug(args, options);
  if (result.code !== 0) {
    throw new Error(`okrug ${args.join(' ')} ended with ${result.code ?? result.signal}:\n${result.stderr}`);
  }
  return result;
}

/* RFC 4180: rows of cells; a quoted cell may hold commas, quotes and line ends. */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at++) {
        at += text[at] === '"' ? 1 : 0;
        cell += text[at];
      }
      at++;
    } else {
      while (at < text.length && !',\r\n'.includes(text[at])) {
        cell += text[at++];
      }
    }
    row.push(cell);
    if (text[at] === ',') {
      at++;
      if (at === text.length || '\r\n'.includes(text[at])) {
        row.push('');
      }
    }
    if (at >= text.length || '\r\n'.includes(text[at])) {
      at += text[at] === '\r' ? 2 : 1;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/* A CSV with a header as {columns, rows}, each row an object by column. */
export function parseTable(text) {
  const [columns = [], ...cells] = parseCsv(text);
  const rows = cells.map((row, i) => {
    if (row.length !== columns.length) {
      throw new Error(`row ${i + 2} has ${row.length} cells, the header ${columns.length}`);
    }
    return Object.fromEntries(columns.map((name, c) => [name, row[c]]));
  });
  return { columns, rows };
}

/* Every table that `-o path` left, by name. */
export function tablesIn(path) {
  return Object.fromEntries(readdirSync(path).filter((name) => name.endsWith('.csv'))
    .map((name) => [name.slice(0, -4), parseTable(readFileSync(join(path, name), 'utf8'))]));
}

/* Names and SHA-256 of all files in a folder and below: equal for equal bytes. */
export function fingerprint(path) {
  const list = {};
  for (const entry of readdirSync(path, { recursive: true }).sort()) {
    const file = join(path, entry);
    if (statSync(file).isFile()) {
      list[entry] = createHash('sha256').update(readFileSync(file)).digest('hex');
    }
  }
  return list;
}
