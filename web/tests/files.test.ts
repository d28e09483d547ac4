/* SPDX-License-Identifier: GPL-3.0-or-later */
import { describe, expect, it } from 'vitest';
import { dayOf, fileName } from '../src/state/files';

describe('names of files', () => {
  it('are taken whole, else plain', () => {
    expect(fileName(`attachment; filename="a-report-ru.pdf"; filename*=UTF-8''a-report-ru.pdf`)).toBe('a-report-ru.pdf');
    expect(fileName(`attachment; filename="____-en.pdf"; filename*=UTF-8''%D0%B0%20%22b%22-en.pdf`)).toBe('а "b"-en.pdf');
    expect(fileName('attachment; filename="plain.pdf"')).toBe('plain.pdf');
    expect(fileName(`attachment; filename="plain.pdf"; filename*=UTF-8''%FF`)).toBe('plain.pdf');
  });
  it('are nothing where there are none', () => {
    expect(fileName('attachment')).toBe('');
    expect(fileName(null)).toBe('');
  });
});

describe('the day', () => {
  it('is that of the reader, with two digits', () => {
    expect(dayOf(new Date(2026, 0, 9, 23, 59))).toBe('2026-01-09');
    expect(dayOf(new Date(2026, 11, 31, 0, 0))).toBe('2026-12-31');
  });
});
