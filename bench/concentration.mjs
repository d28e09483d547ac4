/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two million rows (region, industry, value) from a file to indices of concentration and location quotients, beside what
 * cannot be done without (a scan of the file's bytes for line ends) and R's data.table, which reads it and computes the
 * quotients alone, with and without writing them; and two million plants to Ellison and Glaeser's index, beside
 * data.table doing that. One JSON line a command; they take turns. Times are those of whole
 * processes, to the last byte of their files on the disk. On a machine that others use too only processor time
 * compares; on an idle one the wall clock is what people wait for.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = process.env.OKRUG_PROGRAM ?? join(root, 'build/release/okrug');
const folder = mkdtempSync(join(tmpdir(), 'okrug-bench-'));
const regions = 3000, industries = 700, rows = 2_000_000, runs = 5;

/* A generator that gives the same file everywhere (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function made(file) {
  const next = random(1);
  const out = createWriteStream(file);
  let lines = ['region,industry,value'], left = rows, cells = regions * industries;
  for (let r = 0; r < regions; r++) {
    for (let i = 0; i < industries; i++, cells--) {
      if (next() * cells < left) { /* exactly so many rows, spread evenly */
        lines.push(`${10000 + r},${1000 + 7 * i},${1 + Math.floor(Math.exp(8 * next()))}`);
        left--;
      }
    }
    if (!out.write(`${lines.join('\n')}\n`)) {
      await once(out, 'drain');
    }
    lines = [];
    if (left === 0) {
      break;
    }
  }
  out.end();
  await once(out, 'finish');
}

const file = join(folder, 'made.csv');
await made(file);
writeFileSync(join(folder, 'scan.py'), `data = open('made.csv', 'rb').read()\nassert data.count(b'\\n') == ${rows + 1}\n`);
const lq = `library(data.table); d <- fread('made.csv'); d[, er := sum(value), by = region]; d[, ei := sum(value), by = industry]; e <- sum(d$value); d[, lq := (value / er) / (ei / e)]`;
writeFileSync(join(folder, 'lq.R'), `${lq}\n`);
/* Every row taken for a plant: the index by its formula, from the same file. */
writeFileSync(join(folder, 'ellison-glaeser.R'), `library(data.table); d <- fread('made.csv'); d[, s := value / sum(value), by = industry]
p <- d[, .(p = sum(value)), by = region]; p[, p := p / sum(p)]; x2 <- sum(p$p ^ 2); d[p, p := i.p, on = 'region']
e <- d[, .(h = sum(s ^ 2), g = x2 + sum((s - p) ^ 2 - p ^ 2)), by = industry]; e[, index := (g / (1 - x2) - h) / (1 - h)]; fwrite(e, 'ellison-glaeser.csv')\n`);
writeFileSync(join(folder, 'start.R'), 'library(data.table)\n');
writeFileSync(join(folder, 'lq-written.R'), `${lq}; fwrite(d, 'lq.csv')\n`);

const commands = {
  concentration: `'${program}' run concentration made.csv -o indices`,
  'concentration, 1 thread': `'${program}' run concentration made.csv -o indices --threads 1`,
  'concentration, plants': `'${program}' run concentration made.csv --plants made.csv -o of-plants`,
  'concentration, plants, 1 thread': `'${program}' run concentration made.csv --plants made.csv -o of-plants --threads 1`,
  'location-quotient, lq': `'${program}' run location-quotient made.csv --unit person --columns lq -o quotients`,
  'location-quotient, lq, 1 thread': `'${program}' run location-quotient made.csv --unit person --columns lq -o quotients --threads 1`,
  'location-quotient, all columns': `'${program}' run location-quotient made.csv --unit person -o quotients`,
  scan: `python3 scan.py`,
  ...(spawnSync('Rscript', ['-e', 'library(data.table)']).status === 0 && {
    'data.table, Ellison-Glaeser': 'Rscript ellison-glaeser.R',
    'data.table, quotients': 'Rscript lq.R',
    'data.table, quotients written': 'Rscript lq-written.R',
    'data.table, start alone': 'Rscript start.R',
  }),
};

/* Wall clock, processor time and the largest resident set, as GNU time tells them. */
function take(command) {
  const done = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', '-o', 'time.txt', 'bash', '-c', command], { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`${command}\n${done.stderr}`);
  }
  const [wall, user, system, kilobytes] = spawnSync('cat', ['time.txt'], { cwd: folder, encoding: 'utf8' }).stdout.trim().split(' ').map(Number);
  return { wall, processor: user + system, bytes: kilobytes * 1024 };
}

const round = (key, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);
try {
  const taken = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, command] of Object.entries(commands)) {
      taken[name].push(take(command));
    }
  }
  const size = statSync(file).size;
  const read = (name) => size * Math.max(1, commands[name].split('made.csv').length - 1);
  const median = (name, of) => taken[name].map((one) => one[of]).sort((a, b) => a - b)[Math.floor(runs / 2)];
  const ratio = (name, peer, of) => median(name, of) / median(peer, of);
  for (const name of Object.keys(commands)) {
    const line = { bench: 'concentration', command: name, rows, bytes_read: read(name), seconds: median(name, 'wall'), processor_seconds: median(name, 'processor'),
      memory_over_input: median(name, 'bytes') / read(name) };
    for (const peer of ['scan', 'data.table, Ellison-Glaeser', 'data.table, quotients', 'data.table, quotients written'].filter((peer) => peer in taken)) {
      line[`over ${peer}`] = { wall: ratio(name, peer, 'wall'), processor: ratio(name, peer, 'processor') };
    }
    console.log(JSON.stringify(line, round));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
