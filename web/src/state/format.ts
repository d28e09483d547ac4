/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as people of each language write them. Only this file rounds; what is rounded stays available in full. */
import type { Figure } from './series';

export type Lang = 'en' | 'ru';
export const NBSP = '\u00a0';
const DASH = '–';
export const NOTHING = '—';

const formats = new Map<string, Intl.NumberFormat>();

function format(lang: Lang, low: number, high: number): Intl.NumberFormat {
  const id = `${lang}${low}.${high}`;
  let found = formats.get(id);
  if (!found) {
    const locale = lang === 'ru' ? 'ru-RU' : 'en-GB';
    found = new Intl.NumberFormat(locale, { minimumFractionDigits: low, maximumFractionDigits: high });
    formats.set(id, found);
  }
  return found;
}

export function decimal(value: number, digits: number, lang: Lang): string {
  return format(lang, digits, digits).format(value).replace('-', '\u2212');
}

/** A ratio with the digits a reader can use: two below ten, one below a hundred. */
export function ratio(value: number, lang: Lang): string {
  const size = Math.abs(value);
  return decimal(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2, lang);
}

export function whole(value: number, lang: Lang): string {
  return decimal(value, 0, lang);
}

export function percent(value: number, lang: Lang): string {
  const digits = Math.abs(value) >= 0.0995 ? 0 : 1;
  return `${decimal(value * 100, digits, lang)}${lang === 'ru' ? NBSP : ''}%`;
}

const FRACTIONS = new Map([
  [0.5, '½'],
  [0.25, '¼'],
  [0.125, '⅛'],
]);

/** A tick of an axis of powers of two. */
export function power(value: number, lang: Lang): string {
  return FRACTIONS.get(value) ?? whole(value, lang);
}

/** Several neighbouring digits decide whether an interval touches 1, so both ends keep the same number of them. */
export function interval(low: number | null, high: number | null, lang: Lang): string {
  if (low === null || high === null) return NOTHING;
  const digits = high >= 99.95 ? 0 : high >= 9.995 ? 1 : 2;
  return `${decimal(low, digits, lang)}${DASH}${decimal(high, digits, lang)}`;
}

export function span(low: number, high: number, lang: Lang): string {
  return low === high ? whole(low, lang) : `${whole(low, lang)}${DASH}${whole(high, lang)}`;
}

/** Roubles with three digits and a word for the rest: "466bn ₽". */
export function roubles(value: number, lang: Lang): string {
  const locale = lang === 'ru' ? 'ru-RU' : 'en-GB';
  return `${new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value)}${NBSP}₽`;
}

/** The bound of a class in a legend, or a tick: no more digits than it has. */
export function bound(value: number, kind: 'ratio' | 'share' | 'index' | 'size', unit: string, lang: Lang): string {
  if (kind === 'share') return percent(value, lang);
  if (kind === 'index') return decimal(value, 2, lang);
  if (kind === 'ratio') return decimal(value, Number.isInteger(value) ? 0 : value * 10 === Math.round(value * 10) ? 1 : 2, lang);
  if (unit === 'thousand-rub') return roubles(value * 1000, lang);
  return decimal(value, Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : 1, lang);
}

/** A figure by its unit: persons whole, thousands with one digit, everything else as a ratio. */
export function figure(shown: Figure, lang: Lang): string {
  if (shown.value === null) return NOTHING;
  if (shown.derived === 'share') return percent(shown.value, lang);
  if (PROBABILITIES.includes(shown.ref.column)) return probability(shown.value, lang);
  switch (shown.unit) {
    case 'share':
      return percent(shown.value, lang);
    case 'person':
    case 'count':
    case 'rank':
      return whole(shown.value, lang);
    case 'thousand-persons':
      return decimal(shown.value, 1, lang);
    case 'rub-per-month':
      return roubles(shown.value, lang);
    case 'thousand-rub':
      return roubles(shown.value * 1000, lang);
    case 'million-usd':
      return whole(shown.value, lang);
    default:
      return Number.isInteger(shown.value) && shown.unit === '' ? whole(shown.value, lang) : ratio(shown.value, lang);
  }
}

/** A figure of any table: small parts keep three digits, because two places after the point would leave nothing of them. */
export function precise(shown: Figure, lang: Lang): string {
  const { value, unit } = shown;
  if (value === null || value === 0 || Math.abs(value) >= 0.995 || !['', 'ratio', 'share', 'index', 'own', 'person-per-money'].includes(unit)) {
    return figure(shown, lang);
  }
  return significant(value, lang, 'auto');
}

/** A difference, with its sign. */
export function signed(value: number, lang: Lang): string {
  return significant(value, lang, 'exceptZero');
}

/** One of two figures that may be near each other. */
export function near(value: number, lang: Lang): string {
  return significant(value, lang, 'auto', 6);
}

function significant(value: number, lang: Lang, signDisplay: 'auto' | 'exceptZero', most = 3): string {
  const locale = lang === 'ru' ? 'ru-RU' : 'en-GB';
  const digits = Math.abs(value) >= 10 ** most ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: most };
  return new Intl.NumberFormat(locale, { ...digits, signDisplay }).format(value).replace('-', '\u2212');
}

const PROBABILITIES = ['p', 'q', 'p_normal', 'p_permutation'];

/** A probability with the digits that matter, which are its small ones. */
export function probability(value: number, lang: Lang): string {
  if (value > 0 && value < 0.00005) return `<${NBSP}${decimal(0.0001, 4, lang)}`;
  return decimal(value, value >= 0.1 ? 2 : value >= 0.01 ? 3 : 4, lang);
}

/** The shortest text that reads back as the same number, the same in every language. */
export function full(value: number): string {
  return String(value);
}
