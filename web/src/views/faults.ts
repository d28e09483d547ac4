/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is wrong with a field of a form, in words. */
import { language, t } from '../i18n/index.svelte';
import { decimal } from '../state/format';
import type { Fault } from '../state/form';

/** Bounds without padding: 0.9999 has four places, 1 has none. */
function written(value: number): string {
  const places = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return String(value).includes('e') ? String(value) : decimal(value, places, language.current);
}

/** "from 0.5 to 1"; bounds so wide that nobody meets them are left out. */
export function range(minimum: number | undefined, maximum: number | undefined): string {
  const low = minimum === undefined || minimum < -1e8 ? undefined : minimum;
  const high = maximum === undefined || maximum > 1e8 ? undefined : maximum;
  if (low !== undefined && high !== undefined) return t('web.form.range', { low: written(low), high: written(high) });
  if (low === undefined) return high === undefined ? '' : t('web.form.most', { high: written(high) });
  return low > 0 && low < 1e-6 ? t('web.form.positive') : t('web.form.least', { low: written(low) });
}

export function inWords({ code, minimum, maximum }: Fault): string {
  return t(`web.fault.${code}`, { range: range(minimum, maximum) });
}
