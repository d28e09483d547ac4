/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * axe-core finds nothing on any view of the page, in both languages, both colour schemes, on a phone and on a desk.
 */
import { accessible, stage } from '../support/browser.mjs';

const story = stage();

for (const size of ['desktop', 'phone']) {
  for (const scheme of ['light', 'dark']) {
    for (const lang of ['en', 'ru']) {
      story(`the page as it opens: ${size}, ${scheme}, ${lang}`, { size, scheme, lang }, async (page) => {
        await page.waitForSelector('#multipliers');
        await accessible(page, 'opened');
        await page.locator('#places .switch button').nth(1).click();
        await accessible(page, 'table');
        await page.locator('.answer .number').first().click();
        await page.waitForSelector('dialog .value');
        await accessible(page, 'drawer');
      });
    }
  }
}
