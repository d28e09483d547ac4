/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registry of clusters as of a day: the list, and the card that is open. */
import type { Message } from '../api/client';
import { getCard, getRegistry, type Card, type Registry as List } from '../api/rows';
import { known } from './known.svelte';
import { page } from './page.svelte';
import { recording } from './recording.svelte';
import { faultsOf } from './refused';

class Registry {
  list = $state.raw<List | undefined>(undefined);
  card = $state.raw<Card | undefined>(undefined);
  /** There is no such cluster. */
  missing = $state(false);
  faults = $state.raw<Message[]>([]);
  /** Clusters that are made up, or firms of which are. */
  readonly synthetic: ReadonlySet<string> = $derived(new Set(this.list?.clusters.filter((one) => one.synthetic).map((one) => one.cluster)));

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
    recording.clear();
    page.change({ cluster, application: '' });
  };
}

export const registry = new Registry();
