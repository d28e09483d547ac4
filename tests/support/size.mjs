/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much the page is: what a browser has to fetch before it can draw anything, as bytes compressed by gzip.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { program } from './okrug.mjs';

/* {script, style, fonts} in bytes; fonts are compressed as they are. */
export function pageSize(folder = join(dirname(program), 'share/okrug/web')) {
  const size = { script: 0, style: 0, fonts: 0 };
  for (const name of readdirSync(folder, { recursive: true })) {
    const kind = { js: 'script', css: 'style', woff2: 'fonts' }[name.split('.').at(-1)];
    if (kind) {
      const bytes = readFileSync(join(folder, name));
      size[kind] += kind === 'fonts' ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    }
  }
  return size;
}
