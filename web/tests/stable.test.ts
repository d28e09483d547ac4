/* SPDX-License-Identifier: GPL-3.0-or-later
 * What blank cells do to the answers: quotients and concentrations as the engine bounds them. */
import { describe, expect, it } from 'vitest';
import { classed, QUOTIENT_BREAKS } from '../src/state/classes';
import { byPlace, readConcentrations, shown } from '../src/state/concentrations';
import { leftOpen, readQuotients, sideOfBlank, toneOf } from '../src/state/quotients';
import { column, series } from './support';

/* region, value, lq, lo, hi, least, most, fewest, largest, drawn lo, drawn hi, stable, flag */
type Row = [string, number | null, number | null, number | null, number | null, number, number, number, number, number, number, string, string];
const rows: Row[] = [
  ['sure', 500, 3, 2.7, 3.3, 2.5, 3, 500, 500, 2.7, 2.9, 'certain', ''],
  ['likely', 500, 2, 1.8, 2.2, 0.8, 2, 500, 500, 1.6, 1.9, 'likely', ''],
  ['open', 500, 1.6, 1.4, 1.8, 0.4, 1.6, 500, 500, 0.9, 1.3, 'no', ''],
  ['leaning', 500, 1.4, 1.2, 1.6, 0.5, 1.4, 500, 500, 0.6, 0.9, 'likely', ''],
  ['chance', 500, 1.1, 0.9, 1.3, 1.05, 1.1, 500, 500, 1.06, 1.09, 'certain', ''],
  ['both', 500, 1.3, 1.05, 1.6, 1.1, 1.3, 500, 500, 1.15, 1.25, 'certain', ''],
  ['tiny', 5, 4, 2, 8, 3.5, 4, 5, 5, 3.6, 3.9, 'certain', 'small'],
  ['blank-low', null, null, null, null, 0, 0.8, 0, 57, 0.1, 0.5, 'certain', ''],
  ['blank-high', null, null, null, null, 1.2, 9, 40, 90, 2, 6, 'certain', ''],
  ['blank-open', null, null, null, null, 0, 4, 1, 80, 0.2, 2, 'no', ''],
];
const pick = (i: number) => rows.map((row) => row[i] ?? null);
const cells = readQuotients(
  series('q', 'quotients', [
    column('region', pick(0)), column('industry', rows.map(() => 'A')), column('value', pick(1)), column('lq', pick(2)),
    column('lo', pick(3)), column('hi', pick(4)), column('lq_least', pick(5)), column('lq_most', pick(6)),
    column('value_least', pick(7)), column('value_most', pick(8)), column('sensitivity_lo', pick(9)), column('sensitivity_hi', pick(10)),
    column('stable', pick(11)), column('flag', pick(12)),
  ]),
);
const cell = (region: string) => {
  const found = cells.find((one) => one.region === region);
  if (!found) throw new Error(region);
  return found;
};

describe('quotients beside blank cells', () => {
  it('are sure only where neither chance nor the blank cells turn them', () => {
    expect(Object.fromEntries(cells.map((one) => [one.region, one.sureness]))).toEqual({
      sure: 'above', likely: 'likely-above', open: 'unstable', leaning: 'likely-below', chance: 'around', both: 'around', tiny: 'small',
      'blank-low': 'missing', 'blank-high': 'missing', 'blank-open': 'missing',
    });
    expect(['sure', 'likely', 'open'].map((one) => toneOf(cell(one)))).toEqual(['above', 'around', 'around']);
  });
  it('keep the interval of counting apart from the range of both', () => {
    expect(cell('sure').counted.lo.value).toBe(2.7);
    expect(cell('sure').lo).toBeCloseTo(2.25);
  });
  it('can be opened at each end of their bounds', () => {
    expect(cell('sure').bounds?.lo.ref).toMatchObject({ column: 'lq_least', key: { region: 'sure' } });
    expect(cell('blank-low').persons?.hi).toMatchObject({ value: 57, ref: { column: 'value_most' } });
  });
  it('have an answer in a blank cell where its bounds lie on one side', () => {
    expect(['blank-low', 'blank-high', 'blank-open', 'sure'].map((one) => sideOfBlank(cell(one)))).toEqual(['below', 'above', undefined, undefined]);
  });
  it('are left open only by more than their digits show', () => {
    const whole = { ...cell('sure'), bounds: { lo: { ...cell('sure').lq, value: 2.999 }, hi: cell('sure').lq } };
    expect([leftOpen(cell('sure')), leftOpen(whole), leftOpen(cell('blank-low'))]).toEqual([true, false, true]);
  });
  it('are counted by their doubt in the legend', () => {
    const colours = classed(cells.map((one) => ({ id: one.region, figure: one.lq, cell: one })), QUOTIENT_BREAKS);
    expect(colours).toMatchObject({ missing: 3, doubts: { unsure: 3, likely: 2, unstable: 1 } });
  });
});

const screening = (more: [string, string, number, number, string, string, string, number?][]) =>
  series('c', 'screening', [
    column('region', more.map((row) => row[0])), column('industry', more.map((row) => row[1])),
    column('value', more.map(() => 600)), column('lq', more.map((row) => row[3])),
    column('lo', more.map((row) => row[2])), column('hi', more.map((row) => row[3])),
    column('stable', more.map((row) => row[4])), column('note', more.map((row) => row[5])), column('period', more.map((row) => row[6])),
    column('passes', more.map((row) => row[7] ?? 1)),
  ]);
const summary = series('c', 'summary', [
  column('period', ['2022', '2023']), column('cells', [10, 20]), column('withheld', [1, 4]),
]);

describe('concentrations', () => {
  const found = readConcentrations(
    screening([
      ['1', 'A', 0.2, 3, 'no', 'withheld', '2023', 0],
      ['4', 'A', 0.1, 3, 'no', 'withheld', '2023', 0.3],
      ['1', 'B', 1.6, 2, 'certain', '', '2023'],
      ['2', 'A', 1.1, 2, 'likely', 'industry-withheld', '2023'],
      ['3', 'A', 5, 6, 'certain', '', '2023'],
      ['3', 'B', 5, 6, 'certain', '', '2022'],
    ]),
    summary,
  );
  it('are those of the newest year, surest first, then by the least they can be', () => {
    expect(found?.rows.map((one) => `${one.region}${one.industry}`)).toEqual(['3A', '1B', '2A', '4A', '1A']);
    expect(found).toMatchObject({ certain: 2, likely: 1, possible: 5, cells: { value: 20 }, withheld: { value: 4 } });
  });
  it('are shown as far as was asked', () => {
    if (!found) throw new Error('nothing was read');
    expect((['certain', 'likely', 'possible'] as const).map((what) => shown(found, what).length)).toEqual([2, 3, 5]);
    expect(byPlace(shown(found, 'possible')).get('1')?.[0]?.industry).toBe('B');
    expect(found.rows[2]?.notes).toEqual(['industry-withheld']);
  });
  it('that are none are an answer', () => {
    expect(readConcentrations(screening([]), summary)).toMatchObject({ certain: 0, likely: 0, possible: 0, rows: [], cells: { value: 20 } });
    expect(readConcentrations(undefined, summary)).toBeUndefined();
  });
});
