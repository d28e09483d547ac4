/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on a port of its own, and requests to it exactly as they are written: fetch() would tidy up paths and set Host.
 */
import { request } from 'node:http';
import { connect } from 'node:net';

import { program, start } from './okrug.mjs';

/* Starts `okrug serve`, on a port of its own choice; resolves when it answers, to {child, port, token, get, send, events, stop}.
 * `more`: arguments. */
export async function serve(workspace, { more = [], at = 0, ...options } = {}) {
  const child = start(program, ['serve', workspace, '--listen', `127.0.0.1:${at}`, ...more], { timeout: 240000, ...options });
  const ended = child.finished.then(({ code, signal, stderr }) => {
    throw new Error(`the server ended with ${code ?? signal}: ${stderr}`);
  });
  let over = false;
  ended.catch(() => {
    over = true;
  });
  const ready = (async () => {
    while (!over) {
      const address = /http:\/\/127\.0\.0\.1:(\d+)\/#token=([0-9a-f]{64})\n/.exec(child.standardError());
      if (address) {
        return { port: Number(address[1]), token: address[2] };
      }
      await new Promise((later) => setTimeout(later, 10));
    }
    return ended;
  })();
  const { port, token } = await Promise.race([ready, ended]);
  const get = (path, about = {}) => ask(port, path, about);
  /* Changes something: a value is sent as JSON, with the token. */
  const send = (method, path, value, about = {}) => {
    const json = value === undefined || Buffer.isBuffer(value) ? {} : { 'Content-Type': 'application/json' };
    return ask(port, path, { method, body: json['Content-Type'] ? JSON.stringify(value) : value, ...about,
      headers: { 'X-Okrug-Token': token, ...json, ...about.headers } });
  };
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    return child.finished;
  };
  return { child, port, token, get, send, stop, events: (path, each) => follow(port, path, each) };
}

/* The data of all events of a stream, once it has ended; `each` sees them as they come and may return true to leave. */
function follow(port, path, each = () => false) {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      const all = [];
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(text.slice(0, end)) ?? [];
          text = text.slice(end + 2);
          if (name !== undefined) {
            all.push(JSON.parse(data));
            if (each(all.at(-1), name)) {
              asked.destroy();
              done(all);
            }
          }
        }
      });
      answer.on('end', () => done(all));
      answer.on('error', () => done(all)); /* the server was killed */
    });
    asked.on('error', fail);
    asked.end();
  });
}

export function ask(port, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false, timeout: 60000 }, (answer) => {
      const parts = [];
      answer.on('data', (bytes) => parts.push(bytes));
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ code: answer.statusCode, headers: answer.headers, bytes, body: bytes.toString() });
      });
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
