/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Benches beside other programs: where our own is not built, what to build is told, and nothing is left behind.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, root, start } from '../support/okrug.mjs';

const scripts = readdirSync(join(root, 'bench/peers')).filter((name) => name.endsWith('.mjs') && name !== 'ours.mjs');

for (const script of scripts) {
  test(`${script} says what to build`, async (t) => {
    const cwd = folder(t);
    const nowhere = Object.fromEntries(['CLUSTERS', 'COMPLEXITY', 'SPATIAL', 'POINTS'].map((name) => [`OKRUG_BENCH_${name}`, join(cwd, 'none')]));
    const { code, stdout, stderr } = await start(process.execPath, [join(root, 'bench/peers', script)], { cwd, env: { ...nowhere, TMPDIR: cwd } }).finished;
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^\S+none is not built; run\n {2}cmake --preset release && ninja -C build\/release bench\/bench_\w+\n$/);
    assert.deepEqual(readdirSync(cwd), []);
  });
}
