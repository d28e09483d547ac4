/* SPDX-License-Identifier: GPL-3.0-or-later
 * The study's region among all regions, and the ranges of its multipliers. */
import { groupBy } from './group';
import { byQuotient, rankOf, readQuotients, type Quotient } from './quotients';
import type { Figure, Series } from './series';

export interface Among {
  quotient: Quotient;
  rank: Figure;
  of: number;
  /** The quotients of all regions, this one included, for the strip behind the dot. */
  all: number[];
}

export interface RegionalRow {
  section: string;
  employment: Among;
  product: Among | undefined;
}

export interface Nearest {
  other: string;
  distance: Figure;
}

export interface Regional {
  rows: RegionalRow[];
  regions: number;
  nearest: Nearest[];
  krugman: Figure | undefined;
}

function among(quotients: Quotient[], region: string): Map<string, Among> {
  const out = new Map<string, Among>();
  for (const [section, cells] of groupBy(quotients, (cell) => cell.industry)) {
    const own = cells.find((cell) => cell.region === region);
    if (!own) continue;
    const values = cells.map((cell) => cell.lq.value);
    const place = own.lq.value === null ? undefined : rankOf(own.lq.value, values);
    out.set(section, {
      quotient: own,
      rank: { ...own.lq, value: place?.rank ?? null, unit: '', derived: 'rank' },
      of: place?.of ?? 0,
      all: values.filter((value): value is number => value !== null),
    });
  }
  return out;
}

export function readRegional(
  region: string,
  from: { quotients?: Series | undefined; product?: Series | undefined; nearest?: Series | undefined; specialisation?: Series | undefined },
): Regional | undefined {
  if (!from.quotients) return undefined;
  const cells = readQuotients(from.quotients);
  const employment = among(cells, region);
  const product = from.product ? among(readQuotients(from.product), region) : new Map<string, Among>();
  const nearest: Nearest[] = [];
  for (let row = 0; from.nearest && row < from.nearest.rows; row += 1) {
    if (from.nearest.text('region', row) !== region) continue;
    nearest.push({ other: from.nearest.text('other', row), distance: from.nearest.figure('distance', row) });
  }
  nearest.sort((a, b) => (a.distance.value ?? 0) - (b.distance.value ?? 0));
  const own = from.specialisation?.find({ region }) ?? -1;
  return {
    rows: [...employment]
      .map(([section, found]) => ({ section, employment: found, product: product.get(section) }))
      .sort((a, b) => byQuotient(a.employment.quotient, b.employment.quotient)),
    regions: new Set(cells.map((cell) => cell.region)).size,
    nearest,
    krugman: own < 0 ? undefined : from.specialisation?.figure('krugman', own),
  };
}

export type Measure = 'output' | 'value_added';

export interface Band {
  section: string;
  central: Figure;
  low: Figure;
  high: Figure;
  rank: Figure;
  rankLow: Figure;
  rankHigh: Figure;
  variants: number | null;
  national: Figure | undefined;
}

/** The bands of one measure, highest central value first. */
export function readBands(
  measure: Measure,
  from: { bands?: Series | undefined; national?: Series | undefined },
): Band[] {
  const { bands } = from;
  if (!bands) return [];
  const other = (series: Series | undefined, column: string, industry: string) => {
    const row = series?.has(column) ? series.find({ industry }) : -1;
    return row < 0 ? undefined : series?.figure(column, row);
  };
  const out: Band[] = [];
  for (let row = 0; row < bands.rows; row += 1) {
    if (bands.text('measure', row) !== measure) continue;
    const section = bands.text('industry', row);
    out.push({
      section,
      central: bands.figure('central', row),
      low: bands.figure('low', row),
      high: bands.figure('high', row),
      rank: bands.figure('rank_central', row),
      rankLow: bands.figure('rank_low', row),
      rankHigh: bands.figure('rank_high', row),
      variants: bands.number('variants', row),
      national: other(from.national, measure, section),
    });
  }
  return out.sort((a, b) => (b.central.value ?? -1) - (a.central.value ?? -1));
}

/** The methods and the values of delta behind the bands, as they stand in the table of variants. */
export function readConventions(variants: Series | undefined): { method: string; deltas: number[] }[] {
  const found = new Map<string, Set<number>>();
  for (let row = 0; variants && row < variants.rows; row += 1) {
    const method = variants.text('method', row);
    const deltas = found.get(method) ?? new Set<number>();
    found.set(method, deltas);
    const delta = variants.number('delta', row);
    if (delta !== null) deltas.add(delta);
  }
  return [...found].map(([method, deltas]) => ({ method, deltas: [...deltas].sort((a, b) => a - b) }));
}
