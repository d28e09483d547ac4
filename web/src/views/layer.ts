/* SPDX-License-Identifier: GPL-3.0-or-later
 * A measure as a layer of a map: its colours, what each area says of itself, its title and how its classes are written. The
 * map of the country and the two maps beside each other are made of these. */
import { t } from '../i18n/index.svelte';
import type { AreaLook } from '../maps/look';
import type { Level } from '../state/address';
import { breaksFor, classed, QUOTIENT_BREAKS, type Colouring } from '../state/classes';
import { bound, figure as write, type Lang } from '../state/format';
import { isQuotient, isSectional, writtenAs, type Measure, type Reading } from '../state/measures';
import { shortener } from '../state/names';
import { inSentence } from '../state/translate';
import { page } from './page.svelte';
import { quotientLines } from './sure';

/** `together`: the readings of the other map too, where both are to have the same classes. */
export function coloursOf(measure: Measure, readings: Reading[], together?: Reading[]): Colouring {
  return classed(readings, isQuotient(measure.kind) ? QUOTIENT_BREAKS : breaksFor(readings, together ?? []));
}

export function titleOf(level: Level, measure: Measure): string {
  const year = measure.period ? `, ${t('web.year', { year: measure.period })}` : '';
  return isSectional(measure.kind)
    ? `${t(`web.kind.${measure.kind}`)}: ${inSentence(page.sector(level, measure.section))}${year}`
    : `${t(`web.kind.${measure.kind}`)}${year}`;
}

export function describe(level: Level, measure: Measure): string {
  return t(`web.kind_about.${measure.kind}`, { whole: t(`web.whole.${level}`) });
}

export function writerOf(measure: Measure, readings: Reading[], lang: Lang): (value: number) => string {
  const unit = readings.find((one) => one.figure)?.figure?.unit ?? '';
  return (value) => bound(value, writtenAs(measure.kind), unit, lang);
}

/** A figure in words, with what makes it less than sure. */
export function lines(measure: Measure, { figure, cell }: Reading, lang: Lang): string[] {
  if (cell) return quotientLines(cell, lang);
  if (!figure || figure.value === null) return [t('web.map.missing')];
  return [`${t(`web.kind.${measure.kind}`)}: ${write(figure, lang)}`];
}

export function looksOf(
  level: Level,
  measure: Measure,
  readings: Reading[],
  colours: Colouring,
  lang: Lang,
  asked?: Set<string>,
): Map<string, AreaLook> {
  const short = shortener(readings.map((one) => page.territory(level, one.id)));
  return new Map(
    readings.map((one): [string, AreaLook] => {
      const name = page.territory(level, one.id);
      const paint = colours.paint.get(one.id);
      return [
        one.id,
        {
          fill: paint?.fill ?? 'missing',
          doubt: paint?.doubt ?? '',
          pale: asked !== undefined && !asked.has(one.id),
          name,
          short: (level === 'regions' && page.brief(one.id)) || short(name),
          letter: '',
          lines: lines(measure, one, lang),
        },
      ];
    }),
  );
}
