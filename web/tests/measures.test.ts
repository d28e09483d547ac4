/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measures of territories and two of them side by side. */
import { describe, expect, it } from 'vitest';
import { breaksFor, classed, lettersOn, QUOTIENT_BREAKS } from '../src/state/classes';
import { compare } from '../src/state/compare';
import { contents } from '../src/state/contents';
import { bound, roubles } from '../src/state/format';
import { Atlas, readMeasure, totalOf, writeMeasure, type Measure } from '../src/state/measures';
import { readQuotients } from '../src/state/quotients';
import { meanRanks, spearman, strength } from '../src/state/rank';
import { decadeScaleFor } from '../src/state/scale';
import { column, series } from './support';

const lq = (section: string, period = ''): Measure => ({ kind: 'lq', section, period });

/** Two regions, two sections, two years. */
const table = series('q', 'quotients', [
  column('region', ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b']),
  column('industry', ['C', 'D', 'C', 'D', 'C', 'D', 'C', 'D']),
  column('period', ['2022', '2022', '2022', '2022', '2023', '2023', '2023', '2023']),
  column('value', [10, 30, 20, 20, 15, 45, null, 20], { unit: 'person', reasons: ['', '', '', '', '', '', 'suppressed', ''] }),
  column('lq', [0.5, 1.2, 1.4, 0.8, 0.6, 1.1, null, 0.9], { unit: 'ratio' }),
  column('lo', [0.4, 1.1, 1.2, 0.7, 0.5, 0.9, null, 0.8]),
  column('hi', [0.6, 1.3, 1.6, 0.9, 0.7, 1.3, null, 1.0]),
  column('flag', ['', '', '', '', '', '', '', '']),
]);

describe('a measure', () => {
  it('is read back from an address', () => {
    for (const measure of [lq('D'), lq('10.1', '2018'), { kind: 'krugman', section: '', period: '' } as const]) {
      expect(readMeasure(writeMeasure(measure))).toEqual(measure);
    }
    expect(readMeasure('nonsense.C')).toBeUndefined();
    expect(readMeasure(null)).toBeUndefined();
    expect(readMeasure('krugman.C')).toEqual({ kind: 'krugman', section: '', period: '' });
  });
});

describe('an atlas', () => {
  const total = series('total', 'total', [column('region', ['a', 'b']), column('value', [100, 80], { unit: 'person' })]);
  const atlas = new Atlas({ quotients: table, total });
  it('knows what it can show', () => {
    expect(atlas.ids).toEqual(['a', 'b']);
    expect(atlas.periods).toEqual(['2023', '2022']);
    expect(atlas.kinds).toEqual(['lq', 'share', 'value', 'employees']);
  });
  it('shows the newest year unless another is asked for', () => {
    const values = (measure: Measure) => atlas.read(measure).map((one) => one.figure?.value);
    expect(values(lq('C'))).toEqual([0.6, null]);
    expect(values(lq('C', '2022'))).toEqual([0.5, 1.4]);
    expect(values({ kind: 'value', section: 'D', period: '' })).toEqual([45, 20]);
    expect(values({ kind: 'employees', section: '', period: '' })).toEqual([100, 80]);
    expect(values({ kind: 'population', section: '', period: '' })).toEqual([undefined, undefined]);
  });
  it('divides by the published total, else by the sum, and by nothing where a part is missing', () => {
    const share = (of: Atlas, period: string) => of.read({ kind: 'share', section: 'D', period }).map((one) => one.figure?.value);
    expect(share(atlas, '')).toEqual([0.45, 0.25]);
    expect(share(new Atlas({ quotients: table }), '2022')).toEqual([0.75, 0.5]);
    expect(share(new Atlas({ quotients: table }), '')).toEqual([0.75, null]);
    expect(totalOf(table, undefined, { region: 'nowhere' })).toBeNull();
    expect(atlas.read({ kind: 'share', section: 'D', period: '' })[0]?.figure?.derived).toBe('share');
  });
  it('turns what it does not know into what it does', () => {
    expect(atlas.settle(undefined, lq('D'))).toEqual(lq('D'));
    expect(atlas.settle({ kind: 'product', section: 'D', period: '' }, lq('D'))).toEqual(lq('D'));
    expect(atlas.settle(lq('Z', '1999'), lq('D'))).toEqual(lq('C'));
    expect(atlas.settle(lq('D', '2023'), lq('D'))).toEqual(lq('D'));
    expect(atlas.settle(lq('D', '2022'), lq('C'))).toEqual(lq('D', '2022'));
  });
  it('lists the sections of one, highest first', () => {
    expect(atlas.sectionsOf('a').map((cell) => cell.industry)).toEqual(['D', 'C']);
  });
});

describe('ranks', () => {
  it('of equal values are the mean of their places', () => {
    expect(meanRanks([10, 30, 20, 20])).toEqual([4, 1, 2.5, 2.5]);
    expect(meanRanks([])).toEqual([]);
  });
  it('correlate as in a published example', () => {
    // Myers & Well, Research Design and Statistical Analysis, also Wikipedia's: IQ and hours of television, rho = -29/165.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });
  it('correlate with ties as Pearson of the ranks, and not where nothing varies', () => {
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(spearman([1, 2], [1, 2])).toBeUndefined();
  });
  it('have the words the page says', () => {
    expect([0.7, -0.69, 0.2, -0.19].map(strength)).toEqual(['strong', 'moderate', 'weak', 'none']);
  });
});

describe('a comparison', () => {
  const reading = (id: string, value: number | null) => ({
    id, cell: undefined,
    figure: { value, unit: 'ratio', reason: '', ref: { dataset: 'd', table: 't', column: 'lq', key: {} } },
  });
  const found = compare(
    [reading('a', 3), reading('b', 2), reading('c', 0.5), reading('d', null), reading('e', 0.2)],
    [reading('e', 4), reading('a', 0.5), reading('b', 1), reading('c', 0.1), reading('d', 7)],
  );
  it('is of those known on both sides', () => {
    expect(found.pairs.map((pair) => pair.id)).toEqual(['a', 'b', 'c', 'e']);
    expect(found.left_out).toEqual(['d']);
  });
  it('says who moves most and where 1 divides', () => {
    expect([found.rises?.id, found.rises?.rankLeft, found.rises?.rankRight]).toEqual(['e', 4, 1]);
    expect(found.falls?.id).toBe('a');
    expect(found.quadrants).toEqual({ both: 1, left: 1, right: 1, neither: 1 });
    expect(found.rho).toBeCloseTo(-0.4);
  });
  it('of a measure with itself moves nobody', () => {
    const same = compare([reading('a', 1), reading('b', 2), reading('c', 3)], [reading('a', 1), reading('b', 2), reading('c', 3)]);
    expect([same.rho, same.rises, same.falls]).toEqual([1, undefined, undefined]);
  });
});

describe('what the gaps of the source decide', () => {
  const gaps = series('q', 'quotients', [
    column('region', ['1', '2', '3', '4']), column('industry', ['A', 'A', 'A', 'A']),
    column('value', [50, 50, 50, 50]), column('lq', [1.5, 1.5, 1.05, 0.6]),
    column('lo', [1.2, 1.2, 0.9, 0.5]), column('hi', [1.8, 1.8, 1.2, 0.7]), column('flag', ['', '', '', '']),
    column('lq_least', [1.4, 0.7, 1.0, 0.3]),
  ]);
  it('is told apart from what chance decides', () => {
    expect(readQuotients(gaps).map((cell) => cell.sureness)).toEqual(['above', 'unstable', 'around', 'below']);
  });
  it('is counted apart in the legend', () => {
    const colours = classed(readQuotients(gaps).map((cell) => ({ id: cell.region, figure: cell.lq, cell })), QUOTIENT_BREAKS);
    expect(colours).toMatchObject({ doubts: { unsure: 1, likely: 0, unstable: 1 }, missing: 0 });
    expect(colours.paint.get('2')).toMatchObject({ doubt: 'unstable' });
  });
});

describe('classes of two maps', () => {
  const values = (...all: number[]) => all.map((value, i) => ({
    id: String(i), figure: { value, unit: '', reason: '', ref: { dataset: '', table: '', column: '', key: {} } },
  }));
  it('are the same where both are cut together', () => {
    const [small, large] = [values(1, 2, 3, 4, 5), values(10, 20, 30, 40, 50)];
    expect(breaksFor(small, large)).toEqual(breaksFor(large, small));
    expect(breaksFor(small, large)).not.toEqual(breaksFor(small));
    expect(classed(large, breaksFor(small, large)).classes[0]?.count).toBe(0);
  });
  it('have letters that can be read on them', () => {
    expect(['d0', 'd2', 's4', 'q3', 'none'].map(lettersOn)).toEqual(['on-deep', '', 'on-deep', 'on-q', '']);
  });
});

describe('sizes', () => {
  it('stand on powers of ten', () => {
    const scale = decadeScaleFor([3, 40, 900]);
    expect(scale.ticks).toEqual([1, 10, 100, 1000]);
    expect(scale.at(10)).toBeCloseTo(100 / 3);
    expect(scale.beyond(0)).toBe(-1);
    expect(decadeScaleFor([]).ticks).toEqual([1, 10]);
  });
  it('are written with no more digits than they have', () => {
    expect([bound(0.5, 'ratio', '', 'en'), bound(2, 'ratio', '', 'en'), bound(1.25, 'ratio', '', 'ru')]).toEqual(['0.5', '2', '1,25']);
    expect(bound(64, 'size', 'thousand-persons', 'en')).toBe('64');
    expect(bound(1e8, 'size', 'thousand-rub', 'en')).toBe('100bn\u00a0₽');
    expect(roubles(465999999999, 'en')).toBe('466bn\u00a0₽');
    expect(roubles(465999999999, 'ru')).toMatch(/^466\sмлрд\s₽$/);
  });
});

describe('the contents', () => {
  it('list what the study has, in the order of the page', () => {
    expect(contents({ compare: 1, places: 1, multipliers: undefined })).toEqual(['places', 'compare', 'import', 'analyses', 'data']);
    expect(contents({})).toEqual(['import', 'analyses', 'data']);
  });
});
