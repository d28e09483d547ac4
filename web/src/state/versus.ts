/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two results of one analysis: what was asked differently, and how far the figures are apart, row by row. */
import type { Dataset } from '../api/client';
import type { Figure, Series } from './series';

export interface Asked {
  kind: 'parameter' | 'input';
  name: string;
  old: string;
  now: string;
}

export interface Moved {
  id: string;
  key: Record<string, string>;
  old: Figure;
  now: Figure;
  /** now − old; null where one of them is missing. */
  by: number | null;
}

export interface Versus {
  columns: string[];
  /** By column, the rows in both tables whose figures differ, the largest difference first. */
  moved: Record<string, Moved[]>;
  both: number;
  only_old: number;
  only_now: number;
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : [value].flat().map(String).join(', '));

/** Parameters and inputs that differ. */
export function asked(old: Dataset, now: Dataset): Asked[] {
  const out: Asked[] = [];
  const compare = (kind: Asked['kind'], a: Record<string, unknown>, b: Record<string, unknown>) => {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [x, y] = [text(a[name]), text(b[name])];
      if (x !== y) out.push({ kind, name, old: x, now: y });
    }
  };
  const inputs = ({ provenance }: Dataset) =>
    Object.fromEntries(
      (provenance.inputs ?? []).map((one) => {
        const bound = [...Object.entries(one.map ?? {}), ...Object.entries(one.where ?? {})].map(([key, value]) => `${key}=${value}`);
        return [one.input, [one.dataset ?? '', ...bound].join(' ')];
      }),
    );
  compare('parameter', old.provenance.parameters ?? {}, now.provenance.parameters ?? {});
  compare('input', inputs(old), inputs(now));
  return out;
}

/** The results that one can stand beside, the likeliest first: of the same analysis, made before it, of the same input. */
export function forerunners(datasets: readonly Dataset[], now: Dataset): Dataset[] {
  const at = datasets.findIndex((one) => one.id === now.id);
  const same = datasets.filter((one, i) => i !== at && one.provenance.analysis !== undefined && one.provenance.analysis === now.provenance.analysis);
  const input = (one: Dataset) => one.provenance.inputs?.[0]?.dataset ?? '';
  const order = (one: Dataset) => datasets.indexOf(one);
  const score = (one: Dataset) => Number(input(one) === input(now)) * 2 + Number(order(one) < at);
  return same.sort((a, b) => score(b) - score(a) || order(b) - order(a));
}

function rowsByKey(series: Series): Map<string, number> {
  const out = new Map<string, number>();
  for (let row = 0; row < series.rows; row += 1) {
    const id = series.identity.map((name) => series.text(name, row)).join('\u0000');
    if (!out.has(id)) out.set(id, row);
  }
  return out;
}

/** Joined by the columns that name a row; every number column that both have. */
export function versus(old: Series, now: Series): Versus {
  const known = new Set(now.identity);
  const columns = now.columns.filter((column) => column.type === 'number' && !known.has(column.name) && old.has(column.name)).map((column) => column.name);
  const [before, after] = [rowsByKey(old), rowsByKey(now)];
  const moved: Versus['moved'] = Object.fromEntries(columns.map((name) => [name, []]));
  let both = 0;
  for (const [id, row] of after) {
    const was = before.get(id);
    if (was === undefined) continue;
    both += 1;
    for (const column of columns) {
      const [a, b] = [old.figure(column, was), now.figure(column, row)];
      if (a.value === b.value) continue;
      moved[column]?.push({ id, key: b.ref.key, old: a, now: b, by: a.value === null || b.value === null ? null : b.value - a.value });
    }
  }
  // What has come or gone has no size: it is last.
  const size = ({ by }: Moved) => (by === null ? -1 : Math.abs(by));
  for (const rows of Object.values(moved)) rows.sort((a, b) => size(b) - size(a));
  return { columns, moved, both, only_old: before.size - both, only_now: after.size - both };
}
