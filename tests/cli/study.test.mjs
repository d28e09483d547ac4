/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Study files: what is wrong in one is told with its line and nothing is left behind; what is right prints its findings.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone } from '../support/okrug.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';
const base = `study: small
datasets:
  - {id: jobs, kind: values, file: jobs.csv}
steps:
  - {id: q, run: location-quotient, input: "#jobs"}
`;
const finding = (rest) => `${base}findings:\n  - {step: q, table: quotients, columns: [region, lq], ${rest}}\n`;

const wrong = [
  ['a source that is a list', base.replace('file: jobs.csv', 'file: jobs.csv, source: [a, b]'), 3, /"source" is expected to be a mapping/],
  ['a note whose words are a list', base.replace('file: jobs.csv', 'file: jobs.csv, note: {en: [a]}'), 3, /"en" is expected to be text/],
  ['rows chosen by a list', finding('where: [a]'), 7, /"where" is expected to be a mapping/],
  ['a text chosen by a list', finding('where: {region: [A]}'), 7, /"region" is expected to be text/],
  ['a finding that is a list', `${base}findings: [[a, b]]\n`, 6, /"findings" is expected to be a mapping/],
  ['groups of numbers', finding('each: lq'), 7, /column "lq" holds numbers/],
  ['rows chosen by numbers', finding('where: {lq: 1}'), 7, /column "lq" holds numbers/],
  ['sorting by codes', finding('sort: -region'), 7, /column "region" holds no numbers/],
  ['sorting by no column', finding('sort: [lq, nope]'), 7, /no column "nope"; the columns are: region, industry/],
  ['groups of no column', finding('each: nope'), 7, /no column "nope"/],
  ['rows chosen by no column', finding('where: {nope: a}'), 7, /no column "nope"/],
  ['a word for a number', finding('top: abc'), 7, /"top" is expected to be a whole number/],
  ['less than one row', finding('top: 0'), 7, /"top" is expected to be a whole number/],
  ['one column without brackets', `${base}findings:\n  - {step: q, table: quotients, columns: lq}\n`, 7, /"columns" is expected to be a list/],
  ['a column that is none', `${base}findings:\n  - {step: q, table: quotients, columns: [lp]}\n`, 7, /no column "lp"/],
  ['an unknown table', `${base}findings:\n  - {step: q, table: nope, columns: [lq]}\n`, 7, /needs the table nope of q/],
  ['findings that are no list', `${base}findings: none\n`, 6, /"findings" is expected to be a list/],
  ['datasets that are no list', 'study: s\ndatasets: hello\n', 2, /"datasets" is expected to be a list/],
  ['steps that are no list', 'study: s\nsteps: x\n', 2, /"steps" is expected to be a list/],
  ['a dataset that is no mapping', 'study: s\ndatasets: [jobs]\n', 2, /expected to be a mapping/],
  ['a file that is a list', 'study: s\ndatasets: [{id: a, kind: values, file: [b]}]\n', 2, /"file" is expected to be text/],
  ['a name with a slash', base.replace('id: q', 'id: a/b'), 5, /"a\/b" cannot be a name/],
  ['a name with #', base.replace('id: jobs', 'id: "a#b"'), 3, /"a#b" cannot be a name/],
  ['an empty name', base.replace('id: q', 'id: ""'), 5, /"" cannot be a name/],
  ['the folder above', base.replace('id: q', 'id: ".."'), 5, /"\.\." cannot be a name/],
  ['a study in a folder', base.replace('study: small', 'study: a/b'), 1, /"a\/b" cannot be a name/],
  ['a step named as a dataset', base.replace('id: q', 'id: jobs'), 5, /the name "jobs" is there twice/],
  ['a dataset without its sign', base.replace('"#jobs"', 'jobs'), 5, /^jobs: there is no such file; for the dataset or step jobs write "#jobs"$/m],
  ['a dataset misspelt without its sign', base.replace('"#jobs"', 'jobz'), 5, /^jobz: there is no such file; for the dataset or step jobs write "#jobs"$/m],
  ['a dataset misspelt', base.replace('"#jobs"', '"#job"'), 5, /^okrug: there is no dataset job; perhaps jobs\?$/m],
  ['a dataset that is like none', base.replace('"#jobs"', '"#wages"'), 5, /there is no dataset wages in small\.okrug; there are: jobs$/m],
  ['a file that is like no dataset', base.replace('"#jobs"', 'wages'), 5, /^wages: cannot be opened/m],
  ['a reference misspelt', base.replace('"#jobs"', '"#jobs", reference: "#jbos"'), 5, /^okrug: there is no dataset jbos; perhaps jobs\?$/m],
  ['a page that is a text', `${base}page: hello\n`, 6, /"page" is expected to be a mapping/],
];
for (const [what, text, line, words] of wrong) {
  test(`${what} is refused`, async (t) => {
    const cwd = folder(t, { 'jobs.csv': jobs, 'study.yaml': text });
    const { code, stdout, stderr } = await okrug(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
    assert.match(stderr, words);
    assert.ok(stderr.includes(`study.yaml:${line}: `), stderr);
    assert.ok(code === 2 || code === 3 || (code === 5 && /no such file|cannot be opened/.test(stderr)), `ended with ${code}`);
    assert.equal(stdout, '');
    assert.deepEqual(readdirSync(cwd).sort(), ['jobs.csv', 'study.yaml'], 'nothing is left behind');
  });
}

test('everything wrong is told at once', async (t) => {
  const cwd = folder(t, { 'study.yaml': 'study: a/b\ndatasets: hello\nsteps: x\nfindings: none\n' });
  const { stderr } = await okrug(['study', 'run', 'study.yaml'], { cwd });
  assert.equal(stderr.trim().split('\n').length, 4, stderr);
});

test('a source is one text for all languages or one for each', async (t) => {
  const text = base.replace('file: jobs.csv', 'file: jobs.csv, source: {en: The office, ru: Ведомство}, licence: CC0');
  const cwd = folder(t, { 'jobs.csv': jobs, 'study.yaml': text });
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  const { inputs } = JSON.parse(readFileSync(join(cwd, 'out/q/provenance.json'), 'utf8'));
  assert.deepEqual(inputs[0].provenance.source, { en: 'The office', ru: 'Ведомство' });
  assert.equal(inputs[0].provenance.licence, 'CC0');
});

test('two findings of one title are two tables', async (t) => {
  const text = `${base}findings:
  - {title: Same, step: q, table: quotients, columns: [region], top: 1}
  - {title: {en: Same}, step: q, table: quotients, columns: [industry], where: {region: B}}
`;
  const cwd = folder(t, { 'jobs.csv': jobs, 'study.yaml': text });
  const { stdout } = await okrugDone(['study', 'run', 'study.yaml'], { cwd });
  assert.equal(stdout, '\nSame\nregion\nA\n\nSame\nindustry\nx\ny\n');
});

test('rows are sorted by one key after the other, within each group', async (t) => {
  const values = 'region,industry,value\nA,x,5\nA,y,5\nA,z,7\nB,x,1\nB,y,2\nB,z,2\n';
  const text = `${base}findings:
  - {step: q, table: quotients, columns: [region, industry, value], sort: [value, -lq]}
  - {step: q, table: quotients, columns: [industry], sort: -value, each: region, top: 1}
`;
  const cwd = folder(t, { 'jobs.csv': values, 'study.yaml': text });
  const { stdout } = await okrugDone(['study', 'run', 'study.yaml'], { cwd });
  const [sorted, first] = stdout.trim().split('\n\n').map((part) => part.split('\n').slice(2).map((row) => row.trim().split(/ +/)));
  assert.deepEqual(sorted.map((row) => row[2]), ['1', '2', '2', '5', '5', '7']);
  assert.deepEqual(sorted.slice(3, 5).map((row) => row[1]), ['x', 'y']);
  assert.deepEqual(first, [['z'], ['y']]);
});

test('a study that fails leaves no folder of its first steps', async (t) => {
  const text = `${base}  - {id: bad, run: location-quotient, input: "#nothing"}\n`;
  const cwd = folder(t, { 'jobs.csv': jobs, 'study.yaml': text });
  assert.notEqual((await okrug(['study', 'run', 'study.yaml', '-o', 'out'], { cwd })).code, 0);
  assert.ok(!existsSync(join(cwd, 'out')));
  writeFileSync(join(cwd, 'study.yaml'), base);
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.deepEqual(readdirSync(join(cwd, 'out/q')).sort(), ['provenance.json', 'quotients.csv']);
});

test('a study run again keeps the boundaries that were imported', async (t) => {
  const square = (x) => ({ type: 'Polygon', coordinates: [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 0]]] });
  const features = ['A', 'B'].map((code, x) => ({ type: 'Feature', properties: { code }, geometry: square(x) }));
  const cwd = folder(t, { 'jobs.csv': jobs, 'study.yaml': base,
    'map.geojson': JSON.stringify({ type: 'FeatureCollection', features }) });
  const run = ['study', 'run', 'study.yaml', '--workspace', 'w.okrug'];
  await okrugDone(run, { cwd });
  await okrugDone(['import', 'w.okrug', 'boundaries', 'map.geojson', '--map', 'region=code', '--name', 'boundaries'], { cwd });
  await okrugDone(run, { cwd });
  const { stderr } = await okrug(['run', 'location-quotient', 'w.okrug#none'], { cwd });
  assert.match(stderr, /boundaries/);
});

test('a step whose inputs are the same is not computed again', async (t) => {
  const here = folder(t, {
    'a.csv': 'region,industry,value\nA,x,10\nA,y,20\nB,x,30\nB,y,5\nC,x,1\nC,y,9\n',
    'b.csv': 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\nC,x,5\nC,y,6\n',
    'again.yaml': 'study: again\ndatasets:\n  - {id: a, kind: values, file: a.csv, unit: person}\n  - {id: b, kind: values, file: b.csv, unit: person}\n'
      + 'steps:\n  - {id: qa, run: location-quotient, input: "#a"}\n  - {id: qb, run: location-quotient, input: "#b", level: 0.9}\n'
      + '  - {id: of-file, run: location-quotient, input: b.csv, unit: person}\n',
  });
  const run = async (...more) => (await okrugDone(['study', 'run', 'again.yaml', '-o', `out${more.length}`, ...more], { cwd: here })).stderr;
  const tables = (name) => ['qa', 'qb', 'of-file'].map((id) => readFileSync(join(here, name, id, 'quotients.csv'), 'utf8'));
  assert.doesNotMatch(await run(), /not computed again/);
  const first = tables('out0');
  assert.match(await run(), /not computed again.*: 3\/3/);
  assert.deepEqual(tables('out0'), first);
  assert.doesNotMatch(await run('--again'), /not computed again/);
  assert.deepEqual(tables('out1'), first);

  writeFileSync(join(here, 'b.csv'), 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\nC,x,5\nC,y,7\n');
  assert.match(await run(), /: 1\/3/, 'only what is of the other file stays');
  const changed = tables('out0');
  assert.equal(changed[0], first[0]);
  assert.notEqual(changed[1], first[1]);
  assert.notEqual(changed[2], first[2]);

  const study = readFileSync(join(here, 'again.yaml'), 'utf8');
  writeFileSync(join(here, 'again.yaml'), study.replace('level: 0.9', 'level: 0.8'));
  assert.match(await run(), /: 2\/3/);
  await okrugDone(['import', 'again.okrug', 'values', 'a.csv', '--name', 'qa', '--replace', '--unit', 'person'], { cwd: here });
  assert.match(await run(), /: 2\/3/, 'what took the place of a result is no result');
});
