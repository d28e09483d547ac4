/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cluster manager looks for rows that are one firm, edits what hangs on a firm, makes a cluster that was found one of the registry,
 * looks at its application, and reads what would make a cluster eligible and which support it may have.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';

import { accessible, fits, stage } from '../support/browser.mjs';
import { tables } from '../support/krasnoyarsk.mjs';
import { okrugDone, root } from '../support/okrug.mjs';

const csv = (header, rows) => `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
const json = ({ body }) => JSON.parse(body);
/* A workspace without a study has none to show: the page asks, and a browser tells of it; so it does of a row
 * that was refused. */
const allow = /404|422/;
const sizes = [['desktop', 'ru'], ['phone', 'en']];
const option = (options) => Object.entries(options).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));

async function done(server, analysis, input, options, id) {
  let job = json(await server.send('POST', '/api/v1/jobs', { analysis, input, id, options: option(options) }));
  while (['queued', 'running'].includes(job.state)) {
    await new Promise((later) => setTimeout(later, 50));
    job = json(await server.get(`/api/v1/jobs/${job.id}`));
  }
  assert.equal(job.state, 'done', JSON.stringify(job));
}
const importer = (kinds) => async (workspace, cwd) => {
  for (const [kind, file, ...more] of kinds) {
    await okrugDone(['import', workspace, kind, file, ...more], { cwd });
  }
};
/* Where an element is led to. */
const isFocused = (locator) => locator.evaluate((node) => node === document.activeElement);
const rowsOf = async (server, dataset, where) => json(await server.get(`/api/v1/datasets/${dataset}/rows?where=${where}`)).total;

const words = {
  ru: { add: 'Добавить предприятие', save: 'Сохранить', code: /^Предприятие \(код\)/, name: 'Название', inn: /^ИНН/, badInn: /ИНН/, added: /запись добавлена/, undo: 'Отменить', undone: /правка отменена/,
    addProduct: 'Добавить: Продукция', product: /^Продукция/, change: 'Изменить: Шкаф', output: /^Выпуск/, number: /Это\sне\sчисло/, changed: /запись изменена/, removed: /запись удалена/,
    look: 'Искать дубликаты', certain: /Точно/, sure: 'Насколько это точно', merge: 'Объединить в F1', merged: 'стали одним', remove: 'То же предприятие: удалить D1', gone: /уже нет/, differs: 'различается',
    record: 'Внести в реестр кластеров', registered: /Уже в реестре/, lacks: 'Составить перечень недостающего', chain: /технологическая цепочка/, close: 'Закрыть', kinds: 'Отрасли',
    application: 'Заявка', back: 'К карточке кластера', nobody: /нет участников/, lacking: 'Чего не хватает', parts: /Функциональная карта/, word: 'Документ Word (DOCX)', took: /\.docx/,
    check: /^Проверить на/, repair: 'Найти самое дешёвое изменение', move: /F03 покупает 25\.11 у F01/, costs: /2,5/, why: /Доля продукции каждого участника/, proved: /[Дд]оказано/, noRule: 'в наборе правил не записано', allMet: /все критерии выполнены/, shares: [/Доля каждого участника, 2023 год/, /делённые на его выручку за 2023 год/, /без НДС/, /в котором заключён/, /F02[^]*21(,0)? %/, /не в сумме/], uncertain: /Не точно/, cap: /предел/,
    late: /просрочено/, there: /таких объектов:\s2/, changeNeed: 'Изменить: Ток для печей', quantity: /^Количество/,
    noCandidates: /^Кандидатов нет/, addCandidate: 'Добавить кандидата', candidate: /^Кандидат/, what: /^Что это/, kind: /^Вид/, cost: /^Затраты/, supplier: /^Поставщик/, facility: 'технологический центр', searchedFacility: /объектов\s—\s1/ },
  en: { add: 'Add a firm', save: 'Save', code: /^Firm/, name: 'Name', inn: /^INN/, badInn: /INN/, added: /: added/, undo: 'Undo', undone: /taken back/,
    addProduct: 'Add: Products', product: /^Product/, change: 'Change: Шкаф', output: /^Output/, number: /This\sis\sno\snumber/, changed: /: changed/, removed: /: removed/,
    look: 'Look for duplicates', certain: /Certain/, sure: 'How sure', merge: 'Merge into F1', merged: 'Two firms are one', remove: 'The same: remove D1', gone: /no longer/, differs: 'different',
    record: 'Make it a cluster of the registry', registered: /In the registry already/, lacks: 'List the missing evidence', chain: /technological chain/, close: 'Close', kinds: 'Industries',
    application: 'Application', back: 'Back to the cluster', nobody: /no participants/, lacking: 'What is missing', parts: /Functional map/, word: 'Word document (DOCX)', took: /\.docx/,
    check: /^Check as of/, repair: 'Find the cheapest change', move: /F03 buys 25\.11 from F01/, costs: /2\.5/, why: /Each participant's output/, proved: /proved/, noRule: 'What is required on this day is not on file', allMet: /all criteria are met/, shares: [/Share of each participant, 2023/, /divided by its revenue of 2023/, /without VAT/, /in which it was concluded/, /F02[^]*21(\.0)?%/, /not included/], uncertain: /Uncertain/, cap: /cap/,
    late: /late/, there: /such facilities:\s2/, changeNeed: 'Change: Ток для печей', quantity: /^Quantity/,
    noCandidates: /^No candidates/, addCandidate: 'Add a candidate', candidate: /^Candidate/, what: /^What/, kind: /^Kind/, cost: /^Costs/, supplier: /^Supplier/, facility: 'technology centre', searchedFacility: /1\sfacilities/ },
};

async function withToken(page, server) {
  await page.locator('#main section').first().waitFor();
  await page.evaluate((token) => { location.hash = `token=${token}`; }, server.token);
  await page.waitForFunction(() => location.hash === '');
}

/* ---- Firms, and which of them are one: all of it made up ---- */

const firms = {
  'firms.csv': csv('firm,name,inn,region,industry,address,employees,synthetic', [
    ['F1', 'ООО «Учебный станок»', '7707083893', '40', '28.41', 'Учебная улица 1', 12, 'yes'], ['D1', 'ООО Учебный Станок', '7707083893', '40', '28.41', 'Учебная улица 1', 13, 'yes'],
    ['F2', 'ООО «Мебель учебная»', '', '40', '31.02', 'Учебная улица 2', 5, 'yes'], ['F3', 'АО «Лён»', '', '40', '13.10', 'Учебная улица 2', 7, 'yes']]),
  'products.csv': csv('firm,product,name,output,end_product', [['F2', '31.02', 'Шкаф', 100000, 'yes']]),
};
for (const [size, lang] of sizes) {
  describe(`rows of firms: ${size}, ${lang}`, () => {
    const story = stage({ study: false, files: firms, prepare: importer([['firms', 'firms.csv'], ['products', 'products.csv']]) });
    const say = words[lang];
    const at = { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow };

    story('a firm is added; what the server finds wrong stands at its field', at, async (page, { server }) => {
      await withToken(page, server);
      const form = page.locator('dialog');
      await page.locator('#firms').getByRole('button', { name: say.add }).click();
      await form.getByLabel(say.code).fill('F9');
      await form.getByRole('textbox', { name: say.name }).fill('ООО «Учебный прибор»');
      await form.getByRole('textbox', { name: say.inn }).fill('7707083890');
      await form.getByRole('button', { name: say.save }).click();
      const inn = form.getByRole('textbox', { name: say.inn });
      await form.locator('[aria-invalid=true]').waitFor();
      assert.equal(await inn.getAttribute('aria-invalid'), 'true');
      assert.ok(await isFocused(inn), 'where something is wrong');
      assert.match(await form.locator(`[id="${await inn.getAttribute('aria-describedby')}"]`).innerText(), say.badInn);
      await accessible(page, 'a fault of the server');
      await fits(page, 'a fault of the server');
      await inn.fill('');
      await form.locator('[aria-invalid=true]').waitFor({ state: 'detached' });
      await form.getByRole('button', { name: say.save }).click();
      await page.locator('.done', { hasText: say.added }).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=F9'), 1);
      await page.locator('#firms [data-firm=F9]').waitFor();
      await accessible(page, 'told with its undo');
      await fits(page, 'told with its undo');
      await page.locator('.done').getByRole('button', { name: say.undo }).click();
      await page.locator('.done', { hasText: say.undone }).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=F9'), 0);
      await page.locator('#firms [data-firm=F9]').waitFor({ state: 'detached' });
    });

    story('what a firm makes is added, changed and removed from its card, by keys alone', { ...at, path: 'firm=F2' }, async (page, { server }) => {
      await withToken(page, server);
      const card = page.locator('#firms .card');
      const form = page.locator('dialog');
      const change = card.getByRole('button', { name: say.change });
      await change.focus();
      await page.keyboard.press('Enter');
      const output = form.getByLabel(say.output);
      await output.fill('сто');
      await output.press('Enter');
      await form.getByText(say.number).waitFor();
      await output.fill('250000');
      await output.press('Enter');
      await page.locator('.done', { hasText: say.changed }).waitFor();
      assert.equal(await rowsOf(server, 'products', 'output=250000'), 1);
      await card.getByText(/250/).first().waitFor();
      const remove = card.locator('[aria-labelledby=firm-products] .actions button').last();
      await remove.focus();
      await page.keyboard.press('Enter');
      await page.locator('.done', { hasText: say.removed }).waitFor();
      await page.waitForFunction(() => document.activeElement?.classList.contains('done'));
      await card.getByRole('button', { name: say.addProduct }).click();
      assert.equal(await form.getByLabel(say.code).count(), 0, 'the firm is given and not asked for');
      await form.getByLabel(say.product).first().fill('31.09');
      await form.getByRole('button', { name: say.save }).click();
      await page.locator('.done', { hasText: say.added }).waitFor();
      assert.equal(await rowsOf(server, 'products', 'firm=F2&where=product=31.09'), 1);
      await accessible(page, 'a card with its buttons');
      await fits(page, 'a card with its buttons');
    });

    story('duplicates are looked for and compared, one is removed and brought back', at, async (page, { server }) => {
      await withToken(page, server);
      const section = page.locator('#duplicates');
      await section.getByRole('button', { name: say.look }).click();
      const pair = section.locator('article').first();
      await pair.locator('tbody tr.different').first().waitFor();
      assert.match(await pair.innerText(), say.certain);
      const different = await pair.locator('tr.different').allInnerTexts();
      assert.ok(different.length >= 2 && different.every((line) => line.includes(say.differs)), `told in words: ${different}`);
      await accessible(page, 'pairs');
      await fits(page, 'pairs');
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 1, 'nothing is merged by looking');
      await pair.getByRole('button', { name: say.remove }).click();
      await page.locator('.done', { hasText: say.removed }).waitFor();
      await pair.getByText(say.gone).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 0);
      await page.locator('.done').getByRole('button', { name: say.undo }).click();
      await pair.getByRole('button', { name: say.remove }).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 1);
      page.once('dialog', (dialog) => dialog.dismiss());
      await pair.getByRole('button', { name: say.merge }).click();
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 1, 'who says no merges nothing');
      page.once('dialog', (dialog) => dialog.accept());
      await pair.getByRole('button', { name: say.merge }).click();
      await page.locator('.done', { hasText: say.merged }).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 0);
      await page.locator('.done').getByRole('button', { name: say.undo }).click();
      await pair.getByRole('button', { name: say.remove }).waitFor();
      assert.equal(await rowsOf(server, 'firms', 'firm=D1'), 1);
      await section.getByLabel(say.sure).selectOption('unverified');
      await section.locator('article').waitFor({ state: 'detached' });
    });
  });
}

/* ---- Clusters found in figures ---- */

const economy = tables(1, 0);
const industries = [...new Set(economy.employment.trim().split('\n').slice(1).map((line) => line.split(',')[1]))];
const places = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'];
const figures = {
  'employment.csv': csv('region,industry,value', places.flatMap((place, p) => industries.map((industry, i) => [place, industry, 200 + ((i * 37 + p * 101) % 17) * (i % 6 === p ? 400 : 40)]))),
  'definitions.csv': economy.definitions, 'flows.csv': economy.flows,
  'territories.csv': csv('region,name,lat,lon', places.map((place, p) => [place, `Учебный край ${p + 1}`, 54 + (p % 3) / 2, 35 + Math.floor(p / 3)])),
};
const foundWorld = { study: false, files: figures, prepare: importer([['values', 'employment.csv', '--name', 'employment'], ['territories', 'territories.csv', '--name', 'territories'],
  ['concordance', 'definitions.csv', '--name', 'definitions', '--map', 'from=industry', '--map', 'to=cluster'],
  ['values', 'flows.csv', '--name', 'flows', '--map', 'region=from', '--map', 'industry=to']]) };
for (const [size, lang] of sizes) {
  describe(`clusters found: ${size}, ${lang}`, () => {
    const story = stage(foundWorld);
    const say = words[lang];
    const at = { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow };

    story('one is found, read, and made a cluster of the registry, whose application says that it has nobody', at, async (page, { server }) => {
      await done(server, 'clusters', '#employment', { definitions: '#definitions', map: ['definitions.industry=from', 'definitions.cluster=to', 'flows.from=region', 'flows.to=industry'], flows: '#flows' }, 'found');
      await page.reload();
      await withToken(page, server);
      const section = page.locator('#found');
      await section.locator('[data-group]').first().waitFor();
      await accessible(page, 'the list');
      await fits(page, 'the list');
      await section.getByLabel(say.kinds).selectOption('forest');
      await page.waitForFunction(() => [...document.querySelectorAll('#found [data-group]')].every((one) => one.dataset.group.startsWith('forest/')));
      await section.locator('.map svg').first().waitFor();
      await section.locator('[data-group]').first().click();
      const card = section.locator('.opened .card');
      await card.locator('#found-principles').waitFor();
      assert.ok(await isFocused(card.locator('h3')), 'the reader is led to the card');
      assert.match(new URL(page.url()).searchParams.get('group'), /^forest\/R\d$/);
      assert.equal(await card.locator('section').first().locator('li').count(), 5, 'all five principles, labels or not');
      await card.locator('li.label', { hasText: say.chain }).waitFor();
      await card.getByRole('button', { name: say.lacks }).click();
      await card.locator('.lacks li').nth(3).waitFor();
      await accessible(page, 'a cluster that was found');
      await fits(page, 'a cluster that was found');

      await card.getByRole('button', { name: say.record }).click();
      const form = page.locator('dialog');
      const proposed = await form.getByLabel(say.name, { exact: true }).inputValue();
      assert.notEqual(proposed, '');
      await form.getByRole('button', { name: say.save }).click();
      await page.locator('.done', { hasText: say.added }).waitFor();
      const [group] = [new URL(page.url()).searchParams.get('group').replace('/', '-')];
      assert.equal(await rowsOf(server, 'clusters', `cluster=${group}`), 1);
      await card.getByRole('link', { name: say.registered }).click();
      const registered = page.locator('#registry .card');
      await registered.getByRole('button', { name: say.application, exact: true }).waitFor();
      /* Without participants' table the server has nothing to make it from, and says so. */
      await registered.getByRole('button', { name: say.application, exact: true }).click();
      await page.locator('#application-title').waitFor();
      await page.locator('#registry .card').getByText(say.nobody).waitFor();
      await page.locator('#registry .card [role=alert] .note').waitFor();
      await accessible(page, 'an application that cannot be made');
      await fits(page, 'an application that cannot be made');
    });
  });
}

/* ---- A cluster that almost meets its criteria: the tables of a case by hand ---- */

const given = Object.fromEntries([...readFileSync(join(root, 'tests/case/repair/one-contract.case'), 'utf8').matchAll(/\[file (\S+)\]\n([\s\S]*?)(?=\n\[|$)/g)].map(([, name, text]) => [name, `${text.trim()}\n`]));
const kiln = {
  'participants.csv': given['p.csv'], 'contracts.csv': given['c.csv'], 'firm-accounts.csv': given['a.csv'], 'products.csv': given['pr.csv'], 'facilities.csv': given['fac.csv'], 'firms.csv': given['f.csv'],
  'clusters.csv': 'cluster,name,region,synthetic\nK,Учебный кластер печей,40,yes\n',
  'projects.csv': csv('project,cluster,name,firm,start,finish,budget,own_funds', [['a', 'K', 'Учебные печи', 'F01', '2024-05-01', '2027-05-01', 100000000, 20000000]]),
  'spending.csv': csv('project,entry,date,amount,source', [['a', 's1', '2024-05-01', 40000000, 'starter-batches']]),
  'needs.csv': csv('need,project,cluster,firm,kind,name,quantity,measure,due', [['n1', 'a', '', '', 'technology', '', 1, '', '2024-05-20'], ['n2', '', 'K', 'F01', 'power', 'Ток для печей', 400, 'kW', '']]),
  'facts.csv': csv('region,industry,value', [['F01', 'private-park', 0], ['F01', 'electronics-technopark', 0]]),
};
const kilnWorld = { study: false, files: kiln, prepare: importer([...['clusters', 'participants', 'contracts', 'firm-accounts', 'products', 'facilities', 'projects', 'spending', 'needs'].map((kind) => [kind, `${kind}.csv`]),
  ['values', 'facts.csv', '--name', 'facts'], ['firms', 'firms.csv', '--map', 'name=firm']]) };
for (const [size, lang] of sizes) {
  describe(`a cluster on its way: ${size}, ${lang}`, () => {
    const story = stage(kilnWorld);
    const say = words[lang];
    const at = { size, lang, scheme: size === 'phone' ? 'dark' : 'light', allow, path: 'cluster=K&day=2024-06-01' };

    story('what would make it eligible, move by move, with the proof', { ...at, allow: /404|422|Failed to load resource/ }, async (page, { server }) => {
      await withToken(page, server);
      const card = page.locator('#registry .card');
      const step = (id) => card.locator(`[data-step=${id}]`);
      await step('status').getByRole('button', { name: say.check }).click();
      await step('status').locator('.criteria li').first().waitFor();
      const shares = step('status').locator('.shares');
      await shares.waitFor();
      const told = (await shares.innerText()).replaceAll(/\s+/g, ' ');
      for (const word of say.shares) assert.match(told, word);
      await step('repair').getByRole('button', { name: say.repair }).click();
      const move = step('repair').locator('.moves li');
      await move.first().waitFor();
      assert.equal(await move.count(), 1);
      assert.match((await move.innerText()).replaceAll(/\s/g, ' '), say.move);
      assert.match(await move.innerText(), say.costs);
      assert.match(await move.innerText(), say.why);
      assert.match(await step('repair').innerText(), say.proved);
      await accessible(page, 'a repair');
      await fits(page, 'a repair');
      /* Of another status whose shares do not come, those of this one are not shown. */
      await page.route('**/tables/participants*', (route) => route.abort());
      const next = page.waitForRequest('**/tables/participants*');
      await step('status').getByRole('button', { name: say.check }).click();
      await next;
      await shares.waitFor({ state: 'detached' });
    });

    story('a candidate is written down, and is among those that the cheapest change is looked for', at, async (page, { server }) => {
      await withToken(page, server);
      const step = page.locator('#registry .card [data-step=repair]');
      await step.getByText(say.noCandidates).waitFor();
      await step.getByRole('button', { name: say.addCandidate }).click();
      const form = page.locator('dialog');
      await form.getByLabel(say.candidate).fill('t');
      await form.getByLabel(say.what).selectOption('facility');
      await form.getByLabel(say.kind).selectOption('technology');
      await form.getByLabel(say.cost).fill('1000');
      assert.equal(await form.getByLabel(say.supplier).count(), 0, 'a facility has no supplier');
      await accessible(page, 'a candidate');
      await form.getByRole('button', { name: say.save }).click();
      await step.getByText(say.facility).first().waitFor();
      await step.getByRole('button', { name: say.repair }).click();
      await step.getByText(say.searchedFacility).waitFor();
      await accessible(page, 'candidates');
      await fits(page, 'candidates');
    });

    story('before there was a rule nothing is repaired, and nothing proved', { ...at, path: 'cluster=K&day=2014-12-31' }, async (page, { server }) => {
      await withToken(page, server);
      const step = page.locator('#registry .card [data-step=repair]');
      await step.getByRole('button', { name: say.repair }).click();
      await step.getByText(say.noRule).waitFor();
      const text = await step.innerText();
      assert.doesNotMatch(text, say.proved);
      assert.doesNotMatch(text, say.allMet);
    });

    story('the best support, with its cap and what is uncertain of it', at, async (page, { server }) => {
      await done(server, 'support', '#projects', { where: 'cluster=K', costs: '#spending', map: ['costs.kind=source', 'facts.subject=region', 'facts.fact=industry'], facts: '#facts',
        participants: '#participants', evidence: 'possible', date: '2024-06-01' }, 'kiln-support');
      await page.reload();
      const step = page.locator('#registry [data-step=support]');
      const part = step.locator('.plan li').first();
      await part.waitFor();
      const text = (await part.innerText()).replaceAll(/\s/g, ' ');
      assert.match(text, /20/);
      assert.match(text, say.uncertain);
      assert.match(text, say.cap);
      assert.match(await step.innerText(), say.proved);
      await accessible(page, 'a combination');
      await fits(page, 'a combination');
    });

    story('what it needs, beside what there is of it', at, async (page, { server }) => {
      await withToken(page, server);
      const needs = page.locator('#registry section[aria-labelledby=cluster-needs]');
      await needs.getByText(/Ток для печей/).first().waitFor();
      const text = await needs.innerText();
      assert.match(text, say.late);
      assert.match(text, say.there);
      assert.match(text, /400\s*kW/);
      await needs.getByRole('button', { name: say.changeNeed }).click();
      const form = page.locator('dialog');
      await form.getByLabel(say.quantity).fill('500');
      await form.getByRole('button', { name: say.save }).click();
      await page.locator('.done', { hasText: say.changed }).waitFor();
      await needs.getByText(/500\s*kW/).first().waitFor();
      await accessible(page, 'needs');
      await fits(page, 'needs');
    });

    story('its application: what is lacking first, its parts, the document itself, and the file', { ...at, path: `${at.path}&application=yes` }, async (page, { server }) => {
      const card = page.locator('#registry .card');
      await card.locator('.first section').first().waitFor();
      assert.ok((await card.locator('h4').allInnerTexts()).includes(say.lacking));
      assert.match(await card.locator('.parts').innerText(), say.parts);
      /* The document is in a frame of its own that runs and fetches nothing, and looks as it should: its style is its own. */
      const frame = card.locator('iframe');
      assert.equal(await frame.getAttribute('sandbox'), '');
      const inside = page.frameLocator('#registry iframe');
      await inside.locator('h1').waitFor();
      assert.equal(await inside.locator('h1').innerText(), 'Учебный кластер печей');
      assert.equal(await inside.locator('table').first().evaluate((node) => getComputedStyle(node).borderCollapse), 'collapse');
      await accessible(page, 'an application');
      await fits(page, 'an application');
      const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: say.word }).click()]);
      assert.match(file.suggestedFilename(), new RegExp(`^K-report-${lang}\\.docx$`));
      await card.locator('[role=status]', { hasText: say.took }).waitFor();
      await card.getByRole('button', { name: say.back }).click();
      await card.locator('#cluster-title').waitFor();
      assert.equal(new URL(page.url()).searchParams.get('application'), null);
      /* A second status of the cluster makes no riddle of which one is meant. */
      for (const id of ['older', 'newer']) {
        await done(server, 'status', '#participants', { where: 'cluster=K', date: '2024-06-01' }, id);
      }
      await page.goto(page.url().replace('cluster=K', 'cluster=K&application=yes'));
      await card.locator('.first section').nth(2).waitFor();
    });
  });
}
