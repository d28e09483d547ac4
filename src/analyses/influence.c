/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * influence: which coefficients the whole economy hangs on most, and what a change of one of them would do.
 */
#include <math.h>

#include <okrug/inputoutput.h>

#include "analyses/io_asked.h"
#include "analyses/list.h"
#include "analyses/result.h"

enum { INPUT, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

#define INFLUENCE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    INTEGER(top, "top", 100, 1, 1000000, COUNT)                                                                        \
    TEXT(seller, "seller")                                                                                             \
    TEXT(buyer, "buyer")

typedef struct {
    OKRUG_PARAMETER_FIELDS(INFLUENCE_PARAMETERS)
} influence_parameters;
#define OKRUG_PARAMETERS influence_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(INFLUENCE_PARAMETERS)};

static const okrug_output_column cell_columns[] = {
    {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1: moves most"},
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"coefficient", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "a_ij"},
    {"intensity", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "S_ij = (1' L)_i (L 1)_j = 1' F(i, j) 1"},
    {"relative", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "n^2 S_ij / (1' L 1)^2"},
};
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"column_sum", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(1' L)_i"},
    {"row_sum", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(L 1)_i"},
};
static const okrug_output_column field_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "F(i, j) = L e_i e_j' L: d L / d a_ij"},
};
enum { CELLS, INDUSTRIES, FIELD };
static const okrug_output outputs[] = {
    [CELLS] = {"coefficients", cell_columns, OKRUG_COUNT_OF(cell_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [FIELD] = {"field", field_columns, OKRUG_COUNT_OF(field_columns)},
};

static const char *const references[] = {
    "Sonis, M., Hewings, G. J. D. (1989). Error and sensitivity input-output analysis: a new approach. In: Frontiers "
    "of "
    "Input-Output Analysis. Oxford University Press.",
    "Sonis, M., Hewings, G. J. D. (1992). Coefficient change in input-output models: theory and applications. Economic "
    "Systems Research 4(2).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

static okrug_status write_cells(okrug_ctx *ctx, const okrug_io *io, int64_t most, const double *column_sum,
                                const double *row_sum, okrug_dataset *result) {
    int64_t n = io->n;
    most = most / n < n ? most : n * n;
    okrug_influence_cell *cell = OKRUG_SCRATCH(ctx, most, okrug_influence_cell);
    if (cell == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = okrug_influence_top(n, column_sum, row_sum, most, cell);
    double all = 0.0;
    for (int64_t i = 0; i < n; i++) {
        all += column_sum[i];
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[CELLS], OKRUG_UNIT_NONE, count, &table));
    for (int64_t r = 0; r < count; r++) {
        int64_t i = cell[r].row, j = cell[r].column;
        const double numbers[] = {io->flow[i * n + j], cell[r].intensity,
                                  (double)n * (double)n * cell[r].intensity / (all * all)};
        OKRUG_TRY(okrug_set_number(table, 0, r, (double)(r + 1)));
        OKRUG_TRY(okrug_result_text(table, 1, r, io->code[i]));
        OKRUG_TRY(okrug_result_text(table, 2, r, io->code[j]));
        for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
            OKRUG_TRY(okrug_set_number_or(table, 3 + c, r, numbers[c], OKRUG_UNDEFINED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const okrug_io *io, const double *column_sum, const double *row_sum,
                                     okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], OKRUG_UNIT_NONE, io->n, &table));
    for (int64_t i = 0; i < io->n; i++) {
        OKRUG_TRY(okrug_result_text(table, 0, i, io->code[i]));
        OKRUG_TRY(okrug_set_number_or(table, 1, i, column_sum[i], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 2, i, row_sum[i], OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

/* `column`: L e_i of the seller; `row`: e_j' L of the buyer. Empty where no pair was asked for. */
static okrug_status write_field(const okrug_io *io, bool asked, const double *column, const double *row,
                                okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[FIELD], OKRUG_UNIT_NONE, asked ? io->n * io->n : 0, &table));
    for (int64_t at = 0; asked && at < io->n * io->n; at++) {
        int64_t i = at / io->n, j = at % io->n;
        OKRUG_TRY(okrug_result_text(table, 0, at, io->code[i]));
        OKRUG_TRY(okrug_result_text(table, 1, at, io->code[j]));
        OKRUG_TRY(okrug_set_number_or(table, 2, at, column[i] * row[j], OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

/* The field has n^2 cells, as the inverse has. */
static okrug_status check_field(okrug_ctx *ctx, const okrug_io *io) {
    return io->n <= OKRUG_IO_WHOLE
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "field-too-large", NULL, "count", okrug_text_integer(ctx, io->n),
                            "most", okrug_text_integer(ctx, OKRUG_IO_WHOLE), (char *)NULL);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const influence_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary)};
    okrug_io io = {0};
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    bool asked = p->seller != NULL || p->buyer != NULL;
    if (asked && (p->seller == NULL || p->buyer == NULL)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option",
                          p->seller == NULL ? "seller" : "buyer", (char *)NULL);
    }
    int64_t n = io.n, seller = 0, buyer = 0;
    double *vectors = OKRUG_SCRATCH(ctx, 4 * n, double);
    if (vectors == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (asked) {
        OKRUG_TRY(check_field(ctx, &io));
        okrug_status found = okrug_io_find(ctx, &io, p->seller, &seller);
        OKRUG_TRY(okrug_io_find(ctx, &io, p->buyer, &buyer));
        OKRUG_TRY(found);
    }
    const okrug_inverse_parts parts = {.column_sum = vectors,
                                       .row_sum = vectors + n,
                                       .columns = asked,
                                       .column = &seller,
                                       .of_columns = vectors + 2 * n,
                                       .rows = asked,
                                       .row = &buyer,
                                       .of_rows = vectors + 3 * n};
    okrug_technical_coefficients(n, io.flow, io.output, io.flow); /* the flows are not needed any more */
    OKRUG_TRY(okrug_leontief_parts(ctx, n, io.flow, &parts));
    OKRUG_TRY(write_cells(ctx, &io, p->top, vectors, vectors + n, result));
    OKRUG_TRY(write_industries(&io, vectors, vectors + n, result));
    return write_field(&io, asked, vectors + 2 * n, vectors + 3 * n, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(influence, "influence", "O(industries^3)", "exact");
