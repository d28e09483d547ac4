/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registry of clusters as of a day: the list, the card that is open, and what is done to its rows. Every change can be taken
 * back from where it is told. */
import { ApiError, type Message } from '../api/client';
import { undo } from '../api/imports';
import { getCard, getRegistry, getRows, putRow, removeRow, type Card, type Registry as List } from '../api/rows';
import { holderOf } from '../state/registered';
import { keyOf, recordOf, valuesOf, type Draft } from '../state/record';
import { Series } from '../state/series';
import { known } from './known.svelte';
import { page } from './page.svelte';

/** A row that is being filled in: a new one where there is no `before`. */
export interface Editing {
  kind: string;
  before: Draft | undefined;
  given: Draft;
}

export const faultsOf = (fault: unknown): Message[] =>
  fault instanceof ApiError && fault.messages.length > 0 ? fault.messages : [{ code: 'web-lost', arguments: {} }];

class Registry {
  list = $state.raw<List | undefined>(undefined);
  card = $state.raw<Card | undefined>(undefined);
  /** There is no such cluster. */
  missing = $state(false);
  faults = $state.raw<Message[]>([]);
  /** Clusters that are made up, or firms of which are. */
  readonly synthetic: ReadonlySet<string> = $derived(new Set(this.list?.clusters.filter((one) => one.synthetic).map((one) => one.cluster)));

  editing = $state.raw<Editing | undefined>(undefined);
  busy = $state(false);
  /** What was done last; `change` is what undo takes back. */
  done = $state.raw<{ what: 'added' | 'changed' | 'removed' | 'undone'; kind: string; change: number } | undefined>(undefined);
  refused = $state.raw<Message[]>([]);

  #asked = 0;

  get day(): string {
    return page.choice.day;
  }

  load = async (): Promise<void> => {
    const asked = ++this.#asked;
    const { cluster } = page.choice;
    try {
      /* Where there are no clusters there is nothing to ask for. */
      const any = [...page.datasets.values()].some(({ kind }) => kind === 'clusters');
      const list = any ? await getRegistry(this.day) : undefined;
      const listed = list?.clusters.some((one) => one.cluster === cluster) ?? false;
      const card = listed ? await getCard(cluster, this.day) : undefined;
      if (asked !== this.#asked) return;
      known.learn('clusters', list?.clusters.map((one) => [one.cluster, one.name] as const) ?? []);
      if (card) this.#learn(card);
      this.list = list;
      this.card = card;
      this.missing = cluster !== '' && !card;
      this.faults = [];
    } catch (fault) {
      if (asked === this.#asked) this.faults = faultsOf(fault);
    }
  };

  #learn(card: Card): void {
    known.learn('firms', card.participants.map((one) => [one.firm, one.name] as const));
    known.learn('firms', card.obligations.flatMap((one) => (one.party ? [[one.party, one.party_name] as const] : [])));
  }

  open = (cluster: string): void => {
    this.done = undefined;
    this.refused = [];
    page.change({ cluster });
  };

  /** Opens the form of a row; of one that is there, as it stands. */
  edit = async (kind: string, key: Record<string, string> | undefined, given: Draft = {}): Promise<void> => {
    const described = known.kind(kind);
    if (!described) return;
    this.refused = [];
    if (!key) {
      this.editing = { kind, before: undefined, given };
      return;
    }
    const before = await this.#find(kind, key);
    if (before) this.editing = { kind, before, given };
  };

  async #find(kind: string, key: Record<string, string>): Promise<Draft | undefined> {
    const described = known.kind(kind);
    try {
      const { table } = await getRows(holderOf(kind, known.held), { where: key, limit: 1 });
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
    const change = await putRow(holderOf(kind, known.held), kind, valuesOf(described, draft, before));
    this.editing = undefined;
    if (change !== null) this.done = { what: before ? 'changed' : 'added', kind, change };
    await page.refresh();
  };

  remove = async (kind: string, key: Draft): Promise<void> => {
    const described = known.kind(kind);
    if (!described) return;
    await this.#change(async () => {
      const change = await removeRow(holderOf(kind, known.held), keyOf(described, key));
      if (change !== null) this.done = { what: 'removed', kind, change };
    });
  };

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

export const registry = new Registry();
