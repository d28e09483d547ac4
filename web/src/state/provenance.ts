/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way back from a figure: its formula, its parameters, and everything it was made from down to the files. */
import type { Analysis, Dataset } from '../api/client';
import type { CellRef } from './series';

export interface Step {
  dataset: Dataset;
  /** As what it went in: "input", "concordance", … */
  role: string;
  depth: number;
}

export function formulaOf(analyses: Pick<Analysis, 'id' | 'outputs'>[], dataset: Dataset | undefined, ref: CellRef): string | undefined {
  const analysis = analyses.find((one) => one.id === dataset?.provenance.analysis);
  const output = analysis?.outputs.find((one) => one.table === ref.table);
  return output?.columns.find((one) => one.name === ref.column)?.formula || undefined;
}

/** All inputs, nearest first, each once; results among them lead on to their own inputs. */
export function lineage(datasets: Map<string, Dataset>, start: string): Step[] {
  const out: Step[] = [];
  const seen = new Set([start]);
  const visit = (id: string, depth: number) => {
    for (const input of datasets.get(id)?.provenance.inputs ?? []) {
      const found = input.dataset === undefined ? undefined : datasets.get(input.dataset);
      if (!found || seen.has(found.id)) continue;
      seen.add(found.id);
      out.push({ dataset: found, role: input.input, depth });
      visit(found.id, depth + 1);
    }
  };
  visit(start, 0);
  return out;
}
