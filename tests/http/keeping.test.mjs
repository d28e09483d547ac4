/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copies, changes and undoing while a workspace is served.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrugDone, program, start } from '../support/okrug.mjs';
import { serve } from '../support/server.mjs';

let big = 'region,industry,value\n';
for (let i = 0; i < 300000; i++) {
  big += `region-${i % 3000},industry-${Math.floor(i / 3000)},${i}\n`;
}

test('a backup while an import is at work and the page is served is whole and of one state', async (t) => {
  const cwd = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nA,y,2\n', 'big.csv': big });
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'jobs.csv'], { cwd });
  const server = await serve('w.okrug', { cwd });
  t.after(() => server.child.kill('SIGINT'));
  const child = start(program, ['import', 'w.okrug', 'values', 'big.csv'], { cwd });
  let ended = false;
  child.finished.then(() => { ended = true; });
  let copies = 0;
  while (!ended) {
    await okrugDone(['backup', 'w.okrug', `copy-${copies++}.okrug`], { cwd });
  }
  assert.equal((await child.finished).code, 0);
  await okrugDone(['backup', 'w.okrug', 'last.okrug'], { cwd });
  const seen = [];
  for (const copy of [...Array.from({ length: copies }, (_, i) => `copy-${i}.okrug`), 'last.okrug']) {
    const { well, rows } = JSON.parse((await okrugDone(['check', copy, '--json'], { cwd })).stdout);
    assert.equal(well, true, copy);
    assert.ok(rows === 2 || rows === 300002, `${copy}: ${rows} rows`);
    assert.equal(existsSync(join(cwd, `${copy}-wal`)), false);
    seen.push(rows);
  }
  assert.equal(seen[0], 2, 'the first copy was made before the import was done');
  assert.equal(seen.at(-1), 300002);
  /* The server sees what another program did, and undid. */
  const ids = async () => JSON.parse((await server.get('/api/v1/datasets')).body).datasets.map(({ id }) => id);
  assert.deepEqual(await ids(), ['jobs', 'big']);
  await okrugDone(['undo', 'w.okrug'], { cwd });
  assert.deepEqual(await ids(), ['jobs']);
  server.child.kill('SIGINT');
  assert.equal((await server.child.finished).code, 0);
  assert.deepEqual(readdirSync(cwd).filter((name) => name.startsWith('w.')), ['w.okrug']);
});
