/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SYNTHETIC flows between industries in which five clusters are held together the way a text describes those of
 * Krasnoyarsk krai: transport (product and suppliers), agro-industrial (suppliers and trade), machinery (services),
 * construction (product and market), forest (chain). No flow is measured; codes are OKVED 2. `noise` blurs all of it:
 * each flow is multiplied by exp(noise N(0, 1)), goes over to another seller with probability noise / 4, and a member is
 * mistaken for another industry with probability noise / 10.
 *
 *   node tests/support/krasnoyarsk.mjs flows|definitions|employment SEED NOISE
 *   OKRUG_PROGRAM=$PWD/build/release/okrug node tests/support/krasnoyarsk.mjs confusion FIRST-SEED NOISE COUNT [OPTIONS]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';

export const clusters = {
  transport: { members: ['30.11', '30.20', '30.30', '30.40', '30.91', '29.10'], principles: ['product', 'suppliers'] },
  agro: { members: ['01.11', '01.41', '03.22', '10.11', '10.51', '11.07'], principles: ['market', 'suppliers'] },
  machinery: { members: ['25.73', '26.51', '27.12', '28.22', '28.41', '33.12'], principles: ['services'] },
  construction: { members: ['43.11', '43.21', '43.31', '43.91', '43.99', '41.20'], principles: ['market', 'product'] },
  forest: { members: ['02.20', '16.10', '16.21', '17.11', '17.12', '31.09'], principles: ['chain'] },
};

const suppliers = {
  transport: { '24.10': 5, '25.50': 2, '27.11': 2, '22.19': 1, '20.30': 1 },
  agro: { '20.15': 3, '28.30': 3, '19.20': 2, '10.91': 2 },
};
const markets = { agro: { '47.10': 5, '46.30': 3, '56.10': 1 }, construction: { investment: 5, government: 2, '68.20': 3 } };
const services = { machinery: { '71.12': 4, '72.19': 3, '62.01': 2, '71.20': 1, '77.30': 1 } };
const chain = [['02.20', '16.10', 8], ['16.10', '16.21', 5], ['16.10', '17.11', 3], ['16.21', '31.09', 5], ['17.11', '17.12', 5]];

const goods = ('05.10 06.10 07.10 08.12 10.91 13.20 14.13 15.20 18.12 19.20 20.13 20.15 20.16 20.30 21.20 22.19 22.21 22.23 ' +
  '23.51 23.61 24.10 24.42 25.11 25.50 27.11 28.30 32.50 35.11 36.00 38.32').split(' ');
const service = ('45.20 46.30 46.90 47.10 49.20 49.41 52.10 55.10 56.10 61.10 62.01 63.11 64.19 65.12 68.20 69.10 70.22 71.12 ' +
  '71.20 72.19 73.11 74.10 77.30 78.20 80.10 81.22 82.99 85.42 86.10').split(' ');
const demand = ['households', 'government', 'investment', 'exports'];

/* mulberry32: 32 bits of state, enough to make examples. */
const randomOf = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

export const economy = (seed, noise) => {
  const u = randomOf(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u());
  const pick = (list) => list[Math.floor(u() * list.length)];
  const members = Object.values(clusters).flatMap((c) => c.members);
  const industries = [...members, ...goods, ...service];
  const makers = [...members, ...goods];
  const of = Object.fromEntries(Object.entries(clusters).flatMap(([name, c]) => c.members.map((m) => [m, name])));
  const flow = new Map();
  const add = (from, to, value) => from !== to && flow.set(`${from} ${to}`, (flow.get(`${from} ${to}`) ?? 0) + value);
  const spread = (total, shares, put) => {
    const parts = Object.entries(shares).map(([code, share]) => [code, share * Math.exp(normal() / 10)]);
    const sum = parts.reduce((all, [, part]) => all + part, 0);
    parts.forEach(([code, part]) => put(code, (total * part) / sum));
  };
  const some = (list, count) => Object.fromEntries(Array.from({ length: count }, () => [pick(list), Math.exp(normal())]));
  for (const j of industries) {
    const size = 100 * Math.exp(normal() / 2);
    const name = of[j];
    const outside = (list) => list.filter((code) => of[code] === undefined || (of[code] !== name && u() < 0.5));
    spread(suppliers[name] ? size : size * 0.6, suppliers[name] ?? some(outside(makers), 8), (from, value) => add(from, j, value));
    spread(size * 0.3, services[name] ?? some(service, 5), (from, value) => add(from, j, value));
    spread(size, markets[name] ?? some([...demand, ...industries], 4), (to, value) => add(j, to, value));
  }
  for (const [from, to, weight] of chain) {
    add(from, to, weight * 40);
  }
  /* Who has a common market hardly sells to anybody else. */
  for (const [key, value] of flow) {
    const [from, to] = key.split(' ');
    const shares = markets[of[from]];
    const known = shares && shares[to] !== undefined;
    flow.set(key, shares && !known ? value / 10 : value);
  }
  const flows = new Map();
  for (const [key, value] of flow) {
    const [from, to] = key.split(' ');
    const seller = u() < noise / 4 ? pick(industries) : from;
    if (seller !== to) {
      const at = `${seller},${to}`;
      flows.set(at, (flows.get(at) ?? 0) + value * Math.exp(noise * normal()));
    }
  }
  const definitions = Object.entries(clusters).flatMap(([name, c]) => c.members.map((m) => [u() < noise / 10 ? null : m, name]));
  const taken = new Set(definitions.map(([m]) => m));
  for (const row of definitions) {
    while (row[0] === null) {
      const other = pick(industries);
      row[0] = taken.has(other) ? null : other;
      taken.add(other);
    }
  }
  return { flows, definitions, industries };
};

export const tables = (seed, noise) => {
  const { flows, definitions, industries } = economy(seed, noise);
  return {
    flows: `from,to,value\n${[...flows].map(([key, value]) => `${key},${value.toPrecision(6)}\n`).join('')}`,
    definitions: `industry,cluster\n${definitions.map((row) => `${row.join(',')}\n`).join('')}`,
    employment: `region,industry,value\n${industries.map((code, k) => `A,${code},${500 + 10 * k}\nB,${code},${900 - 10 * k}\n`).join('')}`,
  };
};

/* What okrug says of variants from seed `first` on: how many clusters have exactly their labels, how many have one of
 * them first, and how often each cluster (rows) gets each label (columns, "none" last). `run(folder, args)` runs okrug. */
export const confusion = async (run, first, count, noise, options = []) => {
  const labels = ['suppliers', 'product', 'market', 'services', 'chain', 'none'];
  const names = Object.keys(clusters);
  const table = Object.fromEntries(names.map((name) => [name, labels.map(() => 0)]));
  const totals = { clusters: 0, exact: 0, leading: 0, found: 0, true: 0, given: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'okrug-principles-'));
    for (const [name, text] of Object.entries(tables(seed, noise))) {
      writeFileSync(join(folder, `${name}.csv`), text);
    }
    await run(folder, ['run', 'clusters', 'employment.csv', '--definitions', 'definitions.csv', '--flows', 'flows.csv', '-o', 'out', ...options]);
    const [header, ...rows] = readFileSync(join(folder, 'out/types.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    rmSync(folder, { recursive: true });
    for (const row of rows) {
      const name = row[header.indexOf('cluster')];
      const said = row[header.indexOf('principles')].split(' ').filter((word) => word !== 'mixed');
      const real = clusters[name].principles;
      const hits = said.filter((word) => real.includes(word));
      said.forEach((word) => { table[name][labels.indexOf(word)] += 1; });
      totals.clusters += 1;
      totals.exact += hits.length === real.length && said.length === real.length ? 1 : 0;
      totals.leading += real.includes(said[0]) ? 1 : 0;
      totals.found += hits.length;
      totals.true += real.length;
      totals.given += said.filter((word) => word !== 'none').length;
    }
  }
  return { labels, table, totals };
};

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [what, first, noise, count] = [argv[2], Number(argv[3]), Number(argv[4]), Number(argv[5])];
  if (what === 'confusion') {
    const run = (cwd, args) => execFileSync(env.OKRUG_PROGRAM, args, { cwd, stdio: ['ignore', 'ignore', 'ignore'] });
    const { labels, table, totals } = await confusion(run, first, count, noise, argv.slice(6));
    console.log(`noise ${noise}`, JSON.stringify(totals));
    console.log(labels.join(' '), JSON.stringify(table));
  } else {
    console.log(tables(first, noise)[what].trimEnd());
  }
}
