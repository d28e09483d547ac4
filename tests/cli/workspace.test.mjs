/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workspaces: what was imported can be computed with, and an import that fails, is interrupted, finds no room or may not
 * write leaves the workspace as it was.
 */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { fingerprint, folder, okrug, okrugDone, parseTable, program, start } from '../support/okrug.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';

/* A folder with w.okrug that holds the dataset `jobs`. */
async function workspace(t, files = {}) {
  const cwd = folder(t, { 'jobs.csv': jobs, ...files });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  return { cwd, file: join(cwd, 'w.okrug'), bytes: readFileSync(join(cwd, 'w.okrug')) };
}

test('an imported dataset gives the same numbers as its file', async (t) => {
  const { cwd } = await workspace(t);
  const file = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  const dataset = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
  assert.equal(dataset.stdout, file.stdout);
  const reference = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--reference', 'w.okrug#totals'], {
    cwd: (await okrugDone(['import', 'w.okrug', 'values', 'totals.csv', '--map', 'region=industry'], {
      cwd: (writeFileSync(join(cwd, 'totals.csv'), 'industry,value\nx,4\ny,6\n'), cwd) }), cwd) });
  assert.deepEqual(parseTable(reference.stdout).rows.map((r) => r.lq), parseTable(file.stdout).rows.map((r) => r.lq));
});

test('a dataset that is not there is named with those that are', async (t) => {
  const { cwd } = await workspace(t);
  const { code, stderr } = await okrug(['run', 'location-quotient', 'w.okrug#firms'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /no dataset firms in w\.okrug; there are: jobs/);
});

test('a result is kept in a workspace, for the next analysis, and can be undone', async (t) => {
  const { cwd, file } = await workspace(t);
  const keep = ['run', 'location-quotient', 'w.okrug#jobs', '-o', 'w.okrug#quotients'];
  assert.equal((await okrugDone(keep, { cwd })).stdout, '', 'it is kept, not printed');
  const printed = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  await okrugDone(['export', 'w.okrug#quotients/quotients', 'kept.csv'], { cwd });
  assert.equal(readFileSync(join(cwd, 'kept.csv'), 'utf8'), printed.stdout);
  const taken = await okrug(keep, { cwd });
  assert.equal(taken.code, 6);
  assert.match(taken.stderr, /quotients is there already; say --replace/);
  await okrugDone([...keep, '--replace'], { cwd });
  await okrugDone(['undo', 'w.okrug'], { cwd });
  await okrugDone(['run', 'specialisation', 'w.okrug#quotients', '--map', 'value=lq'], { cwd }); /* the one before is back */
  const before = readFileSync(file);
  for (const [place, code, says] of [['absent.okrug#x', 5, /no such workspace/], ['w.okrug#', 2, /cannot be a name/],
    ['w.okrug#a/b', 2, /cannot be a name/], ['jobs.csv#x', 5, /not.*workspace/]]) {
    const refused = await okrug(['run', 'location-quotient', 'jobs.csv', '-o', place], { cwd });
    assert.deepEqual([refused.code, says.test(refused.stderr)], [code, true], refused.stderr);
  }
  assert.equal((await okrug(['run', 'location-quotient', 'jobs.csv', '--replace'], { cwd })).code, 2);
  assert.equal((await okrug([...keep, '--replace', '--format', 'xlsx'], { cwd })).code, 2);
  assert.deepEqual(readFileSync(file), before, 'what was refused changed nothing');
  assert.equal(existsSync(join(cwd, 'absent.okrug')), false);
});

test('a name chosen with --name, and provenance from the file to the result', async (t) => {
  const { cwd } = await workspace(t);
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv', '--name', 'again', '--source', 'Office of counts',
    '--title', 'Jobs'], { cwd });
  await okrugDone(['run', 'specialisation', 'w.okrug#again', '-o', 'results'], { cwd });
  const provenance = JSON.parse(readFileSync(join(cwd, 'results/provenance.json'), 'utf8'));
  assert.equal(provenance.inputs[0].dataset, 'again');
  assert.equal(provenance.inputs[0].provenance.source, 'Office of counts');
  assert.equal(provenance.inputs[0].provenance.file, 'jobs.csv');
  assert.match(provenance.inputs[0].provenance.sha256, /^[0-9a-f]{64}$/);
});

test('init does not touch what is there', async (t) => {
  const { cwd, file, bytes } = await workspace(t);
  const { code, stderr } = await okrug(['init', 'w.okrug'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /w\.okrug exists already/);
  assert.deepEqual(readFileSync(file), bytes);
});

test('--dry-run says what was understood and imports nothing', async (t) => {
  const text = '\ufeffОбласть;Вид;Год;Чел\r\n06;01.1;2023;"1 234,5"\r\n10;01.1;2023;\r\n';
  const { cwd, file, bytes } = await workspace(t, { 'new.csv': text });
  const { stdout, stderr } = await okrugDone(['import', 'w.okrug', 'values', 'new.csv', '--dry-run', '--map', 'region=Область',
    '--map', 'industry=Вид', '--map', 'value=Чел', '--blank', 'zero-or-suppressed', '--unit', 'person'], { cwd });
  assert.match(stdout, /^new\.csv\n/);
  for (const line of ['kind: values', 'encoding: UTF-8 (BOM)', 'delimiter: ;', 'decimal mark: ,', 'header in line: 1',
    'rows read: 2', 'empty number cells: 1', 'Область -> region  [text]  06 | 10', 'Чел -> value  [number, person]  1234.5']) {
    assert.ok(stdout.includes(line), `${line} is not in\n${stdout}`);
  }
  assert.match(stdout, /Год {2}\[text\] {2}2023/);
  assert.match(stderr, /Nothing was imported/);
  assert.deepEqual(readFileSync(file), bytes);
  const russian = await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv', '--dry-run', '--lang', 'ru'], { cwd });
  assert.match(russian.stdout, /кодировка|Кодировка/);
  const bad = await okrug(['import', 'w.okrug', 'values', 'new.csv', '--dry-run'], { cwd });
  assert.equal(bad.code, 3);
});

test('a bad file among good ones leaves the workspace byte for byte', async (t) => {
  const { cwd, bytes } = await workspace(t, { 'good.csv': jobs, 'bad.csv': 'region,value\nA,many\n' });
  const before = fingerprint(cwd);
  const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'good.csv', 'bad.csv'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /bad\.csv:2: column "value"/);
  assert.deepEqual(fingerprint(cwd), before);
  assert.ok(bytes.length > 0);
});

/* Rows enough that reading and storing take seconds. */
function bigFile(path) {
  let text = 'region,industry,value\n';
  for (let r = 0; r < 3000; r++) {
    for (let i = 0; i < 200; i++) {
      text += `region-${r},industry-${i},${(r * 7919 + i * 104729) % 100003}\n`;
    }
  }
  writeFileSync(path, text);
}

/* Whether a process has a file of that name open. */
function reads(child, name) {
  const folder = `/proc/${child.pid}/fd`;
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(join(folder, fd)).endsWith(name);
    } catch {
      return false; /* closed since */
    }
  });
}

async function until(condition, what) {
  for (let waited = 0; waited < 30000; waited += 5) {
    if (condition()) {
      return;
    }
    await pause(5);
  }
  throw new Error(`waited in vain for ${what}`);
}

for (const [when, condition] of [
  ['while it reads', async (cwd, child) => until(() => reads(child, 'big.csv'), 'the file to be open')],
  ['while it stores', async (cwd) => until(() => existsSync(join(cwd, 'w.okrug-journal')), 'the journal')],
  ['while the file grows', async (cwd) => until(() => statSync(join(cwd, 'w.okrug')).size > 300000, 'a larger file')],
]) {
  for (const [signal, expected] of [['SIGINT', { code: 130, signal: null }], ['SIGTERM', { code: 130, signal: null }],
    ['SIGKILL', { code: null, signal: 'SIGKILL' }]]) {
    test(`an import stopped by ${signal} ${when} leaves the workspace as it was`, async (t) => {
      const { cwd, file, bytes } = await workspace(t);
      bigFile(join(cwd, 'big.csv'));
      const child = start(program, ['import', 'w.okrug', 'values', 'big.csv'], { cwd });
      await condition(cwd, child);
      child.kill(signal);
      const { code, signal: by, stderr } = await child.finished;
      assert.deepEqual({ code, signal: by }, expected, stderr);
      const { stdout } = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
      assert.equal(parseTable(stdout).rows.length, 4);
      const { stderr: words } = await okrug(['run', 'location-quotient', 'w.okrug#big'], { cwd });
      assert.match(words, /there are: jobs\n/);
      assert.deepEqual(readFileSync(file), bytes);
      if (code === 130) {
        assert.deepEqual(readdirSync(cwd).sort(), ['big.csv', 'jobs.csv', 'w.okrug']);
        assert.match(stderr, /cancelled/);
      }
    });
  }
}

test('a workspace in use is refused with 6, and who was first finishes', async (t) => {
  const { cwd } = await workspace(t);
  bigFile(join(cwd, 'big.csv'));
  const first = start(program, ['import', 'w.okrug', 'values', 'big.csv'], { cwd });
  await until(() => existsSync(join(cwd, 'w.okrug-journal')), 'the journal');
  first.kill('SIGSTOP');
  const second = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', '--name', 'second'], { cwd });
  first.kill('SIGCONT');
  assert.equal(second.code, 6, second.stderr);
  assert.match(second.stderr, /w\.okrug/);
  assert.equal((await first.finished).code, 0);
  const { stderr } = await okrug(['run', 'location-quotient', 'w.okrug#none'], { cwd });
  assert.match(stderr, /there are: jobs, big\n/);
});

test('a run that is stopped ends with 130 and writes nothing', async (t) => {
  const cwd = folder(t);
  bigFile(join(cwd, 'big.csv'));
  const child = start(program, ['run', 'relatedness', 'big.csv', '-o', 'results'], { cwd });
  await until(() => reads(child, 'big.csv'), 'the file to be open');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await child.finished;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /cancelled/);
  assert.equal(stdout, '');
  assert.deepEqual(readdirSync(cwd), ['big.csv']);
});

test('a full disk ends with 5 and leaves the workspace as it was', async (t) => {
  const { cwd, file, bytes } = await workspace(t);
  let text = 'region,industry,value\n';
  for (let i = 0; i < 40000; i++) {
    text += `region-${i},x,${i}\n`;
  }
  writeFileSync(join(cwd, 'more.csv'), text);
  for (const blocks of [64, 500]) {
    const limited = `ulimit -f ${blocks}; exec "${program}" import w.okrug values more.csv`;
    const { code, stderr, signal } = await start('sh', ['-c', limited], { cwd }).finished;
    assert.equal(signal, null);
    assert.match(stderr, /w\.okrug/);
    assert.equal(code, 5, stderr);
    await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
    assert.deepEqual(readFileSync(file), bytes);
  }
});

test('results that find no room end with 5 and leave no half file', async (t) => {
  const cwd = folder(t);
  let text = 'region,industry,value\n';
  for (let i = 0; i < 20000; i++) {
    text += `region-${i},x,${i}\nregion-${i},y,${i % 7}\n`;
  }
  writeFileSync(join(cwd, 'more.csv'), text);
  const limited = `ulimit -f 64; exec "${program}" run location-quotient more.csv -o results`;
  const { code, stderr, signal } = await start('sh', ['-c', limited], { cwd }).finished;
  assert.equal(signal, null);
  assert.equal(code, 5, stderr);
  assert.deepEqual(existsSync(join(cwd, 'results')) ? readdirSync(join(cwd, 'results')) : [], []);
});

const other = process.getuid?.() === 0 ? {} : { skip: 'only root can run as somebody else' };

test('who may only read can compute and not import', other, async (t) => {
  const { cwd, file, bytes } = await workspace(t);
  chmodSync(cwd, 0o755);
  const as = (...args) => start('setpriv', ['--reuid', '65534', '--clear-groups', program, ...args], { cwd }).finished;
  const run = await as('run', 'location-quotient', 'w.okrug#jobs');
  assert.equal(run.code, 0, run.stderr);
  for (const args of [['import', 'w.okrug', 'values', 'jobs.csv', '--replace'], ['init', 'new.okrug'],
    ['run', 'specialisation', 'jobs.csv', '-o', 'results']]) {
    const { code, stderr } = await as(...args);
    assert.equal(code, 5, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, /w\.okrug|new\.okrug|results/);
  }
  /* A file that may be written in a folder that may not: there is no room for the journal. */
  chmodSync(file, 0o666);
  const { code, stderr } = await as('import', 'w.okrug', 'values', 'jobs.csv', '--replace');
  assert.equal(code, 5, stderr);
  assert.deepEqual(readFileSync(file), bytes);
  assert.deepEqual(readdirSync(cwd).sort(), ['jobs.csv', 'w.okrug']);
});

test('in a folder of one\'s own anybody can work', other, async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs });
  chmodSync(cwd, 0o755);
  mkdirSync(join(cwd, 'own'));
  chownSync(join(cwd, 'own'), 65534, 65534);
  const { code, stderr } = await start('setpriv', ['--reuid', '65534', '--clear-groups', program, 'init', 'own/w.okrug'],
    { cwd }).finished;
  assert.equal(code, 0, stderr);
});

test('a workspace of a newer okrug is refused with 6', async (t) => {
  const { cwd, file } = await workspace(t);
  const newer = readFileSync(file);
  const found = [...newer.toString('latin1').matchAll(/format[1-8]/g)]; /* the row ('format', '2') of okrug_meta */
  assert.equal(found.length, 1);
  newer[found[0].index + 6] = '9'.charCodeAt(0);
  writeFileSync(file, newer);
  for (const args of [['run', 'location-quotient', 'w.okrug#jobs'], ['import', 'w.okrug', 'values', 'jobs.csv'],
    ['serve', 'w.okrug', '--listen', '127.0.0.1:0']]) {
    const { code, stderr } = await okrug(args, { cwd });
    assert.equal(code, 6, stderr);
    assert.match(stderr, /w\.okrug.*9/);
  }
  assert.deepEqual(readFileSync(file), newer);
});

test('a file that is no workspace is refused', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, 'w.okrug': 'not a database, only text that is long enough to look at' });
  const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  assert.equal(code, 5, stderr);
  assert.match(stderr, /w\.okrug is not an okrug workspace/);
});
