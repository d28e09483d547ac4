/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * k-density and m-function with simulations and a global envelope beside dbmss, in one run, where it is installed
 * (R_LIBS). dbmss runs on one thread; its simulations, of the number given (1,000 unless said), are as many as ours.
 * `node bench/peers/points.mjs [SIMULATIONS]`, on a machine that does nothing else: with 1,000 about ten minutes.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runOurs } from './ours.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const sites = 20000, plants = 2000, simulations = Number(process.argv[2] ?? 1000);

const ours = runOurs('bench_points', [sites, plants, simulations]);
const present = spawnSync('Rscript', ['-e', 'library(dbmss)']).status === 0;
for (const [name, method] of [['k-density', 'kd'], ['m-function-weighted', 'm']]) {
  const line = ours.find(({ bench }) => bench === name);
  console.log(JSON.stringify({ ...line, program: 'okrug' }));
  if (!present) {
    console.log(JSON.stringify({ bench: name, program: 'dbmss', absent: true }));
    continue;
  }
  const done = spawnSync('Rscript', [join(here, 'points.R'), method, ...[sites, plants, simulations].map(String)], { encoding: 'utf8' });
  if (done.status !== 0) {
    console.log(JSON.stringify({ bench: name, program: 'dbmss', failed: done.stderr.trim().split('\n').at(-1) }));
    continue;
  }
  const [seconds, processor] = done.stdout.trim().split(/\s+/).slice(-2).map(Number);
  console.log(JSON.stringify({ bench: name, program: 'dbmss', simulations, seconds, processor_seconds: processor, ratio_to_okrug: Math.round(seconds / line.seconds) }));
}
