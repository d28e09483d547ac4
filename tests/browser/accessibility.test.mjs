/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * axe-core finds nothing on any view of the page, in both languages, both colour schemes, on a phone and on a desk; nor
 * where boundaries are drawn, where there is no study, and where the server is gone.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { accessible, importBoundaries, stage } from '../support/browser.mjs';
import { needsShared } from '../support/okrug.mjs';

const words = {
  en: { table: 'Table', places: '26 municipalities' },
  ru: { table: 'Таблица', places: 'Муниципалитеты (26)' },
};

/* Any two of size, colours and language meet here; a fault that needs all three at once has not been seen yet. */
const pairs = [['desktop', 'light', 'en'], ['desktop', 'dark', 'ru'], ['phone', 'light', 'ru'], ['phone', 'dark', 'en']];

describe('the study of Kaluga', () => {
  const story = stage();
  for (const [size, scheme, lang] of pairs) {
    story(`every view: ${size}, ${scheme}, ${lang}`, { size, scheme, lang }, async (page) => {
      await page.waitForSelector('#data');
      await accessible(page, 'as it opens');

      await page.locator('#places .list button').first().click();
      await page.locator('#country .list li button').nth(3).click();
      await page.locator('#compare').getByRole('button', { name: words[lang].places }).click();
      await page.locator('#places select').first().selectOption('lq');
      await page.locator('#country select').first().selectOption('product');
      await accessible(page, 'a municipality, a region, the municipalities compared');

      for (const button of await page.getByRole('button', { name: words[lang].table, exact: true }).all()) {
        await button.click();
      }
      await accessible(page, 'tables');

      await page.locator('#analyses .list button').first().click();
      await page.locator('#analyses form').waitFor();
      await page.locator('#analyses .outcome select').first().selectOption('regional-quotients');
      await page.locator('#analyses .part table').waitFor();
      await accessible(page, 'a form and a result');

      await page.locator('#country .detail .number').first().click();
      await page.waitForSelector('dialog .value');
      await accessible(page, 'the drawer');
    });
  }

  story('other measures of the municipalities', {}, async (page) => {
    for (const result of ['lq', 'share', 'krugman', 'herfindahl', 'employees']) {
      await page.locator('#places select').first().selectOption(result);
      await accessible(page, result);
    }
  });

  story('a number that is not there', { path: '#d=nothing&t=x&c=lq' }, async (page) => {
    await page.locator('dialog').getByText('There is no such number').waitFor();
    await accessible(page, 'unknown number');
  });

  story('a server that is gone', { allow: /Failed to load resource/ }, async (page, { context }) => {
    await page.waitForSelector('#data');
    await context.route('**/api/**', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').waitFor();
    await accessible(page, 'fault');
  });
});

describe('a workspace without a study', () => {
  const story = stage({ study: false });
  story('says so', { allow: /404/ }, async (page) => {
    await page.getByText('no study in this workspace yet').waitFor();
    await page.locator('#data').waitFor();
    assert.deepEqual(await page.locator('.block').evaluateAll((parts) => parts.map((part) => part.id)), ['import', 'analyses', 'data']);
    await accessible(page, 'no study');
  });
});

describe('a study that does not say where its regions are', () => {
  const story = stage({
    study: 'study.yaml',
    files: {
      'jobs.csv': 'region,industry,period,value\n' + ['N', 'S', 'W', 'E'].flatMap((region, i) => ['farms', 'mills', 'shops'].flatMap((industry, k) =>
        ['2022', '2023'].map((period, p) => `${region},${industry},${period},${100 + ((i * i * 7 + k * 13 + p * 29) % 50) * 20}`))).join('\n') + '\n',
      'study.yaml': `study: four
title: {en: Four regions, ru: Четыре региона}
datasets:
  - {id: jobs, kind: values, file: jobs.csv, unit: person}
steps:
  - {id: quotients, run: location-quotient, input: "#jobs"}
page:
  region: N
  regional: {employment: jobs, quotients: quotients}
`,
    },
  });
  for (const size of ['desktop', 'phone']) {
    story(`shows them as a table, and two years beside each other: ${size}`, { size }, async (page) => {
      await page.locator('#country table').waitFor();
      assert.equal(await page.locator('.map').count(), 0);
      await page.getByLabel('Right: Show').selectOption('lq');
      await page.getByLabel('Right: Year').selectOption('2022');
      assert.equal(new URL(page.url()).searchParams.get('right').split('@')[1], '2022');
      assert.equal(await page.locator('#compare .dot').count(), 4);
      assert.match(await page.locator('#compare .words').innerText(), /4 territories/);
      await accessible(page, 'without a map');
    });
  }
});

describe('boundaries that were imported', needsShared, () => {
  const story = stage({ prepare: importBoundaries });
  for (const size of ['desktop', 'phone']) {
    story(`are drawn in place of the grid, all in one piece: ${size}`, { size, scheme: size === 'phone' ? 'dark' : 'light' }, async (page) => {
      await page.waitForSelector('#data');
      const map = page.locator('#country .map svg');
      assert.equal(await map.locator('.area').count(), 85);
      assert.equal(await page.getByText('Not in the boundaries').count(), 0, 'every region is found by its name');
      /* Chukotka lies on both sides of the 180° meridian: it is in the east of the map and not as wide as the map. */
      const whole = await map.boundingBox();
      const part = await map.getByRole('button', { name: /^Chukotka/ }).boundingBox();
      assert.ok(part.width < whole.width / 4, `${part.width} of ${whole.width}`);
      assert.ok(part.x > whole.x + whole.width / 2, 'in the east');
      const kaluga = await map.getByRole('button', { name: /^Kaluga Oblast/ }).boundingBox();
      assert.ok(kaluga.x < whole.x + whole.width / 4, 'Kaluga in the west');
      await accessible(page, 'boundaries');
    });
  }
});
