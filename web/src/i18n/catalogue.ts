/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place where the page takes its texts from: the catalogue of the repository, shared with the C side. */
import en from '../../../i18n/en.json';
import ru from '../../../i18n/ru.json';
import type { Lang } from '../state/format';
import type { Catalogue } from '../state/translate';

export const catalogue: Record<Lang, Catalogue> = { en, ru };
