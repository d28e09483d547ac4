/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * K-density and M of a species among the trees of a plot in Paracou beside dbmss 2.7-11.
 *
 * dbmss takes its bandwidth from the distances up to twice the range, here from all: so it is given. It renormalises
 * reflected mass by the mean of a density on a grid, which makes its values greater by up to 0.22 %.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, needsShared, okrugDone, shared } from '../../support/okrug.mjs';

const rows = (text) => text.trim().split('\n').slice(1).map((line) => line.split(','));
const reference = (name) => rows(readFileSync(join(shared, 'points_paracou16', name), 'utf8'));

async function run(t, analysis, options) {
  const out = folder(t);
  await okrugDone(['run', analysis, join(shared, 'points_paracou16/paracou16.csv'), '--map', 'industry=type', '--industry', 'Q. Rosea',
    '-o', out, ...options]);
  return { curve: rows(readFileSync(join(out, 'curve.csv'), 'utf8')), summary: rows(readFileSync(join(out, 'summary.csv'), 'utf8'))[0] };
}

for (const [file, bandwidth] of [['ref_Kd_Q.Rosea_default.csv', '13.4643892602233'], ['ref_Kd_Q.Rosea_Original-FALSE.csv', '12.053513816071']]) {
  test(`K-density: ${file}`, needsShared, async (t) => {
    const theirs = reference(file);
    const { curve } = await run(t, 'k-density', ['--bandwidth', bandwidth, '--range', theirs.at(-1)[0], '--steps', String(theirs.length - 1)]);
    assert.equal(curve.length, theirs.length);
    for (const [k, [distance, density]] of theirs.entries()) {
      assert.ok(Math.abs(curve[k][0] - distance) < 1e-9);
      assert.ok(Math.abs(curve[k][1] / density - 1) < 2.5e-3, `${distance}: ${curve[k][1]}, not ${density}`);
    }
  });
}

test('the bandwidth is that of bw.nrd0 (R 4.2.2) over all distances; few shared places set no grain', needsShared, async (t) => {
  const { curve, summary } = await run(t, 'k-density', ['--simulations', '99']);
  assert.ok(Math.abs(summary[3] - 13.7632912493514) < 1e-9);
  assert.deepEqual(summary.slice(13, 17), ['2414', '22', '3', '0']);
  assert.notEqual(curve[0][1], '');
});

test('M at every metre', needsShared, async (t) => {
  const theirs = reference('ref_M_Q.Rosea.csv');
  const { curve } = await run(t, 'm-function', ['--range', '60', '--steps', '60']);
  for (const [k, [distance, , m]] of theirs.entries()) {
    assert.equal(curve[k][0], distance);
    assert.ok(m === 'NA' ? curve[k][1] === '' : Math.abs(curve[k][1] - m) < 1e-9, `${distance}: ${curve[k][1]}, not ${m}`);
  }
});
