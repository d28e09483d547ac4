/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runner of cases itself: it must see a wrong value, a missing row, a missing column, and refuse cases that could
 * not fail.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCase, runCase, verdict } from '../support/case.mjs';
import { folder } from '../support/okrug.mjs';

const good = {
  title: 'Specialisation of two regions',
  source: 'By hand.',
  command: 'okrug run specialisation jobs.csv',
  'file jobs.csv': 'region,industry,value\nA,x,30\nA,"y, z",10\nB,x,10\nB,"y, z",30',
  'table regions': 'key region\nwithin herfindahl 1e-12\nwithin krugman 1e-12 relative\n\n' +
    'region,herfindahl,krugman,reason\nA,0.625,0.5,\nB,0.625,0.5,',
};

const textOf = (sections) => Object.entries(sections).filter(([, body]) => body !== null)
  .map(([name, body]) => `[${name}]\n${body}\n`).join('\n');

const table = (text) => ({ ...good, 'table regions': text });

async function faultsOf(t, sections) {
  return (await runCase(readCase(textOf(sections)), folder(t))).join('\n');
}

test('a right case has no faults', async (t) => assert.equal(await faultsOf(t, good), ''));

const wrong = {
  'a wrong value': [good['table regions'].replace('0.625', '0.6251'), /A: herfindahl is 0.625 in place of 0.6251/],
  'a value just outside its tolerance': [good['table regions'].replace('0.625', '0.625000000002'), /herfindahl/],
  'a value just outside a relative tolerance': [good['table regions'].replace('0.5', '0.500000000001'), /krugman/],
  'a missing row': [`${good['table regions']}\nC,1,1,`, /there is no row C/],
  'a row that is not expected': [good['table regions'].replace('\nB,0.625,0.5,', ''), /row B is not expected/],
  'a missing column': [good['table regions'].replace(',reason', ',surprise'), /there is no column surprise/],
  'a text that differs': [good['table regions'].replace('0.625,0.5,', '0.625,0.5,herfindahl:undefined'), /reason is ""/],
  'a number where nothing is expected': [good['table regions'].replace('0.625', ''), /"0.625" in place of ""/],
  'a row expected twice': [`${good['table regions']}\nB,0.625,0.5,`, /expected twice/],
  'a key that does not tell rows apart': ['key period\nwithin herfindahl 1\n\nperiod,herfindahl\n,1', /two rows/],
};
for (const [what, [text, message]] of Object.entries(wrong)) {
  test(`sees ${what}`, async (t) => assert.match(await faultsOf(t, table(text)), message));
}

test('sees a missing table', async (t) => {
  const text = await faultsOf(t, { ...good, 'table regions': null, 'table elsewhere': good['table regions'] });
  assert.match(text, /there is no table elsewhere/);
});

test('sees a wrong exit code and missing words', async (t) => {
  const failing = { ...good, 'table regions': null, exit: '3', says: 'jobs.csv:2' };
  assert.match(await faultsOf(t, failing), /ended with 0 in place of 3/);
  const bad = { ...failing, 'file jobs.csv': 'region,industry,value\nA,x,many' };
  assert.equal(await faultsOf(t, bad), '');
  assert.match(await faultsOf(t, { ...bad, says: 'jobs.csv:7' }), /it does not say "jobs.csv:7"/);
});

test('sees that an earlier command failed', async (t) => {
  const text = await faultsOf(t, { ...good, command: `okrug run nothing jobs.csv\n${good.command}` });
  assert.match(text, /okrug run nothing jobs.csv ended with 2/);
});

test('compares a matrix and multiplies results', async (t) => {
  const nearest = { ...good, 'table regions': null };
  const right = 'matrix region other distance\nwithin distance 1e-12\ntimes distance 2\n\n,B\nA,2';
  assert.match(await faultsOf(t, { ...nearest, 'table nearest': right }), /row B \/ A is not expected/);
  assert.equal(await faultsOf(t, { ...nearest, 'table nearest': right.replace('\n\n', '\nrows some\n\n') }), '');
  assert.match(await faultsOf(t, { ...nearest, 'table nearest': right.replace('A,2', 'A,1') }), /2 in place of 1/);
});

const refused = {
  'an unknown section': { ...good, remark: 'x' },
  'no source': { ...good, source: null },
  'no command': { ...good, command: null },
  'nothing expected': { ...good, 'table regions': null },
  'a failure without words': { ...good, 'table regions': null, exit: '3' },
  'tables of a command that fails': { ...good, exit: '3', says: 'x' },
  'a table without rows': table('key region\n\nregion,krugman'),
  'a table of keys only': table('key region\n\nregion\nA\nB'),
  'no key': table('within krugman 1\n\nregion,krugman\nA,1'),
  'a tolerance of no column': table('key region\nwithin gini 1\n\nregion,krugman\nA,1'),
  'a tolerance that is no number': table('key region\nwithin krugman NaN\n\nregion,krugman\nA,1'),
  'an unknown setting': table('key region\nabout krugman 1\n\nregion,krugman\nA,1'),
  'a known failure without a reason': { ...good, 'known failure': '' },
  'another program': { ...good, command: 'rm jobs.csv' },
};
for (const [what, sections] of Object.entries(refused)) {
  test(`refuses ${what}`, () => assert.throws(() => readCase(textOf(sections))));
}

test('a known failure must fail, anything else must not', () => {
  const known = readCase(textOf({ ...good, 'known failure': 'not written yet' }));
  assert.equal(verdict(known, ['a fault']), null);
  assert.match(verdict(known, []), /take its section out/);
  assert.equal(verdict(readCase(textOf(good)), []), null);
  assert.match(verdict(readCase(textOf(good)), ['a fault']), /a fault\n\(1 differences\)/);
});

test('refuses an expected text that is no number', async (t) => {
  await assert.rejects(faultsOf(t, table(good['table regions'].replace('0.625', 'about half'))), /no number/);
});
