/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input-output tables as they come: wide, long, with titles beside the codes, with text in cells that nothing uses.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { folder, okrug, okrugDone } from '../support/okrug.mjs';

const options = ['--output', 'output', '--value-added', 'labour'];
const wide = 'code,a,b,demand\na,150,500,350\nb,200,100,1700\nlabour,650,1400,\noutput,1000,2000,\n';
const long = ['from,to,value', ...['a,a,150', 'a,b,500', 'a,demand,350', 'b,a,200', 'b,b,100', 'b,demand,1700',
  'labour,a,650', 'labour,b,1400', 'output,a,1000', 'output,b,2000']].join('\n');
const labelled = 'title,kind,id,a,b,demand,remark\n"Farms, forests",x,a,150,500,350,see note\nMills,x,b,200,100,1700,n/a\n' +
  'Pay,y,labour,650,1400,,-\nAll,z,output,1000,2000,...,\n';

const shapes = {
  wide: [wide, []],
  'wide, as Excel writes it in Russia': [`\ufeff${wide.replaceAll(',', ';').replaceAll('500', '500,0')}`, []],
  'wide with titles beside the codes': [labelled, ['--labels', 'id']],
  'wide with text in cells that are not used': [wide.replace('350', 'secret').replace('1700', '…'), []],
  'wide with a row and a column that nobody asked for': [
    'code,a,b,demand,note\na,150,500,350,ok\nb,200,100,1700,ok\ncarbon,low,high,,\nlabour,650,1400,,\noutput,1000,2000,,\n', []],
  long: [long, []],
  'long in another order and with a repeated line': [['from,to,value', ...long.split('\n').slice(7), ...long.split('\n').slice(1, 7),
    'a,a,150'].join('\n'), []],
  'long with other names': [long.replace('from,to,value', 'seller,buyer,flow'),
    ['--map', 'from=seller', '--map', 'to=buyer', '--map', 'value=flow']],
};

for (const analysis of ['multipliers', 'linkages']) {
  for (const [what, [text, more]] of Object.entries(shapes)) {
    test(`${analysis} of a table that is ${what}`, async (t) => {
      const cwd = folder(t, { 'wide.csv': wide, 'table.csv': text });
      const expected = (await okrugDone(['run', analysis, 'wide.csv', ...options], { cwd })).stdout.split('\n');
      const found = (await okrugDone(['run', analysis, 'table.csv', ...options, ...more], { cwd })).stdout.split('\n');
      assert.deepEqual(found.sort(), expected.sort());
    });
  }
}

test('the codes of industries come back as they are, with commas and zeros', async (t) => {
  const cwd = folder(t, { 'table.csv': '"code","01","Mining, quarrying","31-33"\n"01",1,2,3\n"Mining, quarrying",3,2,1\n"31-33",1,1,1\noutput,10,10,10\n' });
  const { stdout } = await okrugDone(['run', 'linkages', 'table.csv', '--output', 'output'], { cwd });
  assert.deepEqual(stdout.split('\n').slice(1, 4).map((line) => line.replace(/,[0-9.].*/, '')), ['01', '"Mining, quarrying"', '31-33']);
});

test('an imported table is the same table', async (t) => {
  const cwd = folder(t, { 'table.csv': wide, 'long.csv': long });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'input-output', 'table.csv', 'long.csv'], { cwd });
  const expected = await okrugDone(['run', 'multipliers', 'table.csv', ...options], { cwd });
  for (const name of ['table', 'long']) {
    const found = await okrugDone(['run', 'multipliers', `w.okrug#${name}`, ...options], { cwd });
    assert.equal(found.stdout, expected.stdout);
  }
});

test('groups by a concordance, employment from a file', async (t) => {
  const cwd = folder(t, {
    'table.csv': 'code,a1,a2,b\na1,50,50,300\na2,30,20,200\nb,120,80,100\noutput,600,400,2000\n',
    'groups.csv': 'from,to\na1,a\na2,a\nb,b\n',
    'grouped.csv': 'code,a,b\na,150,500\nb,200,100\noutput,1000,2000\n',
    'people.csv': 'industry,value\na,10\nb,40\n',
  });
  const expected = await okrugDone(['run', 'multipliers', 'grouped.csv', '--output', 'output', '--employment',
    'people.csv'], { cwd });
  const found = await okrugDone(['run', 'multipliers', 'table.csv', '--output', 'output', '--concordance', 'groups.csv',
    '--employment', 'people.csv'], { cwd });
  assert.equal(found.stdout, expected.stdout);
});

const wrong = {
  'text in a cell that is used': [wide.replace('500', 'half'), options, /table\.csv:2: column "b": "half" is not a number/],
  'an output that is not there': [wide, ['--output', 'sales'], /no row and no column "sales"/],
  'no codes in common': [wide.replace('code,a,b', 'code,p,q'), ['--output', 'output'], /no industries/],
  'negative output': [wide.replace('1000', '-1000'), options, /output of a is negative/],
  'a code twice': [wide.replace('\nb,', '\na,'), options, /table\.csv:3: .*a.* twice|code a is there twice/],
  'a long table with two values for one flow': [`${long}\na,a,151`, options, /from=a, to=a: other values than in line 2/],
  'an industry without a group': [wide, [...options, '--concordance', 'groups.csv'], /industry b is in no group/],
  'an industry without employment': [wide, [...options, '--employment', 'people.csv'], /no employment for b/],
};
for (const [what, [text, args, words]] of Object.entries(wrong)) {
  test(`${what} is bad input`, async (t) => {
    const cwd = folder(t, { 'table.csv': text, 'groups.csv': 'from,to\na,x\n', 'people.csv': 'industry,value\na,1\n' });
    const { code, stdout, stderr } = await okrug(['run', 'multipliers', 'table.csv', ...args], { cwd });
    assert.match(stderr, words);
    assert.equal(code, 3);
    assert.equal(stdout, '');
  });
}
