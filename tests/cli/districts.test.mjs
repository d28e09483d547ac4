/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Districts side by side: what must not change the comparison does not, what must does, and the pilot of 2004 runs as a
 * newcomer would run it and is told in every format and both languages.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, okrug, okrugDone, parseCsv, root, start } from '../support/okrug.mjs';
import { sheetsOf, unzip } from '../support/zip.mjs';

const example = join(root, 'examples/pilot2004');
const second = ['accounts', 'contracts', 'equipment', 'staff'];
const fileOf = { accounts: 'firm-accounts.csv', contracts: 'contracts.csv', equipment: 'equipment.csv', staff: 'staff.csv' };
const textOf = (name) => readFileSync(join(example, name), 'utf8');

async function run(cwd, out, { firms = 'firms.csv', more = [] } = {}) {
  const at = (name) => (readdirSync(cwd).includes(name) ? name : join(example, name));
  await okrugDone(['run', 'districts', at(firms), '--districts', at('districts.csv'), ...second.flatMap((name) => [`--${name}`, at(fileOf[name])]), ...more, '-o', out], { cwd });
  return Object.fromEntries(['districts', 'indicators', 'activities', 'missing', 'purchases', 'base'].map((table) => [table, readFileSync(join(cwd, out, `${table}.csv`), 'utf8')]));
}

/* Whole numbers are the same; sums in another order may differ in the last digits. */
function alike(one, other, change = (text) => text) {
  const left = parseCsv(one).map((row) => row.map(change));
  const right = parseCsv(other);
  assert.equal(left.length, right.length);
  left.forEach((row, i) => row.forEach((cell, c) => {
    const same = cell === right[i][c] || Math.abs(Number(cell) - Number(right[i][c])) <= 1e-9 * Math.abs(Number(cell));
    assert.ok(same, `row ${i + 1}, ${left[0][c]}: ${cell} and ${right[i][c]}`);
  }));
}

test('the order of firms and contracts changes nothing', async (t) => {
  const cwd = folder(t);
  const before = await run(cwd, 'a');
  for (const name of ['firms.csv', 'contracts.csv', 'equipment.csv', 'staff.csv', 'firm-accounts.csv']) {
    const [header, ...rows] = textOf(name).trimEnd().split('\n');
    writeFileSync(join(cwd, name), [header, ...rows.reverse()].join('\n') + '\n');
  }
  const after = await run(cwd, 'b');
  for (const table of Object.keys(before)) {
    alike(before[table], after[table]);
  }
});

test('regions under other codes give the same numbers', async (t) => {
  const cwd = folder(t);
  const before = await run(cwd, 'a');
  const renamed = (code) => code.replace(/^29(?=\d{6}$)/, 'K').replace(/^0068(?=\d{4}$)/, 'T').replace(/^0050(?=\d{4}$)/, 'M');
  const [header, ...rows] = parseCsv(textOf('firms.csv'));
  const place = header.indexOf('region');
  const quoted = (cell) => (cell.includes(',') ? `"${cell}"` : cell);
  writeFileSync(join(cwd, 'firms.csv'), [header, ...rows.map((row) => row.map((cell, i) => (i === place ? renamed(cell) : quoted(cell))))].map((row) => row.join(',')).join('\n') + '\n');
  writeFileSync(join(cwd, 'districts.csv'), textOf('districts.csv').replace(',29,', ',K,').replace(',0068,', ',T,').replace(',0050,', ',M,'));
  const after = await run(cwd, 'b');
  const words = { 29: 'K', '0068': 'T', '0050': 'M' };
  for (const table of Object.keys(before)) {
    alike(before[table], after[table], (cell) => words[cell] ?? renamed(cell));
  }
});

test('a district beside itself has no link missing, and the same numbers twice', async (t) => {
  const cwd = folder(t);
  const [header, kaluga] = textOf('districts.csv').split('\n');
  writeFileSync(join(cwd, 'districts.csv'), `${header}\n${kaluga}\n${kaluga.replace('kaluga,', 'again,')}\n`);
  const { districts, missing, indicators, base } = await run(cwd, 'a');
  const [names, one, other] = parseCsv(districts);
  names.forEach((name, i) => name === 'district' || name === 'nearest' || assert.equal(one[i], other[i], name));
  assert.equal(Number(one[names.indexOf('distance')]), 0);
  assert.equal(parseCsv(missing).length, 1);
  const [heads, ...rows] = parseCsv(indicators);
  rows.forEach((row) => row[heads.indexOf('value')] === '' || assert.equal(row[heads.indexOf('rank')], '1.5'));
  assert.equal(parseCsv(base)[1][7], '630', 'all firms are marked as made');
});

test('shares of activities sum to 1, and ranks, means and gaps agree with the values', async (t) => {
  const cwd = folder(t);
  const { activities, indicators, districts } = await run(cwd, 'a');
  const [names, ...rows] = parseCsv(activities);
  const of = (row, name) => row[names.indexOf(name)];
  for (const district of ['kaluga', 'tambov', 'moscow-oblast']) {
    const own = rows.filter((row) => of(row, 'district') === district);
    for (const share of ['share_of_firms', 'share_of_employment']) {
      assert.ok(Math.abs(own.reduce((sum, row) => sum + Number(of(row, share)), 0) - 1) < 1e-12);
    }
  }
  const [heads, ...lines] = parseCsv(indicators);
  const [columns, ...cells] = parseCsv(districts);
  for (const name of new Set(lines.map((row) => row[1]))) {
    const own = lines.filter((row) => row[1] === name);
    const values = own.map((row) => Number(row[heads.indexOf('value')]));
    assert.deepEqual(own.map((row) => row[heads.indexOf('value')]), cells.map((row) => row[columns.indexOf(name)]));
    own.forEach((row, i) => {
      const higher = values.filter((value) => value > values[i]).length;
      const same = values.filter((value) => value === values[i]).length;
      assert.equal(Number(row[heads.indexOf('rank')]), higher + (same + 1) / 2, name);
      assert.ok(Math.abs(Number(row[heads.indexOf('mean')]) - values.reduce((a, b) => a + b) / values.length) <= 1e-12 * Math.max(...values));
      assert.ok(Math.abs(Number(row[heads.indexOf('from_leader')]) - (values[i] - Math.max(...values))) <= 1e-12 * Math.max(...values));
    });
  }
});

test('a register without accounts, contracts and machines is compared all the same, and nothing is zero for it', async (t) => {
  const cwd = folder(t);
  await okrugDone(['run', 'districts', join(example, 'firms.csv'), '--regions', '29', '--regions', '0068', '--activities', '16', '--activities', '31', '-o', 'a'], { cwd });
  const [names, ...rows] = parseCsv(readFileSync(join(cwd, 'a/districts.csv'), 'utf8'));
  assert.deepEqual(rows.map((row) => row[0]), ['29', '0068']);
  for (const name of ['revenue', 'productivity', 'purchases', 'bought_inside', 'density', 'machines', 'idle_share', 'vacancies']) {
    assert.deepEqual(rows.map((row) => row[names.indexOf(name)]), ['', '']);
  }
  assert.ok(rows.every((row) => row.at(-1).includes('revenue:no-row')));
});

test('the tables of the example are what its script makes', async (t) => {
  const cwd = folder(t);
  const { code, stderr } = await start(process.execPath, [join(example, 'make.mjs'), cwd], { env: { OKRUG_PROGRAM: process.env.OKRUG_PROGRAM ?? join(root, 'build/release/okrug') } }).finished;
  assert.equal(code, 0, stderr);
  assert.deepEqual(readdirSync(cwd).sort(), ['contracts.csv', 'equipment.csv', 'firm-accounts.csv', 'firms.csv', 'staff.csv']);
  for (const name of readdirSync(cwd)) {
    assert.equal(readFileSync(join(cwd, name), 'utf8'), textOf(name), name);
    assert.ok(textOf(name).trimEnd().split('\n').slice(1).every((line) => line.endsWith(',yes')), 'every row says that it is made');
  }
});

test('the pilot runs in one command and is told in every format and both languages', async (t) => {
  const cwd = folder(t);
  const { stdout } = await okrugDone(['study', 'run', join(example, 'study.yaml'), '-o', 'out'], { cwd });
  assert.match(stdout, /The three districts in figures/);
  const told = { en: [/SYNTHETIC DATA/, /What each could learn from the others/, /Links that another district has/], ru: [/ВЫМЫШЛЕННЫЕ ДАННЫЕ/, /Чему округа могут научиться/, /Звенья, которые есть/] };
  for (const lang of ['en', 'ru']) {
    for (const result of ['districts', 'wood']) {
      for (const format of ['pdf', 'html', 'docx', 'xlsx', 'png']) {
        await okrugDone(['report', 'pilot2004.okrug', '--districts', result, '-o', `${result}-${lang}.${format}`, '--lang', lang], { cwd });
      }
      const html = readFileSync(join(cwd, `${result}-${lang}.html`), 'utf8');
      told[lang].forEach((words) => assert.match(html, words));
      assert.doesNotMatch(html, /districts\.(indicator|column|limit|way|shared)/, 'a text is not in the catalogue');
      assert.equal((html.match(/<svg/g) ?? []).length, 1);
    }
  }
  /* In Tambov 57 to 98 % are bought in the region, in Moscow oblast 87 to 100 %: who is ahead nobody knows. */
  const lessons = /What each could learn from the others(.*?)What each district is made of/s.exec(readFileSync(join(cwd, 'wood-en.html'), 'utf8').replace(/.*?<h2/s, '<h2'))[1];
  const [, kaluga, tambov, moscow] = /Kaluga oblast(.*)Tambov oblast<(.*)Moscow oblast<(.*)/s.exec(lessons);
  assert.match(kaluga, /urthest behind[^<]*bought inside the region/);
  assert.doesNotMatch(tambov, /bought inside the region/);
  assert.doesNotMatch(moscow, /look here for[^<]*bought inside the region/);
  const { stdout: text } = await start('pdftotext', ['-layout', 'districts-en.pdf', '-'], { cwd }).finished;
  const pages = text.split('\f').filter((page) => page.trim() !== '');
  assert.ok(pages.length >= 5 && pages.every((page) => page.includes('SYNTHETIC DATA')), 'every page says that the data are made up');
  const [names, ...rows] = parseCsv(readFileSync(join(cwd, 'out/districts/districts.csv'), 'utf8'));
  const largest = rows.toSorted((a, b) => b[names.indexOf('employment')] - a[names.indexOf('employment')])[0];
  assert.ok(text.replace(/\s+/g, ' ').includes(`with ${largest[names.indexOf('employment')]} employees known at ${largest[names.indexOf('firms')]} firms`));
  const { files } = unzip(readFileSync(join(cwd, 'districts-en.docx')));
  assert.ok(files['word/document.xml'].includes('What each could learn from the others') && 'word/media/figure-1.png' in files, Object.keys(files).join(' '));
  const sheets = sheetsOf(readFileSync(join(cwd, 'wood-ru.xlsx')));
  for (const table of ['districts', 'indicators', 'activities', 'missing', 'purchases', 'base']) {
    assert.ok(Object.keys(sheets).some((name) => name.includes(table)), `${table}: ${Object.keys(sheets)}`);
  }
});

test('what is asked wrongly is said', async (t) => {
  const cwd = folder(t);
  await okrugDone(['study', 'run', join(example, 'study.yaml')], { cwd });
  const asked = async (...more) => (await okrug(['report', 'pilot2004.okrug', '-o', 'x.pdf', ...more], { cwd }));
  const none = await asked('--districts', 'nothing');
  assert.notEqual(none.code, 0);
  assert.match(none.stderr, /nothing/);
  const other = await asked('--districts', 'firms');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /no result of the analysis districts/);
  const both = await asked('--districts', 'wood', '--cluster', 'C1');
  assert.equal(both.code, 2);
  assert.match(both.stderr, /of a cluster or of districts/);
});
