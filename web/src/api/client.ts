/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few requests the page makes. Addresses are relative to the document, so a prefix in front of okrug is no
 * concern of the page. */
import type { FeatureCollection } from 'geojson';
import type { components } from './schema';
import type { Dataset, Message, Study } from './shapes';
import { access } from './token.svelte';

type Schemas = components['schemas'];
export type { Dataset, Message, Page, Provenance, Study, Words } from './shapes';
export type Table = Schemas['Table'];
export type Column = Schemas['Column'];
export type Analysis = Schemas['Analysis'];
export type Job = Schemas['Job'];
export type Option = Schemas['Option'];
export type JobRequest = Schemas['JobRequest'];

/** What the server answered instead of data: its status and messages, which the catalogue puts into words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly messages: Message[],
  ) {
    super(`${status} ${messages.map((message) => message.code).join(' ')}`);
  }
}

export function address(path: string): string {
  return new URL(`api/v1/${path}`, document.baseURI).href;
}

export function tablePath(dataset: string, table: string): string {
  return `datasets/${encodeURIComponent(dataset)}/tables/${encodeURIComponent(table)}`;
}

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) {
    const body = (await answer.json().catch(() => undefined)) as Schemas['Error'] | undefined;
    throw new ApiError(answer.status, body?.error?.messages ?? []);
  }
  return (await answer.json()) as T;
}

export async function get<T>(path: string): Promise<T> {
  return read<T>(await fetch(address(path), { headers: { Accept: 'application/json' } }));
}

/** Changes something. A token that the server no longer knows is forgotten. */
async function change<T>(method: string, path: string, value?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Okrug-Token': access.token };
  if (value !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(address(path), { method, headers, ...(value !== undefined && { body: JSON.stringify(value) }) });
  if (answer.status === 403) access.refuse();
  return read<T>(answer);
}
export const post = <T>(path: string, value?: unknown): Promise<T> => change<T>('POST', path, value);
export const put = <T>(path: string, value: unknown): Promise<T> => change<T>('PUT', path, value);

/** Undefined where the server has no such thing; every other fault is thrown. */
export async function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (fault) {
    if (fault instanceof ApiError && fault.status === 404) return undefined;
    throw fault;
  }
}

export interface ReportAbout {
  format: string;
  lang: string;
  date: string;
  /** The application of a cluster in place of the study's report. */
  cluster?: string;
  /** The comparison that a result of `districts` is. */
  districts?: string;
  /** KIND=DATASET: which of several it is made from. */
  use?: string[];
  /** For a frame of the page. */
  shown?: 'true';
}

export function reportPath({ use = [], ...about }: ReportAbout): string {
  const asked = new URLSearchParams(about);
  for (const one of use) asked.append('use', one);
  return `report?${asked}`;
}

/** A file that the server makes, and what it says of its name. */
export async function getReport(about: ReportAbout): Promise<{ disposition: string | null; bytes: Blob }> {
  const answer = await fetch(address(reportPath(about)));
  if (!answer.ok) return read(answer);
  return { disposition: answer.headers.get('Content-Disposition'), bytes: await answer.blob() };
}

/** A study need not say what its page is made from: then it has results and no more. */
export const getStudy = (): Promise<Study> =>
  get<Partial<Study>>('study').then((study) => ({ page: {}, ...study }) as Study);
export const getAnalyses = async () => (await get<Schemas['Analyses']>('analyses')).analyses;
export const getTable = (dataset: string, table: string) => get<Table>(tablePath(dataset, table));
export const getFeatures = (dataset: string) =>
  get<FeatureCollection>(`datasets/${encodeURIComponent(dataset)}/features`);

/** A dataset whose provenance is not known has an empty one here. */
export async function getDatasets(): Promise<Dataset[]> {
  const { datasets } = await get<Schemas['Datasets']>('datasets');
  return datasets.map((dataset) => ({ ...dataset, provenance: (dataset.provenance ?? {}) as Dataset['provenance'] }));
}
