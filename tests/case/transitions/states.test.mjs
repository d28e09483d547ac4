/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Income per head of 48 states of the USA, 1929 to 2009, against what giddy publishes in the documentation of its
 * classes Markov and Spatial_Markov (giddy/markov.py at 0676528): quintiles of each year, pooled quintiles of relative
 * income, and those given the quintile of the neighbours' mean.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { folder, needsShared, okrugDone, parseCsv, shared, tablesIn } from '../../support/okrug.mjs';

const from = (name) => join(shared ?? '', 'us_income_pysal', name);

function near(actual, expected, tolerance, what) {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, i) => assert.ok(Math.abs(Number(actual[i]) - value) <= tolerance, `${what} ${i + 1}: ${actual[i]}, not ${value}`));
}

describe('transitions of 48 states', needsShared, () => {
  let years;
  let pooled;
  before(async () => {
    const dir = folder({ after });
    const [header, ...states] = parseCsv(readFileSync(from('usjoin.csv'), 'utf8'));
    const rows = states.flatMap((state, i) => header.slice(2).map((year, k) => `${i + 1},${year},${state[k + 2]}`));
    assert.equal(rows.length, 48 * 81);
    writeFileSync(join(dir, 'income.csv'), `region,period,value\n${rows.join('\n')}\n`);
    const run = async (name, ...options) => {
      await okrugDone(['run', 'transitions', join(dir, 'income.csv'), ...options, '-o', join(dir, name)]);
      return tablesIn(join(dir, name));
    };
    years = await run('years', '--quantiles', 'period');
    pooled = await run('pooled', '--weights', from('states48.gal'));
  });
  const column = (table, name, lag = '') => table.rows.filter((row) => row.lag_class === lag).map((row) => row[name]);

  test('quintiles of each year', () => {
    assert.deepEqual(column(years.matrix, 'count').map(Number), [729, 71, 1, 0, 0, 72, 567, 80, 3, 0, 0, 81, 631, 86, 2, 0, 3, 86, 573,
      56, 0, 0, 1, 57, 741]);
    near(column(years.matrix, 'probability').slice(0, 5), [0.91011236, 0.0886392, 0.00124844, 0, 0], 5e-9, 'probability');
    near(column(years.classes, 'steady_state'), [0.20774716, 0.18725774, 0.20740537, 0.18821787, 0.20937187], 5e-9, 'steady state');
  });

  test('pooled quintiles of relative income', () => {
    assert.deepEqual(column(pooled.matrix, 'count').map(Number), [707, 58, 7, 1, 0, 50, 629, 80, 1, 1, 4, 79, 610, 73, 2, 0, 7, 72, 650,
      37, 0, 0, 0, 48, 724]);
    near(column(pooled.classes, 'upper').slice(0, 4), [0.83999133, 0.94707545, 1.03242697, 1.14911154], 5e-9, 'bound');
    near(column(pooled.classes, 'steady_state'), [0.17957376, 0.21631443, 0.21499942, 0.21134662, 0.17776576], 5e-9, 'steady state');
  });

  test('given the quintile of the neighbours', () => {
    near(column(pooled.classes, 'steady_state', '1'), [0.43509425, 0.2635327, 0.20363044, 0.06841983, 0.02932278], 5e-9, 'poor neighbours');
    near(column(pooled.classes, 'steady_state', '5'), [0.01776781, 0.19964349, 0.19009833, 0.25524697, 0.3372434], 5e-9, 'rich neighbours');
    near(column(pooled.matrix, 'probability', '3').slice(10, 15), [0.00518135, 0.0984456, 0.79274611, 0.0984456, 0.00518135], 5e-9, 'row 3');
    near(column(pooled.matrix, 'first_passage', '4'), [12.87974382, 13.34847151, 19.83446328, 28.47257282, 55.82395142, 99.46114206,
      5.06359731, 10.54545198, 23.05133495, 49.68944423, 117.76777159, 23.03735526, 3.94436301, 15.0843986, 43.57927247, 127.89752089,
      32.4393006, 14.56853107, 4.44831643, 31.63099455, 138.24752089, 42.7893006, 24.91853107, 10.35, 4.05613474], 6e-9, 'first passage');
  });

  test('neighbours matter', () => {
    const [all, poor] = pooled.tests.rows.filter((row) => row.test === 'neighbours');
    near([all.chi_squared, all.likelihood_ratio, all.degrees], [200.624, 170.659, 60], 5e-4, 'test');
    near([poor.chi_squared], [40.5598541], 5e-8, 'poor neighbours');
    assert.ok(Number(all.p_chi_squared) < 1e-15 && Number(all.p_likelihood_ratio) < 1e-11);
  });
});
