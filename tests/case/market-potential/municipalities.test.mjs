/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Market potential of the population of Russian municipalities beside SberIndex's market access of 2024, whose formula
 * is not published: only the order of municipalities is compared. Single values are by numpy 1.24.2.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { folder, needsShared, okrugDone, parseTable, shared, tablesIn } from '../../support/okrug.mjs';

function ranks(numbers) {
  const order = numbers.map((_, i) => i).sort((a, b) => numbers[a] - numbers[b]);
  const rank = Array(numbers.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && numbers[order[to]] === numbers[order[from]]) {
      to++;
    }
    order.slice(from, to).forEach((i) => { rank[i] = (from + to - 1) / 2; });
  }
  return rank;
}

function rankCorrelation(x, y) {
  const [a, b] = [ranks(x), ranks(y)];
  const mean = (x.length - 1) / 2;
  const sum = (u, v) => u.reduce((total, value, i) => total + (value - mean) * (v[i] - mean), 0);
  return sum(a, b) / Math.sqrt(sum(a, a) * sum(b, b));
}

describe('market potential of Russian municipalities', needsShared, () => {
  const dir = folder({ after });
  let file;
  let access;
  before(() => {
    file = join(shared, 'ru_municipal_national', 'municipal_summary_2023_2024.csv.gz');
    const { rows } = parseTable(gunzipSync(readFileSync(file)).toString('utf8'));
    access = new Map(rows.filter((row) => row.market_access).map((row) => [row.oktmo8, Number(row.market_access)]));
  });
  const run = async (name, ...options) => {
    await okrugDone(['run', 'market-potential', file, '--map', 'region=oktmo8', '--map', 'value=pop_2024', '--own', 'given',
      '--own-distance', '10', '--least-distance', '1', ...options, '-o', join(dir, name)]);
    return tablesIn(join(dir, name)).regions.rows;
  };
  for (const [name, options, correlation, kaluga] of [
    ['power', [], 0.8786603809437895, [205156.39351280467, 35110.3]],
    ['squared', ['--power', '2', '--distance', '500'], 0.5027561879274185, [894.1539259540824, 3511.03]],
    ['exponential', ['--decay', 'exponential'], 0.7758441004656481, [3355338.7375270203, 317691.1319846795]],
  ]) {
    test(name, async () => {
      const rows = await run(name, ...options);
      const both = rows.filter((row) => row.potential && access.has(row.region));
      assert.equal(both.length, 2195);
      const found = rankCorrelation(both.map((row) => Number(row.potential)), both.map((row) => access.get(row.region)));
      assert.ok(Math.abs(found - correlation) < 1e-12, `rank correlation ${found}`);
      const { neighbours, own } = rows.find((row) => row.region === '29701000');
      [neighbours, own].forEach((value, i) => assert.ok(Math.abs(value / kaluga[i] - 1) < 1e-12, value));
    });
  }
});
