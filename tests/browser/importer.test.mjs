/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The importer's story: an analyst drops a workbook as it comes from a colleague, sees what is wrong with it, mends it, imports
 * it and takes the import back; the next time the choices are remembered. And boundaries, which the maps then show.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { accessible, fits, stage } from '../support/browser.mjs';
import { okrugDone, parseTable, root } from '../support/okrug.mjs';
import { workbook } from '../support/workbook.mjs';

const territories = 'region,name,lat,lon\n07701000,Терек,43.4,44.1\n07702000,Чегем,43.6,43.6\n07703000,Эльбрус,43.3,42.6\n07704000,Баксан,43.7,43.5\n';
const titles = [['Среднесписочная численность работников'], ['за 2018 год, человек'], ['ОКТМО', 'Отрасль', 'Численность']];
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const bad = workbook({ Титул: [['Отчёт отдела статистики']], Данные: [...titles, ['7701000', 'C', '1\u00a0234,5'], ['07702000', 'C', 'около 900'],
  ['07703000', 'C', '12,75'], ['07704000', 'C', '3\u00a0000']] });
const half = workbook({ Данные: [...titles, ['7701000', 'C', '1\u00a0234,5'], ['07702000', 'C', '900']] , Титул: [['Отчёт']] });
const mended = workbook({ Титул: [['Отчёт отдела статистики']], Данные: [...titles, ['07701000', 'C', '1\u00a0234,5'], ['07702000', 'C', '900'],
  ['07703000', 'C', '12,75'], ['07705000', 'C', '3\u00a0000']] });

/* A workspace without a study has none to show: the page asks, and a browser tells of every 404. */
const none = /404/;
const story = stage({ study: false, files: { 'territories.csv': territories },
  prepare: (workspace, cwd) => okrugDone(['import', workspace, 'territories', 'territories.csv'], { cwd }) });
const studyStory = stage();

/* The page at the address that `okrug serve` printed. */
async function entitled(page, origin, server, lang) {
  await page.goto(`${origin}/?lang=${lang}#token=${server.token}`);
  await page.locator('#import input[type=file]').waitFor({ state: 'attached' });
  assert.ok(!page.url().includes('token'), 'the token is in no address that could be shared');
}

const give = (page, name, buffer, mimeType = xlsx) => page.locator('#import input[type=file]').setInputFiles({ name, mimeType, buffer });
const settled = (page) => page.locator('#import .steps[aria-busy=false]').waitFor();

async function dropped(page, files) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const [name, base64] of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    return data;
  }, Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')]));
  await page.dispatchEvent('h2', 'dragenter', { dataTransfer: transfer });
  await page.locator('.over').waitFor();
  await page.dispatchEvent('h2', 'drop', { dataTransfer: transfer });
}

const words = {
  en: { figures: /^Figures/, code: 'Region (code or name)', row: 'Titles of the columns are in row', yes: 'Yes', errors: '1 error', mend: /must be mended/,
    import: 'Import', undo: 'Undo', done: /^mended\.xlsx is in the workspace now, as mended/, undone: /was undone/, remembered: /with this header was imported before/,
    anew: 'Start without them', other: 'Another file', zero: /a.zero in front/, unit: 'Unit of the figures' },
  ru: { figures: /^Показатели/, code: 'Регион (код или название)', row: 'Заголовки столбцов в строке', yes: 'Да', errors: '1 ошибка', mend: /Сначала нужно исправить/,
    import: 'Загрузить', undo: 'Отменить', done: /^Файл mended\.xlsx загружен как набор данных mended/, undone: /отменена: всё как было/,
    remembered: /с такими заголовками уже загружали/, anew: 'Начать без них', other: 'Другой файл', zero: /ноль/, unit: 'Единица измерения' },
};

for (const [size, lang] of [['desktop', 'ru'], ['phone', 'en']]) {
  story(`an analyst's workbook, mended and taken back: ${size}, ${lang}`, { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow: none }, async (page, { origin, server }) => {
    const say = words[lang];
    const section = page.locator('#import');
    await entitled(page, origin, server, lang);
    await accessible(page, 'before there is a file');
    await dropped(page, { 'bad.xlsx': bad });

    /* A sheet, a kind, the row of the titles: nothing of these is guessed. */
    await section.locator('#import-part').selectOption('Данные');
    await section.getByRole('radio', { name: say.figures }).check();
    await section.locator('.top').waitFor();
    assert.match(await section.locator('.top li').nth(2).innerText(), /ОКТМО · Отрасль · Численность/);
    await section.locator('.top button').nth(2).click();
    await section.locator('.top').waitFor({ state: 'detached' });
    assert.equal(await section.getByLabel(say.row).inputValue(), '3');

    /* Suggestions wait for a word. */
    const code = section.getByLabel(say.code);
    assert.equal(await code.inputValue(), '');
    assert.equal(await section.getByRole('button', { name: say.import, exact: true }).isDisabled(), true);
    await section.locator('.all').click();
    await section.getByRole('heading', { name: say.errors }).waitFor();
    assert.equal(await code.inputValue(), 'ОКТМО');
    const cells = await section.locator('.steps table').first().locator('tbody td').allInnerTexts();
    assert.deepEqual(cells.slice(0, 4), ['5', 'Численность', 'Данные!C5', 'около 900']);
    assert.match(await section.locator('.finish').innerText(), say.mend);
    assert.equal(await section.getByRole('button', { name: say.import, exact: true }).isDisabled(), true);
    const [file] = await Promise.all([page.waitForEvent('download'), section.getByRole('button', { name: /CSV \((comma|запятая)/ }).click()]);
    const told = parseTable(readFileSync(await file.path(), 'utf8'));
    assert.equal(told.rows.length, 1);
    assert.deepEqual(Object.values(told.rows[0]).slice(0, 4), ['5', 'Численность', 'Данные!C5', 'около 900']);
    await settled(page);
    /* What the codes find is told although a cell is wrong. */
    assert.deepEqual((await section.locator('dl dd').allInnerTexts()).map((text) => text.split('\n').filter(Boolean)), [['3'], ['1', '7701000'], ['1', '07701000']]);
    await accessible(page, 'with an error');
    await fits(page, 'with an error');

    /* The colleague mends the cell: the choices stay, and a code that lost its zero turns up. */
    await section.locator('input.mended').setInputFiles({ name: 'half.xlsx', mimeType: xlsx, buffer: half });
    const joined = section.locator('dl');
    await joined.waitFor();
    assert.equal(await code.inputValue(), 'ОКТМО');
    assert.match(await section.locator('.steps').innerText(), /7701000 ~ 07701000/);
    assert.match(await section.locator('.steps').innerText(), say.zero);
    await accessible(page, 'with a code that was probably meant');

    /* And once more, from the start. */
    await section.getByRole('button', { name: say.other }).click();
    await give(page, 'mended.xlsx', mended);
    await section.locator('#import-part').selectOption('Данные');
    await section.getByRole('radio', { name: say.figures }).check();
    await section.locator('.top button').nth(2).click();
    await section.locator('.all').click();
    await joined.waitFor();
    assert.deepEqual((await joined.locator('dd').allInnerTexts()).map((text) => text.split('\n').filter(Boolean)), [['3'], ['1', '07705000'], ['1', '07704000']]);
    /* What is looked at anew for the unit has come before the button is pressed. */
    await Promise.all([page.waitForResponse(/imports\/preview/), section.getByLabel(say.unit).selectOption('person')]);
    await page.waitForFunction(() => [...document.querySelectorAll('#import td')].some((cell) => /1.234[.,]5/.test(cell.textContent)));
    await settled(page);
    await accessible(page, 'ready to be imported');
    await section.getByRole('button', { name: say.import, exact: true }).click();
    await section.locator('.outcome').waitFor();
    assert.match(await section.locator('.outcome').innerText(), say.done);
    const listed = page.locator('#data li', { hasText: 'mended' });
    await listed.first().waitFor();
    const table = JSON.parse((await server.get('/api/v1/datasets/mended/tables/mended')).body);
    assert.deepEqual(table.columns.find((column) => column.name === 'value').values, [1234.5, 900, 12.75, 3000]);
    assert.equal(table.columns.find((column) => column.name === 'value').unit, 'person');

    /* Taken back, where it is told and where changes are listed. */
    await section.locator('.outcome').getByRole('button', { name: say.undo }).click();
    await page.waitForFunction((text) => new RegExp(text).test(document.querySelector('#import .outcome')?.textContent ?? ''), say.undone.source);
    assert.equal((await server.get('/api/v1/datasets/mended')).code, 404);
    await page.locator('#data .undone', { hasText: 'mended' }).first().waitFor();
    await accessible(page, 'after it was undone');
  });
}

story('the second time the choices are remembered, and can be dropped', { lang: 'en', allow: none }, async (page, { origin, server }) => {
  const section = page.locator('#import');
  await entitled(page, origin, server, 'en');
  const look = async (name) => {
    await give(page, name, mended);
    await section.locator('#import-part').selectOption('Данные');
    await section.getByRole('radio', { name: words.en.figures }).check();
  };
  await look('first.xlsx');
  if (await section.locator('.top').waitFor({ timeout: 3000 }).then(() => true, () => false)) {
    await section.locator('.top button').nth(2).click();
    await section.locator('.all').click();
  }
  await section.locator('dl').waitFor();
  await settled(page);
  await section.getByRole('button', { name: 'Import', exact: true }).click();
  await section.locator('.outcome').waitFor();

  await look('second.xlsx');
  await section.locator('.remembered').waitFor();
  assert.match(await section.locator('.remembered').innerText(), words.en.remembered);
  assert.equal(await section.getByLabel(words.en.code).inputValue(), 'ОКТМО');
  assert.equal(await section.getByLabel(words.en.row).inputValue(), '3');
  await section.getByRole('button', { name: words.en.anew }).click();
  await section.locator('.top').waitFor();
  assert.equal(await section.locator('.remembered').count(), 0);
  assert.equal(await section.getByLabel(words.en.code).inputValue(), '');

  /* A name that is taken is replaced only when that is said; undo brings the old one back. */
  await section.locator('.top button').nth(2).click();
  await section.locator('.all').click();
  await section.locator('dl').waitFor();
  await section.getByLabel('Name of the dataset').fill('first');
  const go = section.getByRole('button', { name: 'Import', exact: true });
  await section.locator('.replace').waitFor();
  await settled(page);
  assert.equal(await go.isDisabled(), true);
  await section.getByRole('checkbox').check();
  await go.click();
  await section.locator('.outcome').waitFor();
  const newest = page.locator('#data li', { has: page.locator('time') }).first();
  await newest.getByRole('button', { name: 'Undo' }).click();
  await newest.and(page.locator('.undone')).waitFor();
  assert.equal((await server.get('/api/v1/datasets/first')).code, 200);
});

story('without the token the page is read-only, and says why', { size: 'phone', allow: none }, async (page) => {
  await page.locator('#import .hint').waitFor();
  assert.match(await page.locator('#import .hint').innerText(), /okrug serve prints/);
  assert.equal(await page.locator('#import input[type=file]').count(), 0);
  assert.equal(await page.locator('#data').getByRole('button', { name: 'Undo' }).count(), 0);
  await accessible(page, 'read-only');
});

story('a token of a server that is gone is told so', { allow: /40[34]/ }, async (page, { origin }) => {
  await page.goto(`${origin}/?lang=en#token=${'f'.repeat(64)}`);
  await page.locator('#import input[type=file]').waitFor({ state: 'attached' });
  await give(page, 'a.csv', Buffer.from('region,value\nA,1\n'), 'text/csv');
  await page.locator('#import .hint', { hasText: 'started anew' }).waitFor();
});

story('a file that is none, and several at once, are refused in words', { allow: /4(04|22)/ }, async (page, { origin, server }) => {
  await entitled(page, origin, server, 'en');
  await give(page, 'broken.xlsx', Buffer.from('PK\u0003\u0004 is no workbook'));
  await page.locator('#import .refused').waitFor();
  assert.match(await page.locator('#import .refused').innerText(), /^broken\.xlsx: /);
  assert.ok(!(await page.locator('#import .refused').innerText()).includes('/'), 'no folder of the server');
  await accessible(page, 'refused');
  await dropped(page, { 'a.shp': Buffer.from('a'), 'a.dbf': Buffer.from('a') });
  await page.locator('#import [role=alert]', { hasText: 'One file at a time' }).waitFor();
});

studyStory('weights by codes, by numbers and torn ones', { lang: 'ru', size: 'phone', allow: /422/ }, async (page, { origin, server }) => {
  const section = page.locator('#import');
  const go = section.getByRole('button', { name: words.ru.import, exact: true });
  await entitled(page, origin, server, 'ru');
  const look = async (name, text) => {
    await give(page, name, Buffer.from(text), 'text/plain');
    await section.locator('input[value=neighbours]').check();
    await section.locator('.finish').waitFor();
    await settled(page);
  };
  /* By codes: every column has its role already, and the territories are found. */
  await look('km.gwt', '0 3 map oktmo\n29602000 29604000 12.5\n29604000 29602000 12.5\n29604000 29606000 3\n');
  assert.equal((await section.locator('dl dd').first().innerText()).trim(), '3');
  assert.match(await section.locator('.warnings').innerText(), /единицу, делённую/);
  assert.ok(!(await section.locator('.warnings').innerText()).includes('--'), 'no option of the command line');
  await accessible(page, 'weights by codes');
  await fits(page, 'weights by codes');
  await go.click();
  await section.locator('.outcome').waitFor();
  const kept = JSON.parse((await server.get('/api/v1/datasets/km/tables/km')).body);
  assert.deepEqual(kept.columns.find(({ name }) => name === 'weight').values, [12.5, 12.5, 3]);

  /* By numbers: what they mean is said, and that no code is the same is no fault of theirs. */
  const ring = Array.from({ length: 26 }, (_, i) => `${i + 1} 1\n${((i + 1) % 26) + 1}\n`).join('');
  await look('ring.gal', `26\n${ring}`);
  assert.match(await section.locator('.steps').innerText(), /пронумерованы с.1/);
  assert.equal(await section.locator('dl').count(), 0);
  await accessible(page, 'weights by numbers');
  await go.click();
  await section.locator('.outcome').waitFor();
  const { code, body } = await server.send('POST', '/api/v1/jobs', { analysis: 'moran', input: '#municipal-total', id: 'ring-moran',
    options: [{ name: 'weights', value: '#ring' }, { name: 'link-weights', value: 'equal' }, { name: 'permutations', value: '0' }] });
  assert.equal(code, 202, body);
  let done = false;
  for (let i = 0; i < 200 && !done; i += 1) {
    done = (await server.get('/api/v1/datasets/ring-moran')).code === 200;
    await page.waitForTimeout(100);
  }
  assert.ok(done, 'the numbers were taken in the order of the table');

  /* Torn: the line is named, and nothing is asked that the file cannot answer. */
  await look('torn.gal', '0 3 map oktmo\n29602000 2\n29604000\n29604000 1\n');
  assert.match(await section.locator('.steps table tbody').first().innerText(), /^4\s/);
  assert.equal(await section.locator('[id^=import-role-]').count(), 0);
  assert.equal(await go.isDisabled(), true);
  assert.match(await section.locator('.finish').innerText(), words.ru.mend);
});

story('a file under way can be cancelled', { allow: none }, async (page, { origin, server }) => {
  await entitled(page, origin, server, 'en');
  await page.route('**/api/v1/uploads?*', () => {}); /* never comes through */
  await give(page, 'large.csv', Buffer.from('region,value\n'), 'text/csv');
  await page.getByRole('progressbar', { name: 'Sending large.csv' }).waitFor();
  await accessible(page, 'sending');
  await page.locator('#import').getByRole('button', { name: 'Cancel' }).click();
  await page.locator('#import .zone').waitFor();
});

story('an answer that a newer choice has overtaken is dropped', { allow: none }, async (page, { origin, server }) => {
  const section = page.locator('#import');
  await entitled(page, origin, server, 'en');
  let late = 0;
  await page.route('**/api/v1/imports/preview', async (route) => {
    if (/"header-row","value":"2"/.test(route.request().postData())) {
      await new Promise((later) => setTimeout(later, 1500));
      late++;
    }
    await route.continue();
  });
  await give(page, 'a.csv', Buffer.from('region,value\nA,1\nB,2\n'), 'text/csv');
  await section.getByRole('radio', { name: /^Figures/ }).check();
  await section.locator('tbody tr').nth(1).waitFor();
  const row = section.getByLabel(words.en.row);
  const [asked] = await Promise.all([page.waitForRequest(/preview/), row.fill('2')]);
  await row.fill('1');
  await settled(page);
  await asked.response();
  await page.waitForTimeout(200);
  assert.equal(late, 1, 'the first answer came after the second');
  assert.equal(await section.locator('tbody tr').count(), 2);
  assert.equal(await section.locator('.fault').count(), 0);
});

for (const lang of ['en', 'ru']) {
  story(`by keyboard, at 320 pixels: ${lang}`, { size: 'narrow', lang, allow: none }, async (page, { origin, server }) => {
    const section = page.locator('#import');
    await entitled(page, origin, server, lang);
    await give(page, 'слова.csv', Buffer.from('ОКТМО;Численность\n07701000;1,5\n7702000;2\n'), 'text/csv');
    await section.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await section.locator('.all').waitFor();
    await section.locator('.all').focus();
    await page.keyboard.press('Enter');
    await section.locator('dl').waitFor();
    assert.match(await section.innerText(), words[lang].zero);
    await settled(page);
    await fits(page, 'at 320 pixels');
    await accessible(page, 'at 320 pixels');
  });
}

studyStory('boundaries by the name that the page looks for are on its maps at once', { lang: 'en' }, async (page, { origin, server }) => {
  const section = page.locator('#import');
  await page.goto(`${origin}/?lang=en#token=${server.token}`);
  await section.locator('input[type=file]').waitFor({ state: 'attached' });
  const { rows } = parseTable(readFileSync(join(root, 'examples/kaluga/municipalities.csv'), 'utf8'));
  const square = (lon, lat) => [[[lon, lat], [lon + 0.2, lat], [lon + 0.2, lat + 0.15], [lon, lat + 0.15], [lon, lat]]];
  const map = { type: 'FeatureCollection', features: rows.map((row) => ({ type: 'Feature', properties: { oktmo: row.oktmo ?? row.region },
    geometry: { type: 'Polygon', coordinates: square(Number(row.lon), Number(row.lat)) } })) };
  /* Cells around centres, until there are boundaries. */
  const area = page.locator('#places .map .area').first();
  const cell = await area.getAttribute('d');
  const isCell = (expected) => page.waitForFunction(([d, same]) => (document.querySelector('#places .map .area')?.getAttribute('d') === d) === same, [cell, expected]);
  await give(page, 'squares.geojson', Buffer.from(JSON.stringify(map)), 'application/geo+json');
  await section.getByRole('radio', { name: /^Boundaries/ }).check();
  await section.getByRole('button', { name: 'Yes' }).click();
  await section.locator('dl').waitFor();
  assert.equal((await section.locator('dl dd').first().innerText()).trim(), String(rows.length));
  await section.getByRole('button', { name: 'boundaries', exact: true }).click();
  await settled(page);
  await section.getByRole('button', { name: 'Import', exact: true }).click();
  await section.locator('.outcome').waitFor();
  await isCell(false);
  await page.locator('#data h4', { hasText: 'boundaries' }).waitFor();
  await section.locator('.outcome').getByRole('button', { name: 'Undo' }).click();
  await isCell(true);
});
