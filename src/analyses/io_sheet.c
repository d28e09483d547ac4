/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the codes of an input-output table and, on demand, its cells: wide or long, text or numbers.
 */
#include "analyses/io_sheet.h"

#include <string.h>

#include <okrug/number.h>

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

static bool looks_grouped(const char *text) {
    /* 1,234 or 12,345,678: could be thousands as well as decimals. */
    const char *comma = strchr(text, ',');
    if (comma == NULL || comma == text || comma - text > 4) {
        return false;
    }
    while (*comma == ',') {
        if (strspn(comma + 1, "0123456789") != 3) {
            return false;
        }
        comma += 4;
    }
    return *comma == '\0';
}

static okrug_status detect_decimal(okrug_ctx *ctx, okrug_io_sheet *sheet) {
    if (sheet->table->decimal != 0) {
        sheet->decimal = sheet->table->decimal;
        return OKRUG_OK;
    }
    bool dot = false;
    bool comma = false;
    bool certain = false;
    const char *grouped = NULL;
    for (int64_t j = 0; j < sheet->industries; j++) {
        const okrug_column *column = &sheet->table->column[sheet->place[sheet->industry_column[j]]];
        int32_t words = column->type == OKRUG_TEXT ? okrug_words_count(column->words) : 0;
        for (int32_t w = 0; w < words; w++) {
            const char *text = okrug_words_text(column->words, w);
            if (strspn(text, "0123456789.,- \xc2\xa0\xe2\x80\xaf\x88\x92") != strlen(text)) {
                continue;
            }
            dot = dot || strchr(text, '.') != NULL;
            if (strchr(text, ',') != NULL) {
                comma = true;
                if (looks_grouped(text)) {
                    grouped = text;
                } else {
                    certain = true;
                }
            }
        }
    }
    if (comma && !dot && !certain) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "ambiguous-decimal", &(okrug_place){.file = sheet->table->file},
                          "value", grouped, (char *)NULL);
    }
    sheet->decimal = comma && !dot ? ',' : '.';
    return OKRUG_OK;
}

/* ---- Codes ---- */

static bool is_named(const okrug_io_request *request, const char *code) {
    if (request->output != NULL && strcmp(code, request->output) == 0) {
        return true;
    }
    for (int i = 0; i < request->named_count; i++) {
        for (int k = 0; k < request->named[i].count; k++) {
            if (strcmp(code, request->named[i].text[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static okrug_status read_wide_codes(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    const okrug_table *table = sheet->table;
    const okrug_column *labels =
        request->labels == NULL ? &table->column[0] : okrug_table_column(table, request->labels);
    if (labels == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &(okrug_place){.file = table->file}, "wanted",
                          request->labels, "columns", "--labels", (char *)NULL);
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

static okrug_status find_industries(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    int64_t most = sheet->rows < sheet->columns ? sheet->rows : sheet->columns;
    sheet->industry_row = OKRUG_SCRATCH(ctx, most, int64_t);
    sheet->industry_column = OKRUG_SCRATCH(ctx, most, int64_t);
    sheet->row_industry = OKRUG_SCRATCH(ctx, sheet->rows, int64_t);
    sheet->column_industry = OKRUG_SCRATCH(ctx, sheet->columns, int64_t);
    okrug_words *columns = okrug_words_new();
    okrug_status status = columns != NULL && sheet->industry_row != NULL && sheet->industry_column != NULL &&
                                  sheet->row_industry != NULL && sheet->column_industry != NULL
                              ? OKRUG_OK
                              : OKRUG_NO_MEMORY;
    for (int64_t c = 0; status == OKRUG_OK && c < sheet->columns; c++) {
        int32_t word = okrug_words_add(columns, sheet->column_code[c], strlen(sheet->column_code[c]));
        if (word < 0) {
            status = OKRUG_NO_MEMORY;
        } else if (word != c) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "header-repeated", &(okrug_place){.file = sheet->table->file},
                                "column", sheet->column_code[c], (char *)NULL);
        }
    }
    if (status == OKRUG_OK) {
        status = match_industries(ctx, request, sheet, columns);
    }
    okrug_words_free(columns);
    return status;
}

okrug_status okrug_io_sheet_read(okrug_ctx *ctx, const okrug_io_request *request, okrug_io_sheet *sheet) {
    const okrug_table *table = request->table;
    *sheet = (okrug_io_sheet){.table = table, .decimal = '.'};
    if (table->rows == 0 || table->columns < 2) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    sheet->from = okrug_table_column(table, "from");
    sheet->to = okrug_table_column(table, "to");
    sheet->value = okrug_table_column(table, "value");
    sheet->wide = sheet->from == NULL || sheet->to == NULL || sheet->value == NULL;
    OKRUG_TRY(sheet->wide ? read_wide_codes(ctx, request, sheet) : read_long_codes(ctx, sheet));
    OKRUG_TRY(find_industries(ctx, request, sheet));
    return sheet->wide ? detect_decimal(ctx, sheet) : OKRUG_OK;
}

/* ---- Cells ---- */

static okrug_status wide_cell(okrug_ctx *ctx, okrug_io_sheet *sheet, int64_t row, int64_t column, double *value) {
    const okrug_column *source = &sheet->table->column[sheet->place[column]];
    *value = 0.0;
    okrug_reason reason = okrug_reason_at(source, row);
    if (reason != OKRUG_PRESENT) {
        sheet->blank += reason != OKRUG_STRUCTURAL_ZERO;
        return OKRUG_OK;
    }
    if (source->type == OKRUG_NUMBER) {
        *value = source->number[row];
        return OKRUG_OK;
    }
    const char *text = okrug_text_at(source, row);
    if (text == NULL || text[0] == '\0') {
        sheet->blank++;
        return OKRUG_OK;
    }
    okrug_number_style style = {.decimal = sheet->decimal, .thousands = sheet->decimal == ',' ? '.' : ','};
    if (!okrug_number_read_styled(text, strlen(text), style, value)) {
        okrug_place place = {.file = sheet->table->file,
                             .line = sheet->table->line == NULL ? 0 : sheet->table->line[row],
                             .column = source->name};
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", text, "expected", "number",
                          (char *)NULL);
    }
    return OKRUG_OK;
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
                okrug_status cell = wide_cell(ctx, sheet, r, c, &value);
                if (cell == OKRUG_OK) {
                    take(user, r, c, value);
                } else {
                    status = cell;
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
        if (reason == OKRUG_PRESENT) {
            take(user, r, c, sheet->value->number[i]);
        } else if (reason != OKRUG_STRUCTURAL_ZERO) {
            sheet->blank++;
        }
    }
    return status;
}
