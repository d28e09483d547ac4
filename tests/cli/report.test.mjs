/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports of a study: the shipped example in both languages as PDF, HTML, XLSX and single figures, looked at with the
 * tools that people have.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { folder, okrug, okrugDone, program, root, start } from '../support/okrug.mjs';
import { sheetsOf } from '../support/zip.mjs';

const cwd = mkdtempSync(join(tmpdir(), 'okrug-test-'));
after(() => rmSync(cwd, { recursive: true, force: true }));
const report = (file, ...more) => okrugDone(['report', 'k.okrug', '-o', file, ...more], { cwd });
const tool = async (...command) => {
  const { code, stdout, stderr } = await start(command[0], command.slice(1), { cwd }).finished;
  assert.equal(code, 0, stderr);
  return stdout;
};

before(async () => {
  await okrugDone(['study', 'run', join(root, 'examples/kaluga/study.yaml'), '--workspace', 'k.okrug'], { cwd });
  for (const lang of ['en', 'ru']) {
    await report(`${lang}.pdf`, '--lang', lang, '--date', '2026-03-09');
    await report(`${lang}.html`, '--lang', lang, '--date', '2026-03-09');
  }
});

const words = {
  en: { page: 'Contents', first: [/Kaluga oblast/, /manufacturing: 1\.63 times/, /95% interval 1\.62–\s?1\.64/, /Electricity, gas and water: 1\.25 \(rank 1–3\)/, /249 of 494 cells are blank/],
    all: [/Table 1 – What the oblast/, /Figure 4 – The section each municipality/, /Source: Rosstat/, /Computed by okrug [\d.]+, 2026-03-09/, /References/, /What to beware of/, /no boundaries were imported/] },
  ru: { page: 'Содержание', first: [/УТВЕРЖДАЮ/, /Калужская область/, /обрабатывающие производства —\s+доля занятых в 1,63 раза/, /1,62–1,64/, /место 1–3/],
    all: [/Таблица 1 – Специализация/, /Рисунок 4 – Раздел/, /Источник: Росстат/, /Расчёт okrug [\d.]+, 09\.03\.2026/, /13[\u00a0 ]652/, /Литература/, /На что обратить внимание/, /границы не загружены/] },
};

for (const lang of ['en', 'ru']) {
  test(`the PDF in ${lang} is A4, all vectors, with its fonts inside and its text as text`, async () => {
    const info = await tool('pdfinfo', `${lang}.pdf`);
    assert.match(info, /Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/);
    const pages = Number(/Pages: +(\d+)/.exec(info)[1]);
    assert.ok(pages >= 8 && pages <= 20, `${pages} pages`);
    assert.match(info, lang === 'en' ? /Title: +Kaluga oblast/ : /Title: +Калужская область/);
    assert.equal((await tool('pdfimages', '-list', `${lang}.pdf`)).trim().split('\n').length, 2, 'no pixels');
    const fonts = (await tool('pdffonts', `${lang}.pdf`)).trim().split('\n').slice(2);
    assert.ok(fonts.length > 0);
    for (const font of fonts) {
      assert.match(font, /PTSans.* yes yes yes /);
    }
  });

  test(`the first page in ${lang} holds the answer, the others what it rests on`, async () => {
    const first = (await tool('pdftotext', '-l', '1', `${lang}.pdf`, '-')).replace(/[ \n]+/g, ' ');
    for (const word of words[lang].first) {
      assert.match(first, word);
    }
    assert.ok(!first.includes(words[lang].page), 'the contents start a page');
    const all = await tool('pdftotext', `${lang}.pdf`, '-');
    for (const word of words[lang].all) {
      assert.match(all, word);
    }
    if (lang === 'ru') {
      assert.doesNotMatch(all, /Rosstat|Derived from/, 'sources are told in Russian');
      assert.match(all, /двусторонняя/);
    }
    assert.doesNotMatch(all, /report\.|web\.|unit\.|\{[a-z]+\}|\bNaN\b|undefined/, 'no key and no place is left');
  });

  test(`the contents in ${lang} tell the pages where the parts are`, async () => {
    const second = await tool('pdftotext', '-layout', '-f', '2', '-l', '2', `${lang}.pdf`, '-');
    const entries = [...second.matchAll(/^ *(\d) +(\S.*?) {3,}(\d+)$/gm)].filter((m) => m[3] !== m[1] || m[2].length > 3);
    assert.ok(entries.length >= 5, second);
    for (const [, number, title, page] of entries) {
      const text = await tool('pdftotext', '-layout', '-f', page, '-l', page, `${lang}.pdf`, '-');
      assert.ok(text.includes(title.slice(0, 20)), `${number} ${title} is not on page ${page}`);
    }
  });

  test(`the HTML in ${lang} stands alone and has the same figures`, () => {
    const html = readFileSync(join(cwd, `${lang}.html`), 'utf8');
    assert.match(html, new RegExp(`^<!DOCTYPE html>\n<html lang="${lang}">`));
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|@import|src=|url\((?!#)/i);
    assert.deepEqual([...html.matchAll(/href="([^#"][^"]*)"/g)], []);
    assert.equal(html.match(/<svg /g).length, 5);
    assert.equal(html.match(/<figcaption>/g).length, 5);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
    assert.equal(new Set(ids).size, ids.length, 'ids are different');
    assert.match(html, lang === 'en' ? /13,652/ : /13\u00a0652/);
    const open = [...html.matchAll(/<(\/?)(ul|li|table|tr|td|th|figure|svg|section|main|nav|ol|div|h[123]|p)\b[^>]*>/g)];
    const stack = [];
    for (const [, end, name] of open) {
      end ? assert.equal(stack.pop(), name) : stack.push(name);
    }
    assert.deepEqual(stack, []);
  });
}

test('the same bytes twice and on any number of threads', async () => {
  for (const file of ['en.pdf', 'en.html']) {
    await report(`again-${file}`, '--lang', 'en', '--date', '2026-03-09', '--threads', '3');
    assert.ok(readFileSync(join(cwd, file)).equals(readFileSync(join(cwd, `again-${file}`))), file);
  }
});

test('without a date none gets in', async () => {
  await report('undated.pdf', '--lang', 'en');
  assert.doesNotMatch(await tool('pdfinfo', 'undated.pdf'), /CreationDate|ModDate/);
  assert.doesNotMatch(await tool('pdftotext', 'undated.pdf', '-'), new RegExp(`${new Date().getFullYear()}-`));
});

test('one figure as SVG and as PNG', async () => {
  await report('figure.svg', '--figure', '1', '--lang', 'en');
  const svg = readFileSync(join(cwd, 'figure.svg'), 'utf8');
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 620 [\d.]+"/);
  assert.match(svg, />1\.63 \(1\.62–1\.64\)<\/text>/);
  await report('figure.png', '--figure', '4');
  const png = readFileSync(join(cwd, 'figure.png'));
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.equal(png.readUInt32BE(16), Math.ceil(644 * 300 / 72));
  const none = await okrug(['report', 'k.okrug', '-o', 'x.svg', '--figure', '6'], { cwd });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /no figure 6; it has 5/);
});

test('the workbook has the answer, the tables, whole results and their provenance', async () => {
  await report('k.xlsx', '--lang', 'ru');
  const sheets = sheetsOf(readFileSync(join(cwd, 'k.xlsx')));
  const names = Object.keys(sheets);
  assert.deepEqual(names.slice(0, 6), ['Ответ', 'Текст', 'Таблица 1', 'Таблица 2', 'Таблица 3', 'Таблица 4']);
  assert.deepEqual(names.slice(-2), ['Столбцы', 'Происхождение']);
  assert.ok(names.every((name) => [...name].length <= 31));
  const whole = Object.values(sheets['regional-quotients quotients'].cells).filter(({ number }) => number);
  const lq = sheets['Таблица 1'].cells.B2.number;
  assert.ok(lq.startsWith('1.6299') && whole.some(({ number }) => number === lq), 'the same digits in both');
  const answer = Object.values(sheets['Ответ'].cells).map(({ text }) => text).join('\n');
  assert.match(answer, /обрабатывающие производства — доля занятых в 1,63 раза/);
  const text = Object.values(sheets['Текст'].cells).map((cell) => cell.text).join('\n');
  assert.match(text, /^1 Специализация области относительно России/);
  assert.match(text, /Коэффициент локализации \(LQ\) — доля вида деятельности/);
});

test('boundaries that were imported are drawn, and centres only without them', async (t) => {
  const here = folder(t, {
    'jobs.csv': 'region,industry,value\nA,x,1\nA,y,2\nB,x,3\nB,y,1\nC,x,1\nC,y,1\n',
    'places.csv': 'region,lat,lon\nA,54,35\nB,54,36\n',
    'map.geojson': JSON.stringify({ type: 'FeatureCollection', features: ['A', 'B', 'D'].map((region, i) => ({
      type: 'Feature', properties: { region },
      geometry: { type: 'Polygon', coordinates: [[[35 + i, 54], [36 + i, 54], [36 + i, 55], [35 + i, 55], [35 + i, 54]]] } })) }),
    'study.yaml': `study: s
title: {en: Three places}
datasets:
  - {id: jobs, kind: values, file: jobs.csv}
  - {id: places, kind: territories, file: places.csv}
steps:
  - {id: q, run: location-quotient, input: "#jobs"}
page: {territories: places, boundaries: map}
findings:
  - {title: Quotients, step: q, table: quotients, columns: [region, lq], where: {industry: x}, sort: -lq,
     figure: {kind: map, region: region, value: lq, reference: 1}}
`,
  });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 's.okrug'], { cwd: here });
  await okrugDone(['report', 's.okrug', '-o', 'centres.svg'], { cwd: here });
  const centres = readFileSync(join(here, 'centres.svg'), 'utf8');
  assert.equal(centres.match(/<circle cx="[^>]*r="8\.5"/g).length, 2);
  await okrugDone(['import', 's.okrug', 'boundaries', 'map.geojson', '--name', 'map'], { cwd: here });
  await okrugDone(['report', 's.okrug', '-o', 'areas.svg'], { cwd: here });
  const areas = readFileSync(join(here, 'areas.svg'), 'utf8');
  assert.doesNotMatch(areas, /<circle cx="[^>]*r="8\.5"/);
  assert.match(areas, />no value<\/text>/, 'D has no row');
  await okrugDone(['report', 's.okrug', '-o', 's.html'], { cwd: here });
  assert.match(readFileSync(join(here, 's.html'), 'utf8'), /Quotients: B, location quotient \(LQ\) <strong>/, 'without a page the first rows are the answer');
});

test('lines over periods', async (t) => {
  const here = folder(t, {
    'jobs.csv': `region,industry,period,value\n${[2019, 2020, 2022].flatMap((year, i) => [`A,x,${year},${i + 1}`, `A,y,${year},4`, `B,x,${year},3`, `B,y,${year},${5 - i}`]).join('\n')}\n`,
    'study.yaml': `study: s
datasets:
  - {id: jobs, kind: values, file: jobs.csv}
steps:
  - {id: q, run: location-quotient, input: "#jobs"}
findings:
  - {title: Over time, step: q, table: quotients, columns: [region, period, lq], where: {industry: x},
     figure: {kind: lines, position: period, series: region, value: lq, axis: Quotient of x}}
`,
  });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 's.okrug'], { cwd: here });
  await okrugDone(['report', 's.okrug', '-o', 'lines.svg'], { cwd: here });
  const svg = readFileSync(join(here, 'lines.svg'), 'utf8');
  const at = (year) => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${year}</text>`).exec(svg)[1]);
  assert.ok(Math.abs(2 * (at(2020) - at(2019)) - (at(2022) - at(2020))) < 1, 'years stand where they are');
  assert.match(svg, />Quotient of x<\/text>/);
  assert.equal(svg.match(/<path d="M[^"]*L[^"]*L[^"]*" fill="none"/g).length, 2);
});

test('tables and figures larger than a page stay inside its margins', async (t) => {
  const here = folder(t, {
    'study.yaml': `study: s
datasets:
  - {id: jobs, kind: values, file: ${join(root, 'examples/kaluga/regions_sectors_2018.csv')}, map: {region: region, industry: section, value: employed_thousand}, unit: thousand-persons}
steps:
  - {id: q, run: location-quotient, input: "#jobs"}
findings:
  - {title: All, step: q, table: quotients, where: {industry: D}, sort: -lq,
     columns: [region, industry, value, lq, lo, hi, z, flag, lq_least],
     figure: {kind: dots, label: region, value: lq, low: lo, high: hi, reference: 1, scale: logarithmic}}
`,
  });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 's.okrug'], { cwd: here });
  await okrugDone(['report', 's.okrug', '-o', 's.pdf', '--lang', 'ru'], { cwd: here });
  const { stdout } = await start('pdftotext', ['-bbox', 's.pdf', '-'], { cwd: here }).finished;
  const found = [...stdout.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)];
  assert.ok(found.length > 1000);
  for (const [, left, top, right, bottom, word] of found) {
    const number = /^\d$/.test(word) && Number(top) > 785;
    assert.ok(left >= 84 && right <= 554 && top >= 55 && (bottom <= 788 || number), `${word} at ${left} ${top} ${right} ${bottom}`);
  }
  for (const region of ['Владимирская', 'Чукотский', 'Калужская']) {
    assert.equal(found.filter((m) => m[5] === region).length, region === 'Владимирская' ? 3 : 2, `${region}: table and figure`);
  }
  assert.equal(found.filter((m) => m[5] === 'Продолжение').length, 2);
});

const study = (rest) => `study: s\ndatasets:\n  - {id: jobs, kind: values, file: jobs.csv}\nsteps:\n  - {id: q, run: location-quotient, input: "#jobs"}\nfindings:\n  - {step: q, table: quotients, columns: [lq], figure: ${rest}}\n`;
const wrong = [
  ['an unknown kind', '{kind: pie, label: region, value: lq}', /"kind" is expected to be dots, bars, lines or map/],
  ['an unknown key', '{kind: bars, label: region, value: lq, colour: red}', /colour/],
  ['no value', '{kind: bars, label: region}', /"value" is expected to be text/],
  ['a value that is text', '{kind: bars, label: region, value: industry}', /column "industry" holds no numbers/],
  ['a column that is none', '{kind: dots, label: nope, value: lq}', /no column "nope"/],
  ['a list for a column', '{kind: dots, label: [region], value: lq}', /"label" is expected to be text/],
  ['a map of nothing', '{kind: map, region: region}', /"value" is expected to be text/],
];
for (const [what, figure, message] of wrong) {
  test(`a figure with ${what} is refused when the study runs`, async (t) => {
    const here = folder(t, { 'jobs.csv': 'region,industry,value\nA,x,1\nB,y,2\n', 'study.yaml': study(figure) });
    const { code, stderr } = await okrug(['study', 'run', 'study.yaml'], { cwd: here });
    assert.equal(code, 3, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /study\.yaml:7: /);
    assert.deepEqual(readdirSync(here).sort(), ['jobs.csv', 'study.yaml']);
  });
}

test('a figure of very many rows with long names is laid out in the time it takes to draw it', async (t) => {
  const name = 'Очень длинное название муниципального образования '.repeat(8);
  const regions = Array.from({ length: 600 }, (_, i) => `R${i}`);
  const here = folder(t, {
    'jobs.csv': `region,industry,value\n${regions.map((r, i) => `${r},A,${i + 1}\n${r},B,5`).join('\n')}\n`,
    'names.csv': `dimension,code,en,ru\n${regions.map((r) => `region,${r},${name}${r},${name}${r}`).join('\n')}\n`,
    'study.yaml': `study: s
datasets:
  - {id: jobs, kind: values, file: jobs.csv}
  - {id: names, kind: labels, file: names.csv}
steps:
  - {id: q, run: location-quotient, input: "#jobs"}
findings:
  - {title: All, step: q, table: quotients, where: {industry: A}, columns: [region, lq], labels: {region: region}, top: 5,
     figure: {kind: bars, label: region, value: lq}}
page:
  labels: names
`,
  });
  await okrugDone(['study', 'run', 'study.yaml', '--workspace', 's.okrug'], { cwd: here });
  const made = await start('timeout', ['-k', '1', '60', program, 'report', 's.okrug', '-o', 's.pdf'], { cwd: here }).finished;
  assert.equal(made.code, 0, made.stderr);
  const { stdout } = await start('pdftotext', ['s.pdf', '-'], { cwd: here }).finished;
  assert.deepEqual([...new Set(stdout.match(/\bR\d+\b/g))].length, 600, 'every row is drawn');
  const png = await okrug(['report', 's.okrug', '-o', 's.png'], { cwd: here });
  assert.equal(png.code, 3, png.stderr);
  assert.match(png.stderr, /figure 1 .*svg/);
});

test('a report does not take the place of what it is made from', async (t) => {
  const here = folder(t, {});
  writeFileSync(join(here, 'k.okrug'), readFileSync(join(cwd, 'k.okrug')));
  for (const name of ['k.okrug', './k.okrug', join(here, 'k.okrug')]) {
    const { code, stderr } = await okrug(['report', 'k.okrug', '--format', 'pdf', '-o', name], { cwd: here });
    assert.equal(code, 2);
    assert.match(stderr, /k\.okrug.*another name/);
  }
  await okrugDone(['check', 'k.okrug'], { cwd: here });
});

test('what cannot be made is said, with its code, and leaves no file', async (t) => {
  const here = folder(t, { 'not.okrug': 'text' });
  await okrugDone(['init', 'empty.okrug'], { cwd: here });
  const cases = [
    [['report', 'empty.okrug', '-o', 'a.pdf'], 2, /holds no study/],
    [['report', join(cwd, 'k.okrug')], 2, /-o/],
    [['report', join(cwd, 'k.okrug'), '-o', 'a.doc'], 2, /pdf, html, xlsx, docx, svg, png/],
    [['report', join(cwd, 'k.okrug'), '-o', 'a.pdf', '--date', '9.3.2026'], 2, /2026-12-31/],
    [['report', join(cwd, 'k.okrug'), '-o', 'a.pdf', '--level', '1'], 2, /--level/],
    [['report', join(cwd, 'k.okrug'), '-o', 'no/folder/a.pdf'], 5, /a\.pdf/],
    [['report', 'none.okrug', '-o', 'a.pdf'], 5, /none\.okrug/],
  ];
  for (const [args, expected, message] of cases) {
    const { code, stderr } = await okrug(args, { cwd: here });
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, message);
  }
  writeFileSync(join(here, 'a.pdf'), 'what was there');
  const full = await start('sh', ['-c', `ulimit -f 8; "${program}" report "${join(cwd, 'k.okrug')}" -o a.pdf`], { cwd: here }).finished;
  assert.equal(full.code, 5, full.stderr);
  assert.equal(readFileSync(join(here, 'a.pdf'), 'utf8'), 'what was there');
  assert.ok(existsSync(join(here, 'a.pdf')) && readdirSync(here).length === 3, readdirSync(here).join());
});
