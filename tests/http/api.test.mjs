/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server on the workspace of examples/kaluga: every path of schemas/openapi.json, every dataset and table, checked
 * against its schema; and what must not be answered.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { okrugDone, root } from '../support/okrug.mjs';
import { validate } from '../support/schema.mjs';
import { raw, serve } from '../support/server.mjs';

const openapi = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8'));
let cwd;
let server;
let datasets;

before(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'okrug-http-'));
  await okrugDone(['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--workspace', 'kaluga.okrug'], { cwd });
  server = await serve('kaluga.okrug', { cwd });
  ({ datasets } = JSON.parse((await server.get('/api/v1/datasets')).body));
});

after(async () => {
  server?.child.kill('SIGINT');
  await server?.child.finished;
  rmSync(cwd, { recursive: true, force: true });
});

const schemaOf = (path, code, method = 'get') => openapi.paths[path][method].responses[code].content['application/json'].schema;

/* The answer to a real path, checked against the schema of the path it is an example of. */
async function checked(path, real, expected, method = 'get', sent = undefined) {
  const { code, headers, body } = method === 'get' ? await server.get(real) : await server.send(method.toUpperCase(), real, sent);
  assert.equal(code, expected, `${method} ${real}: ${body.slice(0, 300)}`);
  assert.match(headers['content-type'], /^application\/json/);
  const value = JSON.parse(body);
  assert.deepEqual(validate(schemaOf(path, expected, method), value, openapi).slice(0, 5), [], real);
  return value;
}

const encoded = encodeURIComponent;
/* Every path of the description with its examples: a path that has none is a fault. */
const examples = {
  '/api/v1/version': () => [['/api/v1/version', 200]],
  '/api/v1/analyses': () => [['/api/v1/analyses', 200]],
  '/api/v1/kinds': () => [['/api/v1/kinds', 200]],
  '/api/v1/report': () => [['/api/v1/report?format=doc', 400], ['/api/v1/report?format=svg&figure=99', 404]], /* its files: report.test.mjs */
  '/api/v1/changes': () => [['/api/v1/changes', 200]],
  '/api/v1/jobs': () => [['/api/v1/jobs', 200]],
  '/api/v1/jobs/{id}': () => [['/api/v1/jobs/1', 404], ['/api/v1/jobs/x', 404], ['/api/v1/jobs/-1', 404],
    ['/api/v1/jobs/99999999999999999999', 404]],
  '/api/v1/jobs/{id}/events': () => [['/api/v1/jobs/1/events', 404]],
  '/api/v1/study': () => [['/api/v1/study', 200]],
  '/api/v1/datasets': () => [['/api/v1/datasets', 200]],
  '/api/v1/datasets/{id}': () => [...datasets.map(({ id }) => [`/api/v1/datasets/${encoded(id)}`, 200]),
    ['/api/v1/datasets/nothing', 404]],
  '/api/v1/datasets/{id}/features': () => [...datasets.map(({ id, kind }) => [`/api/v1/datasets/${encoded(id)}/features`,
    kind === 'boundaries' ? 200 : 404]), ['/api/v1/datasets/nothing/features', 404]],
  '/api/v1/datasets/{id}/rows': () => {
    const { id, tables } = datasets.find((dataset) => dataset.id === 'regional-employment');
    const path = `/api/v1/datasets/${id}/rows`;
    return [[path, 200], [`${path}?table=${encoded(tables[0].name)}&where=region%3D40&where=industry%3DC&limit=1`, 200],
      [`${path}?search=${encoded('к')}&order=value&descending=true&offset=2`, 200], [`${path}?table=nothing`, 404],
      ['/api/v1/datasets/nothing/rows', 404], [`${path}?order=nothing`, 400], [`${path}?where=region`, 400],
      [`${path}?limit=-1`, 400], [`${path}?limit=10001`, 400], [`${path}?offset=1.5`, 400], [`${path}?descending=yes`, 400],
      [`${path}?${'where=region%3D40&'.repeat(33)}`, 400]];
  },
  '/api/v1/history': () => [['/api/v1/history', 200], ['/api/v1/history?dataset=nothing&where=a%3Db&most=5', 200],
    ['/api/v1/history?most=x', 400]],
  '/api/v1/registry': () => [['/api/v1/registry', 404]], /* there is none yet */
  '/api/v1/registry/{cluster}': () => [['/api/v1/registry/k1', 404], ['/api/v1/registry/k1?date=2026-02-30', 400]],
  '/api/v1/datasets/{id}/tables/{table}': () => [...datasets.flatMap(({ id, tables }) => tables.map(({ name }) =>
    [`/api/v1/datasets/${encoded(id)}/tables/${encoded(name)}`, 200])),
  [`/api/v1/datasets/${datasets[0].id}/tables/nothing`, 404], ['/api/v1/datasets/nothing/tables/nothing', 404]],
};

/* Requests that change something, method and path: [real path, code, what is sent]. That of a body is its example. */
const example = (path) => openapi.paths[path].post.requestBody.content['application/json'].example;
/* The example of a body about an upload, with the id of one. */
async function uploaded(path, text = 'Code,value\nA,1\n') {
  const { body } = await server.send('POST', '/api/v1/uploads?name=amounts.csv', Buffer.from(text));
  return { ...example(path), upload: JSON.parse(body).id };
}
const changes = {
  'post /api/v1/jobs': () => [['/api/v1/jobs', 202, example('/api/v1/jobs')], ['/api/v1/jobs', 400, {}],
    ['/api/v1/jobs', 404, { ...example('/api/v1/jobs'), input: '#nothing' }],
    ['/api/v1/jobs', 409, { ...example('/api/v1/jobs'), id: datasets[0].id }],
    ['/api/v1/jobs', 422, { ...example('/api/v1/jobs'), input: '#labels' }]],
  'post /api/v1/jobs/{id}/cancel': async () => {
    await server.events('/api/v1/jobs/1/events'); /* over: the test of its end comes later */
    return [['/api/v1/jobs/1/cancel', 200], ['/api/v1/jobs/77/cancel', 404]];
  },
  'post /api/v1/changes/undo': async () => {
    await okrugDone(['init', 'empty.okrug'], { cwd });
    const empty = await serve('empty.okrug', { cwd });
    const { code, body } = await empty.send('POST', '/api/v1/changes/undo');
    assert.equal(code, 404);
    assert.equal(JSON.parse(body).error.messages[0].code, 'nothing-to-undo');
    await empty.stop();
    return [['/api/v1/changes/undo', 200]]; /* the result of the example's job goes */
  },
  'put /api/v1/datasets/{id}/rows': async () => {
    const { example: body } = openapi.paths['/api/v1/datasets/{id}/rows'].put.requestBody.content['application/json'];
    const path = '/api/v1/datasets/clusters/rows';
    const value = (name, text) => ({ values: [{ name, value: text }] });
    return [[path, 200, body], [path, 200, body], ['/api/v1/datasets/nothing/rows', 404, { values: body.values }],
      [path, 400, {}], [path, 400, { ...body, kind: 'firms' }], [path, 422, value('cluster', 'k2')],
      [path, 422, value('cluster', null)], [path, 400, value('colour', 'red')]];
  },
  'post /api/v1/datasets/{id}/rows/remove': async () => {
    await checked('/api/v1/registry', '/api/v1/registry', 200);
    await checked('/api/v1/registry/{cluster}', '/api/v1/registry/k1?date=2026-11-22', 200);
    await checked('/api/v1/registry/{cluster}', '/api/v1/registry/k2', 404);
    await checked('/api/v1/history', '/api/v1/history?dataset=clusters', 200);
    const path = '/api/v1/datasets/clusters/rows/remove';
    const { example: body } = openapi.paths['/api/v1/datasets/{id}/rows/remove'].post.requestBody.content['application/json'];
    return [[path, 200, body], [path, 404, body], [path, 400, { ...body, kind: 'clusters' }],
      [path, 422, { values: [{ name: 'cluster', value: '' }] }]];
  },
  'post /api/v1/datasets/{id}/merge': async () => {
    const path = '/api/v1/datasets/firms/merge';
    const body = example('/api/v1/datasets/{id}/merge');
    const put = (dataset, cells) => server.send('PUT', `/api/v1/datasets/${dataset}/rows`,
      { kind: dataset, values: Object.entries(cells).map(([name, value]) => ({ name, value })) });
    for (const firm of [body.keep, body.drop, 'f3']) assert.equal((await put('firms', { firm, name: firm })).code, 200);
    await put('contracts', { contract: 'c', supplier: body.drop, buyer: 'f3', amount: '1' });
    return [[path, 422, { ...body, keep: 'f3' }], [path, 200, body], [path, 404, body], [path, 400, { keep: 'f1' }],
      ['/api/v1/datasets/nothing/merge', 404, body], ['/api/v1/datasets/contracts/merge', 400, body]];
  },
  'post /api/v1/uploads': () => [['/api/v1/uploads?name=a.csv', 201, Buffer.from('a;b\n')], ['/api/v1/uploads', 400, Buffer.from('a')]],
  'delete /api/v1/uploads/{id}': () => [['/api/v1/uploads/nothing', 404]],
  'post /api/v1/imports/preview': async () => {
    const path = '/api/v1/imports/preview';
    return [[path, 200, await uploaded(path)], [path, 404, example(path)], [path, 400, { upload: 'a' }]];
  },
  'post /api/v1/imports': async () => {
    const path = '/api/v1/imports';
    const [bad, taken, good] = [await uploaded(path, 'Code,value\nA,many\n'), await uploaded(path), await uploaded(path)];
    return [[path, 422, bad], [path, 409, { ...taken, id: datasets[0].id }], [path, 201, good], [path, 404, example(path)], [path, 400, {}]];
  },
};

test('every operation of the description is asked', () => {
  const operations = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  assert.deepEqual(operations.sort(), [...Object.keys(examples).map((path) => `get ${path}`), ...Object.keys(changes)].sort());
  assert.ok(datasets.length > 10);
});

test('the list of datasets names the columns of every table, as the table has them', async () => {
  for (const { id, tables } of datasets) {
    for (const { name, rows, columns } of tables) {
      const table = JSON.parse((await server.get(`/api/v1/datasets/${encoded(id)}/tables/${encoded(name)}`)).body);
      assert.equal(table.rows, rows);
      assert.deepEqual(columns, table.columns.map((column) => ({ name: column.name, type: column.type, unit: column.unit })));
    }
  }
});

for (const [path, list] of Object.entries(examples)) {
  test(`${path} answers as described`, async () => {
    for (const [real, code] of list()) {
      await checked(path, real, code);
    }
  });
}

for (const [operation, list] of Object.entries(changes)) {
  test(`${operation} answers as described`, async () => {
    const [method, path] = operation.split(' ');
    for (const [real, code, sent] of await list()) {
      await checked(path, real, code, method, sent);
    }
  });
}

test('what was uploaded can be deleted, once', async () => {
  const { id } = await checked('/api/v1/uploads', '/api/v1/uploads?name=b.csv', 201, 'post', Buffer.from('x'));
  await checked('/api/v1/uploads/{id}', `/api/v1/uploads/${id}`, 200, 'delete');
  await checked('/api/v1/uploads/{id}', `/api/v1/uploads/${id}`, 404, 'delete');
});

test('the job of the example is done, as described', async () => {
  const [last] = (await server.events('/api/v1/jobs/1/events')).slice(-1);
  assert.equal(last.state, 'done');
  const told = await checked('/api/v1/jobs/{id}', '/api/v1/jobs/1', 200);
  assert.deepEqual(told, last);
  await checked('/api/v1/jobs', '/api/v1/jobs', 200);
});

test('tables are whole: as many values as rows, a reason exactly where a value is missing', async () => {
  for (const { id, tables } of datasets) {
    for (const { name, rows } of tables) {
      const table = JSON.parse((await server.get(`/api/v1/datasets/${encoded(id)}/tables/${encoded(name)}`)).body);
      assert.equal(table.rows, rows);
      for (const { name: column, type, values, reasons } of table.columns) {
        assert.equal(values.length, rows, `${id} ${name} ${column}`);
        const missing = values.map((value) => value === null);
        assert.deepEqual((reasons ?? values.map(() => '')).map((reason) => reason !== ''), missing, `${id} ${name} ${column}`);
        const kind = type === 'number' ? 'number' : 'string';
        assert.ok(values.every((value) => value === null || typeof value === kind), `${id} ${name} ${column}`);
      }
    }
  }
});

test('the served table is the table that was written', async () => {
  await okrugDone(['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--workspace', 'again.okrug', '-o', 'results'], { cwd });
  const results = datasets.filter(({ kind }) => kind === 'result');
  assert.ok(results.length > 3);
  for (const { id, tables } of results) {
    for (const { name, rows } of tables) {
      const lines = readFileSync(join(cwd, 'results', id, `${name}.csv`), 'utf8').split('\n').length - 2;
      assert.equal(lines, rows, `${id} ${name}`);
    }
  }
});

test('provenance leads from every result to files with their hashes', () => {
  for (const { id, kind, provenance } of datasets) {
    if (kind !== 'result') {
      assert.match(provenance.sha256, /^[0-9a-f]{64}$/, id);
      continue;
    }
    assert.ok(provenance.inputs.length > 0);
    for (const input of provenance.inputs) {
      const source = input.provenance ?? input;
      assert.ok(source.sha256 || source.inputs, `${id} from ${input.dataset ?? input.file}`);
    }
  }
});

test('faults have a code with words in both languages', async () => {
  for (const path of ['/api/v1/datasets/nothing', '/api/v1/datasets/nothing/tables/x', '/api/v1/nothing', '/nothing']) {
    const { error } = JSON.parse((await server.get(path)).body);
    assert.equal(error.status, 'NOT_FOUND');
    assert.ok(Object.values(error.messages[0].arguments).some((text) => text.includes('nothing')), path);
    for (const language of ['en', 'ru']) {
      const texts = JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8'));
      assert.ok(texts[`message.${error.messages[0].code}`], `${error.messages[0].code} in ${language}`);
    }
  }
});

const nowhere = ['/api/v1/', '/api/v1/nothing', '/api/v1/datasets/', '/api/v1/datasets//tables/x', '/api/v2/datasets', '/api',
  '/nothing', '/index.html/', '/api/v1/datasets/a/b', '/api/v1/study/', '/assets/', '/assets'];
for (const path of nowhere) {
  test(`${path} is not found`, async () => {
    const { code, headers, body } = await server.get(path);
    assert.equal(code, 404);
    assert.match(headers['content-type'], /^application\/json/);
    assert.deepEqual(validate(schemaOf('/api/v1/study', 404), JSON.parse(body), openapi), []);
  });
}

test('nobody leaves the folder of the page', async () => {
  for (const path of ['/../../../../../../etc/passwd', '/assets/../../../../CMakeCache.txt', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2f..%2f..%2fetc%2fpasswd', '/assets/..%5c..%5cetc/passwd', '//etc/passwd', '/./index.html/../../../okrug',
    '/etc/passwd', '/.git/config', '/%00index.html', '/index.html%00.js', '/api/v1/version%00', '/api/v1/datasets/..%2f..%2fetc%2fpasswd',
    '/api/v1/datasets/%27%20OR%201=1--/tables/x']) {
    const { code, body } = await server.get(path);
    assert.ok([400, 404].includes(code), `${path}: ${code}`);
    assert.doesNotMatch(body, /root:|CMAKE|\[core\]/);
  }
});

test('long paths and many headers do no harm', async () => {
  for (const length of [2000, 20000, 200000]) {
    const answer = await raw(server.port, `GET /${'a'.repeat(length)} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^(HTTP\/1\.1 (404|414|431)|$)/);
  }
  await raw(server.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${'X-Many: many\r\n'.repeat(20000)}\r\n`);
  await raw(server.port, '\u0000\u0001\u0002 not http at all\r\n\r\n');
  assert.equal((await server.get('/api/v1/version')).code, 200);
});

test('only our own names are answered', async () => {
  const status = async (headers) => (await server.get('/api/v1/version', { headers })).code;
  for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1:${server.port}.evil.example`,
    `localhost.evil.example:${server.port}`]) {
    assert.equal(await status({ Host: host }), 421, host);
  }
  for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
    assert.equal(await status({ Host: host }), 200, host);
  }
  for (const line of ['', 'Host: \r\n']) {
    const answer = await raw(server.port, `GET /api/v1/version HTTP/1.0\r\n${line}\r\n`);
    assert.match(answer, /^HTTP\/1\.[01] 421/);
  }
});

test('a path answers its own methods and names them', async () => {
  const allowed = { '/api/v1/datasets': 'GET, HEAD', '/api/v1/jobs': 'GET, HEAD, POST', '/': 'GET, HEAD',
    '/api/v1/jobs/1/cancel': 'POST', '/api/v1/uploads/x': 'DELETE' };
  for (const [path, methods] of Object.entries(allowed)) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].filter((name) => !methods.split(', ').includes(name))) {
      const { code, headers, body } = await server.get(path, { method, body: method === 'POST' ? 'x'.repeat(100000) : undefined });
      assert.equal(code, 405, `${method} ${path}: ${body}`);
      assert.equal(headers.allow, methods);
      assert.equal(JSON.parse(body).error.messages[0].code, 'method-not-allowed');
    }
  }
  const head = await server.get('/api/v1/datasets', { method: 'HEAD' });
  assert.equal(head.code, 200);
  assert.equal(head.body, '');
});

test('nothing is changed without the token, or for the page of another site', async () => {
  const code = async (method, path, value, headers) => {
    const answer = await server.send(method, path, value, { headers });
    return `${answer.code} ${JSON.parse(answer.body).error?.messages[0].code}`;
  };
  for (const [method, path, value] of [['POST', '/api/v1/jobs', { ...example('/api/v1/jobs') }], ['POST', '/api/v1/jobs/1/cancel'],
    ['POST', '/api/v1/uploads?name=a', Buffer.from('x')], ['DELETE', '/api/v1/uploads/x']]) {
    for (const token of ['', server.token.slice(1), `${server.token}0`, server.token.toUpperCase().replace(/[A-F]/, 'a'), '0'.repeat(64)]) {
      if (token !== server.token) {
        assert.equal(await code(method, path, value, { 'X-Okrug-Token': token }), '403 token-needed', `${method} ${path} ${token}`);
      }
    }
    for (const origin of ['null', 'http://evil.example', `https://127.0.0.1:${server.port}`, `http://127.0.0.1:${server.port + 1}`,
      `http://127.0.0.1:${server.port}.evil.example`, `http://127.0.0.1:${server.port}/`]) {
      assert.equal(await code(method, path, value, { Origin: origin }), '403 foreign-origin', `${method} ${path} ${origin}`);
    }
  }
  for (const origin of [`http://127.0.0.1:${server.port}`, `http://localhost:${server.port}`]) {
    assert.match(await code('DELETE', '/api/v1/uploads/x', undefined, { Origin: origin }), /^404 /);
  }
});

test('a body is JSON of a certain size', async () => {
  const code = async (body, headers = { 'Content-Type': 'application/json' }) => {
    const answer = await server.get('/api/v1/jobs', { method: 'POST', body, headers: { 'X-Okrug-Token': server.token, ...headers } });
    return `${answer.code} ${JSON.parse(answer.body).error?.messages[0].code}`;
  };
  const good = JSON.stringify(example('/api/v1/jobs'));
  for (const type of [{}, { 'Content-Type': 'text/plain' }, { 'Content-Type': 'application/x-www-form-urlencoded' }, { 'Content-Type': 'application/jsonp' }]) {
    assert.equal(await code(good, type), '415 body-not-json');
  }
  assert.equal(await code('', { 'Content-Type': 'application/json; charset=utf-8' }), '400 body-syntax');
  assert.equal(await code('['.repeat(500000)), '400 body-too-deep');
  assert.equal(await code(good.replace('{', `{${' '.repeat(1 << 20)}`)), '413 body-too-large');
  assert.equal(await code(good.replace('{', `{${' '.repeat(1 << 20)}`), { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }),
    '413 body-too-large');
});

test('every answer carries the headers that keep a browser safe', async () => {
  for (const [path, options] of [['/'], ['/api/v1/datasets'], ['/api/v1/nothing'], ['/api/v1/datasets', { method: 'POST' }],
    ['/', { headers: { Host: 'evil.example' } }]]) {
    const { headers } = await server.get(path, options);
    assert.match(headers['content-security-policy'], /default-src 'none'.*script-src 'self'(;|$)/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|https?:/);
    assert.match(headers['content-security-policy'], /frame-src 'self';.*frame-ancestors 'none'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
});

test('the page and all that it names are served, with lasting names cached', async () => {
  const page = await server.get('/');
  assert.equal(page.code, 200);
  assert.match(page.headers['content-type'], /^text\/html/);
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.equal((await server.get('/index.html')).body, page.body);
  assert.equal((await server.get('/?lang=ru#x')).code, 200);
  const named = [...page.body.matchAll(/(?:src|href)="([^"#]+)"/g)].map((m) => m[1].replace(/^\.?\//, '/'))
    .filter((path) => path.startsWith('/assets/'));
  assert.ok(named.length > 0);
  for (const path of named) {
    const { code, headers } = await server.get(path);
    assert.equal(code, 200, path);
    assert.match(headers['cache-control'], /immutable/);
  }
  assert.doesNotMatch(page.body, /<script(?![^>]*src=)/, 'the policy forbids scripts in the page');
  assert.doesNotMatch(page.body, /(src|href)="https?:/);
});

test('fifty at once all get the same as one alone', async () => {
  const paths = datasets.flatMap(({ id, tables }) => tables.map(({ name }) => `/api/v1/datasets/${encoded(id)}/tables/${encoded(name)}`));
  const alone = new Map();
  for (const path of paths) {
    alone.set(path, (await server.get(path)).body);
  }
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => paths[i % paths.length])
    .map(async (path) => ({ path, ...(await server.get(path)) })));
  for (const { path, code, body } of answers) {
    assert.equal(code, 200);
    assert.ok(body === alone.get(path), path);
  }
});
