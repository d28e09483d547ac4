/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Registers of firms: made up, imported in bounded memory, gone on with after a kill, never half there.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { environment, folder, okrug, okrugDone, parseTable, program } from '../support/okrug.mjs';
import { workbook } from '../support/workbook.mjs';

const tables = ['firms', 'firm-accounts', 'contracts', 'products', 'equipment', 'staff', 'clusters', 'participants', 'facilities',
  'projects', 'milestones', 'spending', 'obligations', 'needs'];

const generate = (cwd, what, file, ...options) => okrugDone(['generate', what, '-o', file, ...options], { cwd });

async function exported(cwd, dataset) {
  const file = `${dataset.replace('#', '-')}.csv`;
  await okrugDone(['export', dataset, file, '--replace'], { cwd });
  return readFileSync(join(cwd, file), 'utf8');
}

/* Runs the program and looks at it while it runs; with `look` true it is killed. */
async function watch(cwd, args, look) {
  /* Built with sanitizers, it keeps what was freed for a while, to find who reads it: little of it here, where memory counts. */
  const child = spawn(program, args, { cwd, env: { ...environment, ASAN_OPTIONS: 'quarantine_size_mb=1' }, stdio: 'ignore' });
  const ended = new Promise((done) => { child.on('exit', (code, signal) => done({ code, signal })); });
  let over = null;
  ended.then((how) => { over = how; });
  while (over === null) {
    if (look(child.pid)) {
      child.kill('SIGKILL');
    }
    await pause(2);
  }
  return over;
}

test('the same seed gives the same bytes, another one others, and every table can be imported', async (t) => {
  const cwd = folder(t);
  await okrugDone(['init', 'w.okrug'], { cwd });
  const size = ['--firms', '400', '--contracts', '900', '--clusters', '3', '--duplicates', '0.05'];
  for (const [name, seed] of [['a', '7'], ['b', '7'], ['c', '8']]) {
    await generate(cwd, 'region', name, ...size, '--seed', seed);
  }
  for (const table of tables) {
    const text = readFileSync(join(cwd, `a/${table}.csv`), 'utf8');
    assert.equal(readFileSync(join(cwd, `b/${table}.csv`), 'utf8'), text, table);
    assert.notEqual(readFileSync(join(cwd, `c/${table}.csv`), 'utf8'), text, table);
    const { rows } = parseTable(text);
    assert.ok(rows.length > 2, table);
    assert.ok(rows.every((row) => row.synthetic === 'yes'), table);
    await okrugDone(['import', 'w.okrug', table, `a/${table}.csv`], { cwd }); /* codes check, days exist, keys are keys */
  }
  const firms = parseTable(readFileSync(join(cwd, 'a/firms.csv'), 'utf8')).rows;
  const inns = new Set(firms.filter((row) => !row.firm.startsWith('D')).map((row) => row.firm));
  assert.equal(inns.size, 400);
  assert.ok([...inns].every((inn) => inn.startsWith('00'))); /* no tax office gives these out */
  const twice = firms.filter((row) => row.firm.startsWith('D'));
  assert.ok(twice.length > 8 && twice.length < 40);
  assert.ok(twice.every((row) => inns.has(row.firm.slice(1))));
  const contracts = parseTable(readFileSync(join(cwd, 'a/contracts.csv'), 'utf8')).rows;
  assert.equal(contracts.length, 900);
  assert.ok(contracts.every((row) => inns.has(row.buyer) && row.buyer !== row.supplier));
  const outside = contracts.filter((row) => !inns.has(row.supplier)).length;
  assert.ok(outside > 30 && outside < 200);
  const members = parseTable(readFileSync(join(cwd, 'a/participants.csv'), 'utf8')).rows;
  assert.ok(members.every((row) => inns.has(row.firm)));
});

test('registers in their true shapes: what is in them comes in, by content and not by name', async (t) => {
  const cwd = folder(t);
  await okrugDone(['init', 'w.okrug'], { cwd });
  const size = ['--firms', '1500', '--seed', '3'];
  await generate(cwd, 'firms', 'plain.csv', ...size);
  await generate(cwd, 'firms', 'sme.bin', '--format', 'sme', ...size);
  await generate(cwd, 'firms', 'egrul.zip', '--format', 'egrul', ...size);
  await generate(cwd, 'firms', 'again.zip', '--format', 'sme', ...size);
  assert.deepEqual(readFileSync(join(cwd, 'again.zip')), readFileSync(join(cwd, 'sme.bin')));
  const plain = parseTable(readFileSync(join(cwd, 'plain.csv'), 'utf8')).rows;
  const sme = await okrugDone(['import', 'w.okrug', 'firms', 'sme.bin'], { cwd });
  assert.match(sme.stderr, /format: sme-register[\s\S]*made up[\s\S]*no large firms and no branches/);
  const small = parseTable(await exported(cwd, 'w.okrug#sme')).rows;
  const expected = plain.filter((row) => row.category !== 'large');
  assert.deepEqual(small.map((row) => [row.inn, row.ogrn, row.industry, row.activities, row.employees, row.category]),
    expected.map((row) => [row.inn, row.ogrn, row.industry, row.activities, row.employees, row.category]));
  assert.ok(small.every((row) => row.synthetic === 'yes' && row.precision === 'settlement' && row.region === '40'));
  assert.ok(small.every((row) => (row.personal === 'yes') === (row.inn.length === 12)));
  await okrugDone(['import', 'w.okrug', 'firms', 'egrul.zip'], { cwd });
  const legal = parseTable(await exported(cwd, 'w.okrug#egrul')).rows;
  const companies = plain.filter((row) => row.legal_form !== 'ИП');
  assert.deepEqual(legal.map((row) => [row.inn, row.kpp, row.industry, row.since]),
    companies.map((row) => [row.inn, row.kpp, row.industry, row.since]));
  assert.deepEqual(legal.map((row) => row.settlement), companies.map((row) => row.settlement.toUpperCase()));
  const points = await okrug(['run', 'k-density', 'w.okrug#egrul', '--industry', '31.09'], { cwd });
  assert.equal(points.code, 3);
  assert.match(points.stderr, /none of the columns x, lat is there/); /* addresses have no coordinates */
  /* One part of it. */
  await okrugDone(['import', 'w.okrug', 'firms', 'sme.bin', '--name', 'wood', '--where', 'industry=31.09'], { cwd });
  const wood = parseTable(await exported(cwd, 'w.okrug#wood')).rows;
  assert.equal(wood.length, expected.filter((row) => row.industry === '31.09').length);
  await okrugDone(['import', 'w.okrug', 'firms', 'sme.bin', '--name', 'furniture', '--where', 'industry^=31'], { cwd });
  const begins = expected.filter((row) => row.industry.startsWith('31'));
  assert.ok(begins.length > wood.length && begins.length < expected.length);
  assert.equal(parseTable(await exported(cwd, 'w.okrug#furniture')).rows.length, begins.length);
  const dry = await okrugDone(['import', 'w.okrug', 'firms', 'sme.bin', '--name', 'look', '--dry-run'], { cwd });
  assert.match(dry.stdout, /КатСубМСП -> category/);
  assert.match(dry.stderr, /only the first 1000 records/);
  const refused = await okrug(['import', 'w.okrug', 'firms', 'sme.bin', '--name', 'x', '--map', 'name=y'], { cwd });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /--map is not for a register/);
  const there = await okrug(['import', 'w.okrug', 'firms', 'sme.bin'], { cwd });
  assert.equal(there.code, 6);
  await okrugDone(['import', 'w.okrug', 'firms', 'sme.bin', '--replace'], { cwd });
  await okrugDone(['undo', 'w.okrug'], { cwd });
  assert.equal(parseTable(await exported(cwd, 'w.okrug#sme')).rows.length, expected.length);
  await okrugDone(['check', 'w.okrug'], { cwd });
});

test('an import that was killed goes on, and nothing of it is to be seen before', async (t) => {
  const cwd = folder(t);
  await generate(cwd, 'firms', 'r.zip', '--format', 'sme', '--firms', '60000');
  for (const name of ['whole', 'killed']) {
    await okrugDone(['init', `${name}.okrug`], { cwd });
  }
  await okrugDone(['import', 'whole.okrug', 'firms', 'r.zip'], { cwd });
  const file = join(cwd, 'killed.okrug');
  const empty = statSync(file).size;
  const { signal } = await watch(cwd, ['import', 'killed.okrug', 'firms', 'r.zip'], () =>
    statSync(file).size > empty + 4e6 && !existsSync(`${file}-journal`));
  assert.equal(signal, 'SIGKILL');
  const seen = await okrug(['export', 'killed.okrug#r', 'r.csv'], { cwd });
  assert.match(seen.stderr, /no dataset r/);
  const checked = await okrugDone(['check', 'killed.okrug'], { cwd });
  assert.match(checked.stderr, /import that was broken off/);
  const on = await okrugDone(['import', 'killed.okrug', 'firms', 'r.zip'], { cwd });
  assert.match(on.stderr, /goes on: \d{5} records were read before/);
  assert.equal(await exported(cwd, 'killed.okrug#r'), await exported(cwd, 'whole.okrug#r'));
  assert.doesNotMatch((await okrugDone(['check', 'killed.okrug'], { cwd })).stderr, /broken off/);
});

test('what another file left, or what is to be read again, is thrown away with a word', async (t) => {
  const cwd = folder(t);
  await generate(cwd, 'firms', 'r.zip', '--format', 'sme', '--firms', '40000');
  await okrugDone(['init', 'w.okrug'], { cwd });
  const file = join(cwd, 'w.okrug');
  const empty = statSync(file).size;
  const half = () => watch(cwd, ['import', 'w.okrug', 'firms', 'r.zip', '--replace'], () =>
    statSync(file).size > empty + 4e6 && !existsSync(`${file}-journal`));
  assert.equal((await half()).signal, 'SIGKILL');
  copyFileSync(join(cwd, 'r.zip'), join(cwd, 'copy.zip'));
  utimesSync(join(cwd, 'copy.zip'), 1, 1);
  const other = await okrugDone(['import', 'w.okrug', 'firms', 'copy.zip', '--name', 'r'], { cwd });
  assert.match(other.stderr, /it was thrown away/);
  const rows = parseTable(await exported(cwd, 'w.okrug#r')).rows;
  assert.equal(new Set(rows.map((row) => row.firm)).size, rows.length);
  const again = await okrugDone(['import', 'w.okrug', 'firms', 'r.zip', '--replace', '--again'], { cwd });
  assert.doesNotMatch(again.stderr, /goes on/);
});

test('memory does not grow with the register', async (t) => {
  const cwd = folder(t);
  const peak = {};
  for (const firms of [20000, 120000]) {
    await generate(cwd, 'firms', `${firms}.zip`, '--format', 'sme', '--firms', String(firms));
    await okrugDone(['init', `${firms}.okrug`], { cwd });
    peak[firms] = 0;
    const { code } = await watch(cwd, ['import', `${firms}.okrug`, 'firms', `${firms}.zip`], (pid) => {
      const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
      peak[firms] = Math.max(peak[firms], Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0));
      return false;
    });
    assert.equal(code, 0);
  }
  assert.ok(peak[20000] > 5000);
  assert.ok(peak[120000] < 1.5 * peak[20000] + 8192, JSON.stringify(peak)); /* six times the firms; kB */
});

test('the register of products comes in without a mapping, from CSV and from the sheet below two titles', async (t) => {
  const cwd = folder(t);
  await okrugDone(['init', 'w.okrug'], { cwd });
  await generate(cwd, 'products', 'gisp.csv', '--format', 'gisp', '--firms', '800');
  const lines = readFileSync(join(cwd, 'gisp.csv'), 'utf8').trim().split('\n');
  const [maker, ogrn, inn, , ...rest] = lines[1].split(',');
  writeFileSync(join(cwd, 'gisp.csv'), [...lines,
    [maker, ogrn, inn, 'SYNTHETIC-other', ...rest].join(','), /* the same product again */
    [maker, ogrn, '7707083894', 'SYNTHETIC-bad', ...rest].join(',')].join('\n'));
  const { stderr } = await okrugDone(['import', 'w.okrug', 'products', 'gisp.csv'], { cwd });
  assert.match(stderr, /1 entry has no valid INN or OKPD 2[\s\S]*1 further entry/);
  const rows = parseTable(await exported(cwd, 'w.okrug#gisp')).rows;
  assert.equal(rows.length, lines.length - 1);
  assert.deepEqual([rows[0].firm, rows[0].product], [inn, rest[1]]);
  assert.ok(rows.every((row) => row.synthetic === 'yes'));
  const cells = lines.slice(0, 20).map((line) => line.split(','));
  writeFileSync(join(cwd, 'sheet.xlsx'), workbook({ Организации: [['x'], ['y']], Продукция: [['Реестр'], ['на дату'], ...cells] }));
  await okrugDone(['import', 'w.okrug', 'products', 'sheet.xlsx'], { cwd });
  const read = parseTable(await exported(cwd, 'w.okrug#sheet')).rows;
  assert.deepEqual(read.map((row) => [row.firm, row.product]), cells.slice(1).map((line) => [line[2], line[5]]));
});

test('what cannot be generated is told', async (t) => {
  const cwd = folder(t);
  for (const [args, words] of [
    [['generate', 'firms'], /-o is missing/],
    [['generate', 'frogs', '-o', 'x'], /no kind/],
    [['generate', 'firms', '-o', 'x', '--firms', '0'], /firms/],
    [['generate', 'firms', '-o', 'x', '--firms', '1.5'], /firms/],
    [['generate', 'firms', '-o', 'x', '--region', 'Kaluga'], /region/],
    [['generate', 'firms', '-o', 'x', '--duplicates', '2'], /duplicates/],
    [['generate', 'contracts', '-o', 'x', '--format', 'sme'], /format/],
    [['generate', 'firms', '-o', 'x', '--colour', 'red'], /colour/]]) {
    const { code, stderr } = await okrug(args, { cwd });
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, words);
    assert.ok(!existsSync(join(cwd, 'x')));
  }
  const unwritable = await okrug(['generate', 'firms', '--firms', '10', '-o', 'no/such/folder.csv'], { cwd });
  assert.equal(unwritable.code, 5);
});
