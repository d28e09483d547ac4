/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever uses the page without a mouse, on a small screen, with large letters or without movement reaches everything.
 */
import assert from 'node:assert/strict';

import { fits, stage } from '../support/browser.mjs';

const story = stage();
const opened = (page) => page.waitForSelector('#data');

for (const lang of ['en', 'ru']) {
  story(`nothing is wider than a window of 320 pixels: ${lang}`, { size: 'narrow', lang }, async (page) => {
    await opened(page);
    await fits(page, 'as it opens');
    for (const button of await page.locator('.switch button[aria-pressed=false]').all()) {
      await button.click();
    }
    await fits(page, 'tables');
    await page.locator('.answer .number').first().click();
    await page.waitForSelector('dialog .value');
    assert.equal(await page.evaluate(() => document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth), 0);
  });

  story(`letters twice as large fit a phone: ${lang}`, { size: 'phone', lang }, async (page) => {
    await opened(page);
    const before = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.lead')).fontSize));
    await page.evaluate(() => { document.documentElement.style.fontSize = '212.5%'; });
    await fits(page, 'large letters');
    assert.equal(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.note')).fontSize)) > before, true, 'letters did grow');
  });

  story(`what is touched on a phone is 44 pixels high and wide: ${lang}`, { size: 'phone', lang }, async (page) => {
    await opened(page);
    const small = () => {
      const inSentence = (node) => node.matches('.number:not(.lone)');
      return [...document.querySelectorAll('a, button, select, input, summary, [role=button]')].filter((node) => {
        const box = node.getBoundingClientRect();
        return box.width > 0 && !node.closest('svg') && !inSentence(node) && !node.matches('.skip') && (box.height < 43.5 || box.width < 43.5);
      }).map((node) => `${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 30)} ${Math.round(node.getBoundingClientRect().width)}x${Math.round(node.getBoundingClientRect().height)}`);
    };
    assert.deepEqual(await page.evaluate(small), [], 'as it opens');
    for (const button of await page.locator('.switch button[aria-pressed=false]').all()) {
      await button.click();
    }
    assert.deepEqual(await page.evaluate(small), [], 'tables');
    await page.locator('.answer .number').first().click();
    await page.waitForSelector('dialog .value');
    assert.deepEqual(await page.evaluate(small), [], 'drawer');
  });
}

story('the first key leads to a link past the header', {}, async (page) => {
  await opened(page);
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  assert.ok(await skip.evaluate((node) => node === document.activeElement));
  assert.ok((await skip.boundingBox()).y >= 0, 'it shows itself');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
});

story('Tab comes to every control, and each shows that it has the focus', {}, async (page) => {
  await opened(page);
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a, button, select, input, summary, [tabindex="0"]')].filter((node) =>
      node.getBoundingClientRect().width > 0 && !node.disabled && node.tabIndex >= 0);
    all.forEach((node, i) => { node.dataset.stop = i; });
    return all.length;
  });
  assert.ok(wanted > 60, `${wanted} controls`);
  const seen = new Set();
  const plain = [];
  for (let i = 0; i < wanted + 20; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const node = document.activeElement;
      const style = getComputedStyle(node);
      const drawn = node instanceof SVGElement
        ? node.closest('svg').querySelector('.outline.keyed') !== null || node.closest('svg').querySelector('.marks .keyed') !== null
        : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return { stop: node.dataset?.stop, drawn, what: `${node.tagName} ${node.getAttribute('class')}` };
    });
    if (at.stop === undefined) break;
    seen.add(at.stop);
    if (!at.drawn) plain.push(at.what);
  }
  assert.equal(seen.size, wanted);
  assert.deepEqual(plain, [], 'without a sign of focus');
});

story('in the drawer the focus stays, Escape closes it, and the focus goes back', {}, async (page) => {
  await opened(page);
  const number = page.locator('.answer .number').first();
  await number.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog .value');
  const stops = new Set();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    stops.add(await page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body || document.querySelector('dialog').contains(at) ? 'inside' : `outside: ${at.outerHTML.slice(0, 80)}`;
    }));
  }
  assert.deepEqual([...stops], ['inside']);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.ok(await number.evaluate((node) => node === document.activeElement), 'back at the number');
  assert.equal(new URL(page.url()).hash, '');
});

story('a map is one stop; arrows walk it, plus and minus change its scale', {}, async (page) => {
  await opened(page);
  const map = page.locator('#country .map svg');
  assert.equal(await map.locator('[tabindex="0"]').count(), 1);
  await map.locator('[tabindex="0"]').focus();
  const now = () => page.evaluate(() => document.activeElement.getAttribute('aria-label').split('.')[0]);
  assert.equal(await now(), 'Kaluga Oblast', 'it begins at the own region');
  await page.keyboard.press('ArrowRight');
  assert.equal(await now(), 'Moscow');
  await page.keyboard.press('ArrowDown');
  assert.equal(await now(), 'Tula Oblast');
  assert.equal(await map.locator('[tabindex="0"]').count(), 1);
  const whole = await map.getAttribute('viewBox');
  await page.keyboard.press('+');
  assert.notEqual(await map.getAttribute('viewBox'), whole);
  await page.keyboard.press('0');
  assert.equal(await map.getAttribute('viewBox'), whole);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tula Oblast' }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('region'), 'Тульская область');
});

story('who wants no movement sees none', { media: { reducedMotion: 'reduce' } }, async (page) => {
  await opened(page);
  await page.locator('.answer .number').first().click();
  await page.waitForSelector('dialog .value');
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
});

story('who wants more contrast has black on white', { media: { contrast: 'more' } }, async (page) => {
  await opened(page);
  const { ink, paper } = await page.evaluate(() => ({ ink: getComputedStyle(document.body).color, paper: getComputedStyle(document.documentElement).backgroundColor }));
  assert.deepEqual({ ink, paper }, { ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)' });
});

for (const scheme of ['light', 'dark']) {
  story(`letters on every fill of a map have a contrast of 4.5 to 1: ${scheme}`, { scheme }, async (page) => {
    await opened(page);
    const measured = await page.evaluate(() => {
      const light = (text) => {
        const [r, g, b] = text.match(/[\d.]+/g).map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const map = document.querySelector('.map svg');
      const letters = map.querySelector('.letters text');
      const out = {};
      const { class: kept } = { class: letters.getAttribute('class') };
      const area = map.querySelector('.area');
      const was = area.getAttribute('class');
      for (const fill of ['d0', 'd1', 'd2', 'd3', 'd4', 's0', 's1', 's2', 's3', 's4', 'q0', 'q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'none']) {
        area.setAttribute('class', fill);
        const deep = ['d0', 'd4', 's3', 's4'].includes(fill) ? 'on-deep' : fill.startsWith('q') ? 'on-q' : '';
        letters.setAttribute('class', `on ${deep}`);
        const [a, b] = [light(getComputedStyle(area).fill), light(getComputedStyle(letters).fill)];
        out[fill] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      }
      area.setAttribute('class', was);
      letters.setAttribute('class', kept);
      return out;
    });
    assert.deepEqual(Object.entries(measured).filter(([, contrast]) => !(contrast >= 4.5)), []);
  });
}
