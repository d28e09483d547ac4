/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry over 100,000 invented firms and 300,000 contracts: how long the server takes for the list, for the card of a cluster
 * of some 40 participants and of one of 5,000, for pages of rows, and for recording a row. The floor is two passes over
 * the contracts that compare a cell of each. JSON lines, milliseconds, the median of five.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { okrugDone } from '../tests/support/okrug.mjs';
import { serve } from '../tests/support/server.mjs';

const FIRMS = Number(process.argv[2] ?? 100000);
const CONTRACTS = 3 * FIRMS;
const kinds = ['clusters', 'participants', 'firms', 'facilities', 'projects', 'milestones', 'spending', 'obligations', 'contracts'];
const cwd = mkdtempSync(join(tmpdir(), 'okrug-bench-'));
const about = { cwd, timeout: 600000 };

/* An invented region, and a cluster `all` of its first 5,000 firms. */
await okrugDone(['generate', 'region', '-o', 'region', '--firms', String(FIRMS), '--contracts', String(CONTRACTS)], about);
const firms = readFileSync(join(cwd, 'region/firms.csv'), 'utf8').split('\n').slice(1, 5001).map((line) => line.split(',')[0]);
const add = (file, rows) => {
  const path = join(cwd, 'region', file);
  const header = readFileSync(path, 'utf8').split('\n')[0].split(',');
  appendFileSync(path, rows.map((row) => `${header.map((name) => row[name] ?? '').join(',')}\n`).join(''));
};
add('clusters.csv', [{ cluster: 'all', name: 'All', synthetic: 'yes' }]);
add('participants.csv', firms.map((firm) => ({ cluster: 'all', firm, synthetic: 'yes' })));
await okrugDone(['init', 'w.okrug'], about);
for (const kind of kinds) {
  await okrugDone(['import', 'w.okrug', kind, `region/${kind}.csv`], about);
}
const server = await serve('w.okrug', { cwd });

async function timed(name, work) {
  const times = [];
  let told = {};
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    told = await work(i);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ name, firms: FIRMS, contracts: CONTRACTS, milliseconds: Number(times[2].toFixed(1)), ...told }));
}

const ask = async (path) => {
  const { code, body } = await server.get(path);
  if (code !== 200) {
    throw new Error(`${path}: ${code} ${body.slice(0, 200)}`);
  }
  return JSON.parse(body);
};
const size = (card) => ({ participants: card.participants.length, among: card.contracts.count, pairs: card.cooperation.length });
const [first] = (await ask('/api/v1/registry')).clusters;
await timed('registry list', async () => ({ clusters: (await ask('/api/v1/registry')).clusters.length }));
await timed('registry card', async () => size(await ask(`/api/v1/registry/${first.cluster}?date=2026-01-01`)));
await timed('registry card, large', async () => size(await ask('/api/v1/registry/all?date=2026-01-01')));
await timed('rows, a page', async () => ({ total: (await ask('/api/v1/datasets/firms/rows?limit=50')).total }));
await timed('rows, looked for', async () => ({ total: (await ask(`/api/v1/datasets/firms/rows?search=${encodeURIComponent('завод обнинск')}`)).total }));
await timed('rows, by a column', async () => ({ total: (await ask('/api/v1/datasets/contracts/rows?order=amount&descending=true')).total }));
await timed('rows, by a column, last page', async () => ({ total: (await ask('/api/v1/datasets/contracts/rows?order=amount&offset=299000&limit=100')).total }));
await timed('row recorded', async (i) => {
  const { code, body } = await server.send('PUT', '/api/v1/datasets/contracts/rows',
    { values: [{ name: 'contract', value: `SYN-${FIRMS + i}` }, { name: 'amount', value: String(i + 0.5) }] });
  if (code !== 200) {
    throw new Error(body);
  }
  return {};
});
await timed('floor: two passes over the contracts', async () => ({
  total: (await ask(`/api/v1/datasets/contracts/rows?where=supplier%3D${firms[1]}&limit=1`)).total }));
await server.stop();
rmSync(cwd, { recursive: true, force: true });
