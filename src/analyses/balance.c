/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * balance: a table scaled to given sums of rows and columns, by RAS or, with negative cells, GRAS. Where no table has
 * these sums, the rows and columns that stand in each other's way are named.
 */
#include <math.h>

#include <okrug/balance.h>

#include "analyses/balance_case.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role total_roles[] = {OKRUG_TOTAL_ROLES};
enum { INPUT, ROW_TOTALS, COLUMN_TOTALS };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [ROW_TOTALS] = {"row-totals", OKRUG_SHAPE_TIDY, true, true, total_roles, OKRUG_COUNT_OF(total_roles)},
    [COLUMN_TOTALS] = {"column-totals", OKRUG_SHAPE_TIDY, true, true, total_roles, OKRUG_COUNT_OF(total_roles)},
};

enum { BY_RAS, BY_GRAS };
static const char *const method_name[] = {[BY_RAS] = "ras", [BY_GRAS] = "gras"};
#define BALANCE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    TEXT(labels, "labels")                                                                                             \
    TEXTS(omit, "omit")                                                                                                \
    CHOICE(method, "method", "ras|gras")                                                                               \
    REAL(tolerance, "tolerance", 1e-9, 1e-12, 0.01, RATIO)                                                             \
    INTEGER(iterations, "iterations", 10000, 1, 10000000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(BALANCE_PARAMETERS)
} balance_parameters;
#define OKRUG_PARAMETERS balance_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(BALANCE_PARAMETERS)};

static const okrug_output_column table_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "a_ij r_i s_j; where a_ij < 0: a_ij / (r_i s_j)"},
};
static const okrug_output_column factor_columns[] = {
    {"side", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"code", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum a_ij"},
    {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "u_i, v_j"},
    {"factor", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "r_i, s_j; sum |a_ij| s_j = sum |a_ij|"},
};
static const okrug_output_column summary_columns[] = {
    {"method", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"iterations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rounds over rows and columns"},
    {"deviation", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max |sum - total| / max(|total|, sum of |x|)"},
    {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum u_i = sum v_j"},
    {"row_factor_low", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min r_i"},
    {"row_factor_high", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max r_i"},
    {"column_factor_low", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min s_j"},
    {"column_factor_high", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max s_j"},
};
enum { TABLE, FACTORS, SUMMARY };
static const okrug_output outputs[] = {
    [TABLE] = {"table", table_columns, OKRUG_COUNT_OF(table_columns)},
    [FACTORS] = {"factors", factor_columns, OKRUG_COUNT_OF(factor_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Stone, R. (1961). Input-Output and National Accounts. OECD.",
    "Junius, T., Oosterhaven, J. (2003). The solution of updating or regionalizing a matrix with both positive and "
    "negative entries. Economic Systems Research 15(1).",
    "Temurshoev, U., Miller, R. E., Bouwmeester, M. C. (2013). A note on the GRAS method. Economic Systems Research "
    "25(3).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* ---- Where there is no answer ---- */

/* A message names so many of the cut at most. */
enum { NAMED = 12 };

static const char *names_of(okrug_ctx *ctx, const char **code, int64_t count, const bool *marked) {
    const char *list = "";
    int64_t found = 0;
    for (int64_t i = 0; i < count; i++) {
        found += marked[i];
        if (marked[i] && found <= NAMED) {
            list = okrug_text_listed(ctx, list, code[i]);
        }
    }
    return found == 0 ? "-" : found <= NAMED ? list : okrug_text(ctx, "%s … (%lld)", list, (long long)found);
}

static okrug_status tell_cut(okrug_ctx *ctx, const okrug_balance_case *bc, const okrug_balance_cut *cut) {
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, bc->first_row == NULL ? "no-balance" : "no-signed-balance", NULL, "rows",
                      names_of(ctx, bc->row_code, bc->rows, cut->row), "columns",
                      names_of(ctx, bc->column_code, bc->columns, cut->column), "need",
                      okrug_text_number(ctx, cut->need), "have", okrug_text_number(ctx, cut->have), "short",
                      okrug_text_number(ctx, cut->need - cut->have), (char *)NULL);
}

static okrug_status check_feasible(okrug_ctx *ctx, const okrug_balance_case *bc, const okrug_balance_problem *problem) {
    okrug_balance_cut cut = {.row = OKRUG_SCRATCH(ctx, bc->rows, bool),
                             .column = OKRUG_SCRATCH(ctx, bc->columns, bool)};
    if (cut.row == NULL || cut.column == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool feasible = true;
    OKRUG_TRY(okrug_balance_explain(ctx, problem, &feasible, &cut));
    return feasible ? OKRUG_OK : tell_cut(ctx, bc, &cut);
}

/* Whoever is not there after so many rounds is first asked whether there is an answer at all. */
enum { FIRST_ROUNDS = 50 };

static okrug_status solve(okrug_ctx *ctx, const balance_parameters *p, const okrug_balance_case *bc,
                          const okrug_balance_problem *problem, okrug_balance_state *state) {
    int64_t first = p->iterations < FIRST_ROUNDS ? p->iterations : FIRST_ROUNDS;
    OKRUG_TRY(okrug_balance(ctx, problem, p->tolerance, first, state));
    if (!state->converged) {
        OKRUG_TRY(check_feasible(ctx, bc, problem));
        OKRUG_TRY(okrug_balance(ctx, problem, p->tolerance, p->iterations, state));
    }
    if (!state->converged) {
        return okrug_fail(ctx, OKRUG_NOT_CONVERGED, "balance-not-converged", NULL, "iterations",
                          okrug_text_integer(ctx, state->rounds), "deviation", okrug_text_number(ctx, state->deviation),
                          (char *)NULL);
    }
    okrug_balance_normalise(problem, state);
    return OKRUG_OK;
}

/* RAS is for tables without negative numbers, in the table and in the totals. */
static okrug_status check_signs(okrug_ctx *ctx, const okrug_balance_case *bc, const char *file) {
    const char *row = bc->first_row, *column = bc->first_column;
    for (int64_t i = 0; row == NULL && i < bc->rows; i++) {
        row = bc->row_total[i] < 0.0 ? bc->row_code[i] : NULL;
    }
    for (int64_t j = 0; row == NULL && column == NULL && j < bc->columns; j++) {
        column = bc->column_total[j] < 0.0 ? bc->column_code[j] : NULL;
    }
    if (row == NULL && column == NULL) {
        return OKRUG_OK;
    }
    const char *total = "Σ";
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "negative-in-ras", &(okrug_place){.file = file}, "row",
                      row == NULL ? total : row, "column", column == NULL ? total : column, (char *)NULL);
}

/* ---- Results ---- */

static okrug_status write_table(const okrug_balance_case *bc, const double *x, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TABLE], OKRUG_UNIT_NONE, bc->rows * bc->columns, &table));
    int64_t row = 0;
    for (int64_t i = 0; i < bc->rows; i++) {
        for (int64_t j = 0; j < bc->columns; j++, row++) {
            OKRUG_TRY(okrug_result_text(table, 0, row, bc->row_code[i]));
            OKRUG_TRY(okrug_result_text(table, 1, row, bc->column_code[j]));
            OKRUG_TRY(okrug_set_number_or(table, 2, row, x[row], OKRUG_UNDEFINED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_side(okrug_table *table, int64_t first, const char *side, int64_t count, const char **code,
                               const double *before, const double *total, const double *factor) {
    for (int64_t i = 0; i < count; i++) {
        OKRUG_TRY(okrug_result_text(table, 0, first + i, side));
        OKRUG_TRY(okrug_result_text(table, 1, first + i, code[i]));
        OKRUG_TRY(okrug_set_number_or(table, 2, first + i, before[i], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 3, first + i, total[i], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 4, first + i, factor[i] == 0.0 ? NAN : factor[i], OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

/* Sums of the table before it is changed. */
typedef struct {
    double *row, *column;
} margins;

static okrug_status sum_seed(okrug_ctx *ctx, const okrug_balance_case *bc, margins *before) {
    before->row = OKRUG_SCRATCH_ZERO(ctx, bc->rows, double);
    before->column = OKRUG_SCRATCH_ZERO(ctx, bc->columns, double);
    if (before->row == NULL || before->column == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < bc->rows * bc->columns; cell++) {
        before->row[cell / bc->columns] += bc->seed[cell];
        before->column[cell % bc->columns] += bc->seed[cell];
    }
    return OKRUG_OK;
}

static okrug_status write_factors(const okrug_balance_case *bc, const margins *before, const okrug_balance_state *state,
                                  okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[FACTORS], OKRUG_UNIT_NONE, bc->rows + bc->columns, &table));
    OKRUG_TRY(write_side(table, 0, "row", bc->rows, bc->row_code, before->row, bc->row_total, state->r));
    return write_side(table, bc->rows, "column", bc->columns, bc->column_code, before->column, bc->column_total,
                      state->s);
}

typedef struct {
    double low, high;
} range;

/* Of those that did not vanish; NaN where all did. */
static range range_of(const double *factor, int64_t count) {
    range of = {NAN, NAN};
    for (int64_t i = 0; i < count; i++) {
        if (factor[i] != 0.0) {
            of.low = fmin(of.low, factor[i]);
            of.high = fmax(of.high, factor[i]);
        }
    }
    return of;
}

static okrug_status write_summary(const okrug_balance_case *bc, int method, const okrug_balance_state *state,
                                  okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[SUMMARY], OKRUG_UNIT_NONE, 1, &table));
    range row = range_of(state->r, bc->rows), column = range_of(state->s, bc->columns);
    double total = 0.0;
    for (int64_t i = 0; i < bc->rows; i++) {
        total += bc->row_total[i];
    }
    double numbers[] = {(double)state->rounds, state->deviation, total, row.low, row.high, column.low, column.high};
    OKRUG_TRY(okrug_result_text(table, 0, 0, method_name[method]));
    for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
        OKRUG_TRY(okrug_set_number_or(table, 1 + c, 0, numbers[c], OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const balance_parameters *p = job->parameters;
    okrug_balance_request request = {.table = job->input[INPUT],
                                     .labels = p->labels,
                                     .omit = p->omit,
                                     .row_totals = {job->input[ROW_TOTALS], job->text[ROW_TOTALS]},
                                     .column_totals = {job->input[COLUMN_TOTALS], job->text[COLUMN_TOTALS]}};
    okrug_balance_case bc = {0};
    OKRUG_TRY(okrug_balance_case_read(ctx, &request, &bc));
    if (p->method == BY_RAS) {
        OKRUG_TRY(check_signs(ctx, &bc, request.table->file));
    }
    okrug_balance_problem problem = {bc.rows, bc.columns, bc.seed, bc.row_total, bc.column_total, bc.first_row != NULL};
    okrug_balance_state state = {.r = OKRUG_SCRATCH(ctx, bc.rows, double), .s = OKRUG_SCRATCH(ctx, bc.columns, double)};
    if (state.r == NULL || state.s == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < bc.columns; j++) {
        state.s[j] = 1.0;
    }
    OKRUG_TRY(solve(ctx, p, &bc, &problem, &state));
    margins before;
    OKRUG_TRY(sum_seed(ctx, &bc, &before));
    okrug_balanced(&problem, &state, bc.seed); /* nobody needs the table as it was any more */
    OKRUG_TRY(write_table(&bc, bc.seed, result));
    OKRUG_TRY(write_factors(&bc, &before, &state, result));
    return write_summary(&bc, p->method, &state, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(balance, "balance", "O(iterations * rows * columns)", "exact");
