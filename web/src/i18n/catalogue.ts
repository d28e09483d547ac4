/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place where the page takes its texts from: the catalogue of the repository, shared with the C side. A reader reads in
 * one language, so each comes by itself, when it is asked for, and in two parts: what every reader sees, and then what is said of
 * analyses and of faults. Which is which, the build says (vite.config.js). */
import type { Lang } from '../state/format';
import type { Catalogue } from '../state/translate';

const loaded: Partial<Record<Lang, Catalogue>> = {};

/** The texts that nothing can be read without. */
export async function fetchTexts(lang: Lang): Promise<void> {
  loaded[lang] ??= (await (lang === 'ru' ? import('../../../i18n/ru.json?part=first') : import('../../../i18n/en.json?part=first'))).default;
}

/** All others. */
export async function fetchMore(lang: Lang): Promise<void> {
  const { default: more } = await (lang === 'ru' ? import('../../../i18n/ru.json?part=more') : import('../../../i18n/en.json?part=more'));
  loaded[lang] = { ...loaded[lang], ...more };
}

/** No texts before they have come. */
export const texts = (lang: Lang): Catalogue => loaded[lang] ?? {};
