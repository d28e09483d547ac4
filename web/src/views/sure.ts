/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quotient in words: how sure it is, what counting leaves open and what the blank cells do. The maps, the tables and the
 * list of a municipality all say it like this. */
import { t } from '../i18n/index.svelte';
import { interval, ratio, whole, type Lang } from '../state/format';
import { leftOpen, sideOfBlank, type Quotient } from '../state/quotients';

/** A blank cell has no quotient, and still there may be an answer. */
export function sureWords(cell: Quotient): string {
  if (cell.value.value !== null || !cell.stable) return t(`web.sure.${cell.sureness}`);
  const side = sideOfBlank(cell);
  if (side) return t(`web.blank.${side}`);
  if (cell.stable === 'no') return t('web.blank.open');
  return t((cell.drawn?.lo.value ?? 0) > 1 ? 'web.blank.likely-above' : 'web.blank.likely-below');
}

/** How many persons a blank cell can hold: "0–57 persons". */
export function blankPersons(cell: Quotient, lang: Lang): string {
  const [least, most] = [cell.persons?.lo.value, cell.persons?.hi.value];
  if (typeof least !== 'number' || typeof most !== 'number') return t('web.map.missing');
  const args = { least: whole(least, lang), most: whole(most, lang), n: most };
  return t(least === most ? 'web.blank.exact' : 'web.blank.persons', args);
}

export function blankLines(cell: Quotient, lang: Lang): string[] {
  const out = [t('web.map.missing')];
  if (cell.persons && cell.persons.hi.value !== null) out.push(blankPersons(cell, lang));
  if (cell.bounds && cell.bounds.hi.value !== null) {
    out.push(t('web.blank.lq', { range: interval(cell.bounds.lo.value, cell.bounds.hi.value, lang) }), sureWords(cell));
  }
  return out;
}

export function quotientLines(cell: Quotient, lang: Lang): string[] {
  if (cell.lq.value === null) return blankLines(cell, lang);
  const lq = ratio(cell.lq.value, lang);
  const persons = cell.value.unit === 'person';
  const out = [
    cell.counted.lo.value === null
      ? t('web.map.lq_alone', { lq })
      : t('web.map.lq', { lq, interval: interval(cell.counted.lo.value, cell.counted.hi.value, lang) }),
    ...(persons ? [t('web.map.persons', { n: cell.value.value ?? 0, persons: whole(cell.value.value ?? 0, lang) })] : []),
  ];
  if (leftOpen(cell)) {
    out.push(t('web.map.bounds', { range: interval(cell.bounds?.lo.value ?? null, cell.bounds?.hi.value ?? null, lang) }));
    if (cell.drawn) out.push(t('web.map.drawn', { range: interval(cell.drawn.lo.value, cell.drawn.hi.value, lang) }));
  }
  if (!['above', 'below', 'no-interval'].includes(cell.sureness)) out.push(t(`web.sure.${cell.sureness}`));
  return out;
}
