/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes where: formats, -o, --print, standard input and output, and the two languages.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { folder, okrug, okrugDone, parseTable, program, start, tablesIn } from '../support/okrug.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';

test('piped output is CSV with numbers that read back the same', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stdout, stderr } = await okrugDone(['run', 'specialisation', 'jobs.csv'], { cwd });
  const { columns, rows } = parseTable(stdout);
  assert.deepEqual(columns.slice(0, 7), ['region', 'period', 'herfindahl', 'krugman', 'gini', 'theil', 'industries']);
  assert.equal(columns.at(-1), 'reason');
  assert.equal(Number(rows[0].herfindahl), 1 / 9 + 4 / 9);
  assert.equal(stderr, '');
});

test('the ending of the file that -o names says in which form the table goes there', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  for (const format of ['csv', 'json', 'html']) {
    const printed = await okrugDone(['run', 'specialisation', 'jobs.csv', '--format', format], { cwd });
    const written = await okrugDone(['run', 'specialisation', 'jobs.csv', '-o', `out.${format}`], { cwd });
    assert.equal(written.stdout, '');
    assert.equal(readFileSync(join(cwd, `out.${format}`), 'utf8'), printed.stdout);
  }
  await okrugDone(['run', 'specialisation', 'jobs.csv', '-o', 'out.xlsx'], { cwd });
  assert.equal(readFileSync(join(cwd, 'out.xlsx')).subarray(0, 2).toString(), 'PK');
  mkdirSync(join(cwd, 'folder.csv'));
  await okrugDone(['run', 'specialisation', 'jobs.csv', '-o', 'folder.csv'], { cwd });
  assert.ok(readdirSync(join(cwd, 'folder.csv')).includes('provenance.json'), 'a folder that is there is one');
  const itself = await okrug(['run', 'specialisation', 'jobs.csv', '-o', 'jobs.csv'], { cwd });
  assert.equal(itself.code, 2);
  assert.equal(readFileSync(join(cwd, 'jobs.csv'), 'utf8'), jobs);
});

test('JSON has the table by columns with units and reasons', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nB,y,0\n' });
  const { stdout } = await okrugDone(['run', 'specialisation', 'jobs.csv', '--format', 'json'], { cwd });
  const table = JSON.parse(stdout);
  assert.equal(table.table, 'regions');
  assert.equal(table.rows, 2);
  const column = table.columns.find((c) => c.name === 'herfindahl');
  assert.deepEqual(column.values, [1, null]);
  assert.deepEqual(column.reasons, ['', 'zero-total']);
});

test('HTML holds all tables and says where they come from', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\n<b>A</b>,x,1\nB,y,2\n' });
  const { stdout } = await okrugDone(['run', 'specialisation', 'jobs.csv', '--format', 'html'], { cwd });
  assert.match(stdout, /^<!DOCTYPE html>\n<html lang="en">/);
  assert.match(stdout, /jobs\.csv/);
  assert.match(stdout, /&lt;b&gt;A&lt;\/b&gt;/);
  assert.doesNotMatch(stdout, /<b>A|<script|https?:\/\/(?!doi|www)/);
  const russian = await okrugDone(['run', 'specialisation', 'jobs.csv', '--format', 'html', '--lang', 'ru'], { cwd });
  assert.match(russian.stdout, /<html lang="ru">/);
});

test('a table for people is aligned', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stdout } = await okrugDone(['run', 'specialisation', 'jobs.csv', '--format', 'table'], { cwd });
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, 3);
  assert.equal(new Set(lines.map((line) => line.length)).size, 1);
});

test('-o writes every table and its provenance, and prints nothing', async (t) => {
  const cwd = folder(t, { 'jobs.csv': `${jobs}C,x,5\nC,z,1\n` });
  const { stdout } = await okrugDone(['run', 'complexity', 'jobs.csv', '-o', 'results/deep'], { cwd });
  assert.equal(stdout, '');
  assert.deepEqual(readdirSync(join(cwd, 'results/deep')).sort(),
    ['cells.csv', 'industries.csv', 'provenance.json', 'region-outlook.csv', 'regions.csv']);
  const described = JSON.parse((await okrugDone(['describe', 'complexity', '--json'])).stdout);
  const tables = tablesIn(join(cwd, 'results/deep'));
  for (const { table, columns } of described.outputs) {
    assert.deepEqual(tables[table].columns, [...columns.map((c) => c.name), 'reason']);
  }
  const provenance = JSON.parse(readFileSync(join(cwd, 'results/deep/provenance.json'), 'utf8'));
  assert.equal(provenance.analysis, 'complexity');
  assert.deepEqual(provenance.parameters, { threshold: 1 });
  assert.equal(provenance.inputs[0].file, 'jobs.csv');
  assert.match(provenance.inputs[0].sha256, /^[0-9a-f]{64}$/);
  assert.ok(Array.isArray(provenance.warnings) && provenance.references.length > 0);
});

test('-o with --print does both', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stdout } = await okrugDone(['run', 'specialisation', 'jobs.csv', '-o', 'results', '--print', 'nearest'], { cwd });
  assert.match(stdout, /^region,period,rank,other,distance,reason\n/);
  assert.ok(existsSync(join(cwd, 'results/regions.csv')));
});

test('a folder that cannot be made ends with 5 and leaves nothing', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, results: 'a file' });
  const { code, stderr } = await okrug(['run', 'specialisation', 'jobs.csv', '-o', 'results'], { cwd });
  assert.equal(code, 5, stderr);
  assert.equal(readFileSync(join(cwd, 'results'), 'utf8'), 'a file');
});

test('a disk without room is told with the name of the file, and nothing half stays', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  mkdirSync(join(cwd, 'results'));
  symlinkSync('/dev/full', join(cwd, 'results/quotients.csv'));
  const device = await okrug(['run', 'location-quotient', 'jobs.csv', '-o', 'results'], { cwd });
  assert.equal(device.code, 5, device.stderr);
  assert.match(device.stderr, /^okrug: no room for results\/quotients\.csv; /m);
  const many = Array.from({ length: 3000 }, (_, i) => `region-${i},A,1\nregion-${i},B,2\n`).join('');
  writeFileSync(join(cwd, 'many.csv'), `region,industry,value\n${many}`);
  const full = await start('sh', ['-c', `ulimit -f 64; "${program}" run location-quotient many.csv -o out`], { cwd }).finished;
  assert.equal(full.code, 5, full.stderr);
  assert.match(full.stderr, /^okrug: cannot write out\/quotients\.csv: /m);
  assert.deepEqual(readdirSync(join(cwd, 'out')), []);
});

test('a stdout that takes nothing ends with 5', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const run = await start('sh', ['-c', `"${program}" run specialisation jobs.csv >/dev/full`], { cwd }).finished;
  assert.equal(run.code, 5, run.stderr);
  assert.match(run.stderr, /cannot write/);
});

test('standard input, plain and compressed', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, 'jobs.csv.gz': gzipSync(jobs) });
  const { stdout } = await okrugDone(['run', 'specialisation', 'jobs.csv'], { cwd });
  for (const input of [jobs, gzipSync(jobs)]) {
    assert.equal((await okrugDone(['run', 'specialisation', '-'], { cwd, input })).stdout, stdout);
  }
  assert.equal((await okrugDone(['run', 'specialisation', 'jobs.csv.gz'], { cwd })).stdout, stdout);
  const { code, stderr } = await okrug(['run', 'specialisation', '-'], { cwd, input: 'region,industry,value\nA,x,many\n' });
  assert.equal(code, 3);
  assert.match(stderr, /:2: column "value"/);
});

const cyrillic = /[а-яё]{4}/i;

test('both languages print, and the language changes no data', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  for (const args of [['help'], ['analyses'], ['describe', 'location-quotient'], ['run', 'location-quotient', 'no.csv'],
    ['run', 'location-quotient', 'jobs.csv', '--levl', '1'], ['frobnicate']]) {
    const english = await okrug(args, { cwd });
    const russian = await okrug(args, { cwd, env: { LANG: 'ru_RU.UTF-8' } });
    assert.doesNotMatch(english.stdout + english.stderr, cyrillic);
    assert.match(russian.stdout + russian.stderr, cyrillic, args.join(' '));
    assert.equal(russian.code, english.code);
  }
  const plain = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  for (const options of [{ env: { LANG: 'ru_RU.UTF-8', LC_ALL: 'ru_RU.UTF-8' } }, { env: { OKRUG_LANG: 'ru' } }]) {
    assert.equal((await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd, ...options })).stdout, plain.stdout);
  }
  assert.match((await okrugDone(['analyses', '--lang', 'ru'], { env: { LANG: 'en_US.UTF-8' } })).stdout, cyrillic);
});

test('every analysis and kind is described in both languages', async () => {
  const { analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout);
  for (const { id } of analyses) {
    for (const lang of ['en', 'ru']) {
      const { stdout } = await okrugDone(['describe', id, '--lang', lang]);
      assert.equal(cyrillic.test(stdout), lang === 'ru', `${id} in ${lang}`);
      assert.doesNotMatch(stdout, /\n {6}\n/, `${id} in ${lang}: a parameter without words`);
    }
  }
});

test('results can be written over', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  mkdirSync(join(cwd, 'results'));
  for (let i = 0; i < 2; i++) {
    await okrugDone(['run', 'specialisation', 'jobs.csv', '-o', 'results'], { cwd });
  }
  assert.deepEqual(readdirSync(join(cwd, 'results')).sort(), ['nearest.csv', 'provenance.json', 'regions.csv']);
});

test('a warning tells a source in the reader\'s language where it is there in both', async (t) => {
  const cwd = folder(t, { 'p.csv': 'firm\nF01\nF02\n', 'a.csv': 'firm,period,revenue\nF01,2023,100\nF02,2023,100\n',
    'c.csv': 'contract,supplier,buyer,date,amount,vat\nC1,F01,F02,2023-02-01,24,included\n' });
  const run = async (...more) => (await okrugDone(['run', 'status', 'p.csv', '--contracts', 'c.csv', '--accounts', 'a.csv', '--date', '2024-06-01', ...more], { cwd })).stderr;
  assert.match(await run(), /at 20 %.*unverified.*general knowledge/);
  const russian = await run('--lang', 'ru');
  assert.match(russian, /по ставке 20 %.*не проверены.*общеизвестно/);
  assert.doesNotMatch(russian, /unverified|general knowledge/);
});
