/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in a ZIP file, for tests that look into what okrug wrote.
 */
import { inflateRawSync } from 'node:zlib';

/* The files by name, as text, and the times that stand in the archive. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = {};
  const times = new Set();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const method = bytes.readUInt16LE(at + 10);
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = (method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
    times.add(bytes.readUInt32LE(at + 12));
    at += 46 + name + extra + comment;
  }
  return { files, times };
}

const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

/* The sheets of a workbook by name: {cells: {A1: {text} or {number}}, xml}. */
export function sheetsOf(bytes) {
  const { files } = unzip(bytes);
  const names = [...files['xl/workbook.xml'].matchAll(/<sheet name="([^"]*)"/g)].map((m) => plain(m[1]));
  return Object.fromEntries(names.map((name, i) => {
    const xml = files[`xl/worksheets/sheet${i + 1}.xml`];
    const cells = {};
    for (const [, place, kind, inside] of xml.matchAll(/<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?>(.*?)<\/c>/gs)) {
      cells[place] = kind === 'inlineStr' ? { text: plain(/<t[^>]*>(.*?)<\/t>/s.exec(inside)?.[1] ?? '') }
        : { number: /<v>(.*?)<\/v>/.exec(inside)[1] };
    }
    return [name, { cells, xml }];
  }));
}
