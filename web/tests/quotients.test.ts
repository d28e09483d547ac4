/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the page calls sure, top, ranked and headline. */
import { describe, expect, it } from 'vitest';
import { leaders, regionHeadline, topGroups } from '../src/state/headline';
import { readMunicipal, shareOf } from '../src/state/municipal';
import { rankOf, readQuotients, sureness, topSpecialisation } from '../src/state/quotients';
import { readBands, readConventions, readRegional } from '../src/state/regional';
import { column, quotients, series } from './support';

describe('sureness', () => {
  it('needs the whole interval on one side of 1', () => {
    expect(sureness(1.5, 1.01, 2, '')).toBe('above');
    expect(sureness(1.5, 1, 2, '')).toBe('around');
    expect(sureness(0.5, 0.3, 0.99, '')).toBe('below');
  });
  it('distrusts small cells whatever their interval', () => {
    expect(sureness(9, 4, 20, 'small')).toBe('small');
  });
  it('keeps money without interval and missing apart', () => {
    expect(sureness(2, null, null, '')).toBe('no-interval');
    expect(sureness(null, null, null, '')).toBe('missing');
  });
});

const table = quotients([
  ['1', 'A', 5, 8, 3, 20, 'small'],
  ['1', 'B', 100, 2, 1.5, 2.5, ''],
  ['1', 'C', 400, 1.3, 1.2, 1.4, ''],
  ['2', 'A', null, null, null, null, ''],
  ['2', 'B', 50, 0.9, 0.7, 1.2, ''],
  ['2', 'C', 10, 0.2, 0.1, 0.3, ''],
]);

describe('municipalities', () => {
  const municipal = readMunicipal({
    territories: series('t', 't', [
      column('region', ['1', '2', '3']), column('lat', [54, 55, 56]), column('lon', [35, 36, 37]),
      column('population_2023', ['1000', '2000', '3000']), column('population_2024', ['1', '2', '3']),
    ]),
    neighbours: series('n', 'n', [column('a', ['1']), column('b', ['2'])]),
    quotients: table,
    total: series('e', 'e', [column('region', ['1', '2']), column('period', ['2023', '2023']), column('value', [1000, 500])]),
  });
  const [first, second, third] = municipal?.places ?? [];

  it('have as top the highest quotient that is sure, not the highest', () => {
    expect(first?.top?.industry).toBe('B');
    expect(second?.top).toBeUndefined();
    expect(topSpecialisation(readQuotients(table))?.industry).toBe('B');
  });
  it('put missing cells last and count the blanks of a section', () => {
    expect(second?.cells.map((cell) => cell.industry)).toEqual(['B', 'C', 'A']);
    expect(municipal?.blanks.get('A')).toBe(1);
  });
  it('know neighbours both ways, and only from the table', () => {
    expect([first, second, third].map((place) => place?.neighbours)).toEqual([['2'], ['1'], []]);
  });
  it('take the population of the year of the quotients', () => {
    expect(first?.population?.value).toBe(1000);
    expect(first?.populationYear).toBe('2023');
  });
  it('give shares that say they were computed here', () => {
    const cell = first?.cells.find((one) => one.industry === 'B');
    expect(first && cell && shareOf(first, cell)).toMatchObject({ value: 0.1, derived: 'share' });
  });
  it('are grouped by their top section, those without one apart', () => {
    const { groups, none } = topGroups(municipal ?? { places: [], sections: [], period: '', blanks: new Map() });
    expect(groups.map((group) => [group.section, group.places.length])).toEqual([['B', 1]]);
    expect(none.map((place) => place.id)).toEqual(['2', '3']);
  });
});

describe('the region', () => {
  it('is ranked among all, ties sharing the better place', () => {
    expect(rankOf(2, [1, 2, 2, 3, null])).toEqual({ rank: 2, of: 4 });
  });
  it('is called specialised from 1.25 on, and only where sure', () => {
    const regional = readRegional('1', { quotients: table });
    const head = regional && regionHeadline(regional);
    expect(head?.specialised.map((cell) => cell.industry)).toEqual(['B', 'C']);
    expect(regional?.rows[0]?.section).toBe('A');
    expect(regional?.rows.find((row) => row.section === 'B')?.employment).toMatchObject({ of: 2, rank: { value: 1 } });
  });
});

describe('multipliers', () => {
  const bands = series('b', 'bands', [
    column('industry', ['A', 'B', 'A', 'B']),
    column('measure', ['output', 'output', 'value_added', 'value_added']),
    column('central', [1.3, 1.2, 0.8, 0.9]), column('low', [1.1, 1.1, 0.7, 0.8]), column('high', [1.5, 1.9, 0.9, 1]),
    column('rank_central', [1, 2, 2, 1]), column('rank_low', [1, 1, 2, 1]), column('rank_high', [5, 2, 2, 1]),
    column('variants', [12, 12, 12, 12]),
  ]);
  it('are read by measure, highest centre first', () => {
    expect(readBands('output', { bands }).map((band) => band.section)).toEqual(['A', 'B']);
    expect(readBands('value_added', { bands }).map((band) => band.section)).toEqual(['B', 'A']);
  });
  it('lead by their worst rank; a shaky first is named', () => {
    const found = leaders(readBands('output', { bands }), 1);
    expect(found.bands.map((band) => band.section)).toEqual(['B']);
    expect(found.shaky?.section).toBe('A');
  });
  it('list methods with their deltas', () => {
    const variants = series('b', 'variants', [column('method', ['slq', 'flq', 'flq']), column('delta', [null, 0.35, 0.15])]);
    expect(readConventions(variants)).toEqual([{ method: 'slq', deltas: [] }, { method: 'flq', deltas: [0.15, 0.35] }]);
  });
});
