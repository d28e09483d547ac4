/* SPDX-License-Identifier: GPL-3.0-or-later
 * The size of the page as one JSON line, in bytes after gzip. */
import { pageSize } from '../tests/support/size.mjs';

console.log(JSON.stringify({ name: 'page', ...pageSize() }));
