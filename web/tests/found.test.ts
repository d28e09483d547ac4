/* SPDX-License-Identifier: GPL-3.0-or-later
 * Clusters that were found, rows that may be one firm, and what repairs, support and purchases come to. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/api/client';
import { lackResults, readFound, readLacks, readPrinciples, readTypes } from '../src/state/found';
import { beside, largeGroups, readPairs } from '../src/state/pairs';
import { applicationUses } from '../src/state/status';
import { readCombinations, readFailing, readMoves, readPurchases } from '../src/state/support';
import { column, series } from './support';

const result = (id: string, analysis: string, first: { dataset?: string; where?: Record<string, string> } = {}, tables: Dataset['tables'] = []): Dataset => ({
  id, kind: 'result', tables, provenance: { analysis, inputs: [{ input: 'input', ...first }] },
});

describe('a cluster that was found', () => {
  const table = series('r', 'clusters', [
    column('cluster', ['a', 'b']), column('region', ['1', '1']), column('name', ['10.1; 10.5', null]), column('stars', [1, null]), column('stars_of', [2, 0]),
    column('star_size', [1, null]), column('star_focus', [null, null]), column('star_dynamism', [0, null]), column('principles', ['chain mixed', null]),
    column('core', ['none', 'patents institutions']), column('core_of', [2, 2]), column('withheld', [3, 0]), column('employment', [10, 5]), column('group', ['g', 'g']),
  ]);
  const [a, b] = readFound(table);
  it('has the stars that could be given, which may be fewer than five', () => {
    expect(a?.star).toEqual([{ of: 'size', has: true }, { of: 'dynamism', has: false }]);
    expect([b?.stars, b?.star, b?.name]).toEqual([null, [], 'b']);
  });
  it('tells what was found from what was not looked for', () => {
    expect([a?.principles, b?.principles]).toEqual([['chain', 'mixed'], []]);
    expect([a?.core, a?.coreOf, b?.core]).toEqual([[], 2, ['patents', 'institutions']]);
  });
  it('is one row of its region: an opened figure is its own', () => {
    expect(b?.figures.employment?.ref.key).toEqual({ cluster: 'b', region: '1' });
    expect(table.find(b?.figures.employment?.ref.key ?? {})).toBe(1);
  });
  it('has a kind, and the principles of that kind only', () => {
    const types = readTypes(series('r', 'types', [column('cluster', ['a']), column('name', ['Food']), column('traded', ['local']), column('principles', ['chain']), column('principle_margin', [1.5])]));
    expect(types).toEqual([{ cluster: 'a', name: 'Food', traded: 'local', principles: ['chain'], margin: 1.5 }]);
    expect(readTypes(undefined)).toEqual([]);
    const principles = series('r', 'principles', [column('cluster', ['a', 'b', 'a']), column('principle', ['chain', 'chain', 'market']), column('score', [0.5, 0.1, null]), column('z', [3, 0, null]), column('label', ['yes', 'no', 'no'])]);
    expect(readPrinciples(principles, 'a').map((one) => [one.principle, one.label, one.z])).toEqual([['chain', true, 3]]);
  });
  it('lacks evidence, each piece with what it is for', () => {
    const missing = series('s', 'missing', [column('cluster', ['a/1', 'a/1', 'b/1', 'a/1']), column('criterion', ['x', 'y', 'x', 'x']), column('evidence', ['firms', 'firms', 'firms', 'facts'])]);
    const criteria = series('s', 'criteria', [column('cluster', ['a/1', 'a/1']), column('criterion', ['x', 'y']), column('title_en', ['Ex', 'Why']), column('title_ru', ['Икс', null])]);
    expect(readLacks(missing, criteria, 'a/1', 'ru')).toEqual([{ evidence: 'firms', criteria: ['Икс', 'Why'] }, { evidence: 'facts', criteria: ['Икс'] }]);
  });
  it('is asked about in results of its own', () => {
    const all = [result('whole', 'status', { dataset: 'r/clusters' }), result('own', 'status', { dataset: 'r', where: { cluster: 'a', region: '1' } }), result('other', 'status', { dataset: 'r', where: { cluster: 'b' } }), result('members', 'status', { dataset: 'participants' })];
    expect(lackResults(all, 'r', { cluster: 'a', region: '1' }).map(({ id }) => id)).toEqual(['own', 'whole']);
  });
});

describe('rows that may be one firm', () => {
  it('are read with their reason', () => {
    const [pair] = readPairs(series('d', 'pairs', [column('firm_a', ['F1']), column('firm_b', ['F2']), column('because', ['same-inn']), column('confidence', ['certain']), column('similarity', [1]), column('same_address', [null]), column('name_a', ['A']), column('name_b', ['B'])]));
    expect(pair).toEqual({ a: 'F1', b: 'F2', nameA: 'A', nameB: 'B', because: 'same-inn', confidence: 'certain', similarity: 1, sameAddress: '' });
  });
  it('are set side by side, what neither tells left out', () => {
    const [one, two] = [series('f', 'f', [column('name', ['A']), column('inn', ['1']), column('kpp', [null]), column('size', [3])]), series('f', 'f', [column('name', ['B']), column('inn', ['1']), column('kpp', [null])])];
    expect(beside(['name', 'inn', 'kpp', 'size'], one as never, two as never).map(({ column: name, are }) => [name, are])).toEqual([['name', 'different'], ['inn', 'same'], ['size', 'alone']]);
  });
  it('make groups, of which those of two are pairs already', () => {
    const groups = series('d', 'groups', [column('group', ['1', '1', '2', '2', '2']), column('firm', ['a', 'b', 'c', 'd', 'e'])]);
    expect(largeGroups(groups)).toEqual([['c', 'd', 'e']]);
  });
});

describe('what an application is made from', () => {
  const summary = (rows: number): Dataset['tables'] => [{ name: 'summary', rows, columns: [] }];
  it('is the newest status of its cluster, else of all, never of groups found in figures', () => {
    const all = [result('all', 'status', {}, summary(4)), result('own', 'status', { where: { cluster: 'K' } }, summary(1)), result('found', 'status', {}, summary(0)), result('io', 'regionalise'), result('later', 'regionalise')];
    expect(applicationUses(all, 'K')).toEqual(['status=own', 'regionalise=later']);
    expect(applicationUses(all, 'L')).toEqual(['status=all', 'regionalise=later']);
    expect(applicationUses([], 'K')).toEqual([]);
  });
});

describe('what a cluster could do', () => {
  it('moves, each with what it is for', () => {
    const [move] = readMoves(series('r', 'changes', [column('kind', ['contract']), column('firm', ['S']), column('counterparty', ['B']), column('product', ['25']), column('amount', [25]), column('cost', [2.5]), column('why', ['participant-share, contracts'])]));
    expect([move?.firm, move?.counterparty, move?.cost.value, move?.why]).toEqual(['S', 'B', 2.5, ['participant-share', 'contracts']]);
    const [built] = readMoves(series('r', 'changes', [column('kind', ['facility']), column('amount', [null]), column('cost', [5]), column('why', ['technology']), column('candidate', ['park']), column('facility', ['technology'])]));
    expect([built?.candidate, built?.facility]).toEqual(['park', 'technology']);
    expect(readMoves(undefined)).toEqual([]);
  });
  it('combinations, each with its own measures and their limits of the amount', () => {
    const combinations = series('s', 'combinations', [column('alternative', [1, 2]), column('benefit', [40, 30]), column('bound', [40, 30]), column('proven', ['yes', 'no']), column('loss', [0, 10])]);
    const plan = series('s', 'plan', [column('project', ['p', 'p']), column('measure', ['flat', 'loan']), column('alternative', [1, 2]), column('amount', [40, 70]), column('verdict', ['not-enough-evidence', 'met']), column('rate', [null, 0.05])]);
    const limits = series('s', 'limits', [column('project', ['p', 'p', 'q']), column('measure', ['flat', 'loan', 'flat']), column('target', ['amount', 'rate', 'amount']), column('relation', ['at-most', 'is', 'at-most']), column('value', [40, 0.05, 1]),
      column('clause', ['Act 1', 'Act 1', 'Act 1']), column('clause_ru', ['Закон 1', '', ''])]);
    const all = readCombinations(combinations, plan, limits, 'ru');
    expect(['ru', 'en'].map((lang) => readCombinations(combinations, plan, limits, lang)[0]?.plan[0]?.limits[0]?.clause)).toEqual(['Закон 1', 'Act 1']);
    expect(all.map((one) => [one.proven, one.plan.map((part) => [part.measure, part.uncertain, part.limits.map(({ value }) => value)])])).toEqual([[true, [['flat', true, [40]]]], [false, [['loan', false, []]]]]);
  });
  it('conditions of a measure that are not met', () => {
    const criteria = series('s', 'criteria', [column('project', ['p', 'p', 'q']), column('measure', ['m', 'm', 'm']), column('verdict', ['not-met', 'met', 'not-met']), column('target', ['budget', 'pledge', 'budget']),
      column('relation', ['at-least', 'at-least', 'at-least']), column('value', [10, 1, 3]), column('required', [125, 1, 125]), column('clause', ['Act 1', 'Act 1', 'Act 1'])]);
    expect(readFailing(criteria, 'p', 'm', 'ru')).toEqual([{ target: 'budget', relation: 'at-least', value: 10, required: 125, clause: 'Act 1' }]);
    expect(readFailing(undefined, 'p', 'm', 'ru')).toEqual([]);
  });
  it('purchases that somebody could take over, the largest first', () => {
    const purchases = series('s', 'purchases', [column('buyer', ['A', 'A', 'B']), column('product', ['1', '2', '1']), column('amount', [5, 9, 7]), column('contracts', [1, 1, 2])]);
    const candidates = series('s', 'candidates', [column('buyer', ['A', 'B', 'B']), column('product', ['1', '1', '1']), column('candidate', ['x', 'y', 'z']), column('rank', [1, 2, 1])]);
    expect(readPurchases(purchases, candidates).map((one) => [one.buyer, one.candidates])).toEqual([['B', [2, 1]], ['A', [0]]]);
  });
});
