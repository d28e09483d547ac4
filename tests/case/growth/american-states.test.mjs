/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries of three digits in American states, first to fourth quarter of 2016 (QCEW, withheld cells left out of
 * both), their first two digits taken for clusters: lm() of R 4.2.2 with vcovHC and vcovCL (type "HC1") of sandwich
 * 3.0.2, constants of regions and industries as dummies.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { folder, needsShared, okrugDone, shared, tablesIn } from '../../support/okrug.mjs';

/* name, options, observations, degrees of freedom of t, constants, R squared, then estimate, error, p of each term */
const expected = [
  ['robust', [], 4043, 4037, 0, 0.0026663745385705579,
    0.047622719080135503, 0.012848331366132877, 0.00021293671842613645,
    -0.0020251354849334081, 0.0013400655263233641, 0.13081036106836877,
    0.00064093158205891254, 0.0043114875112908613, 0.88183194071049742,
    0.015953202562633963, 0.008878761906344448, 0.072444905757916817,
    0.0011020815555708174, 0.0059887089886499472, 0.85400185612174728,
    -0.00091628195382402813, 0.0036448225608896709, 0.80152327050552075],
  ['classical', ['--standard-errors', 'classical'], 4043, 4037, 0, 0.0026663745385705579,
    0.047622719080135503, 0.0081349436435760088, 5.1774936396010733e-09,
    -0.0020251354849334081, 0.00089136885739563422, 0.023142593120766934,
    0.00064093158205891254, 0.0024812400012770323, 0.79618006652348361,
    0.015953202562633963, 0.008608101486558278, 0.063915480110745299,
    0.0011020815555708174, 0.0038450094719911197, 0.77441304033755265,
    -0.00091628195382402813, 0.0027650775953339301, 0.74037725396615783],
  ['region', ['--standard-errors', 'region'], 4043, 50, 0, 0.0026663745385705579,
    0.047622719080135503, 0.017656064494774075, 0.00950514614469611,
    -0.0020251354849334081, 0.0018188865298382248, 0.27086371768940631,
    0.00064093158205891254, 0.005538375036780333, 0.90833358182018431,
    0.015953202562633963, 0.016083718553254796, 0.32602955979237103,
    0.0011020815555708174, 0.0090193570443929862, 0.90323778957135237,
    -0.00091628195382402813, 0.0031834495262460768, 0.77466904592014441],
  ['industry-region-clusters', ['--effects', 'industry', '--standard-errors', 'region'], 4043, 50, 87, 0.31725964199119633,
    0.0086705763775586676, 0.0027892717151959045, 0.0030995928730870679,
    -0.01312741495401051, 0.0053210050137414162, 0.017090530117049359,
    0.0074877950447494908, 0.012588204328178042, 0.55464204808652939,
    0.011828637106641801, 0.0073123368057916279, 0.11203508818782416,
    0.0034294881916039134, 0.003313124401100554, 0.3055925108041857],
  ['both-robust', ['--effects', 'both'], 4043, 3902, 137, 0.35066688435010895,
    -0.0045199931515412595, 0.0042049242496941452, 0.2824731786985763,
    -0.030388634905052187, 0.078399536656383564, 0.69832401070485495,
    0.011464103325232516, 0.0052924283016023508, 0.030361392552308197,
    0.0040255097800881764, 0.0034270614069661109, 0.24021671454383758],
  ['both-industry-clusters', ['--effects', 'both', '--standard-errors', 'industry'], 4043, 86, 137, 0.35066688435010895,
    -0.0045199931515412595, 0.0050068684257965493, 0.36917567985514199,
    -0.030388634905052187, 0.092555986230467124, 0.74346246328066501,
    0.011464103325232516, 0.0050319503376784723, 0.02518962332510408,
    0.0040255097800881764, 0.0036756562376797229, 0.27649492223469369],
];
const four = ['specialisation', 'diversity', 'competition', 'cluster'].flatMap((term) => ['--term', term]);

describe('growth of industries in American states', needsShared, () => {
  const dir = folder({ after });
  before(() => {
    const file = join(shared, 'us_qcew_2016', 'qcew2016_county_state_naics3_private.csv.xz');
    const text = execFileSync('xzcat', [file], { maxBuffer: 1 << 28, encoding: 'utf8' });
    const rows = text.split('\n').slice(1).map((line) => line.split(','))
      .filter(([area, , , quarter]) => area?.endsWith('000') && (quarter === '1' || quarter === '4'));
    writeFileSync(join(dir, 'states.csv'), `region,industry,period,status,plants,value\n${rows.map(
      ([area, , industry, quarter, status, plants, people]) => [area, industry, quarter, status, plants, people].join(',')).join('\n')}\n`);
    const industries = [...new Set(rows.map((row) => row[2]))];
    writeFileSync(join(dir, 'clusters.csv'), `industry,cluster\n${industries.map((i) => `${i},${i.slice(0, 2)}`).join('\n')}\n`);
  });

  for (const [name, options, observations, degrees, constants, rSquared, ...numbers] of expected) {
    test(name, async () => {
      const states = join(dir, 'states.csv');
      await okrugDone(['run', 'growth', states, '--map', 'status=status', '--suppressed', 'N', '--plants', states, '--map',
        'plants.value=plants', '--clusters', join(dir, 'clusters.csv'), ...options, ...(options.includes('both') ? four : []),
        '-o', join(dir, name)]);
      const { coefficients, fit } = tablesIn(join(dir, name));
      const [row] = fit.rows;
      assert.deepEqual([row.observations, row.degrees, row.effects].map(Number), [observations, degrees, constants]);
      const found = coefficients.rows.flatMap(({ estimate, error, p }) => [estimate, error, p].map(Number));
      assert.equal(found.length, numbers.length);
      [...numbers, rSquared].forEach((value, i) => {
        const ours = i < numbers.length ? found[i] : Number(row.r_squared);
        assert.ok(Math.abs(ours - value) <= 1e-10 * Math.abs(value), `${i}: ${ours}, not ${value}`);
      });
    });
  }
});
