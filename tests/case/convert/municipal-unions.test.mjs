/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unions of Russian municipalities from 2018 to 2024, by SberIndex's dictionary: every territory of its day counts 1, so
 * that the sums say what was united, and every year must speak of the territories of 2024.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { folder, needsShared, okrugDone, parseTable, shared, tablesIn } from '../../support/okrug.mjs';

const years = [2018, 2019, 2020, 2021, 2022, 2023, 2024];

describe('unions of municipalities', needsShared, () => {
  let united;
  let other;
  let reforms;
  let result;
  before(async () => {
    const dir = folder({ after });
    const file = join(shared, 'ru_municipal_national', 'municipal_dictionary.csv.gz');
    const { rows } = parseTable(gunzipSync(readFileSync(file)).toString('utf8'));
    const is = (id, kind) => id.startsWith(kind);
    reforms = rows.filter((row) => is(row.change_id_to, 'union')).flatMap((old) =>
      rows.filter((row) => row.change_id_from === old.change_id_to && row.territory_id !== old.territory_id)
        .map((now) => ({ from: old.territory_id, to: now.territory_id, period: now.year_from })));
    const lines = [...new Set(reforms.map((r) => `${r.from},${r.to},${r.period}`))];
    writeFileSync(join(dir, 'reforms.csv'), `from,to,period\n${lines.join('\n')}\n`);
    const counted = new Set(rows.flatMap((row) => years.filter((y) => Number(row.year_from) <= y && y < Number(row.year_to))
      .map((y) => `${row.territory_id},${y},1`)));
    writeFileSync(join(dir, 'ones.csv'), `region,period,value\n${[...counted].join('\n')}\n`);
    other = new Set(rows.filter((row) => [row.change_id_from, row.change_id_to].some((id) => id && !is(id, 'union')))
      .map((row) => row.territory_id));
    /* What comes out of a transfer of land has no parts that would make it. */
    united = new Set(reforms.filter(({ from, to }) => !other.has(from) && !other.has(to)).map(({ to }) => to));
    await okrugDone(['run', 'convert', join(dir, 'ones.csv'), '--reforms', join(dir, 'reforms.csv'), '-o', join(dir, 'out')]);
    result = tablesIn(join(dir, 'out'));
  });
  const codesOf = (year) => new Set(result.values.rows.filter((row) => row.period === String(year)).map((row) => row.region));

  test('there are unions', () => assert.ok(united.size > 20, `${united.size}`));

  test('every year has the united territories, and none that was united', () => {
    const made = new Set(reforms.map(({ to }) => to));
    const gone = new Set(reforms.map(({ from }) => from).filter((code) => !made.has(code)));
    const last = codesOf(2024);
    for (const year of years) {
      const codes = codesOf(year);
      assert.deepEqual([...codes].filter((code) => gone.has(code)), [], `${year}`);
      assert.deepEqual([...united].filter((code) => !codes.has(code) && last.has(code)), [], `${year}`);
    }
    assert.ok(last.size > 2000 && other.size > 0);
  });

  test('nothing is lost and nothing counts twice', () => {
    assert.equal(result.periods.rows.length, years.length);
    for (const { before: had, after: has, lost } of result.periods.rows) {
      assert.equal(lost, '0');
      assert.equal(had, has);
    }
    assert.deepEqual(result.leakage.rows, []);
  });
});
