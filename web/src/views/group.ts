/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of clusters that are made from their industries: "25.6; 31.0" in words where the workspace has them. */
import { language } from '../i18n/index.svelte';
import { page } from './page.svelte';

export function groupName(name: string): string {
  const codes = name.split('; ');
  const dimension = page.names.dimensionOf(codes);
  return dimension === '' ? name : codes.map((code) => page.names.name(dimension, code, language.current)).join('; ');
}
