/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies near what: whether municipalities that are near each other are alike in a figure (Moran's I), where they are (its
 * local form), and how unequal they are. */
import type { Figure, Series } from './series';

export interface Moran {
  period: string;
  value: Figure;
  expectation: Figure;
  p: Figure;
  regions: Figure;
  islands: Figure;
  links: Figure;
  /** two-sided, greater or less: what was tested. */
  alternative: string;
}

/** High among high, low among low, high among low, low among high. */
export const QUADRANTS = ['HH', 'LL', 'HL', 'LH'] as const;
export type Quadrant = (typeof QUADRANTS)[number];

export interface Area {
  id: string;
  value: Figure;
  statistic: Figure;
  p: Figure;
  q: Figure;
  neighbours: Figure;
  /** Where the figure stands against the mean and its neighbours against theirs; no finding by itself. */
  quadrant: Quadrant | '';
  /** The quadrant where q passes the false-discovery level; '' elsewhere. */
  cluster: Quadrant | '';
}

export interface Disparity {
  period: string;
  mean: Figure;
  theil: Figure;
  gini: Figure;
  hoover: Figure;
}

export interface Space {
  /** Newest first. */
  moran: Moran[];
  check: Moran[];
  disparity: Disparity[];
  period: string;
  areas: Area[];
}

export interface SpaceSources {
  moran?: Series | undefined;
  check?: Series | undefined;
  local?: Series | undefined;
  disparity?: Series | undefined;
}

const quadrant = (text: string): Quadrant | '' => QUADRANTS.find((one) => one === text) ?? '';

/** The rows of a table, the newest period first. */
function dated<T extends { period: string }>(series: Series | undefined, read: (of: Series, row: number) => T): T[] {
  const out: T[] = [];
  for (let row = 0; series && row < series.rows; row += 1) out.push(read(series, row));
  return out.sort((a, b) => b.period.localeCompare(a.period));
}

const morans = (series: Series | undefined) =>
  dated(series, (of, row): Moran => ({
    period: of.text('period', row),
    value: of.figure('value', row),
    expectation: of.figure('expectation', row),
    p: of.figure(of.number('p_permutation', row) === null ? 'p_normal' : 'p_permutation', row),
    regions: of.figure('regions', row),
    islands: of.figure('islands', row),
    links: of.figure('links', row),
    alternative: of.text('alternative', row),
  }));

/** Needs the local statistic, for the map, and the global one, for the words. */
export function readSpace({ moran, check, local, disparity }: SpaceSources): Space | undefined {
  if (!moran || !local || moran.rows === 0) return undefined;
  const period = local.distinct('period').sort().at(-1) ?? '';
  const areas: Area[] = [];
  for (let row = 0; row < local.rows; row += 1) {
    if (local.text('period', row) !== period) continue;
    areas.push({
      id: local.text('region', row),
      value: local.figure('value', row),
      statistic: local.figure('statistic', row),
      p: local.figure('p', row),
      q: local.figure('q', row),
      neighbours: local.figure('neighbours', row),
      quadrant: quadrant(local.text('quadrant', row)),
      cluster: quadrant(local.text('cluster', row)),
    });
  }
  return {
    moran: morans(moran),
    check: morans(check),
    disparity: dated(disparity, (of, row) => ({
      period: of.text('period', row),
      mean: of.figure('mean', row),
      theil: of.figure('theil', row),
      gini: of.figure('gini', row),
      hoover: of.figure('hoover', row),
    })),
    period,
    areas,
  };
}

/** What the statistic says at the level asked: nothing found, like near like, or like near unlike. */
export function reading(one: Moran, level = 0.05): 'none' | 'alike' | 'unlike' | 'unknown' {
  const [value, mean, p] = [one.value.value, one.expectation.value, one.p.value];
  if (value === null || mean === null || p === null) return 'unknown';
  if (p > level) return 'none';
  return value > mean ? 'alike' : 'unlike';
}
