/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * local-moran and getis-ord-local beside libgeoda (LIBGEODA_BENCH: the program made of local_spatial.cpp) and esda
 * (PYTHONPATH), in one run, each where it is there. `node bench/peers/local_spatial.mjs [SIDE [PERMUTATIONS]]`: 548 x 548
 * areas (300,304) and 9,999 unless said; libgeoda's mode that draws anew for every area ("complete") and esda are only run
 * up to 10,000 areas, with 999.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runOurs } from './ours.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const geoda = process.env.LIBGEODA_BENCH;
const python = process.env.PYTHON ?? 'python3';
const statistics = { 'local-moran': 'moran', 'getis-ord-local': 'g' };

function tell(bench, name, size, own, command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) {
    console.log(JSON.stringify({ bench: `${bench} beside peers`, size, program: name, absent: true }));
    return;
  }
  const [seconds, processor] = done.stdout.trim().split(/\s+/).slice(-2).map(Number);
  console.log(JSON.stringify({ bench: `${bench} beside peers`, size, program: name, seconds, processor_seconds: processor, ratio_to_okrug: Math.round(10 * seconds / own) / 10 }));
}

for (const [side, permutations, all] of [[100, 999, true], [Number(process.argv[2] ?? 548), Number(process.argv[3] ?? 9999), false]]) {
  const size = `${side * side} areas x ${permutations}`;
  const lines = runOurs('bench_spatial', [side * side, permutations, 8]);
  for (const [bench, statistic] of Object.entries(statistics)) {
    for (const line of lines.filter((one) => one.bench === bench)) {
      console.log(JSON.stringify({ ...line, program: 'okrug' }));
    }
    const own = lines.find((one) => one.bench === bench && one.threads === 2).wall_seconds;
    for (const mode of all ? ['lookup', 'complete'] : ['lookup']) {
      tell(bench, `libgeoda, ${mode}`, size, own, geoda ?? 'no-libgeoda-here', [statistic, String(side), String(permutations), mode, '2']);
    }
    if (all) {
      tell(bench, 'esda', size, own, python, [join(here, 'local_spatial.py'), statistic, String(side), String(permutations)]);
    }
  }
}
