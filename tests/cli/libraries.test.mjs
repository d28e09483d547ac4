/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Large libraries are loaded when they are first needed, and named where they are missing.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, root } from '../support/okrug.mjs';

const jobs = 'region,industry,value\nA,x,1\nB,y,2\n';
const table = 'code,a,b\na,150,500\nb,200,100\noutput,1000,2000\n';

test('a start loads none of them', async () => {
  const { stdout } = await okrugDone(['--version'], { env: { LD_TRACE_LOADED_OBJECTS: '1' } });
  assert.match(stdout, /libsqlite3/, 'what is linked is listed');
  assert.doesNotMatch(stdout, /blas|lapack|cairo|pango|glib|gdal|igraph/);
});

test('without OpenBLAS there are no matrices, and all else', async (t) => {
  const cwd = folder(t, { 'jobs.csv': jobs, 'table.csv': table });
  const env = { OKRUG_OPENBLAS: '/nonexistent/libopenblas.so' };
  const { code, stderr } = await okrug(['run', 'multipliers', 'table.csv', '--output', 'output'], { cwd, env });
  assert.equal(code, 5);
  assert.match(stderr, /apt install libopenblas0/);
  await okrugDone(['run', 'multipliers', 'table.csv', '--output', 'output'], { cwd });
  await okrugDone(['run', 'location-quotient', 'jobs.csv', '-o', 'out'], { cwd, env });
  assert.equal(JSON.parse(readFileSync(join(cwd, 'out/provenance.json'), 'utf8')).blas_core, undefined);
  await okrugDone(['run', 'location-quotient', 'jobs.csv', '-o', 'with'], { cwd });
  assert.match(JSON.parse(readFileSync(join(cwd, 'with/provenance.json'), 'utf8')).blas_core, /^\w+$/);
});

test('without GSL there are no tests of chains, and all else', async (t) => {
  const values = Array.from({ length: 30 }, (_, i) => `r${i % 10},${2001 + Math.floor(i / 10)},${1 + ((i * 7) % 11)}\n`).join('');
  const cwd = folder(t, { 'jobs.csv': jobs, 'values.csv': `region,period,value\n${values}` });
  const env = { OKRUG_GSL: '/nonexistent/libgsl.so' };
  for (const analysis of ['transitions', 'convergence']) {
    const { code, stderr } = await okrug(['run', analysis, 'values.csv'], { cwd, env });
    assert.equal(code, 5);
    assert.match(stderr, /apt install libgsl27/);
    await okrugDone(['run', analysis, 'values.csv'], { cwd });
  }
  await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd, env });
});

test('without igraph there is no Leiden, and all else', async (t) => {
  const values = Array.from({ length: 12 * 8 }, (_, k) => `r${k % 12},i${Math.floor(k / 12)},${(k * k * 7) % 31}\n`).join('');
  const cwd = folder(t, { 'values.csv': `region,industry,value\n${values}` });
  const env = { OKRUG_IGRAPH: '/nonexistent/libigraph.so' };
  const definitions = ['run', 'cluster-definitions', 'values.csv', '--least-groups', '2', '--most-groups', '4'];
  const { code, stderr } = await okrug([...definitions, '--by', 'all'], { cwd, env });
  assert.equal(code, 5);
  assert.match(stderr, /apt install libigraph3/);
  await okrugDone([...definitions, '--by', 'all'], { cwd });
  await okrugDone(definitions, { cwd, env });
});

test('without Pango there are no reports, and all else', async (t) => {
  const cwd = folder(t);
  const env = { OKRUG_PANGO: '/nonexistent/libpangocairo.so' };
  await okrugDone(['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--workspace', 'w.okrug'], { cwd, env });
  const { code, stderr } = await okrug(['report', 'w.okrug', '--format', 'pdf', '-o', 'r.pdf'], { cwd, env });
  assert.equal(code, 5);
  assert.match(stderr, /apt install libpangocairo-1\.0-0/);
  await okrugDone(['report', 'w.okrug', '--format', 'pdf', '-o', 'r.pdf'], { cwd });
});
