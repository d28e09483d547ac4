/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --vary: one analysis with several values of its parameters, tables one under another.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseTable } from '../support/okrug.mjs';

const files = {
  'jobs.csv': 'region,industry,value\nA,x,100\nA,y,200\nB,x,300\nB,y,400\nC,x,\nC,y,500\n',
  'table.csv': 'code,x,y,final\nx,10,20,70\ny,30,40,130\nva,60,140,\n',
};
const rowsOf = (text) => parseTable(text).rows;
const regionalise = ['run', 'regionalise', 'table.csv', '--employment', 'jobs.csv', '--value-added', 'va', '--map', 'employment.value=value'];

test('each combination is what a run of its own would give, the last parameter changing fastest', async (t) => {
  const cwd = folder(t, files);
  const all = rowsOf((await okrugDone(['run', 'location-quotient', 'jobs.csv', '--vary', 'level=0.9', '--vary', 'level=0.5',
    '--vary', 'z=lq', '--vary', 'z=log-lq'], { cwd })).stdout);
  assert.deepEqual([...new Set(all.map((row) => `${row.level} ${row['with-z']}`))], ['0.9 lq', '0.9 log-lq', '0.5 lq', '0.5 log-lq']);
  const own = rowsOf((await okrugDone(['run', 'location-quotient', 'jobs.csv', '--level', '0.5', '--z', 'log-lq'], { cwd })).stdout);
  const last = all.slice(-own.length).map(({ level, 'with-z': z, ...rest }) => (assert.deepEqual([level, z], ['0.5', 'log-lq']), rest));
  assert.deepEqual(last, own);
});

test('a warning of every combination is told once, and the provenance names all values', async (t) => {
  const cwd = folder(t, files);
  const { stderr } = await okrugDone(['run', 'location-quotient', 'jobs.csv', '--vary', 'level=0.9', '--vary', 'level=0.5', '-o', 'out'], { cwd });
  assert.equal(stderr.match(/cells? (is|are) not known/g).length, 1, stderr);
  const { parameters, warnings } = JSON.parse(readFileSync(join(cwd, 'out/provenance.json'), 'utf8'));
  assert.deepEqual(parameters.level, ['0.9', '0.5']);
  assert.equal(parameters.z, 'lq');
  assert.ok(warnings.length > 0);
});

test('all codes of a column in turn', async (t) => {
  const cwd = folder(t, { ...files, 'jobs.csv': files['jobs.csv'].replace('C,x,', 'C,x,50') });
  const rows = rowsOf((await okrugDone([...regionalise, '--vary', 'region=@employment.region', '--print', 'quotients'], { cwd })).stdout);
  assert.deepEqual([...new Set(rows.map(({ region }) => region))], ['A', 'B', 'C']);
});

test('what cannot be varied is told, and a combination that fails is named', async (t) => {
  const cwd = folder(t, { ...files, 'jobs.csv': files['jobs.csv'].replace('C,x,', 'C,x,0').replace('C,y,500', 'C,y,0') });
  const wrong = [
    [['--vary', 'levl=1'], /"levl" of location-quotient cannot be varied; these can be: level, /],
    [['--vary', 'level'], /--vary "level".*name=text/],
    [['--vary', 'level=2'], /--level "2".*0\.5/],
    [['--vary', 'level=0.9', '--level', '0.8'], /--level is given twice/],
    [['--vary', 'level=@jobs'], /@ROLE/],
    [['--vry', 'level=0.9'], /perhaps --vary\?/],
    [Array.from({ length: 30 }, (_, i) => [['level', 0.5 + i / 100], ['small', i], ['draws', 200 + i]]).flat()
      .flatMap(([name, value]) => ['--vary', `${name}=${value}`]), /27000 combinations are too many/],
  ];
  for (const [options, words] of wrong) {
    const { code, stderr, stdout } = await okrug(['run', 'location-quotient', 'jobs.csv', ...options], { cwd });
    assert.match(stderr, words);
    assert.deepEqual([code, stdout], [2, ''], options.slice(0, 2).join(' '));
  }
  const { code, stderr } = await okrug([...regionalise, '--vary', 'region=A', '--vary', 'region=Z'], { cwd });
  assert.match(stderr, /failed with region=Z/);
  assert.notEqual(code, 0);
});

test('a study varies by lists', async (t) => {
  const cwd = folder(t, {
    ...files,
    'study.yaml': 'study: s\ndatasets:\n  - {id: jobs, kind: values, file: jobs.csv, unit: person}\nsteps:\n'
      + '  - id: q\n    run: location-quotient\n    input: "#jobs"\n    vary: {level: [0.9, 0.5], z: [log-lq]}\n',
  });
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  const rows = rowsOf(readFileSync(join(cwd, 'out/q/quotients.csv'), 'utf8'));
  assert.deepEqual([...new Set(rows.map((row) => `${row.level} ${row['with-z']}`))], ['0.9 log-lq', '0.5 log-lq']);
});
