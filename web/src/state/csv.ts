/* SPDX-License-Identifier: GPL-3.0-or-later
 * A table as CSV in two profiles: `machine` (RFC 4180, dot) for programs, `excel-ru` (byte order mark, semicolon,
 * decimal comma) for a spreadsheet with Russian settings. Numbers are written in full. */
export type Profile = 'machine' | 'excel-ru';
export type Cell = string | number | null;

export function csv(header: string[], rows: Cell[][], profile: Profile): string {
  const excel = profile === 'excel-ru';
  const delimiter = excel ? ';' : ',';
  const quote = (text: string) =>
    /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const write = (cell: Cell) => {
    if (cell === null) return '';
    if (typeof cell === 'number') return excel ? String(cell).replace('.', ',') : String(cell);
    return quote(cell);
  };
  const lines = [header.map(quote), ...rows.map((row) => row.map(write))].map((row) => row.join(delimiter));
  return `${excel ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`;
}
