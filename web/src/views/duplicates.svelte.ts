/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pairs that may be one firm as they are gone through: some of them at a time, of one confidence or of all, from the newest result. */
import type { Message } from '../api/client';
import { getRows } from '../api/rows';
import { readPairs, type Pair } from '../state/pairs';
import { Series } from '../state/series';
import { page } from './page.svelte';
import { faultsOf } from './refused';

class Duplicates {
  readonly size = 10;
  chosen = $state('');
  confidence = $state('');
  offset = $state(0);
  pairs = $state.raw<Pair[] | undefined>(undefined);
  total = $state(0);
  faults = $state.raw<Message[]>([]);

  readonly results = $derived(page.results('duplicates'));
  readonly result = $derived(this.results.find(({ id }) => id === this.chosen) ?? this.results[0]);
  #asked = 0;

  look = async (): Promise<void> => {
    const { result, confidence, offset, size } = this;
    const asked = ++this.#asked;
    if (!result) return;
    try {
      const { total, table } = await getRows(result.id, { table: 'pairs', where: { confidence }, offset, limit: size });
      if (asked !== this.#asked) return;
      this.pairs = readPairs(new Series(result.id, table));
      this.total = total;
      this.faults = [];
    } catch (fault) {
      if (asked === this.#asked) this.faults = faultsOf(fault);
    }
  };

  filter = (confidence: string): void => {
    this.confidence = confidence;
    this.offset = 0;
  };
}

export const duplicates = new Duplicates();
