/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a server starts, lives beside other commands, and stops.
 */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone } from '../support/okrug.mjs';
import { serve } from '../support/server.mjs';

async function workspace(t) {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nB,y,2\n' });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  return cwd;
}

/* A server that was asked to stop has done what it was for: 0, not 130, which says that work was left undone. */
for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} stops it within a second, with open connections too`, async (t) => {
    const cwd = await workspace(t);
    const server = await serve('w.okrug', { cwd });
    const idle = connect(server.port, '127.0.0.1');
    idle.on('error', () => {});
    await server.get('/api/v1/datasets');
    const before = Date.now();
    server.child.kill(signal);
    const { code, stderr } = await server.child.finished;
    idle.destroy();
    assert.ok(Date.now() - before < 1000, `${Date.now() - before} ms`);
    assert.equal(code, 0, stderr);
    assert.deepEqual(readdirSync(cwd).sort(), ['jobs.csv', 'w.okrug'], 'the workspace is one whole file again');
  });
}

test('a workspace without a study says so', async (t) => {
  const cwd = await workspace(t);
  const server = await serve('w.okrug', { cwd });
  const { code, body } = await server.get('/api/v1/study');
  assert.equal(code, 404);
  assert.equal(JSON.parse(body).error.messages[0].code, 'no-study');
  server.child.kill('SIGINT');
  await server.child.finished;
});

test('what is imported while it serves is served', async (t) => {
  const cwd = await workspace(t);
  const server = await serve('w.okrug', { cwd });
  const names = async () => JSON.parse((await server.get('/api/v1/datasets')).body).datasets.map(({ id }) => id);
  assert.deepEqual(await names(), ['jobs']);
  writeFileSync(join(cwd, 'more.csv'), 'region,industry,value\nC,z,3\nC,y,1\n');
  await okrugDone(['import', 'w.okrug', 'values', 'more.csv'], { cwd });
  assert.deepEqual(await names(), ['jobs', 'more']);
  assert.match((await okrugDone(['run', 'specialisation', 'w.okrug#more'], { cwd })).stdout, /^C,/m);
  server.child.kill('SIGINT');
  await server.child.finished;
});

test('two servers do not share a port', async (t) => {
  const cwd = await workspace(t);
  const server = await serve('w.okrug', { cwd });
  const { code, stderr } = await okrug(['serve', 'w.okrug', '--listen', `127.0.0.1:${server.port}`], { cwd });
  assert.equal(code, 5, stderr);
  assert.match(stderr, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${server.port}`));
  server.child.kill('SIGINT');
  await server.child.finished;
});

test('a workspace that is not there is not served', async (t) => {
  const { code, stderr } = await okrug(['serve', 'absent.okrug', '--listen', '127.0.0.1:0'], { cwd: folder(t) });
  assert.equal(code, 5, stderr);
  assert.match(stderr, /absent\.okrug/);
});
