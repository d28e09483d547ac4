/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Flows, output and named vectors of an input-output table, added up to groups where a concordance says so.
 */
#include "analyses/io_table.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/io_sheet.h"

/* Which rows and columns of the sheet a reading takes. */
typedef struct {
    bool *rows, *columns;
} selection;

static okrug_status select_none(okrug_ctx *ctx, const okrug_io_sheet *sheet, selection *out) {
    out->rows = OKRUG_SCRATCH_ZERO(ctx, sheet->rows, bool);
    out->columns = OKRUG_SCRATCH_ZERO(ctx, sheet->columns, bool);
    return out->rows == NULL || out->columns == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static void select_industries(const okrug_io_sheet *sheet, bool *rows, bool *columns) {
    for (int64_t i = 0; i < sheet->industries; i++) {
        if (rows != NULL) {
            rows[sheet->industry_row[i]] = true;
        }
        if (columns != NULL) {
            columns[sheet->industry_column[i]] = true;
        }
    }
}

/* ---- Groups ---- */

static okrug_status group_industries(okrug_ctx *ctx, const okrug_table *concordance, okrug_io *io) {
    okrug_io_sheet *sheet = io->sheet;
    const okrug_column *from = okrug_table_column(concordance, "from");
    const okrug_column *to = okrug_table_column(concordance, "to");
    int32_t *group_of_word = OKRUG_SCRATCH(ctx, okrug_words_count(to->words), int32_t);
    int64_t *row_of_word = OKRUG_SCRATCH(ctx, okrug_words_count(from->words), int64_t);
    if (group_of_word == NULL || row_of_word == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(group_of_word, -1, (size_t)okrug_words_count(to->words) * sizeof *group_of_word);
    for (int64_t r = 0; r < concordance->rows; r++) {
        row_of_word[from->word[r]] = r;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < sheet->industries; i++) {
        const char *code = sheet->row_code[sheet->industry_row[i]];
        int32_t word = okrug_words_find(from->words, code, strlen(code));
        int32_t target = word < 0 ? -1 : to->word[row_of_word[word]];
        if (target < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-group", &(okrug_place){.file = concordance->file}, "code",
                                code, (char *)NULL);
            continue;
        }
        if (group_of_word[target] < 0) {
            io->code[io->n] = okrug_words_text(to->words, target);
            group_of_word[target] = (int32_t)io->n++;
        }
        sheet->group[i] = group_of_word[target];
    }
    return status;
}

static okrug_status set_groups(okrug_ctx *ctx, const okrug_io_request *request, okrug_io *io) {
    okrug_io_sheet *sheet = io->sheet;
    sheet->group = OKRUG_SCRATCH(ctx, sheet->industries, int64_t);
    io->code = OKRUG_SCRATCH(ctx, sheet->industries, const char *);
    if (sheet->group == NULL || io->code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (request->concordance != NULL) {
        return group_industries(ctx, request->concordance, io);
    }
    io->n = sheet->industries;
    for (int64_t i = 0; i < io->n; i++) {
        sheet->group[i] = i;
        io->code[i] = sheet->row_code[sheet->industry_row[i]];
    }
    return OKRUG_OK;
}

/* ---- Flows and output ---- */

static void take_flow(void *user, int64_t row, int64_t column, double value) {
    okrug_io *io = user;
    const okrug_io_sheet *sheet = io->sheet;
    int64_t i = sheet->group[sheet->row_industry[row]];
    int64_t j = sheet->group[sheet->column_industry[column]];
    io->flow[i * io->n + j] += value;
}

/* A vector over the industries from a named row (the column tells the industry) or column (the row does). */
typedef struct {
    const okrug_io *io;
    double *vector;
    bool *seen; /* per industry of the sheet: whether there was a cell */
    bool by_column;
} vector_target;

static void take_vector(void *user, int64_t row, int64_t column, double value) {
    const vector_target *target = user;
    const okrug_io_sheet *sheet = target->io->sheet;
    int64_t industry = target->by_column ? sheet->column_industry[column] : sheet->row_industry[row];
    target->vector[sheet->group[industry]] += value;
    target->seen[industry] = true;
}

/* Output as the sum of each industry's row: intermediate use and final demand. */
static okrug_status output_from_rows(okrug_ctx *ctx, const okrug_io_request *request, okrug_io *io) {
    okrug_io_sheet *sheet = io->sheet;
    selection wanted = {0};
    OKRUG_TRY(select_none(ctx, sheet, &wanted));
    select_industries(sheet, wanted.rows, wanted.columns);
    const char *taken = "";
    for (int64_t c = 0; c < sheet->columns; c++) {
        const char *code = sheet->column_code[c];
        bool counts = request->final_demand.count > 0 ? okrug_io_names(&request->final_demand, 1, code)
                                                      : !okrug_io_names(request->primary, request->primary_count, code);
        if (sheet->column_industry[c] < 0 && counts) {
            wanted.columns[c] = true;
            taken = okrug_text_listed(ctx, taken, code);
        }
    }
    okrug_warn(ctx, "output-from-rows", &(okrug_place){.file = sheet->table->file}, "columns",
               taken[0] == '\0' ? "-" : taken, (char *)NULL);
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, sheet->industries, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    vector_target target = {.io = io, .vector = io->output, .seen = seen};
    return okrug_io_sheet_cells(ctx, sheet, wanted.rows, wanted.columns, take_vector, &target);
}

/* Some output, and sums that are numbers. */
static okrug_status check_sums(okrug_ctx *ctx, const okrug_io *io) {
    okrug_sum all = {0};
    for (int64_t k = 0; k < io->n * io->n; k++) {
        okrug_sum_add(&all, fabs(io->flow[k]));
    }
    double flows = okrug_sum_value(&all);
    double output = okrug_sum_of(io->output, io->n, 1);
    const okrug_place place = {.file = io->sheet->table->file};
    if (!isfinite(flows) || !isfinite(output)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "flows-too-large", &place, (char *)NULL);
    }
    return output > 0.0 ? OKRUG_OK : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-output-at-all", &place, (char *)NULL);
}

static okrug_status check_output(okrug_ctx *ctx, const okrug_io *io) {
    okrug_status status = OKRUG_OK;
    int64_t exceeded = 0;
    const char *first = NULL;
    for (int64_t j = 0; j < io->n; j++) {
        double inputs = 0.0;
        for (int64_t i = 0; i < io->n; i++) {
            inputs += io->flow[i * io->n + j];
        }
        if (io->output[j] < 0.0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "negative-output", &(okrug_place){.file = io->sheet->table->file},
                                "code", io->code[j], "value", okrug_text_number(ctx, io->output[j]), (char *)NULL);
        } else if (inputs > io->output[j]) {
            exceeded++;
            first = first == NULL ? io->code[j] : first;
        }
    }
    if (exceeded > 0) {
        okrug_warn(ctx, "inputs-exceed-output", &(okrug_place){.file = io->sheet->table->file}, "count",
                   okrug_text_integer(ctx, exceeded), "first", first, (char *)NULL);
    }
    return status == OKRUG_OK ? check_sums(ctx, io) : status;
}

/* ---- Named rows and columns ---- */

static bool is_twice(const char **code, int64_t count, int64_t place) {
    for (int64_t k = place + 1; place >= 0 && k < count; k++) {
        if (strcmp(code[k], code[place]) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds one named row, else column, to the vector. `seen` (industries of the sheet) is set where there is a cell. */
static okrug_status add_named(okrug_ctx *ctx, const okrug_io *io, const char *name, double *vector, bool *seen) {
    okrug_io_sheet *sheet = io->sheet;
    okrug_place place = {.file = sheet->table->file};
    int64_t row = okrug_io_sheet_row(sheet, name);
    int64_t column = okrug_io_sheet_column(sheet, name);
    selection wanted = {0};
    OKRUG_TRY(select_none(ctx, sheet, &wanted));
    if (row < 0 && column < 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-row-or-column", &place, "name", name, (char *)NULL);
    }
    if (is_twice(sheet->row_code, sheet->rows, row)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "code-repeated", &place, "code", name, (char *)NULL);
    }
    if (row >= 0) {
        wanted.rows[row] = true;
        select_industries(sheet, NULL, wanted.columns);
    } else {
        wanted.columns[column] = true;
        select_industries(sheet, wanted.rows, NULL);
    }
    vector_target target = {.io = io, .vector = vector, .seen = seen, .by_column = row >= 0};
    return okrug_io_sheet_cells(ctx, sheet, wanted.rows, wanted.columns, take_vector, &target);
}

okrug_status okrug_io_vector(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names, double *vector) {
    okrug_status status = OKRUG_OK;
    bool *seen = OKRUG_SCRATCH(ctx, io->sheet->industries, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(vector, 0, (size_t)io->n * sizeof *vector);
    for (int i = 0; i < names->count; i++) {
        const char *name = names->text[i];
        okrug_texts before = {i, names->text};
        okrug_status one = okrug_io_names(&before, 1, name)
                               ? okrug_fail(ctx, OKRUG_BAD_USAGE, "name-twice", NULL, "name", name, (char *)NULL)
                               : add_named(ctx, io, name, vector, seen);
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* Output is not left to guess: an industry without it is a fault at its place. */
static okrug_status read_output(okrug_ctx *ctx, const char *name, okrug_io *io) {
    okrug_io_sheet *sheet = io->sheet;
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, sheet->industries, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(add_named(ctx, io, name, io->output, seen));
    int64_t row = okrug_io_sheet_row(sheet, name);
    int64_t column = okrug_io_sheet_column(sheet, name);
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < sheet->industries; i++) {
        if (seen[i]) {
            continue;
        }
        okrug_place place = row >= 0 ? okrug_io_sheet_place(sheet, row, sheet->industry_column[i])
                                     : okrug_io_sheet_place(sheet, sheet->industry_row[i], column);
        status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-output", &place, "code", sheet->row_code[sheet->industry_row[i]],
                            (char *)NULL);
    }
    return status;
}

okrug_status okrug_io_read(okrug_ctx *ctx, const okrug_io_request *request, okrug_io *io) {
    *io = (okrug_io){.sheet = OKRUG_SCRATCH_ZERO(ctx, 1, okrug_io_sheet)};
    if (io->sheet == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_io_sheet_read(ctx, request, io->sheet));
    OKRUG_TRY(set_groups(ctx, request, io));
    io->flow = OKRUG_SCRATCH_ZERO(ctx, io->n * io->n, double);
    io->output = OKRUG_SCRATCH_ZERO(ctx, io->n, double);
    selection wanted = {0};
    OKRUG_TRY(select_none(ctx, io->sheet, &wanted));
    if (io->flow == NULL || io->output == NULL) {
        return OKRUG_NO_MEMORY;
    }
    select_industries(io->sheet, wanted.rows, wanted.columns);
    OKRUG_TRY(okrug_io_sheet_cells(ctx, io->sheet, wanted.rows, wanted.columns, take_flow, io));
    if (request->output != NULL) {
        OKRUG_TRY(read_output(ctx, request->output, io));
    } else {
        OKRUG_TRY(output_from_rows(ctx, request, io));
    }
    if (io->sheet->blank > 0) {
        okrug_warn(ctx, "blank-flows", &(okrug_place){.file = request->table->file}, "count",
                   okrug_text_integer(ctx, io->sheet->blank), (char *)NULL);
    }
    return check_output(ctx, io);
}

static void take_cell(void *user, int64_t row, int64_t column, double value) {
    (void)row;
    (void)column;
    *(double *)user += value;
}

okrug_status okrug_io_cell(okrug_ctx *ctx, const okrug_io *io, const char *row, const char *column, double *value) {
    selection wanted = {0};
    OKRUG_TRY(select_none(ctx, io->sheet, &wanted));
    int64_t r = okrug_io_sheet_row(io->sheet, row);
    int64_t c = okrug_io_sheet_column(io->sheet, column);
    *value = 0.0;
    if (r < 0 || c < 0) {
        return OKRUG_OK;
    }
    wanted.rows[r] = true;
    wanted.columns[c] = true;
    return okrug_io_sheet_cells(ctx, io->sheet, wanted.rows, wanted.columns, take_cell, value);
}
