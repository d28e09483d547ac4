/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells of imported tables in words: names of columns and of the values that they know, days, money, yes and no. */
import type { Kind } from '../api/imports';
import { isWorded, language, named, t } from '../i18n/index.svelte';
import { decimal, NBSP, NOTHING, roubles, whole } from '../state/format';
import type { Role } from '../state/importing';
import type { Series } from '../state/series';

/** The short name of a column, else the one that the import has for it, else its own. */
export function columnName(column: string): string {
  if (isWorded(`web.record.${column}`)) return t(`web.record.${column}`);
  return isWorded(`web.import.role.${column}`) ? t(`web.import.role.${column}`) : column;
}

/** A value that its column knows, in words. */
export const valueName = (column: string, value: string): string =>
  isWorded(`web.value.${column}.${value}`) ? t(`web.value.${column}.${value}`) : value;

/** What a piece of evidence is called: a table of its kind, else what the cluster says of itself. */
export function evidenceName(evidence: string): string {
  const kind = evidence === 'accounts' ? 'firm-accounts' : evidence;
  return isWorded(`web.import.kind.${kind}`) ? t(`web.import.kind.${kind}`) : t('web.found.facts');
}

/** Of a column that may be empty. */
export const cellText = (column: string, value: string | null): string => (value ? valueName(column, value) : '');

export function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const format = new Intl.DateTimeFormat(language.current === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(new Date(`${text}T00:00:00Z`)).replaceAll(' ', NBSP);
}

export function amount(value: number, unit: string): string {
  if (unit === 'rub') return roubles(value, language.current);
  const digits = Number.isInteger(value) ? 0 : 2;
  const written = decimal(value, digits, language.current);
  return unit === '' || unit === 'count' || unit === 'person' || unit === 'none' ? written : `${written} ${named('unit', unit)}`;
}

export const money = (value: number | null | undefined): string => (value === null || value === undefined ? NOTHING : roubles(value, language.current));
export const number = (value: number | null | undefined): string => (value === null || value === undefined ? NOTHING : whole(value, language.current));

/** A cell as it is read; why it is missing where that is known. */
export function cell(series: Series, column: string, row: number, kind?: Kind): string {
  const role: Role | undefined = kind?.roles.find(({ name }) => name === column);
  const value = series.number(column, row);
  if (series.columns.find(({ name }) => name === column)?.type === 'number') {
    const reason = series.reason(column, row);
    if (value === null) return reason === '' || reason === 'not-collected' ? NOTHING : named('reason', reason);
    return column === 'year' ? String(value) : amount(value, series.unit(column));
  }
  const text = series.text(column, row);
  if (text === '') return NOTHING;
  if (role?.domain === 'yes-no' || column === 'synthetic') return isWorded(`web.value.yes_no.${text}`) ? t(`web.value.yes_no.${text}`) : text;
  return role?.domain === 'date' ? day(text) : valueName(column, text);
}
