/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Product per head of German counties, 1992 to 2014, against REAT 3.0.3 (betaconv.ols) and lm() of R 4.2.2. Standard
 * errors under unequal variances are by the matrix formula of HC1 in R.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { folder, needsShared, okrugDone, parseTable, shared, tablesIn } from '../../support/okrug.mjs';

function near(actual, expected, tolerance, what) {
  expected.forEach((value, i) => assert.ok(Math.abs(Number(actual[i]) - value) <= tolerance * Math.max(Math.abs(value), 1e-300),
    `${what} ${i + 1}: ${actual[i]}, not ${value}`));
}

describe('convergence of German counties', needsShared, () => {
  let year;
  let all;
  before(async () => {
    const dir = folder({ after });
    const { columns, rows } = parseTable(readFileSync(join(shared, 'de_reat_reference', 'G.counties.gdp.csv'), 'utf8'));
    const years = columns.filter((name) => /^gdppc\d/.test(name)).map((name) => name.slice(5));
    const lines = rows.flatMap((row) => years.map((y) => `${row.region_code},${y},${row[`gdppc${y}`]},${row[`pop${y}`]}`));
    writeFileSync(join(dir, 'counties.csv'), `region,period,value,population\n${lines.join('\n')}\n`);
    const east = rows.map((row) => `${row.region_code},east,${row.regional === 'West' ? 0 : 1}`);
    writeFileSync(join(dir, 'east.csv'), `region,condition,value\n${east.join('\n')}\n`);
    const run = async (name, ...options) => {
      await okrugDone(['run', 'convergence', join(dir, 'counties.csv'), ...options, '-o', join(dir, name)]);
      return tablesIn(join(dir, name));
    };
    year = await run('year', '--from', '2010', '--to', '2011');
    all = await run('all', '--conditions', join(dir, 'east.csv'));
  });
  const numbers = (rows, ...names) => rows.flatMap((row) => names.map((name) => row[name]));

  test('one year: the speed that REAT gives', () => {
    const [beta] = year.beta.rows;
    near([beta.beta, beta.lambda, beta.half_life], [-0.008070533, 0.008103276, 85.53913], 1e-7, 'REAT');
    assert.deepEqual([beta.years, beta.regions], ['1', '402']);
  });

  test('one year: every figure of lm', () => {
    near(numbers(year.terms.rows, 'estimate', 'standard_error', 'robust_error', 't', 'p', 'lo', 'hi'), [0.13245346014332818,
      0.04600140275243109, 0.0595835506291010, 2.87933524236559, 0.00419923324141861, 0.0420187346664541, 0.2228881856202022,
      -0.00807053298062836, 0.00449013641791424, 0.00586906015663123, -1.79739148869274, 0.07302761083210618, -0.0168977475873901,
      0.00075668162613338], 1e-10, 'lm');
    near([year.beta.rows[0].r_squared], [0.00801183251996459], 1e-10, 'R squared');
  });

  test('twenty-two years, given the east', () => {
    near(numbers(all.terms.rows, 'estimate', 'standard_error', 'robust_error', 't', 'p'), [0.0787610389861278, 0.00956374179286956,
      0.0122205705674502, 8.23537906939831, 4.41828990936247e-15, -0.00569970495017811, 0.000960336924075182, 0.0012356443236254,
      -5.93510965504842, 7.52870954489855e-9, 0.0192826616627478, 0.0011930431789782, 0.00148302916449267, 16.1625848942557,
      1.54754112169481e-43], 1e-9, 'lm');
    near([all.beta.rows[0].r_squared], [0.716003520904909], 1e-10, 'R squared');
    assert.equal(all.beta.rows[0].left_out, '74');
  });

  test('dispersion of the counties that are there in every year, and its trend', () => {
    const [first] = all.sigma.rows;
    assert.equal(first.regions, '328');
    near([first.cv, first.sd_log, first.mean_weighted, first.cv_weighted, first.sd_log_weighted], [0.47280906522247, 0.464110462856334, 22307.6607752458, 0.47782122729477, 0.461842159032533], 1e-11, '1992');
    near(numbers(all.trend.rows, 'slope', 'standard_error', 'r_squared'), [-0.001074316748499533, 0.000302548905390145, 0.38666850085864, -0.00278858302544147,
      0.000556059713619867, 0.557024334850511, -0.001871515664046021, 0.000449227067490028, 0.46461389877629, -0.00280000869506123,
      0.000419603249774119, 0.690060912548285], 1e-8, 'trend');
  });
});
