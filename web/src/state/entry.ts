/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a probability of entry is worth: how well the model of density that it comes from tells entries from the rest, beside a
 * model that knows nothing of density. */
import type { Dataset } from '../api/client';
import type { Figure, Series } from './series';

export interface Scores {
  /** Of the rows that the model was fitted to, and of rows that were held out. */
  auc: Figure;
  held: Figure;
}
export interface Entry {
  density: Scores;
  baseline: Scores;
  /** What density adds, of held-out rows where both models have such, else of their own; null where one has neither. */
  gain: number | null;
}

/** Whether a result says anywhere how likely an entry is. */
export const tellsEntry = (result: Dataset | undefined): boolean =>
  result?.tables.some((table) => table.columns.some(({ name }) => name === 'entry_probability')) ?? false;

/** From the table of models; undefined where no model was fitted, and so nothing is told. */
export function readEntry(models: Series | undefined): Entry | undefined {
  const density = models?.find({ model: 'density' }) ?? -1;
  const baseline = models?.find({ model: 'baseline' }) ?? -1;
  if (!models || density < 0 || baseline < 0) return undefined;
  const scores = (row: number): Scores => ({ auc: models.figure('auc', row), held: models.figure('auc_held_out', row) });
  const by = { density: scores(density), baseline: scores(baseline) };
  const more = (kind: keyof Scores): number | null =>
    by.density[kind].value === null || by.baseline[kind].value === null ? null : by.density[kind].value - by.baseline[kind].value;
  return { ...by, gain: more('held') ?? more('auc') };
}
