/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests that never end, and requests that are none.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';

import { folder, okrugDone } from '../support/okrug.mjs';
import { raw, serve as start } from '../support/server.mjs';

const pause = (time) => new Promise((later) => setTimeout(later, time));

async function serve(t) {
  const cwd = folder(t, {});
  await okrugDone(['init', 'w.okrug'], { cwd });
  const server = await start('w.okrug', { cwd });
  t.after(() => server.child.kill('SIGKILL'));
  return server;
}

/* A connection that sends `head` and then a byte every 200 ms. */
function drip(t, port, head) {
  const socket = connect(port, '127.0.0.1', () => socket.write(head));
  const timer = setInterval(() => socket.write('a'), 200);
  const dripping = { began: Date.now(), ended: null };
  socket.on('error', () => {});
  socket.on('data', () => {});
  socket.on('close', () => {
    clearInterval(timer);
    dripping.ended ??= Date.now();
  });
  t.after(() => socket.destroy());
  return dripping;
}

test('while 300 connections drip, the page is answered, and what is changed is changed', { timeout: 60000 }, async (t) => {
  const server = await serve(t);
  const heads = ['', 'GET / HT', 'GET / HTTP/1.1\r\nX-Slow: ',
    `POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`];
  const many = Array.from({ length: 300 }, (_, i) => drip(t, server.port, heads[i % heads.length]));
  await pause(500);
  for (let i = 0; i < 10; i++) {
    const before = Date.now();
    assert.equal((await server.get('/')).code, 200);
    assert.equal((await server.get('/api/v1/datasets')).code, 200);
    assert.equal((await server.send('POST', '/api/v1/changes/undo')).code, 404);
    assert.ok(Date.now() - before < 2000, `${Date.now() - before} ms`);
    await pause(100);
  }
  const alive = many.filter(({ ended }) => ended === null).length;
  assert.ok(alive > 0 && alive <= 100, `${alive} are still waited for`);
});

test('a request has ten seconds; one with the token, and a file to send, has longer', { timeout: 60000 }, async (t) => {
  const server = await serve(t);
  const slow = drip(t, server.port, 'GET / HTTP/1.1\r\nX-Slow: ');
  const upload = drip(t, server.port, `POST /api/v1/uploads?name=a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`
    + `X-Okrug-Token: ${server.token}\r\nContent-Length: 1000\r\n\r\n`);
  await pause(13000);
  assert.ok(slow.ended !== null, 'it was hung up on');
  assert.ok(slow.ended - slow.began > 8000, `${slow.ended - slow.began} ms`);
  assert.equal(upload.ended, null);
  const { code, stderr } = await server.stop();
  assert.equal(code, 0, stderr);
});

test('a connection answers one request after another', async (t) => {
  const server = await serve(t);
  const get = (more) => `GET /api/v1/version HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${more}\r\n`;
  const answers = await raw(server.port, get('') + get('') + get('Connection: close\r\n'));
  assert.equal(answers.match(/HTTP\/1\.1 200/g).length, 3);
});

test('two headers Host are answered 400, in JSON, also where both are ours', async (t) => {
  const server = await serve(t);
  const ours = `Host: 127.0.0.1:${server.port}\r\n`;
  for (const hosts of [ours + ours, `${ours}Host: evil.example\r\n`, `host: evil.example\r\n${ours}`]) {
    const answer = await raw(server.port, `GET /api/v1/version HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 400/);
    assert.match(answer, /Content-Type: application\/json/i);
    assert.equal(JSON.parse(answer.split('\r\n\r\n')[1]).error.messages[0].code, 'host-repeated');
  }
});
