/* SPDX-License-Identifier: GPL-3.0-or-later
 * The answer at the top, taken from the data: which sections stand out, where, and what multiplies. It speaks of
 * specialisations only; sections are too coarse for clusters. */
import { groupBy } from './group';
import type { Municipal, Place } from './municipal';
import { SPECIALISED, type Quotient } from './quotients';
import type { Band, Regional } from './regional';

export interface Headline {
  /** Surely above 1 and at least SPECIALISED, highest first. */
  specialised: Quotient[];
  /** Surely above 1, but less than SPECIALISED. */
  slightly: Quotient[];
  sections: number;
}

export function regionHeadline(regional: Regional): Headline {
  const above = regional.rows.map((row) => row.employment.quotient).filter((cell) => cell.sureness === 'above');
  return {
    specialised: above.filter((cell) => (cell.lq.value ?? 0) >= SPECIALISED),
    slightly: above.filter((cell) => (cell.lq.value ?? 0) < SPECIALISED),
    sections: regional.rows.length,
  };
}

export interface TopGroup {
  section: string;
  places: Place[];
}

/** Places by the section they are most specialised in, the most frequent section first; then those with none. */
export function topGroups(municipal: Municipal): { groups: TopGroup[]; none: Place[] } {
  const sure = municipal.places.filter((place) => place.top);
  const groups = [...groupBy(sure, (place) => place.top?.industry ?? '')].map(([section, places]) => ({
    section,
    places: places.sort((a, b) => (b.top?.lq.value ?? 0) - (a.top?.lq.value ?? 0)),
  }));
  groups.sort((a, b) => b.places.length - a.places.length || a.section.localeCompare(b.section));
  return { groups, none: municipal.places.filter((place) => !place.top) };
}

/** The sections whose worst rank over all conventions is best, and the section that leads by the central convention
 * alone: it is shaky where it is not among them. */
export function leaders(bands: Band[], count = 4): { bands: Band[]; shaky: Band | undefined } {
  const rank = (band: Band) => [band.rankHigh, band.rankLow, band.rank].map((figure) => figure.value ?? Infinity);
  const sorted = [...bands].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    const differs = x.findIndex((value, i) => value !== y[i]);
    return differs < 0 ? 0 : (x[differs] ?? 0) - (y[differs] ?? 0);
  });
  const first = sorted.slice(0, count);
  const central = bands.find((band) => band.rank.value === 1);
  return { bands: first, shaky: central && !first.includes(central) ? central : undefined };
}
