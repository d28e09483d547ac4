/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of the page is in its URL: the choices in the query, the opened figure in the fragment. Pure, so that a link
 * read back is the link that was written. */
import type { Lang } from './format';
import { readMeasure, writeMeasure, type Measure } from './measures';
import type { CellRef, Derived } from './series';
import { readZoom, WHOLE, writeZoom, type Zoom } from './zoom';

export const RESULTS = ['top', 'lq', 'share', 'krugman', 'herfindahl', 'employees'] as const;
export type Result = (typeof RESULTS)[number];

export const LEVELS = ['regions', 'places'] as const;
export type Level = (typeof LEVELS)[number];

export interface Choice {
  lang: Lang | undefined;
  result: Result;
  section: string;
  place: string;
  measure: 'output' | 'value_added';
  /** What the map of all regions shows (undefined: what the page chooses), which one is chosen, and which are listed. */
  country: Measure | undefined;
  region: string;
  filter: string;
  /** The two maps beside each other. */
  level: Level;
  left: Measure | undefined;
  right: Measure | undefined;
  classes: 'own' | 'same';
  zoom: Zoom;
  /** The analysis whose form is open, the result that is shown, and the older one beside it (empty: what the page chooses). */
  analysis: string;
  outcome: string;
  than: string;
  /** Words that firms are looked for with, the firm whose card is open, the cluster whose card is open, as of which day, and
   * whether its application is (yes). */
  find: string;
  firm: string;
  cluster: string;
  day: string;
  application: string;
  /** The result whose clusters are listed (empty: the newest), and the one that is open: cluster/region. */
  found: string;
  group: string;
}

export interface Opened {
  ref: CellRef;
  derived: Derived | undefined;
}

export function readQuery(query: string): Choice {
  const given = new URLSearchParams(query);
  const lang = given.get('lang');
  const result = given.get('show') as Result | null;
  return {
    lang: lang === 'ru' || lang === 'en' ? lang : undefined,
    result: result && RESULTS.includes(result) ? result : 'top',
    section: given.get('section') ?? '',
    place: given.get('place') ?? '',
    measure: given.get('measure') === 'value_added' ? 'value_added' : 'output',
    country: readMeasure(given.get('regions')),
    region: given.get('region') ?? '',
    filter: given.get('filter') ?? '',
    level: given.get('compare') === 'places' ? 'places' : 'regions',
    left: readMeasure(given.get('left')),
    right: readMeasure(given.get('right')),
    classes: given.get('classes') === 'same' ? 'same' : 'own',
    zoom: given.has('zoom') ? readZoom(given.get('zoom')) : WHOLE,
    analysis: given.get('analysis') ?? '',
    outcome: given.get('result') ?? '',
    than: given.get('than') ?? '',
    find: given.get('find') ?? '',
    firm: given.get('firm') ?? '',
    cluster: given.get('cluster') ?? '',
    application: given.get('application') === 'yes' ? 'yes' : '',
    found: given.get('found') ?? '',
    group: given.get('group') ?? '',
    day: /^\d{4}-\d\d-\d\d$/.exec(given.get('day') ?? '')?.[0] ?? '',
  };
}

/** Choices at their default are left out, so that a fresh page has a short address. */
export function writeQuery(choice: Choice): string {
  const out = new URLSearchParams();
  if (choice.lang) out.set('lang', choice.lang);
  if (choice.result !== 'top') out.set('show', choice.result);
  if (choice.section && (choice.result === 'lq' || choice.result === 'share')) out.set('section', choice.section);
  if (choice.place) out.set('place', choice.place);
  if (choice.measure !== 'output') out.set('measure', choice.measure);
  if (choice.country) out.set('regions', writeMeasure(choice.country));
  if (choice.region) out.set('region', choice.region);
  if (choice.filter) out.set('filter', choice.filter);
  if (choice.level !== 'regions') out.set('compare', choice.level);
  if (choice.left) out.set('left', writeMeasure(choice.left));
  if (choice.right) out.set('right', writeMeasure(choice.right));
  if (choice.classes !== 'own') out.set('classes', choice.classes);
  if (choice.zoom.k !== 1) out.set('zoom', writeZoom(choice.zoom));
  if (choice.analysis) out.set('analysis', choice.analysis);
  if (choice.outcome) out.set('result', choice.outcome);
  if (choice.outcome && choice.than) out.set('than', choice.than);
  for (const name of ['find', 'firm', 'cluster', 'day', 'application', 'found', 'group'] as const) if (choice[name]) out.set(name, choice[name]);
  const text = out.toString();
  return text ? `?${text}` : '';
}

const OWN = ['d', 't', 'c', 'as'];

export function writeFragment(opened: Opened): string {
  const out = new URLSearchParams({ d: opened.ref.dataset, t: opened.ref.table, c: opened.ref.column });
  if (opened.derived) out.set('as', opened.derived);
  for (const [name, value] of Object.entries(opened.ref.key)) out.set(`k.${name}`, value);
  return `#${out.toString()}`;
}

export function readFragment(fragment: string): Opened | undefined {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const [dataset, table, column, as] = OWN.map((name) => given.get(name));
  if (!dataset || !table || !column) return undefined;
  const key: Record<string, string> = {};
  for (const [name, value] of given) if (name.startsWith('k.')) key[name.slice(2)] = value;
  return { ref: { dataset, table, column, key }, derived: as === 'share' || as === 'rank' ? as : undefined };
}
