/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows recorded one by one, what was done to them, and the registry of clusters made from them.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable, start } from '../support/okrug.mjs';

const firms = `firm,name,industry,employees,colour
f1,Первый завод,25.11,120,red
f2,Второй завод,25.62,,
f3,Третий завод,28.1,7.5,blue
f9,Центр развития,84.13,5,
`;
const contracts = `contract,supplier,buyer,amount,date
c1,f1,f2,100.25,2025-03-01
c2,f1,f2,200,2025-04-01
c3,f2,f1,50,
c4,f1,f3,999,2025-04-01
c5,f2,f1,7,2027-01-01
`;
const at = ['--date', '2025-06-30'];

/* A folder with an empty w.okrug and a way to call the program on it. */
async function place(t, files = {}) {
  const cwd = folder(t, { 'firms.csv': firms, 'contracts.csv': contracts, ...files });
  await okrugDone(['init', 'w.okrug'], { cwd });
  const call = (command, ...args) => okrug([command, 'w.okrug', ...args], { cwd });
  const done = (command, ...args) => okrugDone([command, 'w.okrug', ...args], { cwd });
  const json = async (...args) => JSON.parse((await done(...args)).stdout);
  return { cwd, call, done, json, rows: async (dataset) => {
    await okrugDone(['export', `w.okrug#${dataset}`, 'out.csv', '--replace'], { cwd });
    return parseTable((await start('cat', ['out.csv'], { cwd }).finished).stdout).rows;
  } };
}

/* The registry that most tests look at. */
async function registry(t) {
  const w = await place(t);
  await w.done('import', 'firms', 'firms.csv');
  await w.done('import', 'contracts', 'contracts.csv');
  const rows = `clusters cluster=k1 name=Металл organisation=f9 region=40
clusters cluster=k2 name=Лес since=2025-07-01
participants cluster=k1 firm=f1 role=maker since=2025-01-01
participants cluster=k1 firm=f2 role=supplier until=2025-06-30
participants cluster=k1 firm=f3 since=2025-07-01
participants cluster=k1 firm=unknown
facilities facility=i1 cluster=k1 kind=college
projects project=p1 cluster=k1 name=Пресс firm=f1 budget=1000 finish=2026-01-01
projects project=p2 cluster=k1 name=Цех
milestones project=p1 milestone=1 due=2025-06-29
milestones project=p1 milestone=2 due=2025-06-01 done=2025-06-02
milestones project=p1 milestone=3 due=2025-06-30
milestones project=p1 milestone=4 due=2025-05-01 done=2025-08-01
spending project=p1 entry=1 amount=10,5 source=own date=2025-02-01
spending project=p1 entry=2 amount=0.25 source=own
spending project=p1 entry=3 amount=77 source=loan date=2025-07-01
obligations obligation=o1 project=p1 party=f1 name=Рабочие\u00a0места due=2025-01-01
obligations obligation=o2 cluster=k1 party=f9 name=Отчёт due=2025-12-31
obligations obligation=o3 cluster=k2 party=f9 name=Другой due=2025-01-01`;
  for (const line of rows.split('\n')) {
    const [kind, ...cells] = line.split(' ');
    await w.done('record', kind, '--kind', kind, ...cells);
  }
  return w;
}

test('the card of a cluster as of a day', async (t) => {
  const w = await registry(t);
  const card = await w.json('registry', 'k1', ...at, '--format', 'json');
  assert.equal(card.cluster.organisation_name, 'Центр развития');
  assert.deepEqual(card.participants.map((p) => [p.firm, p.name, p.employees]),
    [['f1', 'Первый завод', 120], ['f2', 'Второй завод', null], ['unknown', null, null]]);
  assert.deepEqual(card.milestones.map((m) => m.late), [true, false, false, true]);
  assert.deepEqual(card.milestones.map((m) => m.done), [null, '2025-06-02', null, null], 'what is done later is not known yet');
  assert.deepEqual(card.projects.map((p) => [p.project, p.budget, p.spent, p.milestones, p.done, p.late]),
    [['p1', 1000, 10.75, 4, 1, 2], ['p2', null, null, 0, 0, 0]]);
  assert.deepEqual(card.spending, [{ project: 'p1', source: 'own', entries: 2, amount: 10.75 }]);
  assert.deepEqual(card.obligations.map((o) => [o.obligation, o.party_name, o.late]),
    [['o1', 'Первый завод', true], ['o2', 'Центр развития', false]]);
  assert.deepEqual(card.contracts, { count: 3, amount: 350.25, undated: 1, firms: 2 });
  assert.deepEqual(card.cooperation.map((c) => [c.supplier, c.buyer, c.contracts, c.amount]),
    [['f1', 'f2', 2, 300.25], ['f2', 'f1', 1, 50]]);
  assert.deepEqual(card.missing, [{ what: 'firm', of: 'unknown', count: 1 }, { what: 'project-budget', of: 'p2', count: 1 },
    { what: 'project-finish', of: 'p2', count: 1 }, { what: 'spending-date', of: '2', count: 1 }, { what: 'contract-date', of: null, count: 1 }]);
  const later = await w.json('registry', 'k1', '--date', '01.07.2025', '--format', 'json');
  assert.deepEqual(later.participants.map((p) => p.firm), ['f1', 'f3', 'unknown']);
  assert.equal(later.projects[0].spent, 87.75);
  assert.deepEqual(later.contracts, { count: 1, amount: 999, undated: 0, firms: 2 });
});

test('what is invented is marked, and sums of amounts with and without VAT are told', async (t) => {
  const w = await place(t, { 'contracts.csv': 'contract,supplier,buyer,amount,date,vat\nc1,f1,f2,100,2025-01-01,included\n' +
    'c2,f1,f2,10,2025-01-01,excluded\nc3,f1,f2,1,2025-01-01,\n' });
  await w.done('import', 'firms', 'firms.csv');
  await w.done('import', 'contracts', 'contracts.csv');
  await w.done('record', 'clusters', '--kind', 'clusters', 'cluster=k', 'name=K');
  for (const firm of ['f1', 'f2']) {
    await w.done('record', 'participants', '--kind', 'participants', 'cluster=k', `firm=${firm}`);
  }
  const card = () => w.json('registry', 'k', ...at, '--format', 'json');
  const before = await card();
  assert.equal(before.cluster.synthetic, false);
  assert.deepEqual(before.missing.filter(({ what }) => what === 'contract-vat'), [{ what: 'contract-vat', of: null, count: 1 }]);
  await w.done('record', 'firms', 'firm=f2', 'synthetic=yes');
  assert.equal((await card()).cluster.synthetic, true);
  await w.done('record', 'contracts', 'contract=c1', 'vat=excluded');
  assert.deepEqual((await card()).missing.filter(({ what }) => what === 'contract-vat'), []);
});

test('the list of clusters counts what is in force and what is late', async (t) => {
  const w = await registry(t);
  const { clusters, datasets } = await w.json('registry', ...at, '--format', 'json');
  assert.deepEqual(clusters, [
    { cluster: 'k1', name: 'Металл', region: '40', organisation: 'f9', in_force: true, synthetic: false, participants: 3, facilities: 1, projects: 2, late: 3 },
    { cluster: 'k2', name: 'Лес', region: null, organisation: null, in_force: false, synthetic: false, participants: 0, facilities: 0, projects: 0, late: 1 }]);
  assert.equal(Object.keys(datasets).length, 9);
  const { stdout } = await w.done('registry', 'k1', ...at, '--lang', 'ru');
  assert.match(stdout, /Кто у кого покупает, 2025-06-30/);
  assert.match(stdout, /- коды, которых нет в перечне предприятий: unknown\n/);
});

test('what the registry cannot be made from is named', async (t) => {
  const w = await place(t, { 'b.csv': 'cluster,name\nx,X\n' });
  assert.match((await w.call('registry')).stderr, /no dataset of the kind clusters/);
  await w.done('import', 'clusters', 'b.csv', '--name', 'one');
  assert.match((await w.call('registry', 'k7')).stderr, /there is no cluster k7; there are: x/);
  await w.done('import', 'clusters', 'b.csv', '--name', 'two');
  const { code, stderr } = await w.call('registry');
  assert.equal(code, 2);
  assert.match(stderr, /several datasets are of the kind clusters: one, two/);
  await w.done('import', 'clusters', 'b.csv', '--name', 'clusters'); /* the one that is called so counts */
  await w.done('registry', 'x');
  assert.equal((await w.call('registry', 'x', '--date', 'soon')).code, 2);
});

test('a row is typed by its kind, and every fault is told at once', async (t) => {
  const w = await place(t);
  await w.done('import', 'firms', 'firms.csv');
  const bad = await w.call('record', 'firms', 'firm=f1', 'inn=123', 'employees=-4', 'since=31.02.2024', 'name=');
  assert.equal(bad.code, 3);
  for (const words of [/column "inn": 123/, /column "employees": -4/, /column "since"/, /column "name": the cell may not be empty/]) {
    assert.match(bad.stderr, words);
  }
  const fresh = await w.call('record', 'firms', 'firm=f4');
  assert.match(fresh.stderr, /column "name": the cell may not be empty/);
  assert.match((await w.call('record', 'firms', 'name=x')).stderr, /column "firm": the key is empty/);
  assert.match((await w.call('record', 'firms', 'firm=f1', 'employees=1,234')).stderr, /1,234 may have a decimal mark/);
  assert.match((await w.call('record', 'firms', 'firm=f1', 'size=1')).stderr, /no column "size"; the columns are: firm, name.*colour/);
  assert.match((await w.call('record', 'firms', 'firm=f1', 'firm=f2')).stderr, /column "firm" is given twice/);
  assert.match((await w.call('record', 'firms', 'firm')).stderr, /"firm" does not say/);
  assert.match((await w.call('record', 'nothing', 'firm=f1')).stderr, /no dataset nothing/);
  assert.match((await w.call('record', 'firms', 'firm=f1', '--kind', 'contracts')).stderr, /holds firms, not contracts/);
  assert.match((await w.call('record', 'new', 'firm=f1', '--kind', 'farms')).stderr, /no kind of data "farms"/);
  assert.match((await w.call('record', 'a/b', 'firm=f1', 'name=x', '--kind', 'firms')).stderr, /a\/b/);
  assert.match((await w.call('record', 'io', 'a=b', '--kind', 'input-output')).stderr, /input-output have no key/);
  assert.equal(parseTable((await w.done('history', '--format', 'csv')).stdout).rows.length, 0);
  assert.match((await w.done('changes')).stdout, /^1 .*import/m);
});

test('nothing is kept that ends before it begins', async (t) => {
  const w = await place(t, { 'participants.csv': 'cluster,firm,since,until\nk,f1,2025-01-01,2025-12-31\nk,f2,2025-02-01,2024-01-01\n',
    'deals.csv': 'contract,supplier,buyer,amount,date,until\nc1,f1,f2,1,2025-03-01,2025-02-28\n' });
  for (const [kind, file, line] of [['participants', 'participants.csv', 3], ['contracts', 'deals.csv', 2]]) {
    const { code, stderr } = await w.call('import', kind, file, '--lang', 'en');
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`${file}:${line}[^]*it ends \\(20[-\\d]+\\) before it begins`));
  }
  await w.done('record', 'participants', '--kind', 'participants', 'cluster=k', 'firm=f1', 'since=2025-01-01');
  const before = await w.rows('participants');
  const bad = await w.call('record', 'participants', 'cluster=k', 'firm=f1', 'until=2024-12-31');
  assert.equal(bad.code, 3);
  assert.match(bad.stderr, /column "until": it ends \(2024-12-31\) before it begins \(2025-01-01\)/);
  const fresh = await w.call('record', 'facilities', '--kind', 'facilities', 'facility=i', 'kind=college', 'since=2025-01-02', 'until=2025-01-01');
  assert.equal(fresh.code, 3, 'a dataset that the row would have made is not made either');
  assert.notEqual((await okrug(['export', 'w.okrug#facilities', 'none.csv'], { cwd: w.cwd })).code, 0);
  assert.deepEqual(await w.rows('participants'), before);
  await w.done('record', 'participants', 'cluster=k', 'firm=f1', 'until=2025-01-01'); /* a day is a term too */
  await w.done('check');
});

test('numbers are read as people write them; columns that the file lacked come when they are needed', async (t) => {
  const w = await place(t);
  await w.done('import', 'firms', 'firms.csv');
  const before = await w.rows('firms');
  await w.done('record', 'firms', 'firm=f1', 'employees=1\u00a0234,5', 'since=01.02.2024', 'colour=', 'synthetic=да');
  const [f1, f2] = await w.rows('firms');
  assert.deepEqual([f1.employees, f1.since, f1.colour, f1.synthetic, f1.name], ['1234.5', '2024-02-01', '', 'yes', 'Первый завод']);
  assert.equal(f2.since, '');
  await w.done('record', 'firms', 'firm=f1', 'employees=1.234');
  assert.equal((await w.rows('firms'))[0].employees, '1.234');
  await w.done('check');
  await w.done('undo');
  await w.done('undo');
  assert.deepEqual(await w.rows('firms'), before);
  await w.done('check');
  await w.done('record', 'firms', 'firm=f2', 'kpp='); /* empty where there is not even a column */
  assert.match((await w.done('changes')).stdout, /^3 .*undone/m);
});

test('an edit changes the provenance, and what was computed from the dataset is computed anew', async (t) => {
  const w = await place(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n',
    'study.yaml': 'study: s\ntitle: {en: S, ru: С}\nsteps:\n  - {id: q, run: location-quotient, input: "#jobs"}\n' });
  await w.done('import', 'values', 'jobs.csv');
  const study = () => okrugDone(['study', 'run', 'study.yaml', '--workspace', 'w.okrug'], { cwd: w.cwd });
  const edits = async () => {
    await okrugDone(['run', 'specialisation', 'w.okrug#jobs', '-o', 'results'], { cwd: w.cwd });
    const { stdout } = await start('cat', ['results/provenance.json'], { cwd: w.cwd }).finished;
    return JSON.parse(stdout).inputs[0].provenance.edits;
  };
  await study();
  assert.match((await study()).stderr, /1\/1/);
  assert.equal(await edits(), undefined);
  await w.done('record', 'jobs', 'region=A', 'industry=x', 'value=10');
  const first = await edits();
  assert.equal(first.count, 1);
  assert.match(first.sha256, /^[0-9a-f]{64}$/);
  assert.doesNotMatch((await study()).stderr, /1\/1/);
  assert.equal((await w.rows('q'))[0].value, '10');
  await w.done('record', 'jobs', 'region=A', 'industry=x', 'value=1'); /* as it was, but not what was read */
  const second = await edits();
  assert.equal(second.count, 2);
  assert.notEqual(second.sha256, first.sha256);
  await w.done('record', 'jobs', 'region=A', 'industry=x', 'value=10'); /* the same edit, of another history */
  assert.notEqual((await edits()).sha256, first.sha256);
  await w.done('undo');
  assert.deepEqual(await edits(), second);
  await w.done('undo');
  assert.deepEqual(await edits(), first);
  assert.match((await w.call('record', 'q', 'region=A', 'industry=x', 'value=1')).stderr, /dataset q was computed/);
});

test('the history tells who was what when, after undoing too', async (t) => {
  const w = await registry(t);
  await w.done('record', 'participants', 'cluster=k1', 'firm=f2', 'role=maker');
  await w.done('record', 'participants', 'cluster=k1', 'firm=f2', '--remove');
  await w.done('undo');
  const { rows } = parseTable((await w.done('history', 'participants', 'firm=f2', '--format', 'csv')).stdout);
  assert.deepEqual(rows.map((r) => [r.state, r.what, r.column, r.before, r.after]), [
    ['undone', 'remove', 'cluster', 'k1', ''], ['undone', 'remove', 'firm', 'f2', ''], ['undone', 'remove', 'role', 'maker', ''],
    ['undone', 'remove', 'until', '2025-06-30', ''], ['done', 'change', 'role', 'supplier', 'maker'],
    ['done', 'add', 'cluster', '', 'k1'], ['done', 'add', 'firm', '', 'f2'], ['done', 'add', 'role', '', 'supplier'],
    ['done', 'add', 'until', '', '2025-06-30']]);
  assert.equal(rows[4].row, 'cluster=k1, firm=f2');
  assert.match(rows[4].time, /^20\d\d-\d\d-\d\dT[\d:.]+Z$/);
  const all = parseTable((await w.done('history', 'cluster=k2', '--most', '1', '--format', 'csv')).stdout).rows;
  assert.equal(all.length, 1);
  const json = await w.json('history', 'clusters', '--format', 'json');
  assert.equal(json.columns[0].name, 'change');
  assert.equal((await w.call('history', '--most', '-1')).code, 2);
});

test('codes that name nothing are told when they are recorded, and by check', async (t) => {
  const w = await place(t);
  const health = async () => {
    const { stdout, stderr } = await w.done('check', '--json');
    return [JSON.parse(stdout).well, JSON.parse(stdout).dangling, stderr];
  };
  const nobody = await w.done('record', 'participants', '--kind', 'participants', 'cluster=k1', 'firm=f1');
  assert.match(nobody.stderr, /column "cluster": k1 is in no table of the kind clusters/);
  assert.doesNotMatch(nobody.stderr, /firms/, 'without a table of firms nobody can know');
  await w.done('import', 'firms', 'firms.csv');
  await w.done('import', 'contracts', 'contracts.csv');
  await w.done('record', 'contracts', 'contract=c9', 'supplier=outsider', 'buyer=f1', 'amount=1'); /* may be anyone */
  assert.deepEqual((await health()).slice(0, 2), [true, 1]);
  assert.doesNotMatch((await w.done('record', 'clusters', '--kind', 'clusters', 'cluster=k1', 'name=K', 'organisation=f9')).stderr, /no table/);
  assert.deepEqual(await health(), [true, 0, '']);
  assert.match((await w.done('record', 'participants', 'cluster=k1', 'firm=fX')).stderr, /column "firm": fX is in no table of the kind firms/);
  assert.match((await w.done('record', 'milestones', '--kind', 'milestones', 'project=p', 'milestone=1')).stderr, /p is in no table of the kind projects/);
  await w.done('record', 'firms', 'firm=f9', '--remove');
  const [well, dangling, stderr] = await health();
  assert.deepEqual([well, dangling], [true, 3]);
  assert.match(stderr, /"participants", column firm: .*kind firms has: 1 \(fX\)/);
  assert.match(stderr, /"clusters", column organisation: .*\(f9\)/);
  assert.match(stderr, /"milestones", column project: .*\(p\)/);
});

test('a table that takes the place of another has a history row by row', async (t) => {
  const w = await place(t, { 'a.csv': 'firm,name,employees,colour\nf1,A,1,red\nf2,B,,blue\nf3,C,3,\n' });
  const history = async (...args) => parseTable((await w.done('history', ...args, '--format', 'csv')).stdout).rows
    .map((h) => [h.change, h.state, h.what, h.row, h.column, h.before, h.after]);
  await w.done('import', 'firms', 'a.csv', '--name', 'firms');
  await w.done('record', 'firms', 'firm=f3', 'employees=4');
  const before = await w.rows('firms');
  writeFileSync(join(w.cwd, 'a.csv'), 'firm,name,employees,region\nf4,D,7,\nf3,C,3,40\nf1,A,1,\n');
  await w.done('import', 'firms', 'a.csv', '--name', 'firms', '--replace');
  const told = (state) => [['3', state, 'add', 'firm=f4', 'firm', '', 'f4'], ['3', state, 'add', 'firm=f4', 'name', '', 'D'],
    ['3', state, 'add', 'firm=f4', 'employees', '', '7'], ['3', state, 'change', 'firm=f3', 'region', '', '40'],
    ['3', state, 'change', 'firm=f3', 'employees', '4', '3'], ['3', state, 'remove', 'firm=f2', 'firm', 'f2', ''],
    ['3', state, 'remove', 'firm=f2', 'name', 'B', ''], ['3', state, 'remove', 'firm=f2', 'colour', 'blue', ''],
    ['3', state, 'change', 'firm=f1', 'colour', 'red', ''], ['2', 'done', 'change', 'firm=f3', 'employees', '3', '4']];
  assert.deepEqual(await history('firms'), told('done'));
  assert.deepEqual((await history('firms', 'firm=f2')).map(([, , what]) => what), ['remove', 'remove', 'remove']);
  await w.done('undo');
  assert.deepEqual(await w.rows('firms'), before);
  assert.deepEqual(await history('firms'), told('undone'));
  await w.done('undo');
  assert.equal((await w.rows('firms'))[2].employees, '3', 'the edit before it is taken back too');
  /* The same rows in another order are no change, and of too many there is a word. */
  writeFileSync(join(w.cwd, 'a.csv'), 'firm,name,employees,colour\nf3,C,3,\nf2,B,,blue\nf1,A,1,red\n');
  const known = (await history('firms')).length;
  await w.done('import', 'firms', 'a.csv', '--name', 'firms', '--replace');
  assert.equal((await history('firms')).length, known);
  writeFileSync(join(w.cwd, 'a.csv'), `firm,name\n${Array.from({ length: 50001 }, (_, i) => `n${i},N`).join('\n')}\n`);
  assert.match((await w.done('import', 'firms', 'a.csv', '--name', 'firms', '--replace')).stderr, /more than 50000 rows came, went or changed/);
  assert.equal((await history('firms')).length, known);
  await w.done('check');
});

test('a table that gains or loses a column of its key is compared row by row all the same', async (t) => {
  const w = await place(t);
  let number = 0;
  const told = async (text) => {
    writeFileSync(join(w.cwd, 'a.csv'), text);
    await w.done('import', 'firm-accounts', 'a.csv', '--name', 'a', ...(number++ ? ['--replace'] : []));
    return parseTable((await w.done('history', 'a', '--format', 'csv')).stdout).rows.filter(({ change }) => change === String(number))
      .map((h) => [h.what, h.row, h.column, h.before, h.after].join(' ')).sort();
  };
  await told('firm,revenue\nf1,1\nf2,2\n');
  assert.deepEqual(await told('firm,revenue,period\nf1,1,2023\nf2,3,2023\n'),
    ['change firm=f1, period=2023 period  2023', 'change firm=f2, period=2023 period  2023', 'change firm=f2, period=2023 revenue 2 3']);
  assert.deepEqual(await told('firm,revenue\nf1,1\nf2,2\n'),
    ['change firm=f1 period 2023 ', 'change firm=f2 period 2023 ', 'change firm=f2 revenue 3 2']);
  /* Where one row could be taken for another, a row without a period is none of those with one. */
  const years = ['firm=f1, period=2022', 'firm=f1, period=2023'];
  assert.deepEqual(await told('firm,revenue,period\nf1,1,2022\nf1,5,2023\nf2,2,\n'),
    years.flatMap((row, i) => [`add ${row} firm  f1`, `add ${row} period  ${2022 + i}`, `add ${row} revenue  ${i ? 5 : 1}`])
      .concat(['remove firm=f1 firm f1 ', 'remove firm=f1 revenue 1 ']));
  assert.deepEqual((await told('firm,revenue\nf1,5\nf2,2\n')).filter((line) => !line.startsWith('remove')), ['add firm=f1 firm  f1', 'add firm=f1 revenue  5']);
});

test('what is exported for others tells nothing of edits', async (t) => {
  const w = await place(t, { 'jobs.csv': 'region,industry,value\nA,x,1\n' });
  await w.done('import', 'values', 'jobs.csv');
  await w.done('record', 'jobs', 'region=A', 'industry=x', 'value=731');
  await w.done('record', 'jobs', 'region=A', 'industry=x', 'value=2');
  await okrugDone(['export', 'w.okrug', 'map.gpkg'], { cwd: w.cwd });
  const { stdout } = await start('sqlite3', ['map.gpkg', 'SELECT group_concat(name) FROM sqlite_master'], { cwd: w.cwd }).finished
    .catch(() => ({ stdout: '' }));
  assert.doesNotMatch(stdout, /okrug_/);
  const { stdout: bytes } = await start('grep', ['-c', '731', 'map.gpkg'], { cwd: w.cwd }).finished;
  assert.equal(bytes, '0\n');
});

test('many at once: every row is there, and each is a change', async (t) => {
  const w = await place(t);
  await w.done('record', 'clusters', '--kind', 'clusters', 'cluster=k0', 'name=0');
  const record = async (i) => {
    for (;;) { /* one writer at a time; whoever comes while it writes may have to come again */
      const { code, stderr } = await w.call('record', 'clusters', `cluster=k${i}`, `name=${i}`);
      if (code !== 6) {
        assert.equal(code, 0, stderr);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, i) => record(i + 1)));
  assert.equal((await w.rows('clusters')).length, 9);
  const { rows } = parseTable((await w.done('history', 'clusters', '--format', 'csv')).stdout);
  assert.equal(new Set(rows.map((r) => r.change)).size, 9);
  await w.done('check');
});
