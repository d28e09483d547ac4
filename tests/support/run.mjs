/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node tests/support/run.mjs FILES-AT-ONCE SLOWEST FILE...: runs test files, each in a process of its own, tells of them as
 * node --test does, and writes to SLOWEST the twenty that took longest, in seconds. The order is ours, as node --test has
 * none but the alphabet: first those that mostly wait for a server, then the browser's, so that at the end no processor
 * waits for one long file.
 */
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { dot } from 'node:test/reporters';

const first = ['tests/http/', 'tests/browser/', 'tests/cli/'];
const [atOnce, slowest, ...files] = process.argv.slice(2);

const rank = (file) => {
  const at = first.findIndex((folder) => file.startsWith(folder));
  return at < 0 ? first.length : at;
};
const ordered = files.toSorted((a, b) => rank(a) - rank(b)).map((file) => resolve(file));

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
