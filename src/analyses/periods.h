/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of periods in time.
 */
#ifndef OKRUG_ANALYSES_PERIODS_H
#define OKRUG_ANALYSES_PERIODS_H

#include <stdbool.h>

#include "analyses/panel.h"

/* Whether the names of all periods, of which none is NULL, are numbers. */
bool okrug_periods_are_numbers(const okrug_panels *panels);

/* Below 0 where a is before b, above 0 where after: by number, else in the order of their characters. */
int okrug_periods_compare(const char *a, const char *b, bool numbers);

/* When a period begins, in years: any number; 2021-07, 202107; any way in which days are written, 20210701; 2021Q3,
 * 2021-Q3, 2021 Q3. A day is 1/31 of a month, so that from one day, month or quarter to the same of another year is a
 * whole number. False: the name tells no time. */
bool okrug_period_years(const char *period, double *years);

/* The panels' numbers in the order of time. Scratch memory. */
okrug_status okrug_periods_in_order(okrug_ctx *ctx, const okrug_panels *panels, int64_t **order);

#endif
