/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of a result that a view stands on. They are asked for anew when it is given another result, and until those are there
 * nothing of the one before is shown. */
import type { Series } from '../state/series';
import { page } from './page.svelte';

export class Tables {
  /** By their names, without those that the result lacks; undefined until all are there. */
  all = $state.raw<Record<string, Series> | undefined>(undefined);
  /** The server does not answer. */
  lost = $state(false);

  /** For the set-up of a component: `ask` tells the result and the names. */
  constructor(ask: () => [result: string, ...names: string[]]) {
    const asked = $derived(JSON.stringify(ask())); // a result that is read again is the same result
    $effect(() => {
      const [result = '', ...names] = JSON.parse(asked) as string[];
      let gone = false;
      this.all = undefined;
      this.lost = false;
      Promise.all(names.map((name) => page.table(result, name))).then(
        (found) => !gone && (this.all = Object.fromEntries(names.flatMap((name, i) => (found[i] ? [[name, found[i]]] : [])))),
        () => !gone && (this.lost = true),
      );
      return () => (gone = true);
    });
  }
}
