/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Principles on variants of the synthetic economy: little noise leaves most labels right, much noise does not, and the
 * answer does not hang on threads.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { confusion, tables } from '../support/krasnoyarsk.mjs';
import { folder, okrugDone } from '../support/okrug.mjs';

const run = (cwd, args) => okrugDone(args, { cwd });

test('labels are found under noise, fewer the more there is, and hardly any in noise alone', async () => {
  const exact = [];
  for (const noise of [0, 0.5, 2.5]) {
    const { totals } = await confusion(run, 5001, 8, noise);
    assert.equal(totals.clusters, 40);
    exact.push(totals.exact);
  }
  assert.ok(exact[0] >= 28, `${exact}`);
  assert.ok(exact[1] >= 20 && exact[1] <= exact[0], `${exact}`);
  assert.ok(exact[2] <= 8, `${exact}`);
});

test('the same on any number of threads, other sets by another seed', async (t) => {
  const cwd = folder(t);
  for (const [name, text] of Object.entries(tables(7, 0.25))) {
    writeFileSync(join(cwd, `${name}.csv`), text);
  }
  const made = async (...options) => {
    await run(cwd, ['run', 'clusters', 'employment.csv', '--definitions', 'definitions.csv', '--flows', 'flows.csv', '-o', 'out', ...options]);
    return ['clusters', 'types', 'principles', 'industries'].map((name) => readFileSync(join(cwd, `out/${name}.csv`), 'utf8'));
  };
  const one = await made('--threads', '1');
  assert.deepEqual(await made('--threads', '4'), one);
  const other = await made('--seed', '2');
  assert.notEqual(other[2], one[2]);
  assert.equal(other[3], one[3]);
});

test('a register is the input of everything else', async (t) => {
  const cwd = folder(t);
  const industries = ['10.11', '10.51', '29.10', '29.32', '62.01'];
  const rows = Array.from({ length: 600 }, (_, k) => {
    const region = `29${600 + (k % 6)}000`;
    const own = k % 6 < 2 ? industries[k % 2] : industries[2 + (k % 3)];
    return `${k},"ООО «Образец ${k}»",${region},${k % 5 === 0 ? industries[k % 7 % 5] : own},${5 + (k % 40)},yes`;
  });
  writeFileSync(join(cwd, 'firms.csv'), `firm,name,region,industry,employees,synthetic\n${rows.join('\n')}\n`);
  writeFileSync(join(cwd, 'definitions.csv'), 'industry,cluster\n10.11,food\n10.51,food\n29.10,cars\n29.32,cars\n62.01,software\n');
  await run(cwd, ['init', 'k.okrug']);
  await run(cwd, ['import', 'k.okrug', 'firms', 'firms.csv', '--name', 'register']);
  await run(cwd, ['run', 'firm-totals', 'k.okrug#register', '-o', 'totals']);
  await run(cwd, ['run', 'clusters', 'totals/totals.csv', '--definitions', 'definitions.csv', '-o', 'out']);
  const [header, ...cells] = readFileSync(join(cwd, 'out/clusters.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  const at = (row, name) => row[header.indexOf(name)];
  const sum = cells.reduce((all, row) => all + Number(at(row, 'employment')), 0);
  assert.equal(sum, Array.from({ length: 600 }, (_, k) => 5 + (k % 40)).reduce((a, b) => a + b, 0));
  const food = cells.filter((row) => at(row, 'cluster') === 'food' && Number(at(row, 'lq')) > 1).map((row) => at(row, 'region')).sort();
  assert.deepEqual(food, ['29600000', '29601000']);
});
