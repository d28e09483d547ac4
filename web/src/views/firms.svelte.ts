/* SPDX-License-Identifier: GPL-3.0-or-later
 * The firms of the workspace as they are looked for: words, filters, an order, one page at a time. Each choice asks anew, words a
 * little later than the last letter; an answer that was overtaken by a choice is dropped. */
import { untrack } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import { ApiError, type Message } from '../api/client';
import { getRows } from '../api/rows';
import { hasColumn, holders } from '../state/registered';
import { Series } from '../state/series';
import { page } from './page.svelte';

const PAUSE = 250; /* ms */
const ROWS = 50;
/** A card is as high as five rows. */
const CARDS = 10;
export const FILTERS = ['region', 'industry', 'category'] as const;
export type Filter = (typeof FILTERS)[number];

class Firms {
  filters = $state<Record<Filter, string>>({ region: '', industry: '', category: '' });
  order = $state('name');
  descending = $state(false);
  offset = $state(0);

  rows = $state.raw<Series | undefined>(undefined);
  total = $state(0);
  looking = $state(false);
  faults = $state.raw<Message[] | undefined>(undefined);
  /** How many firms of all are made up; undefined: not known yet. */
  synthetic = $state<number | undefined>(undefined);
  /** Codes that were met, for those who do not know them by heart. */
  met = $state.raw<Record<Filter, string[]>>({ region: [], industry: [], category: [] });

  readonly #small = new MediaQuery('(max-width: 700px)');
  #asked = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** Which dataset holds what. */
  readonly held = $derived(holders(page.datasets.values()));
  get dataset() {
    return this.held.firms;
  }
  get all(): number {
    return this.dataset?.tables[0]?.rows ?? 0;
  }

  /** How many are shown at once. */
  get page(): number {
    return this.#small.current ? CARDS : ROWS;
  }

  search = (words: string): void => {
    page.change({ find: words });
    this.offset = 0;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.look(), PAUSE);
  };
  filter = (name: Filter, value: string): void => {
    this.filters[name] = value;
    this.turn(0);
  };
  sort = (column: string): void => {
    if (this.order === column) this.descending = !this.descending;
    else [this.order, this.descending] = [column, column === 'employees'];
    this.turn(0);
  };
  turn = (offset: number): void => {
    this.offset = offset;
    void this.look();
  };
  clear = (): void => {
    this.filters = { region: '', industry: '', category: '' };
    page.change({ find: '' });
    this.turn(0);
  };

  look = async (): Promise<void> => {
    const { dataset } = this;
    if (!dataset) return;
    clearTimeout(this.#later);
    const asked = ++this.#asked;
    this.looking = true;
    try {
      const order = hasColumn(dataset, this.order) ? this.order : '';
      const where = Object.fromEntries(FILTERS.filter((name) => hasColumn(dataset, name)).map((name) => [name, this.filters[name].trim()]));
      const { total, table } = await getRows(dataset.id, {
        where, search: page.choice.find, order, descending: this.descending, offset: this.offset, limit: this.page,
      });
      if (asked !== this.#asked) return;
      this.rows = new Series(dataset.id, table);
      this.total = total;
      this.faults = undefined;
      this.#meet(this.rows);
    } catch (fault) {
      if (asked === this.#asked) this.faults = fault instanceof ApiError ? fault.messages : [];
    } finally {
      if (asked === this.#asked) this.looking = false;
    }
  };

  /** Begins with, or goes on after a change of, the dataset. */
  begin = async (): Promise<void> => {
    const { dataset } = this;
    void untrack(this.look);
    if (!dataset) return;
    const marked = hasColumn(dataset, 'synthetic') ? await getRows(dataset.id, { where: { synthetic: 'yes' }, limit: 0 }).catch(() => undefined) : undefined;
    this.synthetic = marked?.total ?? 0;
  };

  #meet(rows: Series): void {
    this.met = Object.fromEntries(
      FILTERS.map((name) => [name, [...new Set([...this.met[name], ...rows.distinct(name)])].filter((one) => one !== '').sort().slice(0, 300)]),
    ) as Record<Filter, string[]>;
  }
}

export const firms = new Firms();
