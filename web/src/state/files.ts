/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files to take away: what they are called, and the day they bear. */

/** The name that an answer gives its file: the whole one where there are two (RFC 6266); '' where there is none. */
export function fileName(disposition: string | null): string {
  const whole = /filename\*=UTF-8''([\w.~%!$&+^`|-]+)/i.exec(disposition ?? '')?.[1];
  try {
    if (whole !== undefined) return decodeURIComponent(whole);
  } catch {
    // Not UTF-8: the plain one is there for that.
  }
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? '';
}

/** The day where the reader is, as 2026-12-31. */
export function dayOf(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
