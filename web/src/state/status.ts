/* SPDX-License-Identifier: GPL-3.0-or-later
 * Analyses of one cluster of the registry: which dataset is which input, and the criteria that come of it. */
import type { Analysis, Dataset } from '../api/client';
import { blank, check, type Draft, type Fault, type Source } from './form';
import type { Lang } from './format';
import type { Holders } from './registered';
import type { Figure, Series } from './series';

/** Those that are asked about a cluster as a whole, in the order in which one follows from another. */
export const ABOUT_CLUSTER = ['status', 'repair', 'support', 'scouting'] as const;
export type AboutCluster = (typeof ABOUT_CLUSTER)[number];

/** Which kind the first input of each is; the others are called as their kinds, but for these. */
const FIRST: Record<AboutCluster, string> = { status: 'participants', repair: 'participants', support: 'projects', scouting: 'participants' };
const CALLED: Record<string, string> = { accounts: 'firm-accounts' };

export const offered = (analyses: readonly Analysis[]): AboutCluster[] => ABOUT_CLUSTER.filter((id) => analyses.some((one) => one.id === id));

/** The form of an analysis, filled in for one cluster as of a day; `verdicts` is the table that tells which clusters are eligible. */
export function clusterDraft(analysis: Analysis, all: Holders, about: { cluster: string; day: string; verdicts: string }): Draft {
  const draft = blank(analysis, []);
  analysis.inputs.forEach((input, i) => {
    const filled = draft.inputs[input.name];
    const kind = i === 0 ? FIRST[analysis.id as AboutCluster] : (CALLED[input.name] ?? input.name);
    if (!filled) return;
    if (input.name === 'verdicts') filled.source = about.verdicts;
    else if (all[kind]) filled.source = `#${all[kind].id}`;
  });
  if (draft.values.date) draft.values.date = [about.day];
  draft.rest = [{ name: 'where', value: `cluster=${about.cluster}` }];
  return draft;
}

/** Inputs that it cannot do without and the workspace does not have. */
export const lacking = (analysis: Analysis, draft: Draft, sources: readonly Source[]): string[] =>
  check(analysis, draft, sources).filter((fault: Fault) => fault.field.startsWith('input.')).map((fault) => fault.field.slice('input.'.length));

/** Results of an analysis about a cluster, the newest first. */
export function resultsOf(datasets: Iterable<Dataset>, analysis: string, cluster: string): Dataset[] {
  const about = ({ provenance }: Dataset) => provenance.analysis === analysis && provenance.inputs?.[0]?.where?.cluster === cluster;
  return [...datasets].filter(about).reverse();
}

/** Which results an application is made from where there are several: the newest status of that cluster, else of all of them. */
export function applicationUses(datasets: readonly Dataset[], cluster: string): string[] {
  const whole = (analysis: string) => [...datasets].reverse().filter(({ provenance }) => provenance.analysis === analysis);
  /* Groups that were found in figures have no verdict, and so no summary. */
  const isOfAll = ({ provenance, tables }: Dataset) =>
    provenance.inputs?.[0]?.where?.cluster === undefined && tables.some(({ name, rows }) => name === 'summary' && rows > 0);
  const status = resultsOf(datasets, 'status', cluster)[0] ?? whole('status').find(isOfAll) ?? whole('status')[0];
  return [['status', status], ['regionalise', whole('regionalise')[0]], ['multipliers', whole('multipliers')[0]]].flatMap(
    ([analysis, one]) => (one ? [`${String(analysis)}=${(one as Dataset).id}`] : []),
  );
}

export const dayOf = ({ provenance }: Dataset): string => String(provenance.parameters?.date ?? '');

export const VERDICTS = ['met', 'not-met', 'not-enough-evidence', 'no-rule'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Criterion {
  id: string;
  title: string;
  verdict: Verdict;
  compare: string;
  value: Figure;
  lo: Figure;
  hi: Figure;
  required: Figure;
  unit: string;
  clause: string;
  confidence: string;
  evidence: string;
  note: string;
  source: string;
}

/** Of one cluster, in the order of the result. */
export function readCriteria(series: Series | undefined, cluster: string, lang: Lang): Criterion[] {
  const out: Criterion[] = [];
  for (let row = 0; series && row < series.rows; row += 1) {
    if (series.text('cluster', row) !== cluster) continue;
    const text = (column: string) => series.text(column, row);
    const own = (column: string) => series.textIn(lang, column, row);
    const unit = text('unit');
    const figure = (column: string): Figure => ({ ...series.figure(column, row), unit });
    const verdict = text('verdict') as Verdict;
    out.push({
      id: text('criterion'),
      title: text(`title_${lang}`) || text('title_en') || text('title_ru') || text('criterion'),
      verdict: VERDICTS.includes(verdict) ? verdict : 'not-enough-evidence',
      compare: text('compare'),
      value: figure('value'), lo: figure('lo'), hi: figure('hi'), required: figure('required'),
      unit,
      clause: own('clause'), confidence: text('confidence'), evidence: text('evidence'), note: own('note'), source: own('source'),
    });
  }
  return out;
}

/** What a participant sold to others of its cluster in the period, as a share of its revenue; bounds where the evidence allows more. */
export interface Share {
  firm: string;
  verdict: string;
  vat: string;
  period: string;
  contracts: number | null;
  revenue: number | null;
  share: [low: number | null, high: number | null];
  within: [low: number | null, high: number | null];
}

export function readShares(series: Series | undefined, cluster: string): Share[] {
  const out: Share[] = [];
  for (let row = 0; series && row < series.rows; row += 1) {
    if (series.text('cluster', row) !== cluster) continue;
    const text = (column: string) => series.text(column, row);
    const number = (column: string) => series.number(column, row);
    out.push({
      firm: text('firm'), verdict: text('verdict'), vat: text('vat'), period: text('period'), contracts: number('contracts'), revenue: number('output'),
      share: [number('lo'), number('hi')], within: [number('within_lo'), number('within_hi')],
    });
  }
  return out;
}

/** A span of a share in words: one value, two bounds, or only the lower one; empty where nothing is known. */
export function spanWords([low, high]: Share['share'], write: (value: number) => string, least: (low: string) => string): string {
  if (low === null) return '';
  if (high === null) return least(write(low));
  return low === high ? write(low) : `${write(low)}–${write(high)}`;
}

/** How many criteria have each verdict, those that none has left out. */
export function tally(criteria: readonly Criterion[]): { verdict: Verdict; count: number }[] {
  return VERDICTS.map((verdict) => ({ verdict, count: criteria.filter((one) => one.verdict === verdict).length })).filter(({ count }) => count > 0);
}

/** What a verdict rests on, piece by piece: a table that was there or not, how many are known, what it is about, or that it is
 * not known whether the rule's condition holds. */
export type Evidence =
  | { of: 'table' | 'no-table' | 'about'; name: string }
  | { of: 'known'; known: number; all: number }
  | { of: 'condition' };

export function readEvidence(text: string): Evidence[] {
  return text.split('; ').filter((one) => one !== '').map((one): Evidence => {
    const [name = '', value] = one.split('=');
    const known = name === 'known' ? /^(\d+)\/(\d+)$/.exec(value ?? '') : null;
    if (known) return { of: 'known', known: Number(known[1]), all: Number(known[2]) };
    if (name === 'of') return { of: 'about', name: value ?? '' };
    if (name === 'condition') return { of: 'condition' };
    return { of: value === 'none' ? 'no-table' : 'table', name };
  });
}
