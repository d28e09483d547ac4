/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The report over HTTP: the very bytes of the command line, what is refused, how many at a time, and what is left behind.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { after, before, test } from 'node:test';

import { okrugDone, root, start } from '../support/okrug.mjs';
import { serve } from '../support/server.mjs';
import { sheetsOf } from '../support/zip.mjs';

const path = '/api/v1/report';
const study = join(root, 'examples/kaluga/study.yaml');
let cwd;
let temporary;
let server;

before(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'okrug-http-'));
  temporary = join(cwd, 'temporary');
  mkdirSync(temporary);
  await okrugDone(['study', 'run', study, '--workspace', 'k.okrug'], { cwd });
  server = await serve('k.okrug', { cwd, env: { ...process.env, TMPDIR: temporary } });
});

after(async () => {
  await server?.stop();
  rmSync(cwd, { recursive: true, force: true });
});

async function textOf(pdf) {
  writeFileSync(join(cwd, 'text.pdf'), pdf);
  const { code, stdout, stderr } = await start('pdftotext', ['text.pdf', '-'], { cwd }).finished;
  assert.equal(code, 0, stderr);
  return stdout;
}

const files = [
  ['pdf', 'application/pdf', 'kaluga-report-ru.pdf'],
  ['html', 'text/html; charset=utf-8', 'kaluga-report-ru.html'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'kaluga-report-ru.xlsx'],
  ['svg', 'image/svg+xml', 'kaluga-figure-2-ru.svg'],
  ['png', 'image/png', 'kaluga-figure-2-ru.png'],
];
for (const [format, type, name] of files) {
  test(`the ${format} has the bytes of the command line, its type and its name`, async () => {
    const more = ['svg', 'png'].includes(format) ? ['--figure', '2'] : [];
    await okrugDone(['report', 'k.okrug', '-o', `cli.${format}`, '--lang', 'ru', '--date', '2026-03-09', ...more], { cwd });
    const { code, headers, bytes } = await server.get(`${path}?format=${format}&lang=ru&date=2026-03-09${more.length ? '&figure=2' : ''}`);
    assert.equal(code, 200);
    assert.equal(headers['content-type'], type);
    assert.equal(headers['content-disposition'], `attachment; filename="${name}"; filename*=UTF-8''${name}`);
    assert.equal(Number(headers['content-length']), bytes.length);
    assert.ok(bytes.equals(readFileSync(join(cwd, `cli.${format}`))), 'other bytes than the command line');
    const head = await server.get(`${path}?format=${format}`, { method: 'HEAD' });
    assert.deepEqual([head.code, head.headers['content-type'], head.bytes.length], [200, type, 0]);
  });
}

test('the PDF has pages, in the language that was asked for, and a date where one was', async () => {
  const [plain, russian] = await Promise.all([server.get(path), server.get(`${path}?lang=ru&date=2026-03-09`)]);
  assert.match(plain.headers['content-disposition'], /"kaluga-report-en\.pdf"/);
  for (const { bytes } of [plain, russian]) {
    assert.equal(bytes.toString('latin1', 0, 5), '%PDF-');
  }
  const [english, other] = [await textOf(plain.bytes), await textOf(russian.bytes)];
  assert.ok(english.split('\f').length > 8, 'pages');
  assert.match(english, /Kaluga oblast[^]*References/);
  assert.doesNotMatch(english, /УТВЕРЖДАЮ|Литература|Computed by okrug [\d.]+,/);
  assert.match(other, /Калужская область[^]*09\.03\.2026[^]*Литература/);
});

test('the workbook opens', async () => {
  const { bytes } = await server.get(`${path}?format=xlsx`);
  const names = Object.keys(sheetsOf(bytes));
  assert.deepEqual(names.slice(0, 2), ['Answer', 'Text']);
  assert.ok(names.length > 10);
});

const refused = [
  ['format=doc', 400, 'bad-option-value', { option: 'format', value: 'doc' }],
  ['format=', 400, 'bad-option-value', { option: 'format', value: '' }],
  ['lang=de', 400, 'bad-option-value', { option: 'lang', value: 'de' }],
  ['format=svg&figure=two', 400, 'bad-option-value', { option: 'figure', value: 'two' }],
  ['format=svg&figure=0', 400, 'bad-option-value', { option: 'figure', value: '0' }],
  ['date=9.3.2026', 400, 'bad-option-value', { option: 'date', value: '9.3.2026' }],
  ['format=svg&figure=6', 404, 'no-figure', { number: '6', figures: '5' }],
];
for (const [query, expected, fault, about] of refused) {
  test(`${query} is refused`, async () => {
    const { code, headers, body } = await server.get(`${path}?${query}`);
    assert.equal(code, expected, body.slice(0, 300));
    assert.match(headers['content-type'], /^application\/json/);
    assert.equal(headers['content-disposition'], undefined);
    const [message] = JSON.parse(body).error.messages;
    assert.equal(message.code, fault);
    for (const [name, value] of Object.entries(about)) {
      assert.equal(message.arguments[name], value);
    }
  });
}

test('a cluster of the registry has its application, as the command line writes it', async () => {
  writeFileSync(join(cwd, 'c.csv'), 'cluster,name\nC1,One\n');
  writeFileSync(join(cwd, 'p.csv'), 'cluster,firm,role\nC1,S1,maker\nC1,S2,supplier\n');
  await okrugDone(['init', 'registry.okrug'], { cwd });
  await okrugDone(['import', 'registry.okrug', 'clusters', 'c.csv'], { cwd });
  await okrugDone(['import', 'registry.okrug', 'participants', 'p.csv'], { cwd });
  await okrugDone(['report', 'registry.okrug', '--cluster', 'C1', '-o', 'c1.docx', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  const registry = await serve('registry.okrug', { cwd });
  try {
    const { code, bytes, headers } = await registry.get(`${path}?cluster=C1&format=docx&date=2026-03-09`);
    assert.equal(code, 200);
    assert.match(headers['content-type'], /wordprocessingml/);
    assert.match(headers['content-disposition'], /"C1-report-en\.docx"/);
    assert.deepEqual(bytes, readFileSync(join(cwd, 'c1.docx')));
    await okrugDone(['report', 'registry.okrug', '--cluster', 'C1', '-o', 'c1.xlsx', '--lang', 'en', '--date', '2026-03-09'], { cwd });
    assert.deepEqual((await registry.get(`${path}?cluster=C1&format=xlsx&date=2026-03-09`)).bytes, readFileSync(join(cwd, 'c1.xlsx')), 'with the picture of its map');
    /* In a frame of the page: a document, not a file, that brings its style and may do nothing; nobody else may frame it. */
    const shown = await registry.get(`${path}?cluster=C1&format=html&date=2026-03-09&shown=true`);
    assert.equal(shown.code, 200);
    assert.equal(shown.headers['content-disposition'], undefined);
    assert.equal(shown.headers['content-security-policy'], "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
    const kept = await registry.get(`${path}?cluster=C1&format=html&date=2026-03-09`);
    assert.deepEqual(kept.bytes, shown.bytes);
    assert.match(kept.headers['content-disposition'], /^attachment/);
    assert.match(kept.headers['content-security-policy'], /frame-ancestors 'none'/);
    const unknown = await registry.get(`${path}?cluster=C2`);
    assert.equal(unknown.code, 404);
    assert.equal(JSON.parse(unknown.body).error.messages[0].code, 'no-cluster');
  } finally {
    await registry.stop();
  }
});

test('districts side by side, as the command line writes them', async () => {
  await okrugDone(['study', 'run', join(root, 'examples/pilot2004/study.yaml'), '--workspace', 'pilot.okrug'], { cwd });
  const pilot = await serve('pilot.okrug', { cwd });
  try {
    for (const format of ['pdf', 'docx', 'html', 'xlsx', 'svg']) {
      await okrugDone(['report', 'pilot.okrug', '--districts', 'wood', '-o', `wood.${format}`, '--lang', 'ru', '--date', '2026-03-09'], { cwd });
      const { code, bytes, headers } = await pilot.get(`${path}?districts=wood&format=${format}&lang=ru&date=2026-03-09`);
      assert.equal(code, 200);
      assert.match(headers['content-disposition'], format === 'svg' ? /"wood-figure-1-ru\.svg"/ : new RegExp(`"wood-report-ru\\.${format}"`));
      assert.ok(bytes.equals(readFileSync(join(cwd, `wood.${format}`))), format);
    }
    for (const [query, wanted, fault] of [['districts=none', 404, 'no-dataset'], ['districts=firms', 400, 'not-districts'], ['districts=wood&cluster=C1', 400, 'cluster-or-districts']]) {
      const { code, body } = await pilot.get(`${path}?${query}`);
      assert.equal(code, wanted, query);
      assert.equal(JSON.parse(body).error.messages[0].code, fault);
    }
  } finally {
    await pilot.stop();
  }
});

test('of several results the one that is named makes the application, and what cannot be is refused', async () => {
  const several = await serve('registry.okrug', { cwd });
  try {
    for (const id of ['older', 'newer']) {
      let job = JSON.parse((await several.send('POST', '/api/v1/jobs', { analysis: 'status', input: '#p', id, options: [{ name: 'date', value: '2026-03-09' }] })).body);
      while (['queued', 'running'].includes(job.state)) {
        job = JSON.parse((await several.get(`/api/v1/jobs/${job.id}`)).body);
      }
      assert.equal(job.state, 'done', JSON.stringify(job));
    }
    const told = async (query) => {
      const { code, body } = await several.get(`${path}?format=html&${query}`);
      return code === 200 ? 200 : [code, JSON.parse(body).error.messages[0].code];
    };
    assert.deepEqual(await told('cluster=C1'), [400, 'several-datasets']);
    assert.equal(await told('cluster=C1&use=status=newer'), 200);
    assert.deepEqual(await told('cluster=C1&use=status=nothing'), [404, 'no-dataset']);
    for (const use of ['status', 'status=', 'wages=newer', '=newer']) {
      assert.deepEqual(await told(`cluster=C1&use=${use}`), [400, 'bad-option-value'], use);
    }
    assert.deepEqual(await told('use=status=newer'), [400, 'needs-cluster']);
    const { code } = await several.get(`${path}?cluster=C1&use=status=newer&shown=true`); /* the format is PDF */
    assert.equal(code, 400);
  } finally {
    await several.stop();
  }
});

test('a workspace without a study has no report', async () => {
  await okrugDone(['init', 'empty.okrug'], { cwd });
  const empty = await serve('empty.okrug', { cwd });
  try {
    const { code, body } = await empty.get(path);
    assert.equal(code, 404);
    assert.equal(JSON.parse(body).error.messages[0].code, 'no-study');
  } finally {
    await empty.stop();
  }
});

test('the name of a study that is not in Latin letters is told whole', async () => {
  writeFileSync(join(cwd, 'jobs.csv'), 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,1\n');
  writeFileSync(join(cwd, 'named.yaml'), `study: 'округ "1"'
datasets: [{id: jobs, kind: values, file: jobs.csv}]
steps: [{id: q, run: location-quotient, input: "#jobs"}]
findings: [{title: Quotients, step: q, table: quotients, columns: [region, lq]}]
`);
  await okrugDone(['study', 'run', 'named.yaml', '--workspace', 'named.okrug'], { cwd });
  const named = await serve('named.okrug', { cwd });
  try {
    const { code, headers } = await named.get(`${path}?format=html`);
    assert.equal(code, 200);
    const [, plain, whole] = /^attachment; filename="([\w.-]+)"; filename\*=UTF-8''([\w.%-]+)$/.exec(headers['content-disposition']);
    assert.match(plain, /^_+1_-report-en\.html$/);
    assert.equal(decodeURIComponent(whole), 'округ "1"-report-en.html');
  } finally {
    await named.stop();
  }
});

test('more than a few at a time are told to come again, and then are served', async () => {
  const all = await Promise.all(Array.from({ length: 24 }, () => server.get(`${path}?format=xlsx`)));
  const codes = all.map(({ code }) => code);
  assert.ok(codes.filter((code) => code === 200).length >= 4, codes.join());
  assert.ok(codes.includes(503), codes.join());
  for (const { code, body } of all.filter((one) => one.code !== 200)) {
    assert.equal(code, 503);
    assert.deepEqual(JSON.parse(body).error.messages.map((one) => [one.code, one.arguments.limit]), [['too-many-reports', '4']]);
  }
  assert.equal((await server.get('/api/v1/version')).code, 200);
  assert.equal((await server.get(path)).code, 200);
});

test('nothing is left behind where those who asked go away', async () => {
  const leave = (format) => new Promise((done) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path: `${path}?format=${format}`, agent: false });
    asked.on('error', done);
    asked.end();
    setTimeout(20).then(() => { asked.destroy(); done(); });
  });
  await Promise.all(['pdf', 'xlsx', 'png', 'html'].map(leave));
  let code = 503;
  for (const until = Date.now() + 60000; code === 503 && Date.now() < until; await setTimeout(20)) {
    ({ code } = await server.get(path)); /* as soon as theirs are made */
  }
  assert.equal(code, 200);
  assert.deepEqual(readdirSync(temporary).filter((name) => !name.startsWith('okrug-uploads-')), []);
});

test('a server that stops does not make what is waiting', async () => {
  const stopping = await serve('k.okrug', { cwd });
  /* A connection that is closed unanswered is one whose report was not made. */
  const ask = () => stopping.get(`${path}?format=xlsx`).catch(() => ({ code: 0 }));
  const asked = Array.from({ length: 4 }, ask);
  let code = 200;
  for (let i = 0; i < 20 && code !== 503; i++) {
    const one = ask();
    asked.push(one);
    code = await Promise.race([one, setTimeout(20, { code: 0 })]).then((answer) => answer.code);
  }
  assert.equal(code, 503, 'as many as may be are under way');
  assert.equal((await stopping.stop()).code, 0);
  const answers = await Promise.all(asked);
  const codes = answers.map((one) => one.code);
  assert.ok(codes.filter((one) => one === 200).length <= 2, codes.join());
  assert.ok(codes.every((one) => [0, 200, 503].includes(one)), codes.join());
});
