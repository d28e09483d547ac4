/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who of a cluster sells to whom, as a square of suppliers and buyers: the largest of each, and what is left of the rest. */
import type { Card } from '../api/rows';

export type Pair = Card['cooperation'][number];
export interface Party {
  firm: string;
  name: string;
  amount: number;
}
export interface Matrix {
  suppliers: Party[];
  buyers: Party[];
  cell: (supplier: string, buyer: string) => Pair | undefined;
  /** 0 to 4: how much of the largest amount, in steps of a third of the one before. */
  step: (pair: Pair) => number;
  /** Pairs that are not in the square. */
  left: number;
}

export const amountOf = (pair: Pair): number => pair.amount ?? 0;

function parties(pairs: readonly Pair[], side: 'supplier' | 'buyer'): Party[] {
  const found = new Map<string, Party>();
  for (const pair of pairs) {
    const firm = pair[side];
    const party = found.get(firm) ?? { firm, name: pair[`${side}_name`] ?? firm, amount: 0 };
    party.amount += amountOf(pair);
    found.set(firm, party);
  }
  return [...found.values()].sort((a, b) => b.amount - a.amount || a.firm.localeCompare(b.firm));
}

const STEPS = 5;
const RATIO = 3;

export function matrix(pairs: readonly Pair[], most: number): Matrix {
  const suppliers = parties(pairs, 'supplier').slice(0, most);
  const buyers = parties(pairs, 'buyer').slice(0, most);
  const known = new Map(pairs.map((pair) => [JSON.stringify([pair.supplier, pair.buyer]), pair]));
  const cell = (supplier: string, buyer: string) => known.get(JSON.stringify([supplier, buyer]));
  const largest = Math.max(0, ...pairs.map(amountOf));
  const step = (pair: Pair): number => {
    const amount = amountOf(pair);
    if (amount <= 0 || largest <= 0) return 0;
    return Math.max(0, STEPS - 1 - Math.floor(Math.log(largest / amount) / Math.log(RATIO) + 1e-9));
  };
  const shown = suppliers.reduce((sum, { firm }) => sum + buyers.filter((buyer) => cell(firm, buyer.firm)).length, 0);
  return { suppliers, buyers, cell, step, left: pairs.length - shown };
}
