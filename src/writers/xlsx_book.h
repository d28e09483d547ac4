/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook that is being written: what the files of the XLSX writer share.
 */
#ifndef OKRUG_WRITERS_XLSX_BOOK_H
#define OKRUG_WRITERS_XLSX_BOOK_H

#include <xlsxwriter.h>

#include <okrug/catalogue.h>
#include <okrug/dataset.h>

enum { DECIMALS = 7, NAME_LENGTH = 31, SHEET_NAME = 4 * NAME_LENGTH + 8 };

typedef struct {
    okrug_ctx *ctx;
    const okrug_catalogue *catalogue;
    const struct okrug_report *report; /* NULL: a result */
    int descriptor;                    /* of the workbook, in memory */
    lxw_workbook *workbook;
    lxw_format *head, *text, *bold, *wrapped;
    lxw_format *number[DECIMALS];
    okrug_words *names;   /* of sheets, in small letters */
    okrug_buffer columns; /* the sheet of columns: sheet, name, heading and unit, each with a NUL */
    int64_t column_count;
} okrug_book;

/* `ctx` and `catalogue` are set, `descriptor` is -1. Closed by okrug_book_close, whatever came of it. */
okrug_status okrug_book_open(okrug_book *b);
/* Adds the bytes of the workbook to `out` where all went well so far; frees everything in any case. */
okrug_status okrug_book_close(okrug_book *b, okrug_status status, okrug_buffer *out);
/* A new sheet with the wanted name or the next that a sheet can have. */
okrug_status okrug_book_sheet(okrug_book *b, const char *wanted, lxw_worksheet **sheet, char name[SHEET_NAME]);
/* Puts all numbers of the sheet, in order, in place of those that the library wrote. */
okrug_status okrug_book_all_digits(okrug_book *b, lxw_worksheet *sheet, const double *number, int64_t count);

#endif
