/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours of real outlines beside those that spdep 1.2-7 finds (poly2nb, common corners only): every one of its links
 * is found. Where edges meet without a common corner, or cross, there are more.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { needsShared, okrugDone, shared } from '../../support/okrug.mjs';

/* Links of a GAL whose numbers count the records of `codes`. */
function links(file, codes) {
  const lines = readFileSync(join(shared, file), 'utf8').trim().split('\n');
  const found = new Set();
  for (let i = 1; i < lines.length; i++) {
    const [record, count] = lines[i].split(' ').map(Number);
    if (count > 0) {
      lines[++i].split(' ').forEach((other) => found.add(`${codes[record - 1]} ${codes[other - 1]}`));
    }
  }
  return found;
}

async function compare(file, key, gal, options, filled = () => true) {
  const bytes = readFileSync(join(shared, file));
  const { features } = JSON.parse(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  const codes = features.filter(filled).map(({ properties }) => String(properties[key]));
  const theirs = links(gal, codes);
  const { stdout } = await okrugDone(['run', 'weights', join(shared, file), '--map', `region=${key}`, '--format', 'csv', ...options]);
  const ours = new Set(stdout.trim().split('\n').slice(1).map((line) => line.split(',').slice(0, 2).join(' ')));
  assert.deepEqual([...theirs].filter((link) => !ours.has(link)), []);
  return [theirs.size, ours.size];
}

test('the municipalities of Kaluga oblast', needsShared, async () => {
  const gal = 'ru_kaluga_municipal/kaluga_queen.gal';
  for (const outlines of ['simplified.geojson', 'full.geojson.gz']) {
    const file = `ru_kaluga_municipal/kaluga_boundaries_${outlines}`;
    assert.deepEqual(await compare(file, 'oktmo8', gal, []), [116, 116]);
    assert.deepEqual(await compare(file, 'oktmo8', gal, ['--rule', 'rook']), [116, 116]);
  }
});

/* Seven pairs more: edges that cross, or meet within the snap, away from corners. */
test('the municipalities of Russia', needsShared, async () => {
  const sizes = await compare('ru_municipal_national/ru_municipalities_2024_simplified.geojson.gz', 'territory_id',
    'ru_municipal_national/ru_municipalities_queen_snap0.001.gal', ['--snap', '0.001'],
    ({ geometry }) => geometry !== null && geometry.coordinates.length > 0);
  assert.deepEqual(sizes, [13986, 14000]);
});
