/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets of a workbook: one per table, with the numbers as they are and the format in the style only; that of columns
 * with their units, that of provenance; and results as workbooks.
 */
#include <stdlib.h>
#include <string.h>

#include "writers/provenance_walk.h"
#include "writers/report_private.h"
#include "writers/stream.h"
#include "writers/xlsx_sheets.h"

enum { MOST_ROWS = 1048576, MOST_COLUMNS = 16384, WIDEST = 60 };

/* ---- A table ----------------------------------------------------------------------------------------------------- */

typedef struct {
    lxw_worksheet *sheet;
    const okrug_table *table;
    const okrug_report_table *told; /* NULL: all columns under their own names */
    int columns;
    int *decimals; /* of each */
    char *reason;  /* NULL: the table has such a column */
    double *number;
    int64_t count;
} sheet_writer;

static int column_at(const sheet_writer *w, int c) {
    return w->told == NULL ? c : w->told->column[c].column;
}

static const char *heading_at(const sheet_writer *w, int c) {
    return w->told == NULL ? w->table->column[c].name : w->told->column[c].heading;
}

static int characters(const char *text) {
    int count = 0;
    for (; *text != '\0' && count < WIDEST; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

static int width_of(const sheet_writer *w, int c) {
    const okrug_column *column = &w->table->column[column_at(w, c)];
    int width = characters(heading_at(w, c));
    width = width < 10 ? 10 : width > 24 ? 24 : width;
    for (int32_t i = 0; column->type == OKRUG_TEXT && i < okrug_words_count(column->words); i++) {
        int here = characters(okrug_words_text(column->words, i));
        width = here > width ? here : width;
    }
    return width + 2;
}

static okrug_status too_long(okrug_book *b, const sheet_writer *w, int c, int64_t row) {
    return okrug_fail(b->ctx, OKRUG_BAD_INPUT, "xlsx-cell-too-long", NULL, "table", w->table->name, "column",
                      heading_at(w, c), "row", okrug_text_integer(b->ctx, row + 1), (char *)NULL);
}

static okrug_status write_cell(okrug_book *b, sheet_writer *w, int c, int64_t row) {
    int place = column_at(w, c);
    const okrug_column *column = &w->table->column[place];
    lxw_row_t r = (lxw_row_t)(row + 1);
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return OKRUG_OK;
    }
    if (column->type == OKRUG_NUMBER) {
        lxw_format *format = b->number[w->decimals[c] < DECIMALS ? w->decimals[c] : DECIMALS - 1];
        w->number[w->count++] = column->number[row];
        worksheet_write_number(w->sheet, r, (lxw_col_t)c, column->number[row], format);
        return OKRUG_OK;
    }
    const char *text = okrug_text_at(column, row);
    text = column->type == OKRUG_GEOMETRY ? okrug_shown_geometry(text)
           : w->told != NULL              ? okrug_report_word(b->report, column->name, text)
                                          : text;
    lxw_error error = worksheet_write_string(w->sheet, r, (lxw_col_t)c, text, b->text);
    return error == LXW_NO_ERROR ? OKRUG_OK : too_long(b, w, c, row);
}

static okrug_status write_rows(okrug_book *b, sheet_writer *w) {
    const char *reason = "reason";
    int last = w->columns - 1 + (w->reason != NULL);
    for (int c = 0; c < w->columns; c++) {
        worksheet_set_column(w->sheet, (lxw_col_t)c, (lxw_col_t)c, width_of(w, c), NULL);
    }
    if (w->reason != NULL) {
        worksheet_set_column(w->sheet, (lxw_col_t)last, (lxw_col_t)last, 24, NULL);
        reason = w->told == NULL ? reason : okrug_shown_text(b->catalogue, "web.field.", "reason", reason);
    }
    worksheet_freeze_panes(w->sheet, 1, (lxw_col_t)(w->told == NULL ? 0 : w->told->heads));
    if (last >= 0) {
        worksheet_autofilter(w->sheet, 0, 0, (lxw_row_t)w->table->rows, (lxw_col_t)last);
    }
    char range[32] = {0};
    snprintf(range, sizeof range, "A1:XFD%lld", (long long)w->table->rows + 1);
    worksheet_ignore_errors(w->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
    for (int c = 0; c < w->columns; c++) {
        worksheet_write_string(w->sheet, 0, (lxw_col_t)c, heading_at(w, c), b->head);
    }
    if (w->reason != NULL) {
        worksheet_write_string(w->sheet, 0, (lxw_col_t)w->columns, reason, b->head);
    }
    for (int64_t row = 0; row < w->table->rows; row++) {
        if (row % 1024 == 0) {
            OKRUG_TRY(okrug_check_cancel(b->ctx));
        }
        for (int c = 0; c < w->columns; c++) {
            OKRUG_TRY(write_cell(b, w, c, row));
        }
        if (w->reason != NULL && okrug_reason_text(w->table, row, w->reason) > 0 &&
            worksheet_write_string(w->sheet, (lxw_row_t)(row + 1), (lxw_col_t)w->columns, w->reason, NULL) !=
                LXW_NO_ERROR) {
            return too_long(b, w, w->columns - 1, row);
        }
    }
    return okrug_book_all_digits(b, w->sheet, w->number, w->count);
}

/* What the columns are, for the sheet of columns. */
static void note_columns(okrug_book *b, const sheet_writer *w, const char *name) {
    for (int c = 0; c < w->columns; c++) {
        const okrug_column *column = &w->table->column[column_at(w, c)];
        const char *code = okrug_unit_code(column->unit);
        const char *parts[] = {name, column->name,
                               w->told == NULL ? okrug_shown_text(b->catalogue, "web.field.", column->name, "")
                                               : heading_at(w, c),
                               okrug_shown_text(b->catalogue, "unit.", code, code)};
        for (int i = 0; i < 4; i++) {
            okrug_buffer_add(&b->columns, parts[i], strlen(parts[i]) + 1);
        }
        b->column_count++;
    }
}

okrug_status okrug_sheet_table(okrug_book *b, const char *wanted, const okrug_table *table,
                               const okrug_report_table *told) {
    char name[SHEET_NAME];
    sheet_writer w = {.table = table, .told = told, .columns = told == NULL ? table->columns : told->columns};
    if (table->rows >= MOST_ROWS || w.columns >= MOST_COLUMNS) {
        return okrug_fail(b->ctx, OKRUG_BAD_INPUT, "xlsx-too-large", NULL, "table", table->name, "rows",
                          okrug_text_integer(b->ctx, table->rows), (char *)NULL);
    }
    OKRUG_TRY(okrug_book_sheet(b, wanted, &w.sheet, name));
    w.number = malloc((size_t)(table->rows * table->columns + 1) * sizeof *w.number);
    w.reason = okrug_adds_reason(table) ? malloc(okrug_reason_text_size(table)) : NULL;
    w.decimals = calloc((size_t)w.columns + 1, sizeof *w.decimals);
    bool whole = w.number != NULL && w.decimals != NULL && (w.reason != NULL || !okrug_adds_reason(table));
    for (int c = 0; whole && c < w.columns; c++) {
        w.decimals[c] = told != NULL ? told->column[c].decimals : okrug_report_decimals(table, c);
    }
    okrug_status status = whole ? write_rows(b, &w) : OKRUG_NO_MEMORY;
    free(w.number);
    free(w.decimals);
    free(w.reason);
    note_columns(b, &w, name);
    return status;
}

/* ---- Sheets of text ---------------------------------------------------------------------------------------------- */

okrug_status okrug_sheet_columns(okrug_book *b) {
    static const char *const keys[] = {"sheet", "column", "heading", "unit"};
    static const double widths[] = {30, 24, 48, 28};
    lxw_worksheet *sheet = NULL;
    char name[SHEET_NAME];
    OKRUG_TRY(okrug_buffer_status(&b->columns));
    OKRUG_TRY(okrug_book_sheet(b, okrug_shown_text(b->catalogue, "xlsx.", "columns", "Columns"), &sheet, name));
    for (int i = 0; i < 4; i++) {
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)i, okrug_shown_text(b->catalogue, "xlsx.", keys[i], keys[i]),
                               b->head);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    const char *at = b->columns.bytes;
    for (int64_t row = 1; row <= b->column_count; row++) {
        for (int i = 0; i < 4; i++) {
            worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)i, at, NULL);
            at += strlen(at) + 1;
        }
    }
    return OKRUG_OK;
}

static void write_origin(void *user, const char *path, const char *value) {
    okrug_provenance_sheet *p = user;
    worksheet_write_string(p->sheet, p->row, 0, p->id, NULL);
    worksheet_write_string(p->sheet, p->row, 1, path, NULL);
    worksheet_write_string(p->sheet, p->row++, 2, value, p->b->text);
}

okrug_status okrug_sheet_provenance(okrug_book *b, okrug_provenance_sheet *p) {
    char name[SHEET_NAME];
    static const char *const keys[] = {"result", "path", "value"};
    static const double widths[] = {26, 44, 80};
    OKRUG_TRY(
        okrug_book_sheet(b, okrug_shown_text(b->catalogue, "xlsx.", "provenance", "Provenance"), &p->sheet, name));
    p->b = b;
    p->row = 1;
    for (int i = 0; i < 3; i++) {
        worksheet_set_column(p->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
        worksheet_write_string(p->sheet, 0, (lxw_col_t)i, okrug_shown_text(b->catalogue, "xlsx.", keys[i], keys[i]),
                               b->head);
    }
    worksheet_freeze_panes(p->sheet, 1, 0);
    return OKRUG_OK;
}

okrug_status okrug_sheet_origin(okrug_provenance_sheet *p, const char *id, const char *provenance) {
    p->id = id;
    return provenance == NULL ? OKRUG_OK : okrug_provenance_walk(provenance, write_origin, p);
}

/* ---- A result as a workbook -------------------------------------------------------------------------------------- */

static okrug_status fill_result(okrug_book *b, const okrug_dataset *dataset) {
    for (int t = 0; t < dataset->tables; t++) {
        OKRUG_TRY(okrug_sheet_table(b, dataset->table[t]->name, dataset->table[t], NULL));
    }
    OKRUG_TRY(okrug_sheet_columns(b));
    okrug_provenance_sheet p;
    OKRUG_TRY(okrug_sheet_provenance(b, &p));
    return okrug_sheet_origin(&p, dataset->id, dataset->provenance);
}

okrug_status okrug_write_xlsx(okrug_ctx *ctx, const okrug_dataset *dataset, const okrug_catalogue *catalogue,
                              okrug_buffer *out) {
    okrug_book b = {.ctx = ctx, .catalogue = catalogue, .descriptor = -1};
    okrug_status status = okrug_book_open(&b);
    status = status == OKRUG_OK ? fill_result(&b, dataset) : status;
    return okrug_book_close(&b, status, out);
}
