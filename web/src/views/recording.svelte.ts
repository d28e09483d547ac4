/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of firms, contracts, clusters and so on as they are added, changed and removed: the form that is open, what was done last,
 * and the way back. One for all parts of the page. */
import type { Message, Option } from '../api/client';
import { undo, type Kind } from '../api/imports';
import { getRows, mergeFirms, putRow, removeRow } from '../api/rows';
import { hasColumn, holderOf } from '../state/registered';
import { recordOf, valuesOf, wholeKeyOf, type Draft } from '../state/record';
import { Series } from '../state/series';
import { known } from './known.svelte';
import { page } from './page.svelte';
import { faultsOf } from './refused';

/** A row that is being filled in: a new one where there is no `before`. */
export interface Editing {
  kind: string;
  before: Draft | undefined;
  /** What is settled and not asked for, and what is offered and may be changed. */
  given: Draft;
  offered: Draft;
}

class Recording {
  editing = $state.raw<Editing | undefined>(undefined);
  busy = $state(false);
  /** What was done last; `change` is what undo takes back. */
  done = $state.raw<{ what: 'added' | 'changed' | 'removed' | 'merged' | 'undone'; kind: string; change: number } | undefined>(undefined);
  refused = $state.raw<Message[]>([]);

  clear = (): void => {
    this.done = undefined;
    this.refused = [];
  };

  /** Opens the form of a new row. */
  add = (kind: string, given: Draft = {}, offered: Draft = {}): void => {
    this.refused = [];
    if (known.kind(kind)) this.editing = { kind, before: undefined, given, offered };
  };

  /** Opens the form of a row that is there, as it stands. */
  edit = async (kind: string, key: Draft): Promise<void> => {
    this.refused = [];
    const before = await this.#find(kind, key);
    if (before) this.editing = { kind, before, given: {}, offered: {} };
  };

  /** What tells that row apart in the dataset that holds its kind. */
  keyOf = (kind: Kind, draft: Draft): Option[] => wholeKeyOf(kind, draft, (column) => hasColumn(known.held[kind.id], column));

  async #find(kind: string, key: Draft): Promise<Draft | undefined> {
    const described = known.kind(kind);
    try {
      const { table } = await getRows(holderOf(kind, known.held), { key: described ? this.keyOf(described, key) : [], limit: 1 });
      if (described && table.rows > 0) return recordOf(described, new Series(kind, table), 0);
      this.refused = [{ code: 'no-such-row', arguments: {} }];
    } catch (fault) {
      this.refused = faultsOf(fault);
    }
    return undefined;
  }

  /** Faults of the server are thrown: the form tells them. */
  record = async (kind: string, draft: Draft, before: Draft | undefined): Promise<void> => {
    const described = known.kind(kind);
    if (!described) return;
    const { change, warnings } = await putRow(holderOf(kind, known.held), kind, valuesOf(described, draft, before));
    this.editing = undefined;
    this.refused = warnings;
    if (change !== null) this.done = { what: before ? 'changed' : 'added', kind, change };
    await page.refresh();
  };

  remove = async (kind: string, key: Draft): Promise<void> => {
    const described = known.kind(kind);
    if (!described) return;
    await this.#change(async () => {
      const change = await removeRow(holderOf(kind, known.held), this.keyOf(described, key));
      if (change !== null) this.done = { what: 'removed', kind, change };
    });
  };

  /** Two firms become one, which keeps the code `keep`. What the server warns of is told as what it refuses is. */
  merge = (keep: string, drop: string): Promise<void> =>
    this.#change(async () => {
      const { change, warnings } = await mergeFirms(holderOf('firms', known.held), keep, drop);
      this.done = { what: 'merged', kind: 'firms', change };
      this.refused = warnings;
    });

  undo = async (): Promise<void> => {
    const { done } = this;
    if (!done) return;
    await this.#change(async () => {
      const change = await undo();
      this.done = { ...done, what: 'undone', change: change.id };
    });
  };

  async #change(what: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.refused = [];
    try {
      await what();
      await page.refresh();
    } catch (fault) {
      this.refused = faultsOf(fault);
    } finally {
      this.busy = false;
    }
  }
}

export const recording = new Recording();
