/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pairs of rows that may be one firm, as `duplicates` offers them, and what two rows of firms have in common. */
import type { Series } from './series';

export const CONFIDENCES = ['certain', 'likely', 'unverified'] as const;

export interface Pair {
  a: string;
  b: string;
  nameA: string;
  nameB: string;
  /** same-inn, same-ogrn, same-name, similar-name */
  because: string;
  confidence: string;
  similarity: number | null;
  /** yes, no; "" where it is not known. */
  sameAddress: string;
}

export const readPairs = (series: Series): Pair[] =>
  Array.from({ length: series.rows }, (_, row) => {
    const text = (column: string) => series.text(column, row);
    return {
      a: text('firm_a'), b: text('firm_b'), nameA: text('name_a'), nameB: text('name_b'),
      because: text('because'), confidence: text('confidence'), similarity: series.number('similarity', row), sameAddress: text('same_address'),
    };
  });

export interface Beside {
  column: string;
  a: string;
  b: string;
  /** alone: only one of them says anything. */
  are: 'same' | 'different' | 'alone';
}

/** Column by column, what both rows say; columns that neither fills are left out. Each row is a table of one row, or of none. */
export function beside(columns: readonly string[], a: Series, b: Series): Beside[] {
  return columns.flatMap((column): Beside[] => {
    const [one, two] = [a, b].map((series) => (series.rows > 0 ? series.text(column, 0) : ''));
    if (!one && !two) return [];
    const are = one === two ? 'same' : !one || !two ? 'alone' : 'different';
    return [{ column, a: one ?? '', b: two ?? '', are }];
  });
}

/** Groups of more than two rows, the largest first: pairs tell the others. */
export function largeGroups(series: Series): string[][] {
  const groups = new Map<string, string[]>();
  for (let row = 0; row < series.rows; row += 1) {
    const group = series.text('group', row);
    groups.set(group, [...(groups.get(group) ?? []), series.text('firm', row)]);
  }
  return [...groups.values()].filter((firms) => firms.length > 2).sort((x, y) => y.length - x.length);
}
