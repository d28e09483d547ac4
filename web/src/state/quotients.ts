/* SPDX-License-Identifier: GPL-3.0-or-later
 * One location quotient and how sure it is. The words used everywhere on the page come from here: above or below
 * means that the whole interval lies on one side of 1. */
import type { Figure, Series } from './series';

export type Sureness = 'above' | 'below' | 'around' | 'small' | 'no-interval' | 'missing';

export interface Quotient {
  region: string;
  industry: string;
  value: Figure;
  lq: Figure;
  /** The range: chance variation at both ends, and at the lower one also what the blank cells may hold. */
  lo: number | null;
  hi: number | null;
  /** The least the quotient can be, whatever the blank cells hold; only where the result says it. */
  least: Figure | undefined;
  sureness: Sureness;
  /** Sure by chance alone, but no longer once the blank cells may hold what they can: the gaps of the source decide. */
  unstable: boolean;
}

/** From this quotient on the page speaks of a specialisation; between 1 and this it says "slightly above". */
export const SPECIALISED = 1.25;

export function sureness(lq: number | null, lo: number | null, hi: number | null, flag: string): Sureness {
  if (lq === null) return 'missing';
  if (flag.split(/[;, ]/).includes('small')) return 'small';
  if (lo === null || hi === null) return 'no-interval';
  if (lo > 1) return 'above';
  if (hi < 1) return 'below';
  return 'around';
}

/** The word for how sure a quotient is, as the texts of the page have it. */
export const sureWord = (cell: Quotient): Sureness | 'unstable' => (cell.unstable ? 'unstable' : cell.sureness);

/** The lower end of the interval, moved down as far as the blank cells of the section can pull the quotient; none where
 * nothing bounds what they hold. */
function lowered(lo: number | null, lq: number | null, least: number | null): number | null {
  if (lo === null || lq === null || least === null) return null;
  return lq === 0 ? lo : lo * (least / lq);
}

export function readQuotients(series: Series): Quotient[] {
  const out: Quotient[] = [];
  for (let row = 0; row < series.rows; row += 1) {
    const lq = series.figure('lq', row);
    const least = series.has('lq_least') ? series.figure('lq_least', row) : undefined;
    const lo = least ? lowered(series.number('lo', row), lq.value, least.value) : series.number('lo', row);
    const hi = series.number('hi', row);
    const flag = series.text('flag', row);
    const sure = sureness(lq.value, lo, hi, flag);
    const byChance = sureness(lq.value, series.number('lo', row), hi, flag);
    out.push({
      region: series.text('region', row),
      industry: series.text('industry', row),
      value: series.figure('value', row),
      lq,
      lo,
      hi,
      least,
      sureness: sure,
      unstable: (byChance === 'above' || byChance === 'below') && sure !== byChance,
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
  const least = (cell: Quotient): number => cell.least?.value ?? cell.lq.value ?? 0;
  return cells.filter((cell) => cell.sureness === 'above').sort((a, b) => least(b) - least(a))[0];
}

/** Place of a value among all, 1 = highest; equal values share the better place. */
export function rankOf(value: number, all: (number | null)[]): { rank: number; of: number } {
  const known = all.filter((other): other is number => other !== null);
  return { rank: 1 + known.filter((other) => other > value).length, of: known.length };
}
