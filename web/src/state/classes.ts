/* SPDX-License-Identifier: GPL-3.0-or-later
 * How results become classes of colour. Quotients have fixed breaks, symmetric around 1 on a log scale, so that the
 * same colour means the same in every section; other results are cut into equal counts at rounded breaks. */
import type { Result } from './address';
import { topGroups } from './headline';
import { shareOf, type Municipal } from './municipal';
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
  /** Its name, where it is neither. */
  label?: string;
  count: number;
}

/** unsure: chance alone can explain the difference from 1. unstable: what the source leaves blank decides. likely: it hardly
 * does. */
export type Doubt = '' | 'unsure' | 'likely' | 'unstable';

export function doubtOf(cell: Quotient | undefined): Doubt {
  switch (cell?.sureness) {
    case 'around':
    case 'small':
      return 'unsure';
    case 'likely-above':
    case 'likely-below':
      return 'likely';
    case 'unstable':
      return 'unstable';
    default:
      return '';
  }
}

export interface Paint {
  /** The style class of the fill: d0..d4 diverging, s0..s4 sequential, q0..q8 sections, none or missing. */
  fill: string;
  figure: Figure | undefined;
  cell: Quotient | undefined;
  doubt: Doubt;
}

export const noDoubts = () => ({ unsure: 0, likely: 0, unstable: 0 });

export interface Colouring {
  classes: Class[];
  missing: number;
  none: number;
  doubts: Record<Exclude<Doubt, ''>, number>;
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

/** The style class of letters that stand on a fill: on hues and on the strongest steps they change colour. */
export function lettersOn(fill: string): '' | 'on-q' | 'on-deep' {
  if (fill.startsWith('q')) return 'on-q';
  return ['d0', 'd4', 's3', 's4'].includes(fill) ? 'on-deep' : '';
}

export interface Value {
  id: string;
  figure: Figure | undefined;
  cell?: Quotient | undefined;
}

/** Values in classes of colour: around 1 where the breaks are those of quotients, from little to much otherwise. Without
 * `breaks` they are cut into equal counts. */
export function classed(values: readonly Value[], breaks: number[] = breaksFor(values)): Colouring {
  const around = breaks === QUOTIENT_BREAKS;
  // Fewer than five classes still span the palette from its lightest to its darkest step.
  const step = around || breaks.length === 0 ? 1 : 4 / breaks.length;
  const classes: Class[] = [];
  for (let i = 0; i <= breaks.length; i += 1) {
    classes.push({ id: `${around ? 'd' : 's'}${Math.round(i * step)}`, low: breaks[i - 1], high: breaks[i], count: 0 });
  }
  const paint = new Map<string, Paint>();
  const out: Colouring = { classes, missing: 0, none: 0, doubts: noDoubts(), paint };
  for (const { id, figure, cell } of values) {
    if (figure?.value === null || figure?.value === undefined) {
      out.missing += 1;
      paint.set(id, { fill: 'missing', figure, cell, doubt: '' });
      continue;
    }
    const found = classes[classOf(figure.value, breaks)];
    const doubt = doubtOf(cell);
    if (found) found.count += 1;
    if (doubt) out.doubts[doubt] += 1;
    paint.set(id, { fill: found?.id ?? 'missing', figure, cell, doubt });
  }
  return out;
}

/** Breaks at equal counts of all the values given: of one map, or of two that share their classes. */
export function breaksFor(...maps: (readonly Value[])[]): number[] {
  const known = maps.flat().map((one) => one.figure?.value);
  return equalCountBreaks(known.filter((value) => value !== null && value !== undefined));
}

function categorical(municipal: Municipal): Colouring {
  const { groups, none } = topGroups(municipal);
  const paint = new Map<string, Paint>();
  const classes = groups.map((group, index) => {
    const id = `q${Math.min(index, HUES)}`;
    for (const place of group.places) {
      paint.set(place.id, { fill: id, figure: place.top?.lq, cell: place.top, doubt: '' });
    }
    return { id, section: group.section, count: group.places.length };
  });
  for (const place of none) paint.set(place.id, { fill: 'none', figure: undefined, cell: undefined, doubt: '' });
  return { classes, missing: 0, none: none.length, doubts: noDoubts(), paint };
}

export function colouring(municipal: Municipal, result: Result, section: string): Colouring {
  if (result === 'top') return categorical(municipal);
  const values = municipal.places.map((place): Value => {
    const { id } = place;
    if (result !== 'lq' && result !== 'share') return { id, figure: place[result] };
    const cell = place.cells.find((one) => one.industry === section);
    return result === 'lq' ? { id, figure: cell?.lq, cell } : { id, figure: cell && shareOf(place, cell) };
  });
  return classed(values, result === 'lq' ? QUOTIENT_BREAKS : undefined);
}
