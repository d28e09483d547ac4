/* SPDX-License-Identifier: GPL-3.0-or-later
 * Clusters that were found in figures of regions and industries, as `clusters` tells them: what each is in its region, what holds
 * its industries together, and which evidence it would take to say more. */
import type { Dataset } from '../api/client';
import type { Lang } from './format';
import type { Figure, Series } from './series';

export const STARS = ['size', 'specialisation', 'focus', 'productivity', 'dynamism'] as const;
export const ORDERS = ['stars', 'employment', 'lq', 'share_of_region', 'dynamism'] as const;

export interface Found {
  /** cluster/region, as `status` names such groups. */
  id: string;
  cluster: string;
  region: string;
  name: string;
  stars: number | null;
  starsOf: number;
  /** Which stars could be given, and which were. */
  star: { of: (typeof STARS)[number]; has: boolean }[];
  /** Words; empty where nothing was looked for. */
  principles: string[];
  core: string[];
  coreOf: number;
  withheld: number;
  figures: Record<string, Figure>;
}

const FIGURES = ['employment', 'employment_least', 'employment_most', 'lq', 'share', 'share_of_region', 'productivity', 'dynamism', 'establishments', 'entry',
  'institutions', 'patents', 'complexity', 'principle_margin', 'industries'];
const words = (text: string): string[] => text.split(' ').filter((one) => one !== '');

export const readFound = (series: Series): Found[] =>
  Array.from({ length: series.rows }, (_, row) => {
    const text = (column: string) => series.text(column, row);
    const number = (column: string) => series.number(column, row);
    return {
      id: `${text('cluster')}/${text('region')}`,
      cluster: text('cluster'), region: text('region'), name: text('name') || text('cluster'),
      stars: number('stars'), starsOf: number('stars_of') ?? 0,
      star: STARS.flatMap((of) => {
        const value = number(`star_${of}`);
        return value === null ? [] : [{ of, has: value > 0 }];
      }),
      principles: words(text('principles')),
      core: words(text('core')).filter((one) => one !== 'none'), coreOf: number('core_of') ?? 0,
      withheld: number('withheld') ?? 0,
      figures: Object.fromEntries(FIGURES.map((column) => [column, series.figure(column, row)])),
    };
  });

export interface Type {
  cluster: string;
  name: string;
  /** traded, local, "" where too few regions tell it. */
  traded: string;
  principles: string[];
  margin: number | null;
}

export const readTypes = (series: Series | undefined): Type[] =>
  Array.from({ length: series?.rows ?? 0 }, (_, row) => ({
    cluster: series?.text('cluster', row) ?? '',
    name: series?.text('name', row) || (series?.text('cluster', row) ?? ''),
    traded: series?.text('traded', row) ?? '',
    principles: words(series?.text('principles', row) ?? ''),
    margin: series?.number('principle_margin', row) ?? null,
  }));

export interface Principle {
  principle: string;
  score: number;
  expected: number | null;
  z: number | null;
  reach: number | null;
  label: boolean;
}

export const readPrinciples = (series: Series | undefined, cluster: string): Principle[] =>
  Array.from({ length: series?.rows ?? 0 }, (_, row) => row).flatMap((row): Principle[] => {
    const score = series?.number('score', row) ?? null;
    if (!series || series.text('cluster', row) !== cluster || score === null) return [];
    return [{
      principle: series.text('principle', row), score, expected: series.number('expected', row),
      z: series.number('z', row), reach: series.number('reach', row), label: series.text('label', row) === 'yes',
    }];
  });

/** The status results that tell what evidence a group of that result lacks, the newest first. */
export function lackResults(datasets: Iterable<Dataset>, result: string, { cluster, region }: { cluster: string; region: string }): Dataset[] {
  return [...datasets].reverse().filter(({ provenance }) => {
    const first = provenance.inputs?.[0];
    const where = first?.where ?? {};
    return provenance.analysis === 'status' && (first?.dataset === result || first?.dataset === `${result}/clusters`)
      && (where.cluster ?? cluster) === cluster && (where.region ?? region) === region;
  });
}

export interface Lack {
  evidence: string;
  /** The criteria it is needed for, in words. */
  criteria: string[];
}

/** By evidence, what it is needed for, of one group. */
export function readLacks(missing: Series, criteria: Series | undefined, group: string, lang: Lang): Lack[] {
  const out = new Map<string, string[]>();
  for (let row = 0; row < missing.rows; row += 1) {
    if (missing.text('cluster', row) !== group) continue;
    const criterion = missing.text('criterion', row);
    const at = criteria?.find({ cluster: group, criterion }) ?? -1;
    const title = (at >= 0 && (criteria?.text(`title_${lang}`, at) || criteria?.text('title_en', at))) || criterion;
    out.set(missing.text('evidence', row), [...(out.get(missing.text('evidence', row)) ?? []), title]);
  }
  return [...out].map(([evidence, needed]) => ({ evidence, criteria: needed }));
}
