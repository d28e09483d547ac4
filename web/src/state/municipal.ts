/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the page knows of the municipalities: their quotients, indices, sizes and neighbours, put side by side. */
import { groupBy } from './group';
import { byQuotient, readQuotients, topSpecialisation, type Quotient } from './quotients';
import type { Figure, Series } from './series';

export interface Place {
  id: string;
  lat: number | null;
  lon: number | null;
  kind: string;
  centre: string;
  population: Figure | undefined;
  populationYear: string;
  employees: Figure | undefined;
  krugman: Figure | undefined;
  herfindahl: Figure | undefined;
  /** Sorted by quotient, missing last. */
  cells: Quotient[];
  top: Quotient | undefined;
  neighbours: string[];
}

export interface Municipal {
  places: Place[];
  sections: string[];
  period: string;
  /** Per section, in how many places the source leaves the cell blank. */
  blanks: Map<string, number>;
}

export interface MunicipalSources {
  territories?: Series | undefined;
  neighbours?: Series | undefined;
  quotients?: Series | undefined;
  specialisation?: Series | undefined;
  total?: Series | undefined;
}

/** With several periods in a table the newest is shown. */
function newest(series: Series | undefined): string {
  return series?.distinct('period').sort().at(-1) ?? '';
}

function lookup(series: Series | undefined, column: string, key: Record<string, string>): Figure | undefined {
  if (!series?.has(column)) return undefined;
  const row = series.find(key);
  return row < 0 ? undefined : series.figure(column, row);
}

export function readMunicipal(from: MunicipalSources): Municipal | undefined {
  const { territories, quotients } = from;
  if (!territories || !quotients) return undefined;
  const period = newest(quotients);
  const cells = readQuotients(quotients).filter((_, row) => quotients.text('period', row) === period);
  const byPlace = groupBy(cells, (cell) => cell.region);
  const beside = new Map<string, string[]>();
  for (let row = 0; from.neighbours && row < from.neighbours.rows; row += 1) {
    const [a, b] = [from.neighbours.text('a', row), from.neighbours.text('b', row)];
    beside.set(a, [...(beside.get(a) ?? []), b]);
    beside.set(b, [...(beside.get(b) ?? []), a]);
  }
  const population = territories.columns
    .map((column) => /^population_(\d{4})$/.exec(column.name))
    .filter((match) => match !== null)
    .filter((match) => period === '' || (match[1] ?? '') <= period)
    .sort((a, b) => a[0].localeCompare(b[0]))
    .at(-1);
  const places: Place[] = [];
  for (let row = 0; row < territories.rows; row += 1) {
    const id = territories.text('region', row);
    const own = [...(byPlace.get(id) ?? [])].sort(byQuotient);
    const key = { region: id };
    const counted = population ? territories.figure(population[0], row) : undefined;
    places.push({
      id,
      lat: territories.number('lat', row),
      lon: territories.number('lon', row),
      kind: territories.text('type', row),
      centre: territories.text('centre', row),
      population: counted && { ...counted, value: territories.number(population?.[0] ?? '', row), unit: 'person' },
      populationYear: population?.[1] ?? '',
      employees: lookup(from.total, 'value', { ...key, ...(period && { period }) }) ?? lookup(from.total, 'value', key),
      krugman: lookup(from.specialisation, 'krugman', key),
      herfindahl: lookup(from.specialisation, 'herfindahl', key),
      cells: own,
      top: topSpecialisation(own),
      neighbours: [...new Set(beside.get(id) ?? [])],
    });
  }
  const sections = [...new Set(cells.map((cell) => cell.industry))].sort();
  const blanks = new Map(
    sections.map((section) => [
      section,
      cells.filter((cell) => cell.industry === section && cell.value.value === null).length,
    ]),
  );
  return { places, sections, period, blanks };
}

/** Part of a place's employees in a section; the drawer names both numbers it is made of. */
export function shareOf(place: Place, cell: Quotient): Figure {
  const total = place.employees?.value ?? null;
  const value = cell.value.value !== null && total ? cell.value.value / total : null;
  return { ...cell.value, value, unit: 'ratio', derived: 'share' };
}
