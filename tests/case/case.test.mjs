/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every tests/case/METHOD/NAME.case: see README.md beside this file.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readCase, runCase } from '../support/case.mjs';
import { folder } from '../support/okrug.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(here, { recursive: true }).filter((name) => name.endsWith('.case')).sort();

test('there are cases', () => assert.ok(names.length > 0));

for (const name of names) {
  test(name.slice(0, -5), async (t) => {
    const wants = readCase(readFileSync(join(here, name), 'utf8'), join(here, dirname(name)));
    if (wants.skip) {
      t.skip('shared data is not here (OKRUG_SHARED)');
      return;
    }
    const faults = await runCase(wants, folder(t));
    if (wants.knownFailure) {
      assert.notEqual(faults.length, 0, 'this known failure is no more: take its section out');
      t.todo(`known failure: ${wants.knownFailure}`);
      return;
    }
    assert.equal(faults.length, 0, `${wants.title}\n${faults.slice(0, 20).join('\n')}\n(${faults.length} differences)`);
  });
}
