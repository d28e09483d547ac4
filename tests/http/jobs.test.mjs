/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs from start to end, through cancelling, servers that are stopped and servers that are killed. How long a job
 * takes hangs on its permutations, drawn by one thread; the one with a large result is complexity over 2,400 regions
 * and 800 industries.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { fingerprint, folder, okrug, okrugDone, root } from '../support/okrug.mjs';
import { endless, long, longPermutations, ring } from '../support/ring.mjs';
import { validate } from '../support/schema.mjs';
import { serve as start } from '../support/server.mjs';

const openapi = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8'));
const large = { analysis: 'complexity', input: '#big' };
const short = { analysis: 'location-quotient', input: '#small', options: [{ name: 'level', value: '0.9' }] };
const imported = ['greedy', 'links', 'small', 'ring', 'big'];
const lease = 10000; /* ms; OKRUG_JOB_LEASE */
let made; /* a folder with the workspace that every test copies */

function bigTable() {
  const lines = ['region,industry,value'];
  let state = 7;
  for (let region = 0; region < 2400; region++) {
    for (let industry = 0; industry < 800; industry++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      if (state % 3 === 0) {
        lines.push(`r${region},i${industry},${1 + (state >> 8) % 1000}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/* A server that does not outlive its test. */
async function serve(t, cwd, more = []) {
  const server = await start('w.okrug', { cwd, more, env: { OMP_NUM_THREADS: '1' } });
  t.after(() => server.child.kill('SIGKILL'));
  return server;
}

before(async () => {
  made = mkdtempSync(join(tmpdir(), 'okrug-jobs-'));
  writeFileSync(join(made, 'small.csv'), 'region,industry,value\nA,x,1\nB,y,2\nA,y,3\n');
  writeFileSync(join(made, 'big.csv'), bigTable());
  const [values, links] = ring();
  writeFileSync(join(made, 'ring.csv'), values);
  writeFileSync(join(made, 'links.csv'), links);
  writeFileSync(join(made, 'greedy.csv'), 'code,a,b\na,90,40\nb,60,50\noutput,100,100\n');
  await okrugDone(['init', 'w.okrug'], { cwd: made });
  await okrugDone(['import', 'w.okrug', 'input-output', 'greedy.csv'], { cwd: made });
  await okrugDone(['import', 'w.okrug', 'neighbours', 'links.csv'], { cwd: made });
  await okrugDone(['import', 'w.okrug', 'values', 'small.csv', 'ring.csv', 'big.csv'], { cwd: made, timeout: 200000 });
});

after(() => rmSync(made, { recursive: true, force: true }));

const workspace = (t) => folder(t, { 'w.okrug': readFileSync(join(made, 'w.okrug')) });
const json = ({ body }) => JSON.parse(body);
const jobOf = async (server, id) => json(await server.get(`/api/v1/jobs/${id}`));
const ids = async (server) => json(await server.get('/api/v1/datasets')).datasets.map(({ id }) => id);

async function post(server, request) {
  const { code, body } = await server.send('POST', '/api/v1/jobs', request);
  assert.equal(code, 202, body);
  const job = JSON.parse(body);
  assert.equal(job.state, 'queued');
  return job.id;
}

/* The last thing that is told of a job; every event is as described. */
async function ended(server, id) {
  const events = await server.events(`/api/v1/jobs/${id}/events`, (job, name) => {
    assert.equal(name, 'job');
    assert.deepEqual(validate(openapi.components.schemas.Job, job, openapi), []);
    return false;
  });
  assert.ok(events.length > 0);
  return events.at(-1);
}

/* When the long job computes: it was started, and not before `since`. */
const running = async (server, id, since = null) => (await server.events(`/api/v1/jobs/${id}/events`,
  ({ state, progress, started }) => state === 'running' && progress !== null && started !== since)).at(-1).started;

test('a job runs, tells its progress, and its result is that of okrug run, beside the old one', { timeout: 240000 }, async (t) => {
  const cwd = workspace(t);
  const server = await serve(t, cwd);
  const id = await post(server, long);
  const events = await server.events(`/api/v1/jobs/${id}/events`);
  const states = events.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1]);
  assert.deepEqual(states.slice(-2), ['running', 'done']);
  const told = events.flatMap(({ progress }) => progress ?? []);
  assert.ok(told.length > 0);
  for (const { task, done, of } of told) {
    assert.match(task, /^task\./);
    assert.ok(done >= 0 && done <= of);
  }
  const last = events.at(-1);
  assert.equal(last.result, 'local-moran-1');
  assert.ok(last.created <= last.started && last.started < last.finished);
  assert.match(last.finished, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  const again = await ended(server, await post(server, { ...long, options: [...long.options, { name: 'map', value: 'value=value' }] }));
  assert.equal(again.result, 'local-moran-2');
  assert.deepEqual(await ids(server), [...imported, 'local-moran-1', 'local-moran-2']);
  const served = json(await server.get('/api/v1/datasets/local-moran-1'));
  await server.stop();
  await okrugDone(['run', 'local-moran', 'w.okrug#ring', '--weights', 'w.okrug#links', '--permutations', longPermutations, '-o', 'run'], { cwd, timeout: 200000 });
  assert.deepEqual(served.provenance, JSON.parse(readFileSync(join(cwd, 'run/provenance.json'), 'utf8')));
  await sameAsRun(t, cwd, 'local-moran-1');
});

/* The tables of the result in the workspace are those that okrug run wrote. */
async function sameAsRun(t, cwd, id) {
  const server = await serve(t, cwd);
  const { tables } = json(await server.get(`/api/v1/datasets/${id}`));
  for (const { name, rows } of tables) {
    const [header, ...lines] = readFileSync(join(cwd, `run/${name}.csv`), 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, rows, name);
    const { columns } = json(await server.get(`/api/v1/datasets/${id}/tables/${name}`));
    assert.deepEqual(header.split(','), [...columns.map((column) => column.name), 'reason'], name);
    const written = lines.map((line) => line.split(','));
    for (const [c, { name: column, type, values }] of columns.entries()) {
      const texts = values.map((value) => (value === null ? '' : String(value)));
      assert.deepEqual(texts, written.map((row) => (type === 'number' && row[c] !== '' ? String(Number(row[c])) : row[c])), `${name}.${column}`);
    }
  }
  await server.stop();
}

test('an id of one\'s own is used, and nothing is written over', async (t) => {
  const server = await serve(t, workspace(t));
  assert.equal((await ended(server, await post(server, { ...short, id: 'ours' }))).result, 'ours');
  for (const id of ['ours', 'small']) {
    const { code, body } = await server.send('POST', '/api/v1/jobs', { ...short, id });
    assert.equal(code, 409, body);
    assert.equal(JSON.parse(body).error.messages[0].code, 'result-exists');
  }
  assert.equal((await server.send('POST', '/api/v1/jobs', { ...short, id: 'a/b' })).code, 400);
  const [change] = json(await server.get('/api/v1/changes')).changes;
  assert.deepEqual([change.what, change.dataset, change.undone, change.can_undo], ['run', 'ours', false, true]);
  assert.deepEqual(json(await server.send('POST', '/api/v1/changes/undo')).change, { ...change, undone: true, can_undo: false });
  assert.ok(!(await ids(server)).includes('ours'));
  assert.equal((await ended(server, await post(server, { ...short, id: 'ours' }))).result, 'ours', 'what was undone has no name');
  await post(server, endless);
  await post(server, { ...short, id: 'later' });
  assert.equal((await server.send('POST', '/api/v1/jobs', { ...short, id: 'later' })).code, 409, 'a queued job has asked for it');
  await server.stop();
});

test('a job makes only the columns that are asked for, and refuses those that there are not', async (t) => {
  const cwd = workspace(t);
  const server = await serve(t, cwd);
  const job = await post(server, { ...short, options: [...short.options, { name: 'columns', value: 'lq' }] });
  const done = await ended(server, job);
  assert.equal(done.state, 'done');
  const { columns } = json(await server.get(`/api/v1/datasets/${done.result}/tables/quotients`));
  assert.deepEqual(columns.map(({ name }) => name), ['region', 'industry', 'period', 'lq']);
  const refused = await server.send('POST', '/api/v1/jobs', { ...short, options: [{ name: 'columns', value: 'nonsense' }] });
  assert.equal(refused.code, 400, refused.body);
  assert.match(refused.body, /nonsense/);
});

test('what okrug run would refuse is refused before it is queued, and no file is read', async (t) => {
  const cwd = workspace(t);
  writeFileSync(join(cwd, '#small'), 'region,industry,value\nX,x,1\n');
  writeFileSync(join(cwd, 'secret.csv'), 'region,industry,value\nX,x,1\n');
  const server = await serve(t, cwd);
  const codes = async (request) => {
    const { code, body } = await server.send('POST', '/api/v1/jobs', request);
    return [code, ...(JSON.parse(body).error?.messages.map((message) => message.code) ?? [])];
  };
  assert.deepEqual(await codes({ ...short, analysis: 'nothing' }), [400, 'unknown-analysis']);
  assert.deepEqual(await codes({ ...short, options: [{ name: 'level', value: '2' }, { name: 'quantum', value: '' }] }),
    [400, 'bad-option-value', 'unknown-option']);
  assert.deepEqual(await codes({ ...short, input: '#nothing' }), [404, 'no-dataset']);
  for (const input of ['secret.csv', join(cwd, 'secret.csv'), 'w.okrug#small', '-', '']) {
    assert.deepEqual(await codes({ ...short, input }), [400, 'input-not-stored'], input);
    assert.deepEqual(await codes({ ...short, options: [{ name: 'reference', value: input }] }), [400, 'input-not-stored'], input);
  }
  assert.deepEqual(await codes({ ...short, options: [{ name: 'map', value: 'region=absent' }] }), [422, 'missing-column']);
  assert.deepEqual(json(await server.get('/api/v1/jobs')), { jobs: [] });
  const { result } = await ended(server, await post(server, short));
  const { columns } = json(await server.get(`/api/v1/datasets/${result}/tables/quotients`));
  assert.ok(columns[0].values.includes('A'), 'the dataset was read, not the file of its name');
  await server.stop();
});

test('a job that cannot be done has failed, with its messages', async (t) => {
  const server = await serve(t, workspace(t));
  const job = await ended(server, await post(server, { analysis: 'multipliers', input: '#greedy', options: [{ name: 'output', value: 'output' }] }));
  assert.equal(job.state, 'failed');
  assert.equal(job.result, null);
  assert.ok(job.messages.length > 0);
  assert.deepEqual(await ids(server), imported);
  await server.stop();
});

test('queued and running jobs can be cancelled', { timeout: 240000 }, async (t) => {
  const server = await serve(t, workspace(t));
  const first = await post(server, endless);
  const second = await post(server, short);
  await running(server, first);
  const cancelled = json(await server.send('POST', `/api/v1/jobs/${second}/cancel`));
  assert.equal(cancelled.state, 'cancelled');
  assert.equal(cancelled.started, null);
  assert.equal((await server.get('/api/v1/datasets')).code, 200, 'reading goes on while a job runs');
  const { code } = await server.send('POST', `/api/v1/jobs/${first}/cancel`);
  assert.equal(code, 200);
  const last = await ended(server, first);
  assert.equal(last.state, 'cancelled');
  assert.equal(last.result, null);
  assert.deepEqual(await ids(server), imported);
  const done = await ended(server, await post(server, short));
  assert.equal(done.state, 'done', 'the worker works on');
  assert.equal(json(await server.send('POST', `/api/v1/jobs/${done.id}/cancel`)).state, 'done', 'what is over stays as it is');
  await server.stop();
});

test('a job is cancelled while its result is being stored', { timeout: 240000 }, async (t) => {
  const server = await serve(t, workspace(t));
  const id = await post(server, large);
  await server.events(`/api/v1/jobs/${id}/events`, ({ progress, state }) => state === 'done' || progress?.task === 'task.storing');
  const { code, body } = await server.send('POST', `/api/v1/jobs/${id}/cancel`);
  assert.equal(code, 200, body);
  const { state } = await ended(server, id);
  assert.ok(['cancelled', 'done'].includes(state));
  assert.equal((await ids(server)).includes('complexity-1'), state === 'done');
  await server.stop();
});

test('a server that is stopped puts its job back, and the next one does it', { timeout: 240000 }, async (t) => {
  const cwd = workspace(t);
  let server = await serve(t, cwd);
  const id = await post(server, long);
  await running(server, id);
  const following = server.events(`/api/v1/jobs/${id}/events`); /* streams do not keep a server from stopping */
  await new Promise((later) => setTimeout(later, 100));
  const { code, stderr } = await server.stop();
  assert.equal(code, 0, stderr);
  await following;
  server = await serve(t, cwd);
  const ready = Date.now();
  const taken = (await server.events(`/api/v1/jobs/${id}/events`, ({ state }) => state === 'running')).at(-1);
  assert.ok(Date.parse(taken.started) - ready < lease / 2, 'at once, not when the lease is over');
  const last = await ended(server, id);
  assert.equal(last.state, 'done');
  assert.equal(last.result, 'local-moran-1');
  await server.stop();
});

/* Side by side, because they mostly wait for leases to end. */
describe('servers that are killed', { concurrency: true }, () => {
  test('a killed server loses no job that it had accepted', { timeout: 240000 }, async (t) => {
    const cwd = workspace(t);
    let server = await serve(t, cwd);
    const first = await post(server, long);
    await running(server, first);
    const more = [];
    for (let i = 0; i < 5; i++) {
      more.push(await post(server, { ...short, id: `short ${i}` }));
    }
    await server.stop('SIGKILL');
    server = await serve(t, cwd);
    assert.equal((await jobOf(server, first)).state, 'running', 'until its lease is over');
    for (const id of more) {
      assert.equal((await ended(server, id)).state, 'done');
    }
    const last = await ended(server, first);
    assert.equal(last.state, 'done');
    assert.deepEqual((await ids(server)).sort(), [...imported, 'local-moran-1', 'short 0', 'short 1', 'short 2', 'short 3', 'short 4'].sort());
    await server.stop();
    await okrugDone(['run', 'local-moran', 'w.okrug#ring', '--weights', 'w.okrug#links', '--permutations', longPermutations, '-o', 'run'], { cwd, timeout: 200000 });
    await sameAsRun(t, cwd, 'local-moran-1');
  });

  test('a job that takes the server down with it is given up after three times', { timeout: 240000 }, async (t) => {
    const cwd = workspace(t);
    let server = await serve(t, cwd);
    const id = await post(server, endless);
    let started = null;
    for (let i = 0; i < 3; i++) {
      started = await running(server, id, started);
      await server.stop('SIGKILL');
      server = await serve(t, cwd);
    }
    const last = await ended(server, id);
    assert.equal(last.state, 'failed');
    assert.equal(last.messages[0].code, 'job-given-up');
    assert.equal((await ended(server, await post(server, short))).state, 'done');
    await server.stop();
  });
});

test('two servers on one workspace do each job once', { timeout: 240000 }, async (t) => {
  const cwd = workspace(t);
  const servers = [await serve(t, cwd, ['--jobs', '2']), await serve(t, cwd)];
  const posted = [];
  for (let i = 0; i < 24; i++) {
    posted.push(await post(servers[i % 2], short));
  }
  const ends = await Promise.all(posted.map((id, i) => ended(servers[(i + 1) % 2], id)));
  assert.ok(ends.every(({ state }) => state === 'done'));
  assert.equal(new Set(ends.map(({ result }) => result)).size, 24);
  assert.deepEqual((await ids(servers[0])).filter((id) => id.startsWith('location')).sort(),
    Array.from({ length: 24 }, (_, i) => `location-quotient-${i + 1}`).sort());
  assert.deepEqual(json(await servers[1].get('/api/v1/jobs')).jobs.map(({ id }) => id), posted.toReversed());
  await Promise.all(servers.map((server) => server.stop()));
});

test('many may follow a job, but not any number', { timeout: 240000 }, async (t) => {
  const server = await serve(t, workspace(t));
  const first = await post(server, endless);
  const id = await post(server, short); /* waits for the first */
  const path = `/api/v1/jobs/${id}/events`;
  let ready = 0;
  const followers = Array.from({ length: 64 }, () => server.events(path, () => {
    ready += 1;
    return false;
  }));
  while (ready < 64) {
    await new Promise((later) => setTimeout(later, 10));
  }
  const { code, body } = await server.get(path);
  assert.equal(code, 503);
  assert.equal(JSON.parse(body).error.messages[0].code, 'too-many-streams');
  assert.equal((await server.get('/api/v1/version')).code, 200);
  await server.send('POST', `/api/v1/jobs/${id}/cancel`);
  for (const events of await Promise.all(followers)) {
    assert.equal(events.at(-1).state, 'cancelled');
  }
  assert.equal((await ended(server, id)).state, 'cancelled', 'those who have left make room');
  await server.send('POST', `/api/v1/jobs/${first}/cancel`);
  await server.stop();
});

test('bad numbers for --jobs and --upload-limit are usage', async (t) => {
  const cwd = workspace(t);
  for (const more of [['--jobs', '0'], ['--jobs', 'many'], ['--jobs', '65'], ['--upload-limit', '-1'], ['--upload-limit', '1.5']]) {
    const { code, stderr } = await okrug(['serve', 'w.okrug', '--listen', '127.0.0.1:0', ...more], { cwd });
    assert.equal(code, 2, `${more}: ${stderr}`);
  }
  assert.deepEqual(Object.keys(fingerprint(cwd)), ['w.okrug']);
});
