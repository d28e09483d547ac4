/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The analyst leaves with the report, and with the picture that is on the screen.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { accessible, stage } from '../support/browser.mjs';
import { start } from '../support/okrug.mjs';
import { sheetsOf } from '../support/zip.mjs';

const story = stage();

async function textOf(pdf, cwd) {
  writeFileSync(join(cwd, 'report.pdf'), pdf);
  const { code, stdout, stderr } = await start('pdftotext', ['report.pdf', '-'], { cwd }).finished;
  assert.equal(code, 0, stderr);
  return stdout;
}

story('the report as PDF, in the language of the page, by keyboard alone', { lang: 'ru' }, async (page, { cwd }) => {
  const report = page.getByRole('form', { name: 'Отчёт' });
  await report.waitFor();
  await accessible(page, 'the page with its report');
  /* All that is said while it is made, however short the time. */
  await page.evaluate(() => {
    window.told = [];
    const status = document.querySelector('form.report [role=status]');
    new MutationObserver(() => window.told.push(status.textContent.trim())).observe(status, { childList: true, subtree: true, characterData: true });
  });
  await report.getByLabel('Формат').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(file.suggestedFilename(), 'kaluga-report-ru.pdf');
  const bytes = readFileSync(await file.path());
  assert.equal(bytes.toString('latin1', 0, 5), '%PDF-');
  const text = await textOf(bytes, cwd);
  assert.match(text, /Калужская область/);
  assert.match(text, /Расчёт okrug [\d.]+, \d\d\.\d\d\.20\d\d/, 'it bears the day');
  await report.getByText('Файл kaluga-report-ru.pdf скачан.').waitFor();
  assert.deepEqual((await page.evaluate(() => window.told)).filter(Boolean), ['Отчёт готовится…', 'Файл kaluga-report-ru.pdf скачан.']);
  await accessible(page, 'the page whose report is there');
});

story('a workbook and a web page, in the other language, on a phone', { size: 'phone', lang: 'ru' }, async (page) => {
  const report = page.getByRole('form', { name: 'Отчёт' });
  await report.waitFor();
  await report.getByLabel('Язык').selectOption('en');
  await report.getByLabel('Формат').selectOption('xlsx');
  const [book] = await Promise.all([page.waitForEvent('download'), report.getByRole('button').tap()]);
  assert.equal(book.suggestedFilename(), 'kaluga-report-en.xlsx');
  assert.equal(Object.keys(sheetsOf(readFileSync(await book.path())))[0], 'Answer');
  await report.getByLabel('Формат').selectOption('html');
  const [html] = await Promise.all([page.waitForEvent('download'), report.getByRole('button').tap()]);
  assert.equal(html.suggestedFilename(), 'kaluga-report-en.html');
  assert.match(readFileSync(await html.path(), 'utf8'), /<html lang="en">[^]*Kaluga oblast/);
  await accessible(page, 'the report on a phone');
});

story('what went wrong is said, and the next try may do', { allow: /ERR_CONNECTION_REFUSED/ }, async (page, { server, restart }) => {
  const report = page.getByRole('form', { name: 'Report' });
  await report.waitFor();
  await server.stop('SIGKILL');
  await report.getByRole('button').click();
  await report.getByRole('alert').getByText('The report could not be made').waitFor();
  await accessible(page, 'the report that could not be made');
  await restart();
  const [file] = await Promise.all([page.waitForEvent('download'), report.getByRole('button').click()]);
  assert.equal(file.suggestedFilename(), 'kaluga-report-en.pdf');
  assert.equal(await report.getByRole('alert').count(), 0);
});

for (const size of ['desktop', 'phone']) {
  story(`a map is taken away as a picture with its title and legend: ${size}`, { size, lang: 'ru', scheme: 'dark' }, async (page) => {
    const country = page.locator('#country');
    await country.locator('.map > svg').waitFor();
    const take = (format) => Promise.all([page.waitForEvent('download'), country.getByRole('button', { name: format, exact: true }).click()]);
    const [svg] = await take('SVG');
    assert.equal(svg.suggestedFilename(), 'regions.svg');
    const text = readFileSync(await svg.path(), 'utf8');
    const about = await page.evaluate((source) => {
      const drawn = new DOMParser().parseFromString(source, 'image/svg+xml');
      return { root: drawn.documentElement.nodeName, fault: drawn.querySelector('parsererror')?.textContent,
        texts: [...drawn.querySelectorAll('text')].map((one) => one.textContent),
        fills: new Set([...drawn.querySelectorAll('path')].map((one) => one.getAttribute('fill'))).size };
    }, text);
    assert.deepEqual([about.root, about.fault], ['svg', undefined]);
    assert.doesNotMatch(text, /var\(|class=|undefined|NaN|tabindex/);
    assert.ok(about.fills > 4, `${about.fills} colours`);
    const told = about.texts.join(' ').replace(/\s+/g, ' ');
    const seen = async (what) => (await country.locator(what).first().innerText()).replace(/\s+/g, ' ').trim();
    assert.ok(told.includes(await seen('.picture h3')), told);
    assert.match(told, /меньше 0,5 · \d+ /, 'the legend, with how many');
    assert.match(told, /Источник/);
    const [png] = await take('PNG');
    const bytes = readFileSync(await png.path());
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.equal(bytes.readUInt32BE(16), 3 * Number(/ width="(\d+)"/.exec(/<svg [^>]*>/.exec(text)[0])[1]));
    await accessible(page, 'the map that was taken away');
  });
}
