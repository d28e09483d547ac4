/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the server says of a file, in the words of a page: where the command line names an option, the page names its field. */
import { isWorded, said, t, worded } from '../i18n/index.svelte';
import type { Message } from '../api/client';

export function inPageWords(message: Message): string {
  if (isWorded(`web.import.said.${message.code}`)) return t(`web.import.said.${message.code}`, worded(message.arguments));
  return said(message);
}
