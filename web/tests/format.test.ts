/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers and sentences as people of each language write them. */
import { describe, expect, it } from 'vitest';
import { decimal, figure, full, interval, percent, power, ratio, span, whole } from '../src/state/format';
import { find, inSentence, tie } from '../src/state/translate';

describe('numbers', () => {
  it('use the decimal comma and a non-breaking space in Russian', () => {
    expect(ratio(1.6304, 'ru')).toBe('1,63');
    expect(whole(111525, 'ru')).toBe('111\u00a0525');
    expect(percent(0.95, 'ru')).toBe('95\u00a0%');
  });
  it('use the decimal point in English', () => {
    expect(ratio(1.6304, 'en')).toBe('1.63');
    expect(whole(111525, 'en')).toBe('111,525');
    expect(percent(0.0512, 'en')).toBe('5.1%');
  });
  it('carry no more digits than a reader can use', () => {
    expect([0.2561, 9.994, 9.996, 21.86, 99.96].map((value) => ratio(value, 'en'))).toEqual(['0.26', '9.99', '10.0', '21.9', '100']);
  });
  it('write a true minus', () => {
    expect(decimal(-1.5, 1, 'en')).toBe('\u22121.5');
  });
  it('give both ends of an interval the same digits, and a dash where there is none', () => {
    expect(interval(9.6, 12.34, 'en')).toBe('9.6–12.3');
    expect(interval(null, 2, 'en')).toBe('—');
    expect(span(1, 1, 'en')).toBe('1');
    expect(span(2, 5, 'en')).toBe('2–5');
  });
  it('show a figure by its unit and stay exact in full', () => {
    const ref = { dataset: 'd', table: 't', column: 'c', key: {} };
    expect(figure({ value: 3703, unit: 'person', reason: '', ref }, 'en')).toBe('3,703');
    expect(figure({ value: 0.3, unit: 'ratio', reason: '', ref, derived: 'share' }, 'en')).toBe('30%');
    expect(figure({ value: null, unit: 'ratio', reason: 'x', ref }, 'en')).toBe('—');
    expect(full(0.1 + 0.2)).toBe('0.30000000000000004');
    expect(power(0.125, 'ru')).toBe('⅛');
  });
});

describe('sentences', () => {
  const ru = { 'a.one': '{n} раздел', 'a.few': '{n} раздела', 'a.many': '{n} разделов', 'a.other': '{n} раздела', b: 'в {x} и {y}' };
  it('take the plural form of the language', () => {
    expect([1, 3, 13, 21].map((n) => find(ru, 'ru', 'a', { n }))).toEqual(['1 раздел', '3 раздела', '13 разделов', '21 раздел']);
  });
  it('leave what was not given for numbers that open, and miss honestly', () => {
    expect(find(ru, 'ru', 'b', { x: 1 })).toBe('в\u00a01 и\u00a0{y}');
    expect(find(ru, 'ru', 'c')).toBeUndefined();
  });
  it('tie short words, dashes and percent signs', () => {
    expect(tie('Это и в том — 95 %', 'ru')).toBe('Это и\u00a0в\u00a0том\u00a0— 95\u00a0%');
  });
  it('begin a name in the middle of a sentence small, unless it is an abbreviation', () => {
    expect(inSentence('Добыча')).toBe('добыча');
    expect(inSentence('IT services')).toBe('IT services');
  });
});
