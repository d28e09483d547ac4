/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of a sheet by the codes of rows and columns that are asked for.
 */
#include "analyses/io_rectangle.h"

#include <stdio.h>
#include <string.h>

/* Where the cells of a sheet go: -1, nowhere. */
typedef struct {
    int64_t *row, *column;
    int64_t width;
    double *to;
    okrug_io_sheet *sheet;
} target;

static void take(void *user, int64_t row, int64_t column, double value) {
    const target *t = user;
    t->to[t->row[row] * t->width + t->column[column]] += value;
}

/* The codes as words whose numbers are their places. A code that comes again is put as one that nobody looks for, and
 * `again` is set where it came first. */
static okrug_words *words_of(const char *const *code, int64_t count, bool *again) {
    okrug_words *words = okrug_words_new();
    for (int64_t k = 0; words != NULL && k < count; k++) {
        int32_t word = okrug_words_add(words, code[k], strlen(code[k]));
        if (word >= 0 && word != k) {
            char unused[24];
            again[word] = true;
            word = okrug_words_add(words, unused, (size_t)snprintf(unused, sizeof unused, "\n%lld", (long long)k));
        }
        if (word != k) {
            okrug_words_free(words);
            return NULL;
        }
    }
    return words;
}

okrug_status okrug_io_places(okrug_ctx *ctx, const okrug_io_sheet *sheet, const char *const *code, int64_t count,
                             const char *const *among, int64_t among_count, int64_t **place) {
    bool *again = OKRUG_SCRATCH_ZERO(ctx, among_count, bool);
    *place = OKRUG_SCRATCH(ctx, count, int64_t);
    okrug_words *words = again == NULL || *place == NULL ? NULL : words_of(among, among_count, again);
    if (words == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < count; k++) {
        int64_t at = code[k][0] == '\0' ? -1 : okrug_words_find(words, code[k], strlen(code[k]));
        (*place)[k] = at;
        if (at >= 0 && again[at]) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "code-repeated", &(okrug_place){.file = sheet->table->file},
                                "code", code[k], (char *)NULL);
        }
    }
    okrug_words_free(words);
    return status;
}

okrug_status okrug_io_rectangle(okrug_ctx *ctx, okrug_io_sheet *sheet, const char *const *rows, int64_t row_count,
                                const char *const *columns, int64_t column_count, double **cells) {
    target t = {.width = column_count, .sheet = sheet};
    OKRUG_TRY(okrug_io_places(ctx, sheet, sheet->row_code, sheet->rows, rows, row_count, &t.row));
    OKRUG_TRY(okrug_io_places(ctx, sheet, sheet->column_code, sheet->columns, columns, column_count, &t.column));
    bool *wanted_rows = OKRUG_SCRATCH(ctx, sheet->rows, bool);
    bool *wanted_columns = OKRUG_SCRATCH(ctx, sheet->columns, bool);
    *cells = t.to = OKRUG_SCRATCH_ZERO(ctx, row_count * column_count, double);
    if (wanted_rows == NULL || wanted_columns == NULL || t.to == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < sheet->rows; k++) {
        wanted_rows[k] = t.row[k] >= 0;
    }
    for (int64_t k = 0; k < sheet->columns; k++) {
        wanted_columns[k] = t.column[k] >= 0;
    }
    return okrug_io_sheet_cells(ctx, sheet, wanted_rows, wanted_columns, take, &t);
}
