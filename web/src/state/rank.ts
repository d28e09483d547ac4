/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ranks and how far two of them agree. */

/** Rank of each value, 1 = highest; equal values share the mean of their places. */
export function meanRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const out = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (let i = start; i < end; i += 1) out[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return out;
}

/** Spearman's rank correlation: Pearson's, of mean ranks. Undefined for fewer than three pairs or where one side is all
 * alike. */
export function spearman(x: readonly number[], y: readonly number[]): number | undefined {
  const n = x.length;
  if (n < 3 || n !== y.length) return undefined;
  const [a, b] = [meanRanks(x), meanRanks(y)];
  const middle = (n + 1) / 2;
  let [top, left, right] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const [p, q] = [(a[i] ?? 0) - middle, (b[i] ?? 0) - middle];
    top += p * q;
    left += p * p;
    right += q * q;
  }
  return left === 0 || right === 0 ? undefined : top / Math.sqrt(left * right);
}

export type Strength = 'strong' | 'moderate' | 'weak' | 'none';

/** The words the page uses: strong from 0.7, moderate from 0.4, weak from 0.2, and no order in common below that. */
export function strength(rho: number): Strength {
  const size = Math.abs(rho);
  return size >= 0.7 ? 'strong' : size >= 0.4 ? 'moderate' : size >= 0.2 ? 'weak' : 'none';
}
