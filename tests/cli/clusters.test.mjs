/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quotients of clusters compare a whole with its parts: over the regions that have a total, their mean by e_r is 1, whatever
 * is withheld and however it is shared out.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone, parseCsv } from '../support/okrug.mjs';

const REGIONS = 12;
const INDUSTRIES = 9;

test('the mean of a cluster\'s quotients is 1 over the regions that have a total', async (t) => {
  const cwd = folder(t);
  let state = 11;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (const prior of ['uniform', 'proportional']) {
    for (let round = 0; round < 4; round++) {
      const value = Array.from({ length: REGIONS * INDUSTRIES }, () => Math.floor(400 * next()));
      const rows = value.map((x, k) => `R${Math.floor(k / INDUSTRIES)},${10 + k % INDUSTRIES},${next() < 0.4 ? ',N' : `${x},`}`);
      const totals = Array.from({ length: REGIONS }, (_, r) => value.slice(r * INDUSTRIES, (r + 1) * INDUSTRIES).reduce((a, b) => a + b, 50));
      const has = totals.map((_, r) => r === 0 || (r !== 1 && next() < 0.7)); /* R1 has none */
      writeFileSync(join(cwd, 'jobs.csv'), `region,industry,value,status\n${rows.join('\n')}\n`);
      writeFileSync(join(cwd, 'totals.csv'), `region,value\n${totals.map((x, r) => (has[r] ? `R${r},${x}\n` : '')).join('')}`);
      writeFileSync(join(cwd, 'definitions.csv'), `industry,cluster\n${Array.from({ length: INDUSTRIES }, (_, i) => `${10 + i},C${i % 3}\n`).join('')}`);
      await okrugDone(['run', 'clusters', 'jobs.csv', '--map', 'status=status', '--suppressed', 'N', '--unit', 'person', '--definitions',
        'definitions.csv', '--region-total', 'totals.csv', '--prior', prior, '-o', 'out'], { cwd });
      const [header, ...cells] = parseCsv(readFileSync(join(cwd, 'out/clusters.csv'), 'utf8'));
      const all = totals.reduce((sum, x, r) => sum + (has[r] ? x : 0), 0);
      const mean = {};
      for (const cell of cells) {
        const of = Object.fromEntries(header.map((name, k) => [name, cell[k]]));
        const r = Number(of.region.slice(1));
        assert.equal(of.lq !== '', has[r]);
        mean[of.cluster] = (mean[of.cluster] ?? 0) + totals[r] * Number(of.lq) / all;
      }
      assert.equal(Object.keys(mean).length, 3);
      Object.values(mean).forEach((x) => assert.ok(Math.abs(x - 1) < 1e-12, `${x}`));
    }
  }
});
