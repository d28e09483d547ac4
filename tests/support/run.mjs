/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node tests/support/run.mjs FILES-AT-ONCE SLOWEST FILE...: runs test files, each in a process of its own, tells of them as
 * node --test does, and writes to SLOWEST the twenty that took longest, in seconds. The order is ours, as node --test has
 * none but the alphabet: the browser's, which are long and busy, in turn with those that mostly wait for a server; short
 * ones last, so that no processor waits for one long file at the end.
 */
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { dot } from 'node:test/reporters';

const [atOnce, slowest, ...files] = process.argv.slice(2);
const within = (folder) => files.filter((file) => file.startsWith(folder));

const http = within('tests/http/');
const browser = within('tests/browser/');
const beside = Array.from({ length: Math.max(http.length, browser.length) }, (_, i) => [browser[i], http[i]]).flat();
const ordered = [...new Set([...beside, ...within('tests/cli/'), ...files])].filter((file) => file !== undefined).map((file) => resolve(file));

if (files.length === 0) {
  throw new Error('which files?');
}

const seconds = new Map();
const tests = run({ files: ordered, concurrency: Number(atOnce) });
function count({ nesting, file, details }) {
  if (nesting === 0 && file) {
    seconds.set(file, (seconds.get(file) ?? 0) + details.duration_ms / 1000);
  }
}
tests.on('test:pass', count);
tests.on('test:fail', (failed) => {
  count(failed);
  process.exitCode = 1;
});
tests.on('end', () => {
  const lines = [...seconds].sort((a, b) => b[1] - a[1]).slice(0, 20)
    .map(([file, taken]) => `${taken.toFixed(1).padStart(7)} ${relative('.', file)}\n`);
  writeFileSync(slowest, lines.join(''));
});
tests.compose(dot).pipe(process.stdout);
