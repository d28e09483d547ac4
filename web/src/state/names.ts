/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of codes in both languages, from the dataset of labels. Which dimension a set of codes belongs to is found
 * by which one knows most of them: "C" is mining in one classification and manufacturing in another. */
import type { Lang } from './format';
import type { Series } from './series';

type Dimension = Map<string, { en: string; ru: string }>;

export class Names {
  readonly #dimensions = new Map<string, Dimension>();

  constructor(labels: Series | undefined) {
    for (let row = 0; labels && row < labels.rows; row += 1) {
      const id = labels.text('dimension', row);
      const dimension = this.#dimensions.get(id) ?? new Map();
      this.#dimensions.set(id, dimension);
      dimension.set(labels.text('code', row), { en: labels.text('en', row), ru: labels.text('ru', row) });
    }
  }

  dimensionOf(codes: Iterable<string>): string {
    const wanted = [...new Set(codes)];
    let best = '';
    let most = 0;
    for (const [id, dimension] of this.#dimensions) {
      // Of two dimensions that know as many, the smaller fits better: it has fewer codes that are not wanted.
      const known = wanted.filter((code) => dimension.has(code)).length - dimension.size * 1e-6;
      if (known > most) {
        most = known;
        best = id;
      }
    }
    return best;
  }

  /** Everything that a code is called, for those who look it up. */
  both(dimension: string, code: string): string[] {
    const found = this.#dimensions.get(dimension)?.get(code);
    return found ? [found.en, found.ru, code] : [code];
  }

  name(dimension: string, code: string, lang: Lang): string {
    const found = this.#dimensions.get(dimension)?.get(code);
    return found?.[lang] || found?.ru || found?.en || code;
  }
}

/** Leaves out the last word where at least half of the names share it ("… District"), for places with little room. */
export function shortener(names: string[]): (name: string) => string {
  const lastWord = (name: string) => /\s(\S+)$/.exec(name)?.[1] ?? '';
  const counts = new Map<string, number>();
  for (const name of names) counts.set(lastWord(name), (counts.get(lastWord(name)) ?? 0) + 1);
  counts.delete('');
  const [word = '', count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return (name) => (count * 2 >= names.length && count > 1 && lastWord(name) === word ? name.slice(0, -word.length - 1) : name);
}
