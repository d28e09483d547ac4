/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wrong input: exit code 3 (5 where a file cannot be read), every bad line named with file, line and column; and what is
 * not wrong but looks so: codes with zeros and dashes, names with commas, Excel's ways of writing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable } from '../support/okrug.mjs';

async function failing(t, content, args = [], name = 'jobs.csv') {
  const cwd = folder(t, { [name]: content });
  const result = await okrug(['run', 'location-quotient', name, ...args], { cwd });
  assert.equal(result.stdout, '');
  return result;
}

test('every bad cell is named', async (t) => {
  const { code, stderr } = await failing(t,
    'region,industry,value\nA,x,many\nA,y,-2\nB,x,3\nB,y,4x\n,z,1\nC,,1\nC,z,Infinity\n');
  assert.equal(code, 3);
  const lines = stderr.trimEnd().split('\n');
  assert.equal(lines.length, 6);
  assert.match(lines[0], /^jobs\.csv:2: column "value": "many" is not a number; expected/);
  assert.match(lines[1], /^jobs\.csv:3: column "value": -2 is out of range; expected a number not below 0/);
  assert.match(lines[2], /^jobs\.csv:5: column "value": "4x" is not a number/);
  assert.match(lines[3], /^jobs\.csv:6: column "region": the key is empty/);
  assert.match(lines[4], /^jobs\.csv:7: column "industry": the key is empty/);
  assert.match(lines[5], /^jobs\.csv:8: column "value": "Infinity" is not a number/);
});

test('lines with line breaks in quotes are counted as in the file', async (t) => {
  const { code, stderr } = await failing(t, 'region,industry,value\n"A\nB",x,1\nC,x,many\n');
  assert.equal(code, 3);
  assert.match(stderr, /^jobs\.csv:4: /);
});

test('the columns of a mapped file are named as the file names them', async (t) => {
  const { stderr } = await failing(t, 'Регион;ОКВЭД;Число\nA;x;много\n',
    ['--map', 'region=Регион', '--map', 'industry=ОКВЭД', '--map', 'value=Число']);
  assert.match(stderr, /^jobs\.csv:2: column "Число": "много" is not a number/);
});

test('ragged rows', async (t) => {
  const { code, stderr } = await failing(t, 'region,industry,value\nA,x,1,9\nA,y\nB,x,3\n');
  assert.equal(code, 3);
  assert.match(stderr, /^jobs\.csv:2: fields: 4, expected 3[^\n]*\njobs\.csv:3: fields: 2, expected 3/);
});

const others = [
  ['a mapped column that is not there', 'region,industry,value\nA,x,1\n', ['--map', 'value=jobs'],
    /^jobs\.csv:1: there is no column "jobs"; the columns are: region, industry, value; name/],
  ['a needed column that is not there', 'region,industry,jobs\nA,x,1\n', [],
    /^jobs\.csv:1: there is no column "value"; the columns are: region, industry, jobs; .*--map/],
  ['a filter on no column', 'region,industry,value\nA,x,1\n', ['--where', 'year=1'], /there is no column "year"/],
  ['a key with other values', 'region,industry,value\nA,x,1\nB,x,1\nA,x,2\n', [],
    /^jobs\.csv:4: region=A, industry=x: other values than in line 2/],
  ['an empty file', '', [], /^jobs\.csv: the file is empty/],
  ['a header alone', 'region,industry,value\n', [], /there are no rows/],
  ['a filter that keeps nothing', 'region,industry,value\nA,x,1\n', ['--where', 'region=Z'], /no row has region=Z/],
  ['a filter by a beginning that nothing has', 'region,industry,value\nA,x,1\n', ['--where', 'region^=Z'], /no row has region\^=Z/],
  ['a column twice', 'region,industry,value,value\nA,x,1,2\n', [], /column "value" is there twice/],
  ['a workbook', 'PK\u0003\u0004 not text', [], /XLSX workbook/],
  ['a number that may be either', 'region,industry,value\nA,x,"1,234"\nB,x,"5,678"\n', [], /--decimal/],
];
for (const [what, content, args, words] of others) {
  test(what, async (t) => {
    const { code, stderr } = await failing(t, content, args);
    assert.match(stderr, words);
    assert.equal(code, 3);
  });
}

test('text that is not in the encoding named', async (t) => {
  const cwd = folder(t, { 'jobs.csv': Buffer.from('region,industry,value\n\xcc\xee,x,1\n', 'latin1') });
  const { code, stderr } = await okrug(['run', 'location-quotient', 'jobs.csv', '--encoding', 'UTF-8'], { cwd });
  assert.match(stderr, /^jobs\.csv:2: .*--encoding/);
  assert.equal(code, 3);
});

test('files that cannot be read end with 5', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\n' });
  for (const [args, words] of [[['run', 'location-quotient', 'absent.csv'], /^absent\.csv: /],
    [['run', 'location-quotient', '.'], /directory/i],
    [['run', 'location-quotient', 'jobs.csv', '--reference', 'absent.csv'], /^absent\.csv: /],
    [['run', 'location-quotient', 'absent.okrug#jobs'], /absent\.okrug/]]) {
    const { code, stdout, stderr } = await okrug(args, { cwd });
    assert.match(stderr, words);
    assert.equal(code, 5, stderr);
    assert.equal(stdout, '');
  }
});

test('identical rows collapse with a counted warning', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nB,y,3\nA,x,1\nA,x,1\n' });
  const { stdout, stderr } = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  assert.match(stderr, /^warning: jobs\.csv:4: 2 rows repeat others/);
  assert.equal(parseTable(stdout).rows.length, 2);
});

test('codes and names come back as they went in, in the order of the file', async (t) => {
  const regions = ['06-07', '10-2-3', '0010', '10', 'Область, первая', 'with "quotes"', '1e3', '2024-05-01', ' x'.trim()];
  const industries = ['Crop, animal production', '01.10', '1.10', 'TRUE', 'null', '31-33'];
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = regions.flatMap((r, i) => industries.map((c, j) => `${quoted(r)},${quoted(c)},${i * 7 + j + 1}`));
  const cwd = folder(t, { 'jobs.csv': `region,industry,value\n${rows.join('\n')}\n` });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  const result = parseTable(stdout).rows;
  assert.deepEqual(result.map((row) => [row.region, row.industry]), regions.flatMap((r) => industries.map((c) => [r, c])));
  const nearest = await okrugDone(['run', 'specialisation', 'jobs.csv', '--print', 'regions'], { cwd });
  assert.deepEqual(parseTable(nearest.stdout).rows.map((row) => row.region), regions);
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  const again = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
  assert.equal(again.stdout, stdout);
});

test('what Excel writes in Russia is read', async (t) => {
  const words = { Р: 0xd0, е: 0xe5, г: 0xe3, и: 0xe8, о: 0xee, н: 0xed };
  const cp1251 = (text) => Buffer.from([...text].map((c) => words[c] ?? (c === '\u00a0' ? 0xa0 : c.charCodeAt(0))));
  const cwd = folder(t, {
    'cp1251.csv': cp1251('Регион;industry;value\r\nРегион;x;1\u00a0234,5\r\nРег;y;7\r\n'),
    'bom.csv': '\ufeffsep=;\r\nregion;industry;value\r\n"06";x;1 234,5\r\n"07";y;7\r\n',
  });
  const old = await okrugDone(['run', 'location-quotient', 'cp1251.csv', '--map', 'region=Регион'], { cwd });
  const bom = await okrugDone(['run', 'location-quotient', 'bom.csv'], { cwd });
  assert.deepEqual(parseTable(old.stdout).rows.map((r) => [r.region, r.value]), [['Регион', '1234.5'], ['Рег', '7']]);
  assert.deepEqual(parseTable(bom.stdout).rows.map((r) => [r.region, r.value]), [['06', '1234.5'], ['07', '7']]);
});
