/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which feature of a map is which territory of a table, where both know the territory by a name and spell it in their own
 * way: "г. Москва" and "Москва", dashes long and short, the words of a name in another order. */
import type { FeatureCollection } from 'geojson';

function words(name: string): string[] {
  return name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'г' && word !== 'город')
    .sort();
}

/** For every wanted name the one of the candidates: the same text, else the same words, else the only candidate that has
 * all of its words or whose words it all has. Each candidate is taken once. */
export function matchNames(wanted: readonly string[], candidates: readonly string[]): Map<string, string> {
  const out = new Map<string, string>();
  const free = new Set(candidates);
  const bags = new Map(candidates.map((name) => [name, words(name)]));
  const within = (small: string[], large: string[]) => small.length > 0 && small.every((word) => large.includes(word));
  const passes: ((mine: string[], theirs: string[], name: string, candidate: string) => boolean)[] = [
    (_, __, name, candidate) => name === candidate,
    (mine, theirs) => mine.length > 0 && mine.join(' ') === theirs.join(' '),
    (mine, theirs) => within(mine, theirs) || within(theirs, mine),
  ];
  for (const agrees of passes) {
    for (const name of wanted) {
      if (out.has(name)) continue;
      const mine = words(name);
      const found = [...free].filter((candidate) => agrees(mine, bags.get(candidate) ?? [], name, candidate));
      const [only] = found;
      if (found.length !== 1 || only === undefined) continue;
      out.set(name, only);
      free.delete(only);
    }
  }
  return out;
}

/** The features of the wanted territories under the names that the table has, and the territories that have none. */
export function joinFeatures(ids: readonly string[], collection: FeatureCollection): { collection: FeatureCollection; missing: string[] } {
  const named = new Map(collection.features.map((feature) => [String(feature.properties?.region ?? ''), feature]));
  named.delete('');
  const match = matchNames(ids, [...named.keys()]);
  const features = ids.flatMap((id) => {
    const feature = named.get(match.get(id) ?? '');
    return feature ? [{ ...feature, properties: { ...feature.properties, region: id } }] : [];
  });
  return { collection: { type: 'FeatureCollection', features }, missing: ids.filter((id) => !match.has(id)) };
}
