/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --columns with every analysis: half of the columns of each table at a time, with a case of that analysis, are what
 * they are in the whole result, and the keys stand beside them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readCase } from '../support/case.mjs';
import { folder, okrugDone, parseTable } from '../support/okrug.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { analyses } = JSON.parse((await okrugDone(['analyses', '--json'])).stdout);

/* Cases of one command that succeeds. */
function casesOf(id) {
  return readdirSync(here, { recursive: true }).filter((name) => name.endsWith('.case')).sort()
    .map((name) => readCase(readFileSync(join(here, name), 'utf8'), join(here, dirname(name))))
    .filter((wants) => !wants.skip && wants.exit === 0 && wants.commands.length === 1 && wants.commands[0][0] === 'run' && wants.commands[0][1] === id &&
      !wants.commands[0].some((word) => word.startsWith('--vary') || word === '-o' || word.includes('$')));
}

const readTable = (cwd, out, name) => parseTable(readFileSync(join(cwd, out, `${name}.csv`), 'utf8'));
const reasonsOf = (reason, names) => reason.split(';').filter((one) => names.includes(one.slice(0, one.indexOf(':')))).join(';');

for (const { id, outputs } of analyses) {
  test(id, async (t) => {
    const [wants] = casesOf(id);
    if (!wants) {
      t.skip('no case of one command that needs no shared data');
      return;
    }
    const cwd = folder(t);
    for (const [name, text] of wants.files) {
      writeFileSync(join(cwd, name), text);
    }
    await okrugDone([...wants.commands[0], '-o', 'all'], { cwd });
    const made = outputs.filter(({ table }) => readdirSync(join(cwd, 'all')).includes(`${table}.csv`));
    assert.ok(made.length > 0);
    for (const half of [0, 1]) {
      const out = `half-${half}`;
      const asked = Object.fromEntries(made.map(({ table, columns }) => [table, columns.filter((_, i) => i % 2 === half).map(({ name }) => name)]));
      const names = Object.entries(asked).flatMap(([table, columns]) => columns.map((name) => `${table}.${name}`));
      await okrugDone([...wants.commands[0], '--columns', names.join(','), '-o', out], { cwd });
      for (const { table, columns } of made.filter(({ table }) => asked[table].length > 0)) {
        const some = readTable(cwd, out, table), whole = readTable(cwd, 'all', table);
        const kept = columns.filter(({ name, formula }, i) => i === 0 || formula === null || asked[table].includes(name)).map(({ name }) => name);
        assert.deepEqual(some.columns.filter((name) => name !== 'reason'), kept, table);
        assert.deepEqual(some.rows.map((row) => kept.map((name) => row[name])), whole.rows.map((row) => kept.map((name) => row[name])), table);
        assert.deepEqual(some.rows.map(({ reason }) => reason ?? ''), whole.rows.map(({ reason }) => reasonsOf(reason ?? '', kept)), table);
      }
    }
  });
}
