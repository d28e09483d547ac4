/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input that no method can use: one region, one industry, one period, nothing but zeros, nothing but one number, two parts
 * without a link, a single industry that uses nothing. Every analysis answers each of them clearly: it refuses in words of
 * the catalogue, or every number that it leaves out has its reason. What a particular one says is in its cases.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { okrug, okrugDone, parseCsv } from '../support/okrug.mjs';

const folder = mkdtempSync(join(tmpdir(), 'okrug-useless-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let analyses;
before(async () => {
  ({ analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout));
});

function put(name, text) {
  const file = join(folder, `${name}.csv`);
  writeFileSync(file, text);
  return file;
}

const many = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

/* What a table is made of; the figure of a cell by the places of its codes. */
const worlds = {
  'one region': { regions: 1, industries: 5, figure: (r, i) => 1 + i },
  'one industry': { regions: 6, industries: 1, figure: (r) => 1 + r },
  'one region and one industry': { regions: 1, industries: 1, figure: () => 7 },
  'nothing but zeros': { regions: 6, industries: 5, figure: () => 0 },
  'nothing but one number': { regions: 6, industries: 5, figure: () => 3 },
  'two parts without a link': { regions: 6, industries: 6, figure: (r, i) => (r < 3 === i < 3 ? 1 + r + i * i : 0) },
  'nothing known': { regions: 6, industries: 5, figure: () => '' },
};

/* Distinct values of a text role, by the world's size. */
function codesOf(role, { regions, industries }, input) {
  if (input === 'neighbours' || input === 'weights') {
    return many('r', regions);
  }
  switch (role) {
    case 'region': case 'a': case 'b': return many('r', regions);
    case 'industry': case 'industry_a': case 'industry_b': case 'product': case 'from': case 'to': return many('i', industries);
    case 'period': return ['2019', '2020'];
    case 'code': return [...many('i', industries), input === 'row-totals' ? 'wages' : 'final'];
    default: return ['x'];
  }
}

/* A square of its own for each place, as hexadecimal WKB. */
function square(place) {
  const bytes = Buffer.alloc(93);
  bytes.set([1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]);
  [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].forEach(([x, y], i) => {
    bytes.writeDoubleLE(place + x, 13 + 16 * i);
    bytes.writeDoubleLE(y, 21 + 16 * i);
  });
  return bytes.toString('hex');
}

/* The roles that a table of the world has: those that must be there, figures, places; periods in first tables only. */
function rolesOf(input) {
  const names = input.roles.map(({ name }) => name);
  const places = names.includes('x') ? ['x', 'y'] : ['lat', 'lon'];
  const oneOf = input.roles.find(({ name, need }) => need === 'one-of' && !places.includes(name) && !['lat', 'lon'].includes(name));
  return input.roles.filter((role) => ['key', 'required'].includes(role.need) || role === oneOf || places.includes(role.name) ||
    role.name === 'value' || (role.need === 'key-optional' && (input.name === 'input' || role.name !== 'period')));
}

function tidy(input, world) {
  const kept = rolesOf(input);
  const codes = kept.filter(({ type, need }) => type === 'text' && need.startsWith('key'));
  let rows = [{}];
  for (const { name } of codes) {
    rows = rows.flatMap((row) => codesOf(name, world, input.name).map((code, place) => ({ ...row, [name]: { code, place } })));
  }
  if (codes.length === 0) { /* a list: of plants, of projects */
    rows = Array.from({ length: world.regions * world.industries }, (_, n) => ({ region: { place: n % world.regions }, industry: { place: Math.floor(n / world.regions) } }));
  }
  const lines = rows.map((row) => {
    const place = (name) => (row[name] ?? Object.values(row)[0]).place;
    return kept.map(({ name, type, domain }) => {
      const figure = world.figure(place('region'), place('industry'));
      if (type === 'geometry') {
        return square(place('region'));
      }
      if (type === 'text') {
        return row[name]?.code ?? codesOf(name, world, input.name)[place(name) % codesOf(name, world, input.name).length];
      }
      return domain === 'share' && figure !== '' ? Math.min(1, figure / 100) : domain === 'positive' && figure === 0 ? 1 : figure;
    }).join(',');
  });
  return `${kept.map(({ name }) => name).join(',')}\n${lines.join('\n')}\n`;
}

function inputOutput({ industries, figure }) {
  const codes = many('i', industries);
  const flows = codes.map((code, r) => `${code},${codes.map((_, i) => figure(r, i)).join(',')},${figure(r, 0)}`);
  return `code,${codes.join(',')},final\n${flows.join('\n')}\nwages,${codes.map((_, i) => figure(0, i)).join(',')},\n`;
}




function assertSaid(id, file, text) {
  const [header, ...rows] = parseCsv(text);
  for (const row of rows) {
    const reasons = new Set(row.at(-1).split(';').map((one) => one.split(':')[0]));
    row.forEach((cell, column) => {
      assert.ok(!/^-?(nan\b|inf(inity)?$)/i.test(cell), `${id} ${file}: ${row}`);
      assert.ok(cell !== '' || column === row.length - 1 || textual.has(`${id} ${file} ${header[column]}`) || reasons.has(header[column]),
        `${id} ${file}: ${header[column]} is blank without a reason in ${row}`);
    });
  }
}

const textual = new Set();
/* Those that say how regions differ. */
const compared = new Set(['location-quotient', 'specialisation', 'concentration', 'concentrations', 'disparity', 'shift-share', 'regionalise', 'weights']);

/* What an analysis cannot do without beside its tables. The last industry is missing from the concordance. */
const further = {
  'market-niches': () => ['--region', 'r1'],
  regionalise: () => ['--region', 'r1'],
  'market-potential': () => ['--own', 'none'],
  districts: () => ['--regions', 'r1', '--regions', 'r', '--activities', 'i'],
  status: () => ['--date', '2024-06-01'],
  repair: () => ['--date', '2024-06-01'],
  'multi-region': () => ['--friction', '1'],
  support: () => ['--date', '2024-06-01', '--market-rate', '.2'],
  instruments: () => ['--date', '2024-06-01'],
  convert: ({ industries }) => ['--concordance', put('concordance', `from,to\n${many('i', industries).slice(0, -1).map((code) => `${code},g`).join('\n')}\n`)],
};

for (const [name, world] of Object.entries(worlds)) {
  test(`every analysis has an answer to ${name}`, async () => {
    for (const { id, inputs, outputs } of analyses) {
      for (const { table, columns } of outputs) {
        for (const column of columns.filter(({ type }) => type !== 'number')) {
          textual.add(`${id} ${table}.csv ${column.name}`);
        }
      }
      const options = [];
      inputs.filter(({ required }, i) => i === 0 || required).forEach((input, i) => {
        const file = put(input.name, input.shape === 'tidy' ? tidy(input, world) : inputOutput(world));
        options.push(...(i === 0 ? [file] : [`--${input.name}`, file]));
      });
      const out = join(folder, 'out');
      rmSync(out, { recursive: true, force: true });
      const { code, stderr } = await okrug(['run', id, ...options, ...(further[id]?.(world) ?? []), '-o', out, '--lang', 'en', '--threads', '1']);
      assert.ok([0, 3, 4].includes(code), `${id}: ${code} ${stderr}`);
      /* Zeros that are to sum to zeros are balanced already. */
      if (id !== 'balance' && inputs[0].shape !== 'tidy' && (name === 'nothing but zeros' || name === 'nothing known')) {
        assert.notEqual(code, 0, `${id} answers to a table of ${name}`);
      }
      if (compared.has(id) && world.regions === 1) {
        assert.match(stderr, /only one region|: (regions|industries)[^:]* — 1, at least 2 needed/, `${id} says nothing of the one region`);
      }
      if (code !== 0) {
        assert.ok(stderr.trim().length > 20, `${id}: ${stderr}`);
        assert.doesNotMatch(stderr, /defect|[{}]/, id);
        continue;
      }
      for (const file of readdirSync(out).filter((one) => one.endsWith('.csv'))) {
        assertSaid(id, file, readFileSync(join(out, file), 'utf8'));
      }
    }
  });
}
