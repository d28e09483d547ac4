/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever reads how likely an industry is to come reads beside it how well density tells that, and how well one does without.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { accessible, fits, stage } from '../support/browser.mjs';
import { root } from '../support/okrug.mjs';

const world = readFileSync(join(root, 'tests/case/opportunities/two_periods.csv'), 'utf8');
const story = stage({
  study: 'study.yaml',
  files: {
    'world.csv': world,
    'last.csv': world.split('\n').filter((line) => !line.includes(',2010,')).join('\n'),
    'study.yaml': `study: entry
title: {en: Entry, ru: Входы}
datasets:
  - {id: world, kind: values, file: world.csv}
  - {id: last, kind: values, file: last.csv}
steps:
  - {id: two-dates, run: opportunities, input: "#world", presence: value}
  - {id: one-date, run: opportunities, input: "#last", presence: value}
`,
  },
});

const words = {
  en: { lang: 'en', size: 'desktop', mark: '.', says: /^What entry_probability is worth/, no: /Density tells them no better/ },
  ru: { lang: 'ru', size: 'narrow', mark: ',', says: /^Чего стоит entry_probability/, no: /входы видны не лучше/ },
};

for (const { lang, size, mark, says, no } of Object.values(words)) {
  story(`both scores stand above the probabilities: ${lang}, ${size}`, { lang, size, path: '?result=two-dates' }, async (page, { origin }) => {
    const { columns } = await (await page.request.get(`${origin}/api/v1/datasets/two-dates/tables/model`)).json();
    const of = (name) => columns.find((column) => column.name === name).values;
    const outcome = page.locator('#outcome');
    await outcome.locator('.scores').waitFor();
    const text = (await outcome.locator('.scores').innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, says);
    assert.match(text, no, 'in this world the baseline is better');
    for (const model of ['density', 'baseline']) {
      for (const score of ['auc', 'auc_held_out']) {
        const value = of(score)[of('model').indexOf(model)];
        assert.ok(text.includes(value.toFixed(3).replace('.', mark)), `${model} ${score} ${value}: ${text}`);
      }
    }
    await outcome.locator('.part tbody tr').first().waitFor();
    const above = await page.evaluate(() => document.querySelector('#outcome .scores').compareDocumentPosition(document.querySelector('#outcome .part table')));
    assert.equal(above & 4, 4, 'the table comes after it');
    await accessible(page, 'the scores');
    await fits(page, 'no wider than the window');
  });
}

story('without a probability there are no scores', { path: '?result=one-date' }, async (page) => {
  await page.locator('#outcome .part tbody tr').first().waitFor();
  assert.equal(await page.locator('#outcome .scores').count(), 0);
});
