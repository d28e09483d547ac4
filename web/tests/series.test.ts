/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading columns: missing cells, text that is a number, and addresses of cells that find their row again. */
import { describe, expect, it } from 'vitest';
import { column, quotients, series } from './support';

describe('Series', () => {
  const table = quotients([
    ['1', 'A', 5, 1.5, 1.2, 1.9, ''],
    ['2', 'A', null, null, null, null, ''],
  ]);

  it('keeps the reason of a missing cell', () => {
    const figure = table.figure('lq', 1);
    expect(figure.value).toBeNull();
    expect(figure.reason).toBe('zero-or-suppressed');
  });

  it('names a row so that it is found again', () => {
    const { ref } = table.figure('lq', 1);
    expect(ref.key).toEqual({ region: '2', industry: 'A', period: '2023' });
    expect(table.find(ref.key)).toBe(1);
    expect(table.find({ region: '3' })).toBe(-1);
  });

  it('reads numbers from text columns and never from codes that are none', () => {
    const extra = series('t', 't', [column('region', ['01', '02', '03']), column('size', ['12', '', 'n/a'])]);
    expect([0, 1, 2].map((row) => extra.number('size', row))).toEqual([12, null, null]);
    expect(extra.text('region', 0)).toBe('01');
  });

  it('treats an absent column as missing', () => {
    expect(table.has('z')).toBe(false);
    expect(table.figure('z', 0)).toMatchObject({ value: null, unit: '', reason: '' });
  });
});
