/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry over 100,000 firms and 300,000 contracts: how long the server takes for the list, for the card of a cluster
 * of 100 participants and of one of 5,000, for pages of rows, and for recording a row. The floor is two passes over
 * the contracts that compare a cell of each. JSON lines, milliseconds, the median of five.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

import { okrugDone } from '../tests/support/okrug.mjs';
import { serve } from '../tests/support/server.mjs';

const FIRMS = Number(process.argv[2] ?? 100000);
const CONTRACTS = 3 * FIRMS;
const CLUSTERS = 20;
const cwd = mkdtempSync(join(tmpdir(), 'okrug-bench-'));

async function write(name, header, rows, row) {
  const out = createWriteStream(join(cwd, name));
  let text = `${header}\n`;
  for (let i = 0; i < rows; i++) {
    text += `${row(i)}\n`;
    if (text.length > 1 << 20) {
      out.write(text);
      text = '';
    }
  }
  out.end(text);
  await finished(out);
}

/* Participants: the first 5,000 firms are of cluster 0, then 100 of each other one. Contracts of a firm go to firms near it
 * in number, so that many stay within a cluster. */
const firm = (i) => String(7000000000 + i);
const cluster = (i) => (i < 5000 ? 0 : 1 + Math.floor((i - 5000) / 100));
const mixed = (i) => (i * 2654435761) % 4294967296;
await write('firms.csv', 'firm,name,industry,region,employees', FIRMS, (i) => `${firm(i)},Предприятие ${i},${10 + i % 23}.1,40,${i % 300}`);
await write('contracts.csv', 'contract,supplier,buyer,amount,date', CONTRACTS, (i) =>
  `c${i},${firm(i % FIRMS)},${firm((i % FIRMS + mixed(i) % 50) % FIRMS)},${1000 + mixed(i) % 100000},20${20 + i % 6}-03-01`);
await write('clusters.csv', 'cluster,name,organisation', CLUSTERS, (i) => `k${i},Кластер ${i},${firm(i)}`);
await write('participants.csv', 'cluster,firm,since', 5000 + 100 * (CLUSTERS - 1), (i) => `k${cluster(i)},${firm(i)},2020-01-01`);

await okrugDone(['init', 'w.okrug'], { cwd });
for (const kind of ['firms', 'contracts', 'clusters', 'participants']) {
  await okrugDone(['import', 'w.okrug', kind, `${kind}.csv`], { cwd, timeout: 600000 });
}
const server = await serve('w.okrug', { cwd });

async function timed(name, work, more = {}) {
  const times = [];
  let about = {};
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    about = await work(i);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ name, firms: FIRMS, contracts: CONTRACTS, milliseconds: Number(times[2].toFixed(1)), ...about, ...more }));
}

const ask = async (path) => {
  const { code, body } = await server.get(path);
  if (code !== 200) {
    throw new Error(`${path}: ${code} ${body.slice(0, 200)}`);
  }
  return JSON.parse(body);
};
const size = (card) => ({ participants: card.participants.length, among: card.contracts.count, pairs: card.cooperation.length });
await timed('registry list', async () => ({ clusters: (await ask('/api/v1/registry')).clusters.length }));
await timed('registry card', async () => size(await ask('/api/v1/registry/k7?date=2026-01-01')));
await timed('registry card, large', async () => size(await ask('/api/v1/registry/k0?date=2026-01-01')));
await timed('rows, a page', async () => ({ total: (await ask('/api/v1/datasets/firms/rows?limit=50')).total }));
await timed('rows, looked for', async () => ({ total: (await ask(`/api/v1/datasets/firms/rows?search=${encodeURIComponent('предприятие 777')}`)).total }));
await timed('rows, by a column', async () => ({ total: (await ask('/api/v1/datasets/contracts/rows?order=amount&descending=true')).total }));
await timed('rows, by a column, last page', async () => ({ total: (await ask('/api/v1/datasets/contracts/rows?order=amount&offset=299000&limit=100')).total }));
await timed('row recorded', async (i) => {
  const { code, body } = await server.send('PUT', '/api/v1/datasets/contracts/rows',
    { values: [{ name: 'contract', value: `c${FIRMS + i}` }, { name: 'amount', value: String(i + 0.5) }] });
  if (code !== 200) {
    throw new Error(body);
  }
  return {};
});
await timed('floor: two passes over the contracts', async () => ({
  total: (await ask(`/api/v1/datasets/contracts/rows?where=supplier%3D${firm(1)}&limit=1`)).total }));
await server.stop();
rmSync(cwd, { recursive: true, force: true });
