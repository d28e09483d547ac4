/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two measures of the same territories side by side: who is known on both sides, how far the orders agree, whom they
 * disagree about most. */
import type { Reading } from './measures';
import { meanRanks, spearman } from './rank';

export interface Pair {
  id: string;
  left: Reading;
  right: Reading;
  x: number;
  y: number;
  /** Places among the territories known on both sides; 1 = highest, equal values share the mean. */
  rankLeft: number;
  rankRight: number;
}

export interface Comparison {
  pairs: Pair[];
  /** Territories without a figure on one side at least. */
  left_out: string[];
  rho: number | undefined;
  /** Furthest up and down from left to right; none where nobody moves. */
  rises: Pair | undefined;
  falls: Pair | undefined;
  /** How many are at 1 or more on both sides, on the left alone, on the right alone, on neither. */
  quadrants: { both: number; left: number; right: number; neither: number };
}

export function compare(left: readonly Reading[], right: readonly Reading[]): Comparison {
  const other = new Map(right.map((one) => [one.id, one]));
  const known: { id: string; left: Reading; right: Reading; x: number; y: number }[] = [];
  const left_out: string[] = [];
  for (const one of left) {
    const match = other.get(one.id);
    const [x, y] = [one.figure?.value, match?.figure?.value];
    if (!match || typeof x !== 'number' || typeof y !== 'number') left_out.push(one.id);
    else known.push({ id: one.id, left: one, right: match, x, y });
  }
  const [xs, ys] = [known.map((pair) => pair.x), known.map((pair) => pair.y)];
  const [a, b] = [meanRanks(xs), meanRanks(ys)];
  const pairs = known.map((pair, i) => ({ ...pair, rankLeft: a[i] ?? 0, rankRight: b[i] ?? 0 }));
  const up = (pair: Pair) => pair.rankLeft - pair.rankRight;
  const most = [...pairs].sort((p, q) => up(q) - up(p));
  const [rises, falls] = [most[0], most.at(-1)];
  const count = (test: (pair: Pair) => boolean) => pairs.filter(test).length;
  return {
    pairs,
    left_out,
    rho: spearman(xs, ys),
    rises: rises && up(rises) > 0 ? rises : undefined,
    falls: falls && up(falls) < 0 ? falls : undefined,
    quadrants: {
      both: count((pair) => pair.x >= 1 && pair.y >= 1),
      left: count((pair) => pair.x >= 1 && pair.y < 1),
      right: count((pair) => pair.x < 1 && pair.y >= 1),
      neither: count((pair) => pair.x < 1 && pair.y < 1),
    },
  };
}
