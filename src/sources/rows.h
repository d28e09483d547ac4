/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the fields of a line to a typed row of the table: what every reader shares.
 */
#ifndef OKRUG_SOURCES_ROWS_H
#define OKRUG_SOURCES_ROWS_H

#include <okrug/style.h>

#include "sources/sources.h"

/* One field as the source has it. */
typedef struct {
    const char *text; /* NULL: the source says that there is nothing */
    size_t length;
    bool plain;   /* a number that was typed in the source, written with a dot */
    bool rounded; /* a whole number of more digits than a spreadsheet keeps */
    bool trimmed; /* a number such as 25.1: were it a code, a spreadsheet would have kept no zero at its end */
} okrug_cell;

/* Where a row is: a line, or for formats without lines the number of the feature. */
typedef struct {
    int64_t line;    /* 0: none */
    int64_t feature; /* 0: none */
} okrug_row_place;

/* A column of the table and where it comes from. */
typedef struct {
    int field;
    okrug_role role; /* of columns that are not wanted: text, optional */
    const char *header;
    int64_t trimmed;     /* codes of it that may have lost zeros */
    int64_t trimmed_row; /* the first of them */
    char trimmed_text[8];
} okrug_bound;

typedef struct {
    okrug_ctx *ctx;
    const okrug_source_request *request;
    okrug_understood *understood;
    okrug_table *table;
    okrug_style_finder style;
    bool settled; /* encoding and style are known for certain: faults may be reported */
    bool survey;  /* they are not, and something is wrong or may be: only look on to the end */
    int64_t faults;
    int64_t trouble_line; /* where the text broke off, when that could not be reported yet; 0: it did not */
    int fields;
    int missing;        /* columns that are wanted and not in the header */
    bool *needed;       /* per field: something is done with it */
    okrug_bound *bound; /* per column of the table */
    int columns;
    int *where_field;
    int status_field;        /* -1: none */
    int geometry_field;      /* the one that every geometry role is read from; -1: none */
    const int *sheet_column; /* of a workbook: column of the sheet, from 0, of each field; NULL: it is none */
} okrug_rows;

/* `table` is empty, and geometry_field is set by the reader; its columns are added. The header's texts are trimmed.
 * Faults: "missing-column", "no-column", "missing-one-of", "duplicate-column", "too-many-columns". */
okrug_status okrug_rows_begin(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place place);
void okrug_rows_end(okrug_rows *rows); /* frees what rows_begin took */

/* How many of the columns that must be there these cells name: a line that may be the header. */
int okrug_rows_wanted_in(const okrug_rows *rows, const okrug_cell *cells, int fields);

/* Adds the row where the `where` tests let it. cells[0 .. fields); those not needed are not looked at. Bad cells are
 * counted as faults; what is returned is only what ends the reading. */
okrug_status okrug_rows_add(okrug_rows *rows, const okrug_cell *cells, okrug_row_place place);

/* May a fault be reported? Otherwise the rest of the file is surveyed first. */
bool okrug_rows_report(okrug_rows *rows);

/* Without the spaces around it, those that do not break a line included. */
okrug_cell okrug_cell_trim_any(okrug_cell cell);
static inline okrug_cell okrug_cell_trim(okrug_cell cell) {
    if (cell.text == NULL || cell.length == 0) {
        return cell;
    }
    unsigned char first = (unsigned char)cell.text[0], last = (unsigned char)cell.text[cell.length - 1];
    bool bare = first > ' ' && first < 0x80 && last > ' ' && last < 0x80;
    return bare ? cell : okrug_cell_trim_any(cell);
}

/* The cell's text for a message, cut where it is long. */
const char *okrug_cell_shown(okrug_rows *rows, okrug_cell cell);

/* Says of each column of codes where a spreadsheet may have taken zeros from them. */
void okrug_warn_of_trimmed(okrug_rows *rows);

/* Types one cell into the table. */
okrug_status okrug_cell_store(okrug_rows *rows, int column, int64_t row, okrug_cell cell, bool suppressed,
                              okrug_row_place place);

/* "Sheet1!C7", for messages; `column` of the sheet, from 0. NULL where messages are only counted by now. */
const char *okrug_sheet_cell(okrug_rows *rows, int column, int64_t row);

/* The place of a cell for messages. */
okrug_place okrug_rows_place(const okrug_rows *rows, okrug_row_place place, const char *column);

#endif
