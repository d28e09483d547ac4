/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a key of the catalogue to a sentence: arguments, plural forms, and the spaces that must not break. */
import { NBSP, type Lang } from './format';

export type Catalogue = Record<string, string>;
export type Arguments = Record<string, string | number>;

const plurals: Record<Lang, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  ru: new Intl.PluralRules('ru'),
};

/** Short words cling to the next one, a dash to the word before it, a number to its unit. */
export function tie(text: string, lang: Lang): string {
  const tied = text.replace(/ (—|×)/g, `${NBSP}$1`).replace(/(\d) (%|‰)/g, `$1${NBSP}$2`);
  if (lang === 'en') return tied.replace(/(^|[ (])(a|an|A|An|I) /g, `$1$2${NBSP}`);
  const short = /(^|[ («\u00a0])([ВвИиСсКкОоУуАа]|[Нн][аеио]|[Пп]о|[Ии]з|[Оо]т|[Дд]о|[Зз]а|[Вв]о|[Кк]о|[Сс]о|[Оо]б) /g;
  return tied.replace(short, `$1$2${NBSP}`).replace(short, `$1$2${NBSP}`);
}

/** The text of a key, or undefined where the catalogue lacks it. With `n` the plural form of the language is taken. */
export function find(catalogue: Catalogue, lang: Lang, key: string, args: Arguments = {}): string | undefined {
  let text: string | undefined;
  if (typeof args.n === 'number') {
    text = catalogue[`${key}.${plurals[lang].select(args.n)}`] ?? catalogue[`${key}.other`];
  }
  text ??= catalogue[key];
  if (text === undefined) return undefined;
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
  return tie(filled, lang);
}

/** A name in the middle of a sentence: its first letter small, unless the word is an abbreviation. */
export function inSentence(name: string): string {
  const second = name.charAt(1);
  if (second !== '' && second === second.toUpperCase() && second !== second.toLowerCase()) return name;
  return name.charAt(0).toLowerCase() + name.slice(1);
}
