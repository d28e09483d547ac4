/* SPDX-License-Identifier: GPL-3.0-or-later
 * One column of any table as a layer of a map: where the table has a row for each territory, at most times an industry, a
 * period and the like, of which one each is chosen. */
import type { Value } from './classes';
import type { Series } from './series';

/** What has to be chosen besides the territory, with what there is to choose from; the newest period first. */
export function choices(series: Series): { name: string; values: string[] }[] {
  return series.identity
    .filter((name) => name !== 'region')
    .map((name) => {
      const values = series.distinct(name);
      return { name, values: name === 'period' ? values.sort().reverse() : values.sort() };
    });
}

export function numberColumns(series: Series): string[] {
  const known = new Set(series.identity);
  return series.columns.filter((column) => column.type === 'number' && !known.has(column.name)).map((column) => column.name);
}

/** A territory that has two rows would have two colours: then there is no map. */
export function layer(series: Series, column: string, fixed: Record<string, string>): Value[] | undefined {
  const wanted = Object.entries(fixed);
  const out: Value[] = [];
  const seen = new Set<string>();
  for (let row = 0; row < series.rows; row += 1) {
    if (!wanted.every(([name, value]) => series.text(name, row) === value)) continue;
    const id = series.text('region', row);
    if (seen.has(id)) return undefined;
    seen.add(id);
    out.push({ id, figure: series.figure(column, row) });
  }
  return out;
}
