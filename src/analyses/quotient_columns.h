/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of location quotients, column by column: of millions of rows each column is a loop of its own over them,
 * and those that nobody asked for are none.
 */
#ifndef OKRUG_ANALYSES_QUOTIENT_COLUMNS_H
#define OKRUG_ANALYSES_QUOTIENT_COLUMNS_H

#include "analyses/comparison.h"
#include "analyses/result.h"
#include "analyses/withheld.h"

/* The columns, in the descriptor's order. */
enum {
    OKRUG_LQ_REGION,
    OKRUG_LQ_INDUSTRY,
    OKRUG_LQ_PERIOD,
    OKRUG_LQ_VALUE,
    OKRUG_LQ_LQ,
    OKRUG_LQ_LO,
    OKRUG_LQ_HI,
    OKRUG_LQ_Z,
    OKRUG_LQ_FLAG,
    OKRUG_LQ_LEAST,
    OKRUG_LQ_MOST,
    OKRUG_LQ_VALUE_LEAST,
    OKRUG_LQ_VALUE_MOST,
    OKRUG_LQ_SENSITIVITY_LO,
    OKRUG_LQ_SENSITIVITY_HI,
    OKRUG_LQ_STABLE,
    OKRUG_LQ_STANDS_OUT
};

/* What quotients are made of besides the values, in memory that is there before the matrix of a period is read, so that
 * the matrix can go. By the places of the panel but for the first two, which are by the words of the input's columns.
 */
typedef struct {
    int32_t *region_at, *industry_at;         /* the place of each word; -1: not in this period */
    double *region_total, *share;             /* of okrug_lq_totals */
    uint8_t *region_reason, *industry_reason; /* why there is no comparison */
    int64_t region_words, industry_words;
} okrug_quotient_totals;

/* Room for any period of the input. Scratch memory. */
okrug_status okrug_quotient_totals_begin(okrug_ctx *ctx, const okrug_table *input, okrug_quotient_totals *totals);
okrug_status okrug_quotient_totals_take(okrug_ctx *ctx, const okrug_panel *panel, const okrug_comparison *with,
                                        okrug_quotient_totals *totals);

/* What the rows of one period are made of. Matrices are regions x industries. */
typedef struct {
    const okrug_table *input;
    const int64_t *row; /* rows of the input in this period; NULL: all of them */
    int64_t rows;
    int64_t industries;
    const okrug_quotient_totals *totals;
    double factor;              /* to counts; 0: the values are none */
    double small;               /* counts below are flagged */
    const double *lo, *hi, *z;  /* matrices; NULL: not asked for */
    const double *from;         /* per industry: the quotient from which a region stands out; NULL: not asked for */
    const double *least, *most; /* matrices of what cells can hold; NULL: a cell can hold what it does */
    okrug_quotient_range range; /* least NULL: the quotient itself, where `bounded` */
    bool bounded;               /* nothing is withheld, or something bounds it */
} okrug_quotient_rows;

/* Fills rows first .. first + of->rows - 1 of `table`. On the context's threads. Scratch memory for keys. */
okrug_status okrug_quotient_columns(okrug_ctx *ctx, const okrug_quotient_rows *of, okrug_table *table, int64_t first);

#endif
