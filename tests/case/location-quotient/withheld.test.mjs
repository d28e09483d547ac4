/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bounds and draws beside a second calculation that shares nothing with the program's: every whole-number filling of a
 * small table, counted out, and fillings drawn by cutting a line at random points.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone, tablesIn } from '../../support/okrug.mjs';

const regions = { P: { x: 12, y: null, z: null }, Q: { x: null, y: 7, z: null }, R: { x: 3, y: 5, z: null }, S: { x: 4, y: 2, z: 9 } };
const totals = { P: 17, Q: 13, R: 11, S: 15 };
const present = { P: ['z'], Q: ['x'], R: [] };
const industries = ['x', 'y', 'z'];
const grand = Object.values(totals).reduce((a, b) => a + b);

const files = {
  'jobs.csv': `region,industry,value\n${Object.entries(regions).flatMap(([r, row]) =>
    Object.entries(row).map(([i, v]) => `${r},${i},${v ?? ''}\n`)).join('')}`,
  'totals.csv': `region,value\n${Object.entries(totals).map((pair) => `${pair.join(',')}\n`).join('')}`,
  'present.csv': `region,industry\n${Object.entries(present).flatMap(([r, list]) => list.map((i) => `${r},${i}\n`)).join('')}`,
};

const known = (r) => Object.values(regions[r]).reduce((sum, v) => sum + (v ?? 0), 0);
const blanks = (r) => industries.filter((i) => regions[r][i] === null);
const floor = (r, i) => (present[r]?.includes(i) ? 1 : 0);

/* All rows of region r in whole numbers. */
function fillings(r, whole) {
  const left = totals[r] - known(r);
  const out = [];
  const go = (row, rest, [next, ...others]) => {
    if (next === undefined) {
      if (!whole || rest === 0 || blanks(r).length === 0) out.push(row);
      return;
    }
    for (let v = floor(r, next); v <= rest; v++) go({ ...row, [next]: v }, rest - v, others);
  };
  go({ ...regions[r] }, left, blanks(r));
  return out;
}

function quotients(table) {
  const sum = (i) => Object.values(table).reduce((s, row) => s + row[i], 0);
  return Object.fromEntries(Object.entries(table).flatMap(([r, row]) =>
    industries.map((i) => [`${r},${i}`, row[i] / totals[r] / (sum(i) / grand)])));
}

function allFillings(whole) {
  return Object.keys(regions).reduce((tables, r) =>
    tables.flatMap((table) => fillings(r, whole).map((row) => ({ ...table, [r]: row }))), [{}]);
}

const near = (a, b, tolerance, what) => assert.ok(Math.abs(a - b) <= tolerance, `${what}: ${a}, expected ${b}`);

async function run(t, options) {
  const cwd = folder(t, files);
  await okrugDone(['run', 'location-quotient', 'jobs.csv', '--blank', 'suppressed', '--region-total', 'totals.csv',
    '--present', 'present.csv', ...options, '-o', 'results'], { cwd });
  return tablesIn(join(cwd, 'results')).quotients.rows;
}

for (const parts of ['some', 'all']) {
  test(`bounds are the ends of all fillings, --parts ${parts}`, async (t) => {
    const tables = allFillings(parts === 'all');
    assert.ok(tables.length > 20);
    const rows = await run(t, ['--parts', parts]);
    assert.equal(rows.length, 12);
    const all = tables.map(quotients);
    for (const row of rows) {
      const key = `${row.region},${row.industry}`;
      const values = tables.map((table) => table[row.region][row.industry]);
      const lq = all.map((one) => one[key]);
      assert.equal(Number(row.value_least), Math.min(...values), key);
      assert.equal(Number(row.value_most), Math.max(...values), key);
      near(Number(row.lq_least), Math.min(...lq), 1e-13, key);
      near(Number(row.lq_most), Math.max(...lq), 1e-13, key);
    }
  });
}

/* Uniform on a simplex: the gaps between sorted uniform numbers. */
function cut(parts, random) {
  const points = [0, ...Array.from({ length: parts - 1 }, random).sort((a, b) => a - b), 1];
  return points.slice(1).map((p, k) => p - points[k]);
}

test('the range over the draws is that of fillings cut at random', async (t) => {
  let seed = 12345;
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let s = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    s = (s + Math.imul(s ^ (s >>> 7), 61 | s)) ^ s;
    return ((s ^ (s >>> 14)) >>> 0) / 2 ** 32;
  };
  const drawn = Array.from({ length: 20000 }, () => quotients(Object.fromEntries(Object.keys(regions).map((r) => {
    const open = blanks(r);
    const rest = totals[r] - known(r) - open.reduce((s, i) => s + floor(r, i), 0);
    const gaps = cut(Math.max(open.length, 1), random);
    return [r, { ...regions[r], ...Object.fromEntries(open.map((i, k) => [i, floor(r, i) + rest * gaps[k]])) }];
  }))));
  const rows = await run(t, ['--parts', 'all', '--draws', '20000']);
  for (const row of rows) {
    const lq = drawn.map((one) => one[`${row.region},${row.industry}`]).sort((a, b) => a - b);
    near(Number(row.sensitivity_lo), lq[1000], 0.02 * lq[19000], `${row.region},${row.industry}`);
    near(Number(row.sensitivity_hi), lq[19000], 0.02 * lq[19000], `${row.region},${row.industry}`);
  }
});

test('rows in another order give the same figures', async (t) => {
  const [first, ...rest] = files['jobs.csv'].trim().split('\n');
  const sorted = (rows) => rows.map((row) => [row.region, row.industry, row.value_least, row.value_most,
    Number(row.sensitivity_lo).toPrecision(13), Number(row.sensitivity_hi).toPrecision(13), row.stable].join(' ')).sort();
  const straight = sorted(await run(t, []));
  const before = files['jobs.csv'];
  files['jobs.csv'] = `${[first, ...rest.reverse()].join('\n')}\n`;
  try {
    assert.deepEqual(sorted(await run(t, [])), straight);
  } finally {
    files['jobs.csv'] = before;
  }
});
