/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking before importing: the preview as JSON, options that the workspace remembers, codes that do not match.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, needsShared, okrug, okrugDone, parseTable, shared } from '../support/okrug.mjs';
import { workbook } from '../support/workbook.mjs';

const territories = 'region,lat,lon\n07701000,54,36\n29701000,54,36\nКоролёв,54,36\nA,54,36\n29702000,54,36\n';
const values = 'ОКТМО;Численность\n7701000;1\n29701000000;2\nКоролев;3\nА;4\n99;5\n29702000;6\n'; /* the А is Cyrillic */
const maps = ['--map', 'region=ОКТМО', '--map', 'value=Численность'];

async function workspace(t, files = {}) {
  const cwd = folder(t, { 'terr.csv': territories, 'v.csv': values, ...files });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'territories', 'terr.csv'], { cwd });
  return cwd;
}

async function preview(cwd, args) {
  const result = await okrug(['import', 'w.okrug', 'values', ...args, '--dry-run', '--format', 'json'], { cwd });
  return { ...result, files: JSON.parse(result.stdout).files };
}

test('codes that do not match are told, with those that were probably meant', async (t) => {
  const cwd = await workspace(t);
  const { code, files: [{ join: join_, columns, faults, preview: table }] } = await preview(cwd, ['v.csv', ...maps]);
  assert.equal(code, 0);
  assert.deepEqual(faults, []);
  assert.deepEqual(join_, {
    with: 'terr',
    matched: 1,
    only_here_count: 5,
    only_there_count: 4,
    only_here: ['7701000', '29701000000', 'Королев', 'А', '99'],
    only_there: ['07701000', '29701000', 'Королёв', 'A'],
    near: [{ here: '7701000', there: '07701000', why: 'zero' }, { here: '29701000000', there: '29701000', why: 'digits' },
      { here: 'Королев', there: 'Королёв', why: 'yo' }, { here: 'А', there: 'A', why: 'alike' }],
  });
  assert.deepEqual(columns.map(({ header, role, suggested }) => [header, role, suggested]),
    [['ОКТМО', 'region', null], ['Численность', 'value', null]]);
  assert.deepEqual(table.columns.map(({ name, values: cells }) => [name, cells.length]), [['region', 6], ['value', 6]]);
  const { stdout } = await okrugDone(['import', 'w.okrug', 'values', 'v.csv', ...maps, '--dry-run'], { cwd });
  assert.match(stdout, /codes that match: 1\n.*only in this file: 5 \(7701000, 29701000000, Королев, А, 99\)/);
  assert.match(stdout, /probably the same: Королев ~ Королёв \(ё and е\)/);
});

test('names that differ by a dash or by "г." are taken for the same', async (t) => {
  const cwd = folder(t, { 'terr.csv': 'region,lat,lon\nг. Москва,55,37\nСеверная Осетия-Алания,43,44\n',
    'v.csv': 'region,value\nМосква,1\nСеверная Осетия — Алания,2\n' });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'territories', 'terr.csv'], { cwd });
  const { files: [{ join: { near } }] } = await preview(cwd, ['v.csv']);
  assert.deepEqual(near, [{ here: 'Москва', there: 'г. Москва', why: 'city' },
    { here: 'Северная Осетия — Алания', there: 'Северная Осетия-Алания', why: 'dash' }]);
});

test('roles are suggested and never bound by guess', async (t) => {
  const cwd = await workspace(t);
  const { code, files: [{ columns, faults, remembered, options, join: none, preview: table }] } = await preview(cwd, ['v.csv']);
  assert.equal(code, 3);
  assert.deepEqual(columns.map(({ header, role, suggested, sample }) => [header, role, suggested, sample[0]]),
    [['ОКТМО', null, 'region', '7701000'], ['Численность', null, 'value', '1']]);
  assert.deepEqual(faults.map((fault) => [fault.code, fault.file, fault.line]), [['missing-column', 'v.csv', 1], ['missing-column', 'v.csv', 1]]);
  assert.match(faults[0].text, /there is no column "region"/);
  assert.equal(remembered, false);
  assert.deepEqual(options, []);
  assert.equal(none, null);
  assert.equal(table.rows, 6);
});

test('a fault of a cell is in the preview with its place, and so is a part that is not chosen', async (t) => {
  const rows = [['region', 'value'], ['A', 'x y']];
  const cwd = await workspace(t, { 'b.xlsx': workbook({ 1: rows, 2: rows }) });
  const { files: [one] } = await preview(cwd, ['b.xlsx#2']);
  assert.equal(one.faults[0].cell, '2!B2');
  assert.equal(one.understood.part, '2');
  const { code, files: [several] } = await preview(cwd, ['b.xlsx']);
  assert.equal(code, 3);
  assert.equal(several.faults[0].code, 'several-parts');
});

test('options are remembered for the next file with the same header', async (t) => {
  const cwd = await workspace(t, { 'next.csv': 'Численность;ОКТМО\n7;29702000\n5;29701000\n', 'other.csv': 'ОКТМО;Численность;Год\n1;2;3\n' });
  await okrugDone(['import', 'w.okrug', 'values', 'v.csv', ...maps, '--unit', 'thousand-persons'], { cwd });
  const { files: [{ remembered, options, faults }] } = await preview(cwd, ['next.csv']);
  assert.equal(remembered, true);
  assert.deepEqual(faults, []);
  assert.deepEqual(options, [{ name: 'map', value: 'region=ОКТМО' }, { name: 'map', value: 'value=Численность' },
    { name: 'unit', value: 'thousand-persons' }]);
  const { stderr } = await okrugDone(['import', 'w.okrug', 'values', 'next.csv'], { cwd });
  assert.match(stderr, /as files with this header were read before .*--map region=ОКТМО --map value=Численность --unit thousand-persons/);
  const { stdout } = await okrugDone(['run', 'location-quotient', 'w.okrug#next', '--map', 'industry=region'], { cwd });
  assert.equal(parseTable(stdout).rows[0].region, '29702000');
  for (const args of [['next.csv', '--no-remembered'], ['other.csv'], ['next.csv', '--unit', 'person']]) {
    const { code, files: [file] } = await preview(cwd, args);
    assert.equal(code, 3, args.join(' '));
    assert.equal(file.remembered, false, args.join(' '));
  }
});

test('the row of the header is remembered too, and a study remembers nothing', async (t) => {
  const rows = [['Занятость'], ['Регион', 'Число'], ['29702000', 1]];
  const study = 'study: s\ndatasets:\n  - {id: b, kind: values, file: b.xlsx}\n';
  const cwd = await workspace(t, { 'a.xlsx': workbook({ 1: rows }), 'b.xlsx': workbook({ 1: [...rows, ['29701000', 2]] }), 'study.yaml': study });
  await okrugDone(['import', 'w.okrug', 'values', 'a.xlsx', '--header-row', '2', '--map', 'region=Регион', '--map', 'value=Число'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'b.xlsx'], { cwd });
  const { code, stderr } = await okrug(['study', 'run', 'study.yaml', '--workspace', 'w.okrug'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /there is no column "region"/);
});

test('a dry run changes nothing, and JSON is its format only', async (t) => {
  const cwd = await workspace(t);
  const before = readFileSync(join(cwd, 'w.okrug'));
  await okrugDone(['import', 'w.okrug', 'values', 'v.csv', ...maps, '--dry-run'], { cwd });
  await preview(cwd, ['v.csv', ...maps]);
  assert.deepEqual(readFileSync(join(cwd, 'w.okrug')), before);
  for (const args of [['--format', 'json'], ['--format', 'csv', '--dry-run']]) {
    const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'v.csv', ...maps, ...args], { cwd });
    assert.equal(code, 2, stderr);
  }
});

/* The limit of 40 bytes is inside a letter. */
test('a long text is cut after a whole letter', async (t) => {
  const name = `x${'я'.repeat(30)}`;
  const cwd = folder(t, { 'firms.csv': `firm,name\n1,${name}\n2,${'я'.repeat(20)}\n` });
  const { stdout } = await okrugDone(['import', 'w.okrug', 'firms', 'firms.csv', '--dry-run'], { cwd });
  assert.match(stdout, new RegExp(`name {2}\\[text\\] {2}x${'я'.repeat(19)}… \\| ${'я'.repeat(20)}\n`));
  assert.doesNotMatch(stdout, /\uFFFD/);
});

test('a table of faults is empty where there are none', async (t) => {
  const cwd = await workspace(t);
  await okrugDone(['import', 'w.okrug', 'values', 'v.csv', ...maps, '--errors', 'e.csv'], { cwd });
  assert.equal(readFileSync(join(cwd, 'e.csv'), 'utf8'), 'file,row,column,cell,value,reason\n');
});

test('districts of Kaluga oblast match their boundaries', needsShared, async (t) => {
  const cwd = folder(t);
  const from = (name) => join(shared, 'ru_kaluga_municipal', name);
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'boundaries', from('kaluga_boundaries_simplified.geojson'), '--map', 'region=oktmo8'], { cwd });
  const { files: [{ join: join_ }] } = await preview(cwd, [from('kaluga_panel.csv'), '--map', 'region=oktmo8',
    '--map', 'value=pop_2024']);
  assert.equal(join_.with, 'kaluga_boundaries_simplified');
  assert.equal(join_.matched, 26);
});

test('where titles stand above the table, the first rows are told', async (t) => {
  const cwd = await workspace(t, { 'title.xlsx': workbook({ s: [['Занято'], ['человек'], ['Код', 'Занято', 'Занято'], ['1', 2, 3]] }) });
  const { code, files: [{ top, columns }] } = await preview(cwd, ['title.xlsx']);
  assert.equal(code, 3);
  assert.deepEqual(top.slice(0, 4), [{ row: 1, texts: ['Занято'] }, { row: 2, texts: ['человек'] }, { row: 3, texts: ['Код', 'Занято'] }, { row: 4, texts: ['1', '2', '3'] }]);
  assert.ok(columns.length > 0);
  const { files: [table] } = await preview(cwd, ['v.csv']);
  assert.deepEqual(table.top, [], 'a table speaks for itself');
});

test('a list of errors or a workbook does not take the place of what is read', async (t) => {
  const text = 'region,industry,value\n1,A,x\n';
  const cwd = folder(t, { 'jobs.csv': text, 'good#.csv': text.replace('x', '1') });
  await okrugDone(['init', 'w.okrug'], { cwd });
  for (const errors of ['jobs.csv', './jobs.csv', 'w.okrug']) {
    const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', '--errors', errors], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /another name/);
  }
  const run = await okrug(['run', 'location-quotient', 'good#.csv', '--format', 'xlsx', '-o', 'good#.csv'], { cwd });
  assert.equal(run.code, 2, run.stderr);
  assert.equal(readFileSync(join(cwd, 'jobs.csv'), 'utf8'), text);
  assert.equal(readFileSync(join(cwd, 'good#.csv'), 'utf8'), text.replace('x', '1'));
  await okrugDone(['check', 'w.okrug'], { cwd });
});

test('a workspace that is not there is told before the files are read', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,value\nA,one\n' });
  const { code, stderr } = await okrug(['import', 'none.okrug', 'values', 'jobs.csv'], { cwd });
  assert.equal(code, 5);
  assert.equal(stderr, 'none.okrug: there is no such workspace; "okrug init none.okrug" makes an empty one\n');
});
