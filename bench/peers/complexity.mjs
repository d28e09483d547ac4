/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All outputs of complexity beside py-ecomplexity and economiccomplexity, on the same values, in one run: each where it is
 * installed (PYTHONPATH, R_LIBS). One JSON line a program; the ratios are of wall clocks on two threads and of processor
 * time. Minutes: `node bench/peers/complexity.mjs`, on a machine that does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runOurs } from './ours.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'okrug-bench-'));
const python = process.env.PYTHON ?? 'python3';

const peers = [
  { name: 'py-ecomplexity', probe: [python, ['-c', 'import ecomplexity']], run: [python, [join(here, 'complexity.py')]] },
  { name: 'economiccomplexity', probe: ['Rscript', ['-e', 'library(economiccomplexity)']], run: ['Rscript', [join(here, 'complexity.R')]] },
];

try {
  for (const [regions, products] of [[226, 5000], [3000, 1200]]) {
    const values = join(folder, 'values.bin');
    const size = [String(regions), String(products), values];
    const ours = runOurs('bench_complexity', size).find(({ threads }) => threads === 2);
    console.log(JSON.stringify({ bench: 'complexity beside peers', size: ours.size, program: 'okrug', threads: 2, seconds: ours.seconds }));
    for (const { name, probe, run: [command, leading] } of peers) {
      if (spawnSync(probe[0], probe[1]).status !== 0) {
        console.log(JSON.stringify({ bench: 'complexity beside peers', size: ours.size, program: name, absent: true }));
        continue;
      }
      const done = spawnSync(command, [...leading, ...size], { encoding: 'utf8' });
      const [seconds, processor] = (done.stdout ?? '').trim().split(/\s+/).slice(-2).map(Number);
      console.log(JSON.stringify(done.status === 0
        ? { bench: 'complexity beside peers', size: ours.size, program: name, seconds, processor_seconds: processor, ratio_to_okrug: Math.round(seconds / ours.seconds) }
        : { bench: 'complexity beside peers', size: ours.size, program: name, failed: (done.stderr ?? '').trim().split('\n').at(-1) }));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
