/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The analyst's story: narrows the regions down, lays two maps beside each other, and hands the comparison on as a link.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { accessible, stage } from '../support/browser.mjs';
import { parseTable } from '../support/okrug.mjs';

const story = stage();
const query = (page) => new URL(page.url()).searchParams;

/* Spearman's coefficient of two columns, for distinct values: 1 - 6 sum d^2 / (n (n^2 - 1)). */
function spearman(rows) {
  const n = rows.length;
  const rank = (column) => new Map([...rows].sort((a, b) => b[column] - a[column]).map((row, i) => [row.code, i]));
  const [a, b] = [rank('left'), rank('right')];
  const squares = rows.reduce((sum, { code }) => sum + (a.get(code) - b.get(code)) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

for (const size of ['desktop', 'phone']) {
  story(`two maps point, choose and move as one: ${size}`, { size }, async (page) => {
    const compare = page.locator('#compare');
    const maps = compare.locator('.map > svg');
    await maps.nth(1).waitFor();
    const [left, right] = [maps.nth(0), maps.nth(1)];
    const boxes = [await left.boundingBox(), await right.boundingBox()];
    assert.equal(boxes[0].y < boxes[1].y - 100, size === 'phone', 'side by side on a desk, one under the other on a phone');

    await left.getByRole('button', { name: /^Tula Oblast\./ }).click();
    for (const map of [left, right]) {
      assert.equal(await map.locator('[aria-pressed=true]').getAttribute('aria-label').then((text) => text.split('.')[0]), 'Tula Oblast');
      assert.equal(await map.locator('.outline.chosen').count(), 1);
    }
    assert.match(await compare.locator('.words').innerText(), /Tula Oblast: Left 1\.53 \(place \d+ of 85\)/);
    if (size === 'desktop') {
      await right.getByRole('button', { name: /^Moscow\./ }).hover();
      assert.equal(await compare.locator('.tip').count(), 3, 'both maps and the plot say what is pointed at');
    }

    await compare.getByRole('button', { name: 'Closer' }).click();
    assert.equal(await left.getAttribute('viewBox'), await right.getAttribute('viewBox'));
    assert.match(query(page).get('zoom'), /^1\.6,/);
    await compare.getByRole('button', { name: 'Whole' }).click();
    assert.equal(query(page).get('zoom'), null);
  });

  story(`a comparison is a link, can be swapped, and is a table: ${size}`, { size }, async (page) => {
    const compare = page.locator('#compare');
    await compare.getByLabel('Right: Show').selectOption('share');
    await compare.getByLabel('Right: Section').selectOption('F');
    await compare.getByRole('button', { name: 'Swap' }).click();
    assert.deepEqual([query(page).get('left'), query(page).get('right')], ['share.F', 'lq.D']);
    const words = await compare.locator('.words').innerText();
    const dots = await compare.locator('.dot').count();
    assert.equal(dots, 85);
    await page.reload();
    await compare.locator('.words').waitFor();
    assert.equal(await compare.locator('.words').innerText(), words);

    await compare.getByRole('button', { name: 'Table', exact: true }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), compare.getByRole('button', { name: 'CSV (comma' }).click()]);
    const rows = parseTable(readFileSync(await file.path(), 'utf8')).rows.map((row) => ({ ...row, left: Number(row.left), right: Number(row.right) }));
    assert.equal(rows.length, 85);
    const shown = Number((await compare.locator('.rho b').innerText()).replace('−', '-'));
    assert.ok(Math.abs(shown - spearman(rows)) < 0.006, `${shown} is shown, ${spearman(rows)} follows from the table`);

    /* A share is the page's own arithmetic: the drawer shows both numbers, and they give it. */
    await compare.locator('tbody tr', { hasText: 'Kaluga Oblast' }).locator('.number').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('.value').waitFor();
    const [, part, whole, share] = /([\d.]+) \/ ([\d.]+) = ([\d.]+)/.exec(await drawer.innerText());
    assert.equal(Number(part) / Number(whole), Number(share));
    assert.equal(Number(share), rows.find(({ name }) => name === 'Kaluga Oblast').left);
  });

  story(`municipalities by two sections, where gaps of the source decide: ${size}`, { size, lang: 'ru', scheme: 'dark' }, async (page) => {
    const compare = page.locator('#compare');
    await compare.getByRole('button', { name: /^Муниципалитеты/ }).click();
    await compare.getByLabel('Справа: Раздел').selectOption('E');
    await compare.getByText('неустойчиво').first().waitFor();
    assert.ok(await compare.locator('.over[fill*=unstable]').count() > 0, 'crossed lines lie over the colours');
    await compare.getByLabel('Слева: Показать').selectOption('share');
    await compare.getByLabel('Справа: Показать').selectOption('share');
    const classes = () => compare.locator('.legend').allInnerTexts();
    const counts = (text) => text.replaceAll(/·.*/g, '');
    const own = (await classes()).map(counts);
    assert.notEqual(own[0], own[1]);
    await compare.getByRole('button', { name: 'Классы общие' }).click();
    const bounds = (await classes()).map((text) => text.match(/[\d,]+\s*%/g)?.join());
    assert.ok(bounds[0] && bounds[0] === bounds[1], `the same classes: ${bounds}`);
    await accessible(page, 'the comparison');
  });
}

story('what is chosen in the comparison, or comes with a link, does not move the page', { size: 'phone', path: 'region=Тульская область&place=29701000' }, async (page) => {
  const compare = page.locator('#compare');
  await compare.locator('.map svg').first().waitFor();
  assert.equal(await page.evaluate(() => window.scrollY), 0, 'a link opens at the top');
  await compare.getByRole('button', { name: '26 municipalities' }).click();
  const area = compare.locator('.map svg').first().getByRole('button', { name: /^Obninsk/ });
  await area.scrollIntoViewIfNeeded();
  const before = (await area.boundingBox()).y;
  await area.tap();
  assert.equal(query(page).get('place'), '29715000');
  await page.locator('#places .detail h3', { hasText: 'Obninsk' }).waitFor();
  await page.waitForTimeout(300);
  /* The panel far above has grown or shrunk; what the reader looks at stays about where it is. */
  assert.ok(Math.abs((await area.boundingBox()).y - before) < 200, `from ${before} to ${(await area.boundingBox()).y}`);
});

story('the regions are found by the beginning of a word, in either language', {}, async (page) => {
  const country = page.locator('#country');
  const names = () => country.locator('.list .name').allInnerTexts();
  await country.getByLabel('Find a region').fill('kal');
  assert.deepEqual((await names()).sort(), ['Kaliningrad Oblast', 'Kaluga Oblast', 'Republic of Kalmykia']);
  assert.equal(await country.getByRole('status').innerText(), '3 of 85 regions');
  assert.equal(await country.locator('.area.pale').count(), 82);
  await country.getByLabel('Find a region').fill('орловская');
  assert.deepEqual(await names(), ['Oryol Oblast']);
  assert.equal(query(page).get('filter'), 'орловская');
  await country.getByLabel('Find a region').fill('nowhere');
  assert.deepEqual(await names(), []);
  assert.equal(await country.getByRole('status').innerText(), '0 of 85 regions');
});

/* Tab until the wanted thing has the focus; so many stops at most. */
async function tabTo(page, what, key = 'Tab', most = 260) {
  for (let i = 0; i < most; i += 1) {
    if (await what.evaluateAll((nodes) => nodes.includes(document.activeElement))) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not come to ${what}`);
}

story('all of it with the keyboard alone', {}, async (page) => {
  const [country, compare] = [page.locator('#country'), page.locator('#compare')];
  await country.locator('.list li').first().waitFor();
  /* By the contents to the regions, there to the field, and from the list to a region. */
  await tabTo(page, page.locator('nav.wide a', { hasText: 'All regions' }));
  await page.keyboard.press('Enter');
  await tabTo(page, country.getByLabel('Find a region'));
  await page.keyboard.type('oryol');
  await tabTo(page, country.locator('.list li button'));
  await page.keyboard.press('Enter');
  await country.getByRole('heading', { name: 'Oryol Oblast' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), 'Oryol Oblast', 'the focus goes along with the choice');
  assert.equal(query(page).get('region'), 'Орловская область');
  await tabTo(page, country.locator('.back'), 'Shift+Tab', 3);
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'Regions in order', 'and back');
  await tabTo(page, country.locator('.list li button'));
  await page.keyboard.press('Enter');
  /* The comparison has the region already. Another measure on the left, by typing in the list. */
  await tabTo(page, compare.getByLabel('Left: Show'));
  await page.keyboard.type('Krug');
  assert.equal(query(page).get('left'), 'krugman');
  await tabTo(page, compare.locator('.map svg').first().locator('[tabindex="0"]'));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label').split('.')[0]), 'Oryol Oblast');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  assert.equal(query(page).get('region'), 'Калужская область');
  await tabTo(page, compare.locator('.scatter [tabindex="0"]'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  assert.notEqual(query(page).get('region'), 'Калужская область');
  /* And a number of the comparison down to its files. */
  await tabTo(page, compare.locator('.words .number'));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').locator('.value').waitFor();
  assert.match(await page.getByRole('dialog').innerText(), /SHA-256/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(await compare.locator('.words .number').evaluateAll((nodes) => nodes.includes(document.activeElement)));
});
