/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * footprint: satellite accounts (emissions, water, persons) led from the industries where they arise to the final
 * demand that they are for.
 */
#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/satellite_case.h"

static const okrug_role table_roles[] = {OKRUG_IO_ROLES};
static const okrug_role satellite_roles[] = {OKRUG_SATELLITE_ROLES};
enum { INPUT, SATELLITES, IMPORTS, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [SATELLITES] = {"satellites", OKRUG_SHAPE_TIDY, true, false, satellite_roles, OKRUG_COUNT_OF(satellite_roles)},
    [IMPORTS] = {"imports-table", OKRUG_SHAPE_INPUT_OUTPUT, false, false, table_roles, OKRUG_COUNT_OF(table_roles)},
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

typedef struct {
    OKRUG_PARAMETER_FIELDS(OKRUG_IO_PARAMETERS)
} footprint_parameters;
#define OKRUG_PARAMETERS footprint_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(OKRUG_IO_PARAMETERS)};

static const okrug_output_column demand_columns[] = {
    {"account", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"category", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"unit", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"home", OKRUG_NUMBER, OKRUG_UNIT_OWN, "s (I - A)^-1 f_k"},
    {"direct", OKRUG_NUMBER, OKRUG_UNIT_OWN, "by those who demand it themselves"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of home and direct of all categories"},
    {"imports", OKRUG_NUMBER, OKRUG_UNIT_OWN, "(s (I - A - A^m)^-1 - s (I - A)^-1) f_k + s (I - A - A^m)^-1 f^m_k"},
};
static const okrug_output_column industry_columns[] = {
    {"account", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"unit", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"production", OKRUG_NUMBER, OKRUG_UNIT_OWN, "S_j: where it arises"},
    {"consumption", OKRUG_NUMBER, OKRUG_UNIT_OWN, "s (I - A)^-1 of final demand for j: what it is for"},
    {"intensity", OKRUG_NUMBER, OKRUG_UNIT_OWN, "s_j = S_j / x_j"},
    {"total_intensity", OKRUG_NUMBER, OKRUG_UNIT_OWN, "s (I - A)^-1"},
    {"with_imports", OKRUG_NUMBER, OKRUG_UNIT_OWN, "s (I - A - A^m)^-1"},
};
static const okrug_output_column balance_columns[] = {
    {"account", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"unit", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"production", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum over industries, with what is direct"},
    {"consumption", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum over categories, with what is direct"},
    {"difference", OKRUG_NUMBER, OKRUG_UNIT_OWN, "of output that the categories do not account for"},
    {"imports", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum over categories"},
};
enum { DEMAND, INDUSTRIES, BALANCE };
static const okrug_output outputs[] = {
    [DEMAND] = {"demand", demand_columns, OKRUG_COUNT_OF(demand_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [BALANCE] = {"balance", balance_columns, OKRUG_COUNT_OF(balance_columns)},
};

static const char *const references[] = {
    "Leontief, W. (1970). Environmental repercussions and the economic structure: an input-output approach. Review of "
    "Economics and Statistics 52(3).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    "Serrano, M., Dietzenbacher, E. (2010). Responsibility and trade emission balances: an evaluation of approaches. "
    "Ecological Economics 69(11).",
    NULL,
};

typedef struct {
    double *intensity; /* accounts x n: direct */
    double *total;     /* accounts x n */
    double *world;     /* accounts x n: with imported inputs; NULL: imports are not known */
} intensities;

static okrug_status compute(okrug_ctx *ctx, const okrug_satellite_case *c, intensities *out) {
    int64_t n = c->n, cells = c->accounts * n;
    double *a = OKRUG_SCRATCH(ctx, n * n, double);
    out->intensity = OKRUG_SCRATCH(ctx, cells, double);
    out->total = OKRUG_SCRATCH(ctx, cells, double);
    if (a == NULL || out->intensity == NULL || out->total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        double output = c->io.output[cell % n];
        out->intensity[cell] = output == 0.0 ? 0.0 : c->value[cell] / output;
    }
    okrug_technical_coefficients(n, c->io.flow, c->io.output, a);
    OKRUG_TRY(okrug_multipliers(ctx, n, a, c->accounts, out->intensity, out->total));
    if (c->import_flow == NULL) {
        return OKRUG_OK;
    }
    out->world = OKRUG_SCRATCH(ctx, cells, double);
    if (out->world == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < n * n; cell++) {
        double output = c->io.output[cell % n];
        a[cell] += output == 0.0 ? 0.0 : c->import_flow[cell] / output;
    }
    okrug_warn(ctx, "imports-as-at-home", NULL, (char *)NULL);
    return okrug_multipliers(ctx, n, a, c->accounts, out->intensity, out->world);
}

static double product(const double *a, const double *b, int64_t n) {
    okrug_sum sum = {0};
    for (int64_t j = 0; j < n; j++) {
        okrug_sum_add(&sum, a[j] * b[j]);
    }
    return okrug_sum_value(&sum);
}

static double imports_of(const okrug_satellite_case *c, const intensities *e, int64_t account, int64_t k) {
    if (e->world == NULL) {
        return NAN;
    }
    const double *world = e->world + account * c->n;
    return product(world, c->demand + k * c->n, c->n) - product(e->total + account * c->n, c->demand + k * c->n, c->n) +
           product(world, c->import_demand + k * c->n, c->n);
}

/* ---- Output ---- */

static okrug_status set_numbers(okrug_table *table, int first, int64_t row, const double *numbers, int count,
                                okrug_reason reason) {
    for (int k = 0; k < count; k++) {
        OKRUG_TRY(okrug_set_number_or(table, first + k, row, numbers[k], reason));
    }
    return OKRUG_OK;
}

static double consumption_of(const okrug_satellite_case *c, const intensities *e, int64_t account) {
    okrug_sum sum = {0};
    for (int64_t k = 0; k < c->categories; k++) {
        okrug_sum_add(&sum, product(e->total + account * c->n, c->demand + k * c->n, c->n));
        okrug_sum_add(&sum, c->direct[account * c->categories + k]);
    }
    return okrug_sum_value(&sum);
}

static okrug_status write_demand(const okrug_satellite_case *c, const intensities *e, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[DEMAND], OKRUG_UNIT_NONE, c->accounts * c->categories, &table));
    for (int64_t account = 0; account < c->accounts; account++) {
        double all = consumption_of(c, e, account);
        for (int64_t k = 0; k < c->categories; k++) {
            int64_t row = account * c->categories + k;
            double home = product(e->total + account * c->n, c->demand + k * c->n, c->n), direct = c->direct[row];
            double numbers[] = {home, direct, all == 0.0 ? NAN : (home + direct) / all};
            OKRUG_TRY(okrug_result_text(table, 0, row, c->account[account]));
            OKRUG_TRY(okrug_result_text(table, 1, row, c->category[k]));
            OKRUG_TRY(okrug_result_text(table, 2, row, c->unit[account]));
            OKRUG_TRY(set_numbers(table, 3, row, numbers, OKRUG_COUNT_OF(numbers), OKRUG_ZERO_TOTAL));
            OKRUG_TRY(okrug_set_number_or(table, 6, row, imports_of(c, e, account, k), OKRUG_NOT_COLLECTED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const okrug_satellite_case *c, const intensities *e, okrug_dataset *result) {
    int64_t n = c->n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], OKRUG_UNIT_NONE, c->accounts * n, &table));
    for (int64_t row = 0; row < c->accounts * n; row++) {
        int64_t account = row / n, j = row % n;
        okrug_sum demand = {0};
        for (int64_t k = 0; k < c->categories; k++) {
            okrug_sum_add(&demand, c->demand[k * n + j]);
        }
        double numbers[] = {c->value[row], e->total[row] * okrug_sum_value(&demand), e->intensity[row], e->total[row]};
        OKRUG_TRY(okrug_result_text(table, 0, row, c->account[account]));
        OKRUG_TRY(okrug_result_text(table, 1, row, c->io.code[j]));
        OKRUG_TRY(okrug_result_text(table, 2, row, c->unit[account]));
        OKRUG_TRY(set_numbers(table, 3, row, numbers, OKRUG_COUNT_OF(numbers), OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 7, row, e->world == NULL ? NAN : e->world[row], OKRUG_NOT_COLLECTED));
    }
    return OKRUG_OK;
}

static okrug_status write_balance(okrug_ctx *ctx, const okrug_satellite_case *c, const intensities *e,
                                  okrug_dataset *result) {
    int64_t off = 0;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[BALANCE], OKRUG_UNIT_NONE, c->accounts, &table));
    for (int64_t account = 0; account < c->accounts; account++) {
        okrug_sum made = {0}, imports = {0};
        for (int64_t j = 0; j < c->n; j++) {
            okrug_sum_add(&made, c->value[account * c->n + j]);
        }
        for (int64_t k = 0; k < c->categories; k++) {
            okrug_sum_add(&made, c->direct[account * c->categories + k]);
            okrug_sum_add(&imports, e->world == NULL ? 0.0 : imports_of(c, e, account, k));
        }
        double production = okrug_sum_value(&made), consumption = consumption_of(c, e, account);
        double numbers[] = {production, consumption, production - consumption};
        off += fabs(production - consumption) > 1e-3 * fabs(production);
        OKRUG_TRY(okrug_result_text(table, 0, account, c->account[account]));
        OKRUG_TRY(okrug_result_text(table, 1, account, c->unit[account]));
        OKRUG_TRY(set_numbers(table, 2, account, numbers, OKRUG_COUNT_OF(numbers), OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 5, account, e->world == NULL ? NAN : okrug_sum_value(&imports),
                                      OKRUG_NOT_COLLECTED));
    }
    if (off > 0) {
        okrug_warn(ctx, "footprint-differs", NULL, "count", okrug_text_integer(ctx, off), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const footprint_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    const okrug_satellite_request request = {.io = {OKRUG_IO_REQUEST(job, p, primary)},
                                             .satellites = job->input[SATELLITES],
                                             .imports = job->input[IMPORTS]};
    okrug_satellite_case c;
    intensities e = {0};
    OKRUG_TRY(okrug_satellite_case_read(ctx, &request, &c));
    OKRUG_TRY(compute(ctx, &c, &e));
    OKRUG_TRY(write_demand(&c, &e, result));
    OKRUG_TRY(write_industries(&c, &e, result));
    return write_balance(ctx, &c, &e, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(footprint, "footprint", "O(industries^3 + accounts * industries^2)", "exact");
