/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two periods of a tidy table (region, industry, period, value) side by side: what was there, and what became of it.
 */
#ifndef OKRUG_ANALYSES_TWO_DATES_H
#define OKRUG_ANALYSES_TWO_DATES_H

#include "analyses/panel.h"

/* Codes that one of the periods has no row of. */
typedef struct {
    int64_t count;
    const char *first; /* NULL: none */
} okrug_one_date;

typedef struct {
    const char *from, *to; /* the periods */
    int64_t regions, industries;
    const char **region, **industry; /* the codes of either period: those of `from` first */
    double *start, *end;             /* regions x industries; 0 where there is no row, and in both where a cell of one
                                        is missing: what cannot be compared is left out of both */
    uint8_t *reason;                 /* regions x industries: why a cell is left out; PRESENT: it is in */
    uint8_t *listed;                 /* regions x industries: the sum of 1 where a row of `from` names the pair and 2
                                        where a row of `to` does */
    int64_t missing;                 /* cells left out for what is missing in them */
    okrug_one_date region_once, industry_once;
} okrug_two_dates;

/* The places of two panels (of which only the periods are looked at): those named `from` and `to` (NULL: the first and
 * the last, by number where all are numbers, else in the order of their characters). Where more are there and not both
 * were named, that is said ("periods-chosen"). OKRUG_BAD_INPUT ("two-periods-needed", "no-period"). */
okrug_status okrug_periods_choose(okrug_ctx *ctx, const char *file, const okrug_panels *panels, const char *from,
                                  const char *to, int64_t chosen[2]);

/* The periods are chosen as above.
 * A region or an industry without any row in one of the periods has nothing there, or, with `absent_is_unknown`, is not
 * known there: its cells are left out (NO_ROW). OKRUG_BAD_INPUT ("two-periods-needed", "no-period"). In scratch memory.
 * O(rows + regions x industries). */
okrug_status okrug_two_dates_read(okrug_ctx *ctx, const okrug_table *table, const char *from, const char *to,
                                  bool absent_is_unknown, okrug_two_dates *out);

#endif
