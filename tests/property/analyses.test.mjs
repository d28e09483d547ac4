/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for growth, convergence and convert, whatever the table: names, order and units do not matter, what is
 * converted is neither more nor less than before, and converting in two steps is converting in one.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

import { folder, okrugDone, tablesIn } from '../support/okrug.mjs';

const seeds = [1, 2, 3];

/* Numbers that look random and are the same everywhere (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const csv = (columns, rows) => `${columns.join(',')}\n${rows.map((row) => `${columns.map((c) => row[c]).join(',')}\n`).join('')}`;
const shuffled = (rows, next) => rows.map((row) => [next(), row]).sort(([a], [b]) => a - b).map(([, row]) => row);

async function run(analysis, files, options = []) {
  const dir = folder({ after }, Object.fromEntries(Object.entries(files).map(([name, [columns, rows]]) => [`${name}.csv`, csv(columns, rows)])));
  const inputs = Object.keys(files).flatMap((name) => (name === 'input' ? [join(dir, 'input.csv')] : [`--${name}`, join(dir, `${name}.csv`)]));
  await okrugDone(['run', analysis, ...inputs, ...options, '-o', join(dir, 'out')]);
  return tablesIn(join(dir, 'out'));
}

function near(a, b, tolerance, what) {
  assert.ok(a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${what}: ${a} is not ${b}`);
}

/* Rows by key; the named columns are numbers that must agree, b's after `turn`. */
function sameNumbers(a, b, key, columns, tolerance, turn = (row) => row) {
  const by = (table) => new Map(table.rows.map((row) => [key.map((k) => row[k]).join(' '), row]));
  const [left, right] = [by(a), by({ rows: b.rows.map((row) => turn({ ...row })) })];
  assert.deepEqual([...left.keys()].sort(), [...right.keys()].sort());
  for (const [code, row] of left) {
    columns.forEach((column) => near(Number(row[column]), Number(right.get(code)[column]), tolerance, `${code} ${column}`));
  }
}

/* ---- growth ---- */

const panel = ['region', 'industry', 'period', 'value'];

function grown(seed) {
  const next = seeded(seed);
  const rows = [];
  for (let r = 10; r < 24; r++) {
    for (let i = 10; i < 19; i++) {
      const before = 20 + Math.floor(800 * next() ** 2);
      rows.push({ region: `r${r}`, industry: `i${i}`, period: '2010', value: before, plants: 1 + Math.floor(before * next() / 9) });
      rows.push({ region: `r${r}`, industry: `i${i}`, period: '2018', value: Math.round(before * (0.5 + next())) });
    }
  }
  const clusters = Array.from({ length: 9 }, (_, i) => ({ industry: `i${i + 10}`, cluster: `c${i % 3}` }));
  return { rows, clusters };
}

const plantsOf = (rows) => [panel, rows.filter((row) => row.period === '2010').map((row) => ({ ...row, value: row.plants }))];
const asFiles = ({ rows, clusters }) => ({ input: [panel, rows], plants: plantsOf(rows), clusters: [['industry', 'cluster'], clusters] });
const ways = [[], ['--effects', 'industry', '--standard-errors', 'region'], ['--standard-errors', 'classical']];
const fitted = ['estimate', 'error', 't', 'p', 'lo', 'hi'];

describe('growth', () => {
  test('residuals are orthogonal to a constant, and growth is what was fitted and what is left', async () => {
    for (const seed of seeds) {
      const { observations, fit } = await run('growth', asFiles(grown(seed)));
      const number = (row, column) => Number(row[column]);
      near(observations.rows.reduce((sum, row) => sum + number(row, 'residual'), 0), 0, 1e-11, 'sum');
      near(observations.rows.reduce((sum, row) => sum + number(row, 'residual') * number(row, 'fitted'), 0), 0, 1e-11, 'product');
      const mean = observations.rows.reduce((sum, row) => sum + number(row, 'growth'), 0) / observations.rows.length;
      const square = (column, of) => observations.rows.reduce((sum, row) => sum + (number(row, column) - of) ** 2, 0);
      near(Number(fit.rows[0].r_squared), 1 - square('residual', 0) / square('growth', mean), 1e-11, 'r_squared');
    }
  });

  test('names and order do not matter', async () => {
    for (const seed of seeds) {
      const world = grown(seed);
      const rename = (code) => `${code[0]}${99 - Number(code.slice(1))}`;
      const renamed = (rows) => shuffled(rows, seeded(seed + 9)).map((row) => ({
        ...row, ...(row.region && { region: rename(row.region) }), industry: rename(row.industry) }));
      const other = { rows: renamed(world.rows), clusters: renamed(world.clusters) };
      for (const way of ways) {
        const [a, b] = [await run('growth', asFiles(world), way), await run('growth', asFiles(other), way)];
        sameNumbers(a.coefficients, b.coefficients, ['term'], fitted, 1e-9);
        sameNumbers(a.observations, b.observations, ['region', 'industry'], ['growth', 'fitted', 'residual'], 1e-10,
          (row) => ({ ...row, region: rename(row.region), industry: rename(row.industry) }));
      }
    }
  });

  test('units do not matter: thousands, and a year in which everything doubled', async () => {
    for (const seed of seeds) {
      const world = grown(seed);
      const times = (row) => ({ ...row, value: row.value * (row.period === '2010' ? 1000 : 2000) });
      const other = { ...world, rows: world.rows.map(times) };
      for (const way of ways) {
        const [a, b] = [await run('growth', asFiles(world), way), await run('growth', asFiles(other), way)];
        const rest = (table) => ({ rows: table.rows.filter((row) => row.term !== 'constant') });
        sameNumbers(rest(a.coefficients), rest(b.coefficients), ['term'], fitted, 1e-9);
        sameNumbers(a.observations, b.observations, ['region', 'industry'], ['growth', 'fitted'], 1e-10,
          (row) => ({ ...row, growth: row.growth - Math.log(2), fitted: row.fitted - Math.log(2) }));
      }
    }
  });
});

/* ---- convergence ---- */

const valued = ['region', 'period', 'value', 'population'];

function incomes(seed) {
  const next = seeded(seed);
  return Array.from({ length: 25 }, (_, r) => {
    const start = 10 + 90 * next();
    const end = start ** 0.7 * 4 * (0.8 + 0.4 * next());
    const population = 1000 + Math.floor(9000 * next());
    return [['2000', start], ['2012', end]].map(([period, value]) => ({ region: `r${r + 10}`, period, value, population }));
  }).flat();
}

describe('convergence', () => {
  test('names, order and the unit of values do not matter', async () => {
    for (const seed of seeds) {
      const rows = incomes(seed);
      const rename = (code) => `r${99 - Number(code.slice(1))}`;
      const other = shuffled(rows, seeded(seed)).map((row) => ({ ...row, region: rename(row.region), value: row.value * 1e6 }));
      const [a, b] = [await run('convergence', { input: [valued, rows] }), await run('convergence', { input: [valued, other] })];
      sameNumbers(a.beta, b.beta, ['from', 'to'], ['regions', 'beta', 'lambda', 'lambda_lo', 'lambda_hi', 'r_squared'], 1e-10);
      sameNumbers(a.beta, b.beta, ['from', 'to'], ['half_life'], 1e-8);
      sameNumbers(a.regions, b.regions, ['region'], ['growth', 'fitted', 'residual'], 1e-10, (row) => ({ ...row, region: rename(row.region) }));
      sameNumbers(a.sigma, b.sigma, ['period'], ['cv', 'sd_log', 'cv_weighted', 'sd_log_weighted'], 1e-10);
    }
  });

  test('a rate put in comes out, with its half-life, over any number of years', async () => {
    for (const [rate, years] of [[0.02, 5], [0.02, 30], [0.1, 12]]) {
      const rows = Array.from({ length: 12 }, (_, r) => [['2000', 4 + r], [`${2000 + years}`, null]].map(([period, value]) => ({
        region: `r${r}`, period, value: value ?? Math.exp(3 + (Math.log(4 + r) - 3) * Math.exp(-rate * years)), population: 1 }))).flat();
      const { beta } = await run('convergence', { input: [valued, rows] });
      near(Number(beta.rows[0].lambda), rate, 1e-10, 'lambda');
      near(Number(beta.rows[0].half_life), Math.log(2) / rate, 1e-8, 'half_life');
    }
  });
});

/* ---- convert ---- */

const jobs = ['region', 'industry', 'period', 'value'];
const map = ['from', 'to', 'share'];

function working(seed) {
  const next = seeded(seed);
  const rows = [];
  for (const period of ['2019', '2020']) {
    for (let r = 0; r < 6; r++) {
      for (let i = 0; i < 12; i++) {
        if (next() < 0.85) {
          rows.push({ region: `r${r}`, industry: `a${i}`, period, value: Math.floor(1000 * next()) });
        }
      }
    }
  }
  return rows;
}

/* Every code to two of `count`, in sixteenths so that shares sum to 1 exactly. */
function concordance(codes, prefix, count, next) {
  return codes.flatMap((from) => {
    const [first, share] = [Math.floor(count * next()), Math.floor(15 * next() + 1) / 16];
    return [{ from, to: `${prefix}${first}`, share }, { from, to: `${prefix}${(first + 1) % count}`, share: 1 - share }];
  });
}

const codesOf = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const cell = ['region', 'industry', 'period'];

describe('convert', () => {
  test('codes that stay themselves change nothing', async () => {
    for (const seed of seeds) {
      const rows = working(seed);
      const same = codesOf('a', 12).map((code) => ({ from: code, to: code, share: 1 }));
      const { values, leakage, periods } = await run('convert', { input: [jobs, rows], concordance: [map, same] });
      sameNumbers(values, { rows }, cell, ['value'], 0);
      assert.deepEqual(leakage.rows, []);
      periods.rows.forEach((row) => assert.deepEqual([row.before, row.lost], [row.after, '0']));
    }
  });

  test('whole shares keep the total of every region and period', async () => {
    for (const seed of seeds) {
      const rows = working(seed);
      const list = concordance(codesOf('a', 12), 'b', 7, seeded(seed + 5));
      const { values } = await run('convert', { input: [jobs, rows], concordance: [map, list] });
      const totals = (table) => table.reduce((sums, row) => {
        const code = `${row.region} ${row.period}`;
        return sums.set(code, (sums.get(code) ?? 0) + Number(row.value));
      }, new Map());
      const [before, now] = [totals(rows), totals(values.rows)];
      before.forEach((value, code) => near(now.get(code), value, 1e-12, code));
    }
  });

  test('two steps are one step by the product of both lists, and order does not matter', async () => {
    for (const seed of seeds) {
      const rows = working(seed);
      const next = seeded(seed + 7);
      const [first, second] = [concordance(codesOf('a', 12), 'b', 7, next), concordance(codesOf('b', 7), 'c', 4, next)];
      const product = new Map();
      first.forEach((one) => second.filter(({ from }) => from === one.to).forEach((two) => {
        const code = `${one.from},${two.to}`;
        product.set(code, (product.get(code) ?? 0) + one.share * two.share);
      }));
      const both = [...product].map(([code, share]) => ({ from: code.split(',')[0], to: code.split(',')[1], share }));
      const half = await run('convert', { input: [jobs, rows], concordance: [map, first] });
      const after2 = await run('convert', { input: [jobs, half.values.rows], concordance: [map, second] });
      const direct = await run('convert', { input: [jobs, shuffled(rows, next)], concordance: [map, shuffled(both, next)] });
      sameNumbers(after2.values, direct.values, cell, ['value'], 1e-12);
    }
  });

  test('what leaks is what is missing, and rescaled shares leak nothing', async () => {
    for (const seed of seeds) {
      const rows = working(seed);
      const next = seeded(seed + 3);
      const list = concordance(codesOf('a', 11), 'b', 5, next).map((row) => ({ ...row, share: row.share * (0.5 + next() / 2) }));
      const given = await run('convert', { input: [jobs, rows], concordance: [map, list] });
      for (const { before, after: has, lost, period } of given.periods.rows) {
        near(Number(before), Number(has) + Number(lost), 1e-12, period);
        const leaks = given.leakage.rows.filter((row) => row.period === period);
        near(leaks.reduce((sum, row) => sum + Number(row.lost), 0), Number(lost), 1e-12, period);
        const unmapped = rows.filter((row) => row.period === period && row.industry === 'a11').reduce((sum, row) => sum + row.value, 0);
        const known = leaks.filter((row) => row.problem === 'unmapped').reduce((sum, row) => sum + Number(row.lost), 0);
        near(known, unmapped, 1e-12, `${period} unmapped`);
      }
      const rescaled = await run('convert', { input: [jobs, rows], concordance: [map, list] }, ['--shares', 'rescaled', '--unmapped', 'keep']);
      rescaled.periods.rows.forEach((row) => near(Number(row.after), Number(row.before), 1e-12, row.period));
    }
  });

  test('unions of territories sum their parts, and industries beside them do not matter', async () => {
    for (const seed of seeds) {
      const rows = working(seed);
      const reforms = ['r0', 'r1', 'r2'].map((from) => ({ from, to: 'R', period: '2021' }));
      const { values } = await run('convert', { input: [jobs, rows], reforms: [['from', 'to', 'period'], reforms] });
      const sums = new Map();
      rows.forEach((row) => {
        const code = [Number(row.region[1]) < 3 ? 'R' : row.region, row.industry, row.period].join(' ');
        sums.set(code, (sums.get(code) ?? 0) + row.value);
      });
      assert.equal(values.rows.length, sums.size);
      values.rows.forEach((row) => near(Number(row.value), sums.get(cell.map((c) => row[c]).join(' ')), 0, row.region));
    }
  });
});
