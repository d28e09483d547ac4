/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An analyst finds a firm among thousands and reads its card. A cluster manager adds a participant, takes that back and sees it in
 * the history, changes and removes rows, looks at an earlier day, and checks the cluster's status where the server has `status`.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { accessible, fits, stage } from '../support/browser.mjs';
import { okrugDone } from '../support/okrug.mjs';

/* ---- A small world, all of it made up ---- */

const FIRMS = 4000;
const STEMS = ['Лён', 'Клён', 'Зёрна', 'Станок', 'Пила', 'Керамика', 'Ткань', 'Прибор'];
const code = (i) => `F${String(i).padStart(5, '0')}`;
const csv = (header, rows) => `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
const firms = Array.from({ length: FIRMS }, (_, i) => [code(i), `«${STEMS[i % 8]} ${i}»`, ['29701000', '29602000', '29615000'][i % 3], ['13.10', '16.10', '28.41', '26.51'][i % 4],
  i % 50 === 0 ? 'medium' : 'micro', i % 2 === 0 ? 'plant' : 'address', `Учебная улица ${i}`, (i * 37) % 900, 'yes']);
const members = [0, 2, 4, 6, 8];
const files = {
  'firms.csv': csv('firm,name,region,industry,category,precision,address,employees,synthetic', firms),
  'firm-accounts.csv': csv('firm,period,revenue,workplaces,productive_workplaces', members.flatMap((i) => ['2023', '2024', '2025'].map((year) => [code(i), year, 1000000, 20, 15]))),
  'products.csv': csv('firm,product,name,output,end_product', members.map((i) => [code(i), '13.20.20.110', `Изделие ${i}`, 500000, i === 0 ? 'yes' : 'no'])),
  'contracts.csv': csv('contract,supplier,buyer,product,kind,date,until,amount,vat', [
    ...members.slice(1).map((i, k) => [`K${k}`, code(i), code(0), '13.20.20.110', 'supply', '2025-02-01', '2027-12-31', 300000 + k * 1000, 'excluded']),
    ['K9', code(0), code(2), '13.20.20.110', 'supply', '2025-03-01', '2027-12-31', 400000, 'excluded'],
    ['K10', code(0), code(99), '13.20.20.110', 'supply', '2025-03-01', '2027-12-31', 700000, 'included']]),
  'clusters.csv': csv('cluster,name,region,organisation,goals,since,synthetic', [['C1', 'Учебный кластер тканей', '29701000', code(8), 'Рост', '2022-01-01', 'yes'], ['C2', 'Учебный кластер приборов', '29602000', '', '', '2023-01-01', 'yes']]),
  'participants.csv': csv('cluster,firm,role,since,until,producing', members.map((i) => ['C1', code(i), i === 0 ? 'maker' : 'supplier', i === 6 ? '2024-06-01' : '2022-01-01', '', 'yes'])),
  'facilities.csv': csv('facility,cluster,kind,name,since', [['H1', 'C1', 'college', 'Учебный колледж', '2020-01-01']]),
  'projects.csv': csv('project,cluster,name,firm,start,finish,budget,own_funds,jobs,stage', [['P1', 'C1', 'Выпуск тканей', code(0), '2024-01-01', '2027-01-01', 5000000, 2000000, 12, 'building']]),
  'milestones.csv': csv('project,milestone,name,due,done', [['P1', 'M1', 'Площадка', '2024-06-01', '2024-06-20'], ['P1', 'M2', 'Пуск', '2025-01-01', '']]),
  'spending.csv': csv('project,entry,date,amount,source', [['P1', 'S1', '2024-02-01', 2000000, 'own'], ['P1', 'S2', '2024-08-01', 1500000, 'subsidy']]),
  'obligations.csv': csv('obligation,project,cluster,party,name,due,done,amount', [['O1', 'P1', 'C1', code(0), 'Создать рабочие места', '2025-06-01', '', 12]]),
};
const world = { study: false, files, prepare: async (workspace, cwd) => {
  for (const name of Object.keys(files)) {
    await okrugDone(['import', workspace, name.replace('.csv', ''), name], { cwd });
  }
} };
/* A workspace without a study has none to show: the page asks, and a browser tells of it. */
const allow = /404/;
const words = {
  ru: { find: 'Слова из названия', size: 'Размер', shown: /из\s80\sпредприятий/, one: /из\s1\sпредприятия/, next: 'Вперёд', address: /адрес регистрации, а\sне\sплощадка/, plant: /Здесь оно производит/, invented: /создан/i,
    close: 'Закрыть', add: 'Добавить участника', firm: /^Предприятие/, role: /^Роль/, save: 'Сохранить', undo: 'Отменить', added: /запись добавлена/, undone: /правка отменена/, done: /отменено/,
    late: /просрочен/, spent: /3,5\sмлн\s₽\sиз\s5\sмлн\s₽:\s70\s%/, change: /^Изменить: /, remove: /^Удалить: /, changed: /запись изменена/, removed: /запись удалена/, needed: 'Это нужно заполнить', day: 'На дату', table: 'Таблица',
    check: /^Проверить на/, verdicts: /Выполнено|Не\sвыполнено|Недостаточно\sсведений|Правила\sнет/, taken: /Такая запись уже есть/, rename: 'Название' },
  en: { find: 'Words of the name', size: 'Size', shown: /of 80 firms/, one: /^1 firm/, next: 'On', address: /It is no\splant/, plant: /where it produces/, invented: /made up/i,
    close: 'Close', add: 'Add a participant', firm: /^Firm/, role: /^Role/, save: 'Save', undo: 'Undo', added: /: added/, undone: /taken back/, done: /taken back/,
    late: /late/, spent: /3\.5[Mm]\s₽\sof\s5[Mm]\s₽:\s70%/, change: /^Change: /, remove: /^Remove: /, changed: /: changed/, removed: /: removed/, needed: 'This is needed', day: 'As of', table: 'Table',
    check: /^Check as of/, verdicts: /Met|Not met|Not enough evidence|No rule/, taken: /such\san\sentry already/, rename: 'Name' },
};
const json = ({ body }) => JSON.parse(body);

async function withToken(page, server) {
  await page.locator('#registry').waitFor();
  await page.evaluate((token) => { location.hash = `token=${token}`; }, server.token);
  await page.waitForFunction(() => location.hash === '');
}

describe('firms', () => {
  const story = stage(world);
  for (const [size, lang] of [['desktop', 'ru'], ['phone', 'en']]) {
    story(`one is found among thousands, and read: ${size}, ${lang}`, { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow }, async (page) => {
      const say = words[lang];
      const section = page.locator('#firms');
      await section.locator('[data-firm]').first().waitFor();
      await accessible(page, 'as it opens');
      await fits(page, 'as it opens');
      assert.match(await section.locator('.head').innerText(), say.invented);

      await section.getByLabel(say.size).selectOption('medium');
      await section.locator('.count', { hasText: say.shown }).waitFor();
      await section.getByRole('button', { name: say.next, exact: true }).click();
      const second = section.locator('.pages', { hasText: /2/ });
      await second.waitFor();
      await section.getByLabel(say.size).selectOption('');

      /* е is ё, the words stand in any order, and typing does not ask for every letter. */
      await section.getByLabel(say.find).pressSequentially('1696 лен', { delay: 20 });
      await section.locator('.count', { hasText: say.one }).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('find'), '1696 лен');
      const found = section.locator('[data-firm]');
      assert.equal(await found.count(), 1);
      assert.equal(await found.innerText(), '«Лён 1696»');
      await found.press('Enter');
      const card = section.locator('.card');
      await card.locator('dl').waitFor();
      assert.match(await card.innerText(), say.plant);
      assert.match(await card.innerText(), say.invented);
      assert.ok(await card.locator('h3').evaluate((node) => node === document.activeElement), 'the reader is led to the card');
      await accessible(page, 'a card');
      await fits(page, 'a card');
      await card.getByRole('button', { name: say.close }).first().click();
      assert.ok(await found.evaluate((node) => node === document.activeElement), 'and back to where it was opened');

      await section.getByLabel(say.find).fill('F00003');
      await page.waitForFunction(() => document.querySelector('#firms [data-firm]')?.dataset.firm === 'F00003');
      await found.first().click();
      await card.locator('dd', { hasText: say.address }).waitFor();
    });
  }

  story('what a firm makes, whom it trades with, and in which cluster it is', { lang: 'ru', path: 'firm=F00000', allow }, async (page) => {
    const card = page.locator('#firms .card');
    await card.locator('section').nth(4).waitFor();
    for (const part of ['Изделие 0', /1\sмлн\s₽/, '«Зёрна 2»', '«Станок 99»', 'K10']) {
      await card.getByText(part).first().waitFor(); /* names of others come one by one */
    }
    await card.getByRole('link', { name: 'Учебный кластер тканей' }).click();
    await page.locator('#registry .card').waitFor();
  });

  story('sorted by employees, most first', { lang: 'en', allow }, async (page) => {
    const section = page.locator('#firms');
    await section.locator('[data-firm]').first().waitFor();
    await section.getByRole('button', { name: 'Employees' }).click();
    await page.waitForFunction(() => document.querySelector('#firms tbody td:last-child')?.textContent.trim() === '899');
    assert.equal(await section.locator('th', { hasText: 'Employees' }).getAttribute('aria-sort'), 'descending');
  });
});

for (const [size, lang] of [['desktop', 'ru'], ['phone', 'en']]) {
  describe(`the registry: ${size}, ${lang}`, () => {
    const story = stage(world);
    const say = words[lang];
    const at = { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow };
    const open = async (page, server) => {
      if (server) {
        await withToken(page, server);
      }
      const section = page.locator('#registry');
      await section.locator('[data-cluster=C1]').click();
      const card = section.locator('.card');
      await card.locator('dl').first().waitFor();
      return { section, card };
    };

    story('is read by anybody', at, async (page) => {
      const { card } = await open(page);
      assert.match(await card.innerText(), say.late);
      assert.match(await card.locator('.projects').innerText(), say.spent);
      assert.match(await card.innerText(), say.invented);
      assert.equal(await card.getByRole('button', { name: say.add }).count(), 0, 'nobody changes anything without the token');
      await accessible(page, 'a cluster');
      await fits(page, 'a cluster');
      /* Who sells to whom: a square, the contracts of one cell, and the same as a table. */
      const square = card.locator('.frame table', { has: page.locator('.corner') });
      assert.equal(await square.locator('td button').count(), 5);
      await square.locator('td button').first().click();
      await card.locator('.pair', { hasText: 'K9' }).waitFor();
      await card.getByRole('button', { name: say.table, exact: true }).click();
      await accessible(page, 'the table of who sells to whom');
      await fits(page, 'the table of who sells to whom');
    });

    story('a participant is added and taken back, and both are told', at, async (page, { server }) => {
      const { section, card } = await open(page, server);
      await card.getByRole('button', { name: say.add }).click();
      const form = page.locator('dialog');
      await form.getByRole('button', { name: say.save }).click();
      await form.getByText(say.needed).waitFor();
      assert.ok(await form.getByLabel(say.firm).evaluate((node) => node === document.activeElement), 'where something is wrong');
      await accessible(page, 'the form with a fault');
      await fits(page, 'the form');
      await form.getByLabel(say.firm).fill('Прибор 15');
      await form.locator('datalist option[value=F00015]').waitFor({ state: 'attached' });
      await form.getByLabel(say.firm).fill(code(2));
      await form.getByRole('button', { name: say.save }).click();
      await form.getByText(say.taken).waitFor();
      await form.getByLabel(say.firm).fill('F00015');
      await form.getByText('«Прибор 15»').waitFor();
      await form.getByLabel(say.role).selectOption('investor');
      await form.getByRole('button', { name: say.save }).click();
      await form.waitFor({ state: 'detached' });
      await page.locator('.done', { hasText: say.added }).waitFor();
      const there = async () => json(await server.get('/api/v1/datasets/participants/rows?where=firm=F00015')).total;
      assert.equal(await there(), 1);
      await page.waitForFunction(() => /F00015|Прибор 15/.test(document.querySelector('#registry ol')?.textContent ?? ''));
      await accessible(page, 'a change with its undo');
      await fits(page, 'a change with its undo');
      await page.locator('.done').getByRole('button', { name: say.undo }).click();
      await page.locator('.done', { hasText: say.undone }).waitFor();
      assert.equal(await there(), 0);
      await section.locator('ol > li.undone', { hasText: say.done }).first().waitFor();
    });

    story('rows are changed and removed, an earlier day is looked at', at, async (page, { server }) => {
      const { section, card } = await open(page, server);
      await card.getByRole('button', { name: say.change }).and(card.locator('[aria-label$="Учебный колледж"]')).click();
      const form = page.locator('dialog');
      await form.getByRole('textbox', { name: say.rename }).fill('Новый учебный колледж');
      await form.getByRole('button', { name: say.save }).click();
      await page.locator('.done', { hasText: say.changed }).waitFor();
      await card.getByText('Новый учебный колледж').first().waitFor();
      await card.getByRole('button', { name: say.remove }).and(card.locator('[aria-label$="Новый учебный колледж"]')).click();
      await page.locator('.done', { hasText: say.removed }).waitFor();
      assert.equal(json(await server.get('/api/v1/datasets/facilities/rows?where=facility=H1')).total, 0);
      await page.locator('.done').getByRole('button', { name: say.undo }).click();
      await page.locator('.done', { hasText: say.undone }).waitFor();
      assert.equal(json(await server.get('/api/v1/datasets/facilities/rows?where=facility=H1')).total, 1);

      await section.getByLabel(say.day).fill('2023-06-30');
      await page.waitForFunction(() => /^(\D*)4$/.test(document.querySelector('#cluster-participants')?.textContent.trim() ?? ''));
      assert.equal(new URL(page.url()).searchParams.get('day'), '2023-06-30');
    });

    story('its status is checked, as far as the server can', at, async (page, { server }) => {
      const analyses = json(await server.get('/api/v1/analyses')).analyses.map((one) => one.id);
      const { card } = await open(page, server);
      const asked = ['status', 'repair', 'support', 'scouting'].filter((id) => analyses.includes(id));
      assert.deepEqual(await card.locator('[data-step]').evaluateAll((steps) => steps.map((step) => step.dataset.step)), asked, 'no more and no less than the server has');
      if (!analyses.includes('status')) {
        return;
      }
      const step = card.locator('[data-step=status]');
      await step.getByRole('button', { name: say.check }).click();
      await step.locator('.criteria li').first().waitFor();
      for (const verdict of await step.locator('.verdict').allInnerTexts()) {
        assert.match(verdict, say.verdicts, 'in words, not by colour alone');
      }
      assert.match(await step.locator('.criteria').innerText(), lang === 'ru' ? /Правительство России/ : /Government of Russia/);
      await accessible(page, 'the status');
      await fits(page, 'the status');
      /* What follows from it, of whatever the server has: an answer, or why there is none. */
      for (const id of asked.slice(1)) {
        const next = card.locator(`[data-step=${id}]`);
        await next.locator('.ask button.button').click();
        await next.locator('dl, table, .cards, .note:not(.about):has(+ *), [role=alert] p').first().waitFor();
        await page.waitForFunction((which) => !document.querySelector(`[data-step=${which}] button.button`).disabled, id);
      }
      await accessible(page, 'all that follows');
      await fits(page, 'all that follows');
      await step.locator('a[href="#outcome"]').click();
      await page.locator('#outcome h4.name', { hasText: 'status-1' }).waitFor();
    });
  });
}
