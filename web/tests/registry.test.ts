/* SPDX-License-Identifier: GPL-3.0-or-later
 * Registries: which dataset holds what, forms made of kinds, histories, who sells to whom, and the verdicts on a cluster. */
import { describe, expect, it } from 'vitest';
import described from '../../schemas/analyses.json';
import type { Analysis, Dataset } from '../src/api/client';
import type { Kind } from '../src/api/imports';
import { contents } from '../src/state/contents';
import { sourcesOf } from '../src/state/form';
import { readHistory } from '../src/state/history';
import { matrix, type Pair } from '../src/state/matrix';
import { checkRecord, concerns, emptyRecord, isUnchanged, keyOf, knownOf, recordOf, valuesOf, wholeKeyOf } from '../src/state/record';
import { doneBy, hasColumn, holderOf, holders, spentOf, standing } from '../src/state/registered';
import { clusterDraft, lacking, offered, readCriteria, readEvidence, readShares, resultsOf, spanWords, tally } from '../src/state/status';
import { column, series } from './support';

const dataset = (id: string, kind: string, more: Partial<Dataset> = {}): Dataset => ({ id, kind, tables: [{ name: id, rows: 1, columns: [] }], provenance: {}, ...more });
const role = (name: string, need: string, type = 'text', domain = 'any', unit = '') => ({ name, need, type, domain, unit });
const participants: Kind = {
  id: 'participants', about: 'registry', shape: 'tidy',
  roles: [role('cluster', 'key'), role('firm', 'key'), role('role', 'optional'), role('since', 'optional', 'text', 'date')],
};
const projects: Kind = {
  id: 'projects', about: 'registry', shape: 'tidy',
  roles: [role('project', 'key'), role('name', 'required'), role('budget', 'optional', 'number', 'not-negative', 'rub'), role('finish', 'optional', 'text', 'date')],
};

describe('which dataset holds a kind', () => {
  it('is the one that is called so, else the only one', () => {
    const all = holders([dataset('mine', 'firms'), dataset('contracts', 'contracts'), dataset('older', 'contracts'), dataset('a', 'staff'), dataset('b', 'staff')]);
    expect([all.firms?.id, all.contracts?.id, all.staff]).toEqual(['mine', 'contracts', undefined]);
    expect([holderOf('firms', all), holderOf('clusters', all)]).toEqual(['mine', 'clusters']);
  });
  it('does not depend on the order', () => {
    expect(holders([dataset('older', 'contracts'), dataset('contracts', 'contracts')]).contracts?.id).toBe('contracts');
  });
  it('has the columns it has', () => {
    const firms = dataset('firms', 'firms', { tables: [{ name: 'firms', rows: 1, columns: [{ name: 'firm', type: 'text', unit: '' }] }] });
    expect([hasColumn(firms, 'firm'), hasColumn(firms, 'region'), hasColumn(undefined, 'firm')]).toEqual([true, false, false]);
  });
  it('says where the parts of the page about them stand', () => {
    expect(contents({ firms: true, registry: true })).toEqual(['firms', 'registry', 'import', 'analyses', 'data']);
    expect(contents({})).toEqual(['import', 'analyses', 'data']);
  });
});

describe('what was promised, as of a day', () => {
  it('is done on that day or before; what is done later is still open', () => {
    const one = { done: '2024-08-13', late: false };
    expect([standing(one, '2024-06-01'), standing(one, '2024-08-13'), standing({ done: null, late: false }, '2024-06-01')]).toEqual(['open', 'done', 'open']);
    expect(standing({ done: '2024-08-13', late: true }, '2024-08-01')).toBe('late');
    expect([doneBy(one, '2024-06-01'), doneBy(one, '2025-01-01'), doneBy({}, '2025-01-01')]).toEqual(['', '2024-08-13', '']);
  });
});

describe('a form made of a kind', () => {
  it('asks only for what such a row has', () => {
    expect(['candidate', 'firm', 'supplier', 'kind'].filter((role) => concerns('candidates', role, { what: 'facility' }))).toEqual(['candidate', 'kind']);
    expect(['firm', 'kind'].filter((role) => concerns('candidates', role, { what: '' }))).toEqual([]);
    expect(concerns('facilities', 'kind', {})).toBe(true);
  });
  it('of a new row sends what was filled in, with the key', () => {
    const draft = { ...emptyRecord(participants, { cluster: 'C1' }), firm: ' F1 ', role: 'maker' };
    expect(checkRecord(participants, draft)).toEqual({});
    expect(valuesOf(participants, draft, undefined)).toEqual([{ name: 'cluster', value: 'C1' }, { name: 'firm', value: 'F1' }, { name: 'role', value: 'maker' }]);
  });
  it('of a row that is there sends its key and what is another', () => {
    const before = recordOf(projects, series('projects', 'projects', [column('project', ['P1']), column('name', ['Loom']), column('budget', [1500]), column('finish', [null])]), 0);
    expect(before).toEqual({ project: 'P1', name: 'Loom', budget: '1500', finish: '' });
    expect(isUnchanged(projects, valuesOf(projects, before, before))).toBe(true);
    const values = valuesOf(projects, { ...before, budget: '2500,5', finish: '2027-01-01' }, before);
    expect(values).toEqual([{ name: 'project', value: 'P1' }, { name: 'budget', value: '2500.5' }, { name: 'finish', value: '2027-01-01' }]);
    expect(valuesOf(projects, { ...before, budget: '' }, before)).toEqual([{ name: 'project', value: 'P1' }, { name: 'budget', value: null }]);
    expect(valuesOf(projects, { ...before, budget: '1 250 000,50' }, before).at(-1)?.value).toBe('1250000.50');
    expect(valuesOf(projects, { ...before, budget: '1,234' }, before).at(-1)?.value).toBe('1,234');
    expect(keyOf(projects, before)).toEqual([{ name: 'project', value: 'P1' }]);
  });
  it('tells a row apart by the part of its key that is empty too', () => {
    const accounts: Kind = { id: 'firm-accounts', about: 'firms', shape: 'tidy', roles: [role('firm', 'key'), role('period', 'key-optional'), role('revenue', 'optional', 'number')] };
    const before = { firm: 'F1', period: '', revenue: '5' };
    expect(valuesOf(accounts, { ...before, revenue: '6' }, before)).toEqual([{ name: 'firm', value: 'F1' }, { name: 'period', value: null }, { name: 'revenue', value: '6' }]);
    expect(isUnchanged(accounts, valuesOf(accounts, before, before))).toBe(true);
    expect(wholeKeyOf(accounts, before, () => true)).toEqual([{ name: 'firm', value: 'F1' }, { name: 'period', value: '' }]);
    expect(wholeKeyOf(accounts, before, (column) => column === 'firm')).toEqual([{ name: 'firm', value: 'F1' }]);
  });
  it('says what is wrong before the server is asked', () => {
    expect(checkRecord(projects, { project: '', name: ' ', budget: '-1', finish: '2024-02-30' })).toEqual({ project: 'needed', name: 'needed', budget: 'least', finish: 'day' });
    expect(checkRecord(projects, { project: 'P', name: 'x', budget: 'much', finish: '2024-02-29' })).toEqual({ budget: 'number' });
    const share: Kind = { ...projects, roles: [role('share', 'optional', 'number', 'share')] };
    expect([checkRecord(share, { share: '1,2' }), checkRecord(share, { share: '0,2' })]).toEqual([{ share: 'most' }, {}]);
  });
  it('offers the words that a column knows', () => {
    expect(knownOf('participants', 'role')).toContain('maker');
    expect(knownOf('projects', 'name')).toEqual([]);
  });
});

describe('a history', () => {
  it('has one entry for each row that was touched, with its cells', () => {
    const rows: [number, string, string, string, string, string, string | null, string | null][] = [
      [9, 'undone', 'remove', 'facilities', 'facility=H1', 'name', 'College', null],
      [8, 'done', 'change', 'participants', 'cluster=C, 1, firm=F1', 'role', 'maker', 'supplier'],
      [8, 'done', 'change', 'participants', 'cluster=C, 1, firm=F1', 'since', null, '2024-01-01'],
      [7, 'done', 'change', 'participants', 'cluster=C, 1, firm=F1', 'role', null, 'maker'],
    ];
    const at = (i: number) => rows.map((row) => row[i] ?? null);
    const found = readHistory(series('history', 'history', [
      column('change', at(0)), column('time', rows.map(() => '2026-01-01T00:00:00Z')), column('state', at(1)), column('what', at(2)), column('dataset', at(3)),
      column('row', at(4)), column('column', at(5)), column('before', at(6)), column('after', at(7)),
    ]));
    expect(found.map((one) => [one.what, one.undone, one.cells.length])).toEqual([['remove', true, 1], ['change', false, 2], ['change', false, 1]]);
    expect(found[1]?.key).toEqual([{ column: 'cluster', value: 'C, 1' }, { column: 'firm', value: 'F1' }]);
    expect(found[1]?.cells[1]).toEqual({ column: 'since', before: '', after: '2024-01-01' });
  });
});

describe('who sells to whom', () => {
  const pair = (supplier: string, buyer: string, amount: number | null): Pair => ({ supplier, supplier_name: supplier.toUpperCase(), buyer, buyer_name: null, contracts: 1, amount });
  const pairs = [pair('a', 'b', 90), pair('a', 'c', 10), pair('b', 'c', 50), pair('c', 'a', 1), pair('d', 'a', null)];
  it('is a square of the largest, and says what is left out', () => {
    const square = matrix(pairs, 2);
    expect(square.suppliers.map((one) => [one.firm, one.name, one.amount])).toEqual([['a', 'A', 100], ['b', 'B', 50]]);
    expect(square.buyers.map((one) => [one.firm, one.name])).toEqual([['b', 'b'], ['c', 'c']]);
    expect(square.cell('b', 'c')?.amount).toBe(50);
    expect(square.cell('c', 'b')).toBeUndefined();
    expect(square.left).toBe(2);
    expect(matrix(pairs, 9).left).toBe(0);
  });
  it('is the darker the more is sold', () => {
    const { step } = matrix(pairs, 9);
    expect(pairs.map(step)).toEqual([4, 2, 4, 0, 0]);
  });
});

describe('the status of a cluster', () => {
  const input = (name: string, required: boolean, roles = [role('firm', 'key')]) => ({ name, shape: 'tidy' as const, required, roles });
  const status = {
    id: 'status', subject: 'clusters', outputs: [], references: [], cost: '',
    inputs: [input('input', true), input('contracts', true), input('accounts', false), input('facts', false)],
    parameters: [{ name: 'date', kind: 'text' }, { name: 'set', kind: 'choice', default: 'ru-779', choices: ['ru-779', 'eccp'] }],
  } as unknown as Analysis;
  const all = holders([dataset('people', 'participants'), dataset('books', 'firm-accounts')]);

  it('is asked of the datasets of the registry, for the cluster and the day', () => {
    const draft = clusterDraft(status, all, { cluster: 'C1', day: '2024-06-30', verdicts: '' });
    expect(Object.entries(draft.inputs).map(([name, one]) => [name, one.source])).toEqual([['input', '#people'], ['contracts', ''], ['accounts', '#books'], ['facts', '']]);
    expect([draft.values.date, draft.rest]).toEqual([['2024-06-30'], [{ name: 'where', value: 'cluster=C1' }]]);
    const withFirms = sourcesOf(Object.values(all).flatMap((one) => (one ? [{ ...one, tables: [{ name: one.id, rows: 1, columns: [{ name: 'firm', type: 'text' as const, unit: '' }] }] }] : [])));
    expect(lacking(status, draft, withFirms)).toEqual(['contracts']);
  });
  it('is offered where the server has it', () => {
    const analyses = described.analyses as unknown as Analysis[];
    expect(offered([status, ...analyses.filter((one) => one.id === 'weights')])).toEqual(['status']);
  });
  it('finds its results, the newest first', () => {
    const result = (id: string, cluster: string) => dataset(id, 'result', { provenance: { analysis: 'status', inputs: [{ input: 'input', where: { cluster } }] } });
    expect(resultsOf([result('status-1', 'C1'), result('status-2', 'C2'), result('status-3', 'C1')], 'status', 'C1').map(({ id }) => id)).toEqual(['status-3', 'status-1']);
  });
  it('is read criterion by criterion, of one cluster, in the words of the language', () => {
    const table = series('status-1', 'criteria', [
      column('criterion', ['share', 'members', 'share']), column('cluster', ['C1', 'C1', 'C2']), column('verdict', ['not-met', 'no-rule', 'met']),
      column('value', [0.1, null, 0.5]), column('lo', [0.1, null, 0.5]), column('hi', [0.1, null, 0.5]), column('required', [0.2, null, 0.2]),
      column('unit', ['share', '', 'share']), column('title_en', ['Share', 'Members', 'Share']), column('title_ru', ['Доля', '', 'Доля']),
    ]);
    const found = readCriteria(table, 'C1', 'ru');
    expect(found.map((one) => [one.id, one.title, one.verdict, one.value.value, one.value.unit])).toEqual([['share', 'Доля', 'not-met', 0.1, 'share'], ['members', 'Members', 'no-rule', null, '']]);
    expect(found[0]?.value.ref.key).toEqual({ criterion: 'share', cluster: 'C1' });
    expect(tally(found)).toEqual([{ verdict: 'not-met', count: 1 }, { verdict: 'no-rule', count: 1 }]);
    expect(readCriteria(undefined, 'C1', 'en')).toEqual([]);
  });
  it('has the share of each participant, of one cluster, with its period, VAT and denominator', () => {
    const table = series('status-1', 'participants', [
      column('cluster', ['C1', 'C2', 'C1']), column('firm', ['S1', 'S9', 'S2']), column('verdict', ['met', 'met', 'exempt']), column('lo', [0.2, 0.5, null]), column('hi', [0.3, 0.5, null]),
      column('within_lo', [20, 5, 0]), column('within_hi', [30, 5, 0]), column('output', [100, 10, null]), column('contracts', [2, 1, 0]), column('period', ['2025', '2025', '2025']), column('vat', ['mixed', 'excluded', '']),
    ]);
    expect(readShares(table, 'C1')).toEqual([
      { firm: 'S1', verdict: 'met', vat: 'mixed', period: '2025', contracts: 2, revenue: 100, share: [0.2, 0.3], within: [20, 30] },
      { firm: 'S2', verdict: 'exempt', vat: '', period: '2025', contracts: 0, revenue: null, share: [null, null], within: [0, 0] },
    ]);
    expect(readShares(undefined, 'C1')).toEqual([]);
  });
  it('tells a share whose upper bound is not known as at least that', () => {
    const words = (span: [number | null, number | null]) => spanWords(span, String, (low) => `at least ${low}`);
    expect([words([2, 2]), words([2, 3]), words([2, null]), words([null, null])]).toEqual(['2', '2–3', 'at least 2', '']);
  });
  it('takes spending without an amount for unknown, and none for 0', () => {
    expect([spentOf(5, 2), spentOf(null, 1), spentOf(null, 0)]).toEqual([5, null, 0]);
  });
  it('says what a verdict rests on', () => {
    expect(readEvidence('contracts; accounts=none; known=8/10; of=university college; condition=unknown')).toEqual([
      { of: 'table', name: 'contracts' }, { of: 'no-table', name: 'accounts' }, { of: 'known', known: 8, all: 10 }, { of: 'about', name: 'university college' }, { of: 'condition' },
    ]);
    expect(readEvidence('')).toEqual([]);
  });
});
