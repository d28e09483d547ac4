/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The analyst's other story: starts an analysis from a form, watches it, sees its result beside the old one, calls one off, is
 * told what is wrong, and loses nothing when the server is killed.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { accessible, fits, stage } from '../support/browser.mjs';
import { okrugDone, parseTable } from '../support/okrug.mjs';
import { endless, long, ring } from '../support/ring.mjs';

const story = stage({
  env: { OMP_NUM_THREADS: '1' },
  files: { 'places.csv': 'place,trade,persons,wages\nA,x,1,10\nB,y,2,15\nA,y,3,40\n' },
  prepare: async (workspace, cwd) => {
    const [values, links] = ring();
    writeFileSync(join(cwd, 'ring.csv'), values);
    writeFileSync(join(cwd, 'links.csv'), links);
    await okrugDone(['import', workspace, 'values', 'ring.csv'], { cwd });
    await okrugDone(['import', workspace, 'neighbours', 'links.csv'], { cwd });
    /* Its columns have other names than an analysis looks for. */
    await okrugDone(['import', workspace, 'labels', 'places.csv', '--map', 'dimension=place', '--map', 'code=trade', '--map', 'en=persons', '--map', 'ru=wages'], { cwd });
  },
});

const words = {
  en: { level: 'Level of the interval', start: 'Start', cancel: 'Cancel', again: 'Run again with changes', all: 'All analyses', copy: 'Copy', refuses: 'Refuses with less than: regions, where no --reference is given — 2; ' },
  ru: { level: 'Уровень интервала', start: 'Запустить', cancel: 'Отменить', again: 'Повторить с изменениями', all: 'Все расчёты', copy: 'Скопировать', refuses: 'Отказывается считать, если меньше: регионов, если не задан --reference — 2; ' },
};
const json = ({ body }) => JSON.parse(body);
const jobs = async (server) => json(await server.get('/api/v1/jobs')).jobs;
const query = (page) => new URL(page.url()).searchParams;

/* As the address that the server prints: the token goes from the address into the page. */
async function withToken(page, server) {
  await page.locator('#analyses').waitFor();
  await page.evaluate((token) => { location.hash = `token=${token}`; }, server.token);
  await page.waitForFunction(() => location.hash === '');
  return page.locator('#analyses');
}

async function form(analyses, id) {
  await analyses.locator('.list button', { hasText: id }).click();
  return analyses.locator('form');
}

async function run(page, server, { analysis, input, options }) {
  const analyses = await withToken(page, server);
  const filled = await form(analyses, analysis);
  const [weights, permutations] = options.map((option) => option.value);
  await filled.getByLabel(/^Main table/).selectOption(input);
  await filled.getByLabel(/--weights/).selectOption(weights);
  await filled.getByLabel(/--permutations/).fill(permutations);
  await filled.getByRole('button', { name: 'Start' }).click();
  const job = analyses.locator('[data-job].running');
  await job.waitFor();
  return { analyses, filled, id: Number(await job.getAttribute('data-job')) };
}

/* What the page says of where two tables are apart, from the tables themselves. */
async function differences(server, [a, b], column) {
  const [old, now] = await Promise.all([a, b].map(async (id) => json(await server.get(`/api/v1/datasets/${encodeURIComponent(id)}/tables/quotients`))));
  const values = (table, name) => table.columns.find((one) => one.name === name).values;
  return values(now, column).map((value, row) => ({ region: values(now, 'region')[row], by: value - values(old, column)[row] }))
    .sort((p, q) => Math.abs(q.by) - Math.abs(p.by));
}

for (const [size, lang] of [['desktop', 'en'], ['phone', 'ru'], ['narrow', 'en']]) {
  story(`a parameter is changed, and the new result stands beside the old one: ${size}, ${lang}`, { size, lang }, async (page, { server, cwd }) => {
    const w = words[lang];
    const analyses = await withToken(page, server);
    await accessible(page, 'what can be computed');
    const filled = await form(analyses, 'location-quotient');
    assert.equal((await analyses.locator('.limits').textContent()).replaceAll('\u00a0', ' ').slice(0, w.refuses.length), w.refuses);
    await filled.locator('select').first().selectOption('#regional-employment');
    const level = filled.getByLabel(w.level);
    assert.equal(await level.inputValue(), '0.95', 'the default is there');
    const value = { desktop: '0.9', phone: '0,8', narrow: '0.7' }[size];
    await level.fill(value);
    await accessible(page, 'the form');
    const command = (await filled.locator('.line').innerText()).replaceAll('\n', '');
    assert.equal(command, `okrug run location-quotient WORKSPACE#regional-employment --level ${value.replace(',', '.')}`);

    await filled.getByRole('button', { name: w.start }).click();
    const versus = analyses.locator('.versus');
    await versus.locator('tbody tr').first().waitFor();
    const result = query(page).get('result');
    assert.match(result, /^location-quotient-\d$/);
    const older = await versus.locator('select').first().inputValue();
    const asked = await versus.locator('.frame tbody tr').first().innerText();
    assert.match(asked, new RegExp(`level\\s+0\\.\\d+\\s+${value.replace(',', '.')}`));

    /* The figures shown are those of the tables. */
    await versus.locator('label select').selectOption('hi');
    const [file] = await Promise.all([page.waitForEvent('download'), versus.locator('.downloads button').first().click()]);
    const rows = parseTable(readFileSync(await file.path(), 'utf8')).rows;
    const expected = (await differences(server, [older, result], 'hi')).filter(({ by }) => by !== 0);
    assert.equal(rows.length, expected.length);
    for (const [i, row] of rows.slice(0, 20).entries()) {
      assert.equal(Number(row.by), expected[i].by);
      assert.equal(Number(row.now) - Number(row.old), expected[i].by);
    }
    await accessible(page, 'the result beside the old one');

    /* On a map of the regions, down to the origin of a figure. */
    const map = analyses.locator('.outcome .map svg');
    await map.locator('.area').nth(84).waitFor({ state: 'attached' });
    assert.equal(await map.locator('.area').count(), 85);
    await map.locator('[tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.value').waitFor();
    assert.match(await page.getByRole('dialog').innerText(), new RegExp(result));
    await page.keyboard.press('Escape');
    await fits(page, 'no wider than the window');

    /* The command does the same in a terminal. */
    await okrugDone([...command.replace('WORKSPACE', 'w.okrug').split(' ').slice(1), '-o', `run-${size}`], { cwd });
    const inTerminal = parseTable(readFileSync(join(cwd, `run-${size}/quotients.csv`), 'utf8')).rows;
    const stored = json(await server.get(`/api/v1/datasets/${result}/tables/quotients`)).columns.find(({ name }) => name === 'hi').values;
    assert.deepEqual(inTerminal.map((row) => Number(row.hi)), stored);
    const [table] = await Promise.all([page.waitForEvent('download'), analyses.locator('.part .downloads button').first().click()]);
    const loaded = parseTable(readFileSync(await table.path(), 'utf8')).rows;
    assert.deepEqual(loaded.map((row) => Number(row.hi)), stored, 'the whole table is downloaded, not what is in sight');

    /* The link leads back to it, and the result to its form. */
    await page.reload();
    await versus.locator('tbody tr').first().waitFor();
    await analyses.locator('.pick').first().getByRole('button', { name: w.again }).click();
    assert.equal(await filled.getByLabel(w.level).inputValue(), value.replace(',', '.'));
    assert.equal(await filled.locator('select').first().inputValue(), '#regional-employment');
  });
}

story('progress is seen, a waiting job and a running one are called off', {}, async (page, { server }) => {
  const { analyses, filled, id } = await run(page, server, endless);
  const job = analyses.locator(`[data-job="${id}"]`);
  const bar = job.getByRole('progressbar');
  await page.waitForFunction((node) => node.value > 0, await bar.elementHandle());
  const seen = await bar.evaluate((node) => node.value);
  await page.waitForFunction(([node, before]) => node.value > before, [await bar.elementHandle(), seen]);
  assert.notEqual(await job.locator('.progress').innerText(), '');
  assert.match(await job.innerText(), /\d s/);
  await accessible(page, 'a running job');
  await filled.getByRole('button', { name: 'Start' }).click();
  const waiting = analyses.locator(`[data-job="${id + 1}"]`);
  await waiting.getByText('waiting').waitFor();
  await waiting.getByRole('button', { name: 'Cancel' }).click();
  await waiting.and(page.locator('.cancelled')).waitFor();
  await job.getByRole('button', { name: 'Cancel' }).click();
  await job.and(page.locator('.cancelled')).waitFor();
  assert.deepEqual((await jobs(server)).slice(0, 2).map(({ state, result }) => [state, result]), [['cancelled', null], ['cancelled', null]]);
  await page.reload();
  await job.and(page.locator('.cancelled')).waitFor();
  assert.equal(query(page).get('result'), null, 'nothing came of it');
});

story('a killed server: the page finds the next one, and the job is done', { allow: /Failed to load resource|ERR_/ }, async (page, { server, restart }) => {
  const { analyses, id } = await run(page, server, long);
  await server.stop('SIGKILL');
  await analyses.getByText('The server does not answer').waitFor();
  const next = await restart();
  await analyses.getByText('The server does not answer').waitFor({ state: 'detached' });
  const job = analyses.locator(`[data-job="${id}"]`);
  await job.and(page.locator('.done')).waitFor({ timeout: 90000 });
  assert.match(await analyses.locator('.outcome h4').first().innerText(), /^local-moran-\d$/);
  const result = (await jobs(next)).find((one) => one.id === id).result;
  assert.equal(query(page).get('result'), result, 'what was asked for here is shown');
  await analyses.locator('.part tbody tr').first().waitFor();

  /* The token of the killed server is worth nothing; the page says so and reads on, and takes the new one. */
  await analyses.getByRole('button', { name: 'Start' }).click();
  await analyses.getByText('started anew').waitFor();
  assert.equal(await analyses.getByRole('button', { name: 'Start' }).isDisabled(), true);
  await accessible(page, 'the token is refused');
  await withToken(page, next);
  assert.equal(await analyses.getByRole('button', { name: 'Start' }).isDisabled(), false);
});

story('what is wrong is said at its field, by the page and by the server', { allow: /400|409|422/ }, async (page, { server }) => {
  const analyses = await withToken(page, server);
  const filled = await form(analyses, 'location-quotient');
  const before = (await jobs(server)).length;
  const level = filled.getByLabel('Level of the interval');
  await level.fill('2');
  await filled.getByRole('button', { name: 'Start' }).click();
  assert.equal(await level.getAttribute('aria-invalid'), 'true');
  const about = await page.locator(`#${await level.getAttribute('aria-describedby')}`).innerText();
  assert.match(about, /Allowed: from 0\.5 to 0\.9999/);
  assert.ok(await level.evaluate((node) => node === document.activeElement), 'the focus goes to what is wrong');
  await accessible(page, 'a fault at its field');
  assert.equal((await jobs(server)).length, before, 'nothing was asked of the server');
  await level.fill('');

  /* A table whose columns have other names: which is what has to be said. */
  await filled.locator('select').first().selectOption('#places');
  await filled.getByRole('button', { name: 'Start' }).click();
  assert.equal(await filled.locator('[aria-invalid=true]').count(), 3);
  await filled.getByLabel(/^Region region/).first().selectOption('dimension');
  await filled.getByLabel(/^Section industry/).first().selectOption('code');
  await filled.getByLabel(/^Value value/).first().selectOption('en');
  assert.match(await filled.locator('.line').innerText(), /--map region=dimension --map industry=code --map value=en$/);

  /* What only the server knows: the name is taken. */
  await filled.getByLabel('Name of the result').fill('labels');
  await filled.getByRole('button', { name: 'Start' }).click();
  await filled.getByText('there is a dataset labels already').waitFor();
  assert.equal(await filled.getByLabel('Name of the result').getAttribute('aria-invalid'), 'true');
  await filled.getByLabel('Name of the result').fill('small places');
  await filled.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/result=small/);
  const rows = json(await server.get('/api/v1/datasets/small%20places/tables/quotients')).columns;
  assert.deepEqual(new Set(rows[0].values), new Set(['A', 'B']));

  /* A job that failed says why, where it stands. */
  await analyses.getByRole('button', { name: 'All analyses' }).click();
  const other = await form(analyses, 'multipliers');
  await other.getByLabel('Row, else column, with output').fill('nope');
  await other.getByRole('button', { name: 'Start' }).click();
  const failed = analyses.locator('[data-job].failed').first();
  await failed.waitFor();
  assert.match(await failed.innerText(), /nope/);
  await accessible(page, 'a failed job');
  await failed.getByRole('button', { name: 'Run again with changes' }).click();
  assert.equal(await other.getByLabel('Row, else column, with output').inputValue(), 'nope');
});

story('without the token the page reads, and says how to do more', {}, async (page) => {
  const analyses = page.locator('#analyses');
  await analyses.getByText('open for reading only').waitFor();
  const filled = await form(analyses, 'specialisation');
  assert.equal(await filled.getByRole('button', { name: 'Start' }).isDisabled(), true);
  assert.match(await filled.locator('.line').innerText(), /^okrug run specialisation WORKSPACE#/);
  await accessible(page, 'without the token');
});

story('a form is filled in and sent with the keyboard alone', {}, async (page, { server }) => {
  const analyses = await withToken(page, server);
  await analyses.locator('.list button', { hasText: 'specialisation' }).focus();
  await page.keyboard.press('Enter');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /specialisation/, 'the focus goes along to the form');
  const nearest = analyses.getByLabel(/--nearest/);
  for (let i = 0; i < 20 && !(await nearest.evaluate((node) => node === document.activeElement)); i += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Control+A');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await page.waitForURL(/result=specialisation-1/);
  const { provenance } = json(await server.get('/api/v1/datasets/specialisation-1'));
  assert.equal(provenance.parameters.nearest, 3);
});

story('choices are told in words, in the form and beside the result', { lang: 'ru', size: 'phone' }, async (page, { server }) => {
  const analyses = await withToken(page, server, 'ru');
  const rules = await form(analyses, 'weights');
  assert.deepEqual(await rules.getByLabel(/--rule/).locator('option').allInnerTexts().then((all) => all.map((text) => text.replaceAll('\u00a0', ' '))),
    ['общая точка или линия (ферзь)', 'общая линия (ладья)', 'несколько ближайших', 'не дальше расстояния']);
  await analyses.getByRole('button', { name: 'Все расчёты' }).click();
  const filled = await form(analyses, 'shift-share');
  await filled.getByLabel(/--form/).selectOption('esteban-marquillas');
  assert.match(await filled.locator('.line').innerText(), /--form esteban-marquillas$/, 'the command line keeps its own words');
  await analyses.getByRole('button', { name: 'Все расчёты' }).click();

  const quotients = await form(analyses, 'location-quotient');
  const parts = quotients.getByRole('group', { name: /какую часть итога региона/ });
  assert.deepEqual(await parts.getByRole('button').allInnerTexts(), ['только часть', 'весь итог']);
  await quotients.locator('select').first().selectOption('#regional-employment');
  await parts.getByRole('button', { name: 'весь итог' }).click();
  await quotients.getByLabel('Имя результата').fill('whole');
  await accessible(page, 'choices in words');
  await fits(page, 'no wider than the window');
  await quotients.getByRole('button', { name: 'Запустить' }).click();
  await page.waitForURL(/result=whole/);
  const outcome = page.locator('#outcome');
  const changed = outcome.locator('.versus tbody tr', { hasText: 'parts' }).first();
  await changed.waitFor();
  assert.match(await changed.innerText(), /только часть\s+весь итог/);
});
