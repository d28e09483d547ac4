/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place where the page takes its texts from: the catalogue of the repository, shared with the C side. A reader reads in
 * one language, so each comes by itself, when it is asked for, and in two parts: what every reader sees, and then what is said of
 * analyses and of faults. Which is which, the build says (vite.config.js). */
import type { Lang } from '../state/format';
import type { Catalogue } from '../state/translate';

/** What was told before its texts had come is told again once they have. */
let loaded = $state.raw<Partial<Record<Lang, Catalogue>>>({});

async function keep(lang: Lang, part: Promise<{ default: Catalogue }>): Promise<void> {
  const { default: texts } = await part;
  loaded = { ...loaded, [lang]: { ...loaded[lang], ...texts } };
}

/** The texts that nothing can be read without. */
export const fetchTexts = (lang: Lang): Promise<void> =>
  keep(lang, lang === 'ru' ? import('../../../i18n/ru.json?part=first') : import('../../../i18n/en.json?part=first'));

/** All others. */
export const fetchMore = (lang: Lang): Promise<void> =>
  keep(lang, lang === 'ru' ? import('../../../i18n/ru.json?part=more') : import('../../../i18n/en.json?part=more'));

/** No texts before they have come. */
export const texts = (lang: Lang): Catalogue => loaded[lang] ?? {};
