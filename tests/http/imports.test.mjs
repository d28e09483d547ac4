/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files from upload to dataset: what a preview tells, what is refused, what replacing and undoing leave behind.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, root } from '../support/okrug.mjs';
import { validate } from '../support/schema.mjs';
import { serve } from '../support/server.mjs';
import { workbook } from '../support/workbook.mjs';

const openapi = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8'));
const option = (name, value) => ({ name, value });
const maps = [option('map', 'region=Код'), option('map', 'value=Занято')];

/* A server on a workspace with three territories; `ask` sends JSON. */
async function start(t, more = []) {
  const cwd = folder(t, { 'territories.csv': 'region,lat,lon\n07701000,54,36\n29701000,54,36\n29702000,54,36\n' });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'territories', 'territories.csv'], { cwd });
  const server = await serve('w.okrug', { cwd, more });
  t.after(() => server.child.kill('SIGKILL'));
  const ask = async (path, value, about) => {
    const { code, body } = await server.send('POST', `/api/v1/${path}`, value, about);
    return { code, ...JSON.parse(body) };
  };
  const upload = async (bytes, name = 'file.csv') => ask(`uploads?name=${encodeURIComponent(name)}`, Buffer.from(bytes));
  const table = async (id) => (await server.get(`/api/v1/datasets/${encodeURIComponent(id)}/tables/${encodeURIComponent(id)}`)).body;
  return { cwd, server, ask, upload, table };
}

const codes = ({ error }) => error.messages.map(({ code }) => code);

test('a workbook is uploaded, looked at sheet by sheet, and imported', async (t) => {
  const { ask, upload, table, server } = await start(t);
  const bytes = workbook({ Титул: [['Занятость'], ['2018 год']],
    Данные: [['Занято по районам'], [], ['Код', 'Занято'], ['7701000', '1\u00a0234,5'], ['29701000', 'нет'], ['29702000', 3]] });
  const file = await upload(bytes, 'отчёт 2018.xlsx');
  assert.equal(file.code, 201);
  assert.deepEqual(file.parts.map(({ name, kind }) => [name, kind]), [['Титул', 'sheet'], ['Данные', 'sheet']]);

  const asked = { upload: file.id, part: 'Данные', kind: 'values', id: 'занятость', options: [...maps, option('header-row', '3')], language: 'ru' };
  const seen = await ask('imports/preview', asked);
  assert.equal(seen.code, 200);
  delete seen.code;
  assert.deepEqual(validate(openapi.components.schemas.Preview, seen, openapi), []);
  assert.deepEqual(seen.faults.map(({ code, file: name, line, column, cell, arguments: { value } }) => [code, name, line, column, cell, value]),
    [['not-a-number', 'отчёт 2018.xlsx', 5, 'Занято', 'Данные!B5', 'нет']]);
  assert.match(seen.faults[0].text, /нет/);
  assert.deepEqual([seen.join.matched, seen.join.only_here, seen.join.only_there, seen.join.near.map(({ there }) => there)],
    [2, ['7701000'], ['07701000'], ['07701000']], 'a wrong cell does not hide what the codes find');
  assert.deepEqual(seen.columns.map(({ header, role }) => [header, role]), [['Код', 'region'], ['Занято', 'value']]);

  const refused = await ask('imports', { upload: file.id, part: 'Данные', kind: 'values', id: 'занятость', options: asked.options });
  assert.equal(refused.code, 422);
  assert.deepEqual(codes(refused), ['not-a-number']);
  assert.equal(refused.error.messages[0].file, 'отчёт 2018.xlsx', 'no folder of the server is told');
  assert.equal(JSON.parse((await server.get('/api/v1/changes')).body).changes.length, 1, 'nothing was imported');

  const mended = await upload(workbook({ Данные: [['Код', 'Занято'], ['7701000', '1\u00a0234,5'], ['29701000', 2], ['29702000', 3]] }), 'b.xlsx');
  const good = await ask('imports/preview', { ...asked, upload: mended.id, options: maps });
  assert.deepEqual(good.faults, []);
  assert.deepEqual([good.join.with, good.join.matched, good.join.only_here_count, good.join.near],
    ['territories', 2, 1, [{ here: '7701000', there: '07701000', why: 'zero' }]]);
  assert.deepEqual(good.preview.columns.find(({ name }) => name === 'value').values, [1234.5, 2, 3]);
  const made = await ask('imports', { upload: mended.id, part: 'Данные', kind: 'values', id: 'занятость', options: maps });
  assert.deepEqual(made, { code: 201, dataset: 'занятость', change: 2 });
  assert.equal(JSON.parse(await table('занятость')).rows, 3);
  assert.deepEqual(codes(await ask('imports/preview', { ...asked, upload: mended.id })), ['no-upload'], 'what was imported is no upload any more');
  await server.stop();
});

test('the import is that of the command line, to the byte', async (t) => {
  const { cwd, ask, upload, server } = await start(t);
  const text = readFileSync(join(root, 'examples/kaluga/regions_sectors_2018.csv'));
  const { code, stdout } = await okrug(['import', 'w.okrug', 'values', join(root, 'examples/kaluga/regions_sectors_2018.csv'), '--map',
    'region=region_code', '--dry-run', '--format', 'json'], { cwd });
  const file = await upload(text, 'regions_sectors_2018.csv');
  const seen = await ask('imports/preview', { upload: file.id, kind: 'values', options: [option('map', 'region=region_code')] });
  delete seen.code;
  assert.deepEqual(seen, JSON.parse(stdout).files[0], `exit ${code}`);
  const plain = await upload('region,value\nA,1.5\n', 'plain.csv');
  await ask('imports', { upload: plain.id, kind: 'values', id: 'plain' });
  await server.stop();
  const served = folder(t, { 'plain.csv': 'region,value\nA,1.5\n' });
  await okrugDone(['init', 'w.okrug'], { cwd: served });
  await okrugDone(['import', 'w.okrug', 'values', 'plain.csv'], { cwd: served });
  const [one, other] = [await serve('w.okrug', { cwd }), await serve('w.okrug', { cwd: served })];
  for (const path of ['plain', 'plain/tables/plain']) {
    assert.equal((await one.get(`/api/v1/datasets/${path}`)).body, (await other.get(`/api/v1/datasets/${path}`)).body);
  }
  await one.stop();
  await other.stop();
});

test('a dataset is replaced only when it is said, and undo brings back the old table', async (t) => {
  const { ask, upload, table, server } = await start(t);
  const send = async (text, more = {}) => ask('imports', { upload: (await upload(text)).id, kind: 'values', id: 'a', ...more });
  assert.equal((await send('region,value\nA,1\nB,2\n')).code, 201);
  const before = await table('a');
  const taken = await send('region,value\nA,9\n');
  assert.deepEqual([taken.code, ...codes(taken)], [409, 'dataset-exists']);
  assert.equal(await table('a'), before);
  assert.equal((await send('region,value\nA,9\n', { replace: true })).code, 201);
  assert.notEqual(await table('a'), before);
  const undone = await ask('changes/undo', undefined);
  assert.deepEqual([undone.code, undone.change.what, undone.change.dataset, undone.change.undone], [200, 'import', 'a', true]);
  assert.equal(await table('a'), before);
  await ask('changes/undo', undefined);
  assert.equal((await server.get('/api/v1/datasets/a')).code, 404);
  await server.stop();
});

test('options are remembered for the next file with that header, and can be dropped', async (t) => {
  const { ask, upload, server } = await start(t);
  const text = 'Код;Занято\n29701000;1,5\n';
  const first = await upload(text);
  assert.deepEqual((await ask('imports/preview', { upload: first.id, kind: 'values' })).columns.map(({ role, suggested }) => [role, suggested]),
    [[null, null], [null, 'value']]);
  assert.equal((await ask('imports', { upload: first.id, kind: 'values', id: 'a', options: maps })).code, 201);
  const next = await upload(text, 'next.csv');
  const seen = await ask('imports/preview', { upload: next.id, kind: 'values' });
  assert.deepEqual([seen.remembered, seen.options, seen.faults], [true, maps, []]);
  const dropped = await ask('imports/preview', { upload: next.id, kind: 'values', remembered: false });
  assert.deepEqual([dropped.remembered, dropped.options, dropped.faults.length], [false, [], 2]);
  assert.equal((await ask('imports', { upload: next.id, kind: 'values', id: 'b', remembered: false })).code, 422);
  assert.equal((await ask('imports', { upload: next.id, kind: 'values', id: 'b' })).code, 201);
  await server.stop();
});

test('requests that are not as they must be are refused, all faults at once', async (t) => {
  const { ask, upload, server } = await start(t, ['--upload-limit', '1']);
  const file = await upload('region,value\nA,1\n');
  const asked = { upload: file.id, kind: 'values', id: 'a' };
  for (const path of ['imports', 'imports/preview']) {
    assert.deepEqual(codes(await ask(path, { ...asked, colour: 'red', options: [{ name: 'map', value: 1 }], remembered: 'yes' })),
      ['body-unknown', 'body-type', 'body-type']);
    assert.deepEqual(codes(await ask(path, { id: 'a' })), ['body-missing', 'body-missing']);
    assert.deepEqual(codes(await ask(path, { ...asked, kind: 'gossip' })), ['unknown-kind']);
    assert.deepEqual(codes(await ask(path, { ...asked, id: 'a/b' })), ['bad-id']);
    assert.deepEqual(codes(await ask(path, { ...asked, options: [option('level', '1')] })), ['unknown-import-option']);
    assert.deepEqual(codes(await ask(path, { ...asked, upload: '../../etc/passwd' })), ['no-upload']);
    assert.equal((await ask(path, asked, { headers: { 'X-Okrug-Token': 'f'.repeat(64) } })).code, 403);
  }
  assert.deepEqual(codes(await ask('imports/preview', { ...asked, replace: true })), ['body-unknown']);
  assert.deepEqual(codes(await ask('imports', { ...asked, language: 'ru' })), ['body-unknown']);
  assert.equal((await upload(Buffer.alloc((1 << 20) + 1))).code, 413);
  const broken = await upload('PK\u0003\u0004 is no workbook', 'broken.xlsx');
  assert.equal(broken.code, 422);
  assert.equal(broken.error.messages[0].file, 'broken.xlsx');
  await server.stop();
});

test('while large files are read, the rest is answered', async (t) => {
  const { ask, upload, server } = await start(t);
  const lines = ['region,value'];
  for (let i = 0; i < 150000; i++) {
    lines.push(`r${i},${i}`);
  }
  const file = await upload(lines.join('\n'));
  let reading = 6;
  const looks = Array.from({ length: reading }, async () => {
    const { code } = await ask('imports/preview', { upload: file.id, kind: 'values' });
    reading--;
    return code;
  });
  await server.get('/api/v1/datasets');
  assert.ok(reading > 2, 'answered before those that were asked earlier');
  assert.deepEqual(await Promise.all(looks), Array(6).fill(200));
  await server.stop();
});

test('the page has words for every kind and role, in both languages', async (t) => {
  const { server } = await start(t);
  const { kinds } = JSON.parse((await server.get('/api/v1/kinds')).body);
  const keys = kinds.flatMap(({ id, roles }) => [`web.import.kind.${id}`, `web.import.kind_about.${id}`, ...roles.map(({ name }) => `web.import.role.${name}`)]);
  assert.ok(keys.length > 20);
  for (const language of ['en', 'ru']) {
    const catalogue = JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8'));
    assert.deepEqual(keys.filter((key) => !(key in catalogue)), [], language);
  }
  await server.stop();
});

test('a register of firms: one part, a preview of its first records, then all of it', async (t) => {
  const { ask, upload } = await start(t);
  const cwd = folder(t);
  await okrugDone(['generate', 'firms', '--format', 'sme', '--firms', '2500', '-o', 'sme.zip'], { cwd });
  const sent = await upload(readFileSync(join(cwd, 'sme.zip')), 'sme.zip');
  assert.equal(sent.code, 201);
  assert.deepEqual(sent.parts, [{ name: '', kind: 'file', rows: null }]);
  const seen = await ask('imports/preview', { upload: sent.id, kind: 'firms', options: [] });
  assert.equal(seen.code, 200);
  delete seen.code;
  assert.deepEqual(validate(openapi.components.schemas.Preview, seen, openapi), []);
  assert.equal(seen.understood.format, 'sme-register');
  assert.equal(seen.understood.rows_read, 1000);
  assert.deepEqual(seen.faults, []);
  assert.ok(seen.warnings.some((warning) => warning.code === 'register-looked-at'));
  const made = await ask('imports', { upload: sent.id, kind: 'firms', id: 'sme', options: [option('where', 'category=micro')], replace: false });
  assert.equal(made.code, 201, JSON.stringify(made));
});
