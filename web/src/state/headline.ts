/* SPDX-License-Identifier: GPL-3.0-or-later
 * The answer at the top, taken from the data: which sections stand out, where, and what multiplies. It speaks of
 * specialisations only; sections are too coarse for clusters. */
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
  const groups = [...Map.groupBy(sure, (place) => place.top?.industry ?? '')].map(([section, places]) => ({
    section,
    places: places.sort((a, b) => (b.top?.lq.value ?? 0) - (a.top?.lq.value ?? 0)),
  }));
  groups.sort((a, b) => b.places.length - a.places.length || a.section.localeCompare(b.section));
  return { groups, none: municipal.places.filter((place) => !place.top) };
}

/** The sections that stay among the first `places` under every convention, or the first by centre where none does. */
export function leaders(bands: Band[], places = 3): { bands: Band[]; sure: boolean } {
  const always = bands.filter((band) => (band.rankHigh.value ?? Infinity) <= places);
  return always.length > 0 ? { bands: always, sure: true } : { bands: bands.slice(0, places), sure: false };
}
