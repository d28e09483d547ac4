/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was done to rows, from a table with a row for each cell: one entry for each row that was added, changed or removed. */
import type { Series } from './series';

export interface Done {
  change: string;
  time: string;
  undone: boolean;
  what: 'add' | 'change' | 'remove';
  dataset: string;
  /** What tells the row apart. */
  key: { column: string; value: string }[];
  cells: { column: string; before: string; after: string }[];
}

/** "cluster=C1, firm=F1": a value may hold a comma, but hardly one that a name and "=" follow. */
const readKey = (text: string): Done['key'] =>
  text.split(/, (?=\w+=)/).map((one) => ({ column: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) }));

export function readHistory(series: Series): Done[] {
  const out: Done[] = [];
  let row = '';
  for (let at = 0; at < series.rows; at += 1) {
    const text = (column: string) => series.text(column, at);
    const what = text('what');
    const before = out.at(-1);
    const cell = { column: text('column'), before: text('before'), after: text('after') };
    if (before && before.change === text('change') && before.dataset === text('dataset') && row === text('row')) {
      before.cells.push(cell);
      continue;
    }
    row = text('row');
    out.push({
      change: text('change'), time: text('time'), undone: text('state') === 'undone',
      what: what === 'add' || what === 'remove' ? what : 'change',
      dataset: text('dataset'), key: readKey(row), cells: cell.column === '' ? [] : [cell],
    });
  }
  return out;
}
