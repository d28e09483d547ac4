/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two firms made one: every table that names them, what stands in the way, the way back, and programs killed in between.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable, program, start } from '../support/okrug.mjs';

const kinds = {
  firms: 'firm,name,inn,employees,lat,lon,precision,until\nf1,Первый завод,,,55,36,,\nf2,Завод Первый,0000000018,120,54,35,plant,2030-01-01\nf3,Третий,,7.5,,,,\n',
  'firm-accounts': 'firm,period,revenue\nf1,2023,10\nf2,2022,5\nf3,2023,1\nf2,2023,10\n',
  contracts: 'contract,supplier,buyer,amount\nc1,f1,f3,100\nc2,f2,f3,200\nc3,f3,f2,50\n',
  products: 'firm,product,output\nf2,25.11,7\n',
  equipment: 'equipment,firm,count\ne1,f2,-0\n',
  staff: 'firm,occupation,people\nf2,7223,3\n',
  clusters: 'cluster,name,organisation\nk,K,f2\n',
  participants: 'cluster,firm,role\nk,f2,maker\nk2,f1,maker\n',
  projects: 'project,cluster,name,firm\np,k,P,f2\n',
  obligations: 'obligation,party,name\no,f2,O\n',
  needs: 'need,firm,kind\nn,f2,gas\n',
};

async function workspace(t, files = kinds) {
  const cwd = folder(t, Object.fromEntries(Object.entries(files).map(([kind, text]) => [`${kind}.csv`, text])));
  await okrugDone(['init', 'w.okrug'], { cwd });
  for (const kind of Object.keys(files)) await okrugDone(['import', 'w.okrug', kind, `${kind}.csv`], { cwd });
  const rows = async (dataset) => {
    await okrugDone(['export', `w.okrug#${dataset}`, 'out.csv', '--replace'], { cwd });
    return readFileSync(join(cwd, 'out.csv'), 'utf8');
  };
  const all = async () => {
    const texts = {};
    for (const kind of Object.keys(files)) texts[kind] = await rows(kind);
    return texts;
  };
  const call = (...args) => okrug(args, { cwd });
  return { cwd, rows, all, call, done: (...args) => okrugDone(args, { cwd }) };
}

test('every table that names the other names the kept one, and all of it is taken back', async (t) => {
  const w = await workspace(t);
  const before = await w.all();
  const merged = await w.done('merge', 'w.okrug', 'firms', 'f1', 'f2', '--json');
  assert.deepEqual(JSON.parse(merged.stdout), { change: 12, rows: 12 });
  assert.match(merged.stderr, /f1 keeps its own name, lat, lon, precision, until: f2 had something else/);
  const firms = parseTable(await w.rows('firms')).rows;
  assert.deepEqual(firms.map(({ firm }) => firm), ['f1', 'f3']);
  assert.deepEqual([firms[0].name, firms[0].inn, firms[0].employees, firms[0].lat, firms[0].precision, firms[0].until],
    ['Первый завод', '0000000018', '120', '55', '', ''], 'blanks are filled, a place only as a whole, and no end is taken over');
  for (const kind of Object.keys(kinds)) assert.doesNotMatch(await w.rows(kind), /\bf2\b/, kind);
  assert.deepEqual(parseTable(await w.rows('firm-accounts')).rows.map(({ firm, period, revenue }) => [firm, period, revenue]),
    [['f1', '2023', '10'], ['f1', '2022', '5'], ['f3', '2023', '1']], 'what both say alike is there once');
  assert.match(await w.rows('equipment'), /e1,f1,-0/, 'numbers stay bit for bit');
  const history = parseTable((await w.done('history', 'w.okrug', 'participants', 'firm=f2', '--format', 'csv')).stdout).rows;
  assert.deepEqual(history.map(({ what, column, before: was }) => [what, column, was]),
    [['remove', 'cluster', 'k'], ['remove', 'firm', 'f2'], ['remove', 'role', 'maker']]);
  const changed = parseTable((await w.done('history', 'w.okrug', 'contracts', '--format', 'csv')).stdout).rows;
  assert.deepEqual(changed.map(({ row, column, before: was, after }) => [row, column, was, after]),
    [['contract=c3', 'buyer', 'f2', 'f1'], ['contract=c2', 'supplier', 'f2', 'f1']]);
  await w.done('undo', 'w.okrug');
  assert.deepEqual(await w.all(), before);
  await w.done('check', 'w.okrug');
  await w.done('merge', 'w.okrug', 'firms', 'f2', 'f1'); /* the other way about, once it is taken back */
  assert.doesNotMatch(await w.rows('contracts'), /\bf1\b/);
});

test('where rows would collide nothing is merged, and each of them is named', async (t) => {
  const w = await workspace(t, { ...kinds, 'firm-accounts': 'firm,period,revenue\nf1,2023,10\nf2,2023,11\nf1,2022,1\nf2,2022,\n',
    participants: 'cluster,firm,role\nk,f2,maker\nk,f1,supplier\n', contracts: 'contract,supplier,buyer,amount\nc1,f1,f2,100\nc2,f2,f1,200\n' });
  const before = readFileSync(join(w.cwd, 'w.okrug'));
  const refused = await w.call('merge', 'w.okrug', 'firms', 'f1', 'f2');
  assert.equal(refused.code, 3);
  for (const words of [/"firm-accounts": f1 and f2 both have a row period=2023/, /both have a row period=2022/,
    /"participants": f1 and f2 both have a row cluster=k, .*okrug record/, /"contracts", row contract=c1: the two firms deal/, /row contract=c2/]) {
    assert.match(refused.stderr, words);
  }
  assert.deepEqual(readFileSync(join(w.cwd, 'w.okrug')), before);
  const wrong = [[['firms', 'f1', 'f1'], /cannot be merged with itself/], [['firms', 'f1', 'f9'], /no row firm=f9/], [['firms', 'f9', 'f1'], /no row firm=f9/],
    [['contracts', 'f1', 'f2'], /holds contracts, not firms/], [['nothing', 'f1', 'f2'], /nothing/], [['firms', 'f1'], /too few arguments/]];
  for (const [args, words] of wrong) {
    const { code, stderr } = await w.call('merge', 'w.okrug', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, words);
  }
});

test('a code that lost its row is found again, and another table of firms is told', async (t) => {
  const w = await workspace(t);
  writeFileSync(join(w.cwd, 'other.csv'), 'firm,name\nf2,X\n');
  await w.done('import', 'w.okrug', 'firms', 'other.csv');
  await w.done('record', 'w.okrug', 'firms', 'firm=f2', '--remove');
  const { stderr } = await w.done('merge', 'w.okrug', 'firms', 'f1', 'f2');
  assert.match(stderr, /"other" has the firm f2 too/);
  assert.doesNotMatch(await w.rows('contracts'), /\bf2\b/);
  assert.match(await w.rows('other'), /f2,X/);
});

test('a merge that fails or is killed in the middle leaves all as it was', async (t) => {
  const many = Array.from({ length: 20000 }, (_, i) => `c${i},${i % 2 ? 'f2' : 'f3'},f1x,1`).join('\n');
  const w = await workspace(t, { ...kinds, contracts: `contract,supplier,buyer,amount\n${many}\n` });
  const before = await w.all();
  const sql = (text) => start('sqlite3', ['w.okrug', text], { cwd: w.cwd }).finished;
  assert.equal((await sql("CREATE TRIGGER late BEFORE DELETE ON needs BEGIN SELECT RAISE(ABORT, 'no'); END")).code, 0);
  assert.notEqual((await w.call('merge', 'w.okrug', 'firms', 'f1', 'f2')).code, 0);
  assert.deepEqual(await w.all(), before);
  await sql('DROP TRIGGER late');
  let killed = 0;
  for (const wait of [20, 60, 120, 200, 300]) {
    const child = start(program, ['merge', 'w.okrug', 'firms', 'f1', 'f2'], { cwd: w.cwd });
    const timer = setTimeout(() => child.kill('SIGKILL'), wait);
    const { signal } = await child.finished;
    clearTimeout(timer);
    await w.done('check', 'w.okrug');
    if (signal === null) break;
    killed += 1;
    assert.deepEqual(await w.all(), before, `killed after ${wait} ms`);
  }
  assert.ok(killed > 0, 'it was never killed in time');
});

test('a place of another address is not taken, nor that a firm was made up', async (t) => {
  const w = await workspace(t, { firms: 'firm,name,region,address,lat,lon,precision,synthetic\nA,x,40,here,,,,\nB,x,77,there,55.75,37.6,plant,yes\nC,x,40,here,54.5,36.2,plant,\n' });
  const { stderr } = await w.done('merge', 'w.okrug', 'firms', 'A', 'B');
  assert.match(stderr, /A keeps its own region, address, lat, lon, precision, synthetic/);
  const [row] = parseTable(await w.rows('firms')).rows;
  assert.deepEqual([row.lat, row.lon, row.precision, row.synthetic], ['', '', '', '']);
  await w.done('merge', 'w.okrug', 'firms', 'A', 'C');
  assert.deepEqual(parseTable(await w.rows('firms')).rows.map(({ lat, precision }) => [Number(lat), precision]), [[54.5, 'plant']]);
});

test('the same table again has no history, also where a part of its key is blank', async (t) => {
  const w = await workspace(t, { 'firm-accounts': 'firm,period,revenue\nA,,100\nB,2024,50\nC,,7\n' });
  await w.done('import', 'w.okrug', 'firm-accounts', 'firm-accounts.csv', '--replace');
  assert.equal(parseTable((await w.done('history', 'w.okrug', '--format', 'csv')).stdout).rows.length, 0);
});

test('rows whose key is blank in part are merged, recorded and removed as others are', async (t) => {
  const w = await workspace(t, { firms: 'firm,name\nA,a\nB,b\n', 'firm-accounts': 'firm,period,revenue\nA,,100\nB,,100\nA,2024,5\nB,2023,7\n' });
  const before = await w.all();
  const accounts = async () => parseTable(await w.rows('firm-accounts')).rows.map(({ firm, period, revenue }) => `${firm} ${period} ${revenue}`);
  await w.done('merge', 'w.okrug', 'firms', 'A', 'B');
  assert.deepEqual(await accounts(), ['A  100', 'A 2024 5', 'A 2023 7']);
  await w.done('undo', 'w.okrug');
  assert.deepEqual(await w.all(), before);
  await w.done('record', 'w.okrug', 'firm-accounts', 'firm=B', 'period=', 'revenue=101');
  assert.deepEqual(await accounts(), ['A  100', 'B  101', 'A 2024 5', 'B 2023 7'], 'the row of that key is changed, not another');
  assert.match((await w.call('merge', 'w.okrug', 'firms', 'A', 'B')).stderr, /A and B both have a row period=,/);
  assert.match((await w.call('record', 'w.okrug', 'firm-accounts', 'firm=C', 'period=', '--remove')).stderr, /no row firm=C, period=\n/);
  assert.match((await w.call('record', 'w.okrug', 'firm-accounts', 'firm=B', 'revenue=1')).stderr, /"period": the key is empty/, 'a blank is to be said');
  assert.match((await w.call('record', 'w.okrug', 'firm-accounts', 'firm=', 'period=', 'revenue=1')).stderr, /"firm": the key is empty/);
  await w.done('record', 'w.okrug', 'firm-accounts', 'firm=B', 'period=', '--remove');
  await w.done('merge', 'w.okrug', 'firms', 'A', 'B');
  await w.done('record', 'w.okrug', 'firms', 'firm=A', 'name=aa');
  for (let i = 0; i < 4; i++) await w.done('undo', 'w.okrug');
  assert.deepEqual(await w.all(), before);
});
