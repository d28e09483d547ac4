/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts that come with the data: one for all languages, or one for each. */
import type { Words } from '../api/client';
import type { Lang } from './format';

/** In the reader's language, else in the other; '' where there is none. */
export function worded(words: Words | undefined, lang: Lang): string {
  if (words === undefined || typeof words === 'string') return words ?? '';
  return words[lang] ?? words.en ?? words.ru ?? '';
}
