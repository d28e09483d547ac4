/* SPDX-License-Identifier: GPL-3.0-or-later
 * Results beside older ones, and on maps. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/api/client';
import { choices, layer, numberColumns } from '../src/state/layer';
import { asked, forerunners, versus } from '../src/state/versus';
import { column, series } from './support';

const set = (id: string, provenance: Dataset['provenance']): Dataset => ({ id, kind: 'result', tables: [], provenance });

describe('a result beside an older one', () => {
  const make = (id: string, level: number, input: string) => set(id, { analysis: 'location-quotient', parameters: { level, z: 'lq' }, inputs: [{ input: 'input', dataset: input }] });
  const [a, b, c, d] = [make('a', 0.95, 'jobs'), make('b', 0.9, 'product'), make('c', 0.9, 'jobs'), set('d', { analysis: 'complexity' })];
  it('stands beside the newest before it, of the same input first', () => {
    expect(forerunners([a, b, c, d], c).map((one) => one.id)).toEqual(['a', 'b']);
    expect(forerunners([a, b, c, d], a).map((one) => one.id)).toEqual(['c', 'b']);
    expect(forerunners([a, b, c, d], d)).toEqual([]);
  });
  it('was asked differently', () => {
    expect(asked(a, b)).toEqual([{ kind: 'parameter', name: 'level', old: '0.95', now: '0.9' }, { kind: 'input', name: 'input', old: 'jobs', now: 'product' }]);
    expect(asked(a, a)).toEqual([]);
  });
  it('has moved where its figures differ, most first, whatever the order of rows', () => {
    const old = series('r', 't', [column('region', ['N', 'S', 'W', 'gone']), column('lq', [1, 2, null, 4]), column('only_old', [1, 1, 1, 1])]);
    const now = series('r', 't', [column('region', ['W', 'S', 'N', 'new']), column('lq', [3, 1.5, 1.75, 9]), column('flag', ['', '', '', ''])]);
    const found = versus(old, now);
    expect(found).toMatchObject({ columns: ['lq'], both: 3, only_old: 1, only_now: 1 });
    expect(found.moved.lq?.map(({ key, by }) => [key.region, by])).toEqual([['N', 0.75], ['S', -0.5], ['W', null]]);
  });
});

describe('a layer of a map', () => {
  const rows = series('r', 't', [
    column('region', ['N', 'S', 'N', 'S']), column('period', ['2022', '2022', '2023', '2023']), column('eci', [1, 2, 3, null]),
  ]);
  it('is one row for each territory', () => {
    expect(choices(rows)).toEqual([{ name: 'period', values: ['2023', '2022'] }]);
    expect(numberColumns(rows)).toEqual(['eci']);
    expect(layer(rows, 'eci', { period: '2023' })?.map(({ id, figure }) => [id, figure?.value])).toEqual([['N', 3], ['S', null]]);
    expect(layer(rows, 'eci', {})).toBeUndefined();
  });
});
