/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A longer list of candidates makes no repair dearer and none impossible: nobody need be taken. Small random clusters, whose
 * purchases come from outsiders and from candidates, and of whose candidates some is not on file.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { folder, okrug, parseTable } from '../support/okrug.mjs';

/* Whole numbers below `most`, the same at every run. */
function numbers(seed) {
  let state = seed * 2654435761 + 1;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const day = '2024-05-01';

function cluster(seed) {
  const draw = numbers(seed);
  const members = ['f0', 'f1', 'f2', 'f3'];
  const candidates = ['c0', 'c1'];
  const contracts = [];
  const sell = (from, to, product, amount) => contracts.push([`k${contracts.length}`, from, to, product, day, amount, 'excluded']);
  members.forEach((firm, i) => sell(firm, members[(i + 1) % 4], 'z', i === 0 ? 5 + draw(14) : 22 + draw(10)));
  candidates.forEach((firm) => sell(firm, members[draw(4)], 'z', 15 + draw(15)));
  sell(candidates[draw(2)], members[1 + draw(3)], 'q', 10 + draw(30));
  sell(draw(2) ? 'x0' : candidates[draw(2)], members[1 + draw(3)], 'q', 5 + draw(10));
  const accounts = [...members, ...candidates].map((firm, i) => [
    firm, 2024, i > 3 && draw(6) === 0 ? '' : 100, i > 3 && draw(3) === 0 ? '' : 10, i === 0 ? 2 + draw(4) : 4 + draw(4),
  ]);
  const offers = [['member', 1 + draw(3), 'c0'], ['member', 1 + draw(9), 'c1']].map(([what, cost, firm]) => [firm, what, cost, firm, 'yes', '', '', '', '']);
  offers.splice(draw(3), 0, ['o', 'contract', 1 + draw(3), '', '', 'f0', contracts[6][2], 'q', 5 + draw(12)]);
  const table = (head, rows) => [head, ...rows.map((row) => row.join(','))].join('\n');
  return {
    offers,
    files: (some) => ({
      'p.csv': table('cluster,firm,producing', members.map((firm) => ['K', firm, 'yes'])),
      'k.csv': table('contract,supplier,buyer,product,date,amount,vat', contracts),
      'a.csv': table('firm,period,revenue,workplaces,productive_workplaces', accounts),
      'pr.csv': table('firm,product', [['f0', 'q']]),
      'c.csv': table('candidate,what,cost,firm,producing,supplier,buyer,product,amount', some),
    }),
  };
}

async function repair(t, files) {
  const cwd = folder(t, files);
  const args = ['run', 'repair', 'p.csv', '--contracts', 'k.csv', '--accounts', 'a.csv', '--products', 'pr.csv', '--date', '2025-06-01',
    '--criterion', 'participant-share', '--criterion', 'productive-workplaces', '--candidates', 'c.csv', '--switch-cost', '1', '--print', 'proof'];
  const result = await okrug(args, { cwd });
  assert.ok([0, 3, 4].includes(result.code), result.stderr);
  return result.code === 0 ? Number(parseTable(result.stdout).rows[0].objective) : Infinity;
}

test('more candidates make no repair dearer', async (t) => {
  let solved = 0;
  let cheaper = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const { offers, files } = cluster(seed);
    const all = await repair(t, files(offers));
    for (const out of offers) {
      const fewer = await repair(t, files(offers.filter((one) => one !== out)));
      assert.ok(all <= fewer + 1e-9, `seed ${seed}: ${all} with ${out[0]}, ${fewer} without`);
      solved += fewer < Infinity;
      cheaper += all < fewer - 1e-9;
    }
  }
  assert.ok(solved >= 20 && cheaper >= 5, `${solved} solved, ${cheaper} cheaper with more`);
});
