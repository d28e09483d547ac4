/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts for people: every code that the sources can raise has a text in both languages, and every {argument} of a text is
 * given wherever the code is raised. No text is left over.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { okrugDone, parseTable, root } from '../support/okrug.mjs';
import { callsOf, literalsIn, sources } from '../support/source.mjs';

const catalogue = Object.fromEntries(['en', 'ru'].map((language) =>
  [language, JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8'))]));
const files = sources(['src', 'include']);

/* ---- Where messages are raised ----
 * A function that raises a message: the place of the code among its arguments; `names`: the place of the first name of an
 * argument, after which names and values alternate, or the names that it always gives. A wrapper is known by its file:
 * okrug_fail with a code that is no literal is allowed there and nowhere else. `also`: files in which it is called too. */
const raising = [
  { call: 'okrug_fail', code: 2, names: 4 },
  { call: 'okrug_warn', code: 1, names: 3 },
  { call: 'fault', file: 'src/engine/yaml.c', code: 1, names: 3 },
  { call: 'refuse', file: 'src/api/server.c', code: 2, names: [] },
  { call: 'bad_listen', file: 'src/api/server.c', code: 2, names: ['listen'] },
  { call: 'give_up', file: 'src/sources/csv.c', code: 1, names: 2 },
  { call: 'bad_cell', file: 'src/sources/cells.c', code: 4, names: ['value', 'expected'] },
  { call: 'bad_cell', file: 'src/engine/row_typed.c', code: 1, names: ['value', 'expected'] },
  { call: 'missing', file: 'src/sources/rows.c', code: 4, names: ['wanted', 'columns'] },
  { call: 'feature_fault', file: 'src/sources/geojson.c', code: 1, names: ['feature', 'found'] },
  { call: 'feature_fault', file: 'src/sources/layer.c', code: 1, names: ['feature', 'found'] },
  { call: 'flawed', file: 'src/sources/geometry.c', code: 1, names: ['feature', 'found'] },
  { call: 'okrug_trouble_set', file: 'src/sources/input.c', also: /^src\/sources\//, code: 2, names: 3 },
  { call: 'fail', file: 'src/store/sqlite_fault.c', code: 2, names: ['file'] },
  { call: 'okrug_geos_fail', file: 'src/geo/shapes.c', also: /^src\/geo\//, code: 2, names: ['region', 'library'] },
  { call: 'unfit', file: 'src/analyses/weights.c', code: 1, names: [] },
  { call: 'tell_count', file: 'src/analyses/firm_flows.c', code: 3, names: ['count'] },
  { call: 'tell_count', file: 'src/analyses/districts.c', code: 2, names: ['count'] },
  { call: 'tell_count', file: 'src/analyses/scouting_told.c', code: 1, names: ['count'] },
  { call: 'tell', file: 'src/analyses/convert.c', code: 2, names: ['count', 'codes', 'lost'] },
  { call: 'fail_for', file: 'src/store/sqlite_fault.c', code: 2, names: ['file', 'cause'] },
];
/* Files where the code is put in a variable first. */
const assigned = [
  { file: 'src/base/message.c', names: ['file', 'cause'] },
  { file: 'src/sources/geometry.c', names: ['feature', 'found'] },
  { file: 'src/sources/layer.c', names: ['feature', 'found'] },
  { file: 'src/sources/ogr.c', names: ['feature', 'found'] },
  { file: 'src/sources/geojson.c', names: ['limit'] },
  { file: 'src/store/sqlite_check.c', names: ['table', 'detail'] },
];

/* Plural forms differ between the languages: other keys, and not every form shows the number. */
const plural = /\.(zero|one|two|few|many|other)$/;

const isCode = (text) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);

/* Names in a call: every second argument from `first`, up to NULL. */
function namesFrom(args, first) {
  const names = [];
  for (let i = first; i < args.length && literalsIn(args[i]).length === 1; i += 2) {
    names.push(literalsIn(args[i])[0]);
  }
  return names;
}

const raised = [];
const unread = [];
for (const { file, text } of files) {
  for (const way of raising) {
    if (way.file && way.file !== file && !way.also?.test(file)) {
      continue;
    }
    for (const { line, args } of callsOf(way.call, text)) {
      const codes = literalsIn(args[way.code] ?? '').filter(isCode);
      const definition = args.some((arg) => /^(const |void$|okrug_\w+ [*\w]|\.\.\.$)/.test(arg));
      if (codes.length === 0 && !definition) {
        const wrapped = raising.some((w) => w.file === file) || assigned.some((a) => a.file === file) ||
          file === 'src/sources/input.c';
        if (!wrapped) {
          unread.push(`${file}:${line}`);
        }
      }
      const names = Array.isArray(way.names) ? way.names : namesFrom(args, way.names);
      raised.push(...codes.map((code) => ({ code, names, at: `${file}:${line}` })));
    }
  }
  for (const { names } of assigned.filter((a) => a.file === file)) {
    const statements = [...text.matchAll(/\b(?:code|limit) = ([^;]*"[^;]*);/g)].flatMap((m) => literalsIn(m[1])).filter(isCode);
    raised.push(...statements.map((code) => ({ code, names, at: file })));
  }
}

test('the sources raise messages, and this test can read every one', () => {
  assert.ok(raised.length > 100, `${raised.length} found`);
  assert.deepEqual(unread, [], 'a wrapper of okrug_fail must be in the table of this test');
});

for (const language of ['en', 'ru']) {
  test(`every message has its text in ${language}`, () => {
    const silent = raised.filter(({ code }) => !(`message.${code}` in catalogue[language]));
    assert.deepEqual(silent.map(({ code, at }) => `${code} (${at})`), []);
  });

  test(`every {argument} of a message in ${language} is given`, () => {
    const missing = raised.flatMap(({ code, names, at }) => {
      const text = Object.entries(catalogue[language]).filter(([key]) => key.replace(plural, '') === `message.${code}`).map(([, t]) => t).join('\n');
      return [...text.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]).filter((name) => !names.includes(name))
        .map((name) => `{${name}} of ${code} (${at} gives ${names.join(', ') || 'none'})`);
    });
    /* key-repeated is raised without arguments only where messages are counted and no longer kept. */
    assert.deepEqual(missing.filter((text) => !/of key-repeated .*gives none/.test(text)), []);
  });
}

test('no message text is left over', () => {
  const codes = new Set(raised.map(({ code }) => `message.${code}`));
  const left = Object.keys(catalogue.en).filter((key) => key.startsWith('message.') && !codes.has(key.replace(plural, '')));
  assert.deepEqual(left, ['message.place-column']);
});

/* ---- The catalogues themselves ---- */

const placeholders = (text) => [...new Set([...text.matchAll(/\{[^}]+\}/g)].map((m) => m[0]))].sort();

test('both catalogues have the same keys', () => {
  const keys = (language) => [...new Set(Object.keys(catalogue[language]).map((key) => key.replace(plural, '')))].sort();
  assert.deepEqual(keys('ru'), keys('en'));
});

test('both languages fill in the same arguments', () => {
  for (const [key, text] of Object.entries(catalogue.en).filter(([k]) => !plural.test(k))) {
    const russian = placeholders(catalogue.ru[key]);
    /* A sentence of the page may do without a name that it would have to inflect, but knows no others. */
    assert.deepEqual(key.startsWith('web.') ? russian.filter((name) => !placeholders(text).includes(name)) : russian,
      key.startsWith('web.') ? [] : placeholders(text), key);
  }
});

/* "1 plants": a number before a noun in the plural has another text for one. Where the number is told at the end, as in
 * "plants without a weight: 1", there is nothing to inflect. */
test('no English message that counts has the plural only', () => {
  const faults = Object.entries(catalogue.en).filter(([key, text]) => /^(message|report|pack)\./.test(key) && !plural.test(key) &&
    /\{count\} (\w+ ){0,3}?\w*[a-z]s\b/.test(text) && !(`${key}.one` in catalogue.en)).map(([key]) => key);
  /* Always of several. */
  assert.deepEqual(faults, ['message.linkages-need-names', 'message.one-cluster', 'message.one-period', 'message.too-many-industries',
    'message.too-many-variants']);
});

/* Of words that follow a number Russian has three forms. */
test('no Russian message that counts has a word that would have to follow the number', () => {
  const faults = Object.entries(catalogue.ru).filter(([key, text]) => /^(message|report|pack)\./.test(key) && !plural.test(key) &&
    /\{count\} (?!из |на )[а-яё]{3,}/.test(text) && !(`${key}.few` in catalogue.ru)).map(([key]) => key);
  assert.deepEqual(faults, []);
});

test('no text is empty, and Russian is Russian', () => {
  for (const [language, texts] of Object.entries(catalogue)) {
    for (const [key, text] of Object.entries(texts)) {
      assert.equal(typeof text, 'string', key);
      assert.ok(text.length > 0, `${key} in ${language}`);
    }
  }
  const english = Object.entries(catalogue.ru).filter(([key, text]) => /^(message|analysis|parameter|kind|cli|status|reason)\./.test(key) &&
    !/[а-яё]/i.test(text));
  assert.deepEqual(english, []);
});

/* ---- Words of the vocabulary ---- */

const listOf = (pattern, file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const list = pattern.exec(text);
  assert.ok(list, `${pattern} in ${file}`);
  return list[0];
};

test('every analysis, parameter, choice, kind, reason, unit, status and task has a text', async () => {
  const { analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout);
  const header = 'include/okrug/dataset.h';
  const reasons = literalsIn(listOf(/#define OKRUG_REASONS\(X\)(?:[^\n]*\\\n)*[^\n]*/, header)).filter((code) => code !== 'present' && code !== '');
  const units = literalsIn(listOf(/#define OKRUG_UNITS\(X\)(?:[^\n]*\\\n)*[^\n]*/, header)).filter((code) => code !== '');
  const statuses = [...listOf(/#define OKRUG_STATUS\w*\(X\)(?:[^\n]*\\\n)*[^\n]*/, 'include/okrug/status.h').matchAll(/X\((\w+)/g)]
    .map((m) => m[1]).filter((name) => name !== 'X' && name !== 'OK');
  const kinds = [...listOf(/okrug_kinds\[\] = \{[\s\S]*?\n\};/, 'src/engine/kinds.c').matchAll(/\{"([a-z-]+)"/g)].map((m) => m[1]);
  const tasks = files.flatMap(({ text }) => literalsIn(text)).filter((word) => /^task\.[a-z-]+$/.test(word));
  const progress = files.flatMap(({ text }) => callsOf('okrug_progress', text)).flatMap(({ args }) => literalsIn(args[1] ?? ''));
  assert.ok(reasons.length > 8 && units.length > 8 && statuses.length > 8 && kinds.length > 5);
  const wanted = [
    ...analyses.map(({ id }) => `analysis.${id}`),
    ...analyses.flatMap(({ parameters }) => parameters.map(({ name }) => `parameter.${name}`)),
    ...analyses.flatMap(({ parameters }) => parameters.flatMap(({ name, choices = [] }) => choices.map((one) => `choice.${name}.${one}`))),
    ...reasons.map((code) => `reason.${code}`), ...units.map((code) => `unit.${code}`),
    ...statuses.map((name) => `status.${name}`), ...kinds.map((id) => `kind.${id}`), ...tasks, ...progress,
  ];
  for (const language of ['en', 'ru']) {
    assert.deepEqual([...new Set(wanted)].filter((key) => !(key in catalogue[language])), [], language);
    assert.deepEqual(Object.keys(catalogue[language]).filter((key) => key.startsWith('choice.') && !wanted.includes(key)), [], language);
  }
});

test('the guide to importing names every kind of data', () => {
  const kinds = [...readFileSync(join(root, 'src/engine/kinds.c'), 'utf8').match(/okrug_kinds\[\] = \{[\s\S]*?\n\};/)[0].matchAll(/\{"([a-z-]+)"/g)].map((m) => m[1]);
  assert.ok(kinds.length > 20);
  for (const language of ['en', 'ru']) {
    const guide = readFileSync(join(root, `docs/howto/import.${language}.md`), 'utf8');
    assert.deepEqual(kinds.filter((kind) => !guide.includes(`\`${kind}\``)), [], language);
  }
});

test('every analysis has a method card in both languages, with the same parts', async () => {
  const { analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout);
  for (const { id, parameters, outputs } of analyses) {
    const cards = ['en', 'ru'].map((language) => readFileSync(join(root, `docs/methods/${id}.${language}.md`), 'utf8'));
    assert.equal(cards[0].match(/^## /gm).length, cards[1].match(/^## /gm).length, id);
    for (const card of cards) {
      for (const { name } of parameters) {
        assert.ok(card.includes(`--${name}`), `${id}: the card does not name --${name}`);
      }
      for (const { table, columns } of outputs) {
        assert.ok(card.includes(`\`${table}\``), `${id}: the card does not name the table ${table}`);
        for (const { name } of columns) {
          assert.ok(card.includes(`\`${name}\``) || card.includes(name.replace(/_ii$/, '')), `${id}: no column ${name}`);
        }
      }
    }
  }
});

test('what rules and measures say to people, they say in Russian too', () => {
  const folder = join(root, 'data/law');
  for (const [name, columns] of [['measures', ['clause']], ['measure-terms', ['clause']], ['instruments', ['clause', 'source', 'reason']]]) {
    for (const row of parseTable(readFileSync(join(folder, `${name}.csv`), 'utf8')).rows) {
      for (const column of columns) assert.match(row[`${column}_ru`], /[а-яё]/, `${name}: ${row.measure ?? row.instrument}: ${column}`);
    }
  }
  const sets = readdirSync(folder).filter((name) => name.endsWith('.csv')).map((name) => parseTable(readFileSync(join(folder, name), 'utf8')))
    .filter(({ columns }) => columns.includes('rule'));
  assert.ok(sets.length >= 3);
  for (const row of sets.flatMap(({ rows }) => rows)) {
    for (const text of ['clause', 'source', 'note'].filter((column) => row[column] !== '')) {
      assert.notEqual(row[`${text}_ru`], '', `${row.rule}: ${text}`);
    }
    assert.match(row.source_ru, /[а-яё]/, row.rule);
  }
});
