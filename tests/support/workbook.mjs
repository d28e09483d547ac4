/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes .xlsx files for tests: stored members, and the least that a workbook must have around its sheets.
 */
import { crc32 } from 'node:zlib';

const space = 'http://schemas.openxmlformats.org/';

function zip(members) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of members) {
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt32LE(0x5a210000, 10);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), bytes);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/* A number is stored as one, a text as a text, { error } as a formula that failed; null and undefined are no cells. */
function cell(value, column, row) {
  const at = `${String.fromCharCode(65 + column)}${row}`;
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return `<c r="${at}"><v>${value}</v></c>`;
  }
  if (typeof value === 'object') {
    return `<c r="${at}" t="e"><f>1/0</f><v>${value.error}</v></c>`;
  }
  return `<c r="${at}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
}

/* A workbook of sheets: { name: [[cells of row 1], ...] }. */
export function workbook(sheets) {
  const names = Object.keys(sheets);
  const members = [['[Content_Types].xml', `<Types xmlns="${space}package/2006/content-types"><Override PartName="/xl/s1.xml" ` +
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>']];
  names.forEach((name, i) => {
    const rows = sheets[name].map((row, r) =>
      (row.length > 0 ? `<row r="${r + 1}">${row.map((value, c) => cell(value, c, r + 1)).join('')}</row>` : '')).join('');
    members.push([`xl/s${i + 1}.xml`, `<worksheet xmlns="${space}spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`]);
  });
  members.push(['xl/workbook.xml', `<workbook xmlns="${space}spreadsheetml/2006/main" xmlns:r="${space}officeDocument/2006/relationships"><sheets>` +
    `${names.map((name, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`]);
  members.push(['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${space}package/2006/relationships">` +
    `${names.map((_, i) => `<Relationship Id="r${i + 1}" Type="${space}officeDocument/2006/relationships/worksheet" Target="s${i + 1}.xml"/>`).join('')}</Relationships>`]);
  return zip(members);
}
