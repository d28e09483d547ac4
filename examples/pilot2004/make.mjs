/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes the tables of this example: three invented registers, one after the other in one file. Run it from the root of
 * the sources: OKRUG_PROGRAM=build/release/okrug node examples/pilot2004/make.mjs [FOLDER]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = process.env.OKRUG_PROGRAM ?? 'build/release/okrug';
const folder = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));
const regions = [
  { region: '40', firms: 200, contracts: 560, strong: '16 17 31 25.72', seed: 2004 },
  { region: '68', firms: 180, contracts: 500, strong: '01 10', seed: 40514 },
  { region: '50', firms: 250, contracts: 720, strong: '25 26 28', seed: 624 },
];
const tables = {
  firms: ['firm', 'name', 'legal_form', 'category', 'region', 'industry', 'address', 'precision', 'employees', 'since', 'synthetic'],
  'firm-accounts': ['firm', 'period', 'revenue', 'employees', 'synthetic'],
  contracts: ['contract', 'supplier', 'buyer', 'product', 'date', 'amount', 'vat', 'synthetic'],
  equipment: ['equipment', 'firm', 'operation', 'hours', 'idle_hours', 'synthetic'],
  staff: ['firm', 'occupation', 'people', 'vacancies', 'synthetic'],
};
const keys = { contracts: 'contract', equipment: 'equipment' }; /* numbered anew in each register */

const split = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].slice(0, line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).length).map((match) => match[1]);

function readTable(file) {
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n').map(split);
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
}

const all = Object.fromEntries(Object.keys(tables).map((table) => [table, []]));
const work = mkdtempSync(join(tmpdir(), 'okrug-pilot-'));
for (const { region, firms, contracts, strong, seed } of regions) {
  const out = join(work, region);
  execFileSync(program, ['generate', 'region', '--region', region, '--firms', firms, '--contracts', contracts, '--strong', strong, '--seed', seed, '-o', out].map(String));
  for (const table of Object.keys(tables)) {
    for (const row of readTable(join(out, `${table}.csv`))) {
      const key = keys[table];
      all[table].push(key ? { ...row, [key]: `${region}-${row[key]}`, home: region } : { ...row, home: region });
    }
  }
}
rmSync(work, { recursive: true });

/* Enough for an example: one year of accounts, and contracts whose amounts have VAT in them, since amounts with and
 * without it do not add up to anything. As in a real register not all is known: every eighth firm has published no
 * accounts, of every fifteenth nobody knows the employees. */
all['firm-accounts'] = all['firm-accounts'].filter(({ period }) => period === '2025').filter((_, i) => i % 8 !== 7);
all.contracts = all.contracts.filter(({ vat }) => vat === 'included');
all.firms = all.firms.map((firm, i) => (i % 15 === 14 ? { ...firm, employees: '' } : firm));

/* The generator knows one region at a time: of the contracts with suppliers that no register has, every third goes to a
 * firm of another region that makes the product, so that there is trade between the regions too. */
const registered = new Set(all.firms.map(({ firm }) => firm));
let outside = 0;
for (const contract of all.contracts) {
  if (!registered.has(contract.supplier) && ++outside % 3 === 0) {
    const makers = all.firms.filter(({ industry, home }) => home !== contract.home && contract.product.startsWith(industry));
    contract.supplier = makers.length > 0 ? makers[outside % makers.length].firm : contract.supplier;
  }
}

for (const [table, columns] of Object.entries(tables)) {
  writeFileSync(join(folder, `${table}.csv`), [columns, ...all[table].map((row) => columns.map((name) => row[name]))].map((row) => row.join(',')).join('\n') + '\n');
}
