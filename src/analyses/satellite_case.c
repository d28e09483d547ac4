/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads satellite accounts in the order of an input-output table.
 */
#include "analyses/satellite_case.h"

#include <string.h>

#include "analyses/by_industry.h"
#include "analyses/io_rectangle.h"

/* The columns named, else every column of the table that is no industry and that no option names. */
static okrug_status find_categories(okrug_ctx *ctx, const okrug_io_request *request, okrug_satellite_case *out) {
    const okrug_io_sheet *sheet = out->io.sheet;
    const char *taken = "";
    out->category = OKRUG_SCRATCH(ctx, sheet->columns + request->final_demand.count, const char *);
    if (out->category == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int k = 0; k < request->final_demand.count; k++) {
        out->category[out->categories++] = request->final_demand.text[k];
    }
    for (int64_t c = 0; request->final_demand.count == 0 && c < sheet->columns; c++) {
        const char *code = sheet->column_code[c];
        if (sheet->column_industry[c] < 0 && !okrug_io_names(request->primary, request->primary_count, code) &&
            (request->output == NULL || strcmp(request->output, code) != 0)) {
            out->category[out->categories++] = code;
            taken = okrug_text_listed(ctx, taken, code);
        }
    }
    if (taken[0] != '\0' && request->output != NULL) {
        okrug_warn(ctx, "final-demand-taken", &(okrug_place){.file = request->table->file}, "columns", taken,
                   (char *)NULL);
    }
    return out->categories > 0 ? OKRUG_OK
                               : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-final-demand",
                                            &(okrug_place){.file = request->table->file}, (char *)NULL);
}

static okrug_status read_demand(okrug_ctx *ctx, okrug_satellite_case *out) {
    out->demand = OKRUG_SCRATCH(ctx, out->categories * out->n, double);
    if (out->demand == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < out->categories; k++) {
        okrug_status one =
            okrug_io_vector(ctx, &out->io, &(okrug_texts){1, &out->category[k]}, out->demand + k * out->n);
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* ---- Accounts ---- */

static okrug_status find_accounts(okrug_ctx *ctx, const okrug_table *table, okrug_satellite_case *out,
                                  int64_t **account_of) {
    const okrug_column *account = okrug_table_column(table, "account");
    const okrug_column *unit = okrug_table_column(table, "unit");
    int32_t words = okrug_words_count(account->words);
    int64_t *of_word = OKRUG_SCRATCH(ctx, words, int64_t);
    *account_of = OKRUG_SCRATCH(ctx, table->rows, int64_t);
    out->account = OKRUG_SCRATCH(ctx, words, const char *);
    out->unit = OKRUG_SCRATCH(ctx, words, const char *);
    if (of_word == NULL || *account_of == NULL || out->account == NULL || out->unit == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(of_word, -1, (size_t)words * sizeof *of_word);
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = account->word[r];
        const char *of_row = unit == NULL ? NULL : okrug_text_at(unit, r);
        if (of_word[word] < 0) {
            out->account[out->accounts] = okrug_words_text(account->words, word);
            out->unit[out->accounts] = of_row;
            of_word[word] = out->accounts++;
        }
        int64_t k = (*account_of)[r] = of_word[word];
        if ((of_row == NULL) != (out->unit[k] == NULL) || (of_row != NULL && strcmp(of_row, out->unit[k]) != 0)) {
            okrug_place place = okrug_table_place(table, r, "unit");
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "unit-differs", &place, "account", out->account[k], (char *)NULL);
        }
    }
    return status;
}

static okrug_status read_accounts(okrug_ctx *ctx, const okrug_table *table, const char *const *code,
                                  okrug_satellite_case *out) {
    int64_t n = out->n, *account = NULL, *place = NULL, gaps = 0;
    OKRUG_TRY(find_accounts(ctx, table, out, &account));
    OKRUG_TRY(okrug_by_industry(ctx, table, "industry", code, n + out->categories, true, &place));
    out->value = OKRUG_SCRATCH_ZERO(ctx, out->accounts * n, double);
    out->direct = OKRUG_SCRATCH_ZERO(ctx, out->accounts * out->categories, double);
    bool *there = OKRUG_SCRATCH_ZERO(ctx, out->accounts * n, bool);
    if (out->value == NULL || out->direct == NULL || there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_column *value = okrug_table_column(table, "value");
    for (int64_t r = 0; r < table->rows; r++) {
        double amount = okrug_cell_or(table, "value", r, 0.0);
        if (place[r] >= n) {
            out->direct[account[r] * out->categories + place[r] - n] = amount;
        } else {
            out->value[account[r] * n + place[r]] = amount;
            there[account[r] * n + place[r]] =
                okrug_reason_at(value, r) == OKRUG_PRESENT || okrug_reason_at(value, r) == OKRUG_STRUCTURAL_ZERO;
        }
    }
    for (int64_t cell = 0; cell < out->accounts * n; cell++) {
        gaps += !there[cell] && out->io.output[cell % n] > 0.0;
    }
    if (gaps > 0) {
        okrug_warn(ctx, "satellite-gaps", &(okrug_place){.file = table->file}, "count", okrug_text_integer(ctx, gaps),
                   (char *)NULL);
    }
    return OKRUG_OK;
}

/* Imports in the order of the table's industries and categories; codes that they lack are 0. */
static okrug_status read_imports(okrug_ctx *ctx, const okrug_satellite_request *request, const char *const *users,
                                 okrug_satellite_case *out) {
    int64_t n = out->n, columns = n + out->categories, *row = NULL;
    okrug_io_sheet sheet = {0};
    double *cells = NULL;
    const char *lacking = "";
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->imports, request->io.labels, &sheet));
    OKRUG_TRY(okrug_io_places(ctx, &sheet, users, n, sheet.row_code, sheet.rows, &row));
    for (int64_t i = 0; i < n; i++) {
        lacking = row[i] < 0 ? okrug_text_listed(ctx, lacking, users[i]) : lacking;
    }
    if (lacking[0] != '\0') {
        okrug_warn(ctx, "products-without-layer", &(okrug_place){.file = request->imports->file}, "codes", lacking,
                   (char *)NULL);
    }
    OKRUG_TRY(okrug_io_rectangle(ctx, &sheet, users, n, users, columns, &cells));
    out->import_flow = OKRUG_SCRATCH(ctx, n * n, double);
    out->import_demand = OKRUG_SCRATCH(ctx, out->categories * n, double);
    if (out->import_flow == NULL || out->import_demand == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        memcpy(out->import_flow + i * n, cells + i * columns, (size_t)n * sizeof *cells);
        for (int64_t k = 0; k < out->categories; k++) {
            out->import_demand[k * n + i] = cells[i * columns + n + k];
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_satellite_case_read(okrug_ctx *ctx, const okrug_satellite_request *request,
                                       okrug_satellite_case *out) {
    *out = (okrug_satellite_case){0};
    OKRUG_TRY(okrug_io_read(ctx, &request->io, &out->io));
    out->n = out->io.n;
    OKRUG_TRY(find_categories(ctx, &request->io, out));
    OKRUG_TRY(read_demand(ctx, out));
    const char **users = OKRUG_SCRATCH(ctx, out->n + out->categories, const char *);
    if (users == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(users, out->io.code, (size_t)out->n * sizeof *users);
    memcpy(users + out->n, out->category, (size_t)out->categories * sizeof *users);
    OKRUG_TRY(read_accounts(ctx, request->satellites, users, out));
    return request->imports == NULL ? OKRUG_OK : read_imports(ctx, request, users, out);
}
