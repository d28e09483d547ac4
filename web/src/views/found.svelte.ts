/* SPDX-License-Identifier: GPL-3.0-or-later
 * The clusters of a result of `clusters` as they are listed: by kind, region and order, some at a time, and the one that is open. */
import type { Message } from '../api/client';
import { getRows } from '../api/rows';
import { ORDERS, readFound, readTypes, type Found, type Type } from '../state/found';
import { Series } from '../state/series';
import { page } from './page.svelte';
import { faultsOf } from './refused';
import { terrain } from './terrain';

class Finding {
  readonly size = 20;
  cluster = $state('');
  region = $state('');
  order = $state<(typeof ORDERS)[number]>('stars');
  offset = $state(0);

  types = $state.raw<Type[]>([]);
  /** The table of kinds, and that of what holds them together: few rows each. */
  principles = $state.raw<Series | undefined>(undefined);
  rows = $state.raw<Found[] | undefined>(undefined);
  total = $state(0);
  opened = $state.raw<Found | undefined>(undefined);
  /** All regions of the kind that is chosen or open, for the map. */
  layer = $state.raw<Series | undefined>(undefined);
  regions = $state.raw<string[]>([]);
  faults = $state.raw<Message[]>([]);

  readonly results = $derived(page.results('clusters'));
  readonly result = $derived(this.results.find(({ id }) => id === page.choice.found) ?? this.results[0]);
  readonly synthetic = $derived(this.result?.provenance.inputs?.some((one) => one.synthetic === true) ?? false);
  #asked = 0;
  #mapped = 0;

  kind = (cluster: string): Type | undefined => this.types.find((one) => one.cluster === cluster);

  begin = async (): Promise<void> => {
    const { result } = this;
    if (!result) return;
    const [types, principles] = await Promise.all([page.table(result.id, 'types'), page.table(result.id, 'principles')]).catch(() => [undefined, undefined]);
    this.types = readTypes(types);
    this.principles = principles;
  };

  look = async (): Promise<void> => {
    const { result, cluster, region, order, offset, size } = this;
    const asked = ++this.#asked;
    if (!result) return;
    try {
      const { total, table } = await getRows(result.id, { table: 'clusters', where: { cluster, region }, order, descending: true, offset, limit: size });
      if (asked !== this.#asked) return;
      this.rows = readFound(new Series(result.id, table));
      this.total = total;
      this.faults = [];
    } catch (fault) {
      if (asked === this.#asked) this.faults = faultsOf(fault);
    }
  };

  /** The cluster that the address names. */
  open = async (): Promise<void> => {
    const { result } = this;
    const { group } = page.choice;
    const at = group.indexOf('/');
    if (!result || at < 0) {
      this.opened = undefined;
      return;
    }
    try {
      const { table } = await getRows(result.id, { table: 'clusters', where: { cluster: group.slice(0, at), region: group.slice(at + 1) }, limit: 1 });
      if (group === page.choice.group) this.opened = readFound(new Series(result.id, table))[0];
    } catch (fault) {
      this.faults = faultsOf(fault);
    }
  };

  /** A kind in all its regions. */
  map = async (cluster: string): Promise<void> => {
    const { result } = this;
    const asked = ++this.#mapped;
    if (!result || cluster === '') {
      this.layer = undefined;
      return;
    }
    const { table } = await getRows(result.id, { table: 'clusters', where: { cluster }, limit: 10_000 }).catch(() => ({ table: undefined }));
    if (asked !== this.#mapped || !table) return;
    const columns = table.columns.filter(({ name }) => ['cluster', 'region', 'stars', 'employment', 'lq', 'share', 'share_of_region', 'productivity', 'dynamism'].includes(name));
    const layer = new Series(result.id, { ...table, columns });
    const ground = await terrain(layer.distinct('region')).catch(() => undefined);
    if (asked !== this.#mapped) return;
    this.regions = [...new Set([...this.regions, ...layer.distinct('region')])].sort();
    this.layer = ground && layer;
  };

  narrow = (part: { cluster?: string; region?: string; order?: (typeof ORDERS)[number] }): void => {
    Object.assign(this, part);
    this.offset = 0;
  };
}

export const finding = new Finding();
