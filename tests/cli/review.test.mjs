/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What users of files as they come ran into: titles above tables, marks, second inputs, options on datasets, Ctrl-C.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

import { environment, folder, okrug, okrugDone, parseTable, program, start } from '../support/okrug.mjs';
import { ask, serve } from '../support/server.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';

/* ---- Names ---- */

for (const id of ['a/b', 'a#b', '..', '', 'a\nb']) {
  test(`${JSON.stringify(id)} is refused as a name`, async (t) => {
    const cwd = folder(t, { 'jobs.csv': jobs });
    const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', '--name', id, '--dry-run'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /cannot be a name/);
  });
}

test('two files of one name are not imported over each other', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, 'jobs.txt': jobs });
  await okrugDone(['init', 'w.okrug'], { cwd });
  for (const more of [[], ['--dry-run']]) {
    const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', 'jobs.txt', ...more], { cwd });
    assert.equal(code, 3);
    assert.match(stderr, /jobs\.txt: the name "jobs" is there twice/);
  }
});

/* ---- Datasets take the options that their files take ---- */

const flows = [
  ['long', 'year;seller;buyer;amount\n2017;a;a;1\n2018;a;a;1,5\n2018;a;b;2\n2018;b;a;3\n2018;b;b;–\n2018;a;out;9\n2018;b;out;8\n',
    ['--map', 'from=seller', '--map', 'to=buyer', '--map', 'value=amount']],
  ['wide', 'year;code;a;b;out\n2017;a;1;1;9\n2018;a;1,5;2;9\n2018;b;3;1;8\n', ['--labels', 'code']],
];
for (const [layout, text, options] of flows) {
  test(`a ${layout} input-output dataset is read as its file is`, async (t) => {
    const cwd = folder(t, { 'io.csv': text });
    await okrugDone(['init', 'w.okrug'], { cwd });
    await okrugDone(['import', 'w.okrug', 'input-output', 'io.csv'], { cwd });
    const run = (input, more) => okrug(['run', 'multipliers', input, '--output', 'out', ...options, ...more], { cwd });
    const file = await run('io.csv', ['--where', 'year=2018']);
    const dataset = await run('w.okrug#io', ['--where', 'year=2018']);
    assert.equal(file.code, 0, file.stderr);
    assert.equal(dataset.code, 0, dataset.stderr);
    assert.equal(dataset.stdout, file.stdout);
    assert.equal(parseTable(file.stdout).rows.length, 2);
    const { code, stderr } = await run('w.okrug#io', ['--where', 'yaer=2018']);
    assert.equal(code, 3);
    assert.match(stderr, /no column "yaer"; the columns are: year, /);
    assert.doesNotMatch(stderr, /--map/);
  });
}

/* ---- How second inputs are written ---- */

test('the remedy for a second input can be followed', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, 'all.csv': 'region,industry,value\nR,x,"1,234"\nR,y,"2,468"\n' });
  const run = ['run', 'location-quotient', 'jobs.csv', '--reference', 'all.csv'];
  const unsaid = await okrug(run, { cwd });
  assert.equal(unsaid.code, 3);
  assert.match(unsaid.stderr, /all\.csv:2: .*--decimal INPUT=,/);
  const comma = await okrugDone([...run, '--decimal', 'reference=,'], { cwd });
  const both = await okrugDone([...run, '--decimal', '.', '--decimal', 'reference=,'], { cwd });
  assert.equal(comma.stdout, both.stdout);
  for (const [more, words] of [[['--decimal', 'reference=,', '--decimal', 'reference=.'], /given twice/],
    [['--decimal', '.', '--decimal', '.'], /given twice/], [['--decimal', 'reference=x'], /--decimal "x"/],
    [['--decimal', 'nation=,'], /--decimal "nation=,"/]]) {
    const { code, stderr } = await okrug([...run, ...more], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, words);
  }
});

test('each input has a header, a delimiter, blanks and an encoding of its own', async (t) => {
  const text = 'Всего\nвид|value\nx|3\ny|\n';
  const cp1251 = Buffer.from([...text].map((letter) => {
    const code = letter.codePointAt(0);
    return code < 128 ? code : code - 0x410 + 0xC0;
  }));
  const cwd = folder(t, { 'jobs.csv': jobs, 'all.txt': cp1251 });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--reference', 'all.txt', '--map',
    'reference.industry=вид', '--header-row', 'reference=2', '--delimiter', 'reference=|', '--encoding',
    'reference=windows-1251', '--blank', 'reference=structural-zero'], { cwd });
  assert.equal(parseTable(stdout).rows.length, 4);
});

/* ---- Files as they come ---- */

const files = [
  ['a title above the table', 'Table 1. Jobs, by region\n\nregion;industry;value\nA;x;1\n', /in\.csv:3: .*--header-row 3/],
  ['a title of a spreadsheet', 'Table 1;;\nregion;industry;value\nA;x;1\n', /in\.csv:2: .*--header-row 2/],
  ['a title above commas', 'Table 1\nregion,industry,value\nA,x,1\n', /in\.csv:2: .*--header-row 2/],
  ['a percent sign', 'region;industry;value\nA;x;12%\n', /"12%" is not a number: remove the percent sign/],
  ['a decimal comma between commas', 'region,industry,value\nA,x,1,5\n', /fields: 4, expected 3.*decimal comma/],
  ['no number', 'region,industry,value\nA,x,many\n', /"many" is not a number; expected digits/],
];
for (const [what, text, words] of files) {
  test(`${what} is refused with a remedy`, async (t) => {
    const cwd = folder(t, { 'in.csv': text });
    const { code, stderr } = await okrug(['run', 'location-quotient', 'in.csv'], { cwd });
    assert.equal(code, 3);
    assert.match(stderr, words);
  });
}

test('missing columns alone do not make a header of a row', async (t) => {
  const cwd = folder(t, { 'in.csv': 'oktmo,section,jobs\nA,x,1\nregion,industry,2\n' });
  const { stderr } = await okrug(['run', 'location-quotient', 'in.csv', '--map', 'value=jobs'], { cwd });
  assert.match(stderr, /no column "region"; the columns are: oktmo, section, jobs/);
});

test('a title above a wide table is seen', async (t) => {
  for (const title of ['Flows\n', 'Flows;;\n']) {
    const cwd = folder(t, { 'io.csv': `${title}code;a;b\na;1;2\nb;1;2\n` });
    const { code, stderr } = await okrug(['run', 'multipliers', 'io.csv'], { cwd });
    assert.equal(code, 3);
    assert.match(stderr, /io\.csv:2: .*--header-row 2/);
  }
});

test('bars part fields where nothing else does', async (t) => {
  const cwd = folder(t, { 'in.csv': jobs.replaceAll(',', '|') });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'in.csv'], { cwd });
  assert.equal(parseTable(stdout).rows.length, 4);
});

test('a dry run counts marks and tells codes that look alike', async (t) => {
  const cwd = folder(t, { 'in.csv': 'region,industry,value\nR,А,1\nR,A,…\nR,B,–\nR,C,…\n' });
  const { stdout, stderr } = await okrugDone(['import', 'w.okrug', 'values', 'in.csv', '--dry-run'], { cwd });
  assert.match(stdout, /: … ×2 → not-collected, – ×1 → structural-zero \(counts as 0\)\n/);
  assert.doesNotMatch(stdout, /--where/);
  assert.match(stderr, /in\.csv:3: column "industry": "A" looks like "А" in line 2 .*such codes: 1/);
  const { stdout: chosen } = await okrugDone(['import', 'w.okrug', 'values', 'in.csv', '--where', 'industry=B', '--dry-run'], { cwd });
  assert.match(chosen, /\(--where\): 1\n/);
});

/* ---- The command line ---- */

test('options that are for every command may stand before it', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const plain = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  const first = await okrugDone(['--threads', '1', '--lang=ru', 'run', 'location-quotient', 'jobs.csv'], { cwd });
  assert.equal(first.stdout, plain.stdout);
  assert.match((await okrug(['--lang', 'ru', 'help'])).stdout, /Коды: 0 готово/);
  assert.equal((await okrug(['--lang', 'fr', 'help'])).code, 2);
  assert.match((await okrug(['--lang', 'ru', 'frobnicate'])).stderr, /frobnicate/);
});

test('run --json writes JSON and refuses another format beside it', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--json'], { cwd });
  assert.equal(JSON.parse(stdout).table, 'quotients');
  assert.equal((await okrug(['run', 'location-quotient', 'jobs.csv', '--json', '--format', 'csv'], { cwd })).code, 2);
});

test('import points to the help that there is', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  const { stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', '--dry-run', '--colour', 'red'], { cwd });
  assert.match(stderr, /import has no option --colour; "okrug help"/);
});

test('a slip in the name of a file that may be a row is told', async (t) => {
  const cwd = folder(t, { 'io.csv': 'code,a,b,out\na,1,2,9\nb,3,1,9\n' });
  const { code, stderr } = await okrug(['run', 'multipliers', 'io.csv', '--output', 'out', '--employment', 'people.csv'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /there is no file "people\.csv"/);
});

test('Ctrl-C ends the reading of standard input', async () => {
  const child = spawn(program, ['run', 'location-quotient', '-'], { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (bytes) => { words += bytes; });
  child.stdin.write('region,industry,value\n');
  await new Promise((later) => setTimeout(later, 500));
  child.kill('SIGINT');
  const code = await new Promise((done) => child.on('close', done));
  assert.equal(code, 130, words);
  assert.match(words, /cancelled/);
});

/* ---- The server ---- */

test('names of hosts have no case, and what is no UTF-8 is answered with JSON', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  await okrugDone(['init', 'w.okrug'], { cwd });
  const server = await serve('w.okrug', { cwd });
  t.after(() => server.child.kill('SIGINT'));
  const get = (host) => server.get('/api/v1/datasets', { headers: { host } });
  assert.equal((await get(`LocalHost:${server.port}`)).code, 200);
  assert.equal((await get('localhost')).code, 421, 'without a port it is another server');
  const { code, body } = await server.get('/api/v1/datasets/x%ff');
  assert.equal(code, 404);
  assert.match(JSON.stringify(JSON.parse(body)), /x\ufffd/);
});

test('on port 80 the host needs no port', async (t) => {
  const cwd = folder(t);
  await okrugDone(['init', 'w.okrug'], { cwd });
  const child = start(program, ['serve', 'w.okrug', '--listen', '127.0.0.1:80'], { cwd });
  t.after(() => child.kill('SIGINT'));
  const ended = child.finished.then(() => true);
  while (!/127\.0\.0\.1:80\//.test(child.standardError())) {
    if (await Promise.race([ended, new Promise((later) => setTimeout(later, 10))])) {
      t.skip('port 80 cannot be had here');
      return;
    }
  }
  const get = async (host) => (await ask(80, '/api/v1/datasets', { headers: { host } })).code;
  assert.deepEqual([await get('localhost'), await get('127.0.0.1'), await get('LOCALHOST:80'), await get('localhost.evil')],
    [200, 200, 200, 421]);
});
