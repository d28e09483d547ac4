/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place where the page takes its texts from: the catalogue of the repository, shared with the C side. A reader reads in
 * one language, so each comes by itself, when it is asked for. */
import type { Lang } from '../state/format';
import type { Catalogue } from '../state/translate';

const loaded: Partial<Record<Lang, Catalogue>> = {};

export async function fetchTexts(lang: Lang): Promise<void> {
  loaded[lang] ??= (await (lang === 'ru' ? import('../../../i18n/ru.json') : import('../../../i18n/en.json'))).default;
}

/** No texts before they have come. */
export const texts = (lang: Lang): Catalogue => loaded[lang] ?? {};
