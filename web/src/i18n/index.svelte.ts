/* SPDX-License-Identifier: GPL-3.0-or-later
 * The language of the page: asked for in the address, else remembered, else the browser's. */
import type { Message } from '../api/client';
import type { Lang } from '../state/format';
import { find, type Arguments } from '../state/translate';
import { fetchMore, fetchTexts, texts } from './catalogue.svelte';

const STORED = 'okrug.lang';

function stored(): Lang | undefined {
  try {
    const value = localStorage.getItem(STORED);
    return value === 'en' || value === 'ru' ? value : undefined;
  } catch {
    return undefined; // storage is switched off
  }
}

class Language {
  current = $state<Lang>('en');
  /** The texts that come later have come. */
  rest: Promise<void> = Promise.resolve();

  async start(asked: Lang | undefined): Promise<void> {
    this.current = asked ?? stored() ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
    await fetchTexts(this.current);
    this.rest = fetchMore(this.current);
    this.rest.catch(() => {}); // whoever waits for them is told
  }

  async choose(lang: Lang): Promise<void> {
    await Promise.all([fetchTexts(lang), fetchMore(lang)]);
    this.current = lang;
    try {
      localStorage.setItem(STORED, lang);
    } catch {
      // The address still carries the language.
    }
  }
}

export const language = new Language();

/** The text of a key in the page's language; undefined where there is none. */
function text(key: string, args: Arguments = {}): string | undefined {
  return find(texts(language.current), language.current, key, args);
}

/** Whether the page has words of its own for that key. */
export const isWorded = (key: string): boolean => text(key) !== undefined;

/** The text of a key in the page's language. */
export function t(key: string, args: Arguments = {}): string {
  return text(key, args) ?? key;
}

/** Arguments that are codes of the shared catalogue, in words; of those that are there in Russian too (`source`, `source_ru`) that of the reader. */
export function worded(given: Message['arguments']): Message['arguments'] {
  const told = { ...given };
  for (const name of Object.keys(given)) {
    const russian = given[`${name}_ru`];
    if (russian && language.current === 'ru') told[name] = russian;
  }
  for (const group of ['confidence', 'expected', 'grain', 'unit']) {
    if (told[group] !== undefined) told[group] = named(group, told[group]);
  }
  return told;
}

/** A fault or warning in words; its bare code where the catalogue has none. */
export function said(message: Message): string {
  const args = worded(message.arguments);
  const whole = /^\d+$/.test(args.count ?? '');
  return text(`message.${message.code}`, whole ? { ...args, n: Number(args.count) } : args) ?? message.code;
}

/** The name of a column; the bare one where the catalogue has none. */
export function field(column: string): string {
  return text(`web.field.${column}`) ?? column;
}

/** The name of an input of an analysis; the bare one where the catalogue has none. */
export function inputName(input: string): string {
  return text(`web.input.${input}`) ?? input;
}

/** The text of a code of the shared catalogue ("reason.x", "unit.x"); the bare code where it has none. */
export function named(group: string, code: string): string {
  return text(`${group}.${code}`) ?? code;
}

/** What a parameter is set to: the words of a choice, anything else as it is. */
export function setting(parameter: string, value: unknown): string {
  return [value].flat().map((one) => text(`choice.${parameter}.${one}`) ?? String(one)).join(', ');
}

/** As the beginning of a heading. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language.current) + text.slice(1);
}

/** A message with where in a file it is about, as the command line says it. */
export function placed(message: Message): string {
  const file = message.file?.split('/').at(-1);
  const place = [file, message.line, message.column].filter((part) => part !== undefined && part !== '').join(':');
  return place === '' ? said(message) : `${place}: ${said(message)}`;
}
