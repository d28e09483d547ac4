/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads, runs and judges a case: one text file with a command, its inputs and what must come out. The format is
 * described in tests/case/README.md. Strict: what it does not understand, and a case that could not fail, is a fault.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { okrug, parseCsv, parseTable, shared, tablesIn } from './okrug.mjs';

class Malformed extends Error {}

const once = ['title', 'source', 'command', 'exit', 'says', 'known failure'];

function sectionsOf(text) {
  const sections = [];
  for (const [i, line] of text.split('\n').entries()) {
    const heading = /^\[([a-z ]+?)(?: ([^ \]]+))?\]$/.exec(line);
    const known = heading && (once.includes(line.slice(1, -1)) ? [line.slice(1, -1)] :
      ['file', 'table'].includes(heading[1]) && heading[2] ? [heading[1], heading[2]] : null);
    if (known) {
      if (sections.some((s) => s.kind === known[0] && s.name === known[1])) {
        throw new Malformed(`line ${i + 1}: ${line} is there twice`);
      }
      sections.push({ kind: known[0], name: known[1], line: i + 1, lines: [] });
    } else if (/^\[/.test(line)) {
      throw new Malformed(`line ${i + 1}: unknown section ${line}`);
    } else if (sections.length > 0) {
      sections.at(-1).lines.push(line);
    } else if (line.trim() !== '') {
      throw new Malformed(`line ${i + 1}: text before the first section`);
    }
  }
  return sections;
}

const trimmed = (lines) => lines.join('\n').replace(/^\n+|\s+$/g, '');

/* "5e-7 relative" */
function toleranceOf(text, where) {
  const [size, kind = 'absolute', ...rest] = text;
  const value = Number(size);
  if (!(value >= 0) || !['absolute', 'relative'].includes(kind) || rest.length > 0) {
    throw new Malformed(`${where}: a tolerance is a number and, if so, the word relative`);
  }
  return { value, relative: kind === 'relative' };
}

/* "0.5" or "sqrt(299/300)" */
function factorOf(text, where) {
  const root = /^sqrt\((\d+)\/(\d+)\)$/.exec(text ?? '');
  const value = root ? Math.sqrt(Number(root[1]) / Number(root[2])) : Number(text);
  if (!(value > 0)) {
    throw new Malformed(`${where}: a factor is a number above 0 or sqrt(a/b)`);
  }
  return value;
}

function expectedRows(table, csv, where) {
  if (table.matrix === null) {
    const { columns, rows } = parseTable(csv);
    return { columns, rows };
  }
  const [down, across, value] = table.matrix;
  const [[, ...names], ...lines] = parseCsv(csv);
  if (lines.some((line) => line.length !== names.length + 1)) {
    throw new Malformed(`${where}: a line of the matrix is not as long as its header`);
  }
  return {
    columns: [down, across, value],
    rows: lines.flatMap(([code, ...cells]) => cells.map((cell, i) => ({ [down]: code, [across]: names[i], [value]: cell }))),
  };
}

function tableOf(section, places) {
  const where = `[table ${section.name}]`;
  const table = { name: section.name, key: null, some: false, matrix: null, tolerance: {}, factor: {} };
  const end = section.lines.findIndex((line) => line.trim() === '');
  const settings = section.lines.slice(0, end < 0 ? section.lines.length : end);
  let csv = end < 0 ? '' : trimmed(section.lines.slice(end));
  for (const line of settings) {
    const [word, ...rest] = line.trim().split(/[\s,]+/);
    if (word === 'key' && rest.length > 0) {
      table.key = rest;
    } else if (word === 'rows' && ['all', 'some'].includes(rest.join())) {
      table.some = rest[0] === 'some';
    } else if (word === 'matrix' && rest.length === 3) {
      table.matrix = rest;
      table.key ??= rest.slice(0, 2);
    } else if (word === 'within' && rest.length >= 2) {
      table.tolerance[rest[0]] = toleranceOf(rest.slice(1), where);
    } else if (word === 'times' && rest.length === 2) {
      table.factor[rest[0]] = factorOf(rest[1], where);
    } else if (word === 'read' && rest.length === 1 && csv === '') {
      csv = readFileSync(fill(rest[0], places), 'utf8').trimEnd();
    } else {
      throw new Malformed(`${where}: "${line}" is not understood`);
    }
  }
  Object.assign(table, expectedRows(table, csv, where));
  const compared = table.columns.filter((name) => !table.key?.includes(name));
  if (!table.key || table.key.some((name) => !table.columns.includes(name))) {
    throw new Malformed(`${where}: "key" must name columns of the expected table`);
  }
  if (table.rows.length === 0 || compared.length === 0) {
    throw new Malformed(`${where}: nothing is expected`);
  }
  for (const name of [...Object.keys(table.tolerance), ...Object.keys(table.factor)]) {
    if (!compared.includes(name)) {
      throw new Malformed(`${where}: there is no column ${name} to compare`);
    }
  }
  return table;
}

/* $SHARED and $HERE: the folder of shared data and that of the case. */
function fill(text, places) {
  return text.replaceAll('$SHARED', places.shared ?? '$SHARED').replaceAll('$HERE', places.here);
}

/* Words of a command line, with "quotes" around what holds blanks. */
function wordsOf(line, places) {
  const words = line.match(/"[^"]*"|[^\s"]+(?:"[^"]*")?/g) ?? [];
  if (words[0] !== 'okrug') {
    throw new Malformed(`[command]: "${line}" does not begin with okrug`);
  }
  return words.slice(1).map((word) => fill(word.replaceAll('"', ''), places));
}

export function readCase(text, here = '.') {
  const places = { shared, here };
  const sections = sectionsOf(text);
  const one = (kind) => sections.find((s) => s.kind === kind);
  for (const kind of ['title', 'source', 'command']) {
    if (!one(kind) || trimmed(one(kind).lines) === '') {
      throw new Malformed(`there is no [${kind}]`);
    }
  }
  const wants = { title: trimmed(one('title').lines), knownFailure: one('known failure') && trimmed(one('known failure').lines) };
  wants.skip = text.includes('$SHARED') && shared === null;
  if (wants.skip) {
    return wants;
  }
  wants.exit = one('exit') ? Number(trimmed(one('exit').lines)) : 0;
  wants.says = one('says') ? one('says').lines.map((line) => line.trim()).filter((line) => line !== '') : [];
  wants.files = sections.filter((s) => s.kind === 'file').map((s) => [s.name, `${trimmed(s.lines)}\n`]);
  wants.tables = sections.filter((s) => s.kind === 'table').map((s) => tableOf(s, places));
  wants.commands = trimmed(one('command').lines).replace(/\\\n\s*/g, '').split('\n').map((line) => wordsOf(line, places));
  if (!Number.isInteger(wants.exit) || (wants.exit === 0) !== wants.tables.length > 0 ||
      (wants.exit !== 0 && wants.says.length === 0) || wants.knownFailure === '') {
    throw new Malformed('a case expects tables, or an [exit] other than 0 with what it [says]; a known failure has a reason');
  }
  return wants;
}

/* ---- Judging ---- */

function cellDiffers(expected, actual, tolerance, factor) {
  if (tolerance === undefined) {
    return expected === actual ? null : `"${actual}" in place of "${expected}"`;
  }
  if (expected === '' || actual === '') {
    return expected === actual ? null : `"${actual}" in place of "${expected}"`;
  }
  const want = Number(expected);
  const have = Number(actual) * factor;
  const room = tolerance.relative ? tolerance.value * Math.abs(want) : tolerance.value;
  if (Number.isNaN(want)) {
    throw new Malformed(`"${expected}" has a tolerance and is no number`);
  }
  return Math.abs(have - want) <= room ? null : `${have} in place of ${want}, off by ${Math.abs(have - want)}`;
}

/* All differences between an expected table and {columns, rows} of a result, as sentences. */
export function compare(table, result) {
  if (result === undefined) {
    return [`there is no table ${table.name}`];
  }
  const faults = table.columns.filter((name) => !result.columns.includes(name))
    .map((name) => `${table.name}: there is no column ${name}`);
  if (faults.length > 0) {
    return faults;
  }
  const keyOf = (row) => table.key.map((name) => row[name]).join(' / ');
  const found = new Map();
  for (const row of result.rows) {
    if (found.has(keyOf(row))) {
      faults.push(`${table.name}: the result has two rows ${keyOf(row)}; more columns are needed in "key"`);
    }
    found.set(keyOf(row), row);
  }
  const wanted = new Set();
  for (const row of table.rows) {
    const key = keyOf(row);
    if (wanted.has(key)) {
      faults.push(`${table.name}: row ${key} is expected twice`);
    }
    wanted.add(key);
    if (!found.has(key)) {
      faults.push(`${table.name}: there is no row ${key}`);
      continue;
    }
    for (const name of table.columns.filter((c) => !table.key.includes(c))) {
      const fault = cellDiffers(row[name], found.get(key)[name], table.tolerance[name], table.factor[name] ?? 1);
      if (fault !== null) {
        faults.push(`${table.name}: ${key}: ${name} is ${fault}`);
      }
    }
  }
  if (!table.some) {
    faults.push(...[...found.keys()].filter((key) => !wanted.has(key))
      .map((key) => `${table.name}: row ${key} is not expected`));
  }
  return faults;
}

/* Runs a case that was read in a folder of its own; the list of what is wrong, empty where all is as expected. */
export async function runCase(wants, work) {
  for (const [name, content] of wants.files) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), content);
  }
  const results = join(work, 'results-of-the-case');
  let last = null;
  for (const [i, words] of wants.commands.entries()) {
    const final = i === wants.commands.length - 1;
    last = await okrug(final ? [...words, '-o', results] : words, { cwd: work });
    if (!final && last.code !== 0) {
      return [`okrug ${words.join(' ')} ended with ${last.code}: ${last.stderr}`];
    }
  }
  if (last.code !== wants.exit) {
    return [`it ended with ${last.code ?? last.signal} in place of ${wants.exit}: ${last.stderr}`];
  }
  const faults = wants.says.filter((text) => !last.stderr.includes(text))
    .map((text) => `it does not say "${text}" but: ${last.stderr}`);
  const tables = existsSync(results) ? tablesIn(results) : {};
  return [...faults, ...wants.tables.flatMap((table) => compare(table, tables[table.name]))];
}

/* What a case with these faults amounts to: a sentence where the test must fail, else null. */
export function verdict(wants, faults) {
  if (wants.knownFailure) {
    return faults.length > 0 ? null : 'this known failure is no more: take its section out';
  }
  return faults.length === 0 ? null : `${wants.title}\n${faults.slice(0, 20).join('\n')}\n(${faults.length} differences)`;
}
