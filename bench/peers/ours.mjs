/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What our bench program says, its JSON lines read; where it is not built, what to build.
 */
import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

class NotRun extends Error {}

/* Its sentence alone; folders are tidied up before. */
process.on('uncaughtException', (error) => {
  console.error(error instanceof NotRun ? error.message : error.stack);
  process.exitCode = 1;
});

/* `name`: bench_clusters, whose place OKRUG_BENCH_CLUSTERS may say. */
export function runOurs(name, args) {
  const program = process.env[`OKRUG_${name.toUpperCase()}`] ?? resolve(here, '../../build/release/bench', name);
  const { error, status, signal, stdout, stderr } = spawnSync(program, args.map(String), { encoding: 'utf8' });
  if (error?.code === 'ENOENT') {
    throw new NotRun(`${program} is not built; run\n  cmake --preset release && ninja -C build/release bench/${name}`);
  }
  if (error || status !== 0) {
    throw new NotRun(`${program} failed: ${error?.message ?? (stderr.trim() || signal || `it ended with ${status}`)}`);
  }
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}
