/* SPDX-License-Identifier: GPL-3.0-or-later
 * Requests of the import: a file sent with its progress, a look at what would be imported, the import, changes and undo. */
import { address, ApiError, get, post, type Message } from './client';
import type { components } from './schema';
import { access } from './token.svelte';

type Schemas = components['schemas'];
export type Upload = Schemas['Upload'];
export type Kind = Schemas['Kinds']['kinds'][number];
export type Preview = Schemas['Preview'];
export type PreviewRequest = Schemas['PreviewRequest'];
export type ImportRequest = Schemas['ImportRequest'];
export type Change = Schemas['Change'];

export const getKinds = async () => (await get<Schemas['Kinds']>('kinds')).kinds;
export const getChanges = async () => (await get<Schemas['Changes']>('changes')).changes;
export const undo = async () => (await post<Schemas['Undone']>('changes/undo')).change;
export const preview = (request: PreviewRequest) => post<Preview>('imports/preview', request);
export const importFile = (request: ImportRequest) => post<Schemas['Imported']>('imports', request);

export interface Sending {
  done: Promise<Upload>;
  cancel: () => void;
}

/** Sends a file; `progress` gets the share that is sent. A cancelled one never settles. */
export function send(file: File, progress: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.open('POST', address(`uploads?name=${encodeURIComponent(file.name)}`));
    request.setRequestHeader('X-Okrug-Token', access.token);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 403) access.refuse();
      if (request.status === 201) resolve(request.response as Upload);
      else reject(new ApiError(request.status, ((request.response as Schemas['Error'] | null)?.error.messages ?? []) as Message[]));
    };
    request.onerror = () => reject(new ApiError(0, []));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

/** A file that is not wanted any more. Nothing is lost where that fails: it goes with the server. */
export function forget(upload: string): void {
  void fetch(address(`uploads/${encodeURIComponent(upload)}`), { method: 'DELETE', headers: { 'X-Okrug-Token': access.token } }).catch(() => {});
}
