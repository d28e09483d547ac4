/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A large table of public statistics into a workspace, beside what cannot be done without (unpacking the file) and
 * sqlite3's own .import, which checks nothing. One JSON line each; the three take turns.
 *
 * The file is the BLS Quarterly Census of Employment and Wages 2016, 840,592 rows, where it is at hand (OKRUG_SHARED),
 * else a made table of as many rows and columns.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'build/release/okrug');
const folder = mkdtempSync(join(tmpdir(), 'okrug-bench-'));
const runs = 5;

function made() {
  const lines = ['area_fips,own_code,industry_code,qtr,disclosure,estabs,emp_m3,wages_qtr,lq_estabs,lq_emp_m3,lq_disclosure'];
  for (let i = 0; i < 840592; i++) {
    const hidden = i % 3 === 1;
    const people = (i * 7919) % 5000;
    lines.push([String(10000 + Math.floor(i / 252)), 5, 111 + (Math.floor(i / 4) % 63), 1 + (i % 4), hidden ? 'N' : '',
      (i * 31) % 300, hidden ? 0 : people, hidden ? 0 : people * 9137, '0.51', '0.46', ''].join(','));
  }
  const file = join(folder, 'made.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  execFileSync('xz', ['-1', file]);
  return `${file}.xz`;
}

function seconds(command) {
  const start = process.hrtime.bigint();
  const done = spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  if (done.status !== 0) {
    throw new Error(`${command}\n${done.stderr}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const published = join(resolve(process.env.OKRUG_SHARED ?? join(root, '../shared')),
  'data/us_qcew_2016/qcew2016_county_state_naics3_private.csv.xz');
const file = existsSync(published) ? published : made();
const peer = spawnSync('sqlite3', ['--version']).status === 0;

const commands = {
  okrug: `rm -f w.okrug; '${program}' init w.okrug && '${program}' import w.okrug values '${file}' --name qcew --map region=area_fips --map industry=industry_code --map period=qtr --map value=emp_m3 --map status=disclosure --suppressed N --unit person`,
  unpack: `xz -dc '${file}'`,
  ...(peer && { sqlite3: `rm -f s.db; xz -dc '${file}' | sqlite3 s.db '.mode csv' '.import /dev/stdin qcew'` }),
};
try {
  const taken = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, command] of Object.entries(commands)) {
      taken[name].push(seconds(command));
    }
  }
  const median = (name) => taken[name].sort((a, b) => a - b)[Math.floor(runs / 2)];
  const line = { bench: 'import', file: file === published ? 'qcew naics3 2016' : 'made', rows: 840592,
    seconds: median('okrug'), floor_seconds: median('unpack'), ratio: median('okrug') / median('unpack'),
    workspace_bytes: statSync(join(folder, 'w.okrug')).size };
  if (peer) {
    line.sqlite3_import_seconds = median('sqlite3');
    line.ratio_to_sqlite3 = median('okrug') / median('sqlite3');
  }
  console.log(JSON.stringify(line, (key, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
