/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts about firms and clusters know in common: kinds of data with their columns, and the names of codes, each asked
 * for once, when it is first seen. */
import { SvelteMap } from 'svelte/reactivity';
import { getKinds, type Kind } from '../api/imports';
import { getRows } from '../api/rows';
import { holders } from '../state/registered';
import { page } from './page.svelte';

class Known {
  kinds = $state.raw<Kind[]>([]);
  readonly held = $derived(holders(page.datasets.values()));
  readonly #names = new SvelteMap<string, string>();
  readonly #asked = new Set<string>();

  constructor() {
    void getKinds().then((kinds) => (this.kinds = kinds), () => {}); // forms wait for them, names of columns do without
  }

  kind = (id: string): Kind | undefined => this.kinds.find((one) => one.id === id);

  /** The name of a firm; its code until that is known, and where it is not. */
  firm = (code: string): string => this.#name('firms', 'firm', code);
  cluster = (code: string): string => this.#name('clusters', 'cluster', code);

  /** Names that came with an answer. */
  learn(kind: string, pairs: Iterable<readonly [string, string | null | undefined]>): void {
    for (const [code, name] of pairs) if (name) this.#names.set(`${kind} ${code}`, name);
  }

  #name(kind: string, column: string, code: string): string {
    const id = `${kind} ${code}`;
    const name = this.#names.get(id);
    if (name !== undefined) return name;
    const dataset = this.held[kind];
    if (code !== '' && dataset && !this.#asked.has(id)) {
      this.#asked.add(id);
      getRows(dataset.id, { where: { [column]: code }, limit: 1 }).then(
        ({ table }) => this.learn(kind, [[code, String(table.columns.find((one) => one.name === 'name')?.values[0] ?? '')]]),
        () => this.#asked.delete(id),
      );
    }
    return code;
  }
}

export const known = new Known();
