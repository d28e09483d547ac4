/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows recorded over HTTP: by many at once, without the right to, and taken back.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone, root } from '../support/okrug.mjs';
import { validate } from '../support/schema.mjs';
import { serve } from '../support/server.mjs';

async function served(t) {
  const cwd = folder(t);
  await okrugDone(['init', 'w.okrug'], { cwd });
  const server = await serve('w.okrug', { cwd });
  t.after(() => server.stop());
  const values = (cells) => Object.entries(cells).map(([name, value]) => ({ name, value }));
  const json = async (path) => JSON.parse((await server.get(path)).body);
  return { cwd, server, json,
    put: (dataset, cells, kind) => server.send('PUT', `/api/v1/datasets/${dataset}/rows`, { kind, values: values(cells) }),
    remove: (dataset, cells) => server.send('POST', `/api/v1/datasets/${dataset}/rows/remove`, { values: values(cells) }) };
}

const column = (table, name) => table.columns.find((one) => one.name === name).values;

test('two who write at once lose nothing of each other', async (t) => {
  const { cwd, json, put } = await served(t);
  const rows = Array.from({ length: 20 }, (_, i) => i);
  assert.equal((await put('participants', { cluster: 'k', firm: 'f0' }, 'participants')).code, 200);
  /* Each sets a column of its own in the same row and adds a row. */
  const writer = async (name) => {
    for (const i of rows) {
      const changed = await put('participants', { cluster: 'k', firm: 'f0', [name]: i % 2 ? 'yes' : 'no' });
      assert.equal(changed.code, 200, changed.body);
      const added = await put('participants', { cluster: 'k', firm: `${name}${i}`, [name]: 'yes' });
      assert.equal(added.code, 200, added.body);
    }
  };
  await Promise.all([writer('producing'), writer('special_contract')]);
  const { total, table } = await json('/api/v1/datasets/participants/rows?limit=1000');
  assert.equal(total, 41);
  assert.deepEqual([column(table, 'producing')[0], column(table, 'special_contract')[0]], ['yes', 'yes']);
  const { provenance } = await json('/api/v1/datasets/participants');
  assert.equal(provenance.edits.count, 81);
  const { history } = await json('/api/v1/history?dataset=participants&where=firm%3Df0&most=1000');
  assert.equal(history.rows, 2 + 40);
  await okrugDone(['check', 'w.okrug'], { cwd });
});

test('rows are found by what their codes begin with', async (t) => {
  const { put, json, server } = await served(t);
  for (const [firm, industry] of [['1', '25'], ['2', '25.62'], ['3', '26.11'], ['4', '1.25']]) {
    await put('firms', { firm, name: `f${firm}`, industry, employees: '25' }, 'firms');
  }
  const found = async (where) => column((await json(`/api/v1/datasets/firms/rows?where=${encodeURIComponent(where)}`)).table, 'firm');
  assert.deepEqual(await found('industry^=25'), ['1', '2']);
  assert.deepEqual(await found('industry=25'), ['1']);
  assert.deepEqual(await found('industry^=25.6'), ['2']);
  assert.deepEqual(await found('employees=25'), ['1', '2', '3', '4']);
  const number = await server.get('/api/v1/datasets/firms/rows?where=employees%5E%3D2');
  assert.deepEqual([number.code, JSON.parse(number.body).error.messages[0].code], [400, 'begins-with-number']);
  const most = await server.get('/api/v1/history?most=10001');
  assert.deepEqual([most.code, JSON.parse(most.body).error.messages[0].arguments.option], [400, 'most'], 'by the name it was given');
  const history = await server.get('/api/v1/history?dataset=firms&where=firm%5E%3D1');
  assert.deepEqual([history.code, JSON.parse(history.body).error.messages[0].code], [400, 'bad-condition']);
});

test('what was recorded is taken back', async (t) => {
  const { server, json, put, remove } = await served(t);
  const first = await put('clusters', { cluster: 'k1', name: 'Лес' }, 'clusters');
  assert.deepEqual(JSON.parse(first.body), { change: 1, warnings: [] });
  assert.deepEqual(JSON.parse((await put('clusters', { cluster: 'k1', name: ' Лес ' }, 'clusters')).body), { change: null, warnings: [] });
  assert.deepEqual(JSON.parse((await put('clusters', { cluster: 'k1', name: 'Дерево', goals: null })).body), { change: 2, warnings: [] });
  const before = await json('/api/v1/datasets/clusters/rows');
  assert.deepEqual(JSON.parse((await remove('clusters', { cluster: 'k1' })).body), { change: 3, warnings: [] });
  assert.equal((await json('/api/v1/datasets/clusters/rows')).total, 0);
  const { changes } = await json('/api/v1/changes');
  assert.deepEqual(changes.map(({ id, what, dataset }) => [id, what, dataset]), [[3, 'edit', 'clusters'], [2, 'edit', 'clusters'],
    [1, 'edit', 'clusters']]);
  await server.send('POST', '/api/v1/changes/undo');
  assert.deepEqual(await json('/api/v1/datasets/clusters/rows'), before);
  await server.send('POST', '/api/v1/changes/undo');
  assert.deepEqual(column((await json('/api/v1/datasets/clusters/rows')).table, 'name'), ['Лес']);
  await server.send('POST', '/api/v1/changes/undo'); /* the dataset came with its first row */
  assert.equal((await server.get('/api/v1/datasets/clusters/rows')).code, 404);
  assert.equal((await json('/api/v1/history')).history.columns[2].values.every((state) => state === 'undone'), true);
});

test('a row whose key is empty in part is found, changed and taken out as itself', async (t) => {
  const { put, json, remove } = await served(t);
  await put('firm-accounts', { firm: '1', period: '2023', revenue: '100' }, 'firm-accounts');
  assert.equal((await put('firm-accounts', { firm: '1', period: null, revenue: '7' })).code, 200);
  const found = async (...where) => {
    const { table } = await json(`/api/v1/datasets/firm-accounts/rows?${where.map((one) => `where=${encodeURIComponent(one)}`).join('&')}`);
    return column(table, 'revenue');
  };
  assert.deepEqual(await found('firm=1'), [100, 7]);
  assert.deepEqual(await found('firm=1', 'period='), [7]);
  assert.deepEqual(await found('exports=', 'revenue=100'), [100]);
  assert.deepEqual(await found('revenue='), []);
  assert.equal((await put('firm-accounts', { firm: '1', period: null, revenue: '8' })).code, 200);
  assert.deepEqual(await found('firm=1'), [100, 8]);
  assert.equal((await remove('firm-accounts', { firm: '1', period: '' })).code, 200);
  assert.deepEqual(await found('firm=1'), [100]);
});

test('two firms become one, where nothing stands in the way', async (t) => {
  const { server, json, put } = await served(t);
  for (const firm of ['f1', 'f2', 'f3']) await put('firms', { firm, name: `n${firm}`, ...(firm === 'f2' ? { inn: '0000000018' } : {}) }, 'firms');
  await put('contracts', { contract: 'c', supplier: 'f2', buyer: 'f3', amount: '1' }, 'contracts');
  const path = '/api/v1/datasets/firms/merge';
  const body = { keep: 'f1', drop: 'f2' };
  const open = await server.get(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  assert.equal(open.code, 403);
  const before = await json('/api/v1/datasets/contracts/rows');
  const collides = await server.send('POST', path, { keep: 'f3', drop: 'f2' });
  assert.deepEqual([collides.code, JSON.parse(collides.body).error.messages.map(({ code }) => code)], [422, ['merge-with-itself']]);
  const merged = await server.send('POST', path, body);
  const { warnings, ...done } = JSON.parse(merged.body);
  assert.deepEqual([merged.code, done, warnings.map(({ code }) => code)], [200, { change: 5, rows: 1 }, ['merge-differs']]);
  const { table } = await json('/api/v1/datasets/firms/rows');
  assert.deepEqual([column(table, 'firm'), column(table, 'inn')], [['f1', 'f3'], ['0000000018', null]]);
  assert.deepEqual(column((await json('/api/v1/datasets/contracts/rows')).table, 'supplier'), ['f1']);
  const told = await json('/api/v1/changes');
  const openapi = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8'));
  assert.equal(told.changes[0].what, 'merge');
  assert.deepEqual(validate({ $ref: '#/components/schemas/Changes' }, told, openapi), []);
  await server.send('POST', '/api/v1/changes/undo');
  assert.deepEqual(await json('/api/v1/datasets/contracts/rows'), before);
  assert.equal((await server.send('POST', '/api/v1/datasets/none/merge', body)).code, 404);
  assert.equal((await server.send('POST', path, { keep: 'f1', drop: 'f9' })).code, 404);
  assert.equal((await server.send('POST', path, { keep: 'f1' })).code, 400);
});

test('nobody records without the token, and every fault of a row is told', async (t) => {
  const { server, put } = await served(t);
  const path = '/api/v1/datasets/clusters/rows';
  const body = JSON.stringify({ kind: 'clusters', values: [{ name: 'cluster', value: 'k' }] });
  for (const [method, real] of [['PUT', path], ['POST', `${path}/remove`]]) {
    const refused = await server.get(real, { method, body, headers: { 'Content-Type': 'application/json' } });
    assert.equal(refused.code, 403);
    assert.equal(JSON.parse(refused.body).error.messages[0].code, 'token-needed');
  }
  const foreign = await server.send('PUT', path, { values: [] }, { headers: { Origin: 'http://elsewhere.example' } });
  assert.equal(foreign.code, 403);
  const { code, body: told } = await put('firms', { firm: '', inn: '1', employees: 'many' }, 'firms');
  assert.equal(code, 422);
  const { messages } = JSON.parse(told).error;
  assert.deepEqual(messages.map((m) => [m.code, m.column]), [['empty-key', 'firm'], ['out-of-domain', 'inn'],
    ['not-a-number', 'employees']]);
  assert.equal((await server.get('/api/v1/datasets/firms')).code, 404);
});
