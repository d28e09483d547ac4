/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * More plants than pairs can be measured of: k-density and ripley-k count them by the cell and print the bracket; the K
 * of plants on a lattice, which is known without measuring, lies in it. M and m are counted around each of them, exactly.
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

/* m at 1, h a twentieth: as M there, but of those at .5 nothing is left, and what is at 1 or beside it by rows of b. */
function latticeSmoothM() {
  const at = (d) => Math.exp(-0.5 * ((1 - d) / 0.05) ** 2);
  let sum = 0;
  for (let i = 0; i < ACROSS; i++) {
    for (let j = 0; j < UP; j++) {
      const own = (i > 0) + (i < ACROSS - 1) + (j > 0) + (j < UP - 1);
      const half = 1 + (i > 0);
      const rows = (j > 0) + (j < UP - 1);
      const other = half * at(0.5) + half * rows * at(Math.hypot(0.5, 1));
      sum += own / (own + other);
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

/* The plants of a by latitude and longitude, in steps of ten metres: nearly the lattice of the plane. */
async function onTheGlobe(t, plane) {
  const KM = 6371.0088 * Math.PI / 180;
  const lines = ['industry,lat,lon'];
  const cosine = Math.cos(54 * Math.PI / 180);
  for (let i = 0; i < ACROSS; i++) {
    for (let j = 0; j < UP; j++) {
      const lat = 54 + (j - UP / 2) / KM / 100;
      lines.push(`a,${lat},${36 + (i - ACROSS / 2) / KM / 100 / cosine}`);
    }
  }
  lines.push('b,54,36.3', 'b,54.01,36.3');
  const file = join(folder(t), 'globe.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const globe = await run(t, 'k-density', file, ['--range', '0.4', '--steps', '4', '--simulations', '0', '--bandwidth', '0.2']);
  assertBracketed(globe.curve);
  assert.ok(Number(globe.summary.map_stretch) > 1 && Number(globe.summary.map_stretch) < 1.00001);
  /* The same in the plane, where a hundredth of a kilometre is 1. */
  for (const [step, row] of globe.curve.entries()) {
    assert.ok(Math.abs(Number(row.observed) / Number(plane[step].observed) / 100 - 1) < 2e-3, `${row.observed} beside ${plane[step].observed}`);
  }
  const near = await run(t, 'm-function', file, ['--range', '0.03', '--steps', '3', '--simulations', '0']);
  assert.ok(Number(near.curve[3].observed) > 1);
  assert.equal(near.summary.points, '350000');
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
  const ratio = await run(t, 'm-function', file, ['--function', 'm', '--bandwidth', '0.05', '--range', '1', '--steps', '2', '--simulations', '0']);
  assert.ok(Math.abs(Number(ratio.curve[2].observed) / latticeSmoothM() - 1) < 1e-3, `${ratio.curve[2].observed}, not ${latticeSmoothM()}`);

  /* What nobody asked for and takes days is refused at once, by the number of distances alone. */
  const days = await okrug(['run', 'm-function', file, '--industry', 'a', '-o', folder(t), '--lang', 'en']);
  assert.equal(days.code, 2);
  assert.match(days.stderr, /at the default --range, [\d.]+, 999 simulations of 350000 plants take some \d{2,3} hours of one processor/);

  const isotropic = await run(t, 'ripley-k', file, ['--edge', 'isotropic', '--range', '30', '--steps', '4', '--simulations', '0',
    '--x-from', '-0.5', '--x-to', '699.5', '--y-from', '-0.5', '--y-to', '499.5']);
  assertBracketed(isotropic.curve);
  const [k, edged] = [30, 22.5].map((r) => isotropic.curve.find((row) => Number(row.distance) === r));
  for (const row of [k, edged]) {
    /* Both corrections estimate the same without bias: on a lattice that fills the window they all but agree. */
    assert.ok(Math.abs(Number(row.observed) / latticeK(Number(row.distance)) - 1) < 0.01);
    assert.ok(Number(row.bracket_hi) < 1.1 * Number(row.bracket_lo));
  }
  await onTheGlobe(t, automatic.curve);
});
