/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counties of the United States against the published traded clusters: the command of the method card gives the figures
 * that the card tells, and every industry has its reasons.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, needsShared, okrugDone, parseCsv, root, shared } from '../support/okrug.mjs';

/* The first row of the card's table, and the command before it. */
const card = readFileSync(join(root, 'docs/methods/cluster-definitions.en.md'), 'utf8');
const command = /okrug (run cluster-definitions counties\.csv[^`]*)```/.exec(card)[1].replaceAll('\\\n', ' ').trim().split(/\s+/);
const told = /^ *\| \(as above\) \|(.*)\|$/m.exec(card)[1].split('|').map((cell) => Number(cell.trim()));

/* Whoever was moved names where from, whatever came of it; `moved` says so of those that belong where they are now. */
function movesAgree(members, moved) {
  const told = members.filter(({ moved_from: from }) => from !== '');
  assert.equal(told.length, moved);
  for (const { why, moved_from: from, cluster } of members) {
    assert.notEqual(from, cluster);
    assert.ok(why !== 'core' || from === '');
    assert.ok(why !== 'moved' || from !== '');
  }
  return told;
}

function rowsOf(file) {
  const [header, ...rows] = parseCsv(readFileSync(file, 'utf8'));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

test('traded clusters of the United States', needsShared, async (t) => {
  const packed = join(shared, 'us_qcew_2016/qcew2016q1_county_state_naics6_private.csv.xz');
  const lines = execFileSync('xz', ['-dc', packed], { encoding: 'utf8', maxBuffer: 2 ** 30 }).split('\n');
  const counties = lines.filter((line, i) => i === 0 || !['000', '999'].includes(line.slice(2, 5))).join('\n');
  const naics = readFileSync(join(shared, 'us_clusters_porter/naics2012_to_porter_cluster.csv'), 'utf8');
  const cwd = folder(t, { 'counties.csv': counties, 'naics.csv': naics });
  await okrugDone([...command, '-o', 'out'], { cwd });
  const summary = Object.fromEntries(rowsOf(join(cwd, 'out/summary.csv')).map(({ statistic, value }) => [statistic, Number(value)]));
  const comparison = Object.fromEntries(rowsOf(join(cwd, 'out/comparison.csv')).map((row) => [row.partition, row]));
  const { found, random } = comparison;
  const figures = [summary.industries, summary.clusters, summary.score, summary['random-score'], summary.moved, Number(found.adjusted_rand),
    Number(found.nmi), Number(random.nmi)];
  /* Ties of k-means may fall otherwise on another kind of processor. */
  const within = [0, 8, 0.05, 0.05, 100, 0.03, 0.06, 0.06];
  figures.forEach((figure, i) => assert.ok(Math.abs(figure - told[i]) <= within[i], `${figure} where the card tells ${told[i]}`));
  const members = rowsOf(join(cwd, 'out/members.csv'));
  assert.equal(members.length, summary.industries);
  movesAgree(members, summary.moved);
  const marginal = members.filter(({ why, own_score: own, best_other_score: other }) => {
    assert.equal(why === 'marginal', own !== '' && Number(own) < Number(other));
    return why === 'marginal';
  });
  assert.equal(marginal.length, summary.marginal);
});

test('moves are told in full, also of clusters that all left', async (t) => {
  let state = 8;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const rows = Array.from({ length: 12 * 80 }, (_, k) => `R${k % 12},${10 + Math.floor(k / 12)},${Math.round(1000 * next() ** 3)}`);
  const cwd = folder(t, { 'jobs.csv': `region,industry,value\n${rows.join('\n')}\n` });
  await okrugDone(['run', 'cluster-definitions', 'jobs.csv', '--unit', 'person', '--least-groups', '30', '--most-groups', '40',
    '--by', 'k-means', '--permutations', '0', '--seeds', '2', '-o', 'out'], { cwd });
  const summary = Object.fromEntries(rowsOf(join(cwd, 'out/summary.csv')).map(({ statistic, value }) => [statistic, Number(value)]));
  const told = movesAgree(rowsOf(join(cwd, 'out/members.csv')), summary.moved);
  assert.ok(told.some(({ moved_from: from }) => from === 'emptied'), 'this table empties a cluster');
});
