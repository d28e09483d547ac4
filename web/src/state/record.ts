/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form for one row of an imported table, made of the roles of its kind: what has been filled in, what is wrong with it, and
 * what is to be recorded. The server checks everything again, check digits too. */
import type { Option } from '../api/client';
import type { Kind } from '../api/imports';
import type { Value } from '../api/rows';
import { numberText } from './form';
import { isNeeded, type Role } from './importing';
import type { Series } from './series';

export type Draft = Record<string, string>;
export type RecordFault = 'needed' | 'number' | 'least' | 'most' | 'day';

/** Texts that a column knows, in the order in which they are offered; others may be written. */
const KNOWN: Record<string, readonly string[]> = {
  'firms.category': ['micro', 'small', 'medium', 'large'],
  'firms.precision': ['plant', 'address', 'settlement', 'municipality'],
  'participants.role': ['maker', 'supplier', 'service', 'investor', 'organisation'],
  'candidates.what': ['member', 'contract', 'facility'],
  'candidates.role': ['maker', 'supplier', 'service', 'investor', 'organisation'],
  'candidates.kind': ['university', 'college', 'research', 'technology', 'financial', 'non-profit'],
  'facilities.kind': ['university', 'college', 'research', 'technology', 'financial', 'non-profit'],
  'needs.kind': ['area', 'power', 'gas', 'water', 'heat', 'roads', 'communication', 'equipment', 'university', 'college', 'research', 'technology', 'financial', 'non-profit'],
  'projects.stage': ['idea', 'design', 'building', 'running'],
  'contracts.kind': ['supply', 'works', 'services', 'import-substitution', 'special-investment'],
  'contracts.vat': ['included', 'excluded'],
  'spending.source': ['own', 'loan', 'subsidy', 'other'],
};
/** Columns that only some rows have, by what another column of theirs says. */
const ONLY: Record<string, { by: string; of: Record<string, readonly string[]> }> = {
  candidates: {
    by: 'what',
    of: {
      member: ['firm', 'role', 'producing', 'organises_production', 'special_territory', 'special_contract'],
      contract: ['supplier', 'buyer', 'product', 'amount'],
      facility: ['kind'],
    },
  },
};
/** Columns that hold the code of a firm. */
const FIRMS = ['firm', 'supplier', 'buyer', 'organisation', 'party'];

export const isKey = (role: Role): boolean => role.need === 'key' || role.need === 'key-optional';
export const knownOf = (kind: string, role: string): readonly string[] => KNOWN[`${kind}.${role}`] ?? [];
/** Whether a column takes no other texts than those it knows. */
export const isClosed = (role: Role): boolean => ['contract-kind', 'vat', 'candidate'].includes(role.domain);
/** Whether a row as it is filled in so far has such a column. */
export function concerns(kind: string, role: string, draft: Draft): boolean {
  const only = ONLY[kind];
  const asked = Object.entries(only?.of ?? {}).filter(([, columns]) => columns.includes(role));
  return asked.length === 0 || asked.some(([what]) => what === draft[only?.by ?? '']);
}
export const isFirm = (role: string): boolean => FIRMS.includes(role);

/** The text of a cell as it is typed and sent. */
const written = (series: Series, role: Role, row: number): string =>
  role.type === 'number' ? String(series.number(role.name, row) ?? '') : series.text(role.name, row);

export const emptyRecord = (kind: Kind, given: Draft = {}): Draft => Object.fromEntries(kind.roles.map(({ name }) => [name, given[name] ?? '']));
export const recordOf = (kind: Kind, series: Series, row: number): Draft =>
  Object.fromEntries(kind.roles.map((role) => [role.name, written(series, role, row)]));

function isDay(text: string): boolean {
  const at = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const day = at && new Date(`${text}T00:00:00Z`);
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A number as it is typed: spaces part its thousands. "1,234" may mean two things: it stays so, and the server says that. */
function plainNumber(text: string): string {
  const close = text.replaceAll(/\s/g, '');
  return /^[-+\u2212]?[1-9]\d{0,2},\d{3}$/.test(close) ? close : numberText(close);
}

function faultOf(role: Role, typed: string): RecordFault | undefined {
  const text = typed.trim();
  if (text === '') return isNeeded(role) ? 'needed' : undefined;
  if (role.domain === 'date' && !isDay(text)) return 'day';
  if (role.type !== 'number') return undefined;
  const number = plainNumber(text).replace(',', '.');
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(number) ? Number(number) : NaN;
  if (!Number.isFinite(value)) return 'number';
  if (['not-negative', 'share'].includes(role.domain) ? value < 0 : role.domain === 'positive' && value <= 0) return 'least';
  return role.domain === 'share' && value > 1 ? 'most' : undefined;
}

/** By role, what is wrong with it. */
export function checkRecord(kind: Kind, draft: Draft): Record<string, RecordFault> {
  return Object.fromEntries(
    kind.roles.flatMap((role) => {
      const fault = faultOf(role, draft[role.name] ?? '');
      return fault ? [[role.name, fault]] : [];
    }),
  );
}

const typed = (role: Role, text: string): string => (role.type === 'number' ? plainNumber(text) : text.trim());

/** The key, and what is another than before; a new row without its empty cells. */
export function valuesOf(kind: Kind, draft: Draft, before: Draft | undefined): Value[] {
  return kind.roles.flatMap((role) => {
    const now = typed(role, draft[role.name] ?? '');
    const then = before?.[role.name] ?? '';
    if (role.need === 'key-optional' && now === '') return [{ name: role.name, value: null }]; // which the row without it is
    if (isKey(role)) return now === '' ? [] : [{ name: role.name, value: now }];
    return now === then ? [] : [{ name: role.name, value: now === '' ? null : now }];
  });
}

export const keyOf = (kind: Kind, draft: Draft): Option[] =>
  kind.roles.filter(isKey).flatMap(({ name }) => (draft[name] ? [{ name, value: draft[name] }] : []));
/** The same, and which parts of it are empty, of the columns that there are: of a firm's accounts, those without a period. */
export const wholeKeyOf = (kind: Kind, draft: Draft, has: (column: string) => boolean): Option[] =>
  kind.roles.filter(isKey).flatMap(({ name, need }) => (draft[name] || (need === 'key-optional' && has(name)) ? [{ name, value: draft[name] ?? '' }] : []));

/** Nothing but the key: such a change would be none. */
export const isUnchanged = (kind: Kind, values: readonly Value[]): boolean =>
  values.every(({ name }) => kind.roles.some((role) => role.name === name && isKey(role)));
