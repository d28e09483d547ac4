/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place where the page takes its texts from: the catalogue of the repository, shared with the C side. */
import sharedEn from '../../../i18n/en.json';
import sharedRu from '../../../i18n/ru.json';
import webEn from '../../../i18n/web.en.tmp.json';
import webRu from '../../../i18n/web.ru.tmp.json';
import type { Lang } from '../state/format';
import type { Catalogue } from '../state/translate';

export const catalogue: Record<Lang, Catalogue> = {
  en: { ...sharedEn, ...webEn },
  ru: { ...sharedRu, ...webRu },
};
