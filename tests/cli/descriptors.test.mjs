/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the program says of itself: names that would collide on one command line, and the committed schemas.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { okrugDone, root } from '../support/okrug.mjs';
import { literalsIn, withoutComments } from '../support/source.mjs';

let analyses;
before(async () => {
  ({ analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout));
});

const listIn = (file, pattern) => literalsIn(pattern.exec(withoutComments(readFileSync(join(root, file), 'utf8')))[0]);
const reading = listIn('src/engine/reading.c', /okrug_reading_options\[\] = \{[^;]*;/);
const commandLine = [...listIn('src/cli/arguments.c', /\} own\[\] = \{[^;]*;/), 'threads', 'lang', 'dry-run', 'json', 'help', 'again', 'vary', 'columns'];

const twice = (list) => list.filter((name, i) => list.indexOf(name) !== i);

test('the options of the engine and of the command line are known to this test', () => {
  assert.ok(reading.includes('map') && reading.includes('where') && commandLine.includes('output-dir'));
});

test('options never collide', () => {
  for (const { id, inputs, parameters } of analyses) {
    const names = [...inputs.slice(1).map(({ name }) => name), ...parameters.map(({ name }) => name), ...reading, ...commandLine];
    assert.deepEqual(twice(names), [], id);
  }
});

test('roles of an input are different, and none is called like a second input', () => {
  for (const { id, inputs } of analyses) {
    for (const { name, roles } of inputs) {
      const words = roles.map((role) => role.name);
      assert.deepEqual(twice(words), [], `${id} --${name}`);
      assert.ok(!words.includes('status'), `${id}: "status" is mapped to mark suppressed cells`);
      assert.ok(words.every((word) => !word.includes('.')), `${id}: a dot parts an input from its role`);
    }
    assert.equal(inputs[0].name, 'input');
  }
});

test('tables and their columns are different', () => {
  for (const { id, outputs } of analyses) {
    assert.ok(outputs.length > 0);
    assert.deepEqual(twice(outputs.map(({ table }) => table)), [], id);
    for (const { table, columns } of outputs) {
      assert.deepEqual(twice([...columns.map(({ name }) => name), 'reason']), [], `${id} ${table}`);
      const silent = columns.filter(({ type, formula }) => type === 'number' && formula === '');
      assert.deepEqual(silent, []);
    }
  }
});

test('a parameter that several analyses have means the same everywhere', () => {
  const seen = new Map();
  for (const { id, parameters } of analyses) {
    for (const { name, kind, unit } of parameters) {
      const known = seen.get(name) ?? { id, kind, unit };
      assert.deepEqual({ kind, unit }, { kind: known.kind, unit: known.unit }, `--${name} of ${id} and of ${known.id}`);
      seen.set(name, known);
    }
  }
});

test('defaults lie in their ranges', () => {
  for (const { id, parameters } of analyses) {
    for (const p of parameters) {
      if (p.kind === 'real' || p.kind === 'integer') {
        assert.ok(p.minimum <= p.default && p.default <= p.maximum, `${id} --${p.name}`);
      } else if (p.kind === 'choice') {
        assert.equal(p.default, p.choices[0], `${id} --${p.name}`);
      }
    }
  }
});

test('describe says the same as the list', async () => {
  for (const analysis of analyses) {
    assert.deepEqual(JSON.parse((await okrugDone(['describe', analysis.id, '--json'])).stdout), analysis);
  }
});

for (const name of ['openapi', 'analyses']) {
  test(`schemas/${name}.json is what the program prints`, async () => {
    const file = join(root, `schemas/${name}.json`);
    assert.ok(existsSync(file), `there is no ${file}: ./dev schemas writes it`);
    const { stdout } = await okrugDone(['schemas', name]);
    assert.ok(readFileSync(file, 'utf8') === stdout, `schemas/${name}.json is out of date: ./dev schemas writes it anew`);
  });
}

test('every analysis has a grain, or says in both languages, on its card too, why it has none', () => {
  for (const { id, grain, no_grain: reason } of analyses) {
    assert.equal(grain.length === 0, reason !== null, `${id}: a grain or a reason for none`);
    for (const language of ['en', 'ru'].filter(() => reason !== null)) {
      const words = JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8'))[`no-grain.${reason}`];
      assert.ok(words, `no-grain.${reason}`);
      const card = readFileSync(join(root, `docs/methods/${id}.${language}.md`), 'utf8');
      assert.ok(card.includes(words), `docs/methods/${id}.${language}.md does not say: ${words}`);
    }
  }
});

test('every grain is worded, and a case shows that less of it is refused', () => {
  const catalogue = JSON.parse(readFileSync(join(root, 'i18n/en.json'), 'utf8'));
  for (const { id, grain } of analyses) {
    const folder = join(root, 'tests/case', id);
    const cases = readdirSync(folder).filter((name) => name.endsWith('.case')).map((name) => readFileSync(join(folder, name), 'utf8'));
    const says = cases.filter((text) => /^\[exit\]\n3$/m.test(text)).map((text) => text.split('[says]\n')[1]?.split('\n\n')[0] ?? '');
    for (const { of, least } of grain) {
      const words = catalogue[`grain.${of}`];
      assert.ok(words, `grain.${of}`);
      assert.ok(least > 0);
      assert.ok(says.some((text) => text.includes(words) && text.includes('needed')), `${id}: no case is refused for ${of}`);
    }
  }
});
