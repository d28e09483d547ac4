/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheet behind an input-output table: codes of rows and columns, and cells read when they are asked for.
 */
#ifndef OKRUG_ANALYSES_IO_SHEET_H
#define OKRUG_ANALYSES_IO_SHEET_H

#include <okrug/number.h>

#include "analyses/io_table.h"

struct okrug_io_sheet {
    const okrug_table *table;
    bool wide;
    int64_t rows, columns;
    const char **row_code;
    const char **column_code;
    int *place;                            /* wide: which column of the table a column of the sheet is */
    const okrug_column *from, *to, *value; /* long */
    int32_t *from_row;                     /* long: row of the sheet for each word of `from` */
    int32_t *to_column;                    /* long: column of the sheet for each word of `to` */
    okrug_number_style style;              /* of cells that are text */
    int64_t industries;                    /* before any concordance */
    int64_t *industry_row;                 /* row of each industry */
    int64_t *industry_column;              /* column of each industry */
    int64_t *row_industry;                 /* industry of each row, or -1 */
    int64_t *column_industry;              /* industry of each column, or -1 */
    int64_t *group;                        /* of each industry: its place in okrug_io.code */
    int64_t blank;                         /* cells that were empty and count as 0 */
};

/* A sheet whose rows and columns need have nothing in common: only `table` and `labels` of the request are used, and
 * there are no industries. */
okrug_status okrug_io_sheet_read_any(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet);
okrug_status okrug_io_sheet_read(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet);
/* Where a cell is, for messages; -1: no row or no column. */
okrug_place okrug_io_sheet_place(const okrug_io_sheet *sheet, int64_t row, int64_t column);
/* Whether one of the lists has the code. */
bool okrug_io_names(const okrug_texts *lists, int count, const char *code);
/* Calls `take` for every cell of the rows and columns that are marked and that is not empty, in the order of the table.
 * Bad cells are faults, all of them found before OKRUG_BAD_INPUT is returned. */
typedef void okrug_io_take_fn(void *user, int64_t row, int64_t column, double value);
okrug_status okrug_io_sheet_cells(okrug_ctx *ctx, okrug_io_sheet *sheet, const bool *rows, const bool *columns,
                                  okrug_io_take_fn *take, void *user);
int64_t okrug_io_sheet_row(const okrug_io_sheet *sheet, const char *name);    /* -1: none */
int64_t okrug_io_sheet_column(const okrug_io_sheet *sheet, const char *name); /* -1: none */

#endif
