/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same input gives the same bytes: on one, two and three threads, from another folder. Every analysis
 * there is must have an entry here.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fingerprint, folder, needsShared, okrugDone, root, shared } from '../support/okrug.mjs';

/* Numbers that look random and are the same everywhere (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function jobs(regions, industries, seed) {
  const next = seeded(seed);
  let text = 'region,industry,value\n';
  for (let r = 0; r < regions; r++) {
    for (let i = 0; i < industries; i++) {
      if (next() < 0.8) {
        text += `r${r},i${i},${Math.floor(5000 * next() ** 3)}\n`;
      }
    }
  }
  return text;
}

/* Inputs of each industry are some 40 per cent of its output, from a third of all industries. */
function inputOutput(n, seed) {
  const next = seeded(seed);
  const output = Array.from({ length: n }, () => Math.floor(1000 + 9000 * next()));
  const codes = output.map((_, i) => `i${i}`);
  const flow = () => (next() < 1 / 3 ? 2.4 * next() / n : 0);
  const rows = codes.map((code) => `${code},${output.map((x) => (flow() * x).toFixed(3)).join(',')}`);
  return `code,${codes.join(',')}\n${rows.join('\n')}\nwages,${output.map((x) => (0.4 * x).toFixed(3)).join(',')}\n` +
    `output,${output.join(',')}\n`;
}

const small = { 'jobs.csv': jobs(120, 90, 1), 'table.csv': inputOutput(400, 2), 'staff.csv': jobs(12, 400, 3) };
/* The same regions with two dates, with groups and as values per head. */
const dated = (text, date) => text.trim().split('\n').slice(1).map((line) => line.replace(/,(\d+)$/, `,${date},$1`)).join('\n');
small['dates.csv'] = `region,industry,period,value\n${dated(jobs(40, 30, 4), 2010)}\n${dated(jobs(40, 30, 5), 2020)}\n`;
small['heads.csv'] = `region,value,population\n${Array.from({ length: 3000 }, (_, i) => `r${i},${1 + ((i * 7919) % 997) / 7},${(i * 104729) % 9973}`).join('\n')}\n`;
small['gaps.csv'] = small['heads.csv'].replace(/^(r\d*7),[^,]*,/gm, '$1,,');
small['mean.csv'] = 'value\n80\n';
small['groups.csv'] = `region,group\n${Array.from({ length: 3000 }, (_, i) => `r${i},g${i % 9}`).join('\n')}\n`;
small['merge.csv'] = `from,to,share\n${Array.from({ length: 80 }, (_, i) => `i${i},m${i % 7},0.3\ni${i},m${i % 11 + 7},0.7`).join('\n')}\n`;
small['merged.csv'] = `industry,cluster\n${Array.from({ length: 90 }, (_, i) => `i${i},m${i % 7}`).join('\n')}\n`;
const each = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('');
small['firms.csv'] = `firm,name,region\n${each(2000, (i) => `f${i},OOO Firma ${['alfa', 'Alfa', 'beta', 'betta', 'gamma'][i % 5]} ${String.fromCharCode(97 + (i % 23))}${'x'.repeat(i % 7)},r${i % 4}\n`)}`;
small['trades.csv'] = `firm,industry\n${each(1900, (i) => `f${i},${10 + (i * 11) % 23}.${i % 7}\n`)}`;
small['members.csv'] = `cluster,firm\n${each(200, (i) => `c${i % 9},f${i}\n`)}`;
small['contracts.csv'] = `contract,supplier,buyer,product,amount\n${each(3000, (i) => `${i},f${(i * 17) % 2000},f${(i * 7) % 200},${10 + (i % 20)}.${1 + (i % 9)}${i % 5},${i * 31 % 977}\n`)}`;
small['products.csv'] = `firm,product,output\n${each(2000, (i) => `f${i},${10 + (i % 20)}.${1 + (i % 9)}${i % 3},${i % 83}\n`)}`;
small['projects.csv'] = `project,firm,budget,own_funds\n${each(9, (i) => `p${i},f${i % 4},${(i + 1) * 90000000},${i * 9000000}\n`)}`;
small['clusters.csv'] = `cluster,core,stars\n${each(9, (i) => `c${i},${i % 2 ? 'none' : 'patents'},${i % 4}\n`)}`;
const scouted = ['members.csv', '--firms', 'firms.csv', '--contracts', 'contracts.csv', '--products', 'products.csv'];
small['conditions.csv'] = `region,indicator,value\n${Array.from({ length: 3000 }, (_, i) => `r${i % 300},i${Math.floor(i / 300)},${((i * 7919) % 997) ** 2}`).join('\n')}\n`;
small['three.csv'] = `${small['dates.csv'].trim()}\n${dated(jobs(40, 30, 6), 2025)}\n`;
/* Clusters of ten industries each, and who sells to whom among them. */
small['definitions.csv'] = `industry,cluster\n${Array.from({ length: 80 }, (_, i) => `i${i + 10},c${i % 8}`).join('\n')}\n`;
small['flows.csv'] = `from,to,value\n${Array.from({ length: 1600 }, (_, k) => `i${k % 80 + 10},i${(k * 37 + (k * k) % 71) % 80 + 10},${1 + (k * 7919) % 997}`)
  .filter((row, k, all) => all.findIndex((other) => other.startsWith(row.slice(0, row.lastIndexOf(',') + 1))) === k).join('\n')}\n`;
small['register.csv'] = `firm,region,industry,employees\n${Array.from({ length: 2000 }, (_, k) => `${k},r${k % 7},${10 + (k * 7919) % 80}.1,${k % 11 === 0 ? '' : k % 90}`).join('\n')}\n`;
/* A cluster of 40 who sell to each other and buy elsewhere; f0 sells nothing within. */
const firms = Array.from({ length: 40 }, (_, i) => i);
small['cluster.csv'] = `cluster,firm,producing\n${firms.map((i) => `c,f${i},yes`).join('\n')}\n`;
small['sales.csv'] = `contract,supplier,buyer,product,date,amount,vat\n${firms.map((i) => (i === 0 ? '' : `a${i},f${i},f${(i * 7 + 1) % 40},p1,2023-02-01,${30 + i},excluded\n`) +
  `b${i},x,f${i},p${i % 5},2023-02-01,${10 + i % 9},included`).join('\n')}\n`;
small['books.csv'] = `firm,period,revenue\n${firms.map((i) => `f${i},2023,${100 + i}`).join('\n')}\n`;
small['made-by.csv'] = `firm,product\n${firms.map((i) => `f${i},p${i % 5}`).join('\n')}\n`;
const members = ['cluster.csv', '--contracts', 'sales.csv', '--accounts', 'books.csv', '--products', 'made-by.csv', '--date', '2024-06-01'];
const table = ['table.csv', '--output', 'output', '--value-added', 'wages'];
/* 300 products and industries, each of which makes some of the next two products too. */
const products = Array.from({ length: 300 }, (_, i) => `i${i}`);
small['supply.csv'] = `product,${products.join(',')},imports,tax\n` + products.map((code, i) =>
  `${code},${products.map((_, j) => [1000 + i, 100, 10][(j - i + 300) % 300] ?? 0).join(',')},${i % 90},${i % 7}\n`).join('');
small['use.csv'] = `product,${products.join(',')},final\n` + products.map((code, i) =>
  `${code},${products.map((_, j) => (i * 31 + j * 17) % 7).join(',')},${i + 200}\n`).join('');
const supplyUse = ['supply.csv', '--use', 'use.csv', '--imports', 'imports', '--taxes', 'tax'];
/* Later totals, ten times the old ones so that sums are whole: a tenth more is made, every seventh user buys half as much
 * again, final demand takes what is left of output, and imports what is left of use. */
const columnSums = (file) => {
  const [head, ...lines] = small[file].trim().split('\n').map((line) => line.split(',').slice(1));
  return head.map((code, k) => [code, lines.reduce((sum, line) => sum + Number(line[k]), 0)]);
};
const made = columnSums('supply.csv').filter(([code]) => code !== 'imports').map(([code, sum]) => [code, sum * 11]);
const used = columnSums('use.csv').map(([code, sum], k) => [code, sum * (k % 7 === 0 ? 15 : 10)]);
const over = (rows) => rows.reduce((sum, [, value]) => sum + value, 0);
used.at(-1)[1] += Math.max(0, over(made) + 100000 - over(used));
const totalsOf = (rows) => `code,value\n${rows.map((row) => row.join(',')).join('\n')}\n`;
small['used.csv'] = totalsOf(used);
small['made.csv'] = totalsOf([...made, ['imports', over(used) - over(made)]]);
small['imported.csv'] = `product,${products.join(',')},final\n` + products.map((code, i) =>
  `${code},${products.map((_, j) => ((i * 31 + j * 17) % 7) / 4).join(',')},${i % 90}\n`).join('');
small['shock.csv'] = 'industry,value,share,duration\ni3,0.2,0.3,5\ni7,0.1,0.6,20\n';
small['persons.csv'] = `region,industry,value\n${Array.from({ length: 1600 }, (_, k) => `r${k % 4},i${Math.floor(k / 4)},${(k * 37) % 900 + 1}`).join('\n')}\n`;
small['distances.csv'] = 'a,b,value\nr0,r1,120\nr0,r2,300\nr0,r3,80\nr1,r2,210\nr1,r3,150\nr2,r3,410\n';
small['account.csv'] = `account,industry,value\n${Array.from({ length: 400 }, (_, i) => `co2,i${i},${(i * 13) % 71}`).join('\n')}\n`;
small['demanded.csv'] = small['table.csv'].split('\n').map((line, i) => (line === '' ? '' : `${line},${i === 0 ? 'final' : i <= 400 ? i : ''}`)).join('\n');
small['hauls.csv'] = 'industry,value\ni0,150\ni1,150\ni2,150\n';
/* The region and the nation need a value in every industry. */
small['staff.csv'] = small['staff.csv'].split('\n').filter((line) => !line.startsWith('r0,')).join('\n') +
  Array.from({ length: 400 }, (_, i) => `r0,i${i},${100 + ((i * 37) % 900)}\n`).join('');

small['even.csv'] = `code,value\n${Array.from({ length: 400 }, (_, i) => `i${i},100\n`).join('')}`;
const balanced = ['table.csv', '--omit', 'wages', '--omit', 'output', '--row-totals', 'even.csv', '--column-totals', 'even.csv'];

/* Every fourth cell is withheld; totals hold what all cells do, and eleven more. */
const rows = small['jobs.csv'].trim().split('\n').slice(1).map((line) => line.split(','));
small['seldom.csv'] = `region,industry,value\n${rows.map(([r, i, v], k) => `${r},${i},${k % 9 === 0 ? '' : v}\n`).join('')}`;
small['blank.csv'] = `region,industry,value\n${rows.map(([r, i, v], k) => `${r},${i},${k % 4 === 0 ? '' : v}\n`).join('')}`;
const sums = new Map();
for (const [r, , v] of rows) {
  sums.set(r, (sums.get(r) ?? 11) + Number(v));
}
small['totals.csv'] = `region,value\n${[...sums].map((pair) => `${pair.join(',')}\n`).join('')}`;
const withheld = ['blank.csv', '--blank', 'suppressed', '--region-total', 'totals.csv'];

/* A ring of regions, each with links ahead of it, some far; every seventh value is missing. */
function ring(n, seed) {
  const next = seeded(seed);
  let values = 'region,value\n';
  let links = 'a,b,weight\n';
  let places = 'region,lat,lon\n';
  for (let i = 0; i < n; i++) {
    values += `r${i},${i % 7 === 3 ? '' : (10 * next()).toFixed(2)}\n`;
    places += `r${i},${(50 + 10 * next()).toFixed(3)},${(30 + 60 * next()).toFixed(3)}\n`;
    for (let k = 1; k <= 1 + i % 5; k++) {
      links += `r${i},r${(i + k * k) % n},${(1 + next()).toFixed(3)}\n`;
    }
  }
  return { 'values.csv': values, 'links.csv': links, 'places.csv': places };
}
Object.assign(small, ring(1000, 4));
const spatial = ['values.csv', '--weights', 'links.csv'];

/* Indicators of 300 regions in three years; some are missing. */
const draw = seeded(9);
small['indicators.csv'] = `region,indicator,period,value\n${Array.from({ length: 300 * 4 * 3 }, (_, i) =>
  `r${i % 300},${'abcd'[Math.floor(i / 300) % 4]},${2001 + Math.floor(i / 1200)},${i % 97 === 5 ? '' : (draw() ** 3).toFixed(4)}\n`).join('')}`;
small['course.csv'] = `region,period,value\n${Array.from({ length: 1000 * 6 }, (_, i) =>
  `r${i % 1000},${2001 + Math.floor(i / 1000)},${(1 + 9 * draw()).toFixed(3)}\n`).join('')}`;

/* Plants on a plane and on the globe; every ninth is of industry a. */
function plants(n, seed) {
  const next = seeded(seed);
  let rows = 'x,y,north,east,industry,weight\n';
  for (let i = 0; i < n; i++) {
    rows += `${(200 * next()).toFixed(2)},${(100 * next()).toFixed(2)},${(50 + 10 * next()).toFixed(3)},`
      + `${(30 + 30 * next()).toFixed(3)},${i % 9 === 0 ? 'a' : 'b'},${1 + (i % 13)}\n`;
  }
  return rows;
}
small['plants.csv'] = plants(900, 5);
const plane = ['plants.csv', '--industry', 'a', '--simulations', '60'];
const globe = ['--map', 'lat=north', '--map', 'lon=east'];
small['towns.csv'] = small['plants.csv'].replace('x,y', 'left,up');
const towns = ['towns.csv', ...globe, ...plane.slice(1)];

const pilot = ['firms.csv', '--districts', 'districts.csv', '--accounts', 'firm-accounts.csv', '--contracts', 'contracts.csv', '--equipment', 'equipment.csv', '--staff', 'staff.csv']
  .map((text) => (text.endsWith('.csv') ? join(root, 'examples/pilot2004', text) : text));
const entries = {
  composite: [['indicators.csv'], ['indicators.csv', '--basis', 'pooled', '--weighting', 'benefit', '--missing', 'average']],
  convergence: [['course.csv']],
  patterns: [['indicators.csv', '--noise', '0.2'], ['indicators.csv', '--normalise', 'percentile', '--basis', 'pooled']],
  transitions: [['course.csv', '--weights', 'links.csv']],
  concentration: [['jobs.csv'], ['jobs.csv', '--plants', 'jobs.csv']],
  coagglomeration: [['jobs.csv']],
  similarity: [['jobs.csv', '--establishments', 'jobs.csv'], ['seldom.csv', '--blank', 'suppressed']],
  'cluster-definitions': [['jobs.csv', '--establishments', 'jobs.csv', '--by', 'all', '--least-groups', '8', '--most-groups', '20', '--compare', 'merged.csv']],
  variety: [['jobs.csv']],
  clusters: [['jobs.csv', '--definitions', 'definitions.csv', '--flows', 'flows.csv']],
  'firm-totals': [['register.csv', '--digits', '2']],
  'firm-flows': [['contracts.csv', '--firms', 'trades.csv', '--digits', '2']],
  disparity: [['heads.csv', '--groups', 'groups.csv'], ['gaps.csv', '--total', 'mean.csv', '--prior', 'proportional']],
  'shift-share': [['dates.csv'], ['dates.csv', '--form', 'esteban-marquillas']],
  'location-quotient': [['jobs.csv'], ['jobs.csv', '--bootstrap', '1000'], withheld, [...withheld, '--parts', 'all', '--prior', 'proportional', '--seed', '7']],
  growth: [['dates.csv', '--effects', 'industry', '--standard-errors', 'region']],
  resilience: [['three.csv']],
  duplicates: [['firms.csv']],
  support: [['projects.csv', '--date', '2024-06-01', '--key-rate', '.16', '--market-rate', '.2', '--evidence', 'possible']],
  instruments: [['clusters.csv', '--date', '2024-06-01']],
  scouting: [scouted],
  districts: [pilot],
  convert: [['jobs.csv', '--concordance', 'merge.csv'], ['jobs.csv', '--reforms', 'groups.csv', '--map', 'reforms.from=region', '--map', 'reforms.to=group']],
  specialisation: [['jobs.csv'], ['jobs.csv', '--compare', 'others'], withheld, [...withheld, '--compare', 'others']],
  'structural-distance': [['conditions.csv', '--nearest', '9', '--outcome', 'i3']],
  'market-potential': [['heads.csv', '--places', 'places.csv', '--own', 'none', '--givers', '9'], ['heads.csv', '--places', 'places.csv', '--own', 'given', '--own-distance', '3', '--decay', 'exponential']],
  concentrations: [['jobs.csv'], [...withheld, '--draws', '333']],
  complexity: [['jobs.csv']],
  fitness: [['jobs.csv'], ['jobs.csv', '--variant', 'regularised']],
  opportunities: [['dates.csv'], ['dates.csv', '--effects', 'both']],
  'market-niches': [['dates.csv', '--region', 'r0']],
  relatedness: [['jobs.csv'], ['jobs.csv', '--measure', 'probability']],
  multipliers: [table],
  linkages: [table, [...table, '--only', 'i7']],
  ghosh: [table],
  influence: [[...table, '--seller', 'i1', '--buyer', 'i2']],
  'propagation-length': [table],
  balance: [balanced, [...balanced, '--method', 'gras']],
  weights: [['places.csv', '--rule', 'nearest', '--nearest', '6'], ['places.csv', '--rule', 'distance', '--distance', '400', '--power', '1']],
  'k-density': [plane, [...plane, '--counting', 'weights', '--seed', '7'], [...plane, '--counting', 'weights', '--cell', '20'], towns],
  'm-function': [plane, [...plane, '--counting', 'plants'], [...plane, '--function', 'm', '--neighbours', 'b'], towns],
  'ripley-k': [plane, [...plane, '--edge', 'translate'], [...plane, '--edge', 'translate', '--cell', '20']],
  moran: [spatial, [...spatial, '--link-weights', 'inverse', '--alternative', 'greater']],
  geary: [spatial],
  'getis-ord-g': [spatial],
  'local-moran': [spatial, [...spatial, '--link-weights', 'inverse', '--permutations', '1500']],
  'getis-ord-local': [spatial, [...spatial, '--among', 'others', '--style', 'binary']],
  'supply-use': [[...supplyUse], [...supplyUse, '--model', 'product-technology']],
  'supply-use-update': [['supply.csv', '--use', 'use.csv', '--supply-totals', 'made.csv', '--use-totals', 'used.csv'],
    ['supply.csv', '--use', 'use.csv', '--leave-out', 'imports', '--imports-table', 'imported.csv', '--supply-totals', 'made.csv', '--use-totals', 'used.csv']],
  footprint: [['demanded.csv', ...table.slice(1), '--satellites', 'account.csv', '--imports-table', 'demanded.csv']],
  inoperability: [[...table, '--shock', 'shock.csv']],
  propagation: [[...table, '--shock', 'shock.csv', '--days', '40']],
  'multi-region': [[...table, '--outputs', 'persons.csv', '--distances', 'distances.csv', '--friction', '0.01', '--as', 'none'],
    [...table, '--outputs', 'persons.csv', '--distances', 'distances.csv', '--friction', '0.01', '--hauls', 'hauls.csv']],
  status: [members],
  repair: [[...members, '--criterion', 'participant-share']],
  regionalise: [[...table, '--employment', 'staff.csv', '--region', 'r0']],
};

/* With sanitizers it is about the threads more than about their number. */
const numbers = process.env.OKRUG_SANITIZED ? [1, 3] : [1, 2, 3];

async function sameFiles(cwd, args) {
  const prints = [];
  for (const threads of numbers) {
    const results = join(cwd, `results-${threads}`);
    await okrugDone(['run', ...args, '--threads', String(threads), '-o', results], { cwd, timeout: 120000 });
    prints.push(fingerprint(results));
  }
  assert.ok(Object.keys(prints[0]).length > 1);
  for (const print of prints.slice(1)) {
    assert.deepEqual(print, prints[0]);
  }
}

test('every analysis has an entry', async () => {
  const { analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout);
  assert.deepEqual(analyses.map(({ id }) => id).sort(), Object.keys(entries).sort());
});

for (const [id, calls] of Object.entries(entries)) {
  for (const args of calls) {
    test([id, ...args].join(' '), async (t) => sameFiles(folder(t, small), [id, ...args]));
  }
}

test('complexity of world trade, 226 countries by 785 products', needsShared, async (t) => {
  const trade = join(shared, 'trade_sitc4_1998_2000/world_trade_avg_1998_2000.csv.gz');
  await sameFiles(folder(t), ['complexity', trade, '--map', 'region=country', '--map', 'industry=product']);
});

test('the folder a file lies in is not in the result', async (t) => {
  const repeated = { 'jobs.csv': `${small['jobs.csv']}r1,i0,7\nr1,i0,7\n`.replace(/\nr1,i0,\d+\n/, '\n') };
  const cwd = folder(t, repeated);
  mkdirSync(join(cwd, 'elsewhere'));
  writeFileSync(join(cwd, 'elsewhere/jobs.csv'), repeated['jobs.csv']);
  const prints = [];
  for (const input of ['jobs.csv', 'elsewhere/jobs.csv', join(cwd, 'elsewhere/jobs.csv')]) {
    const { stderr } = await okrugDone(['run', 'location-quotient', input, '-o', 'results'], { cwd });
    assert.match(stderr, /1 rows? repeat/);
    prints.push(fingerprint(join(cwd, 'results')));
  }
  assert.deepEqual(prints[1], prints[0]);
  assert.deepEqual(prints[2], prints[0]);
});

test('a study gives the same tables, findings and workspace', async (t) => {
  const cwd = folder(t);
  const runs = [];
  for (const threads of [1, 3]) {
    mkdirSync(join(cwd, `run-${threads}`));
    const { stdout } = await okrugDone(['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--threads', String(threads),
      '--workspace', `run-${threads}/w.okrug`, '-o', `run-${threads}/results`],
    /* The time of day is in the workspace's log of changes, and nowhere else. */
    { cwd, env: { SOURCE_DATE_EPOCH: '1000000000' } });
    runs.push({ stdout, files: fingerprint(join(cwd, `run-${threads}`)) });
  }
  assert.ok(Object.keys(runs[0].files).length > 10);
  assert.deepEqual(runs[1], runs[0]);
});
