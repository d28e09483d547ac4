/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * More plants than pairs can be measured of: k-density and ripley-k count them by the cell and print the bracket; the K
 * of plants on a lattice, which is known without measuring, lies in it. M is counted around each of them, exactly.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone } from '../../support/okrug.mjs';

const ACROSS = 700;
const UP = 500; /* 350,000 plants of a, and as many of b beside them */

function plants(t) {
  const lines = ['industry,x,y'];
  for (let i = 0; i < ACROSS; i++) {
    for (let j = 0; j < UP; j++) {
      lines.push(`a,${i},${j}`, `b,${i + 0.5},${j}`);
    }
  }
  const file = join(folder(t), 'plants.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

async function run(t, analysis, file, options) {
  const out = folder(t);
  const { stderr } = await okrugDone(['run', analysis, file, '--industry', 'a', '-o', out, ...options]);
  const table = (name) => {
    const [header, ...rows] = readFileSync(join(out, `${name}.csv`), 'utf8').trim().split('\n').map((line) => line.split(','));
    return rows.map((row) => Object.fromEntries(header.map((column, k) => [column, row[k]])));
  };
  return { stderr, curve: table('curve'), summary: table('summary')[0] };
}

/* Pairs of the lattice's points up to that far apart, each with its weight by translation in the window. */
function latticeK(r) {
  let sum = 0;
  for (let i = -Math.floor(r); i <= r; i++) {
    for (let j = -Math.floor(r); j <= r; j++) {
      if ((i !== 0 || j !== 0) && i * i + j * j <= r * r) {
        const pairs = (ACROSS - Math.abs(i)) * (UP - Math.abs(j));
        sum += pairs * (ACROSS / (ACROSS - Math.abs(i))) * (UP / (UP - Math.abs(j)));
      }
    }
  }
  const n = ACROSS * UP;
  return (ACROSS * UP * sum) / n / (n - 1);
}

/* M up to 1: of each plant of a the four beside it, at edges fewer, and at .5 the two of b, at the west edge one. */
function latticeM() {
  let sum = 0;
  for (let i = 0; i < ACROSS; i++) {
    for (let j = 0; j < UP; j++) {
      const own = (i > 0) + (i < ACROSS - 1) + (j > 0) + (j < UP - 1);
      sum += own / (own + 1 + (i > 0));
    }
  }
  const n = ACROSS * UP;
  return sum / (n * ((n - 1) / (2 * n - 1)));
}

function assertBracketed(curve) {
  for (const { observed, bracket_lo, bracket_hi } of curve) {
    assert.ok(Number(bracket_lo) <= Number(observed) && Number(observed) <= Number(bracket_hi));
    assert.notEqual(bracket_lo, bracket_hi);
  }
}

test('350,000 plants by the cell', async (t) => {
  const file = plants(t);
  const ripley = await run(t, 'ripley-k', file, ['--edge', 'translate', '--range', '30', '--steps', '4', '--simulations', '0',
    '--x-from', '-0.5', '--x-to', '699.5', '--y-from', '-0.5', '--y-to', '499.5', '--cell', '0.6']);
  assertBracketed(ripley.curve);
  for (const { distance, bracket_lo, bracket_hi } of ripley.curve) {
    const exact = latticeK(Number(distance));
    assert.ok(Number(bracket_lo) <= exact && exact <= Number(bracket_hi), `${distance}: ${exact} not in ${bracket_lo}..${bracket_hi}`);
  }
  assert.ok(Number(ripley.curve[4].bracket_hi) < 1.15 * Number(ripley.curve[4].bracket_lo));

  const density = await run(t, 'k-density', file, ['--range', '40', '--steps', '4', '--simulations', '39', '--cell', '2', '--bandwidth', '20']);
  assertBracketed(density.curve);
  assert.match(density.stderr, /350000 plants are counted by the cell: each at the middle of a cell with sides of 2;/);
  assert.ok(density.stderr.includes(`at most ${density.summary.bracket_width} apart`));
  assert.equal(density.summary.cell, '2');
  assert.equal(density.summary.simulations, '39');
  assert.notEqual(density.curve[0].lo_local, '');

  const automatic = await run(t, 'k-density', file, ['--range', '40', '--steps', '4', '--simulations', '0', '--bandwidth', '20']);
  assert.ok(Number(automatic.summary.cell) >= 0.2 && Number(automatic.summary.cell) < 0.25);
  for (const [k, row] of automatic.curve.entries()) {
    assert.ok(Number(density.curve[k].bracket_lo) <= Number(row.bracket_hi) && Number(row.bracket_lo) <= Number(density.curve[k].bracket_hi));
  }
  assert.ok(Number(automatic.summary.bracket_width) < Number(density.summary.bracket_width) / 8);

  const own = await run(t, 'k-density', file, ['--range', '40', '--steps', '2', '--simulations', '0', '--cell', '4']);
  assert.ok(Number(own.summary.bandwidth) > 0.5 && Number(own.summary.bandwidth) < 5);

  const near = folder(t);
  await okrugDone(['run', 'm-function', file, '--industry', 'a', '--range', '1', '--steps', '2', '--simulations', '0', '-o', near]);
  const [half, one] = readFileSync(join(near, 'curve.csv'), 'utf8').trim().split('\n').slice(2).map((line) => Number(line.split(',')[1]));
  assert.equal(half, 0);
  assert.ok(Math.abs(one / latticeM() - 1) < 1e-10, `${one}, not ${latticeM()}`);
  const m = await okrug(['run', 'm-function', file, '--industry', 'a', '--function', 'm']);
  assert.equal(m.code, 3);
  assert.match(m.stderr, /350000 plants are too many/);
  const isotropic = await okrug(['run', 'ripley-k', file, '--industry', 'a']);
  assert.equal(isotropic.code, 2);
  assert.match(isotropic.stderr, /choose --edge translate or --edge none/);
});
