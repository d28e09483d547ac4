/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which dataset of the workspace holds firms, contracts, participants and so on: the one that is called as its kind, else the
 * only one of it, as the server's registry chooses. */
import type { Dataset } from '../api/client';

export const FIRM_KINDS = ['firms', 'firm-accounts', 'contracts', 'products', 'equipment', 'staff'] as const;
export const REGISTRY_KINDS = ['clusters', 'participants', 'facilities', 'projects', 'milestones', 'spending', 'obligations', 'needs', 'candidates'] as const;
export type RegisteredKind = (typeof FIRM_KINDS)[number] | (typeof REGISTRY_KINDS)[number];

export type Holders = Partial<Record<string, Dataset>>;

export function holders(datasets: Iterable<Dataset>): Holders {
  const out: Holders = {};
  const several = new Set<string>();
  for (const dataset of datasets) {
    const { id, kind } = dataset;
    if (id !== kind && out[kind]) several.add(kind);
    if (id === kind || !out[kind]) out[kind] = dataset;
  }
  for (const kind of several) if (out[kind]?.id !== kind) delete out[kind];
  return out;
}

/** Where the first row of a kind goes. */
export const holderOf = (kind: string, all: Holders): string => all[kind]?.id ?? kind;

export const hasColumn = (dataset: Dataset | undefined, column: string): boolean =>
  dataset?.tables[0]?.columns.some(({ name }) => name === column) ?? false;

/** What a project spent: nothing where there is no entry, null where no entry has an amount. */
export const spentOf = (spent: number | null, entries: number): number | null => spent ?? (entries > 0 ? null : 0);

/** How something promised stands on a day: what is done later is still open then. Days are ISO texts. */
export const standing = (one: { done?: string | null; late: boolean }, day: string): 'late' | 'done' | 'open' =>
  one.late ? 'late' : one.done && one.done <= day ? 'done' : 'open';
/** The day on which it was done, where that is no later. */
export const doneBy = (one: { done?: string | null }, day: string): string => (one.done && one.done <= day ? one.done : '');
