/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results for spreadsheets: the two profiles of CSV and workbooks.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable, program, start } from '../support/okrug.mjs';
import { sheetsOf, unzip } from '../support/zip.mjs';

/* Sevenths and thirds need all their digits; codes have zeros in front; B has no y at all. */
const jobs = 'region,industry,value\n007,x,1\n007,y,2\n010,x,3\n010,y,4\n10-2;3,x,5\n10-2;3,y,9\n0,x,0\n0,y,0\n';

test('what is written for Excel reads back as the same numbers', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const written = {};
  for (const profile of ['machine', 'excel-ru']) {
    await okrugDone(['run', 'location-quotient', 'jobs.csv', '--profile', profile, '-o', profile], { cwd });
    const text = readFileSync(join(cwd, profile, 'quotients.csv'), 'utf8');
    const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--format', 'csv', '--profile', profile], { cwd });
    assert.equal(stdout, text);
    const again = ['run', 'location-quotient', `${profile}/quotients.csv`, '--map', 'value=lq', '--blank', 'structural-zero'];
    written[profile] = { text, again: (await okrugDone(again, { cwd })).stdout };
  }
  assert.match(written['excel-ru'].text, /^\uFEFFregion;industry;.*;reason\r\n007;x;;1;0,\d{15,};/);
  assert.match(written['excel-ru'].text, /\r\n"10-2;3";x;/);
  assert.equal(written['excel-ru'].again, written.machine.again);
  assert.ok(parseTable(written.machine.again).rows.some(({ value }) => value.length > 16), 'numbers have all their digits');
});

/* What a spreadsheet would run as a formula, and what only begins like one. */
const formulas = ["=HYPERLINK(A1)", '+7', '-5', '@SUM(1)', '=1+cmd|"x;y"'];

test('no code runs as a formula in what is written for Excel, and each reads back as it was', async (t) => {
  const quoted = formulas.map((code) => `"${code.replaceAll('"', '""')}"`);
  const cwd = folder(t, { 'jobs.csv': `region,industry,value\n${quoted.map((code, i) => `${code},x,${i + 1}\n${code},y,${9 - i}\n`).join('')}` });
  const run = (...args) => okrugDone(['run', 'location-quotient', 'jobs.csv', ...args], { cwd });
  const machine = (await run('--format', 'csv')).stdout;
  assert.deepEqual([...new Set(parseTable(machine).rows.map(({ region }) => region))], formulas);
  await run('--profile', 'excel-ru', '-o', 'ru');
  const text = readFileSync(join(cwd, 'ru/quotients.csv'), 'utf8');
  const starts = text.split('\r\n').slice(1, -1).map((line) => line.slice(0, 3));
  assert.equal(starts.length, 10);
  starts.forEach((start) => assert.match(start, /^"\t[=+@-]$/));
  assert.doesNotMatch(text, /(^|[;\n])"?[=+@]/);
  const reread = ['--map', 'value=lq', '--format', 'csv'];
  await run('-o', 'm');
  const [mine, theirs] = await Promise.all(['m', 'ru'].map((name) => okrugDone(['run', 'location-quotient', `${name}/quotients.csv`, ...reread], { cwd })));
  assert.equal(theirs.stdout, mine.stdout);
  assert.deepEqual([...new Set(parseTable(theirs.stdout).rows.map(({ region }) => region))], formulas);
  await run('--format', 'xlsx', '-o', 'q.xlsx');
  const { cells, xml } = sheetsOf(readFileSync(join(cwd, 'q.xlsx'))).quotients;
  assert.deepEqual([cells.A2.text, cells.A4.text, cells.A6.text, cells.A8.text, cells.A10.text], formulas);
  assert.doesNotMatch(xml, /<f>/);
});

test('a study writes its tables in that profile too', async (t) => {
  const cwd = folder(t, {
    'jobs.csv': jobs,
    'study.yaml': 'study: s\ndatasets:\n  - {id: jobs, kind: values, file: jobs.csv}\nsteps:\n  - {id: q, run: specialisation, input: "#jobs"}\n',
  });
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out', '--profile', 'excel-ru'], { cwd });
  assert.match(readFileSync(join(cwd, 'out/q/regions.csv'), 'utf8'), /^\uFEFFregion;period;/);
});

test('one table of a workspace goes out in that profile too, and no other form has one', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['run', 'location-quotient', 'jobs.csv', '-o', 'w.okrug#q'], { cwd });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--format', 'csv', '--profile', 'excel-ru'], { cwd });
  await okrugDone(['export', 'w.okrug#q', 'q.csv', '--profile', 'excel-ru'], { cwd });
  assert.equal(readFileSync(join(cwd, 'q.csv'), 'utf8'), stdout);
  const { code, stderr } = await okrug(['export', 'w.okrug#q', 'q.xlsx', '--profile', 'excel-ru'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /--profile/);
  assert.ok(!existsSync(join(cwd, 'q.xlsx')));
});

test('an unknown profile is refused', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { code, stderr } = await okrug(['run', 'specialisation', 'jobs.csv', '--profile', 'excel'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /machine, excel-ru/);
});

test('a workbook has every table with all digits, text codes, reasons, units and provenance', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  await okrugDone(['run', 'location-quotient', 'jobs.csv', '--format', 'xlsx', '-o', 'q.xlsx'], { cwd });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  const { columns, rows } = parseTable(stdout);
  const table = JSON.parse((await okrugDone(['run', 'location-quotient', 'jobs.csv', '--format', 'json'], { cwd })).stdout);
  const numbers = new Set(table.columns.filter(({ type }) => type === 'number').map(({ name }) => name));
  const sheets = sheetsOf(readFileSync(join(cwd, 'q.xlsx')));
  assert.deepEqual(Object.keys(sheets), ['quotients', 'Columns', 'Provenance']);
  const { cells, xml } = sheets.quotients;
  const letter = (c) => String.fromCharCode(65 + c);
  columns.forEach((name, c) => assert.equal(cells[`${letter(c)}1`].text, name));
  rows.forEach((row, r) => columns.forEach((name, c) => {
    const cell = cells[`${letter(c)}${r + 2}`];
    const said = cell?.number ?? cell?.text ?? '';
    assert.equal(said, row[name], `${name} of row ${r + 1}`);
    assert.equal(cell !== undefined && 'number' in cell, row[name] !== '' && numbers.has(name), `${name} of row ${r + 1}`);
  }));
  assert.ok(rows.some(({ lq }) => lq.replace(/\D/g, '').length >= 17), 'some number needs 17 digits');
  assert.match(xml, /<pane ySplit="1"[^>]*state="frozen"/);
  assert.match(xml, new RegExp(`<autoFilter ref="A1:${letter(columns.length - 1)}9"`));
  const texts = (sheet) => Object.values(sheet.cells).map((cell) => cell.text);
  assert.ok(texts(sheets.Columns).includes('lq') && texts(sheets.Columns).includes('ratio'));
  assert.ok(texts(sheets.Provenance).includes('inputs.1.sha256') && texts(sheets.Provenance).includes('jobs.csv'));
});

test('workbooks are the same bytes, now and later', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  for (const [file, threads] of [['a.xlsx', '1'], ['b.xlsx', '3']]) {
    await okrugDone(['run', 'location-quotient', 'jobs.csv', '--format', 'xlsx', '-o', file, '--threads', threads], { cwd });
  }
  const bytes = readFileSync(join(cwd, 'a.xlsx'));
  assert.ok(bytes.equals(readFileSync(join(cwd, 'b.xlsx'))));
  const { files, times } = unzip(bytes);
  assert.equal(times.size, 1);
  assert.match(files['docProps/core.xml'], />1980-01-01T00:00:00Z</);
});

test('a workbook needs a file, and a full disk leaves nothing', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const none = await okrug(['run', 'location-quotient', 'jobs.csv', '--format', 'xlsx'], { cwd });
  assert.equal(none.code, 2);
  const full = await start('sh', ['-c', `ulimit -f 4; "${program}" run location-quotient jobs.csv --format xlsx -o q.xlsx`], { cwd }).finished;
  assert.equal(full.code, 5, full.stderr);
  assert.ok(!existsSync(join(cwd, 'q.xlsx')));
});
