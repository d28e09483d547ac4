/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forms made of descriptors: those of the repository. */
import { describe, expect, it } from 'vitest';
import described from '../../schemas/analyses.json';
import type { Analysis, Dataset } from '../src/api/client';
import {
  blank, boundTo, check, commandLine, fieldOf, fits, fromOptions, fromProvenance, numberText, optionsOf, sourcesOf, suggested,
} from '../src/state/form';

const analyses = described.analyses as unknown as Analysis[];
const the = (id: string): Analysis => {
  const found = analyses.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const col = (name: string, type: 'text' | 'number' = 'text') => ({ name, type, unit: '' });
const set = (id: string, columns: ReturnType<typeof col>[], provenance: Dataset['provenance'] = {}, kind = 'values', table = id): Dataset => ({
  id, kind, tables: [{ name: table, rows: 3, columns }], provenance,
});
const jobs = set('jobs', [col('region'), col('industry'), col('value', 'number')]);
const other = set('other', [col('place'), col('industry'), col('value', 'number'), col('income', 'number')]);
const quotients = set('quotients-1', [col('region'), col('industry'), col('value', 'number'), col('lq', 'number')], { analysis: 'location-quotient' }, 'result', 'quotients');
const table = set('table', [col('code'), col('a'), col('output')], {}, 'input-output');
const sources = sourcesOf([table, quotients, other, jobs]);

describe('the inputs of a form', () => {
  const [input] = the('location-quotient').inputs;
  it('suggest what fits, imported before computed', () => {
    if (!input) throw new Error('no input');
    expect(suggested(input, sources).fitting.map((one) => one.ref)).toEqual(['#jobs', '#quotients-1']);
    expect(suggested(input, sources).others.map((one) => one.ref)).toEqual(['#table', '#other']);
  });
  it('take an input-output table as it stands, and nothing else does', () => {
    const fitting = analyses.flatMap((one) => one.inputs).filter((one) => sources.some((source) => source.dataset === table && fits(one, source)));
    expect(new Set(fitting.map((one) => one.shape))).toEqual(new Set(['input-output']));
  });
  it('are bound by name, else as mapped', () => {
    const source = sources.find((one) => one.ref === '#other');
    if (!source) throw new Error('no source');
    expect(boundTo('region', { source: '#other', row: '', map: {} }, source)).toBe('');
    expect(boundTo('region', { source: '#other', row: '', map: { region: 'place' } }, source)).toBe('place');
  });
  it('name a table after the first of a dataset', () => {
    const two = { ...jobs, tables: [...jobs.tables, { name: 'more', rows: 1, columns: [] }] };
    expect(sourcesOf([two]).map((one) => one.ref)).toEqual(['#jobs', '#jobs/more']);
  });
});

describe('a form', () => {
  const analysis = the('location-quotient');
  it('of every analysis begins with its defaults, which are right and need no option', () => {
    for (const one of analyses) {
      const draft = blank(one, sources);
      expect(check(one, draft, sources).filter((fault) => fault.field.startsWith('parameter.'))).toEqual([]);
      expect(optionsOf(one, draft).filter((option) => one.parameters.some(({ name }) => name === option.name))).toEqual([]);
    }
  });
  it('checks numbers against the descriptor', () => {
    const fault = (name: string, typed: string, id = 'location-quotient') => {
      const draft = blank(the(id), sources);
      draft.values[name] = [typed];
      return check(the(id), draft, sources).find((one) => one.field === `parameter.${name}`)?.code;
    };
    expect(['0.4999', '2', 'x', '1e', '0x1', 'Infinity'].map((typed) => fault('level', typed))).toEqual(['range', 'range', 'number', 'number', 'number', 'number']);
    expect(['0.5', '0,9', ' 0.9999 ', '', '9e-1', '.9'].map((typed) => fault('level', typed))).toEqual(Array(6).fill(undefined));
    expect([fault('nearest', '1.5', 'specialisation'), fault('nearest', '7', 'specialisation')]).toEqual(['whole', undefined]);
    expect(numberText('1,234,5')).toBe('1,234,5');
  });
  it('misses tables and columns that are needed', () => {
    const draft = blank(analysis, []);
    expect(check(analysis, draft, sources)).toEqual([{ field: 'input.input', code: 'needed' }]);
    draft.inputs.input = { source: '#other', row: '', map: {} };
    expect(check(analysis, draft, sources)).toEqual([{ field: 'map.input.region', code: 'column' }]);
    draft.inputs.input.map.region = 'place';
    draft.inputs.reference = { source: '#quotients-1', row: '', map: { value: 'gone' } };
    expect(check(analysis, draft, sources)).toEqual([{ field: 'map.reference.value', code: 'column' }]);
  });
  it('says what a terminal would be told, and reads it back', () => {
    const draft = blank(analysis, sources);
    draft.inputs.input = { source: '#other', row: '', map: { region: 'place', value: 'value' } };
    draft.inputs.reference = { source: '#quotients-1', row: '', map: { share: "it's lq" } };
    draft.values = { level: ['0,9'], small: ['10'], z: ['log-lq'] };
    draft.id = 'мой результат';
    const options = optionsOf(analysis, draft);
    expect(options).toEqual([
      { name: 'map', value: 'region=place' }, { name: 'reference', value: '#quotients-1' },
      { name: 'map', value: "reference.share=it's lq" }, { name: 'level', value: '0.9' }, { name: 'z', value: 'log-lq' },
    ]);
    expect(commandLine(analysis, draft)).toBe(
      "okrug run location-quotient WORKSPACE#other --map region=place --reference WORKSPACE#quotients-1 --map 'reference.share=it'\\''s lq' --level 0.9 --z log-lq -o 'мой результат'",
    );
    expect(optionsOf(analysis, fromOptions(analysis, '#other', options))).toEqual(options);
  });
  it('keeps options it has no field for, repeats what repeats, and knows rows from tables', () => {
    const multipliers = the('multipliers');
    const options = [
      { name: 'employment', value: 'jobs in total' }, { name: 'final-demand', value: 'hh' }, { name: 'final-demand', value: 'gov' },
      { name: 'where', value: 'period=2018' },
    ];
    const draft = fromOptions(multipliers, '#table', options);
    expect(draft.inputs.employment?.row).toBe('jobs in total');
    expect(draft.values['final-demand']).toEqual(['hh', 'gov']);
    expect(draft.rest).toEqual([{ name: 'where', value: 'period=2018' }]);
    expect(optionsOf(multipliers, draft)).toEqual(options);
  });
  it('is filled in from the provenance of a result', () => {
    const draft = fromProvenance(analysis, set('r', [], {
      analysis: 'location-quotient', parameters: { level: 0.9, small: 10, z: 'lq' },
      inputs: [{ input: 'input', dataset: 'other', map: { region: 'place' } }, { input: 'reference', dataset: 'jobs', where: { region: 'A' } }],
    }));
    expect(draft.inputs.input).toEqual({ source: '#other', row: '', map: { region: 'place' } });
    expect(optionsOf(analysis, draft)).toEqual([
      { name: 'map', value: 'region=place' }, { name: 'reference', value: '#jobs' }, { name: 'level', value: '0.9' },
      { name: 'where', value: 'reference.region=A' },
    ]);
  });
  it('finds the field that the server speaks of', () => {
    const draft = blank(analysis, sources);
    draft.inputs.input = { source: '#other', row: '', map: { region: 'place' } };
    const at = (code: string, args: Record<string, string>) => fieldOf({ code, arguments: args }, analysis, draft);
    expect(at('bad-option-value', { option: 'level', value: '2', expected: '' })).toBe('parameter.level');
    expect(at('input-not-stored', { input: 'reference', value: 'x' })).toBe('input.reference');
    expect(at('no-dataset', { id: 'other', file: '', known: '' })).toBe('input.input');
    expect(at('missing-column', { wanted: 'place', columns: '' })).toBe('map.input.region');
    expect(at('result-exists', { id: 'x' })).toBe('id');
    expect(at('too-many-jobs', {})).toBeUndefined();
  });
});
