/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * supply-use-update: supply and use tables brought to later totals together, by SUT-RAS; totals of products come out.
 */
#include <math.h>

#include <okrug/numeric.h>

#include "analyses/io_table.h"
#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/supply_update_case.h"
#include "analyses/supply_update_cut.h"
#include "analyses/totals.h"

static const okrug_role table_roles[] = {OKRUG_IO_ROLES};
static const okrug_role total_roles[] = {OKRUG_TOTAL_ROLES};
enum { INPUT, USE, IMPORTS, SUPPLY_TOTALS, USE_TOTALS, VALUE_ADDED };
#define TABLE_INPUT(name, required)                                                                                    \
    { name, OKRUG_SHAPE_INPUT_OUTPUT, required, false, table_roles, OKRUG_COUNT_OF(table_roles) }
#define TOTALS_INPUT(name, required)                                                                                   \
    { name, OKRUG_SHAPE_TIDY, required, false, total_roles, OKRUG_COUNT_OF(total_roles) }
static const okrug_input inputs[] = {
    [INPUT] = TABLE_INPUT("input", true),
    [USE] = TABLE_INPUT("use", true),
    [IMPORTS] = TABLE_INPUT("imports-table", false),
    [SUPPLY_TOTALS] = TOTALS_INPUT("supply-totals", true),
    [USE_TOTALS] = TOTALS_INPUT("use-totals", false),
    [VALUE_ADDED] = TOTALS_INPUT("value-added-totals", false),
};

#define SUPPLY_USE_UPDATE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                               \
    TEXT(labels, "labels")                                                                                             \
    TEXTS(leave_out, "leave-out")                                                                                      \
    REAL(tolerance, "tolerance", 1e-10, 1e-12, 0.01, RATIO)                                                            \
    INTEGER(iterations, "iterations", 10000, 1, 10000000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SUPPLY_USE_UPDATE_PARAMETERS)
} supply_use_update_parameters;
#define OKRUG_PARAMETERS supply_use_update_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SUPPLY_USE_UPDATE_PARAMETERS)};

static const okrug_output_column supply_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "v_ij = v0_ij t_j / r_i; where v0_ij < 0: v0_ij r_i / t_j"},
};
static const okrug_output_column use_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN,
     "u_ik = d0_ik r_i s_k + e0_ik q_i s_k; cells below 0 are divided by the same factors"},
};
static const okrug_output_column import_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_ik = e0_ik q_i s_k; where e0_ik < 0: e0_ik / (q_i s_k)"},
};
static const okrug_output_column product_columns[] = {
    {"product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"supply_before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_j v0_ij"},
    {"supply", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_j v_ij"},
    {"growth", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "supply / supply_before"},
    {"imports_before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_k e0_ik"},
    {"imports", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_k e_ik"},
    {"use_before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_k u0_ik"},
    {"use", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_k u_ik"},
    {"difference", OKRUG_NUMBER, OKRUG_UNIT_OWN, "supply + imports - use"},
};
static const okrug_output_column factor_columns[] = {
    {"side", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"code", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum before"},
    {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum after; given but for products"},
    {"factor", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "r_i, q_i, s_k, t_j; r is 1 on average, weighted by supply before"},
};
static const okrug_output_column summary_columns[] = {
    {"iterations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rounds over products and columns"},
    {"deviation", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max |sum - total| / max(|total|, sum of |x|)"},
    {"total_before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of the use table"},
    {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of supply totals = sum of use totals"},
    {"growth_low", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min growth of a product"},
    {"growth_high", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max growth of a product"},
};
enum { SUPPLY_TABLE, USE_TABLE, IMPORTS_TABLE, PRODUCTS, FACTORS, SUMMARY };
static const okrug_output outputs[] = {
    [SUPPLY_TABLE] = {"supply", supply_columns, OKRUG_COUNT_OF(supply_columns)},
    [USE_TABLE] = {"use", use_columns, OKRUG_COUNT_OF(use_columns)},
    [IMPORTS_TABLE] = {"imports", import_columns, OKRUG_COUNT_OF(import_columns)},
    [PRODUCTS] = {"products", product_columns, OKRUG_COUNT_OF(product_columns)},
    [FACTORS] = {"factors", factor_columns, OKRUG_COUNT_OF(factor_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Temurshoev, U., Timmer, M. P. (2011). Joint estimation of supply and use tables. Papers in Regional Science "
    "90(4).",
    "United Nations (2018). Handbook on Supply and Use Tables and Input-Output Tables with Extensions and "
    "Applications. Series F 74, Rev. 1. Chapter 18.",
    "Temurshoev, U., Miller, R. E., Bouwmeester, M. C. (2013). A note on the GRAS method. Economic Systems Research "
    "25(3).",
    NULL,
};

/* ---- The update ---- */

/* Whoever is not there after so many rounds is first asked whether there is an answer at all. */
enum { FIRST_ROUNDS = 50 };

typedef struct {
    okrug_balance_problem problem;
    okrug_balance_state state;
    double *supply, *use, *imports;
} update;

/* r c, s / c, t c give the same tables: r is made 1 on average, weighted by what was supplied. */
static void normalise(const okrug_supply_use_update *t, update *u) {
    okrug_sum weight = {0}, weighted = {0};
    for (int64_t i = 0; i < t->products; i++) {
        double supply = fabs(okrug_sum_of(t->supply + i * t->suppliers, t->suppliers, 1));
        if (u->state.r[i] > 0.0) {
            okrug_sum_add(&weight, supply);
            okrug_sum_add(&weighted, supply * u->state.r[i]);
        }
    }
    double mean = okrug_sum_value(&weighted) / okrug_sum_value(&weight);
    if (!(mean > 0.0) || isinf(mean)) {
        return;
    }
    for (int64_t i = 0; i < u->problem.rows; i++) {
        u->state.r[i] /= mean;
    }
    for (int64_t j = 0; j < u->problem.columns; j++) {
        u->state.s[j] *= mean;
    }
}

static okrug_status solve(okrug_ctx *ctx, const supply_use_update_parameters *p, const okrug_supply_update_case *c,
                          update *u) {
    const okrug_supply_use_update *t = &c->tables;
    OKRUG_TRY(okrug_supply_use_stack(ctx, t, &u->problem));
    int64_t m = u->problem.rows, n = u->problem.columns,
            first = p->iterations < FIRST_ROUNDS ? p->iterations : FIRST_ROUNDS;
    u->state = (okrug_balance_state){.r = OKRUG_SCRATCH(ctx, m, double), .s = OKRUG_SCRATCH(ctx, n, double)};
    u->supply = OKRUG_SCRATCH(ctx, t->products * t->suppliers, double);
    u->use = OKRUG_SCRATCH(ctx, t->products * t->users, double);
    u->imports = t->imports == NULL ? NULL : OKRUG_SCRATCH(ctx, t->products * t->users, double);
    double *x = OKRUG_SCRATCH(ctx, m * n, double);
    if (u->state.r == NULL || u->state.s == NULL || u->supply == NULL || u->use == NULL || x == NULL ||
        (t->imports != NULL && u->imports == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < n; j++) {
        u->state.s[j] = 1.0;
    }
    OKRUG_TRY(okrug_balance(ctx, &u->problem, p->tolerance, first, &u->state));
    if (!u->state.converged) {
        OKRUG_TRY(okrug_supply_update_check(ctx, c, &u->problem));
        OKRUG_TRY(okrug_balance(ctx, &u->problem, p->tolerance, p->iterations, &u->state));
    }
    if (!u->state.converged) {
        return okrug_fail(ctx, OKRUG_NOT_CONVERGED, "balance-not-converged", NULL, "iterations",
                          okrug_text_integer(ctx, u->state.rounds), "deviation",
                          okrug_text_number(ctx, u->state.deviation), (char *)NULL);
    }
    normalise(t, u);
    okrug_balanced(&u->problem, &u->state, x);
    okrug_supply_use_unstack(t, x, u->supply, u->use, u->imports);
    return OKRUG_OK;
}

/* ---- Results ---- */

static okrug_status set_cell(okrug_table *table, int64_t row, const char *from, const char *to, double value) {
    OKRUG_TRY(okrug_result_text(table, 0, row, from));
    OKRUG_TRY(okrug_result_text(table, 1, row, to));
    return okrug_set_number_or(table, 2, row, value, OKRUG_UNDEFINED);
}

static okrug_status write_cells(const okrug_supply_update_case *c, const double *cells, const char **code,
                                int64_t columns, okrug_table *table) {
    for (int64_t cell = 0; cells != NULL && cell < c->tables.products * columns; cell++) {
        OKRUG_TRY(set_cell(table, cell, c->product[cell / columns], code[cell % columns], cells[cell]));
    }
    return OKRUG_OK;
}

/* Use has a row more: what output leaves the industries after what they buy. */
static okrug_status write_tables(const okrug_supply_update_case *c, const update *u, okrug_dataset *result) {
    const okrug_supply_use_update *t = &c->tables;
    int64_t used = t->products * t->users, industries = 0;
    for (int64_t k = 0; k < t->users; k++) {
        industries += c->output_of[k] >= 0;
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[SUPPLY_TABLE], OKRUG_UNIT_NONE, t->products * t->suppliers, &table));
    OKRUG_TRY(write_cells(c, u->supply, c->supplier, t->suppliers, table));
    OKRUG_TRY(okrug_result_table(result, &outputs[USE_TABLE], OKRUG_UNIT_NONE, used + industries, &table));
    OKRUG_TRY(write_cells(c, u->use, c->user, t->users, table));
    for (int64_t k = 0, row = used; k < t->users; k++) {
        if (c->output_of[k] >= 0) {
            double rest = t->supply_total[c->output_of[k]] - t->use_total[k];
            OKRUG_TRY(set_cell(table, row++, "primary-inputs", c->user[k], rest));
        }
    }
    OKRUG_TRY(
        okrug_result_table(result, &outputs[IMPORTS_TABLE], OKRUG_UNIT_NONE, u->imports == NULL ? 0 : used, &table));
    return write_cells(c, u->imports, c->user, t->users, table);
}

typedef struct {
    double supply[2], imports[2], use[2]; /* before, after */
} product_sums;

static product_sums sums_of(const okrug_supply_use_update *t, const update *u, int64_t i) {
    product_sums of = {0};
    const double *supply[] = {t->supply, u->supply}, *use[] = {t->use, u->use}, *imports[] = {t->imports, u->imports};
    for (int k = 0; k < 2; k++) {
        of.supply[k] = okrug_sum_of(supply[k] + i * t->suppliers, t->suppliers, 1);
        of.use[k] = okrug_sum_of(use[k] + i * t->users, t->users, 1);
        of.imports[k] = imports[k] == NULL ? 0.0 : okrug_sum_of(imports[k] + i * t->users, t->users, 1);
    }
    return of;
}

typedef struct {
    double low, high;
} range;

static okrug_status write_products(const okrug_supply_update_case *c, const update *u, range *growth,
                                   okrug_dataset *result) {
    const okrug_supply_use_update *t = &c->tables;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[PRODUCTS], OKRUG_UNIT_NONE, t->products, &table));
    for (int64_t i = 0; i < t->products; i++) {
        product_sums of = sums_of(t, u, i);
        double grown = of.supply[0] == 0.0 ? NAN : of.supply[1] / of.supply[0];
        growth->low = fmin(growth->low, grown);
        growth->high = fmax(growth->high, grown);
        bool apart = t->imports != NULL;
        const double cell[] = {of.supply[0],
                               of.supply[1],
                               grown,
                               apart ? of.imports[0] : NAN,
                               apart ? of.imports[1] : NAN,
                               of.use[0],
                               of.use[1],
                               of.supply[1] + of.imports[1] - of.use[1]};
        OKRUG_TRY(okrug_result_text(table, 0, i, c->product[i]));
        for (int k = 0; k < OKRUG_COUNT_OF(cell); k++) {
            OKRUG_TRY(okrug_set_number_or(table, 1 + k, i, cell[k], k == 2 ? OKRUG_ZERO_TOTAL : OKRUG_NOT_COLLECTED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_factor(okrug_table *table, int64_t *row, const char *side, const char *code, double before,
                                 double total, double factor) {
    OKRUG_TRY(okrug_result_text(table, 0, *row, side));
    OKRUG_TRY(okrug_result_text(table, 1, *row, code));
    OKRUG_TRY(okrug_set_number_or(table, 2, *row, before, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, 3, *row, total, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, 4, *row, factor == 0.0 ? NAN : factor, OKRUG_ZERO_TOTAL));
    (*row)++;
    return OKRUG_OK;
}

static double inverse(double factor) {
    return factor == 0.0 ? 0.0 : 1.0 / factor;
}

static okrug_status write_factors(const okrug_supply_update_case *c, const update *u, okrug_dataset *result) {
    const okrug_supply_use_update *t = &c->tables;
    const double *r = u->state.r, *s = u->state.s;
    int64_t row = 0, apart = t->imports != NULL;
    okrug_table *table = NULL;
    OKRUG_TRY(
        okrug_result_table(result, &outputs[FACTORS], OKRUG_UNIT_NONE, u->problem.rows + u->problem.columns, &table));
    double imported = apart ? okrug_sum_of(t->imports, t->products * t->users, 1) : 0.0;
    for (int64_t i = 0; i < t->products; i++) {
        product_sums of = sums_of(t, u, i);
        OKRUG_TRY(write_factor(table, &row, "product", c->product[i], of.supply[0], of.supply[1], r[i]));
    }
    for (int64_t i = 0; i < apart * t->products; i++) {
        product_sums of = sums_of(t, u, i);
        OKRUG_TRY(write_factor(table, &row, "imported-product", c->product[i], of.imports[0], of.imports[1],
                               r[t->products + i]));
    }
    for (int64_t k = 0; k < t->users; k++) {
        OKRUG_TRY(write_factor(table, &row, "use", c->user[k], okrug_sum_of(t->use + k, t->products, t->users),
                               t->use_total[k], s[k]));
    }
    for (int64_t j = 0; j < t->suppliers; j++) {
        OKRUG_TRY(write_factor(table, &row, "supply", c->supplier[j],
                               okrug_sum_of(t->supply + j, t->products, t->suppliers), t->supply_total[j],
                               inverse(s[t->users + j])));
    }
    return apart ? write_factor(table, &row, "supply", OKRUG_IMPORTS_CODE, imported, t->import_total,
                                inverse(s[t->users + t->suppliers]))
                 : OKRUG_OK;
}

static okrug_status write_summary(const okrug_supply_use_update *t, const update *u, const range *growth,
                                  okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[SUMMARY], OKRUG_UNIT_NONE, 1, &table));
    const double cell[] = {(double)u->state.rounds,
                           u->state.deviation,
                           okrug_sum_of(t->use, t->products * t->users, 1),
                           okrug_sum_of(t->use_total, t->users, 1),
                           growth->low,
                           growth->high};
    for (int k = 0; k < OKRUG_COUNT_OF(cell); k++) {
        OKRUG_TRY(okrug_set_number_or(table, k, 0, cell[k], OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const supply_use_update_parameters *p = job->parameters;
    const okrug_supply_update_request request = {.supply = job->input[INPUT],
                                                 .use = job->input[USE],
                                                 .imports = job->input[IMPORTS],
                                                 .supply_totals = job->input[SUPPLY_TOTALS],
                                                 .use_totals = job->input[USE_TOTALS],
                                                 .value_added = job->input[VALUE_ADDED],
                                                 .labels = p->labels,
                                                 .leave_out = p->leave_out};
    okrug_supply_update_case c;
    update u = {0};
    range growth = {NAN, NAN};
    OKRUG_TRY(okrug_supply_update_read(ctx, &request, &c));
    OKRUG_TRY(solve(ctx, p, &c, &u));
    OKRUG_TRY(write_tables(&c, &u, result));
    OKRUG_TRY(write_products(&c, &u, &growth, result));
    OKRUG_TRY(write_factors(&c, &u, result));
    return write_summary(&c.tables, &u, &growth, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(supply_use_update, "supply-use-update", "O(iterations * products * (users + suppliers))",
                             "exact");
