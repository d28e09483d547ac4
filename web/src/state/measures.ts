/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be shown of territories on a map: a measure names a kind of figure, and where the kind needs them a section and
 * a year. An atlas reads any measure of one level, the municipalities or the regions, from the tables of that level. */
import { readQuotients, type Quotient } from './quotients';
import type { CellRef, Figure, Series } from './series';

/** Kinds that go by section come first; the others are one figure per territory. */
export const SECTIONAL = ['lq', 'share', 'value', 'product-lq', 'product-share', 'product'] as const;
export const WHOLE_KINDS = ['krugman', 'herfindahl', 'employees', 'population'] as const;
export type Kind = (typeof SECTIONAL)[number] | (typeof WHOLE_KINDS)[number];

export interface Measure {
  kind: Kind;
  section: string;
  period: string;
}

export interface Reading {
  id: string;
  figure: Figure | undefined;
  cell: Quotient | undefined;
}

export const isSectional = (kind: Kind): boolean => (SECTIONAL as readonly string[]).includes(kind);
export const isQuotient = (kind: Kind): boolean => kind === 'lq' || kind === 'product-lq';

/** How bounds and ticks of a kind are written. */
export function writtenAs(kind: Kind): 'ratio' | 'share' | 'index' | 'size' {
  if (isQuotient(kind)) return 'ratio';
  if (kind === 'share' || kind === 'product-share') return 'share';
  return kind === 'krugman' || kind === 'herfindahl' ? 'index' : 'size';
}

/** "lq.D@2018": kind, section, year, the last two only where they say something. */
export function writeMeasure({ kind, section, period }: Measure): string {
  return `${kind}${isSectional(kind) && section ? `.${section}` : ''}${period ? `@${period}` : ''}`;
}

export function readMeasure(text: string | null): Measure | undefined {
  const found = /^([a-z-]+)(?:\.(.*?))?(?:@([^@]*))?$/.exec(text ?? '');
  const kind = [...SECTIONAL, ...WHOLE_KINDS].find((one) => one === found?.[1]);
  return kind && { kind, section: isSectional(kind) ? (found?.[2] ?? '') : '', period: found?.[3] ?? '' };
}

export interface AtlasSources {
  quotients: Series;
  product?: Series | undefined;
  specialisation?: Series | undefined;
  /** Totals of the territories where the sections do not add up to them. */
  total?: Series | undefined;
  population?: Map<string, Figure> | undefined;
}

/** What a share of a row of quotients is a share of: the published total, else the sum of the row's territory, which is
 * none where a part of it is missing. */
export function totalOf(series: Series, totals: Series | undefined, key: CellRef['key']): number | null {
  const region = key.region ?? '';
  const period = key.period ?? '';
  if (totals) {
    const dated = period === '' ? -1 : totals.find({ region, period });
    const row = dated >= 0 ? dated : totals.find({ region });
    return row < 0 ? null : totals.number('value', row);
  }
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < series.rows; row += 1) {
    if (series.text('region', row) !== region || series.text('period', row) !== period) continue;
    const value = series.number('value', row);
    if (value === null) return null;
    sum += value;
    rows += 1;
  }
  return rows === 0 ? null : sum;
}

export class Atlas {
  readonly ids: string[];
  readonly sections: string[];
  /** Newest first; [''] where the table is not dated. */
  readonly periods: string[];
  readonly kinds: Kind[];
  readonly #cells: { of: Series; found: Map<string, Quotient> }[] = [];
  readonly #totals = new Map<string, number | null>();

  constructor(readonly from: AtlasSources) {
    this.ids = from.quotients.distinct('region');
    this.sections = from.quotients.distinct('industry').sort();
    this.periods = from.quotients.distinct('period').sort().reverse();
    for (const of of [from.quotients, from.product]) {
      if (!of) continue;
      const rows = readQuotients(of).map((cell, row): [string, Quotient] => [id(cell.region, cell.industry, of.text('period', row)), cell]);
      this.#cells.push({ of, found: new Map(rows) });
    }
    this.kinds = [...SECTIONAL, ...WHOLE_KINDS].filter((kind) => {
      if (kind.startsWith('product')) return from.product !== undefined;
      if (kind === 'krugman' || kind === 'herfindahl') return from.specialisation?.has(kind) ?? false;
      if (kind === 'employees') return from.total !== undefined;
      return kind !== 'population' || from.population !== undefined;
    });
  }

  /** The measure as it can be read here: unknown parts give way to the first that is known. */
  settle(wanted: Measure | undefined, otherwise: Measure): Measure {
    const { kind, section, period } = wanted && this.kinds.includes(wanted.kind) ? wanted : otherwise;
    return {
      kind,
      section: !isSectional(kind) ? '' : this.sections.includes(section) ? section : (this.sections[0] ?? ''),
      period: this.periods.includes(period) && period !== this.periods[0] ? period : '',
    };
  }

  read(measure: Measure): Reading[] {
    return this.ids.map((region) => ({ id: region, ...this.#one(measure, region) }));
  }

  /** All sections of one territory, in the newest period, highest quotient first. */
  sectionsOf(region: string): Quotient[] {
    const newest = this.periods[0] ?? '';
    const cells = this.sections.map((section) => this.#cells[0]?.found.get(id(region, section, newest)));
    return cells.filter((cell) => cell !== undefined).sort((a, b) => (b.lq.value ?? -1) - (a.lq.value ?? -1));
  }

  #one({ kind, section, period }: Measure, region: string): Omit<Reading, 'id'> {
    const none = { figure: undefined, cell: undefined };
    if (isSectional(kind)) {
      const side = this.#cells[kind.startsWith('product') ? 1 : 0];
      const cell = side?.found.get(id(region, section, period || (this.periods[0] ?? '')));
      if (!side || !cell) return none;
      if (isQuotient(kind)) return { figure: cell.lq, cell };
      if (kind === 'value' || kind === 'product') return { figure: cell.value, cell: undefined };
      return { figure: this.#share(side.of, cell), cell: undefined };
    }
    if (kind === 'population') return { figure: this.from.population?.get(region), cell: undefined };
    const [table, column] = kind === 'employees' ? [this.from.total, 'value'] : [this.from.specialisation, kind];
    const wanted = period || (this.periods[0] ?? '');
    const dated = wanted ? (table?.find({ region, period: wanted }) ?? -1) : -1;
    const row = dated >= 0 ? dated : (table?.find({ region }) ?? -1);
    return { figure: row < 0 ? undefined : table?.figure(column, row), cell: undefined };
  }

  #share(of: Series, cell: Quotient): Figure {
    const { key } = cell.value.ref;
    const at = id(of.dataset, key.region ?? '', key.period ?? '');
    let total = this.#totals.get(at);
    if (total === undefined) {
      total = totalOf(of, of === this.from.quotients ? this.from.total : undefined, key);
      this.#totals.set(at, total);
    }
    const value = cell.value.value !== null && total ? cell.value.value / total : null;
    return { ...cell.value, value, unit: 'ratio', derived: 'share' };
  }
}

function id(...parts: string[]): string {
  return parts.join('\u0000');
}
