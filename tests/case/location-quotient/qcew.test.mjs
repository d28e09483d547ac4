/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * United States, first quarter of 2016: counties and states by 92 industries, against the quotients that the Bureau of
 * Labor Statistics publishes in the same file. 208,412 cells, of which 42 in 100 are withheld.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { needsShared, okrug, parseTable, shared, start } from '../../support/okrug.mjs';

const from = (name) => join(shared ?? '', 'us_qcew_2016', name);
const cells = from('qcew2016_county_state_naics3_private.csv.xz');

async function published() {
  const { code, stdout, stderr } = await start('xz', ['-dc', cells]).finished;
  assert.equal(code, 0, stderr);
  const rows = stdout.split('\n').slice(1, -1).map((line) => line.split(','))
    .filter(([, , , quarter]) => quarter === '1');
  return { rows: rows.length, cells: new Map(rows.map((r) => [`${r[0]} ${r[2]}`,
    { suppressed: r[4] === 'N', value: r[6], lq: r[9] }])) };
}

describe('location quotients of US counties', needsShared, () => {
  let known;
  let result;
  let stderr;
  before(async () => {
    known = await published();
    const run = await okrug(['run', 'location-quotient', cells, '--where', 'qtr=1', '--map', 'region=area_fips',
      '--map', 'industry=industry_code', '--map', 'value=emp_m3', '--map', 'status=disclosure', '--suppressed', 'N',
      '--reference', from('us_share_from_lq_naics3_2016q1.csv'), '--map', 'reference.industry=naics3',
      '--map', 'reference.share=us_share_lo', '--region-total', from('qcew2016_county_state_sector.csv.xz'),
      '--map', 'region-total.region=area_fips', '--map', 'region-total.value=emp_m3',
      '--where', 'region-total.own_code=0', '--where', 'region-total.industry_code=10',
      '--where', 'region-total.qtr=1']);
    assert.equal(run.code, 0, run.stderr);
    result = parseTable(run.stdout);
    stderr = run.stderr;
  });

  test('every cell comes out once, under its own code', () => {
    const keys = result.rows.map((row) => `${row.region} ${row.industry}`);
    assert.equal(keys.length, 208412);
    assert.deepEqual(new Set(keys), new Set(known.cells.keys()));
    assert.ok(keys.includes('01000 111'), 'codes keep their zeros');
  });

  test('repeated rows are left out and counted', () => {
    assert.equal(known.rows - known.cells.size, 1736);
    assert.match(stderr, /naics3_private\.csv\.xz:\d+: 1736 rows repeat others/);
  });

  test('what is withheld is missing with its reason, and never 0', () => {
    let suppressed = 0;
    for (const row of result.rows) {
      const { suppressed: hidden } = known.cells.get(`${row.region} ${row.industry}`);
      suppressed += hidden ? 1 : 0;
      if (hidden) {
        assert.equal(row.value + row.lq + row.lo + row.hi + row.z, '');
        assert.match(row.reason, /^value:suppressed;lq:suppressed;/);
      } else {
        assert.ok(!row.reason.includes('suppressed'));
      }
    }
    assert.ok(suppressed > 85000);
  });

  test('published cells agree to the two decimals published, but for at most 25', (t) => {
    const differ = [];
    let compared = 0;
    for (const row of result.rows) {
      const cell = known.cells.get(`${row.region} ${row.industry}`);
      if (!cell.suppressed && row.lq !== '') {
        compared++;
        assert.equal(Number(row.value), Number(cell.value));
        if (!(Math.abs(Number(row.lq) - Number(cell.lq)) <= 0.005 + 1e-9)) {
          differ.push(`${row.region} ${row.industry}: value ${cell.value}, okrug ${row.lq}, published ${cell.lq}`);
        }
      }
    }
    t.diagnostic(`${compared} cells compared; ${differ.length} differ:\n${differ.join('\n')}`);
    assert.ok(compared > 115000, `${compared} cells were compared`);
    assert.ok(differ.length <= 25, `${differ.length} differ:\n${differ.slice(0, 40).join('\n')}`);
  });

  test('published cells without a quotient say why', () => {
    const silent = result.rows.filter((row) => row.lq === '' && !/(^|;)lq:[a-z-]+/.test(row.reason));
    assert.deepEqual(silent, []);
  });
});
