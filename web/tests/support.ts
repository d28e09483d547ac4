/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small tables in the server's shape, for the tests of state/. */
import type { Column, Table } from '../src/api/client';
import { Series } from '../src/state/series';

type Values = (string | number | null)[];

export function column(name: string, values: Values, more: Partial<Column> = {}): Column {
  return { unit: '', name, type: values.some((value) => typeof value === 'number') ? 'number' : 'text', values, ...more };
}

export function series(dataset: string, table: string, columns: Column[]): Series {
  const shape: Table = { table, rows: columns[0]?.values.length ?? 0, columns };
  return new Series(dataset, shape);
}

/** A table of quotients from rows of [region, industry, value, lq, lo, hi, flag]. */
export function quotients(rows: [string, string, number | null, number | null, number | null, number | null, string][]): Series {
  const pick = (i: number): Values => rows.map((row) => row[i] ?? null);
  const blank = rows.map((row) => (row[2] === null ? 'zero-or-suppressed' : ''));
  return series('q', 'quotients', [
    column('region', pick(0)),
    column('industry', pick(1)),
    column('period', rows.map(() => '2023')),
    column('value', pick(2), { unit: 'person', reasons: blank }),
    column('lq', pick(3), { unit: 'ratio', reasons: blank }),
    column('lo', pick(4)),
    column('hi', pick(5)),
    column('flag', pick(6)),
  ]);
}
