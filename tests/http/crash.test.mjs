/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What large changes do to others, and servers that are killed in the middle of one: the workspace is whole, nothing is
 * half there, and what was queued goes on.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { folder, okrugDone } from '../support/okrug.mjs';
import { serve as start } from '../support/server.mjs';

const ROWS = 600000;
const small = 'region,industry,value\nA,x,1\nB,y,2\nA,y,3\n';
let made; /* a folder with the workspace that every test copies */
let big;

before(async () => {
  made = mkdtempSync(join(tmpdir(), 'okrug-crash-'));
  const lines = ['region,industry,value'];
  for (let i = 0; i < ROWS; i++) {
    lines.push(`region-${Math.floor(i / 600)},industry-${i % 600},${(i * 31) % 997 + 1}`);
  }
  big = `${lines.join('\n')}\n`;
  writeFileSync(join(made, 'small.csv'), small);
  writeFileSync(join(made, 'big.csv'), big);
  await okrugDone(['init', 'w.okrug'], { cwd: made });
  await okrugDone(['import', 'w.okrug', 'values', 'small.csv'], { cwd: made });
  await okrugDone(['import', 'w.okrug', 'values', 'big.csv'], { cwd: made, timeout: 100000 });
});

after(() => rmSync(made, { recursive: true, force: true }));

const workspace = (t) => folder(t, { 'w.okrug': readFileSync(join(made, 'w.okrug')) });
const large = { analysis: 'location-quotient', input: '#big', id: 'large', options: [] };
const short = { analysis: 'location-quotient', input: '#small', options: [] };

async function serve(t, cwd) {
  const server = await start('w.okrug', { cwd });
  t.after(() => server.child.kill('SIGKILL'));
  return server;
}

const json = ({ body }) => JSON.parse(body);
const ids = async (server) => json(await server.get('/api/v1/datasets')).datasets.map(({ id }) => id);
const post = async (server, request) => json(await server.send('POST', '/api/v1/jobs', request)).id;
const ended = async (server, id) => (await server.events(`/api/v1/jobs/${id}/events`)).at(-1);
/* When its result is being written. */
const storing = async (server, id) => (await server.events(`/api/v1/jobs/${id}/events`,
  ({ progress, state }) => state === 'done' || (progress?.task === 'task.storing' && progress.done > 0))).at(-1).state;

/* The datasets in a file that no server has open. */
const listed = async (cwd) => {
  const { stdout } = await okrugDone(['changes', 'w.okrug', '--json'], { cwd });
  return JSON.parse(stdout).changes.map(({ dataset }) => dataset).reverse();
};

/* What the command line says of the file: whole, and how many rows. */
async function check(cwd) {
  const { stdout, stderr } = await okrugDone(['check', 'w.okrug', '--json'], { cwd });
  assert.equal(JSON.parse(stdout).well, true, stderr);
  return { ...JSON.parse(stdout), staged: /okrug_aside_\d+/.test(stderr) };
}

test('while a large result is written nobody sees it, and others change the workspace', { timeout: 120000 }, async (t) => {
  const server = await serve(t, workspace(t));
  const id = await post(server, large);
  assert.equal(await storing(server, id), 'running');
  assert.deepEqual(await ids(server), ['small', 'big']);
  const upload = json(await server.send('POST', '/api/v1/uploads?name=more.csv', Buffer.from(small))).id;
  const imported = await server.send('POST', '/api/v1/imports', { upload, kind: 'values', id: 'more' });
  assert.equal(imported.code, 201, imported.body);
  const undone = await server.send('POST', '/api/v1/changes/undo');
  assert.equal(undone.code, 200, undone.body);
  assert.equal(json(await server.get(`/api/v1/jobs/${id}`)).state, 'running', 'the others came first');
  assert.equal((await ended(server, id)).state, 'done');
  assert.deepEqual(await ids(server), ['small', 'big', 'large']);
  const [{ rows }] = json(await server.get('/api/v1/datasets/large')).tables;
  assert.equal(rows, ROWS);
  assert.equal(json(await server.send('POST', '/api/v1/changes/undo')).change.dataset, 'large');
  assert.deepEqual(await ids(server), ['small', 'big']);
  await server.stop();
});

test('a job that is cancelled while its result is written leaves nothing', { timeout: 120000 }, async (t) => {
  const cwd = workspace(t);
  const server = await serve(t, cwd);
  const id = await post(server, large);
  assert.equal(await storing(server, id), 'running');
  await server.send('POST', `/api/v1/jobs/${id}/cancel`);
  assert.equal((await ended(server, id)).state, 'cancelled');
  assert.deepEqual(await ids(server), ['small', 'big']);
  await server.stop();
  const { staged, rows } = await check(cwd);
  assert.deepEqual([staged, rows], [false, ROWS + 3]);
});

test('killed while a result is written', { timeout: 120000 }, async (t) => {
  const cwd = workspace(t);
  let server = await serve(t, cwd);
  const first = await post(server, large);
  const second = await post(server, short);
  assert.equal(await storing(server, first), 'running');
  await server.stop('SIGKILL');
  const left = await check(cwd);
  assert.deepEqual([left.staged, left.rows], [true, ROWS + 3], 'half written, and not to be seen');
  assert.deepEqual(await listed(cwd), ['small', 'big']); /* the next server goes on with both jobs at once */
  server = await serve(t, cwd);
  assert.equal((await ended(server, second)).state, 'done');
  assert.equal((await ended(server, first)).state, 'done');
  assert.deepEqual((await ids(server)).sort(), ['big', 'large', 'location-quotient-1', 'small']);
  await server.stop();
  const { staged, rows } = await check(cwd);
  assert.deepEqual([staged, rows], [false, 2 * ROWS + 6]);
});

const sizeOf = (file) => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};

test('killed while an import is written', { timeout: 120000 }, async (t) => {
  const cwd = workspace(t);
  let server = await serve(t, cwd);
  const upload = json(await server.send('POST', '/api/v1/uploads?name=more.csv', Buffer.from(big))).id;
  let answer = null;
  server.send('POST', '/api/v1/imports', { upload, kind: 'values', id: 'more' }).then((got) => { answer = got; }, () => {});
  while (answer === null && sizeOf(join(cwd, 'w.okrug-wal')) < 1 << 20) {
    await new Promise((later) => setTimeout(later, 1));
  }
  assert.equal(answer, null, 'it was being written');
  await server.stop('SIGKILL');
  assert.equal((await check(cwd)).rows, ROWS + 3);
  server = await serve(t, cwd);
  assert.deepEqual(await ids(server), ['small', 'big']);
  assert.equal(json(await server.get('/api/v1/changes')).changes.length, 2);
  assert.equal((await ended(server, await post(server, short))).state, 'done');
  await server.stop();
});

test('killed while a change is undone: it is undone or it is not', { timeout: 120000 }, async (t) => {
  const cwd = workspace(t);
  for (const wait of [0, 2, 5, 10, 20, 40]) {
    writeFileSync(join(cwd, 'w.okrug'), readFileSync(join(made, 'w.okrug')));
    let server = await serve(t, cwd);
    const id = await post(server, short);
    await ended(server, id);
    await server.send('POST', '/api/v1/changes/undo'); /* the result: the import is next */
    server.send('POST', '/api/v1/changes/undo').catch(() => {});
    await new Promise((later) => setTimeout(later, wait));
    await server.stop('SIGKILL');
    const { rows } = await check(cwd);
    assert.ok(rows === 3 || rows === ROWS + 3, `${rows} rows after ${wait} ms`);
    server = await serve(t, cwd);
    assert.deepEqual(await ids(server), rows === 3 ? ['small'] : ['small', 'big']);
    const { undone } = json(await server.get('/api/v1/changes')).changes.find(({ dataset }) => dataset === 'big');
    assert.equal(undone, rows === 3);
    await server.stop();
  }
});
