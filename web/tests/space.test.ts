/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies near what, as the page reads and says it; and texts that come with the data. */
import { describe, expect, it } from 'vitest';
import { figure, probability } from '../src/state/format';
import { readSpace, reading } from '../src/state/space';
import { worded } from '../src/state/words';
import { column, series } from './support';

const moran = (value: (number | null)[], p: (number | null)[]) =>
  series('m', 'summary', [
    column('value', value), column('expectation', value.map(() => -0.04)), column('p_normal', value.map(() => 0.5)),
    column('p_permutation', p), column('alternative', value.map(() => 'two-sided')), column('period', value.map((_, i) => `${2023 + i}`)),
    column('regions', value.map(() => 26)), column('links', value.map(() => 116)), column('islands', value.map(() => 0)),
  ]);
const local = series('l', 'areas', [
  column('region', ['1', '2', '1', '2', '3']), column('value', [1, 2, 3, 4, null]), column('q', [0.01, 0.9, 0.04, 0.3, null]),
  column('p', [0.001, 0.5, 0.01, 0.2, null]), column('statistic', [1, 0, 2, 0, null]), column('neighbours', [3, 3, 3, 3, 0]),
  column('quadrant', ['HH', 'LL', 'HH', 'LH', null]), column('cluster', ['HH', null, 'HH', null, null]),
  column('period', ['2023', '2023', '2024', '2024', '2024']),
]);

describe('space', () => {
  const space = readSpace({ moran: moran([0.5, 0.6], [0.0002, 0.0004]), local });
  it('is shown for the newest year, its statistic for all', () => {
    expect(space?.moran.map((one) => one.period)).toEqual(['2024', '2023']);
    expect([space?.period, space?.areas.map((one) => [one.id, one.cluster, one.quadrant])]).toEqual([
      '2024', [['1', 'HH', 'HH'], ['2', '', 'LH'], ['3', '', '']],
    ]);
  });
  it('needs both statistics', () => {
    expect(readSpace({ local })).toBeUndefined();
    expect(readSpace({ moran: moran([], []), local })).toBeUndefined();
  });
  it('takes the normal p where nothing was permuted', () => {
    expect(readSpace({ moran: moran([0.5], [null]), local })?.moran[0]?.p).toMatchObject({ value: 0.5, ref: { column: 'p_normal' } });
  });
  it.each([
    [0.5, 0.001, 'alike'], [-0.5, 0.001, 'unlike'], [0.5, 0.2, 'none'], [0.5, 0.05, 'alike'], [null, null, 'unknown'],
  ] as const)('I = %s with p = %s reads as %s', (value, p, says) => {
    const [one] = readSpace({ moran: moran([value], [p ?? 0.3]), local })?.moran ?? [];
    expect(one && reading(one)).toBe(says);
  });
});

describe('probabilities', () => {
  it('keep the digits that matter', () => {
    expect([0.3, 0.0312, 0.0002, 0.00001, 0, 1].map((one) => probability(one, 'en'))).toEqual(['0.30', '0.031', '0.0002', '<\u00a00.0001', '0.0000', '1.00']);
  });
  it('are known by their column, shares by their unit', () => {
    const of = (columnName: string) => ({ value: 0.0312, unit: 'share', reason: '', ref: { dataset: '', table: '', column: columnName, key: {} } });
    expect([figure(of('q'), 'ru'), figure(of('hoover'), 'ru')]).toEqual(['0,031', '3,1\u00a0%']);
  });
});

describe('texts that come with the data', () => {
  it('are one for all languages or one for each', () => {
    expect([worded('WIOD', 'ru'), worded({ en: 'Office', ru: 'Ведомство' }, 'ru'), worded({ en: 'Office' }, 'ru'), worded({ ru: 'Ведомство' }, 'en')])
      .toEqual(['WIOD', 'Ведомство', 'Office', 'Ведомство']);
    expect(worded(undefined, 'en')).toBe('');
  });
});
