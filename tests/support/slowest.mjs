/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reporter for node --test: the twenty files that took longest, in seconds, the slowest first.
 */
export default async function* slowest(events) {
  const seconds = new Map();
  for await (const { type, data } of events) {
    if (['test:pass', 'test:fail'].includes(type) && data.nesting === 0 && data.file) {
      seconds.set(data.file, (seconds.get(data.file) ?? 0) + data.details.duration_ms / 1000);
    }
  }
  for (const [file, taken] of [...seconds].sort((a, b) => b[1] - a[1]).slice(0, 20)) {
    yield `${taken.toFixed(1).padStart(7)} ${file.replace(`${process.cwd()}/`, '')}\n`;
  }
}
