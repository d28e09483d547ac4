/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on a port of its own, and requests to it exactly as they are written: fetch() would tidy up paths and set Host.
 */
import { request } from 'node:http';
import { connect } from 'node:net';

import { program, start } from './okrug.mjs';

/* Starts `okrug serve`; resolves when it answers, to {child, port, get, send}. */
export async function serve(workspace, options = {}) {
  const child = start(program, ['serve', workspace, '--listen', '127.0.0.1:0'], { timeout: 120000, ...options });
  const ended = child.finished.then(({ code, signal, stderr }) => {
    throw new Error(`the server ended with ${code ?? signal}: ${stderr}`);
  });
  let over = false;
  ended.catch(() => {
    over = true;
  });
  const ready = (async () => {
    while (!over) {
      const address = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(child.standardError());
      if (address) {
        return Number(address[1]);
      }
      await new Promise((later) => setTimeout(later, 10));
    }
    return ended;
  })();
  const port = await Promise.race([ready, ended]);
  const get = (path, more = {}) => ask(port, path, more);
  return { child, port, get };
}

export function ask(port, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false, timeout: 20000 }, (answer) => {
      const parts = [];
      answer.on('data', (bytes) => parts.push(bytes));
      answer.on('end', () => done({ code: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
      answer.on('error', fail);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${path} took too long`)));
    asked.on('error', fail);
    asked.end(body);
  });
}

/* Bytes to the port as they are; all that comes back until the other side closes. */
export function raw(port, bytes) {
  return new Promise((done) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = () => {
      socket.destroy();
      done(text);
    };
    socket.setTimeout(3000, finish);
    socket.on('data', (part) => { text += part; });
    socket.on('close', finish);
    socket.on('error', finish);
  });
}
