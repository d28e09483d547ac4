/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page stays small. Whoever goes over the budget takes something out, or says in the commit why the page is worth more.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageSize } from '../support/size.mjs';

/* `later`: all that comes when somebody is there who wants to do more than read, or where there are firms and clusters to look at:
 * each part by itself, none of them before the page is drawn. */
const budget = { script: 110_000, style: 9_000, fonts: 160_000, later: 150_000 };

test('script, style and fonts are within their budget', (t) => {
  const size = pageSize();
  t.diagnostic(`bytes after gzip: ${JSON.stringify(size)}`);
  for (const [kind, bytes] of Object.entries(size)) {
    assert.ok(bytes > 1000, `${kind}: ${bytes} bytes cannot be the page`);
    assert.ok(bytes <= budget[kind], `${kind}: ${bytes} bytes, ${budget[kind]} are allowed`);
  }
});
