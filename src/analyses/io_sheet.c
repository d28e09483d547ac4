/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the codes of an input-output table and, on demand, its cells: wide or long, text or numbers.
 */
#include "analyses/io_sheet.h"

#include <string.h>

#include <okrug/style.h>

static int64_t find_code(const char **code, int64_t count, const char *name) {
    for (int64_t i = 0; i < count; i++) {
        if (strcmp(code[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

int64_t okrug_io_sheet_row(const okrug_io_sheet *sheet, const char *name) {
    return find_code(sheet->row_code, sheet->rows, name);
}

int64_t okrug_io_sheet_column(const okrug_io_sheet *sheet, const char *name) {
    return find_code(sheet->column_code, sheet->columns, name);
}

/* ---- The decimal mark of a sheet whose cells are still text ---- */

/* A number of a workbook, which has a dot whatever the texts beside it have. */
static bool is_typed_number(const okrug_io_sheet *sheet, const char *text, double *value) {
    return sheet->table->typed && okrug_number_read(text, strlen(text), value);
}

/* All columns are looked at, so that output and final demand are read as the flows are. As in a file delimited by
 * commas, 1,234 alone does not tell what its comma is. */
static okrug_status detect_style(okrug_ctx *ctx, okrug_io_sheet *sheet) {
    okrug_style_finder finder = okrug_style_begin(sheet->table->decimal, ',');
    double value;
    for (int64_t c = 0; c < sheet->columns; c++) {
        const okrug_column *column = &sheet->table->column[sheet->place[c]];
        int32_t words = column->type == OKRUG_TEXT ? okrug_words_count(column->words) : 0;
        for (int32_t w = 0; w < words; w++) {
            const char *text = okrug_words_text(column->words, w);
            if (!is_typed_number(sheet, text, &value)) {
                okrug_style_note(&finder, text, strlen(text), 1); /* the line only says that there was one */
            }
        }
    }
    okrug_style_settle(&finder);
    sheet->style = finder.style;
    return !finder.ambiguous
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "ambiguous-decimal", &(okrug_place){.file = sheet->table->file},
                            "value", finder.maybe, (char *)NULL);
}

/* ---- Codes ---- */

bool okrug_io_names(const okrug_texts *lists, int count, const char *code) {
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < lists[i].count; k++) {
            if (strcmp(code, lists[i].text[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool is_named(const okrug_io_request *request, const char *code) {
    return (request->output != NULL && strcmp(code, request->output) == 0) ||
           okrug_io_names(&request->final_demand, 1, code) ||
           okrug_io_names(request->primary, request->primary_count, code) ||
           okrug_io_names(request->demand, request->demand_count, code);
}

static okrug_status read_wide_codes(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    const okrug_table *table = sheet->table;
    const okrug_column *labels = &table->column[0];
    if (request->labels != NULL) {
        labels = okrug_table_column(table, request->labels);
    }
    if (labels == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-labels-column", &(okrug_place){.file = table->file}, "wanted",
                          request->labels, "columns", okrug_table_column_names(ctx, table), (char *)NULL);
    }
    sheet->row_code = OKRUG_SCRATCH(ctx, table->rows, const char *);
    sheet->column_code = OKRUG_SCRATCH(ctx, table->columns, const char *);
    sheet->place = OKRUG_SCRATCH(ctx, table->columns, int);
    if (sheet->row_code == NULL || sheet->column_code == NULL || sheet->place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    sheet->rows = table->rows;
    for (int64_t r = 0; r < table->rows; r++) {
        const char *code =
            labels->type == OKRUG_TEXT ? okrug_text_at(labels, r) : okrug_text_number(ctx, labels->number[r]);
        sheet->row_code[r] = code == NULL ? "" : code;
    }
    for (int c = 0; c < table->columns; c++) {
        if (&table->column[c] != labels) {
            sheet->place[sheet->columns] = c;
            sheet->column_code[sheet->columns++] = table->column[c].name;
        }
    }
    return OKRUG_OK;
}

static okrug_status long_codes(okrug_ctx *ctx, const okrug_column *column, const char ***code, int64_t *count,
                               int32_t **place) {
    int32_t words = okrug_words_count(column->words);
    *code = OKRUG_SCRATCH(ctx, words, const char *);
    *place = OKRUG_SCRATCH(ctx, words, int32_t);
    if (*code == NULL || *place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        (*code)[w] = okrug_words_text(column->words, w);
        (*place)[w] = w;
    }
    *count = words;
    return OKRUG_OK;
}

static okrug_status read_long_codes(okrug_ctx *ctx, okrug_io_sheet *sheet) {
    OKRUG_TRY(long_codes(ctx, sheet->from, &sheet->row_code, &sheet->rows, &sheet->from_row));
    return long_codes(ctx, sheet->to, &sheet->column_code, &sheet->columns, &sheet->to_column);
}

/* Codes that are both a row and a column, and that no option names, in the order of the rows. */
static okrug_status match_industries(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet,
                                     const okrug_words *columns) {
    okrug_status status = OKRUG_OK;
    for (int64_t c = 0; c < sheet->columns; c++) {
        sheet->column_industry[c] = -1;
    }
    for (int64_t r = 0; r < sheet->rows; r++) {
        const char *code = sheet->row_code[r];
        sheet->row_industry[r] = -1;
        int32_t column = okrug_words_find(columns, code, strlen(code));
        if (column < 0 || code[0] == '\0' || is_named(request, code)) {
            continue;
        }
        if (sheet->column_industry[column] >= 0) {
            okrug_place place = {.file = sheet->table->file,
                                 .line = sheet->wide && sheet->table->line != NULL ? sheet->table->line[r] : 0};
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "code-repeated", &place, "code", code, (char *)NULL);
            continue;
        }
        sheet->industry_row[sheet->industries] = r;
        sheet->industry_column[sheet->industries] = column;
        sheet->row_industry[r] = sheet->column_industry[column] = sheet->industries++;
    }
    if (status == OKRUG_OK && sheet->industries == 0) {
        status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-industries", &(okrug_place){.file = sheet->table->file}, "labels",
                            request->labels == NULL ? sheet->table->column[0].name : request->labels, (char *)NULL);
    }
    return status;
}

/* `words` takes the codes; each has to be there once. */
static okrug_status unique_columns(okrug_ctx *ctx, const okrug_io_sheet *sheet, okrug_words *words) {
    for (int64_t c = 0; c < sheet->columns; c++) {
        int32_t word = okrug_words_add(words, sheet->column_code[c], strlen(sheet->column_code[c]));
        if (word < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (word != c) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "header-repeated", &(okrug_place){.file = sheet->table->file},
                              "column", sheet->column_code[c], (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static okrug_status find_industries(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    int64_t most = sheet->rows < sheet->columns ? sheet->rows : sheet->columns;
    sheet->industry_row = OKRUG_SCRATCH(ctx, most, int64_t);
    sheet->industry_column = OKRUG_SCRATCH(ctx, most, int64_t);
    sheet->row_industry = OKRUG_SCRATCH(ctx, sheet->rows, int64_t);
    sheet->column_industry = OKRUG_SCRATCH(ctx, sheet->columns, int64_t);
    okrug_words *columns = okrug_words_new();
    okrug_status status = columns != NULL && sheet->industry_row != NULL && sheet->industry_column != NULL &&
                                  sheet->row_industry != NULL && sheet->column_industry != NULL
                              ? unique_columns(ctx, sheet, columns)
                              : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = match_industries(ctx, request, sheet, columns);
    }
    okrug_words_free(columns);
    return status;
}

/* The codes of rows and columns, and the places of both. */
static okrug_status read_codes(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    const okrug_table *table = request->table;
    *sheet = (okrug_io_sheet){.table = table};
    if (table->rows == 0 || table->columns < 2) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    sheet->from = okrug_table_column(table, "from");
    sheet->to = okrug_table_column(table, "to");
    sheet->value = okrug_table_column(table, "value");
    sheet->wide = sheet->from == NULL || sheet->to == NULL || sheet->value == NULL;
    return sheet->wide ? read_wide_codes(ctx, request, sheet) : read_long_codes(ctx, sheet);
}

okrug_status okrug_io_sheet_open(okrug_ctx *ctx, const okrug_table *table, const char *labels, okrug_io_sheet *sheet) {
    const okrug_io_request request = {.table = table, .labels = labels};
    OKRUG_TRY(read_codes(ctx, &request, sheet));
    okrug_words *words = okrug_words_new();
    okrug_status status = words == NULL ? OKRUG_NO_MEMORY : unique_columns(ctx, sheet, words);
    okrug_words_free(words);
    OKRUG_TRY(status);
    return sheet->wide ? detect_style(ctx, sheet) : OKRUG_OK;
}

okrug_status okrug_io_sheet_read(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    OKRUG_TRY(read_codes(ctx, request, sheet));
    OKRUG_TRY(find_industries(ctx, request, sheet));
    return sheet->wide ? detect_style(ctx, sheet) : OKRUG_OK;
}

/* ---- Cells ---- */

/* `there`: false where the cell is empty. */
static okrug_status wide_cell(okrug_ctx *ctx, okrug_io_sheet *sheet, int64_t row, int64_t column, bool *there,
                              double *value) {
    const okrug_column *source = &sheet->table->column[sheet->place[column]];
    okrug_reason reason = okrug_reason_at(source, row);
    *value = 0.0;
    *there = reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
    if (reason != OKRUG_PRESENT) {
        sheet->blank += !*there;
        return OKRUG_OK;
    }
    if (source->type == OKRUG_NUMBER) {
        *value = source->number[row];
        return OKRUG_OK;
    }
    const char *text = okrug_text_at(source, row);
    if (text == NULL || text[0] == '\0') {
        *there = false;
        sheet->blank++;
        return OKRUG_OK;
    }
    if (!is_typed_number(sheet, text, value) && !okrug_number_read_styled(text, strlen(text), sheet->style, value)) {
        okrug_place place = okrug_io_sheet_place(sheet, row, column);
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", text, "expected", "number",
                          (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_place okrug_io_sheet_place(const okrug_io_sheet *sheet, int64_t row, int64_t column) {
    const okrug_table *table = sheet->table;
    bool known = sheet->wide && row >= 0 && table->line != NULL;
    return (okrug_place){.file = table->file,
                         .line = known ? table->line[row] : 0,
                         .column = sheet->wide && column >= 0 ? sheet->column_code[column] : NULL};
}

okrug_status okrug_io_sheet_cells(okrug_ctx *ctx, okrug_io_sheet *sheet, const bool *rows, const bool *columns,
                                  okrug_io_take_fn *take, void *user) {
    okrug_status status = OKRUG_OK;
    double value = 0.0;
    if (sheet->wide) {
        for (int64_t r = 0; r < sheet->rows; r++) {
            for (int64_t c = 0; rows[r] && c < sheet->columns; c++) {
                if (!columns[c]) {
                    continue;
                }
                bool there = false;
                okrug_status cell = wide_cell(ctx, sheet, r, c, &there, &value);
                status = cell == OKRUG_OK ? status : cell;
                if (cell == OKRUG_OK && there) {
                    take(user, r, c, value);
                }
            }
        }
        return status;
    }
    for (int64_t i = 0; i < sheet->table->rows; i++) {
        int32_t r = sheet->from_row[sheet->from->word[i]];
        int32_t c = sheet->to_column[sheet->to->word[i]];
        if (!rows[r] || !columns[c]) {
            continue;
        }
        okrug_reason reason = okrug_reason_at(sheet->value, i);
        if (reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO) {
            take(user, r, c, reason == OKRUG_PRESENT ? sheet->value->number[i] : 0.0);
        } else {
            sheet->blank++;
        }
    }
    return status;
}
