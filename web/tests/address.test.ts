/* SPDX-License-Identifier: GPL-3.0-or-later
 * Links that lead back to where they were made, CSV that spreadsheets and programs read, names and origins. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/api/client';
import { readFragment, readQuery, writeFragment, writeQuery } from '../src/state/address';
import { csv } from '../src/state/csv';
import { Names, shortener } from '../src/state/names';
import { formulaOf, lineage } from '../src/state/provenance';
import { column, series } from './support';

describe('the address', () => {
  it('of choices reads back as it was written', () => {
    const choice = {
      lang: 'ru', result: 'lq', section: 'C', place: '29701000', measure: 'value_added',
      country: { kind: 'product-lq', section: 'D', period: '' }, region: 'г. Москва', filter: 'кал & обл',
      level: 'places', left: { kind: 'krugman', section: '', period: '2022' }, right: { kind: 'share', section: 'F', period: '' },
      classes: 'same', zoom: { k: 2.5, x: 0.3, y: 0.6 }, analysis: 'location-quotient', outcome: 'location-quotient-1', than: 'mine & yours',
      find: 'ООО лён', firm: '0073687890', cluster: 'SYN-40-1', day: '2024-06-30', application: 'yes', found: 'clusters-1', group: '4/29701000',
    } as const;
    expect(readQuery(writeQuery(choice))).toEqual(choice);
    expect(writeQuery(readQuery(''))).toBe('');
  });
  it('ignores what it does not know', () => {
    expect(readQuery('?lang=xx&show=nothing&day=soon')).toMatchObject({ lang: undefined, result: 'top', day: '' });
    expect(readFragment('#data')).toBeUndefined();
  });
  it('of a figure survives Cyrillic, spaces and its own words as key columns', () => {
    const opened = {
      ref: { dataset: 'regional-quotients', table: 'quotients', column: 'lq', key: { region: 'Калужская область', d: 'x&y=z' } },
      derived: 'rank' as const,
    };
    expect(readFragment(writeFragment(opened))).toEqual(opened);
  });
});

describe('csv', () => {
  const rows = [['Дзержинский; район', 1.5, null], ['say "no", twice', 2, -0.25]];
  it('for programs has commas, dots and quotes where needed', () => {
    expect(csv(['name', 'lq', 'lo'], rows, 'machine')).toBe('name,lq,lo\r\nДзержинский; район,1.5,\r\n"say ""no"", twice",2,-0.25\r\n');
  });
  it('for Russian Excel has a byte order mark, semicolons and decimal commas', () => {
    expect(csv(['name', 'lq', 'lo'], rows, 'excel-ru')).toBe('\ufeffname;lq;lo\r\n"Дзержинский; район";1,5;\r\n"say ""no"", twice";2;-0,25\r\n');
  });
});

describe('names', () => {
  const names = new Names(
    series('labels', 'labels', [
      column('dimension', ['okved2', 'okved2', 'okved1', 'okved1', 'okved1']),
      column('code', ['C', 'D', 'C', 'D', 'AB']),
      column('en', ['Manufacturing', 'Energy', 'Mining', 'Manufacturing', 'Agriculture']),
      column('ru', ['Обработка', '', 'Добыча', 'Обработка', 'Сельское хозяйство']),
    ]),
  );
  it('are taken from the dimension that fits the codes', () => {
    expect(names.dimensionOf(['C', 'D'])).toBe('okved2');
    expect(names.dimensionOf(['AB', 'C'])).toBe('okved1');
    expect(names.dimensionOf(['unknown'])).toBe('');
  });
  it('fall back to the other language, then to the code', () => {
    expect(names.name('okved2', 'D', 'ru')).toBe('Energy');
    expect(names.name('okved2', 'Z', 'ru')).toBe('Z');
  });
  it('are shortened only by a word that most share', () => {
    const short = shortener(['A District', 'B C District', 'City']);
    expect(['A District', 'B C District', 'City', 'District'].map(short)).toEqual(['A', 'B C', 'City', 'District']);
    expect(shortener(['A x', 'B y'])('A x')).toBe('A x');
  });
});

describe('origin', () => {
  const dataset = (id: string, inputs: string[]): [string, Dataset] => [
    id,
    { id, kind: '', tables: [], provenance: { analysis: 'a', inputs: inputs.map((one) => ({ input: 'input', dataset: one })) } },
  ];
  it('leads through results down to files, each once, even in a circle', () => {
    const all = new Map([dataset('c', ['b', 'a']), dataset('b', ['a']), dataset('a', ['c'])]);
    expect(lineage(all, 'c').map((step) => [step.dataset.id, step.depth])).toEqual([['b', 0], ['a', 1]]);
  });
  it('finds the formula of a column', () => {
    const analyses = [{ id: 'a', outputs: [{ table: 't', columns: [{ name: 'lq', type: 'number', unit: 'ratio', formula: 'x / y' }] }] }];
    const ref = { dataset: 'b', table: 't', column: 'lq', key: {} };
    expect(formulaOf(analyses, dataset('b', [])[1], ref)).toBe('x / y');
    expect(formulaOf(analyses, undefined, ref)).toBeUndefined();
  });
});
