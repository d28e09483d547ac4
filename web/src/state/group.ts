/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grouping in order of first appearance, for browsers and Node older than Map.groupBy. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const item of items) {
    const group = out.get(key(item));
    if (group) group.push(item);
    else out.set(key(item), [item]);
  }
  return out;
}
