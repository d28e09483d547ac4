/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is computed from made-up data says so, whatever the analysis: in a warning and in its provenance.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone } from '../support/okrug.mjs';

const inputsOf = (cwd, out) => JSON.parse(readFileSync(join(cwd, out, 'provenance.json'), 'utf8')).inputs;

test('results of generated tables are marked, from files and from a workspace', async (t) => {
  const cwd = folder(t);
  await okrugDone(['generate', 'region', '--firms', '300', '--contracts', '600', '-o', 'region'], { cwd });
  await okrugDone(['init', 'w.okrug'], { cwd });
  const tables = ['participants', 'firms', 'contracts', 'products'];
  for (const table of tables) {
    await okrugDone(['import', 'w.okrug', table, `region/${table}.csv`], { cwd });
  }
  for (const [out, name] of [['a', (table) => `region/${table}.csv`], ['b', (table) => `w.okrug#${table}`]]) {
    const [first, ...further] = tables;
    const { stderr } = await okrugDone(['run', 'scouting', name(first), ...further.flatMap((table) => [`--${table}`, name(table)]), '-o', out], { cwd });
    assert.match(stderr, /made-up data \(synthetic\): input, firms, contracts, products/);
    assert.ok(inputsOf(cwd, out).every(({ synthetic }) => synthetic === true));
  }
  const { stderr } = await okrugDone(['run', 'scouting', 'w.okrug#participants', ...tables.slice(1).flatMap((table) => [`--${table}`, `w.okrug#${table}`]), '--lang', 'ru', '-o', 'c'], { cwd });
  assert.match(stderr, /вымышленные данные/);
});

test('a mark of one row is enough, other words in that column are none', async (t) => {
  const cwd = folder(t);
  const run = async (rows) => {
    writeFileSync(join(cwd, 'firms.csv'), `firm,name,synthetic\n${rows}\n`);
    const { stderr } = await okrugDone(['run', 'duplicates', 'firms.csv', '-o', 'out'], { cwd });
    return [/made-up/.test(stderr), inputsOf(cwd, 'out')[0].synthetic];
  };
  assert.deepEqual(await run('1,Alpha,no\n2,Beta,yes'), [true, true]);
  assert.deepEqual(await run('1,Alpha,no\n2,Beta,no'), [false, undefined]);
  assert.deepEqual(await run('1,Alpha,rubber\n2,Beta,'), [false, undefined]);
});

test('the mark goes on through results that have no such column', async (t) => {
  const cwd = folder(t);
  await okrugDone(['generate', 'region', '--firms', '300', '-o', 'region'], { cwd });
  writeFileSync(join(cwd, 'study.yaml'), `study: marks
title: {en: Marks, ru: Пометы}
datasets:
  - {id: firms, kind: firms, file: region/firms.csv}
steps:
  - {id: counted, run: firm-totals, input: "#firms", digits: 2}
  - {id: quotients, run: location-quotient, input: "#counted"}
  - {id: mixture, run: variety, input: "#quotients", map: {value: lq}}
`);
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.equal(inputsOf(cwd, 'out/mixture')[0].synthetic, true);
});
