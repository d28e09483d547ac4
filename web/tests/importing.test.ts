/* SPDX-License-Identifier: GPL-3.0-or-later */
import { describe, expect, it } from 'vitest';
import type { Kind, Preview } from '../src/api/imports';
import { bindings, commandLine, emptyAbout, emptyDraft, isName, nameFor, readOptions, suggestions, writeAbout, writeOptions } from '../src/state/importing';

describe('choices', () => {
  it('are options in a fixed order, and come back from them', () => {
    const draft = emptyDraft();
    draft.form['header-row'] = '3';
    draft.form.encoding = 'windows-1251';
    draft.form.suppressed = ' N ';
    draft.map = { region: 'ОКТМО', value: 'a=b', period: '' };
    draft.others = [{ name: 'where', value: 'own=0' }];
    const options = writeOptions(draft);
    expect(options.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'encoding windows-1251', 'header-row 3', 'suppressed N', 'map region=ОКТМО', 'map value=a=b', 'where own=0',
    ]);
    expect(writeOptions(readOptions(options))).toEqual(options);
    expect(writeOptions(emptyDraft())).toEqual([]);
  });
  it('about the data are said only where there is something to say', () => {
    expect(writeAbout({ ...emptyAbout(), source: ' Rosstat ', note: '  ' })).toEqual([{ name: 'source', value: 'Rosstat' }]);
  });
  it('are the same on the command line, quoted for a shell', () => {
    const options = [{ name: 'map', value: 'region=Код района' }, { name: 'delimiter', value: ';' }, { name: 'note', value: "it's" }];
    expect(commandLine('values', 'a b.xlsx', 'Данные', 'a', options, true)).toBe(
      "okrug import WORKSPACE values 'a b.xlsx#Данные' --name a --map 'region=Код района' --delimiter ';' --note 'it'\\''s' --replace",
    );
  });
});

describe('names', () => {
  it('come from the file', () => {
    expect(nameFor('Занятость 2018 (щи).csv.gz')).toBe('zaniatost-2018-shchi');
    expect(nameFor('boundaries.geojson')).toBe('boundaries');
    expect(nameFor('...')).toBe('import');
  });
  it('have no slash, hash or control character', () => {
    expect(['a', 'данные 2018', 'a.b'].map(isName)).toEqual([true, true, true]);
    expect(['', '.', '..', 'a/b', 'a#b', 'a\nb'].map(isName)).toEqual([false, false, false, false, false, false]);
  });
});

describe('columns', () => {
  const role = (name: string, need: string) => ({ name, need, type: 'text', domain: 'any', unit: '' });
  const kind: Kind = { id: 'values', about: 'regions', shape: 'tidy', roles: [role('region', 'key'), role('period', 'key-optional'), role('value', 'required')] };
  const column = (header: string, suggested: string | null = null): Preview['columns'][number] => ({ header, role: null, suggested, type: 'text', sample: [header] });

  it('have a role where it was said or is their name, and never by a suggestion', () => {
    const all = bindings(kind, { region: 'ОКТМО' }, [column('ОКТМО', 'region'), column('period'), column('Занято', 'value')]);
    expect(all.map(({ header, said, suggested }) => [header, said, suggested])).toEqual([['ОКТМО', true, []], ['period', false, []], ['', false, ['Занято']]]);
    expect(suggestions(all)).toEqual({ value: 'Занято' });
  });
  it('are not taken together where two may be meant, nor offered twice', () => {
    const two = bindings(kind, {}, [column('Занято', 'value'), column('Зарплата', 'value')]);
    expect(suggestions(two)).toEqual({});
    expect(bindings(kind, { region: 'Занято' }, [column('Занято', 'value'), column('Зарплата', 'value')])[2]?.suggested).toEqual(['Зарплата']);
  });
});
