/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --columns: a result of the columns that are asked for and the keys of their rows, with the values of the whole one.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable } from '../support/okrug.mjs';

const files = {
  'jobs.csv': 'region,industry,period,value\nA,x,1,100\nA,y,1,200\nA,x,2,5\nB,x,1,300\nB,y,1,400\nB,x,2,7\nB,y,2,8\nC,x,1,\nC,y,1,500\nC,y,2,0\n',
  'totals.csv': 'region,value\nA,300\nB,700\nC,600\n',
};
const rowsOf = (text) => parseTable(text).rows;
const headerOf = (text) => text.split('\n')[0];
const only = (rows, names) => rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
const provenanceOf = (folder) => JSON.parse(readFileSync(join(folder, 'provenance.json'), 'utf8'));

test('any column by itself is as it is beside the others, on any number of threads', async (t) => {
  const cwd = folder(t, files);
  for (const input of [[], ['--region-total', 'totals.csv', '--where', 'period=1']]) {
    for (const extra of [[], ['--z', 'log-lq', '--bootstrap', '1000', '--percentile', '0.5']]) {
      const run = ['run', 'location-quotient', 'jobs.csv', '--unit', 'person', ...input, ...extra];
      const whole = (await okrugDone(run, { cwd })).stdout;
      const names = headerOf(whole).split(',').slice(3, -1);
      assert.equal(names.length, 14);
      for (const name of names) {
        const keys = ['region', 'industry', 'period', name];
        const { stdout } = await okrugDone([...run, '--columns', name, '--threads', '2'], { cwd });
        assert.equal(headerOf(stdout), `${keys.join(',')},reason`);
        assert.deepEqual(only(rowsOf(stdout), keys), only(rowsOf(whole), keys), name);
        const reasons = rowsOf(whole).map(({ reason }) => reason.split(';').filter((one) => one.startsWith(`${name}:`)).join(';'));
        assert.deepEqual(rowsOf(stdout).map(({ reason }) => reason), reasons, name);
      }
    }
  }
});

test('tables of which nothing is asked are not made; several names may come in any order', async (t) => {
  const cwd = folder(t, files);
  const run = ['run', 'location-quotient', 'jobs.csv', '--unit', 'person', '--bootstrap', '1000'];
  await okrugDone([...run, '--columns', 'hi, lq', '-o', 'one'], { cwd });
  await okrugDone([...run, '--columns', 'lq', '--columns', 'quotients.hi,lq', '-o', 'two'], { cwd });
  await okrugDone([...run, '--columns', 'threshold.lq', '-o', 'three'], { cwd });
  assert.equal(headerOf(readFileSync(join(cwd, 'one/quotients.csv'), 'utf8')), 'region,industry,period,lq,hi,reason');
  for (const file of ['quotients.csv', 'provenance.json']) {
    assert.equal(readFileSync(join(cwd, 'one', file), 'utf8'), readFileSync(join(cwd, 'two', file), 'utf8'), file);
  }
  assert.deepEqual([existsSync(join(cwd, 'one/threshold.csv')), existsSync(join(cwd, 'three/quotients.csv'))], [false, false]);
  assert.equal(headerOf(readFileSync(join(cwd, 'three/threshold.csv'), 'utf8')), 'industry,period,lq,reason');
});

test('provenance says which columns were asked for, and nothing where none were', async (t) => {
  const cwd = folder(t, files);
  const run = ['run', 'location-quotient', 'jobs.csv', '--unit', 'person'];
  await okrugDone([...run, '-o', 'all'], { cwd });
  await okrugDone([...run, '--columns', 'stable,lq', '-o', 'some'], { cwd });
  const { columns, ...some } = provenanceOf(join(cwd, 'some'));
  assert.deepEqual(columns, ['quotients.lq', 'quotients.stable']);
  assert.deepEqual(some, provenanceOf(join(cwd, 'all')));
});

test('with --vary the parameters stand before the keys', async (t) => {
  const cwd = folder(t, files);
  const { stdout } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--vary', 'level=0.9', '--vary', 'level=0.5', '--columns', 'hi'], { cwd });
  assert.equal(headerOf(stdout), 'level,region,industry,period,hi,reason');
});

test('names that are not there are refused with those that are', async (t) => {
  const cwd = folder(t, files);
  const wrong = [
    [['--columns', 'lq,qq'], /gives no column "qq"; there are: region, .*lq, .*threshold\.lq/],
    [['--columns', 'thresold.lq'], /gives no column "thresold\.lq"/],
    [['--columns', 'threshold.flag'], /gives no column "threshold\.flag"/],
    [['--columns', 'lq,'], /gives no column ""/],
    [['--columns', 'threshold.lq'], /asked for threshold\.lq, but with these options it makes no table "threshold"/],
    [['--colums', 'lq'], /perhaps --columns\?/],
  ];
  for (const [options, words] of wrong) {
    const { code, stderr, stdout } = await okrug(['run', 'location-quotient', 'jobs.csv', ...options], { cwd });
    assert.match(stderr, words);
    assert.deepEqual([code, stdout], [2, ''], options.join(' '));
  }
});

/* What the computing would complain of is not told: it has not begun. */
test('a table that these options do not make is refused before anything is computed', async (t) => {
  const cwd = folder(t, { ...files, 'none.csv': 'region,industry,value\nA,x,\nA,y,1\nB,x,2\n' });
  const wrong = [['location-quotient', 'threshold.lq'], ['concentration', 'plants.raw'], ['concentration', 'theil.between']];
  for (const [analysis, column] of wrong) {
    const { code, stderr } = await okrug(['run', analysis, 'none.csv', '--columns', column], { cwd });
    assert.equal(code, 2, stderr);
    assert.match(stderr, new RegExp(`^okrug: ${analysis} was asked for ${column.replace('.', '\\.')}, but [^\\n]*\\n$`));
  }
});

test('a step of a study has them too, and is computed again when they change', async (t) => {
  const cwd = folder(t, files);
  const study = (columns) => writeFileSync(join(cwd, 'study.yaml'), 'study: s\ntitle: {en: S, ru: S}\ndatasets:\n'
    + '  - id: jobs\n    file: jobs.csv\n    kind: values\n    unit: person\n    source: s\n    licence: CC0\nsteps:\n'
    + `  - id: q\n    run: location-quotient\n    input: "#jobs"\n    columns: ${columns}\n`);
  const header = () => headerOf(readFileSync(join(cwd, 'out/q/quotients.csv'), 'utf8'));
  study('[lq, hi]');
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.equal(header(), 'region,industry,period,lq,hi,reason');
  const again = await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.match(again.stderr, /1\/1/);
  study('"lo"');
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.equal(header(), 'region,industry,period,lo,reason');
});
