/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few requests the page makes. Addresses are relative to the document, so a prefix in front of okrug is no
 * concern of the page. */
import type { FeatureCollection } from 'geojson';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Text = Schemas['Text'];
export type Study = Schemas['Study'];
export type Page = Schemas['Page'];
export type Dataset = Schemas['Dataset'];
export type Provenance = Schemas['Provenance'];
export type Table = Schemas['Table'];
export type Column = Schemas['Column'];
export type Analysis = Schemas['Analysis'];

/** What the server answered instead of data: its status, code and message in both languages. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: Text | undefined,
  ) {
    super(`${status} ${code}`);
  }
}

export function address(path: string): string {
  return new URL(`api/v1/${path}`, document.baseURI).href;
}

export function tablePath(dataset: string, table: string): string {
  return `datasets/${encodeURIComponent(dataset)}/tables/${encodeURIComponent(table)}`;
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(address(path), { headers: { Accept: 'application/json' } });
  if (!answer.ok) {
    const body = (await answer.json().catch(() => undefined)) as Schemas['Error'] | undefined;
    throw new ApiError(answer.status, body?.error?.code ?? 'unreadable', body?.error?.message);
  }
  return (await answer.json()) as T;
}

/** Undefined where the server has no such thing; every other fault is thrown. */
export async function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (fault) {
    if (fault instanceof ApiError && fault.status === 404) return undefined;
    throw fault;
  }
}

export const getStudy = () => get<Study>('study');
export const getDatasets = async () => (await get<{ datasets: Dataset[] }>('datasets')).datasets;
export const getAnalyses = async () => (await get<{ analyses: Analysis[] }>('analyses')).analyses;
export const getTable = (dataset: string, table: string) => get<Table>(tablePath(dataset, table));
export const getFeatures = (dataset: string) =>
  get<FeatureCollection>(`datasets/${encodeURIComponent(dataset)}/features`);
