/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of the rows of a file does not matter, neither to patterns and their simulations nor to composites.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { folder, okrugDone } from '../../support/okrug.mjs';

const rows = [];
for (const indicator of ['a', 'b', 'c', 'd']) {
  for (let r = 0; r < 30; r++) {
    for (const year of [2001, 2002]) {
      rows.push(`r${r},${indicator},${year},${((r * 7919 + indicator.charCodeAt(0) * 104729 + year * 31) % 997) / 7}`);
    }
  }
}
/* Regions turned round; indicators stay in their order, which names the parts of a pattern. */
const turned = ['a', 'b', 'c', 'd'].flatMap((indicator) => rows.filter((row) => row.split(',')[1] === indicator).reverse());
const header = 'region,indicator,period,value\n';

for (const call of [['patterns', '--noise', '0.3'], ['patterns', '--basis', 'pooled'], ['composite', '--weighting', 'benefit']]) {
  test(`${call.join(' ')}: another order of rows, the same rows come out`, async (t) => {
    const cwd = folder(t, { 'one.csv': header + rows.join('\n'), 'two.csv': header + turned.join('\n') });
    const of = async (name) => (await okrugDone(['run', call[0], name, ...call.slice(1)], { cwd })).stdout.trim().split('\n').sort();
    const [one, two] = [await of('one.csv'), await of('two.csv')];
    assert.equal(one.length, 61);
    if (call[0] === 'patterns') {
      assert.deepEqual(two, one);
    } else { /* sums of other orders end in other digits */
      two.forEach((row, i) => assert.deepEqual(row.split(',').map((cell, c) => (c === 2 && i < 60 ? Number(cell).toFixed(9) : cell)),
        one[i].split(',').map((cell, c) => (c === 2 && i < 60 ? Number(cell).toFixed(9) : cell))));
    }
  });
}
