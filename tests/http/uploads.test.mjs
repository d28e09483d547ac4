/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files sent to the server: where they are kept, under which names, how large they may be, and that nothing is left.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone } from '../support/okrug.mjs';
import { serve } from '../support/server.mjs';

const MiB = 1 << 20;

/* A server with a folder for temporary files of its own. */
async function start(t, more = []) {
  const cwd = folder(t);
  const temporary = join(cwd, 'tmp');
  mkdirSync(temporary);
  await okrugDone(['init', 'w.okrug'], { cwd });
  const again = async () => {
    const server = await serve('w.okrug', { cwd, more, env: { TMPDIR: temporary } });
    t.after(() => server.child.kill('SIGKILL'));
    return server;
  };
  return { server: await again(), temporary, again };
}

/* The files in a folder, but for locks; again from the start where the server takes a folder away meanwhile. */
function kept(temporary) {
  for (;;) {
    try {
      return readdirSync(temporary, { recursive: true }).filter((path) => statSync(join(temporary, path), { throwIfNoEntry: false })?.isFile() && !path.endsWith('/lock'));
    } catch (fault) {
      if (fault.code !== 'ENOENT' || !existsSync(temporary)) throw fault;
    }
  }
}
const send = async (server, name, bytes, about) => {
  const { code, body } = await server.send('POST', `/api/v1/uploads?name=${encodeURIComponent(name)}`, bytes, about);
  return { code, ...JSON.parse(body) };
};

test('a file is kept byte for byte, for its owner alone, until it is deleted', async (t) => {
  const { server, temporary } = await start(t);
  const bytes = Buffer.from(Array.from({ length: 3 * MiB + 7 }, (_, i) => (i * 31) & 255));
  const upload = await send(server, 'данные 2018.csv', bytes);
  assert.equal(upload.code, 201);
  assert.equal(upload.name, 'данные 2018.csv');
  assert.equal(upload.bytes, bytes.length);
  const [path] = kept(temporary);
  assert.ok(path.endsWith(`${upload.id}/данные 2018.csv`));
  assert.ok(readFileSync(join(temporary, path)).equals(bytes));
  assert.equal(statSync(join(temporary, path)).mode & 0o777, 0o600);
  assert.equal(statSync(join(temporary, path.split('/')[0])).mode & 0o777, 0o700);
  assert.equal((await server.send('DELETE', `/api/v1/uploads/${upload.id}`)).code, 200);
  assert.deepEqual(kept(temporary), []);
  assert.equal((await send(server, 'empty', Buffer.alloc(0))).bytes, 0);
  await server.stop();
  assert.deepEqual(readdirSync(temporary), [], 'nothing is left when the server has ended');
});

test('the parts of a file are told; what cannot be read as what it says it is, is not kept', async (t) => {
  const { server, temporary } = await start(t);
  assert.deepEqual((await send(server, 'a.csv', Buffer.from('a;b\n1;2\n'))).parts.map(({ kind }) => kind), ['file']);
  const { code, error } = await send(server, 'broken.xlsx', Buffer.from('no workbook'));
  assert.ok(code === 422 || code === 400, `${code}`);
  assert.ok(error.messages.length > 0);
  assert.doesNotMatch(JSON.stringify(error), /okrug-uploads/, 'where files are kept is nobody\'s business');
  while (kept(temporary).length > 1) { /* it goes once the answer is out */
    await new Promise((later) => setTimeout(later, 10));
  }
  await server.stop();
});

const names = {
  '../../etc/passwd': 'passwd', 'C:\\data\\a.csv': 'a.csv', '.hidden.csv': 'hidden.csv', '..': 'upload', 'a/': 'upload',
  'w.okrug#secret': 'w.okrug_secret', 'a\nb\u007f.csv': 'a_b_.csv', [`${'я'.repeat(200)}.csv`]: `${'я'.repeat(78)}.csv`,
};
test('of a name what is safe is kept', async (t) => {
  const { server, temporary } = await start(t);
  for (const [name, clean] of Object.entries(names)) {
    const upload = await send(server, name, Buffer.from('x'));
    assert.equal(upload.name, clean);
    assert.ok(kept(temporary).some((path) => path.endsWith(`${upload.id}/${clean}`)));
  }
  assert.equal((await send(server, '', Buffer.from('x'))).error.messages[0].code, 'no-upload-name');
  await server.stop();
});

test('a file may be as large as it may be', async (t) => {
  const { server, temporary } = await start(t, ['--upload-limit', '2']);
  const code = async (size, headers) => (await send(server, 'a', Buffer.alloc(size), { headers })).code;
  const chunked = { 'Transfer-Encoding': 'chunked' };
  assert.equal(await code(2 * MiB), 201);
  assert.equal(await code(2 * MiB, chunked), 201);
  assert.equal(await code(2 * MiB + 1), 413);
  assert.equal(await code(2 * MiB + 1, chunked), 413);
  assert.equal(kept(temporary).length, 2, 'nothing is left of what was too large');
  await server.stop();
});

test('a sender that leaves, and too many files, leave nothing behind', async (t) => {
  const { server, temporary } = await start(t);
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`POST /api/v1/uploads?name=half HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Okrug-Token: ${server.token}\r\n` +
    'Content-Length: 1000\r\n\r\nhalf of it');
  while (kept(temporary).length === 0) {
    await new Promise((later) => setTimeout(later, 10));
  }
  socket.destroy();
  while (kept(temporary).length > 0) {
    await new Promise((later) => setTimeout(later, 10));
  }
  const made = [];
  for (let i = 0; i < 32; i++) {
    made.push(await send(server, `${i}`, Buffer.from('x')));
    assert.equal(made[i].code, 201);
  }
  const { code, error } = await send(server, 'one more', Buffer.from('x'));
  assert.equal(code, 409);
  assert.equal(error.messages[0].code, 'too-many-uploads');
  await server.send('DELETE', `/api/v1/uploads/${made[5].id}`);
  assert.equal((await send(server, 'one more', Buffer.from('x'))).code, 201);
  await server.stop();
});

test('what a killed server left is removed by the next, what a living one has is not', async (t) => {
  const { server, temporary, again } = await start(t);
  await send(server, 'left.csv', Buffer.from('x'));
  const second = await again();
  assert.equal(kept(temporary).length, 1);
  await server.stop('SIGKILL');
  writeFileSync(join(temporary, 'okrug-uploads-not-a-folder'), '');
  mkdirSync(join(temporary, 'another folder'));
  const third = await again();
  assert.deepEqual(kept(temporary), ['okrug-uploads-not-a-folder']);
  await second.stop();
  await third.stop();
  assert.deepEqual(readdirSync(temporary).sort(), ['another folder', 'okrug-uploads-not-a-folder']);
});
