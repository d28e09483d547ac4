/* SPDX-License-Identifier: GPL-3.0-or-later
 * Classes of colour and positions on axes. */
import { describe, expect, it } from 'vitest';
import { classOf, colouring, equalCountBreaks, QUOTIENT_BREAKS, roundBreak } from '../src/state/classes';
import { readMunicipal } from '../src/state/municipal';
import { linearScaleFor, logScale, logScaleFor } from '../src/state/scale';
import { column, quotients, series } from './support';

describe('classes', () => {
  it('of quotients are symmetric around 1 on a log scale', () => {
    const logs = QUOTIENT_BREAKS.map(Math.log);
    expect(logs[0]).toBeCloseTo(-(logs[3] ?? 0));
    expect(logs[1]).toBeCloseTo(-(logs[2] ?? 0));
  });
  it('take a value on a break into the class above', () => {
    expect([0.49, 0.5, 1, 1.25, 2, 50].map((value) => classOf(value, QUOTIENT_BREAKS))).toEqual([0, 1, 2, 3, 4, 4]);
  });
  it('of other results have equal counts and rounded breaks', () => {
    expect(equalCountBreaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([3, 5, 7, 9]);
    expect(equalCountBreaks([4, 4, 4])).toEqual([]);
    expect(roundBreak(12345)).toBe(12000);
  });
  it('keep missing and not sure out of what is certain', () => {
    const municipal = readMunicipal({
      territories: series('t', 't', [column('region', ['1', '2', '3'])]),
      quotients: quotients([
        ['1', 'A', 100, 3, 2, 4, ''],
        ['2', 'A', null, null, null, null, ''],
        ['3', 'A', 4, 3, 1.1, 8, 'small'],
      ]),
    });
    if (!municipal) throw new Error('nothing was read');
    const colours = colouring(municipal, 'lq', 'A');
    expect(colours).toMatchObject({ missing: 1, doubts: { unsure: 1 } });
    expect(colours.paint.get('2')?.fill).toBe('missing');
    expect(colours.paint.get('1')).toMatchObject({ fill: 'd4', doubt: '' });
    expect(colours.paint.get('3')).toMatchObject({ fill: 'd4', doubt: 'unsure' });
    expect(colouring(municipal, 'top', 'A').none).toBe(2);
  });
});

describe('scales', () => {
  it('put 1 in the middle between a half and two', () => {
    const scale = logScale(0.5, 2);
    expect(scale.ticks).toEqual([0.5, 1, 2]);
    expect(scale.at(1)).toBeCloseTo(50);
  });
  it('hold what lies beyond at the end and say so', () => {
    const scale = logScale(0.25, 4);
    expect([scale.at(100), scale.at(0)]).toEqual([100, 0]);
    expect([scale.beyond(100), scale.beyond(0), scale.beyond(1)]).toEqual([1, -1, 0]);
  });
  it('cover the values with powers of two', () => {
    expect(logScaleFor([0.3, 7]).ticks).toEqual([0.25, 0.5, 1, 2, 4, 8]);
  });
  it('have round linear ticks from their base', () => {
    expect(linearScaleFor([1.31, 2.19], 1).ticks).toEqual([1, 1.5, 2, 2.5]);
    expect(linearScaleFor([], 0).ticks.length).toBeGreaterThan(1);
  });
});
