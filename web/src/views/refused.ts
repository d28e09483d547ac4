/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a request came back with instead of an answer: what the server said, or that there is none. */
import { ApiError, type Message } from '../api/client';
import { said, t } from '../i18n/index.svelte';

export const faultsOf = (fault: unknown): Message[] =>
  fault instanceof ApiError && fault.messages.length > 0 ? fault.messages : [{ code: 'web-lost', arguments: {} }];

export const told = (message: Message): string => (message.code === 'web-lost' ? t('web.access.lost') : said(message));
