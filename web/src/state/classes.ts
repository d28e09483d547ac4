/* SPDX-License-Identifier: GPL-3.0-or-later
 * How results become classes of colour. Quotients have fixed breaks, symmetric around 1 on a log scale, so that the
 * same colour means the same in every section; other results are cut into equal counts at rounded breaks. */
import type { Result } from './address';
import { topGroups } from './headline';
import { shareOf, type Municipal, type Place } from './municipal';
import type { Quotient } from './quotients';
import type { Figure } from './series';

export const QUOTIENT_BREAKS = [0.5, 0.8, 1.25, 2];
/** More sections than this cannot be told apart by colour; the rest share one grey and keep their letter. */
export const HUES = 8;

export interface Class {
  id: string;
  /** Bounds of a numeric class; the section of a categorical one. */
  low?: number | undefined;
  high?: number | undefined;
  section?: string;
  count: number;
}

export interface Paint {
  /** The style class of the fill: d0..d4 diverging, s0..s4 sequential, q0..q8 sections, none or missing. */
  fill: string;
  figure: Figure | undefined;
  cell: Quotient | undefined;
  unsure: boolean;
}

export interface Colouring {
  classes: Class[];
  missing: number;
  none: number;
  unsure: number;
  paint: Map<string, Paint>;
}

/** Index of the class: a value on a break belongs to the class above it, as "from … to under …" says. */
export function classOf(value: number, breaks: number[]): number {
  let index = 0;
  while (index < breaks.length && value >= (breaks[index] ?? Infinity)) index += 1;
  return index;
}

/** Rounded to two significant digits, so that a legend can be read aloud. */
export function roundBreak(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(2));
}

/** Breaks that give classes of about equal count; fewer where values coincide. */
export function equalCountBreaks(values: number[], classes = 5): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const breaks: number[] = [];
  for (let i = 1; i < classes; i += 1) {
    const at = sorted[Math.floor((i * sorted.length) / classes)];
    if (at !== undefined) breaks.push(roundBreak(at));
  }
  const lowest = sorted[0] ?? 0;
  return [...new Set(breaks)].filter((value) => value > lowest);
}

function numeric(
  places: Place[],
  of: (place: Place) => { figure: Figure | undefined; cell?: Quotient | undefined },
  fixed: number[] | undefined,
): Colouring {
  const got = places.map((place) => ({ place, ...of(place) }));
  const values = got.map((one) => one.figure?.value).filter((value) => value !== null && value !== undefined);
  const breaks = fixed ?? equalCountBreaks(values);
  const prefix = fixed ? 'd' : 's';
  // Fewer than five classes still span the palette from its lightest to its darkest step.
  const step = fixed || breaks.length === 0 ? 1 : 4 / breaks.length;
  const classes: Class[] = [];
  for (let i = 0; i <= breaks.length; i += 1) {
    classes.push({ id: `${prefix}${Math.round(i * step)}`, low: breaks[i - 1], high: breaks[i], count: 0 });
  }
  const paint = new Map<string, Paint>();
  let missing = 0;
  let unsure = 0;
  for (const { place, figure, cell } of got) {
    if (figure?.value === null || figure?.value === undefined) {
      missing += 1;
      paint.set(place.id, { fill: 'missing', figure, cell, unsure: false });
      continue;
    }
    const found = classes[classOf(figure.value, breaks)];
    const doubt = cell !== undefined && (cell.sureness === 'around' || cell.sureness === 'small');
    if (found) found.count += 1;
    if (doubt) unsure += 1;
    paint.set(place.id, { fill: found?.id ?? 'missing', figure, cell, unsure: doubt });
  }
  return { classes, missing, none: 0, unsure, paint };
}

function categorical(municipal: Municipal): Colouring {
  const { groups, none } = topGroups(municipal);
  const paint = new Map<string, Paint>();
  const classes = groups.map((group, index) => {
    const id = `q${Math.min(index, HUES)}`;
    for (const place of group.places) {
      paint.set(place.id, { fill: id, figure: place.top?.lq, cell: place.top, unsure: false });
    }
    return { id, section: group.section, count: group.places.length };
  });
  for (const place of none) paint.set(place.id, { fill: 'none', figure: undefined, cell: undefined, unsure: false });
  return { classes, missing: 0, none: none.length, unsure: 0, paint };
}

export function colouring(municipal: Municipal, result: Result, section: string): Colouring {
  const cellOf = (place: Place) => place.cells.find((cell) => cell.industry === section);
  switch (result) {
    case 'top':
      return categorical(municipal);
    case 'lq':
      return numeric(
        municipal.places,
        (place) => {
          const cell = cellOf(place);
          return { figure: cell?.lq, cell };
        },
        QUOTIENT_BREAKS,
      );
    case 'share':
      return numeric(
        municipal.places,
        (place) => {
          const cell = cellOf(place);
          return { figure: cell && shareOf(place, cell) };
        },
        undefined,
      );
    default:
      return numeric(municipal.places, (place) => ({ figure: place[result] }), undefined);
  }
}
