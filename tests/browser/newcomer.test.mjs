/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newcomer's story: opens the page, reads the answer, switches the language, sees where a number comes from, and takes
 * a table home.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { accessible, stage } from '../support/browser.mjs';
import { parseTable } from '../support/okrug.mjs';

const story = stage();

async function downloaded(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

for (const size of ['desktop', 'phone']) {
  story(`a newcomer understands what the region is specialised in: ${size}`, { size }, async (page, { origin }) => {
    await page.getByRole('heading', { level: 1, name: 'Kaluga oblast' }).waitFor();
    const lead = await page.locator('.lead').innerText();
    assert.match(lead, /specialised in manufacturing: 1\.63 times the national share/);
    assert.equal(await page.title(), 'Kaluga oblast — okrug');

    /* Switches the language: everything changes, and the address says so. */
    await page.getByRole('button', { name: 'Рус' }).click();
    await page.getByRole('heading', { level: 1, name: 'Калужская область' }).waitFor();
    assert.match(await page.locator('.lead').innerText(), /обрабатывающие производства/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
    assert.equal(new URL(page.url()).searchParams.get('lang'), 'ru');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Калужская область' }).waitFor();
    await page.getByRole('button', { name: 'Eng — English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kaluga oblast' }).waitFor();

    /* Opens the number and sees formula, inputs and the hash of the file; the server agrees about the value. */
    await page.locator('.lead .number').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('.value').waitFor();
    assert.match(await drawer.innerText(), /1\.63[\s\S]*\(E_ri \/ e_r\)[\s\S]*regions_sectors_2018\.csv[\s\S]*SHA-256/);
    const { columns } = await (await page.request.get(`${origin}/api/v1/datasets/regional-quotients/tables/quotients`)).json();
    const of = (name) => columns.find((column) => column.name === name).values;
    const row = of('region').findIndex((region, i) => region === 'Калужская область' && of('industry')[i] === 'D');
    assert.ok((await drawer.innerText()).includes(String(of('lq')[row])), 'the full value is the served one');
    const link = page.url();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });

    /* The link leads back to the number; Back leads out of it. */
    await page.goto(link);
    await drawer.locator('.value').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    /* Takes a table home, for a program and for a spreadsheet. */
    const places = page.locator('#places');
    await places.getByRole('button', { name: 'Table' }).click();
    const plain = await downloaded(page, places.getByRole('button', { name: 'CSV (comma' }));
    assert.equal(plain.name, 'top.csv');
    const { rows } = parseTable(plain.text);
    assert.equal(rows.length, 26);
    assert.match(rows.find(({ name }) => name === 'Obninsk').section, /^Professional/);
    const excel = await downloaded(page, places.getByRole('button', { name: 'Russian Excel' }));
    assert.match(excel.text, /^\ufeffMunicipality;Section;LQ;/);
  });

  story(`a newcomer chooses a municipality and goes on to its neighbour: ${size}`, { size, lang: 'ru' }, async (page) => {
    const places = page.locator('#places');
    await places.locator('.list button').first().click();
    const detail = places.locator('.detail');
    await detail.waitFor();
    const name = await detail.locator('h3').innerText();
    await detail.locator('.chips button').first().click();
    assert.notEqual(await detail.locator('h3').innerText(), name);
    await accessible(page, 'a municipality');
    await page.goBack().catch(() => {});
  });
}

story('a region chosen on the grid shows its sections beside the own ones', { size: 'phone' }, async (page) => {
  const country = page.locator('#country');
  await country.getByLabel('Section').selectOption('E');
  await country.getByRole('button', { name: /^Tula Oblast\./ }).tap();
  await country.getByRole('heading', { name: 'Tula Oblast' }).waitFor();
  assert.match(await country.locator('.detail').innerText(), /place \d+ of 85/);
  assert.equal(await country.locator('.detail li').count(), 13);
  const query = new URL(page.url()).searchParams;
  assert.deepEqual([query.get('regions'), query.get('region')], ['lq.E', 'Тульская область']);
});
