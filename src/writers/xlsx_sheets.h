/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets that results and reports share.
 */
#ifndef OKRUG_WRITERS_XLSX_SHEETS_H
#define OKRUG_WRITERS_XLSX_SHEETS_H

#include "writers/report.h"
#include "writers/xlsx_book.h"

/* A table; `told`: its columns and headings, with codes in the words of the book's report; NULL: all of it as it is.
 * OKRUG_BAD_INPUT ("xlsx-too-large", "xlsx-cell-too-long"). */
okrug_status okrug_sheet_table(okrug_book *b, const char *wanted, const okrug_table *table,
                               const okrug_report_table *told);
/* What the columns of all tables so far are. */
okrug_status okrug_sheet_columns(okrug_book *b);

typedef struct {
    okrug_book *b;
    lxw_worksheet *sheet;
    const char *id;
    lxw_row_t row;
} okrug_provenance_sheet;

okrug_status okrug_sheet_provenance(okrug_book *b, okrug_provenance_sheet *p);
/* The provenance (JSON, or NULL: nothing) of a result of that name. */
okrug_status okrug_sheet_origin(okrug_provenance_sheet *p, const char *id, const char *provenance);

#endif
