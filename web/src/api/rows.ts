/* SPDX-License-Identifier: GPL-3.0-or-later
 * Requests of single rows: found page by page, recorded, removed, with their history; and the registry of clusters. */
import { get, post, put, type Option } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Rows = Schemas['Rows'];
export type Registry = Schemas['Registry'];
export type Card = Schemas['RegistryCard'];
export type Value = Schemas['RowRequest']['values'][number];

export interface RowQuery {
  /** Of the dataset; else its first. */
  table?: string;
  /** Cells that a row has, by column; empty texts ask for nothing. */
  where?: Record<string, string>;
  /** The key of a row: empty texts ask for cells that are empty. */
  key?: readonly Option[];
  search?: string;
  order?: string;
  descending?: boolean;
  offset?: number;
  limit?: number;
}

const path = (dataset: string) => `datasets/${encodeURIComponent(dataset)}/rows`;

function conditions(where: Record<string, string>, to: URLSearchParams): URLSearchParams {
  for (const [column, text] of Object.entries(where)) if (text !== '') to.append('where', `${column}=${text}`);
  return to;
}

export function getRows(dataset: string, { table = '', where = {}, key = [], search = '', order = '', descending = false, offset = 0, limit = 100 }: RowQuery): Promise<Rows> {
  const asked = conditions(where, new URLSearchParams({ offset: String(offset), limit: String(limit) }));
  for (const { name, value } of key) asked.append('where', `${name}=${value}`);
  if (table !== '') asked.set('table', table);
  if (search.trim() !== '') asked.set('search', search.trim());
  if (order !== '') asked.set('order', order);
  if (order !== '' && descending) asked.set('descending', 'true');
  return get<Rows>(`${path(dataset)}?${asked}`);
}

/** `change` is null where all was so already. */
export const putRow = (dataset: string, kind: string, values: Value[]) => put<Schemas['Recorded']>(path(dataset), { kind, values });
export const removeRow = async (dataset: string, key: Option[]) => (await post<Schemas['Recorded']>(`${path(dataset)}/remove`, { values: key })).change;
export const mergeFirms = (dataset: string, keep: string, drop: string) =>
  post<Schemas['Merged']>(`datasets/${encodeURIComponent(dataset)}/merge`, { keep, drop });

/** What was done to rows, of one dataset or of all, newest first: a row for each cell. */
export async function getHistory(dataset: string, where: Record<string, string>, most = 200) {
  const asked = conditions(where, new URLSearchParams({ most: String(most) }));
  if (dataset !== '') asked.set('dataset', dataset);
  return (await get<Schemas['History']>(`history?${asked}`)).history;
}

const asOf = (day: string) => (day === '' ? '' : `?${new URLSearchParams({ date: day })}`);
export const getRegistry = (day: string) => get<Registry>(`registry${asOf(day)}`);
export const getCard = (cluster: string, day: string) => get<Card>(`registry/${encodeURIComponent(cluster)}${asOf(day)}`);
