/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeping a workspace: what was done can be undone, copies and checks, older files, and what GIS programs and others
 * get to see. GDAL's own programs look at the files.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { fingerprint, folder, okrug, okrugDone, parseTable, program, root, start } from '../support/okrug.mjs';
import { sheetsOf } from '../support/zip.mjs';

const jobs = 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,4\n';
const more = jobs.replace('B,y,4', 'B,y,40');
const ring = (x) => `[[[${x},54],[${x + 1},54],[${x},55],[${x},54]]]`;
const outline = (region, x) =>
  `{"type":"Feature","properties":{"region":"${region}"},"geometry":{"type":"Polygon","coordinates":${ring(x)}}}`;
const outlines = `{"type":"FeatureCollection","features":[${outline('A', 36)},${outline('B', 37)},${outline('D', 38)}]}`;
const towns = 'region,name,lat,lon\nA,Алексин,54.5,37\nB,Боровск,55.2,36.5\n';
const study = `study: small
title: {en: Small, ru: Малое}
datasets:
  - {id: jobs, kind: values, file: jobs.csv, unit: person}
  - {id: outlines, kind: boundaries, file: outlines.geojson}
  - {id: towns, kind: territories, file: towns.csv}
steps:
  - {id: quotients, run: location-quotient, input: "#jobs"}
`;
const files = { 'jobs.csv': jobs, 'outlines.geojson': outlines, 'towns.csv': towns, 'study.yaml': study };

/* A folder with w.okrug, in which the study was run. */
async function small(t, others = {}) {
  const cwd = folder(t, { ...files, ...others });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 'w.okrug'], { cwd });
  return cwd;
}

async function gdal(command, args, cwd) {
  const { code, stdout, stderr } = await start(command, args, { cwd }).finished;
  assert.equal(code, 0, `${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/* "1: outlines (Polygon)" -> {outlines: "Polygon"} */
async function layers(file, cwd) {
  const text = await gdal('ogrinfo', ['-q', '-ro', file], cwd);
  return Object.fromEntries([...text.matchAll(/^\d+: (.*) \((.*)\)$/gm)].map((m) => [m[1], m[2]]));
}

async function rowsOf(file, layer, cwd) {
  return parseTable(await gdal('ogr2ogr', ['-f', 'CSV', '/vsistdout/', file, layer], cwd));
}

async function exported(cwd, name) {
  await okrugDone(['export', 'w.okrug', name], { cwd });
  return readFileSync(join(cwd, name));
}

/* ---- Changes and undo ---- */

test('a name that is taken is refused with 6, and replaced where that was said', async (t) => {
  const cwd = await small(t, { 'more.csv': more });
  const before = fingerprint(cwd);
  const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'jobs.csv', 'more.csv'], { cwd });
  assert.equal(code, 6);
  assert.match(stderr, /dataset jobs is there already; say --replace/);
  assert.doesNotMatch(stderr, /dataset more/);
  assert.deepEqual(fingerprint(cwd), before);
  await okrugDone(['import', 'w.okrug', 'values', 'more.csv', '--name', 'jobs', '--replace'], { cwd });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
  assert.equal(parseTable(stdout).rows[3].value, '40');
});

test('undo brings back what was there, bit for bit, and says what it undid', async (t) => {
  const cwd = await small(t, { 'more.csv': more });
  const before = await exported(cwd, 'before.gpkg');
  await okrugDone(['import', 'w.okrug', 'values', 'more.csv', '--name', 'jobs', '--replace'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'more.csv', 'jobs.csv', '--replace'], { cwd });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 'w.okrug'], { cwd });
  const { changes } = JSON.parse((await okrugDone(['changes', 'w.okrug', '--json'], { cwd })).stdout);
  assert.deepEqual(changes.map(({ id, what, dataset }) => [id, what, dataset]),
    [[4, 'study', 'small'], [3, 'import', 'more, jobs'], [2, 'import', 'jobs'], [1, 'study', 'small']]);
  assert.ok(Math.abs(Date.parse(changes[0].time) - Date.now()) < 600000, changes[0].time);
  for (let i = 0; i < 3; i++) {
    const { change } = JSON.parse((await okrugDone(['undo', 'w.okrug', '--json'], { cwd })).stdout);
    assert.deepEqual([change.id, change.undone], [4 - i, true]);
  }
  assert.deepEqual(await exported(cwd, 'after.gpkg'), before);
  const { stdout } = await okrugDone(['undo', 'w.okrug'], { cwd });
  assert.match(stdout, /1 .* study +small +undone/);
  const { code, stderr } = await okrug(['undo', 'w.okrug'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /nothing in w\.okrug to undo/);
  assert.equal(JSON.parse((await okrugDone(['check', 'w.okrug', '--json'], { cwd })).stdout).datasets, 0);
});

test('the example can be run twice into one workspace', async (t) => {
  const cwd = folder(t);
  const example = ['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--workspace', 'w.okrug'];
  await okrugDone(example, { cwd });
  const before = await exported(cwd, 'before.gpkg');
  await okrugDone(example, { cwd });
  assert.deepEqual(await exported(cwd, 'after.gpkg'), before);
  assert.match((await okrugDone(['check', 'w.okrug'], { cwd })).stdout, /all is well/);
});

/* ---- What others see ---- */

test('GDAL lists territories and results of a workspace as layers, and nothing internal', async (t) => {
  const cwd = await small(t);
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 'w.okrug'], { cwd }); /* with something aside */
  assert.deepEqual(await layers('w.okrug', cwd),
    { outlines: 'Polygon', jobs: 'None', towns: 'None', quotients__quotients: 'None' });
});

test('an exported GeoPackage has figures on the map and nothing of our own', async (t) => {
  const cwd = await small(t, { 'far.csv': 'region,value\nZ,1\nA,2\n' });
  await okrugDone(['import', 'w.okrug', 'values', 'far.csv'], { cwd });
  const { stderr } = await okrugDone(['export', 'w.okrug', 'map.gpkg'], { cwd });
  assert.match(stderr, /layer far__map: 1 of 2 regions is not on the map \(outlines\)/);
  assert.deepEqual(await layers('map.gpkg', cwd), {
    outlines: 'Polygon', towns: 'Point', jobs__map: 'Polygon', quotients__quotients__map: 'Polygon', far__map: 'Polygon',
    jobs: 'None', quotients__quotients: 'None', far: 'None' });
  const map = await rowsOf('map.gpkg', 'quotients__quotients__map', cwd);
  const long = await rowsOf('map.gpkg', 'quotients__quotients', cwd);
  assert.deepEqual(map.rows.map((row) => row.region), ['A', 'B', 'D']);
  for (const { region, industry, lq } of long.rows) {
    assert.equal(map.rows.find((row) => row.region === region)[`lq_${industry}`], lq);
  }
  assert.match(map.rows[2].reason, /^value_x:no-row;/);
  const points = await gdal('ogrinfo', ['-q', '-ro', 'map.gpkg', 'towns'], cwd);
  assert.match(points, /name \(String\) = Боровск[\s\S]*POINT \(36\.5 55\.2\)/);
  assert.match(await gdal('ogrinfo', ['-so', '-ro', 'map.gpkg', 'jobs'], cwd), /"sha256":"[0-9a-f]{64}"/);
  assert.ok(!readFileSync(join(cwd, 'map.gpkg')).includes('okrug_'));
});

test('data that may tell of single persons or firms go out only by name', async (t) => {
  const cwd = await small(t);
  /* A kind that this version does not know yet. */
  await gdal('ogrinfo', ['-q', 'w.okrug', '-sql', "UPDATE okrug_dataset SET kind = 'employees' WHERE id = 'jobs'"], cwd);
  const { stderr } = await okrugDone(['export', 'w.okrug', 'map.gpkg'], { cwd });
  assert.match(stderr, /dataset jobs \(employees\) .* was left out/);
  const names = Object.keys(await layers('map.gpkg', cwd));
  assert.ok(!names.includes('jobs') && !names.includes('jobs__map') && names.includes('towns'), names.join());
  await okrugDone(['export', 'w.okrug#jobs', 'jobs.gpkg'], { cwd });
  assert.ok('jobs' in await layers('jobs.gpkg', cwd));
});

test('a file that is there is overwritten only with --replace, and what fails leaves nothing', async (t) => {
  const cwd = await small(t, { 'map.gpkg': 'mine', 'jobs.json': 'mine' });
  for (const [what, file] of [['w.okrug', 'map.gpkg'], ['w.okrug#jobs', 'jobs.json']]) {
    const { code, stderr } = await okrug(['export', what, file], { cwd });
    assert.equal(code, 6);
    assert.match(stderr, new RegExp(`${file} exists already; say --replace`));
    assert.equal(readFileSync(join(cwd, file), 'utf8'), 'mine');
    await okrugDone(['export', what, file, '--replace'], { cwd });
    assert.notEqual(readFileSync(join(cwd, file), 'utf8'), 'mine');
  }
  const before = readdirSync(cwd);
  for (const [args, expected, words] of [
    [['w.okrug', 'all.csv'], 2, /all\.csv has room for one dataset/],
    [['w.okrug', 'all.xlsx'], 2, /all\.xlsx has room for one dataset/],
    [['w.okrug', 'all.pdf'], 2, /there are: \.gpkg, \.csv, \.xlsx, \.json, \.html, \.geojson/],
    [['w.okrug#none', 'x.gpkg'], 2, /no dataset none/],
    [['w.okrug#quotients/none', 'x.csv'], 2, /no table none/],
    [['none.okrug', 'x.gpkg'], 5, /no such workspace; "okrug init/],
    [['w.okrug', 'none/x.gpkg'], 5, /none\/x\.gpkg/],
  ]) {
    const { code, stderr } = await okrug(['export', ...args], { cwd });
    assert.equal(code, expected, stderr);
    assert.match(stderr, words);
  }
  assert.deepEqual(readdirSync(cwd), before);
});

test('one dataset in other forms', async (t) => {
  const cwd = await small(t, { 'pairs.csv': 'a,b\nA,B\n' });
  await okrugDone(['export', 'w.okrug#quotients/quotients', 'q.csv'], { cwd });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
  assert.equal(readFileSync(join(cwd, 'q.csv'), 'utf8'), stdout);
  await okrugDone(['export', 'w.okrug#quotients', 'q.html'], { cwd });
  assert.match(readFileSync(join(cwd, 'q.html'), 'utf8'), /^<!DOCTYPE html>/i);
  await okrugDone(['export', 'w.okrug#quotients', 'q.xlsx'], { cwd });
  const sheets = sheetsOf(readFileSync(join(cwd, 'q.xlsx')));
  assert.deepEqual(Object.keys(sheets), ['quotients', 'Columns', 'Provenance']);
  assert.deepEqual([sheets.quotients.cells.A2, sheets.quotients.cells.B2], [{ text: 'A' }, { text: 'x' }]);
  await okrugDone(['export', 'w.okrug#jobs', 'jobs.xlsx'], { cwd });
  const again = await okrugDone(['run', 'location-quotient', 'jobs.xlsx#jobs'], { cwd });
  assert.equal(again.stdout, stdout);
  await okrugDone(['export', 'w.okrug#quotients', 'q.geojson'], { cwd });
  const { features } = JSON.parse(readFileSync(join(cwd, 'q.geojson'), 'utf8'));
  assert.equal(features.length, 3);
  assert.equal(features[1].properties.value_y, 4);
  assert.equal(features[1].geometry.type, 'Polygon');
  await okrugDone(['export', 'w.okrug#jobs', 'jobs.gpkg'], { cwd });
  assert.deepEqual(Object.keys(await layers('jobs.gpkg', cwd)).sort(), ['jobs', 'jobs__map']);
  await okrugDone(['import', 'w.okrug', 'neighbours', 'pairs.csv'], { cwd });
  const { code, stderr } = await okrug(['export', 'w.okrug#pairs', 'pairs.geojson'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /pairs cannot be put on a map/);
});

test('a map that would be too wide is left out with a word', async (t) => {
  let wide = 'region,industry,value\n';
  for (let i = 0; i < 2000; i++) {
    wide += `A,i${i},1\n`;
  }
  const cwd = await small(t, { 'wide.csv': wide });
  await okrugDone(['import', 'w.okrug', 'values', 'wide.csv'], { cwd });
  const { stderr } = await okrugDone(['export', 'w.okrug', 'map.gpkg'], { cwd });
  assert.match(stderr, /layer wide__map was left out: it would have 2000 columns/);
  assert.equal('wide__map' in await layers('map.gpkg', cwd), false);
});

/* ---- Backup, check, migrate ---- */

test('where the copy cannot be written, the copy is named and nothing of it stays', async (t) => {
  const cwd = folder(t, { 'jobs.csv': `region,industry,value\n${Array.from({ length: 4000 }, (_, i) => `R${i},A,1`).join('\n')}\n` });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  const full = await start('sh', ['-c', `ulimit -f 64; "${program}" backup w.okrug copy.okrug`], { cwd }).finished;
  assert.equal(full.code, 5, full.stderr);
  assert.match(full.stderr, /cannot write copy\.okrug/);
  const map = await start('sh', ['-c', `ulimit -f 64; "${program}" export w.okrug map.gpkg`], { cwd }).finished;
  assert.equal(map.code, 5, map.stderr);
  assert.match(map.stderr, /(no room for|cannot write) map\.gpkg[:;] /);
  assert.deepEqual(readdirSync(cwd).sort(), ['jobs.csv', 'w.okrug']);
});

test('a backup is a workspace of its own, dated where it has no name, and never in place of anything', async (t) => {
  const cwd = await small(t);
  const { stderr } = await okrugDone(['backup', 'w.okrug'], { cwd });
  const [, dated] = stderr.match(/^(w\.\d{8}T\d{6}Z\.okrug): /);
  assert.match((await okrugDone(['check', dated], { cwd })).stdout, /all is well/);
  await okrugDone(['backup', 'w.okrug', 'copy.okrug'], { cwd });
  const before = readFileSync(join(cwd, 'copy.okrug'));
  const { code, stderr: words } = await okrug(['backup', 'w.okrug', 'copy.okrug'], { cwd });
  assert.equal(code, 2);
  assert.match(words, /copy\.okrug exists already/);
  assert.deepEqual(readFileSync(join(cwd, 'copy.okrug')), before);
});

test('what a killed backup or export left is removed by the next of that name, and nothing else', async (t) => {
  const cwd = folder(t, { 'jobs.csv': `region,industry,value\n${Array.from({ length: 200000 }, (_, i) => `R${i},A,1`).join('\n')}\n` });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  const litter = (name) => readdirSync(cwd).filter((entry) => entry.startsWith(`${name}.new-`));
  const others = ['copy.okrug.new', 'copy.okrug.new-x-0', 'copy.okrug.new-1-0', 'other.okrug.new-999999999-0', `copy.okrug.new-${process.pid}-0`];
  others.forEach((name) => writeFileSync(join(cwd, name), 'mine')); /* process 1 lives, and so does this one */
  for (const [command, name] of [['backup', 'copy.okrug'], ['export', 'map.gpkg']]) {
    const kept = litter(name);
    const child = start(program, [command, 'w.okrug', name], { cwd });
    const ended = child.finished.then(() => true);
    while (litter(name).length === kept.length) {
      assert.notEqual(await Promise.race([ended, new Promise((later) => setTimeout(later, 1))]), true, 'it was too quick');
    }
    child.kill('SIGKILL');
    await child.finished;
    assert.ok(litter(name).some((entry) => entry.startsWith(`${name}.new-${child.pid}-`)), 'it left something');
    await okrugDone([command, 'w.okrug', name], { cwd });
    assert.deepEqual(litter(name), kept);
  }
  others.forEach((name) => assert.equal(readFileSync(join(cwd, name), 'utf8'), 'mine', name));
});

test('a backup has no empty pages, also where much was undone', async (t) => {
  const lines = Array.from({ length: 100000 }, (_, i) => `r${Math.floor(i / 100)},i${i % 100},${i}\n`);
  const cwd = await small(t, { 'big.csv': `region,industry,value\n${lines.join('')}` });
  await okrugDone(['import', 'w.okrug', 'values', 'big.csv'], { cwd });
  await okrugDone(['undo', 'w.okrug'], { cwd });
  const bytes = async (file) => JSON.parse((await okrugDone(['check', file, '--json'], { cwd })).stdout);
  const before = await bytes('w.okrug');
  assert.ok(before.bytes_free > 1000000, 'the room is kept');
  await okrugDone(['backup', 'w.okrug', 'copy.okrug'], { cwd });
  const copy = await bytes('copy.okrug');
  assert.deepEqual({ ...copy, bytes: 0, bytes_free: 0 }, { ...before, bytes: 0, bytes_free: 0 });
  assert.equal(copy.bytes_free, 0);
  assert.ok(copy.bytes <= before.bytes - before.bytes_free, `${copy.bytes} bytes`);
  await exported(cwd, 'before.gpkg');
  copyFileSync(join(cwd, 'copy.okrug'), join(cwd, 'w.okrug'));
  assert.deepEqual(await exported(cwd, 'after.gpkg'), readFileSync(join(cwd, 'before.gpkg')));
});

test('check says what is there, and ends with 3 where something is wrong', async (t) => {
  const cwd = await small(t, { 'text.okrug': 'some text', 'empty.okrug': '' });
  const well = JSON.parse((await okrugDone(['check', 'w.okrug', '--json'], { cwd })).stdout);
  assert.equal(well.well, true);
  assert.equal(well.datasets, 4);
  assert.equal(well.rows, 4 + 3 + 2 + 4);
  for (const [how, args] of [['table', ['-sql', 'DROP TABLE jobs']], ['cell', ['-sql', "UPDATE jobs SET value = 'many'"]]]) {
    copyFileSync(join(cwd, 'w.okrug'), join(cwd, `${how}.gpkg`));
    await gdal('ogrinfo', ['-q', `${how}.gpkg`, ...args], cwd);
    const { code, stdout, stderr } = await okrug(['check', `${how}.gpkg`], { cwd });
    assert.equal(code, 3, stderr);
    assert.match(stdout, /something is wrong/);
    assert.match(stderr, /dataset jobs/);
  }
  copyFileSync(join(cwd, 'w.okrug'), join(cwd, 'cut.okrug'));
  truncateSync(join(cwd, 'cut.okrug'), 60000);
  const cut = await okrug(['check', 'cut.okrug'], { cwd });
  assert.ok(cut.code === 3 || cut.code === 5, cut.stderr);
  assert.match(cut.stderr, /damaged/);
  await gdal('ogr2ogr', ['-f', 'SQLite', 'other.sqlite', 'jobs.csv'], cwd);
  for (const name of ['text.okrug', 'empty.okrug', 'other.sqlite', 'none.okrug']) {
    const { code, stderr } = await okrug(['check', name], { cwd });
    assert.equal(code, 5, stderr);
    assert.match(stderr, /not an okrug workspace|no such workspace/);
  }
});

test('an import that is killed leaves a workspace that is well', async (t) => {
  let big = 'region,industry,value\n';
  for (let i = 0; i < 400000; i++) {
    big += `region-${i % 4000},industry-${i % 100}-${Math.floor(i / 4000)},${i}\n`;
  }
  const cwd = await small(t, { 'big.csv': big });
  const before = await exported(cwd, 'before.gpkg');
  const child = start(program, ['import', 'w.okrug', 'values', 'big.csv', '--name', 'jobs', '--replace'], { cwd });
  const ended = child.finished.then(() => true);
  while (!existsSync(join(cwd, 'w.okrug-journal'))) {
    assert.notEqual(await Promise.race([ended, new Promise((later) => setTimeout(later, 2))]), true, 'it was too quick');
  }
  child.kill('SIGKILL');
  await child.finished;
  assert.match((await okrugDone(['check', 'w.okrug'], { cwd })).stdout, /all is well/);
  assert.deepEqual(await exported(cwd, 'after.gpkg'), before);
});

const oldFile = gunzipSync(readFileSync(join(root, 'tests/cli/format-1.okrug.gz')));

test('a workspace of the first format is read as it is, and migrated before it is changed', async (t) => {
  const cwd = folder(t, { ...files, 'w.okrug': oldFile });
  const { stdout } = await okrugDone(['run', 'location-quotient', 'w.okrug#jobs'], { cwd });
  assert.equal(parseTable(stdout).rows[0].lq, '0.5');
  assert.equal((await okrugDone(['changes', 'w.okrug', '--json'], { cwd })).stdout, '{"changes":[]}\n');
  await okrugDone(['check', 'w.okrug'], { cwd });
  const before = await exported(cwd, 'before.gpkg');
  assert.deepEqual(readFileSync(join(cwd, 'w.okrug')), oldFile);
  const { stderr } = await okrugDone(['migrate', 'w.okrug'], { cwd });
  assert.match(stderr, /w\.okrug was brought from format 1 to format \d; .* kept as w\.okrug\.format1-backup/);
  assert.deepEqual(await exported(cwd, 'after.gpkg'), before);
  await okrugDone(['run', 'location-quotient', 'w.okrug.format1-backup#jobs'], { cwd });
  assert.match((await okrugDone(['migrate', 'w.okrug'], { cwd })).stderr, /up to date/);
  assert.match((await okrugDone(['check', 'w.okrug'], { cwd })).stdout, /all is well/);
  writeFileSync(join(cwd, 'w.okrug'), oldFile);
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv', '--name', 'second'], { cwd });
  assert.ok(existsSync(join(cwd, 'w.okrug.format1-backup-2')));
});
