/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tutorial of clusters says what happens: its commands are run as they stand there.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { folder, parseTable, program } from '../support/okrug.mjs';

const blocks = (language) => [...readFileSync(new URL(`../../docs/tutorial/clusters.${language}.md`, import.meta.url), 'utf8')
  .matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text);

test('the commands of both languages are the same', () => assert.deepEqual(blocks('ru'), blocks('en')));

test('every command of the tutorial does what it says', { timeout: 300000 }, (t) => {
  const cwd = folder(t, {});
  const said = {};
  for (const block of blocks('en')) {
    if (block.startsWith('candidate,')) {
      writeFileSync(join(cwd, 'candidates.csv'), block);
      continue;
    }
    for (const line of block.trim().split('\n').filter((command) => !command.startsWith('okrug serve'))) {
      said[line.split(' ').slice(0, 3).join(' ')] = execFileSync('bash', ['-ec', line], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` } });
    }
  }
  assert.equal(parseTable(said['okrug run duplicates']).rows.length, 0);
  const changes = parseTable(said['okrug run repair']).rows;
  assert.deepEqual(changes.map(({ candidate }) => candidate).sort(), ['fund', 'technopark', 'test-centre']);
  assert.equal(changes.reduce((sum, { cost }) => sum + Number(cost), 0), 11000000);
  assert.ok(parseTable(said['okrug run support']).rows.length > 0 && parseTable(said['okrug run scouting']).rows.length > 0);
  assert.match(readFileSync(join(cwd, 'found.csv'), 'utf8'), /^cluster,region,/);
  const names = parseTable(readFileSync(join(cwd, 'found.csv'), 'utf8')).rows.map(({ name }) => name);
  assert.ok(names.length > 20 && names.every((name) => /^[А-Я]/.test(name)), 'clusters are called by words, not by codes');
  assert.ok(existsSync(join(cwd, 'application.docx')));
});
