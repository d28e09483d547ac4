/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Large input-output tables: the 1,435 industries of the World Input-Output Database like any other table, and more than
 * 5,000, of which only what is asked for is computed.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, needsShared, okrug, okrugDone, parseTable, shared } from '../support/okrug.mjs';

const near = (actual, expected, tolerance) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

/* The files have no codes: those of countries and industries stand beside them, in their order. */
function wiod() {
  const read = (name) => readFileSync(join(shared, 'wiod', name), 'utf8').trim().split(/\r?\n/);
  const unquoted = (line) => line.split(',')[0].replaceAll('"', '');
  const industries = read('industries_35.csv').slice(1).map(unquoted);
  const codes = read('countries_41.csv').slice(1).flatMap((country) => industries.map((code) => `${unquoted(country)}.${code}`));
  const rows = execFileSync('xz', ['-dc', join(shared, 'wiod/wiot_2011_inter_1435x1435.csv.xz')], { maxBuffer: 1e8 })
    .toString().trim().split(/\r?\n/);
  return { codes, rows, output: read('wiot_2011_output_1435.csv') };
}

const wide = ({ codes, rows, output }) => `code,${codes.join(',')},output\n` +
  rows.map((row, i) => `${codes[i]},${row},${output[i]}\n`).join('');

/* One run after the other: each may need all processors. */
async function tables(cwd, id, args) {
  const out = join(cwd, `out-${id}`);
  await okrugDone(['run', id, 'wiod.csv', ...args, '-o', out], { cwd, timeout: 60000 });
  return (name) => parseTable(readFileSync(join(out, `${name}.csv`), 'utf8'));
}

/* numpy 1.24.2: inv(I - A), inv(I - B), and what follows from them by definition. */
const expected = {
  'RUS.c2': { backward: 0.77741186548757, forward: 1.8323957716152983, extraction_total: 411603.2334679205, upstreamness: 3.8640991802144855, backward_variation: 24.454474956282038, forward_variation: 10.738438071646634, length: 2.0994937278851324, price: 0.7332088563490757 },
  'RUS.c12': { backward: 1.151756846959754, forward: 1.6399026763590154, extraction_total: 279194.8746591642, upstreamness: 3.458175731198302, backward_variation: 21.440679219898428, forward_variation: 15.067933042132998, length: 1.814338640425449, price: 0.11392516716313024 },
  'CHN.c14': { backward: 1.7218054395787499, forward: 1.328009819739068, extraction_total: 5122555.680255682, upstreamness: 2.8004657810615505, backward_variation: 16.423331931625505, forward_variation: 20.609675605707938, length: 4.55135873469691, price: 0.003093237580755904 },
  'DEU.c15': { backward: 1.3151588852216143, forward: 0.8871057457139997, extraction_total: 1205192.5591410024, upstreamness: 1.8707009904062841, backward_variation: 16.775453460669404, forward_variation: 24.550714421057176, length: 4.207457897173413, price: 0.0027041210396123697 },
};

test('1,435 industries: linkages, prices, lengths and influence are those of the whole inverse', needsShared, async (t) => {
  const cwd = folder(t);
  writeFileSync(join(cwd, 'wiod.csv'), wide(wiod()));
  const linkages = (await tables(cwd, 'linkages', ['--output', 'output']))('industries');
  const pairs = (await tables(cwd, 'ghosh', ['--output', 'output', '--only', 'RUS.c2']))('pairs');
  const lengths = (await tables(cwd, 'propagation-length', ['--output', 'output', ...Object.keys(expected).flatMap((code) => ['--only', code])]))('lengths');
  const top = (await tables(cwd, 'influence', ['--output', 'output', '--top', '3']))('coefficients');
  for (const [code, values] of Object.entries(expected)) {
    for (const [column, value] of Object.entries(values)) {
      const from = { price: pairs, length: lengths }[column];
      const row = from === undefined ? linkages.rows.find(({ industry }) => industry === code) : from.rows.find((one) => one.from === 'RUS.c2' && one.to === code);
      near(Number(row[column]), value, 1e-9);
    }
  }
  assert.deepEqual(top.rows.map(({ from, to }) => `${from} ${to}`), ['CHN.c14 RoW.c2', 'CHN.c15 RoW.c2', 'CHN.c10 RoW.c2']);
  near(Number(top.rows[0].intensity), 197.24060446017506, 1e-9);
});

/* Totals of the table with rows and columns scaled by known numbers: the answer is that table. */
test('1,435 industries: RAS finds the rows and columns that were scaled', needsShared, async (t) => {
  const data = wiod();
  const factor = (i, step) => 0.7 + 0.6 * ((i * step) % 101) / 100;
  const sums = { row: new Array(1435).fill(0), column: new Array(1435).fill(0) };
  const scaled = data.rows.map((line, i) => line.split(',').map((cell, j) => {
    const value = Math.round(Number(cell) * factor(i, 37) * factor(j, 53) * 1024) / 1024; /* sums without rounding */
    sums.row[i] += value;
    sums.column[j] += value;
    return value;
  }));
  const file = (values) => `code,value\n${values.map((value, i) => `${data.codes[i]},${value}\n`).join('')}`;
  const cwd = folder(t, { 'wiod.csv': wide(data), 'rows.csv': file(sums.row), 'columns.csv': file(sums.column) });
  const read = await tables(cwd, 'balance', ['--omit', 'output', '--row-totals', 'rows.csv', '--column-totals', 'columns.csv']);
  const { rows } = read('table');
  assert.equal(rows.length, 1435 * 1435);
  for (let k = 0; k < rows.length; k += 997) {
    near(Number(rows[k].value), scaled[Math.floor(k / 1435)][k % 1435], 1e-2);
  }
  assert.ok(Number(read('summary').rows[0].deviation) <= 1e-9);
});

/* A ring: each buys from the one before. */
function ring(n) {
  let text = 'from,to,value\n';
  for (let i = 0; i < n; i++) {
    text += `i${i},i${(i + 1) % n},4\ni${i},out,10\n`;
  }
  return text;
}

test('more than 5,000 industries: the whole is refused, what is asked for is solved', async (t) => {
  const cwd = folder(t, { 'wiod.csv': ring(5001) });
  const refused = await okrug(['run', 'ghosh', 'wiod.csv', '--output', 'out'], { cwd });
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /5001 industries: above 5000 .*--only/);
  const field = await okrug(['run', 'influence', 'wiod.csv', '--output', 'out', '--seller', 'i1', '--buyer', 'i2'], { cwd });
  assert.equal(field.code, 3);
  assert.match(field.stderr, /as many cells as the inverse/);
  const lengths = (await tables(cwd, 'propagation-length', ['--output', 'out', '--only', 'i3']))('lengths');
  const length = (from) => Number(lengths.rows.find((row) => row.from === from).length);
  near(length('i2'), 1, 1e-9);
  near(length('i0'), 3, 1e-9);
  assert.equal(lengths.rows.find((row) => row.from === 'i4').length, ''); /* 5,000 steps: nothing arrives */
  const linkages = (await tables(cwd, 'linkages', ['--output', 'out', '--only', 'i3']))('industries');
  const row = (code) => linkages.rows.find(({ industry }) => industry === code);
  near(Number(row('i3').extraction_total), 10 / 0.6, 1e-9);
  near(Number(row('i4').upstreamness), 1 / 0.6, 1e-9);
  assert.match(row('i4').reason, /extraction_total:not-applicable/);
});
