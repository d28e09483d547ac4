/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the territories of any table can be drawn on: of all territories and boundaries in the workspace those that know most
 * of them, and at least half. */
import { getFeatures, orUndefined } from '../api/client';
import { readGround, type Ground } from '../state/ground';
import { joinFeatures } from '../state/join';
import type { Series } from '../state/series';
import { page } from './page.svelte';

const boundaries = new Map<string, ReturnType<typeof getFeatures>>();

function features(dataset: string) {
  const asked = boundaries.get(dataset) ?? getFeatures(dataset);
  boundaries.set(dataset, asked);
  return orUndefined(asked);
}

export async function terrain(regions: string[]): Promise<Ground | undefined> {
  const wanted = new Set(regions);
  const all = [...page.datasets.values()];
  let ground: Ground | undefined;
  let most = wanted.size / 2;
  for (const { id, tables } of all.filter((one) => one.kind === 'territories')) {
    const series: Series | undefined = await page.table(id, tables[0]?.name);
    const known = series?.distinct('region').filter((region) => wanted.has(region)).length ?? 0;
    if (known < most) continue;
    const found = readGround(series, undefined);
    const own = <T extends { id: string }>(parts: T[]) => parts.filter((part) => wanted.has(part.id));
    ground = { ...found, tiles: own(found.tiles), centres: own(found.centres) };
    most = known;
  }
  most = wanted.size / 2;
  for (const { id } of all.filter((one) => one.kind === 'boundaries')) {
    const collection = await features(id);
    const joined = collection && joinFeatures(regions, collection);
    const known = joined ? regions.length - joined.missing.length : 0;
    if (!joined || known < most) continue;
    ground = { tiles: ground?.tiles ?? [], centres: ground?.centres ?? [], boundaries: joined.collection };
    most = known;
  }
  return ground;
}
