/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hands something to the reader as a file; of a text the type is said too. */
export function download(name: string, content: string | Blob, type = ''): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
