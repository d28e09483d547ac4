/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which names a few typed letters mean: every typed word begins a word of one of the names, whatever the case; ё is е. */
function words(text: string): string[] {
  return text.toLowerCase().replaceAll('ё', 'е').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

export function fits(typed: string, names: readonly string[]): boolean {
  const wanted = words(typed);
  const known = names.flatMap(words);
  return wanted.every((word) => known.some((one) => one.startsWith(word)));
}
