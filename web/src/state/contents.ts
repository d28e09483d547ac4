/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of the page in their order, as the line at the top lists them: those that the study has something for, and those that
 * every workspace has. */
export const PARTS = ['places', 'concentrations', 'space', 'regions', 'country', 'compare', 'multipliers', 'firms', 'duplicates', 'found', 'registry', 'import', 'analyses', 'data'] as const;
export type Part = (typeof PARTS)[number];
const ALWAYS: readonly Part[] = ['import', 'analyses', 'data'];

export function contents(has: Partial<Record<Part, unknown>>): Part[] {
  return PARTS.filter((part) => ALWAYS.includes(part) || Boolean(has[part]));
}
