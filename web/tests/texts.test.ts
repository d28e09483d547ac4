/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts of the page: every key that the sources ask for is in the catalogue of both languages, and none is left over. */
import { describe, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import ru from '../../i18n/ru.json';

const catalogue = { en, ru };
const files = import.meta.glob<string>(['../src/**/*.svelte', '../src/**/*.ts', '!../src/**/*.d.ts'], { query: '?raw', import: 'default', eager: true });
const text = Object.values(files).join('\n');

/** Keys with parts that are filled in become patterns: `web.kind.${kind}` asks for every key of that form. */
const asked = [...text.matchAll(/['"`](web\.(?:[\w.-]|\$\{(?:[^{}]|\{[^{}]*\})*\})+)['"`]/g)].map((match) => match[1] ?? '');
const exact = asked.filter((key) => !key.includes('${'));
const patterns = asked
  .filter((key) => key.includes('${'))
  .map((key) => new RegExp(`^${key.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replaceAll('.', '\\.')).join('[\\w-]*')}$`));
/** Without the plural form; "web.field.other" is the name of a column, "web.value.source.other" a source. */
const plain = (key: string) => (/^web\.(field|value)\./.test(key) ? key : key.replace(/\.(one|few|many|other)$/, ''));

describe.each(['en', 'ru'] as const)('texts in %s', (lang) => {
  const keys = Object.keys(catalogue[lang]).filter((key) => key.startsWith('web.'));
  const known = new Set(keys.map(plain));
  it('are all there', () => {
    expect(asked.length).toBeGreaterThan(150);
    expect(exact.filter((key) => !known.has(plain(key)))).toEqual([]);
    for (const pattern of patterns) expect([...known].some((key) => pattern.test(key)), String(pattern)).toBe(true);
  });
  it('are all used', () => {
    const used = new Set(exact.map(plain));
    expect([...known].filter((key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });
});
