/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every tests/case/METHOD/NAME.case: see README.md beside this file.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readCase, runCase, verdict } from '../support/case.mjs';
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
    const wrong = verdict(wants, await runCase(wants, folder(t)));
    assert.ok(wrong === null, wrong);
    if (wants.knownFailure) {
      t.todo(`known failure: ${wants.knownFailure}`);
    }
  });
}
