/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a probability of entry is worth. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/api/client';
import { readEntry, tellsEntry } from '../src/state/entry';
import { column, series } from './support';

const models = (held: [number | null, number | null], auc: [number, number] = [0.691, 0.752]) =>
  series('o', 'model', [
    column('model', ['full', 'density', 'baseline']),
    column('auc', [0.9, ...auc]),
    column('auc_held_out', [0.9, ...held], { type: 'number', reasons: ['', held[0] === null ? 'undefined' : '', ''] }),
  ]);

describe('the models of entry', () => {
  it('are the one of density and the one without it, whatever else there is', () => {
    const entry = readEntry(models([0.66, 0.71]));
    expect([entry?.density.auc.value, entry?.density.held.value, entry?.baseline.auc.value, entry?.baseline.held.value]).toEqual([0.691, 0.66, 0.752, 0.71]);
    expect(entry?.gain).toBeCloseTo(-0.05);
  });
  it('are compared by rows held out, even where their own rows say the opposite', () => {
    expect(readEntry(models([0.7, 0.6]))?.gain).toBeCloseTo(0.1);
  });
  it('are compared by their own rows where none could be held out', () => {
    const entry = readEntry(models([null, 0.71]));
    expect(entry?.density.held.reason).toBe('undefined');
    expect(entry?.gain).toBeCloseTo(0.691 - 0.752);
  });
  it('are nothing where none was fitted', () => {
    expect(readEntry(undefined)).toBeUndefined();
    expect(readEntry(series('o', 'model', [column('model', []), column('auc', [])]))).toBeUndefined();
  });
  it('stand where a table tells how likely an entry is', () => {
    const set = (name: string): Dataset => ({ id: 'o', kind: 'result', provenance: {}, tables: [{ name: 'options', rows: 0, columns: [{ name, type: 'number', unit: 'share' }] }] });
    expect([set('entry_probability'), set('density'), undefined].map(tellsEntry)).toEqual([true, false, false]);
  });
});
