/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a table of the server (arrays by column) into figures that remember where they came from. A figure is one
 * number of one row of one dataset; it can be shown, sorted and opened. */
import type { Column, Table } from '../api/client';

/** The address of one cell: the row is named by the values of its identifying columns, never by its number. */
export interface CellRef {
  dataset: string;
  table: string;
  column: string;
  key: Record<string, string>;
}

/** What the page itself made of a cell; the drawer explains the step. */
export type Derived = 'share' | 'rank';

export interface Figure {
  value: number | null;
  unit: string;
  reason: string;
  ref: CellRef;
  derived?: Derived;
}

const IDENTIFYING = [
  'dimension', 'code', 'region', 'industry', 'period', 'from', 'to', 'a', 'b',
  'measure', 'method', 'delta', 'other', 'group', 'industry_a', 'industry_b',
];

/** The same in tables of firms, projects, criteria and clusters found; elsewhere a cluster may be a finding. */
const REGISTERED = ['cluster', 'project', 'firm', 'criterion', 'contract', 'step'];

export class Series {
  readonly rows: number;
  readonly #columns = new Map<string, Column>();
  /** The columns that name a row, in the order of the table. */
  readonly identity: string[];

  constructor(
    readonly dataset: string,
    readonly table: Table,
  ) {
    this.rows = table.rows;
    for (const column of table.columns) this.#columns.set(column.name, column);
    const names = table.columns.map((column) => column.name);
    const found = names.includes('stars');
    const registered = found || ['firm', 'project', 'criterion', 'principle'].some((name) => names.includes(name));
    this.identity = names.filter((name) => (IDENTIFYING.includes(name) && !(found && name === 'group')) || (registered && REGISTERED.includes(name)));
  }

  get columns(): Column[] {
    return this.table.columns;
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  /** The text of a cell; "" where it is missing or there is no such column. */
  text(column: string, row: number): string {
    const value = this.#columns.get(column)?.values[row];
    return value === null || value === undefined ? '' : String(value);
  }

  /** The same, in Russian where that is read and the table has it. */
  textIn(lang: string, column: string, row: number): string {
    return (lang === 'ru' && this.text(`${column}_ru`, row)) || this.text(column, row);
  }

  /** The number in a cell; text that reads as a plain number counts, because extra columns of a file are text. */
  number(column: string, row: number): number | null {
    const value = this.#columns.get(column)?.values[row];
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value !== 'string' || value.trim() === '') return null;
    const parsed = Number(value);
    return Number.isFinite(parsed) ? parsed : null;
  }

  reason(column: string, row: number): string {
    return this.#columns.get(column)?.reasons?.[row] ?? '';
  }

  unit(column: string): string {
    return this.#columns.get(column)?.unit ?? '';
  }

  ref(column: string, row: number): CellRef {
    const key: Record<string, string> = {};
    for (const name of this.identity) {
      const value = this.text(name, row);
      if (value !== '') key[name] = value;
    }
    return { dataset: this.dataset, table: this.table.table, column, key };
  }

  figure(column: string, row: number): Figure {
    return {
      value: this.number(column, row),
      unit: this.unit(column),
      reason: this.reason(column, row),
      ref: this.ref(column, row),
    };
  }

  /** The first row whose cells agree with the key; -1 where there is none. */
  find(key: Record<string, string>): number {
    const wanted = Object.entries(key);
    for (let row = 0; row < this.rows; row += 1) {
      if (wanted.every(([name, value]) => this.text(name, row) === value)) return row;
    }
    return -1;
  }

  /** The distinct texts of a column in the order in which they first appear. */
  distinct(column: string): string[] {
    return [...new Set((this.#columns.get(column)?.values ?? []).map((value) => String(value ?? '')))];
  }
}
