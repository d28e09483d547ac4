/* SPDX-License-Identifier: GPL-3.0-or-later
 * One location quotient and how sure it is. The words used everywhere on the page come from here. Two things can make a
 * quotient unsure: chance in counting, which is the matter of its interval, and cells that the source leaves blank, which
 * is the matter of its exact bounds and of its sensitivity range over ways to fill them. */
import type { Figure, Series } from './series';

/** above and below: sure, the whole range lies on one side of 1. likely-…: in nineteen of twenty ways to fill the blank
 * cells, or more. unstable: what the blank cells hold decides. around, small: chance alone can explain the difference. */
export type Sureness =
  | 'above' | 'below' | 'likely-above' | 'likely-below' | 'unstable' | 'around' | 'small' | 'no-interval' | 'missing';

/** The answer to "above 1?" over all ways to fill the blank cells, as the engine says it; '' where it says nothing. */
export type Stable = 'certain' | 'likely' | 'no' | '';

/** A low and a high end, each of which can be opened. */
export interface Ends {
  lo: Figure;
  hi: Figure;
}

export interface Quotient {
  region: string;
  industry: string;
  value: Figure;
  lq: Figure;
  /** The range: chance variation at both ends, and at the lower one also what the blank cells may hold. */
  lo: number | null;
  hi: number | null;
  /** The interval of counting, at what is published. */
  counted: Ends;
  /** What the quotient and the number of persons can be at all, whatever the blank cells hold; these are exact. A blank cell
   * has them too. Only where the result says it. */
  bounds: Ends | undefined;
  persons: Ends | undefined;
  /** Where the quotient is in most of the ways to fill the blank cells that were drawn. */
  drawn: Ends | undefined;
  stable: Stable;
  sureness: Sureness;
}

/** From this quotient on the page speaks of a specialisation; between 1 and this it says "slightly above". */
export const SPECIALISED = 1.25;

/** The answer that counting alone gives. */
export function sureness(lq: number | null, lo: number | null, hi: number | null, flag: string): Sureness {
  if (lq === null) return 'missing';
  if (flag.split(/[;, ]/).includes('small')) return 'small';
  if (lo === null || hi === null) return 'no-interval';
  if (lo > 1) return 'above';
  if (hi < 1) return 'below';
  return 'around';
}

/** The answer of counting and of the blank cells together. `lo`, `hi`: the range of both. */
function verdict(counting: Sureness, ranging: Sureness, stable: Stable, drawn: Ends | undefined): Sureness {
  if (counting === 'missing' || counting === 'small') return counting;
  // Where the result does not say how stable it is: sure by counting, and no longer once the range knows of blank cells.
  if (stable === 'no' || (stable === '' && ranging !== counting)) return 'unstable';
  if (counting === 'around') return 'around';
  if (stable === 'likely') return (drawn?.lo.value ?? 0) > 1 ? 'likely-above' : 'likely-below';
  return ranging;
}

/** How a quotient is drawn on an axis. */
export function toneOf({ sureness: sure }: Quotient): 'above' | 'below' | 'around' | 'plain' | 'missing' {
  if (sure === 'above' || sure === 'below' || sure === 'missing') return sure;
  return sure === 'no-interval' ? 'plain' : 'around';
}

/** The side of 1 on which a blank cell lies although nobody knows what it holds; undefined where that is open. */
export function sideOfBlank(cell: Quotient): 'above' | 'below' | undefined {
  if (cell.value.value !== null || cell.stable !== 'certain') return undefined;
  return (cell.bounds?.lo.value ?? 0) > 1 ? 'above' : 'below';
}

/** Whether the blank cells leave the quotient open by more than its digits show. */
export function leftOpen(cell: Quotient): boolean {
  const [lo, hi, lq] = [cell.bounds?.lo.value, cell.bounds?.hi.value, cell.lq.value];
  if (typeof lo !== 'number' || typeof hi !== 'number') return false;
  return lq === null || Math.max(Math.abs(hi - lq), Math.abs(lq - lo)) >= 0.005 * Math.max(lq, 1);
}

/** The lower end of the interval, moved down as far as the blank cells of the section can pull the quotient; none where
 * nothing bounds what they hold. */
function lowered(lo: number | null, lq: number | null, least: number | null): number | null {
  if (lo === null || lq === null || least === null) return null;
  return lq === 0 ? lo : lo * (least / lq);
}

const STABLE: readonly string[] = ['certain', 'likely', 'no'];
export const readStable = (text: string): Stable => (STABLE.includes(text) ? (text as Stable) : '');

export function readEnds(series: Series, lo: string, hi: string, row: number): Ends | undefined {
  return series.has(lo) && series.has(hi) ? { lo: series.figure(lo, row), hi: series.figure(hi, row) } : undefined;
}

export function readQuotients(series: Series): Quotient[] {
  const out: Quotient[] = [];
  for (let row = 0; row < series.rows; row += 1) {
    const lq = series.figure('lq', row);
    const counted = { lo: series.figure('lo', row), hi: series.figure('hi', row) };
    const bounds = readEnds(series, 'lq_least', 'lq_most', row);
    const drawn = readEnds(series, 'sensitivity_lo', 'sensitivity_hi', row);
    const stable = readStable(series.text('stable', row));
    const lo = series.has('lq_least') ? lowered(counted.lo.value, lq.value, series.number('lq_least', row)) : counted.lo.value;
    const hi = counted.hi.value;
    const flag = series.text('flag', row);
    out.push({
      region: series.text('region', row),
      industry: series.text('industry', row),
      value: series.figure('value', row),
      lq,
      lo,
      hi,
      counted,
      bounds,
      persons: readEnds(series, 'value_least', 'value_most', row),
      drawn,
      stable,
      sureness: verdict(sureness(lq.value, counted.lo.value, hi, flag), sureness(lq.value, lo, hi, flag), stable, drawn),
    });
  }
  return out;
}

/** Highest quotient first, missing last; ties keep the order of the table. */
export function byQuotient(a: Quotient, b: Quotient): number {
  return (b.lq.value ?? -1) - (a.lq.value ?? -1);
}

/** Of those surely above 1 the one that is highest at the least it can be; undefined where none is sure. */
export function topSpecialisation(cells: Quotient[]): Quotient | undefined {
  const least = (cell: Quotient): number => cell.bounds?.lo.value ?? cell.lq.value ?? 0;
  return cells.filter((cell) => cell.sureness === 'above').sort((a, b) => least(b) - least(a))[0];
}

/** Place of a value among all, 1 = highest; equal values share the better place. */
export function rankOf(value: number, all: (number | null)[]): { rank: number; of: number } {
  const known = all.filter((other): other is number => other !== null);
  return { rank: 1 + known.filter((other) => other > value).length, of: known.length };
}
