/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tutorial of clusters says what happens: its commands are run as they stand there.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { folder, parseTable, program } from '../support/okrug.mjs';
import { unzip } from '../support/zip.mjs';

const blocks = (language) => [...readFileSync(new URL(`../../docs/tutorial/clusters.${language}.md`, import.meta.url), 'utf8')
  .matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text);

test('the commands of both languages are the same', () => assert.deepEqual(blocks('ru'), blocks('en')));

test('every command of the tutorial does what it says', { timeout: 300000 }, (t) => {
  const cwd = folder(t, {});
  const said = {};
  cpSync(fileURLToPath(new URL('../../examples/kaluga', import.meta.url)), join(cwd, 'kaluga'), { recursive: true }); // as step 6 says
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
  const words = unzip(readFileSync(join(cwd, 'application.docx'))).files['word/document.xml'].replace(/<\/w:tc>/g, '|').replace(/<[^>]+>/g, '');
  assert.match(words, /by the concordance “sections”/);
  assert.doesNotMatch(words, /Not covered|No sales remain|There is no band|not computed/i);
  const sum = (title) => {
    const row = /^All\|(.*)$/m.exec(words.slice(words.lastIndexOf(title)))[1];
    return row.split('|').slice(0, 4).map((cell) => Number(cell.replace(/[ ,\u00a0]/g, '')));
  };
  for (const title of ['Output and value added that sales outside', 'People in the region whom sales outside']) {
    const [own, central, low, high] = sum(title);
    assert.ok(own > 0 && own < low && low < central && central < high, `${title}: ${own}, ${central} of ${low} to ${high}`);
  }
  assert.match(words, /^Manufacturing\|/m, 'industries by their names');
});
