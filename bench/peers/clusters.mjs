/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 620 candidate partitions and their scores beside the same in NumPy and SciPy (PYTHON), on the same matrices, in one run. One
 * JSON line a program. `node bench/peers/clusters.mjs [INDUSTRIES [CANDIDATES]]`: 600 and 620 unless said; with fewer
 * candidates the peer's seconds are those of a sample, and are told as such.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runOurs } from './ours.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'okrug-bench-'));
const [industries = '600', candidates = '620'] = process.argv.slice(2);

try {
  const values = join(folder, 'values.bin');
  const [ours] = runOurs('bench_clusters', [industries, values]);
  console.log(JSON.stringify({ ...ours, bench: 'clusters beside peers', program: 'okrug' }));
  const done = spawnSync(process.env.PYTHON ?? 'python3', [join(here, 'clusters.py'), industries, values, candidates], { encoding: 'utf8' });
  const [seconds, processor, best] = (done.stdout ?? '').trim().split(/\s+/).map(Number);
  console.log(JSON.stringify(done.status === 0
    ? { bench: 'clusters beside peers', size: ours.size, program: 'NumPy and SciPy', candidates: Number(candidates), seconds, processor_seconds: processor,
      best_score: best, ratio_to_okrug: Math.round((seconds * 620) / Number(candidates) / ours.seconds) }
    : { bench: 'clusters beside peers', size: ours.size, program: 'NumPy and SciPy', failed: (done.stderr ?? '').trim().split('\n').at(-1) }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
