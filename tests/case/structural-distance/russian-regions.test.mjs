/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 85 regions of Russia by 34 indicators: every distance of the matrix that the study published (github
 * mariarusinova/benchmarking@fab33d57), which took the seven groups of indicators-2016.csv and left indicators that have
 * a per cent sign in their name as they are.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { folder, needsShared, okrugDone, parseTable, root, shared, tablesIn } from '../../support/okrug.mjs';

describe('structural distance of Russian regions', needsShared, () => {
  const values = join(shared, 'ru_regions_sectors_2018', 'indicators_2016.csv');
  const list = join(root, 'tests/case/structural-distance/indicators-2016.csv');
  let published;
  let ours;
  before(async () => {
    const dir = folder({ after });
    const { rows } = parseTable(readFileSync(join(shared, 'ru_regions_sectors_2018', 'structural_distance.csv'), 'utf8'));
    published = new Map(rows.map((row) => [`${row.region_a}|${row.region_b}`, Number(row.distance)]));
    await okrugDone(['run', 'structural-distance', values, '--indicators', list, '--nearest', '84', '-o', join(dir, 'all')]);
    ours = tablesIn(join(dir, 'all'));
  });

  test('all 7,140 distances, to 1e-13 of themselves', () => {
    assert.equal(ours.nearest.rows.length, 7140);
    for (const { region, other, distance } of ours.nearest.rows) {
      const expected = published.get(`${region}|${other}`);
      assert.ok(Math.abs(Number(distance) - expected) <= 1e-13 * expected, `${region}, ${other}: ${distance}, not ${expected}`);
    }
  });

  test('groups weigh the same', () => {
    const total = new Map();
    for (const { group, weight } of ours.indicators.rows) {
      total.set(group, (total.get(group) ?? 0) + Number(weight));
    }
    assert.equal(total.size, 7);
    for (const sum of total.values()) {
      assert.ok(Math.abs(sum - 1 / 7) < 1e-15);
    }
  });
});
