/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbooks by way of the program: FILE#part wherever a file may be named, faults by their cell, faults as a table, and
 * published values from a statistical office's own workbook.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, needsShared, okrug, okrugDone, parseTable, shared } from '../support/okrug.mjs';
import { workbook } from '../support/workbook.mjs';

const jobs = [['region', 'industry', 'value'], ['007', 'A', 1], ['007', 'B', '1\u00a0234,5'], ['10', 'A', 3.25]];
const csv = 'region,industry,value\n007,A,1\n007,B,1234.5\n10,A,3.25\n';
const sheets = { Обложка: [['Занятость']], 'Год 2022': jobs.slice(0, 3), 'Данные #2': jobs };

test('a sheet is read as the same table in text is', async (t) => {
  const cwd = folder(t, { 'book.xlsx': workbook({ Лист: jobs, Пустой: [] }), 'jobs.csv': csv });
  const fromText = await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd });
  for (const name of ['book.xlsx', 'book.xlsx#Лист', './book.xlsx#Лист', join(cwd, 'book.xlsx#Лист')]) {
    const { stdout } = await okrugDone(['run', 'location-quotient', name], { cwd });
    assert.equal(stdout, fromText.stdout, name);
  }
});

test('a part is named in first and second inputs, imports and studies', async (t) => {
  const cwd = folder(t, {
    'book.xlsx': workbook(sheets),
    'study.yaml': 'study: small\ndatasets:\n  - {id: jobs, kind: values, file: "book.xlsx#Данные #2"}\nsteps:\n' +
      '  - {id: q, run: location-quotient, input: "book.xlsx#Данные #2", reference: "book.xlsx#Год 2022"}\n',
  });
  const run = await okrugDone(['run', 'location-quotient', 'book.xlsx#Данные #2', '--reference', 'book.xlsx#Год 2022'], { cwd });
  assert.equal(parseTable(run.stdout).rows.length, 3);
  await okrugDone(['study', 'run', 'study.yaml', '-o', 'out'], { cwd });
  assert.equal(readFileSync(join(cwd, 'out/q/quotients.csv'), 'utf8'), run.stdout);
  const { inputs } = JSON.parse(readFileSync(join(cwd, 'out/q/provenance.json'), 'utf8'));
  assert.deepEqual(inputs.map((input) => [input.file, input.part]), [['book.xlsx', 'Данные #2'], ['book.xlsx', 'Год 2022']]);
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'values', 'book.xlsx#Данные #2'], { cwd });
  const kept = await okrugDone(['run', 'location-quotient', 'w.okrug#book'], { cwd });
  const direct = await okrugDone(['run', 'location-quotient', 'book.xlsx#Данные #2'], { cwd });
  assert.equal(kept.stdout, direct.stdout);
});

test('no part is chosen by guess', async (t) => {
  const cwd = folder(t, { 'book.xlsx': workbook(sheets), 'jobs.csv': csv });
  const several = await okrug(['run', 'location-quotient', 'book.xlsx'], { cwd });
  assert.equal(several.code, 3);
  assert.match(several.stderr, /^book\.xlsx: several parts hold data: Обложка, Год 2022, Данные #2; .*FILE#PART/);
  const unknown = await okrug(['run', 'location-quotient', 'book.xlsx#2021'], { cwd });
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^book\.xlsx: there is no part "2021"; there are: Обложка, Год 2022, Данные #2/);
});

test('a bad cell is named by its sheet, column and row', async (t) => {
  const cwd = folder(t, {
    'book.xlsx': workbook({ Лист: [['Итоги'], [], ['region', null, 'industry', 'value'], ['A', null, 'x', { error: '#DIV/0!' }],
      ['B', null, 'x', -1], ['C', null, 'x', 'много, "очень"']] }),
  });
  const title = await okrug(['run', 'location-quotient', 'book.xlsx'], { cwd });
  assert.match(title.stderr, /book\.xlsx:3: this line looks like the header.*--header-row 3/);
  const { code, stderr } = await okrug(['import', 'w.okrug', 'values', 'book.xlsx', '--header-row', '3', '--dry-run', '--errors', 'e.csv'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /^book\.xlsx:4: Лист!D4: column "value": #DIV\/0!/m);
  assert.match(stderr, /^book\.xlsx:5: Лист!D5: column "value": -1 is out of range/m);
  const errors = parseTable(readFileSync(join(cwd, 'e.csv'), 'utf8')).rows;
  assert.deepEqual(errors.map((row) => [row.file, row.row, row.column, row.cell, row.value]), [
    ['book.xlsx', '4', 'value', 'Лист!D4', '#DIV/0!'], ['book.xlsx', '5', 'value', 'Лист!D5', '-1'],
    ['book.xlsx', '6', 'value', 'Лист!D6', 'много, "очень"']]);
  assert.match(errors[1].reason, /^-1 is out of range/);
});

test('a header of two rows is joined, and named where it is met', async (t) => {
  /* As spreadsheets merge cells: the text is in the first of them, to the right and below it they are blank. */
  const sheet = [['Реестр предприятий', null, null, null, null], ['Код', 'Название', 'Реквизиты', null, 'Регион'],
    [null, null, 'ИНН', 'ОГРН', null], ['1', 'А', '0000000064', null, '40'], ['2', 'Б', null, null, '40']];
  const text = sheet.map((row) => row.map((cell) => cell ?? '').join(';')).join('\n');
  const cwd = folder(t, { 'book.xlsx': workbook({ Лист: sheet }), 'list.csv': `${text}\n` });
  await okrugDone(['init', 'w.okrug'], { cwd });
  const roles = ['firm=Код', 'name=Название', 'inn=Реквизиты ИНН', 'ogrn=Реквизиты ОГРН', 'region=Регион'].flatMap((map) => ['--map', map]);
  for (const [file, id] of [['book.xlsx', 'book'], ['list.csv', 'list']]) {
    const one = await okrug(['import', 'w.okrug', 'firms', file, '--header-row', '2', '--map', 'firm=Код', '--map', 'name=Название'], { cwd });
    assert.equal(one.code, 3, file);
    assert.equal(one.stderr.match(/:3: this row seems to belong to the header.*--header-row 2-3/g)?.length, 1, one.stderr);
    await okrugDone(['import', 'w.okrug', 'firms', file, '--header-row', '2-3', ...roles], { cwd });
    await okrugDone(['export', `w.okrug#${id}`, `${id}-out.csv`], { cwd });
    const { rows } = parseTable(readFileSync(join(cwd, `${id}-out.csv`), 'utf8'));
    assert.deepEqual(rows.map((row) => [row.firm, row.inn, row.region]), [['1', '0000000064', '40'], ['2', '', '40']], file);
    const late = await okrug(['import', 'w.okrug', 'firms', file, '--name', 'late', '--header-row', '5-6', ...roles], { cwd });
    assert.equal(late.code, 3);
    assert.match(late.stderr, /no line 6 for the header/);
  }
  for (const wrong of ['3-2', '2-2', '2-', '-3', '1-100', '2-3-4']) {
    const { code, stderr } = await okrug(['import', 'w.okrug', 'firms', 'list.csv', '--header-row', wrong], { cwd });
    assert.equal(code, 2, wrong);
    assert.match(stderr, /--header-row/);
  }
});

test('a code that was rounded is refused by its cell, in the sheet that is read', async (t) => {
  const rounded = [['region', 'industry', 'value'], [40702810900000012345, 'A', 1], ['40702810900000012345', 'A', 2]];
  const cwd = folder(t, { 'book.xlsx': workbook({ Чужой: rounded, Лист: jobs }) });
  await okrugDone(['run', 'location-quotient', 'book.xlsx#Лист'], { cwd });
  const { code, stderr } = await okrug(['run', 'location-quotient', 'book.xlsx#Чужой'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /^book\.xlsx:2: Чужой!A2: column "region": 4070281090000001\d{4} is stored as a number/);
  assert.match(stderr, /format the column as text/);
  assert.equal(stderr.trim().split('\n').length, 1);
});

test('the library is named where it is missing, and only where it is needed', async (t) => {
  const cwd = folder(t, { 'book.xlsx': workbook({ Лист: jobs }), 'jobs.csv': csv });
  const env = { OKRUG_GDAL: '/nonexistent/libgdal.so' };
  const { code, stderr } = await okrug(['run', 'location-quotient', 'book.xlsx'], { cwd, env });
  assert.equal(code, 5);
  assert.match(stderr, /apt install libgdal32/);
  await okrugDone(['run', 'location-quotient', 'jobs.csv'], { cwd, env });
});

test('wide tables come from sheets, with numbers as numbers and as texts', async (t) => {
  const rows = [['Таблица'], ['code', 'a', 'b', 'output'], ['a', 150, '500,5', '1\u00a0000'], ['b', 200.5, 100, '2\u00a0000,25']];
  const cwd = folder(t, {
    'table.xlsx': workbook({ 'Таблица 1': rows, Пояснения: [['Первый лист']] }),
    'table.csv': 'code,a,b,output\na,150,500.5,1000\nb,200.5,100,2000.25\n',
  });
  const text = await okrugDone(['run', 'multipliers', 'table.csv', '--output', 'output'], { cwd });
  const sheet = await okrugDone(['run', 'multipliers', 'table.xlsx#Таблица 1', '--header-row', '2', '--output', 'output'], { cwd });
  assert.equal(sheet.stdout, text.stdout);
  await okrugDone(['init', 'w.okrug'], { cwd });
  await okrugDone(['import', 'w.okrug', 'input-output', 'table.xlsx#Таблица 1', '--header-row', '2'], { cwd });
  const kept = await okrugDone(['run', 'multipliers', 'w.okrug#table', '--output', 'output'], { cwd });
  assert.equal(kept.stdout, text.stdout);
});

test('the workbook of the Banco Central de Chile gives the published multipliers', needsShared, async (t) => {
  const cwd = folder(t, {
    'employees.csv': `industry,value\n${readFileSync(join(shared, 'io_chile_2013/employment_matrix.csv'), 'utf8').trim().split('\n').slice(1)
      .map((line, i) => `${i + 1},${line.split(',')[1]}`).join('\n')}\n`,
  });
  const { stdout } = await okrugDone(['run', 'multipliers', `${join(shared, 'io_chile_2013/mip_2013_bcch_12x12.xlsx')}#1`,
    '--header-row', '9', '--final-demand', 'Total', '--output', 'Producción precios básicos',
    '--income', 'Remuneraciones de asalariados', '--employment', 'employees.csv'], { cwd });
  const { rows } = parseTable(stdout);
  assert.equal(rows.length, 12);
  /* The vignette of the R package leontief prints 1.89, 0.291 and 94.3; the CSV of the case chile-2013 has six decimals. */
  const [agriculture] = rows;
  assert.ok(Math.abs(agriculture.output - 1.890083569678668) < 1e-9);
  assert.ok(Math.abs(agriculture.income - 0.29102947385829886) < 1e-9);
  assert.ok(Math.abs(agriculture.employment - 94.29269125584727) < 1e-6);
});
