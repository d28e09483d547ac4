/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the codes that name the rows of any table are called. */
import { field, language, t } from '../i18n/index.svelte';
import type { Series } from '../state/series';
import { page } from './page.svelte';

/** For the rows of one table: the name of a code of a column, and of a whole row. */
export function namer(series: Series): { code: (column: string, value: string) => string; row: (key: Record<string, string>) => string; head: string } {
  const dimensions = new Map(series.identity.map((name) => [name, page.names.dimensionOf(series.distinct(name))]));
  const code = (column: string, value: string): string => {
    const dimension = dimensions.get(column) ?? '';
    return dimension === '' ? value : page.names.name(dimension, value, language.current);
  };
  return {
    code,
    row: (key) => series.identity.map((name) => code(name, key[name] ?? '')).filter((one) => one !== '').join(' · '),
    head: series.identity.length > 0 ? series.identity.map(field).join(' · ') : t('web.outcome.row'),
  };
}
