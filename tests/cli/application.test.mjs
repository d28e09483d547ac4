/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application of a cluster: a small invented registry told in every format and both languages, what is missing told
 * with its remedy, and the effect worked out by hand.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { okrug, okrugDone, start } from '../support/okrug.mjs';
import { sheetsOf, unzip } from '../support/zip.mjs';

const tables = {
  clusters: 'cluster,name,goals,organisation\nC1,Учебный кластер <&>,Расти вместе,S3\nC2,Другой,,\n',
  participants: `cluster,firm,role,since,until,producing
C1,S1,supplier,2022-01-01,,yes
C1,S2,maker,2022-01-01,,yes
C1,S3,service,2022-01-01,,no
C1,S4,supplier,2020-01-01,2021-12-31,yes
C2,S9,maker,2022-01-01,,yes
`,
  firms: `firm,name,industry,employees,synthetic
S1,ООО «Лес»,16.10,100,yes
S2,ООО «Мебель»,31.09,200,yes
S3,ООО «Центр»,72.19,10,yes
`,
  'firm-accounts': 'firm,period,revenue\nS1,2024,50000000\nS1,2025,100000000\nS2,2025,300000000\n',
  contracts: `contract,supplier,buyer,product,kind,date,amount,vat
K1,S1,S2,16.10.10,supply,2025-02-01,40000000,excluded
K2,S1,S2,16.10.10,supply,2024-02-01,5000000,excluded
K3,S1,X1,16.10.10,supply,2025-03-01,60000000,excluded
K4,X2,S2,25.72.12,supply,2025-04-01,7000000,excluded
K5,S3,S3,72.19.1,services,2025-04-01,1,excluded
K6,S1,S2,16.10.10,supply,2027-01-01,900000000,excluded
`,
  facilities: 'facility,cluster,kind,name\nF1,C1,college,Учебный колледж\nF2,C2,university,Чужой институт\n',
  projects: 'project,cluster,name,firm,start,finish,budget,own_funds,jobs,stage\nP1,C1,Новая линия,S2,2025-01-01,2027-12-31,50000000,20000000,12,design\n',
  milestones: 'project,milestone,name,due,done\nP1,M1,Площадка,2025-06-01,2025-05-20\nP1,M2,Пуск,2027-12-01,\n',
  spending: 'project,entry,date,amount,source\nP1,E1,2025-06-01,3000000,own\nP1,E2,2025-07-01,4500000,loan\n',
  obligations: 'obligation,project,party,name,due,amount\nO1,P1,S2,Создать рабочие места,2027-12-31,12\n',
  equipment: 'equipment,firm,operation,count,idle_hours\nE1,S1,milling,2,30\nE2,S2,milling,,12.5\nE3,S2,turning,9,900\nE4,S9,milling,7,700\n',
  needs: `need,project,cluster,firm,kind,operation,name,quantity,measure,due,done,obligation
N1,P1,,S2,equipment,milling,Фрезерование,80,ч в месяц,2025-09-01,,
N2,P1,C1,S2,power,,Мощность,1250,кВт,2025-06-01,2025-05-20,
N3,,C1,,college,,Обучение,15,чел.,2026-09-01,,O1
N4,,C2,S9,area,,Чужая площадь,1,м²,,,
`,
};

const cwd = mkdtempSync(join(tmpdir(), 'okrug-test-'));
after(() => rmSync(cwd, { recursive: true, force: true }));
const report = (file, ...more) => okrugDone(['report', 'w.okrug', '-o', file, '--cluster', 'C1', '--date', '2026-03-09', ...more], { cwd });
const textOf = async (file) => {
  const { code, stdout, stderr } = await start('pdftotext', ['-layout', file, '-'], { cwd }).finished;
  assert.equal(code, 0, stderr);
  return stdout.replace(/[ \u00a0]+/g, ' ');
};

before(async () => {
  await okrugDone(['init', 'w.okrug'], { cwd });
  for (const [kind, text] of Object.entries(tables)) {
    writeFileSync(join(cwd, `${kind}.csv`), text);
    await okrugDone(['import', 'w.okrug', kind, `${kind}.csv`], { cwd });
  }
});

const words = {
  en: [/Application of an industrial cluster, 2026-03-09/, /Participants: 3\. Contracts between them: 2, for 45\.0 million roubles/, /Projects: 1, with a budget of 50\.0 million roubles/,
    /Functional map of the cluster/, /Specialised organisation: ООО «Центр»/, /Not judged: the workspace has no result of the analysis “status”/,
    /Participants without a contract with another participant: 1\./, /Participants without revenue: 1\./, /1 ООО «Лес» – 45\.0 45\.0/, /Spent so far 7\.50 million roubles/,
    /design/, /Not computed: the workspace has no multipliers/, /File contracts\.csv, SHA-256/, /college/],
  ru: [/УТВЕРЖДАЮ/, /Заявка промышленного кластера, 09\.03\.2026/, /Участников — 3\. Договоров между ними на общую сумму 45,0 млн руб\. — 2\./,
    /Функциональная карта/, /Таблица 1 – Участники/, /1 ООО «Лес» – 45,0 45,0/, /проектирование/, /01\.12\.2027/, /собственные средства 3,0/, /колледж/, /Не проверен/],
};
for (const lang of ['en', 'ru']) {
  test(`the PDF in ${lang} tells all parts, and on every page that the data are synthetic`, async () => {
    await report(`${lang}.pdf`, '--lang', lang);
    const text = await textOf(`${lang}.pdf`);
    for (const word of words[lang]) {
      assert.match(text, word);
    }
    const pages = text.split('\f').slice(0, -1);
    assert.ok(pages.length >= 5);
    for (const page of pages) {
      assert.match(page, lang === 'en' ? /SYNTHETIC DATA/ : /СИНТЕТИЧЕСКИЕ ДАННЫЕ/);
    }
    assert.doesNotMatch(text, /\bS4\b|Чужой|\bS9\b|945|pack\.|report\.|\{[a-z]+\}|\bNaN\b/, 'nothing of others, of other days, of the catalogue');
  });

  test(`the document in ${lang} is whole and the same twice`, async () => {
    await report(`${lang}.docx`, '--lang', lang);
    await report(`${lang}-again.docx`, '--lang', lang);
    const bytes = readFileSync(join(cwd, `${lang}.docx`));
    assert.deepEqual(bytes, readFileSync(join(cwd, `${lang}-again.docx`)));
    const { files, times } = unzip(bytes);
    assert.deepEqual([...times], [0x00210000], 'the first day there is');
    assert.match(files['word/document.xml'], /Учебный кластер &lt;&amp;&gt;/);
    assert.match(files['word/header.xml'], lang === 'en' ? /SYNTHETIC DATA/ : /СИНТЕТИЧЕСКИЕ ДАННЫЕ/);
    assert.equal((files['word/document.xml'].match(/<w:tblHeader\/>/g) ?? []).length, (files['word/document.xml'].match(/<w:tbl>/g) ?? []).length);
    assert.match(files['word/document.xml'], /descr="[^"]*(Functional map|Функциональная карта)/);
    assert.ok('word/media/figure-1.png' in files);
    assert.match(files['docProps/core.xml'], /2026-03-09T00:00:00Z/);
    assert.match(files['word/styles.xml'], lang === 'en' ? /en-GB/ : /ru-RU/);
  });
}

test('the application and the card of a cluster say the same of it on any day', async () => {
  for (const day of ['2021-06-01', '2025-03-31', '2025-06-15', '2026-03-09', '2028-01-01']) {
    const card = JSON.parse((await okrugDone(['registry', 'w.okrug', 'C1', '--date', day, '--format', 'json'], { cwd })).stdout);
    await report('same.pdf', '--lang', 'en', '--date', day);
    const text = await textOf('same.pdf');
    assert.match(text, new RegExp(`Participants: ${card.participants.length}\\. Contracts between them: ${card.contracts.count}, for ${(card.contracts.amount / 1e6).toFixed(card.contracts.amount >= 1e8 ? 0 : card.contracts.amount >= 1e7 ? 1 : 2)} million`), day);
    assert.match(text, new RegExp(`Spent so far ${((card.projects[0].spent ?? 0) / 1e6).toFixed(2)} million`), day);
    assert.equal(/2025-06-01 own funds/.test(text), day >= '2025-06-01', 'spending is told from its day on');
    assert.equal(/Площадка 2025-06-01 2025-05-20/.test(text), day >= '2025-05-20', 'a milestone is done from its day on');
    assert.ok(card.cooperation.every(({ supplier, buyer }) => supplier !== buyer), 'a contract is with another');
  }
});

test('without a date the application is as of today, and says so', async () => {
  await okrugDone(['report', 'w.okrug', '-o', 'today.pdf', '--cluster', 'C1', '--lang', 'en'], { cwd });
  const card = JSON.parse((await okrugDone(['registry', 'w.okrug', 'C1', '--format', 'json'], { cwd })).stdout);
  const text = await textOf('today.pdf');
  assert.ok(text.includes(`Application of an industrial cluster, ${card.date}`));
  assert.match(text, new RegExp(`Participants: ${card.participants.length}\\.`));
});

test('needs stand beside what there is of them', async () => {
  const card = async (day) => JSON.parse((await okrugDone(['registry', 'w.okrug', 'C1', '--date', day, '--format', 'json'], { cwd })).stdout).needs;
  const at = await card('2026-03-09');
  assert.deepEqual(at.map((n) => [n.need, n.project, n.firm_name, n.late, n.facilities, n.machines, n.idle_hours, n.obligation]), [
    ['N1', 'P1', 'ООО «Мебель»', true, 0, 3, 42.5, null],
    ['N2', 'P1', 'ООО «Мебель»', false, 0, 0, null, null],
    ['N3', null, null, false, 1, 0, null, 'O1']], 'equipment of participants only, a facility of the kind, none of another cluster');
  assert.deepEqual((await card('2025-05-19')).map((n) => n.late), [false, false, false]);
  await report('needs.pdf', '--lang', 'en');
  const text = await textOf('needs.pdf');
  assert.match(text, /Needs: 3; not yet met: 2\./);
  assert.match(text, /1,250 кВт|1250 кВт/);
  assert.match(text, /2025-05-20/);
  assert.match(text, /milling/);
  assert.doesNotMatch(text, /Чужая площадь/);
  await okrugDone(['report', 'w.okrug', '-o', 'needs.pdf', '--cluster', 'C1', '--lang', 'ru', '--date', '2025-05-19'], { cwd });
  assert.match(await textOf('needs.pdf'), /Потребностей — 3, из них ещё не обеспечено — 3/);
});

test('the workbook has the tables with their numbers', async () => {
  await report('a.xlsx', '--lang', 'en');
  const sheets = sheetsOf(readFileSync(join(cwd, 'a.xlsx')));
  const matrix = Object.values(sheets).find(({ cells }) => Object.values(cells).some(({ text }) => text === 'Supplier'));
  assert.ok(Object.values(matrix.cells).some(({ number }) => number === '45'));
});

test('the workbook tells what the document tells: goals, the specialised organisation, the map, the most that the effect can be', async () => {
  writeFileSync(join(cwd, 'long.csv'), `cluster,name,goals,organisation\nC1,Учебный кластер <&>,${'Цель. '.repeat(7000)}конец,S3\n`);
  await okrugDone(['init', 'book.okrug'], { cwd });
  for (const kind of Object.keys(tables)) {
    await okrugDone(['import', 'book.okrug', kind, kind === 'clusters' ? 'long.csv' : `${kind}.csv`, '--name', kind], { cwd });
  }
  writeFileSync(join(cwd, 'two.csv'), 'code,16,31,72\n16,150,500,1\n31,200,100,1\n72,1,1,1\noutput,1000,2000,100\n');
  await okrugDone(['run', 'multipliers', 'two.csv', '--output', 'output', '-o', 'book.okrug#multipliers'], { cwd });
  const words = { en: ['Text', 'Figure 1', /Functional map of the cluster “Учебный кластер <&>”/, /Specialised organisation: ООО «Центр»/, /so the numbers are the most that the effect can be/, 'Table 1', 'supplier'],
    ru: ['Текст', 'Рисунок 1', /Функциональная карта кластера «Учебный кластер <&>»/, /Специализированная организация: ООО «Центр»/, /числа показывают верхний предел эффекта/, 'Таблица 1', 'поставщик'] };
  for (const [lang, [text, figure, map, organisation, most, table, role]] of Object.entries(words)) {
    const told = async (name) => {
      await okrugDone(['report', 'book.okrug', '-o', name, '--cluster', 'C1', '--lang', lang, '--date', '2026-03-09'], { cwd });
      return readFileSync(join(cwd, name));
    };
    const bytes = await told('book.xlsx');
    assert.deepEqual(bytes, await told('again.xlsx'), 'the same bytes with its picture');
    const sheets = sheetsOf(bytes);
    const lines = Object.values(sheets[text].cells).map((cell) => cell.text);
    for (const word of [/^2 /, organisation, map, most]) {
      assert.ok(lines.some((line) => word.test(line)), String(word));
    }
    assert.equal(lines.filter((line) => line.startsWith('Цель.') || line.endsWith('конец')).join(''), `${'Цель. '.repeat(7000)}конец`, 'what no cell holds goes on in the next');
    assert.match(sheets[figure].cells.A1.text, map);
    assert.match(sheets[figure].xml, /<drawing r:id=/);
    const { files } = unzip(bytes);
    assert.match(files['xl/drawings/drawing1.xml'], /descr="[^"]*(Functional map|Функциональная карта) [^"]*&lt;&amp;&gt;/);
    assert.ok(files['xl/media/image1.png'].length > 10000);
    assert.ok(Object.values(sheets[table].cells).some((cell) => cell.text === role), 'codes in words');
  }
});

/* A cluster of `n` participants; each sells to some, the sums tell who to whom: supplier * 1000 + buyer thousands. */
async function wide(n) {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  const sales = all.flatMap((i) => [1, 3, 10].map((d) => [i, (i * d) % n + 1])).filter(([i, k], at, list) => i !== k && list.findIndex(([a, b]) => a === i && b === k) === at);
  const files = {
    clusters: 'cluster,name\nW,Широкий\n',
    participants: `cluster,firm\n${all.map((i) => `W,F${i}\n`).join('')}`,
    firms: `firm,name\n${all.map((i) => `F${i},Предприятие с очень длинным названием ${i}\n`).join('')}`,
    contracts: `contract,supplier,buyer,date,amount\n${sales.map(([i, k], at) => `K${at},F${i},F${k},2025-01-01,${i * 1e6 + k * 1e3}\n`).join('')}`,
  };
  await okrugDone(['init', `wide${n}.okrug`], { cwd });
  for (const [kind, text] of Object.entries(files)) {
    writeFileSync(join(cwd, `wide-${kind}.csv`), text);
    await okrugDone(['import', `wide${n}.okrug`, kind, `wide-${kind}.csv`, '--name', kind], { cwd });
  }
  const expected = new Map(sales.map(([i, k]) => [`${i} ${k}`, (i + k / 1e3).toFixed(1)]));
  const told = async (format) => {
    await okrugDone(['report', `wide${n}.okrug`, '-o', `wide${n}.${format}`, '--cluster', 'W', '--lang', 'en', '--date', '2026-03-09'], { cwd });
    return readFileSync(join(cwd, `wide${n}.${format}`));
  };
  return { all, sales, expected, told };
}

test('the matrix of a cluster of a usual size is a matrix in every format', async () => {
  const { all, sales, expected, told } = await wide(24);
  /* On paper: parts of it, every cell in exactly one of them. */
  const tablesOf = (text, table, row, cell) => [...text.matchAll(table)].map(([whole]) => [...whole.matchAll(row)].map(([line]) => [...line.matchAll(cell)].map(([, inside]) => inside.replace(/<[^>]+>/g, ''))));
  const { files } = unzip(await told('docx'));
  const html = (await told('html')).toString('utf8');
  for (const [format, found] of [['docx', tablesOf(files['word/document.xml'], /<w:tbl>.*?<\/w:tbl>/gs, /<w:tr>.*?<\/w:tr>/gs, /<w:tc>(.*?)<\/w:tc>/gs)],
    ['html', tablesOf(html, /<table>.*?<\/table>/gs, /<tr>.*?<\/tr>/gs, /<t[hd][^>]*>(.*?)<\/t[hd]>/gs)]]) {
    const parts = found.filter(([head]) => head?.[1] === 'Supplier');
    assert.ok(parts.length >= 2 && parts.every(([head]) => head.length <= 14), `${format}: ${parts.length} parts`);
    const cells = new Map(parts.flatMap(([head, ...rows]) => rows.flatMap((row) => row.slice(2).map((cell, i) => [`${row[0] || row[1]} ${head[i + 2]}`, cell]))));
    for (const i of all) {
      for (const k of all) {
        assert.equal(cells.get(`${i} ${k}`), i === k ? '–' : expected.get(`${i} ${k}`) ?? '', `${format}: ${i} to ${k}`);
      }
      const sum = (of) => sales.filter(of).reduce((all_, [a, b]) => all_ + a + b / 1e3, 0).toFixed(1);
      assert.equal(cells.get(`${i} All`), sum(([a]) => a === i));
      assert.equal(cells.get(`All ${i}`), sum(([, b]) => b === i));
    }
    assert.equal(cells.size, 25 * 25);
  }
  await told('pdf');
  const pdf = await textOf('wide24.pdf');
  const titles = [...pdf.replace(/\s+/g, ' ').matchAll(/buyers (\d+) to (\d+) of 24/g)].map(([, from, to]) => [Number(from), Number(to)]);
  assert.deepEqual(titles.map(([from]) => from), [1, ...titles.slice(0, -1).map(([, to]) => to + 1)]);
  assert.equal(titles.at(-1)[1], 24);
  const matrix = pdf.slice(pdf.search(/buyers\s+1\s+to/), pdf.lastIndexOf('Contracts of each'));
  assert.match(matrix, /^ ?17 Предприятие с очень длин[^\n]*… /m, 'a row is one line with as much of the name as there is room for');
  assert.match(pdf, /A blank: there is no contract between the two/);
  /* In the workbook it is whole, with numbers where there is no contract too. */
  const sheet = Object.values(sheetsOf(await told('xlsx'))).find(({ cells }) => cells.B1?.text === 'Supplier');
  const column = (k) => (k < 25 ? String.fromCharCode(66 + k) : `A${String.fromCharCode(65 + k - 25)}`);
  for (const i of all) {
    for (const k of all) {
      const cell = sheet.cells[`${column(k)}${i + 1}`];
      assert.equal(cell?.number, i === k ? undefined : String(expected.has(`${i} ${k}`) ? i + k / 1e3 : 0), `${i} to ${k}`);
    }
  }
  assert.equal(sheet.cells[`${column(25)}1`].text, 'All');
  assert.match(sheet.xml, /<pane xSplit="2" ySplit="1"/);
});

test('a matrix that would fill too many pages is in the workbook, and the document says so', async () => {
  const { told } = await wide(101);
  await told('pdf');
  const pdf = (await textOf('wide101.pdf')).replace(/\s+/g, ' ');
  assert.match(pdf, /The matrix of 101 participants would fill too many pages \(up to 100 are printed\): the workbook \(XLSX\) has it whole/);
  assert.doesNotMatch(pdf, /sales of the row to the column/);
  assert.match(pdf, /who supplies whom/);
  const sheet = Object.values(sheetsOf(await told('xlsx'))).find(({ cells }) => cells.B1?.text === 'Supplier');
  assert.equal(sheet.cells.CY1.text, '101');
  assert.equal(sheet.cells.CZ1.text, 'All');
  assert.equal(sheet.cells.B103.text, 'All');
});

test('HTML and single figures bear the mark', async () => {
  await report('a.html', '--lang', 'en');
  assert.match(readFileSync(join(cwd, 'a.html'), 'utf8'), /class="mark">SYNTHETIC DATA/);
  await report('a.svg', '--lang', 'en');
  const svg = readFileSync(join(cwd, 'a.svg'), 'utf8');
  assert.match(svg, /SYNTHETIC DATA[^]*1\. ООО «Лес»|1\. ООО «Лес»[^]*SYNTHETIC DATA/);
  assert.match(svg, />16\.10\.10</, 'the product along the arrow');
  await report('a.png', '--lang', 'en');
});

test('the effect is what was sold outside, times the multipliers', async () => {
  /* Miller and Blair (2009), section 2.3: multipliers of output 1.5181… and 1.4521…; 16.10 is a, the others b. */
  writeFileSync(join(cwd, 'io.csv'), 'code,a,b\na,150,500\nb,200,100\noutput,1000,2000\n');
  writeFileSync(join(cwd, 'codes.csv'), 'from,to,share\n16,a,1\n31.09,b,0.75\n');
  writeFileSync(join(cwd, 'io.yaml'), `study: io
datasets:
  - {id: table, kind: input-output, file: io.csv}
${Object.keys(tables).map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${kind}.csv}`).join('\n')}
  - {id: codes, kind: concordance, file: codes.csv}
steps:
  - {id: m, run: multipliers, input: "#table", output: output}
`);
  await okrugDone(['study', 'run', 'io.yaml', '--workspace', 'io.okrug'], { cwd });
  await okrugDone(['report', 'io.okrug', '-o', 'io.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09', '--concordance', 'codes'], { cwd });
  const text = await textOf('io.pdf');
  const determinant = 0.85 * 0.95 - 0.25 * 0.2;
  const [a, b] = [(0.95 + 0.2) / determinant, (0.25 + 0.85) / determinant];
  const [outside, rest] = [100 - 40, 300 * 0.75];
  assert.match(text, new RegExp(`a 60 ${Math.round(outside * a)}\\n`));
  assert.match(text, new RegExp(`b 225 ${Math.round(rest * b)}\\n`));
  assert.match(text, new RegExp(`All 285 ${Math.round(outside * a + rest * b)}\\n`));
  assert.match(text, /Not covered: sales of 75\.0 million roubles/);
  assert.match(text, /There is no band/);
  assert.match(text, /Effect on employment: not computed/, 'the multipliers are without employment');
  assert.match(text, /by the concordance “codes”/);
  assert.match(text, /File codes\.csv, SHA-256/);
  writeFileSync(join(cwd, 'elsewhere.csv'), 'from,to\na,16\n99,a\n16,z\n');
  await okrugDone(['import', 'io.okrug', 'concordance', 'elsewhere.csv'], { cwd });
  const again = async () => {
    await okrugDone(['report', 'io.okrug', '-o', 'io.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
    return textOf('io.pdf');
  };
  assert.equal(await again(), text, 'unasked, the only one that leads from these firms to the multipliers');
  await okrugDone(['import', 'io.okrug', 'concordance', 'codes.csv', '--name', 'second'], { cwd });
  const several = (await again()).replace(/\s+/g, ' ');
  assert.match(several, /Several concordances lead from[^]*\(codes, second\)/);
  assert.match(several, /No sales remain/, 'none of several is taken by guess');
});

test('the concordances that are shipped take every division of OKVED 2 to a section', async () => {
  const lines = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const rows = lines('examples/kaluga/okved2_to_sections.csv');
  const sections = new Set(lines('examples/kaluga/wiod_to_sections.csv').map(([, to]) => to));
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(2, '0'));
  /* The divisions that the classification has: 04, 34, 40 and others are in none. */
  const divisions = [[1, 3], [5, 9], [10, 33], [35, 39], [41, 43], [45, 47], [49, 53], [55, 56], [58, 63], [64, 66], [68, 75], [77, 82], [84, 88], [90, 99]].flatMap(([from, to]) => range(from, to));
  assert.deepEqual(rows.map(([from]) => from).filter((code) => !code.includes('.')), divisions);
  assert.equal(new Set(rows.map(([from]) => from)).size, rows.length);
  assert.deepEqual(rows.filter(([, to]) => !sections.has(to)), []);
  const of = Object.fromEntries(rows);
  assert.deepEqual(['01', '10', '33', '35', '38', '47', '52', '64', '85', '86'].map((code) => of[code]), ['AB', 'D', 'D', 'E', 'O', 'G', 'I', 'JLP', 'M', 'N']);
  /* By the classification's own sections: first and last of each, and as many as there are. */
  const own = lines('data/classifications/okved2_to_sections.csv');
  assert.deepEqual(own.map(([from]) => from), divisions);
  const first = new Map(own.toReversed().map(([from, to]) => [to, from]));
  assert.deepEqual([...first].toReversed(), Object.entries({ A: '01', B: '05', C: '10', D: '35', E: '36', F: '41', G: '45', H: '49', I: '55', J: '58', K: '64', L: '68', M: '69', N: '77', O: '84', P: '85', Q: '86', R: '90', S: '94', T: '97', U: '99' }));
  /* 16.10 and 31.09 are C. */
  writeFileSync(join(cwd, 'sections.csv'), 'code,C,M\nC,500,1\nM,1,5\noutput,1000,10\n');
  await okrugDone(['init', 'sections.okrug'], { cwd });
  for (const kind of Object.keys(tables)) {
    await okrugDone(['import', 'sections.okrug', kind, `${kind}.csv`], { cwd });
  }
  await okrugDone(['import', 'sections.okrug', 'concordance', fileURLToPath(new URL('../../data/classifications/okved2_to_sections.csv', import.meta.url)), '--name', 'okved2'], { cwd });
  await okrugDone(['run', 'multipliers', 'sections.csv', '--output', 'output', '-o', 'sections.okrug#multipliers'], { cwd });
  await okrugDone(['report', 'sections.okrug', '-o', 'sections.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  const text = await textOf('sections.pdf');
  assert.match(text, /by the concordance “okved2”/);
  assert.match(text, /^ ?C 360 /m, 'all that was sold outside: 60 and 300 million');
  assert.doesNotMatch(text, /Not covered/);
});

test('the effect on employment is the people who work for sales outside, times the multipliers, with their band', async () => {
  /* Employment per output .1 and .2; Miller and Blair's inverse as above: per person in a (.1 L_aa + .2 L_ba) / .1. */
  writeFileSync(join(cwd, 'jobs.csv'), 'industry,value\na,100\nb,400\n');
  writeFileSync(join(cwd, 'regions.csv'), 'region,industry,value\nR,a,10\nR,b,40\nS,a,90\nS,b,360\n');
  const kinds = Object.keys(tables).map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${kind}.csv}`).join('\n');
  const study = (name, step) => writeFileSync(join(cwd, `${name}.yaml`), `study: ${name}
datasets:
  - {id: table, kind: input-output, file: io.csv}
${kinds}
  - {id: codes, kind: concordance, file: codes.csv}
  - {id: regions, kind: values, file: regions.csv}
steps:
  - ${step}
`);
  study('jobs', '{id: m, run: multipliers, input: "#table", output: output, employment: jobs.csv}');
  study('bands', '{id: m, run: regionalise, input: "#table", output: output, employment: "#regions", region: R}');
  const determinant = 0.85 * 0.95 - 0.25 * 0.2;
  const [aa, ab, ba, bb] = [0.95, 0.25, 0.2, 0.85].map((cell) => cell / determinant);
  const [a, b] = [(0.1 * aa + 0.2 * ba) / 0.1, (0.1 * ab + 0.2 * bb) / 0.2];
  const [outside, rest] = [100 * 60 / 100, 200 * 0.75];
  const told = async (name) => {
    await okrugDone(['study', 'run', `${name}.yaml`, '--workspace', `${name}.okrug`], { cwd });
    await okrugDone(['report', `${name}.okrug`, '-o', `${name}.html`, '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09', '--concordance', 'codes'], { cwd });
    const html = readFileSync(join(cwd, `${name}.html`), 'utf8');
    const table = html.slice(html.indexOf('keep at work', html.indexOf('</nav>') + 1));
    const body = table.slice(table.indexOf('<tbody>'), table.indexOf('</tbody>'));
    return body.split('<tr>').slice(1).map((row) => [...row.matchAll(/title="([^"]*)"/g)].map((cell) => Number(cell[1])));
  };
  const near = (row, expected) => expected.forEach((value, i) => assert.ok(Math.abs(row[i] - value) < 1e-6 * value, `${row} is not ${expected}`));
  const plain = await told('jobs');
  near(plain[0], [outside, outside * a]);
  near(plain[1], [rest, rest * b]);
  near(plain[2], [outside + rest, outside * a + rest * b]);
  /* By FLQ with delta .25 what all regions have in the same shares shrinks by lambda = log2(1.1)^.25; SLQ shrinks nothing. */
  const lambda = Math.log2(1.1) ** 0.25;
  const flq = (A, l) => {
    const [[p, q], [r, s]] = A;
    const d = (1 - p) * (1 - s) - q * r;
    return [(l[0] * (1 - s) + l[1] * r) / d / l[0], (l[0] * q + l[1] * (1 - p)) / d / l[1]];
  };
  const A = [[0.15, 0.25], [0.2, 0.05]];
  const central = flq(A.map((row) => row.map((x) => x * lambda)), [0.1, 0.2]);
  const low = flq(A.map((row) => row.map((x) => x * Math.log2(1.1) ** 0.35)), [0.1, 0.2]);
  const bands = await told('bands');
  near(bands[0], [outside, outside * central[0], outside * low[0], outside * a]);
  near(bands[1], [rest, rest * central[1], rest * low[1], rest * b]);
});

test('a large invented cluster fits its pages, with the verdicts that a result of status has', async () => {
  await okrugDone(['generate', 'region', '--firms', '3000', '--contracts', '9000', '--clusters', '1', '--region', '40', '--seed', '5', '-o', 'made'], { cwd });
  const kinds = ['participants', 'contracts', 'firms', 'firm-accounts', 'facilities', 'clusters', 'projects', 'milestones', 'spending', 'obligations', 'staff'];
  writeFileSync(join(cwd, 'made.yaml'), `study: made
datasets:
${kinds.map((kind) => `  - {id: ${kind}, kind: ${kind}, file: made/${kind}.csv}`).join('\n')}
steps:
  - id: verdict
    run: status
    input: "#participants"
    contracts: "#contracts"
    firms: "#firms"
    accounts: "#firm-accounts"
    facilities: "#facilities"
    date: 2026-03-09
`);
  await okrugDone(['study', 'run', 'made.yaml', '--workspace', 'made.okrug'], { cwd });
  for (const lang of ['en', 'ru']) {
    await okrugDone(['report', 'made.okrug', '-o', `made-${lang}.pdf`, '--cluster', 'SYN-40-1', '--lang', lang, '--date', '2026-03-09'], { cwd });
  }
  const [english, russian] = [await textOf('made-en.pdf'), await textOf('made-ru.pdf')];
  assert.ok(Number(/Participants: (\d+)/.exec(english)[1]) >= 15);
  assert.match(english, /Criteria and verdicts[^]*Each participant's output used by[^]*Decree 779/);
  assert.match(english, /Judged by the rules in force on 2026-03-09/);
  assert.match(russian, /Критерии и выводы[^]*вероятно/);
  for (const page of english.split('\f').slice(0, -1)) {
    assert.match(page, /SYNTHETIC DATA/);
  }
  await okrugDone(['report', 'made.okrug', '-o', 'made.svg', '--cluster', 'SYN-40-1', '--lang', 'ru'], { cwd });
  const height = Number(/height="([\d.]+)/.exec(readFileSync(join(cwd, 'made.svg'), 'utf8'))[1]);
  assert.ok(height < 700, `the map is ${height} points high`);
  await okrugDone(['report', 'made.okrug', '-o', 'made.xlsx', '--cluster', 'SYN-40-1', '--lang', 'ru'], { cwd });
  assert.ok(Object.keys(sheetsOf(readFileSync(join(cwd, 'made.xlsx')))).some((name) => name.startsWith('verdict criteria')));
});

/* A workspace with these kinds, and a result of status of those of its clusters that are chosen. */
async function judged(name, more = [], kinds = ['clusters', 'participants', 'firms', 'firm-accounts', 'contracts']) {
  writeFileSync(join(cwd, `${name}.yaml`), `study: ${name}
datasets:
${kinds.map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${kind}.csv}`).join('\n')}
steps:
  - id: verdict
    run: status
    input: "#participants"
    date: 2026-03-09
${more.map((line) => `    ${line}\n`).join('')}`);
  await okrugDone(['study', 'run', `${name}.yaml`, '--workspace', `${name}.okrug`], { cwd });
  return async (cluster, format, lang = 'en') => {
    const file = `${name}-${cluster}-${lang}.${format}`;
    await okrugDone(['report', `${name}.okrug`, '-o', file, '--cluster', cluster, '--lang', lang, '--date', '2026-03-09'], { cwd });
    return format === 'pdf' ? textOf(file) : sheetsOf(readFileSync(join(cwd, file)));
  };
}

test('the workbook of a cluster has nothing of other clusters', async () => {
  const told = await judged('both', ['contracts: "#contracts"', 'accounts: "#firm-accounts"']);
  for (const [cluster, own, others] of [['C1', 'S1', ['C2', 'S9']], ['C2', 'S9', ['C1', 'S1', 'S2', 'K1']]]) {
    const cells = Object.entries(await told(cluster, 'xlsx')).filter(([name]) => name.startsWith('verdict '))
      .flatMap(([, sheet]) => Object.values(sheet.cells).map(({ text }) => text));
    assert.ok(cells.includes(own) && cells.includes(cluster), `the evidence of ${cluster}`);
    assert.deepEqual(others.filter((code) => cells.includes(code)), []);
  }
});

test('a cluster that the result does not judge is said to be of others, and other rules are not called law', async () => {
  writeFileSync(join(cwd, 'one.csv'), tables.participants.split('\n').filter((line) => !line.startsWith('C2')).join('\n'));
  writeFileSync(join(cwd, 'one.yaml'), `study: one
datasets:
  - {id: clusters, kind: clusters, file: clusters.csv}
  - {id: participants, kind: participants, file: participants.csv}
  - {id: first, kind: participants, file: one.csv}
steps:
  - {id: verdict, run: status, input: "#first", date: 2026-03-09}
`);
  await okrugDone(['study', 'run', 'one.yaml', '--workspace', 'one.okrug'], { cwd });
  await okrugDone(['report', 'one.okrug', '-o', 'one.pdf', '--cluster', 'C2', '--lang', 'en', '--date', '2026-03-09', '--participants', 'participants'], { cwd });
  const other = (await textOf('one.pdf')).replace(/\s+/g, ' ');
  assert.equal(other.match(/Not judged: the result “verdict” of the analysis “status” has no verdict on this cluster/g).length, 2);
  assert.match(other, /Official status was not judged/);
  assert.doesNotMatch(other, /has no result of the analysis “status”|Criteria and verdicts/);
  const law = await (await judged('law'))('C1', 'pdf');
  assert.match(law, /Official status\n/);
  assert.match(law, /Rules: industrial clusters, Decree 779 \(Russia\)/);
  const told = await judged('eccp', ['set: eccp']);
  const english = (await told('C1', 'pdf')).replace(/\s+/g, ' ');
  assert.match(english, /Verdict by the rules “European Cluster Collaboration Platform”/);
  assert.match(english, /These rules are no law: what they find says nothing of the official status/);
  assert.doesNotMatch(english, /Official status/);
  const russian = (await told('C1', 'pdf', 'ru')).replace(/\s+/g, ' ');
  assert.match(russian, /Эти правила не являются законом/);
  assert.doesNotMatch(russian, /Официальный статус/);
});

test('what a verdict rests on and what it lacks is told in words', async () => {
  const told = await judged('words');
  const russian = (await told('C1', 'pdf', 'ru')).replace(/\s+/g, ' ');
  assert.match(russian, /Доказательства по критерию «Общий уровень функциональной зависимости»: договоры/);
  assert.match(russian, /Постановление №[^]{0,40}779 от 31\.07\.2015[^]*с изменениями/);
  assert.doesNotMatch(russian.slice(0, russian.lastIndexOf('Литература')), /Decree|amended/);
  assert.match(russian, /договоры: нет; отчётность: нет; известно по 1 [^]*из 3 участников; неизвестно, применимо ли правило/);
  assert.match(russian, /объекты инфраструктуры: нет; вида: вуз, колледж/);
  assert.match(russian, /На чём основаны выводы/);
  assert.doesNotMatch(russian, /general-dependence|productive-workplaces|=none|known=|university/);
  const english = (await told('C1', 'pdf')).replace(/\s+/g, ' ');
  assert.match(english, /Evidence for “General level of functional dependence”: contracts/);
  assert.doesNotMatch(english, /=none|known=|general-dependence/);
});

test('of what the shares are shares, whether with VAT and of which period stands beside each participant, in every format', async () => {
  /* S1 sold 40 million without VAT and 12 with VAT, of 100; S2 6 of which it does not tell, of 300; S3 has no accounts. */
  writeFileSync(join(cwd, 'vat.csv'), `${tables.contracts}K7,S1,S2,16.10.10,supply,2025-03-02,12000000,included\nK8,S2,S3,31.09.1,supply,2025-03-02,6000000,\n`);
  const files = { contracts: 'vat.csv' };
  const told = async (spread) => {
    const name = `vat-${spread}`;
    writeFileSync(join(cwd, `${name}.yaml`), `study: ${name}
datasets:
${['clusters', 'participants', 'firms', 'firm-accounts', 'contracts'].map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${files[kind] ?? `${kind}.csv`}}`).join('\n')}
steps:
  - {id: verdict, run: status, input: "#participants", date: 2026-03-09, contracts: "#contracts", accounts: "#firm-accounts", spread: ${spread}}
`);
    await okrugDone(['study', 'run', `${name}.yaml`, '--workspace', `${name}.okrug`], { cwd });
    return async (format, lang) => {
      await okrugDone(['report', `${name}.okrug`, '-o', `${name}.${format}`, '--cluster', 'C1', '--lang', lang, '--date', '2026-03-09'], { cwd });
      const bytes = () => readFileSync(join(cwd, `${name}.${format}`));
      if (format === 'xlsx') return Object.values(sheetsOf(bytes())).flatMap(({ cells }) => Object.values(cells).map(({ text, number }) => text ?? number)).join(' ');
      return format === 'docx' ? unzip(bytes()).files['word/document.xml'].replace(/<\/w:tc>/g, ' ').replace(/<[^>]+>/g, '') : (await textOf(`${name}.${format}`)).replace(/\s+/g, ' ');
    };
  };
  const whole = await told('whole');
  for (const format of ['pdf', 'docx', 'xlsx']) {
    const english = await whole(format, 'en');
    assert.match(english, /under contracts of 2025, divided by its revenue of 2025 from its accounts/, format);
    assert.match(english, /in which it was concluded, so the period of both is the calendar year 2025/, format);
    assert.match(english, /Both are without VAT\./, format);
    assert.match(english, /A contract without an amount may be up to all output, one without a date of another year\./, format);
    assert.match(english, /50\.0% 50\.00 100(\.0)? 2 some include it, (met )?some do not/, format);
    assert.match(english, /1\.7–2\.0% 5\.00–6\.00 300(\.0)? 1 not told not met/, format);
    assert.match(english, /Shares of participants’ output used within the cluster, 2025/, format);
  }
  const russian = await whole('pdf', 'ru');
  assert.match(russian, /И продажи, и выручка взяты без НДС/);
  assert.match(russian, /1,7–2,0 % 5,00–6,00 300 1 не указано не выполнен/);
  assert.match(russian, /не требуется: [^]*продукцию ещё не выпускает/);
  const even = await (await told('even'))('pdf', 'en');
  assert.match(even, /A contract belongs to each year by its days/);
  assert.doesNotMatch(even, /in which it was concluded/);
});

test('sales are sales, what has no date is told, and revenue has its year', async () => {
  writeFileSync(join(cwd, 'sales.csv'), `${tables.contracts}K7,S1,S2,,special-investment,2025-05-01,800000000,excluded
K8,S2,S3,31.09.1,supply,,3000000,excluded
K9,X3,S3,,services,,1000000,excluded
K10,S2,X9,,special-investment,2025-05-01,600000000,excluded
`);
  writeFileSync(join(cwd, 'spent.csv'), `${tables.spending}P1,E3,,1000000,own\n`);
  await okrugDone(['init', 'sales.okrug'], { cwd });
  for (const kind of Object.keys(tables)) {
    const file = { contracts: 'sales.csv', spending: 'spent.csv' }[kind] ?? `${kind}.csv`;
    await okrugDone(['import', 'sales.okrug', kind, file, '--name', kind], { cwd });
  }
  const card = JSON.parse((await okrugDone(['registry', 'sales.okrug', 'C1', '--date', '2026-03-09', '--format', 'json'], { cwd })).stdout);
  assert.deepEqual([card.contracts.count, card.contracts.amount, card.contracts.undated], [4, 48e6, 1]);
  const count = (what) => card.missing.find((missing) => missing.what === what)?.count;
  assert.deepEqual([count('contract-investment'), count('spending-date')], [1, 1]);
  await okrugDone(['report', 'sales.okrug', '-o', 'sales.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  const text = await textOf('sales.pdf');
  assert.match(text, /Contracts between them: 4, for 48\.0 million/);
  assert.match(text, /1 ООО «Лес» – 45\.0 45\.0/);
  assert.match(text, /1 ООО «Лес» 3 45 0 60 0\n/);
  assert.match(text, /2 ООО «Мебель» 4 3 45 0 7\n/);
  assert.match(text, /Contracts without a date: 2\./);
  assert.match(text, /Special investment contracts: 2\./);
  assert.match(text, /ООО «Лес» S1 supplier 16\.10 100 100 2025 yes/);
  assert.match(text, /Accounts of/);
  assert.match(text, /Spent so far 8\.50 million roubles/);
  assert.match(text, /Entries of it without a date 1/);
});

test('what has no amount is no zero: the sums without it are told as such, in every format and on the card', async () => {
  const files = {
    ...tables,
    contracts: `${tables.contracts}K7,S1,S3,16.10.10,supply,2025-05-01,,excluded
K8,S2,S3,31.09.1,supply,2025-05-01,2000000,included
K9,S2,S3,31.09.1,supply,2025-05-02,,included
K10,S3,X9,72.19.1,services,2025-05-02,,
`,
    projects: `${tables.projects}P2,C1,Без бюджета,S1,2025-01-01,2027-12-31,,,3,idea\n`,
    spending: `${tables.spending}P1,E3,2025-08-01,,own\nP2,E4,2025-08-01,,own\n`,
    staff: 'firm,occupation,people,vacancies,retiring\nS1,8131,10,,2\nS2,8131,,,1\nS2,7233,5,1,\n',
  };
  await okrugDone(['init', 'unknown.okrug'], { cwd });
  for (const [kind, text] of Object.entries(files)) {
    writeFileSync(join(cwd, `unknown-${kind}.csv`), text);
    await okrugDone(['import', 'unknown.okrug', kind, `unknown-${kind}.csv`, '--name', kind], { cwd });
  }
  const told = async (file, lang) => {
    await okrugDone(['report', 'unknown.okrug', '-o', file, '--cluster', 'C1', '--lang', lang, '--date', '2026-03-09'], { cwd });
    return file.endsWith('.pdf') ? textOf(file) : sheetsOf(readFileSync(join(cwd, file)));
  };
  const text = await told('unknown.pdf', 'en');
  const flat = text.replace(/\s+/g, ' ');
  assert.match(flat, /Contracts between them: 5; the amounts of 3 are known, 47\.0 million roubles in all\./);
  assert.match(flat, /Projects: 2; the budgets of 1 are known, 50\.0 million roubles in all\./);
  assert.match(flat, /Contracts without an amount: 3\. They are in no sum, so the sums they belong to are the least there can be/);
  assert.match(text, /1 ООО «Лес» – 45\.0 – 45\.0\n/, 'what it sold to the third is not known');
  assert.match(flat, /What is missing[^]*Contracts of participants without an amount: 3\. – Projects without a budget: 1\./);
  assert.match(flat, /Arrows that are not drawn, because of no contract the amount is known: 1\./);
  assert.match(text, /2 ООО «Мебель» – 2\.0 2\.0\n/, 'of two contracts one is known');
  assert.match(text, /3 ООО «Центр» 3 0 2 – 0\n/, 'nothing sold inside, and outside nothing that is known');
  assert.match(text, /8131 10 – 3\n/);
  assert.match(text, /7233 5 1 –\n/);
  assert.match(flat, /Spent so far 7\.50 million roubles Entries of it without an amount 1/);
  assert.equal(flat.match(/Spent so far/g).length, 1, 'of the second project nothing is known');
  const sheets = Object.values(await told('unknown.xlsx', 'en'));
  const matrix = sheets.find(({ cells }) => cells.B1?.text === 'Supplier').cells;
  assert.deepEqual(['D2', 'E2', 'F2', 'E3'].map((at) => matrix[at]?.number), ['45', undefined, '45', '2']);
  const flows = sheets.find(({ cells }) => cells.A1?.text === 'Supplier' && cells.B1?.text === 'Buyer').cells;
  assert.deepEqual([flows.A4.text, flows.C4.number, flows.D4?.number], ['1. ООО «Лес»', '1', undefined], 'the last in order');
  assert.match((await told('unknown-ru.pdf', 'ru')).replace(/\s+/g, ' '), /Договоров между ними — 5; сумма известна по 3, всего 47,0 млн руб\. Проектов — 2; бюджет известен по 1, всего 50,0 млн руб\./);
  const card = JSON.parse((await okrugDone(['registry', 'unknown.okrug', 'C1', '--date', '2026-03-09', '--format', 'json'], { cwd })).stdout);
  assert.deepEqual(card.cooperation.map(({ supplier, buyer, amount }) => [supplier, buyer, amount]), [['S1', 'S2', 45e6], ['S2', 'S3', 2e6], ['S1', 'S3', null]]);
  assert.deepEqual(card.projects.map(({ spent }) => spent), [7.5e6, null]);
  assert.deepEqual(card.missing.filter(({ what }) => what.endsWith('-amount')).map(({ what, count }) => [what, count]), [['spending-amount', 2], ['contract-amount', 2]]);
  /* None of the amounts. */
  writeFileSync(join(cwd, 'unknown-contracts.csv'), 'contract,supplier,buyer,date,amount\nK1,S1,S2,2025-02-01,\nK2,S2,S1,2025-02-01,\n');
  writeFileSync(join(cwd, 'unknown-projects.csv'), files.projects.replace('50000000,20000000', ','));
  for (const kind of ['contracts', 'projects']) {
    await okrugDone(['import', 'unknown.okrug', kind, `unknown-${kind}.csv`, '--name', kind, '--replace'], { cwd });
  }
  const none = await told('unknown.pdf', 'en');
  assert.match(none.replace(/\s+/g, ' '), /Contracts between them: 2; the amount of none is known\. Projects: 2; the budget of none is known\./);
  assert.match(none, /All – – 0\.0 –\n/);
});

test('a promise to invest beside sales of unknown amounts does not make them nothing', async () => {
  writeFileSync(join(cwd, 'promise-contracts.csv'), 'contract,supplier,buyer,date,kind,amount\nK1,S1,S2,2025-02-01,supply,\nK2,S1,S2,2025-03-01,special-investment,800000000\n');
  await okrugDone(['init', 'promise.okrug'], { cwd });
  for (const kind of ['firms', 'clusters', 'participants']) {
    writeFileSync(join(cwd, `promise-${kind}.csv`), tables[kind]);
  }
  for (const kind of ['firms', 'clusters', 'participants', 'contracts']) {
    await okrugDone(['import', 'promise.okrug', kind, `promise-${kind}.csv`, '--name', kind], { cwd });
  }
  const card = JSON.parse((await okrugDone(['registry', 'promise.okrug', 'C1', '--date', '2026-03-09', '--format', 'json'], { cwd })).stdout);
  assert.deepEqual([card.contracts.count, card.contracts.amount], [2, null]);
  assert.deepEqual(card.cooperation.map(({ contracts, amount }) => [contracts, amount]), [[2, null]]);
  await okrugDone(['report', 'promise.okrug', '-o', 'promise.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  const text = await textOf('promise.pdf');
  assert.match(text.replace(/\s+/g, ' '), /Contracts between them: 2; the amount of none is known\./);
  assert.match(text, /All 0\.0 – 0\.0 –\n/);
});

test('what was sold inside and has no amount is told as at least, not as sure', async () => {
  writeFileSync(join(cwd, 'least-contracts.csv'), 'contract,supplier,buyer,date,amount,vat\nK1,S1,S2,2025-02-01,40000000,excluded\nK2,S1,S2,2025-02-01,,excluded\nK3,S3,S1,2025-02-01,2000000,excluded\nK4,S3,S1,2025-02-01,,excluded\n');
  writeFileSync(join(cwd, 'least.yaml'), `study: least
datasets:
${['clusters', 'participants', 'firms', 'firm-accounts'].map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${kind}.csv}`).join('\n')}
  - {id: contracts, kind: contracts, file: least-contracts.csv}
steps:
  - {id: verdict, run: status, input: "#participants", date: 2026-03-09, contracts: "#contracts", accounts: "#firm-accounts"}
`);
  await okrugDone(['study', 'run', 'least.yaml', '--workspace', 'least.okrug'], { cwd });
  for (const [lang, heading, ...expected] of [['en', 'Share of output', ['40.0–100.0%', '40.00–100.00', '100', '2'], [undefined, 'at least 2.00', undefined, '2']],
    ['ru', 'Доля выпуска', ['40,0–100,0 %', '40,00–100,00', '100', '2'], [undefined, 'не менее 2,00', undefined, '2']]]) {
    await okrugDone(['report', 'least.okrug', '-o', 'least.xlsx', '--cluster', 'C1', '--lang', lang, '--date', '2026-03-09'], { cwd });
    const { cells } = Object.values(sheetsOf(readFileSync(join(cwd, 'least.xlsx')))).find((sheet) => sheet.cells.C1?.text === heading);
    const row = (at) => ['C', 'D', 'E', 'F'].map((column) => (cells[`${column}${at}`]?.text ?? cells[`${column}${at}`]?.number)?.replace('\u00a0', ' '));
    assert.deepEqual([row(2), row(4)], expected);
  }
});

test('labels without a dimension, or that stand twice, name the industries of the effect all the same', async () => {
  writeFileSync(join(cwd, 'two.csv'), 'code,16,31,72\n16,150,500,1\n31,200,100,1\n72,1,1,1\noutput,1000,2000,100\n');
  writeFileSync(join(cwd, 'names.csv'), 'dimension,code,en,ru\nindustry,16,Timber,Лес\nindustry,31,Furniture,Мебель\nindustry,72,Science,Наука\nregion,16,a region,регион\nregion,31,a region,регион\n');
  await okrugDone(['init', 'labels.okrug'], { cwd });
  for (const kind of Object.keys(tables)) {
    await okrugDone(['import', 'labels.okrug', kind, `${kind}.csv`], { cwd });
  }
  await okrugDone(['run', 'multipliers', 'two.csv', '--output', 'output', '-o', 'labels.okrug#multipliers'], { cwd });
  await okrugDone(['import', 'labels.okrug', 'labels', 'names.csv', '--name', 'labels'], { cwd });
  /* No import takes such rows, but a workspace is an SQLite file that other programs write too. */
  const rows = { plain: '', blank: "(NULL, '16', 'nothing', 'ничего')", twice: "('industry', '16', 'Wood', 'Дерево')", 'two of three': "('region', '16', 'again', 'ещё')" };
  for (const [name, row] of Object.entries(rows)) {
    if (row !== '') {
      const { code, stderr } = await start('sqlite3', ['labels.okrug', `INSERT INTO labels (dimension, code, en, ru) VALUES ${row}`], { cwd }).finished;
      assert.equal(code, 0, stderr);
    }
    await okrugDone(['report', 'labels.okrug', '-o', 'labels.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
    const text = await textOf('labels.pdf');
    assert.match(text, /^ ?Timber 60 /m, name);
    assert.match(text, /^ ?Furniture 300 /m, name);
  }
});

test('VAT is no sale: the effect takes what was sold inside without it, and says where it cannot', async () => {
  writeFileSync(join(cwd, 'with-vat.csv'), 'contract,supplier,buyer,kind,date,amount,vat\nK1,S1,S2,supply,2025-02-01,48000000,included\nK2,S2,S1,supply,2025-02-01,12000000,\n');
  writeFileSync(join(cwd, 'net.yaml'), `study: net
datasets:
  - {id: table, kind: input-output, file: two.csv}
${['clusters', 'participants', 'firms', 'firm-accounts'].map((kind) => `  - {id: ${kind}, kind: ${kind}, file: ${kind}.csv}`).join('\n')}
  - {id: contracts, kind: contracts, file: with-vat.csv}
steps:
  - {id: m, run: multipliers, input: "#table", output: output}
STATUS`);
  writeFileSync(join(cwd, 'two.csv'), 'code,16,31,72\n16,150,500,1\n31,200,100,1\n72,1,1,1\noutput,1000,2000,100\n');
  const study = readFileSync(join(cwd, 'net.yaml'), 'utf8');
  const told = async (name, step) => {
    writeFileSync(join(cwd, `${name}.yaml`), study.replace('STATUS', step));
    await okrugDone(['study', 'run', `${name}.yaml`, '--workspace', `${name}.okrug`], { cwd });
    await okrugDone(['report', `${name}.okrug`, '-o', 'net.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
    return textOf('net.pdf');
  };
  /* 100 - 48 / 1.2, 300 - 12 / 1.2: of what is not told the least, for the effect is the most that it can be. */
  const net = await told('net', '  - {id: verdict, run: status, input: "#participants", date: 2026-03-09, contracts: "#contracts", accounts: "#firm-accounts"}\n');
  assert.match(net, /^ ?16 60 /m);
  assert.match(net, /^ ?31 290 /m);
  assert.match(net.replace(/\s+/g, ' '), /less contracts of that year with other participants, both without VAT/);
  assert.doesNotMatch(net, /are told too low by this VAT/);
  const gross = await told('gross', '');
  assert.match(gross, /^ ?16 52 /m);
  assert.match(gross, /^ ?31 288 /m);
  assert.match(gross.replace(/\s+/g, ' '), /has them without VAT for the year of their accounts: 2\. Their sales outside are told too low by this VAT/);
});

test('every code that the multipliers lack is listed, one that is part of another too', async () => {
  writeFileSync(join(cwd, 'part-firms.csv'), 'firm,name,industry\nS1,Один,72.19\nS2,Два,2.1\nS3,Три,72.19\n');
  writeFileSync(join(cwd, 'part-io.csv'), 'code,x,y\nx,150,500\ny,200,100\noutput,1000,2000\n');
  await okrugDone(['init', 'part.okrug'], { cwd });
  for (const kind of ['clusters', 'participants', 'firm-accounts']) {
    await okrugDone(['import', 'part.okrug', kind, `${kind}.csv`], { cwd });
  }
  await okrugDone(['import', 'part.okrug', 'firms', 'part-firms.csv'], { cwd });
  await okrugDone(['run', 'multipliers', 'part-io.csv', '--output', 'output', '-o', 'part.okrug#multipliers'], { cwd });
  await okrugDone(['report', 'part.okrug', '-o', 'part.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  assert.match((await textOf('part.pdf')).replace(/\s+/g, ' '), /sales of 400 million roubles, in industries that the multipliers do not have \(72\.19, 2\.1\)/);
  /* 7 is no division: 72 is not of it, by multipliers or by a concordance. */
  writeFileSync(join(cwd, 'part-io.csv'), 'code,7,y\n7,150,500\ny,200,100\noutput,1000,2000\n');
  writeFileSync(join(cwd, 'part-codes.csv'), 'from,to\n7,y\n');
  await okrugDone(['run', 'multipliers', 'part-io.csv', '--output', 'output', '-o', 'part.okrug#multipliers', '--replace'], { cwd });
  await okrugDone(['import', 'part.okrug', 'concordance', 'part-codes.csv'], { cwd });
  await okrugDone(['report', 'part.okrug', '-o', 'part.pdf', '--cluster', 'C1', '--lang', 'en', '--date', '2026-03-09'], { cwd });
  const halves = (await textOf('part.pdf')).replace(/\s+/g, ' ');
  assert.match(halves, /sales of 400 million roubles, in industries that the multipliers do not have \(72\.19, 2\.1\)/);
  assert.doesNotMatch(halves, /by the concordance/);
});

test('what is missing is told with its remedy', async () => {
  await okrugDone(['init', 'few.okrug'], { cwd });
  const ask = (...more) => okrug(['report', 'few.okrug', '-o', 'few.pdf', '--lang', 'en', ...more], { cwd });
  const none = await ask('--cluster', 'C1');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /no dataset of the kind clusters; okrug record WORKSPACE clusters/);
  await okrugDone(['import', 'few.okrug', 'clusters', 'clusters.csv'], { cwd });
  const alone = await ask('--cluster', 'C1');
  assert.match(alone.stderr, /needs participants[^]*okrug import WORKSPACE participants FILE/);
  await okrugDone(['import', 'few.okrug', 'participants', 'participants.csv'], { cwd });
  const unknown = await ask('--cluster', 'C7');
  assert.match(unknown.stderr, /no cluster C7; there are: C1, C2/);
  assert.equal((await ask('--cluster', 'C2')).code, 0);
  const text = await textOf('few.pdf');
  const first = text.slice(0, text.indexOf('\f'));
  for (const kind of ['firms', 'firm-accounts', 'contracts']) {
    assert.match(first, new RegExp(`okrug\\s+import\\s+WORKSPACE\\s+${kind}\\s+FILE`), `${kind} on the first page`);
  }
  assert.match(first, /Participants: 1\. Contracts between them are not known/);
  assert.doesNotMatch(text, /Contracts between them: 0|without revenue|without a contract|table of firms does not have/, 'what is not known is no finding');
  assert.match(text, /okrug import\s+WORKSPACE\s+needs\s+FILE/);
  assert.match(text, /The goals of the cluster are not given/);
  assert.doesNotMatch(text, /SYNTHETIC/, 'data that do not say so are not called synthetic');
  await okrugDone(['import', 'few.okrug', 'firms', 'firms.csv', '--name', 'one'], { cwd });
  await okrugDone(['import', 'few.okrug', 'firms', 'firms.csv', '--name', 'two'], { cwd });
  const several = await ask('--cluster', 'C1');
  assert.equal((await ask('--cluster', 'C2', '--firms', 'one')).code, 0);
  assert.match(await textOf('few.pdf'), /Participants that the table of firms does not have: 1/);
  assert.equal(several.code, 2);
  assert.match(several.stderr, /several of firms: one, two[^]*--firms ID/);
  assert.equal((await ask('--cluster', 'C1', '--firms', 'two')).code, 0);
  assert.match((await ask('--firms', 'two')).stderr, /--firms belongs to an application/);
  assert.match((await ask('--cluster', 'C1', '--firms', 'three')).stderr, /there is no dataset three/);
});
