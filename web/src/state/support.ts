/* SPDX-License-Identifier: GPL-3.0-or-later
 * What would make a cluster eligible, which support goes together, and who could sell what is bought outside: the tables of `repair`,
 * `support` and `scouting` put together as they are read. */
import type { Figure, Series } from './series';

const rowsOf = (series: Series | undefined): number[] => Array.from({ length: series?.rows ?? 0 }, (_, row) => row);

export interface Move {
  kind: string;
  firm: string;
  counterparty: string;
  product: string;
  facility: string;
  /** As its table calls it; of what was found, nothing. */
  candidate: string;
  amount: Figure;
  cost: Figure;
  /** Criteria that would not be met without it. */
  why: string[];
}

export const readMoves = (series: Series | undefined): Move[] =>
  rowsOf(series).map((row) => {
    const text = (column: string) => series?.text(column, row) ?? '';
    const figure = (column: string) => (series as Series).figure(column, row);
    return {
      kind: text('kind'), firm: text('firm'), counterparty: text('counterparty'), product: text('product'), facility: text('facility'), candidate: text('candidate'),
      amount: figure('amount'), cost: figure('cost'), why: text('why').split(/[\s,]+/).filter((one) => one !== ''),
    };
  });

export interface Limit {
  term: string;
  relation: string;
  value: number | null;
  /** Whose amounts count together: project, applicant, all. */
  each: string;
  clause: string;
  confidence: string;
  missing: string;
}
export interface Planned {
  measure: string;
  project: string;
  amount: Figure;
  rate: number | null;
  term: number | null;
  benefit: Figure;
  confidence: string;
  /** Not all of its clauses are known to be met. */
  uncertain: boolean;
  limits: Limit[];
}
export interface Combination {
  alternative: string;
  benefit: number | null;
  bound: number | null;
  proven: boolean;
  loss: number | null;
  plan: Planned[];
}

/** A condition of a measure that is not met, as it is judged. */
export interface Failing {
  target: string;
  relation: string;
  value: number | null;
  required: number | null;
  clause: string;
}

export const readFailing = (criteria: Series | undefined, project: string, measure: string, lang: string): Failing[] =>
  rowsOf(criteria).flatMap((row) =>
    criteria?.text('project', row) === project && criteria.text('measure', row) === measure && criteria.text('verdict', row) === 'not-met'
      ? [{
          target: criteria.text('target', row), relation: criteria.text('relation', row), value: criteria.number('value', row),
          required: criteria.number('required', row), clause: criteria.textIn(lang, 'clause', row),
        }]
      : [],
  );

/** Combinations, the best first, each with its measures, and what of the amount's limits each measure has. */
export function readCombinations(combinations: Series | undefined, plan: Series | undefined, limits: Series | undefined, lang: string): Combination[] {
  const limitsOf = (project: string, measure: string): Limit[] =>
    rowsOf(limits).flatMap((row) => {
      if (!limits || limits.text('measure', row) !== measure || limits.text('target', row) !== 'amount') return [];
      if (limits.text('project', row) !== project && limits.text('project', row) !== '') return [];
      return [{
        term: limits.text('term', row), relation: limits.text('relation', row), value: limits.number('value', row), each: limits.text('each', row),
        clause: limits.textIn(lang, 'clause', row), confidence: limits.text('confidence', row), missing: limits.text('missing', row),
      }];
    });
  return rowsOf(combinations).map((at) => {
    const alternative = combinations?.text('alternative', at) ?? '';
    const own = rowsOf(plan).filter((row) => plan?.text('alternative', row) === alternative);
    return {
      alternative,
      benefit: combinations?.number('benefit', at) ?? null, bound: combinations?.number('bound', at) ?? null,
      proven: combinations?.text('proven', at) === 'yes', loss: combinations?.number('loss', at) ?? null,
      plan: plan
        ? own.map((row) => {
            const [measure, project] = [plan.text('measure', row), plan.text('project', row)];
            return {
              measure, project, amount: plan.figure('amount', row), rate: plan.number('rate', row), term: plan.number('term', row),
              benefit: plan.figure('benefit', row), confidence: plan.text('confidence', row), uncertain: plan.text('verdict', row) === 'not-enough-evidence',
              limits: limitsOf(project, measure),
            };
          })
        : [],
    };
  });
}

export interface Purchase {
  buyer: string;
  product: string;
  amount: number | null;
  contracts: number | null;
  /** Rows of the table of candidates, the best first. */
  candidates: number[];
}

/** Purchases outside the cluster, the largest first, each with who could take it over. */
export function readPurchases(purchases: Series | undefined, candidates: Series | undefined): Purchase[] {
  const by = new Map<string, number[]>();
  for (const row of rowsOf(candidates)) {
    const id = `${candidates?.text('buyer', row)}\n${candidates?.text('product', row)}`;
    by.set(id, [...(by.get(id) ?? []), row]);
  }
  const rank = (row: number) => candidates?.number('rank', row) ?? Infinity;
  return rowsOf(purchases)
    .map((row) => {
      const [buyer, product] = [purchases?.text('buyer', row) ?? '', purchases?.text('product', row) ?? ''];
      return {
        buyer, product, amount: purchases?.number('amount', row) ?? null, contracts: purchases?.number('contracts', row) ?? null,
        candidates: (by.get(`${buyer}\n${product}`) ?? []).sort((a, b) => rank(a) - rank(b)),
      };
    })
    .filter((one) => one.candidates.length > 0)
    .sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0));
}
