/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table that `balance` changes and the totals that it is to have, read and found to fit each other.
 */
#ifndef OKRUG_ANALYSES_BALANCE_CASE_H
#define OKRUG_ANALYSES_BALANCE_CASE_H

#include "analyses/io_table.h"
#include "analyses/totals.h"

/* Where the totals of one side are: in a file, or in a named column (of rows) or row (of columns) of the table. */
typedef struct {
    const okrug_table *file;
    const char *name;
} okrug_totals;

typedef struct {
    const okrug_table *table;
    const char *labels;
    okrug_texts omit; /* rows and columns that are no part of it */
    okrug_totals row_totals, column_totals;
} okrug_balance_request;

typedef struct {
    int64_t rows, columns;
    const char **row_code, **column_code;
    double *seed;                         /* rows x columns */
    double *row_total, *column_total;     /* their sums are equal but for rounding */
    const char *first_row, *first_column; /* where the first negative cell is; NULL: there is none */
} okrug_balance_case;

/* Scratch memory of the context. OKRUG_BAD_INPUT names every bad cell, every row or column without a total, every total
 * without its row or column, and sums that differ. */
okrug_status okrug_balance_case_read(okrug_ctx *ctx, const okrug_balance_request *request, okrug_balance_case *bc);

#endif
