/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The careful reader's story: which answers hang on blank cells, which concentrations stand whatever they hold, whether
 * neighbours are alike, and where that is not known.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { accessible, stage } from '../support/browser.mjs';

/* A result of the server, row by row. */
async function table(page, origin, dataset, name) {
  const { rows, columns } = await (await page.request.get(`${origin}/api/v1/datasets/${dataset}/tables/${name}`)).json();
  return Array.from({ length: rows }, (_, i) => Object.fromEntries(columns.map((column) => [column.name, column.values[i]])));
}

describe('the study of Kaluga', () => {
  const story = stage();
  for (const size of ['desktop', 'phone']) {
    story(`the map says where blank cells decide, and what they can hold: ${size}`, { size, path: '?show=lq&section=E' }, async (page, { origin }) => {
      const places = page.locator('#places');
      await places.locator('.map svg').waitFor();
      const cells = (await table(page, origin, 'municipal-quotients', 'quotients')).filter((row) => row.industry === 'E');
      const open = cells.filter((row) => row.value !== null && row.stable === 'no' && row.flag !== 'small').length;
      const likely = cells.filter((row) => row.value !== null && row.stable === 'likely' && row.flag !== 'small' && (row.lo > 1 || row.hi < 1)).length;
      assert.ok(open > 0 && likely > 0, `${open} open, ${likely} likely`);
      assert.equal(await places.locator('.over[fill*=unstable]').count(), open);
      assert.equal(await places.locator('.over[fill*=likely]').count(), likely);
      assert.match(await places.locator('.legend').innerText(), new RegExp(`not stable: what the blank cells may hold can turn the answer\\s*${open}`));

      /* A blank cell shows its bounds, the same that the server has. */
      const blank = cells.find((row) => row.region === '29604000');
      assert.equal(blank.value, null);
      const label = await places.locator('.map').getByRole('button', { name: /^Baryatinsky/ }).getAttribute('aria-label');
      assert.match(label, new RegExp(`not published: zero or confidential\\. ${blank.value_least} to ${blank.value_most} persons`));
      assert.match(label, /open: above or below 1/);
      await places.locator('.map').getByRole('button', { name: /^Baryatinsky/ }).click();
      const row = places.locator('.detail li', { hasText: 'Water supply' });
      assert.match(await row.innerText(), new RegExp(`${blank.value_least} to ${blank.value_most} persons[\\s\\S]*open: above or below 1`));
      assert.match(await places.locator('.detail').innerText(), /sensitivity\s+range,\s+not\s+a\s+confidence\s+interval/);
      await accessible(page, 'a municipality with blank cells');

      /* In the table each end of each range opens, at its own value. */
      await places.getByRole('button', { name: 'Table', exact: true }).click();
      const line = places.locator('tbody tr', { hasText: 'Baryatinsky' });
      await line.locator('.number', { hasText: String(blank.value_most) }).click();
      await page.getByRole('dialog').locator('.value').waitFor();
      assert.match(await page.getByRole('dialog').innerText(), new RegExp(`Value, at most[\\s\\S]*${blank.value_most}`));
    });

    story(`concentrations that stand, are probable, are possible: ${size}`, { size, scheme: 'dark' }, async (page, { origin }) => {
      const part = page.locator('#concentrations');
      await part.locator('.map svg').waitFor();
      const rows = await table(page, origin, 'municipal-concentrations', 'screening');
      const count = (...words) => rows.filter((row) => words.includes(row.stable)).length;
      const listed = () => part.locator('.sides > div:last-child li').count();
      assert.equal(await listed(), count('certain', 'likely'));
      assert.match(await part.innerText(), new RegExp(`${count('certain')} certain, ${count('likely')} likely`));
      await part.getByRole('button', { name: 'All possible' }).click();
      assert.equal(await listed(), rows.length);
      await accessible(page, 'all that are possible');
      await part.getByRole('button', { name: 'Certain', exact: true }).click();
      assert.equal(await listed(), count('certain'));
      assert.equal(await part.locator('.over').count(), 0, 'nothing doubtful is left on the map');
      /* Choosing here stays here. */
      await part.locator('.map').getByRole('button', { name: /^Ferzikovsky/ }).click();
      assert.equal(await part.locator('li.chosen').count(), 1);
      const box = await part.locator('.map svg').boundingBox();
      assert.ok(box.y < page.viewportSize().height && box.y + box.height > 0, 'the map that was touched is still in sight');
      await part.getByRole('button', { name: 'Table', exact: true }).click();
      assert.equal(await part.locator('tbody tr').count(), count('certain'));
      await accessible(page, 'the table of concentrations');
    });

    story(`whether neighbours are alike, in words and on the map: ${size}`, { size, lang: 'ru' }, async (page, { origin }) => {
      const part = page.locator('#space');
      await part.locator('.map svg').waitFor();
      const summary = await table(page, origin, 'wage-moran', 'summary');
      const newest = summary.find((row) => row.period === '2024');
      const written = (value, digits) => value.toFixed(digits).replace('.', ',');
      const words = await part.innerText();
      assert.match(words, /соседние муниципалитеты похожи/);
      assert.ok(words.includes(`I = ${written(newest.value, 2)}`) && words.includes(`p = ${written(newest.p_permutation, 4)}`), words);
      assert.match(words, /двусторонний критерий[\s\S]*9\s999 случайных[\s\S]*начальное число 1/);
      const areas = (await table(page, origin, 'wage-local', 'areas')).filter((row) => row.period === '2024');
      const found = areas.filter((row) => row.q !== null && row.q <= 0.05);
      assert.ok(found.length > 0 && found.every((row) => row.cluster === 'HH'));
      assert.equal(await part.locator('.area.d4').count(), found.length);
      assert.equal(await part.locator('.area.none').count(), areas.length - found.length);
      assert.match(words, /Росстат, БД ПМО/, 'sources speak Russian too');
      assert.doesNotMatch(words, /Rosstat|Derived/);
      await accessible(page, 'space');
      await part.getByRole('button', { name: 'Таблица' }).click();
      assert.equal(await part.locator('tbody tr').count(), 26);
      await part.locator('.words .number').first().click();
      await page.getByRole('dialog').locator('.value').waitFor();
      assert.match(await page.getByRole('dialog').innerText(), /contiguity\.csv/);
      await accessible(page, 'the origin of Moran’s I');
    });
  }
});

describe('a study in which there is nothing to be found', () => {
  const regions = ['1', '2', '3', '4', '5', '6'];
  const rows = (line) => regions.flatMap(line).join('\n');
  const story = stage({
    study: 'study.yaml',
    files: {
      'places.csv': `region,lat,lon\n${rows((region, i) => [`${region},${54 + (i % 2)},${35 + i}`])}\n`,
      'jobs.csv': `region,industry,value\n${rows((region) => ['A', 'B'].map((industry) => `${region},${industry},500`))}\n`,
      'totals.csv': `region,value\n${rows((region) => [`${region},1000`])}\n`,
      'wages.csv': `region,value\n${rows((region, i) => [`${region},${[5, 9, 6, 8, 7, 5.5][i]}`])}\n`,
      'near.csv': `a,b\n${rows((region, i) => [`${region},${regions[(i + 1) % 6]}`, `${region},${regions[(i + 5) % 6]}`])}\n`,
      'study.yaml': `study: nothing
title: Six places
datasets:
  - {id: places, kind: territories, file: places.csv}
  - {id: jobs, kind: values, file: jobs.csv, unit: person, source: One source for all}
  - {id: totals, kind: values, file: totals.csv, unit: person}
  - {id: wages, kind: values, file: wages.csv, unit: rub-per-month}
  - {id: near, kind: neighbours, file: near.csv}
steps:
  - {id: quotients, run: location-quotient, input: "#jobs", region-total: "#totals"}
  - {id: screen, run: concentrations, input: "#jobs", region-total: "#totals"}
  - {id: global, run: moran, input: "#wages", weights: "#near"}
  - {id: local, run: local-moran, input: "#wages", weights: "#near"}
page:
  territories: places
  municipal: {employment: jobs, total: totals, quotients: quotients, concentrations: screen}
  space: {values: wages, moran: global, local: local}
`,
    },
  });
  story('says so', {}, async (page) => {
    await page.locator('#space .map svg').waitFor();
    assert.match(await page.locator('#concentrations').innerText(), /None found: nothing is certain, and nothing likely/);
    assert.match(await page.locator('#space').innerText(), /It cannot be told[\s\S]*Nowhere that is sure/);
    assert.equal(await page.locator('#space .area.none').count(), 6);
    assert.match(await page.locator('#places .source').innerText(), /One source for all/);
    await accessible(page, 'nothing found');
  });
});
