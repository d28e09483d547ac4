/* SPDX-License-Identifier: GPL-3.0-or-later
 * The screening of sections and municipalities: which concentrations stand whatever the blank cells hold, which probably,
 * and which only if the blank cells hold one thing rather than another. */
import { groupBy } from './group';
import { readEnds, readStable, type Ends, type Stable } from './quotients';
import type { Figure, Series } from './series';

export interface Concentration {
  region: string;
  industry: string;
  value: Figure;
  lq: Figure;
  /** The exact bounds of the quotient and of the persons, and where most ways to fill the blank cells put the quotient. */
  bounds: Ends | undefined;
  persons: Ends | undefined;
  drawn: Ends | undefined;
  /** In what part of the fillings that were drawn it passes. */
  passes: Figure;
  stable: Stable;
  /** What it hangs on, as codes: withheld, industry-withheld, … */
  notes: string[];
}

export interface Concentrations {
  period: string;
  /** Surest first, then by the least the quotient can be; what is open by how often it passes. */
  rows: Concentration[];
  cells: Figure;
  withheld: Figure;
  certain: number;
  likely: number;
  possible: number;
}

const SURE: Record<Stable, number> = { certain: 0, likely: 1, no: 2, '': 3 };

/** Of the newest period, where there are several. */
export function readConcentrations(screening: Series | undefined, summary: Series | undefined): Concentrations | undefined {
  if (!screening || !summary || summary.rows === 0) return undefined;
  const period = summary.distinct('period').sort().at(-1) ?? '';
  const of = Math.max(0, period === '' ? 0 : summary.find({ period }));
  const rows: Concentration[] = [];
  for (let row = 0; row < screening.rows; row += 1) {
    if (screening.text('period', row) !== period) continue;
    rows.push({
      region: screening.text('region', row),
      industry: screening.text('industry', row),
      value: screening.figure('value', row),
      lq: screening.figure('lq', row),
      bounds: readEnds(screening, 'lo', 'hi', row),
      persons: readEnds(screening, 'value_least', 'value_most', row),
      drawn: readEnds(screening, 'sensitivity_lo', 'sensitivity_hi', row),
      passes: screening.figure('passes', row),
      stable: readStable(screening.text('stable', row)),
      notes: screening.text('note', row).split(/[;, ]+/).filter((note) => note !== ''),
    });
  }
  const least = (one: Concentration) => one.bounds?.lo.value ?? one.lq.value ?? 0;
  // What is open is ordered by how often it passes: the least that it can be is next to nothing.
  const often = (one: Concentration) => (one.stable === 'no' ? (one.passes.value ?? 0) : 0);
  rows.sort((a, b) => SURE[a.stable] - SURE[b.stable] || often(b) - often(a) || least(b) - least(a));
  const count = (stable: Stable) => rows.filter((one) => one.stable === stable).length;
  return {
    period,
    rows,
    cells: summary.figure('cells', of),
    withheld: summary.figure('withheld', of),
    certain: count('certain'),
    likely: count('likely'),
    possible: rows.length,
  };
}

/** What a reader asked to see: the sure ones, those that are probable too, or all that are possible. */
export const SHOWN = ['certain', 'likely', 'possible'] as const;
export type Shown = (typeof SHOWN)[number];

export function shown(found: Concentrations, what: Shown): Concentration[] {
  return found.rows.filter((one) => what === 'possible' || one.stable === 'certain' || (what === 'likely' && one.stable === 'likely'));
}

/** Per municipality what of it is shown, surest first. */
export function byPlace(rows: Concentration[]): Map<string, Concentration[]> {
  return groupBy(rows, (one) => one.region);
}
