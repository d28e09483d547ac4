/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * supply-use: supply and use tables to a symmetric input-output table at basic prices, imports apart.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/supply_use.h>

#include "analyses/io_table.h"
#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/supply_case.h"

static const okrug_role table_roles[] = {OKRUG_IO_ROLES};
enum { INPUT, USE, MARGINS, TAXES, IMPORTS };
#define TABLE_INPUT(name, required)                                                                                    \
    { name, OKRUG_SHAPE_INPUT_OUTPUT, required, false, table_roles, OKRUG_COUNT_OF(table_roles) }
static const okrug_input inputs[] = {
    [INPUT] = TABLE_INPUT("input", true),
    [USE] = TABLE_INPUT("use", true),
    [MARGINS] = TABLE_INPUT("margins-table", false),
    [TAXES] = TABLE_INPUT("taxes-table", false),
    [IMPORTS] = TABLE_INPUT("imports-table", false),
};

enum { AS_FLOWS, AS_COEFFICIENTS };
#define SUPPLY_USE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    CHOICE(model, "model", "fixed-product-sales|industry-technology|product-technology|fixed-industry-sales")          \
    CHOICE(as, "as", "flows|coefficients")                                                                             \
    TEXT(labels, "labels")                                                                                             \
    TEXTS(final_demand, "final-demand")                                                                                \
    TEXTS(value_added, "value-added")                                                                                  \
    TEXTS(margins, "margins")                                                                                          \
    TEXTS(taxes, "taxes")                                                                                              \
    TEXTS(imports, "imports")                                                                                          \
    TEXTS(exports, "exports")                                                                                          \
    TEXTS(untaxed, "untaxed")                                                                                          \
    TEXTS(leave_out, "leave-out")

typedef struct {
    OKRUG_PARAMETER_FIELDS(SUPPLY_USE_PARAMETERS)
} supply_use_parameters;
#define OKRUG_PARAMETERS supply_use_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SUPPLY_USE_PARAMETERS)};
/* By place of the choice. */
static const okrug_symmetric_model model_of_choice[] = {OKRUG_MODEL_D, OKRUG_MODEL_B, OKRUG_MODEL_A, OKRUG_MODEL_C};

static const okrug_output_column table_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN,
     "A: U V'^-1 q^; B: U g^-1 V; C: g^ V'^-1 U; D: V q^-1 U; U at basic prices without imports"},
};
static const okrug_output_column product_columns[] = {
    {"product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"supply", OKRUG_NUMBER, OKRUG_UNIT_OWN, "q_i: made here, at basic prices"},
    {"imports", OKRUG_NUMBER, OKRUG_UNIT_OWN, NULL},
    {"margins", OKRUG_NUMBER, OKRUG_UNIT_OWN, "below 0: provides them"},
    {"taxes", OKRUG_NUMBER, OKRUG_UNIT_OWN, "less subsidies"},
    {"use_purchasers", OKRUG_NUMBER, OKRUG_UNIT_OWN, "row of the use table as given"},
    {"use_basic", OKRUG_NUMBER, OKRUG_UNIT_OWN, "at basic prices, without imports"},
    {"difference", OKRUG_NUMBER, OKRUG_UNIT_OWN, "supply - use_basic"},
    {"import_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of use at basic prices, where imports are taken to reach"},
    {"margin_rate", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "margins / use_purchasers"},
    {"tax_rate", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "taxes / use_purchasers"},
};
static const okrug_output_column negative_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "z_ij < 0"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "z_ij / x_j"},
};
enum { TABLE, PRODUCTS, NEGATIVES };
static const okrug_output outputs[] = {
    [TABLE] = {"table", table_columns, OKRUG_COUNT_OF(table_columns)},
    [PRODUCTS] = {"products", product_columns, OKRUG_COUNT_OF(product_columns)},
    [NEGATIVES] = {"negatives", negative_columns, OKRUG_COUNT_OF(negative_columns)},
};

static const char *const references[] = {
    "Eurostat (2008). Eurostat Manual of Supply, Use and Input-Output Tables. Luxembourg.",
    "United Nations (2018). Handbook on Supply and Use Tables and Input-Output Tables with Extensions and "
    "Applications. "
    "Series F 74, Rev. 1.",
    "Kop Jansen, P., ten Raa, T. (1990). The choice of model in the construction of input-output coefficients "
    "matrices. "
    "International Economic Review 31(1).",
    NULL,
};

/* ---- The symmetric table ---- */

typedef struct {
    okrug_symmetric table;
    const char **code;   /* n */
    const char **row;    /* of primary inputs: imports, taxes, then those named */
    double *primary_use; /* w x users */
    int64_t primaries;
} symmetric_case;

static okrug_status add_primary_rows(okrug_ctx *ctx, const okrug_supply_case *d, symmetric_case *s) {
    const okrug_supply_tables *t = &d->tables;
    int64_t most = t->primaries + 2;
    s->row = OKRUG_SCRATCH(ctx, most, const char *);
    s->primary_use = OKRUG_SCRATCH(ctx, most * t->users, double);
    if (s->row == NULL || s->primary_use == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (d->has_import) {
        s->row[s->primaries] = "imports";
        memcpy(s->primary_use + t->users * s->primaries++, d->imports_bought, (size_t)t->users * sizeof(double));
    }
    if (d->has_tax) {
        s->row[s->primaries] = "taxes-on-products";
        memcpy(s->primary_use + t->users * s->primaries++, d->taxes_paid, (size_t)t->users * sizeof(double));
    }
    for (int64_t k = 0; k < t->primaries; k++) {
        s->row[s->primaries] = t->primary[k];
        memcpy(s->primary_use + t->users * s->primaries++, t->primary_use + k * t->users,
               (size_t)t->users * sizeof(double));
    }
    return OKRUG_OK;
}

static okrug_status transform(okrug_ctx *ctx, const okrug_supply_case *d, okrug_symmetric_model model,
                              symmetric_case *s) {
    const okrug_supply_tables *t = &d->tables;
    bool by_product = model == OKRUG_MODEL_A || model == OKRUG_MODEL_B;
    int64_t n = by_product ? t->products : t->industries;
    OKRUG_TRY(add_primary_rows(ctx, d, s));
    s->code = by_product ? t->product : t->industry;
    s->table = (okrug_symmetric){.n = n,
                                 .flow = OKRUG_SCRATCH(ctx, n * n, double),
                                 .demand = OKRUG_SCRATCH(ctx, n * t->categories + 1, double),
                                 .primary = OKRUG_SCRATCH(ctx, n * s->primaries + 1, double),
                                 .output = OKRUG_SCRATCH(ctx, n, double)};
    if (s->table.flow == NULL || s->table.demand == NULL || s->table.primary == NULL || s->table.output == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_supply_use from = {t->products, t->industries, t->categories, s->primaries,
                                   t->supply,   t->use,        s->primary_use};
    return okrug_symmetric_table(ctx, &from, model, &s->table);
}

/* ---- Output ---- */

static okrug_status add_cell(okrug_table *table, int64_t *row, const char *from, const char *to, double value) {
    OKRUG_TRY(okrug_result_text(table, 0, *row, from));
    OKRUG_TRY(okrug_result_text(table, 1, *row, to));
    OKRUG_TRY(okrug_set_number_or(table, 2, *row, value, OKRUG_UNDEFINED));
    (*row)++;
    return OKRUG_OK;
}

static double per_output(double value, double output, bool coefficients) {
    return !coefficients ? value : output == 0.0 ? 0.0 : value / output;
}

static okrug_status write_table(const okrug_supply_case *d, const symmetric_case *s, bool coefficients,
                                okrug_dataset *result) {
    const okrug_supply_tables *t = &d->tables;
    int64_t n = s->table.n, c = coefficients ? 0 : t->categories, w = s->primaries, row = 0;
    const double *x = s->table.output;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TABLE], OKRUG_UNIT_NONE, (n + w) * (n + c) + n, &table));
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            OKRUG_TRY(add_cell(table, &row, s->code[i], s->code[j],
                               per_output(s->table.flow[i * n + j], x[j], coefficients)));
        }
        for (int64_t k = 0; k < c; k++) {
            OKRUG_TRY(add_cell(table, &row, s->code[i], t->category[k], s->table.demand[i * c + k]));
        }
    }
    for (int64_t i = 0; i < w; i++) {
        for (int64_t j = 0; j < n; j++) {
            OKRUG_TRY(add_cell(table, &row, s->row[i], s->code[j],
                               per_output(s->table.primary[i * n + j], x[j], coefficients)));
        }
        for (int64_t k = 0; k < c; k++) {
            OKRUG_TRY(
                add_cell(table, &row, s->row[i], t->category[k], s->primary_use[i * t->users + t->industries + k]));
        }
    }
    for (int64_t j = 0; j < n; j++) {
        OKRUG_TRY(add_cell(table, &row, "output", s->code[j], coefficients ? 1.0 : x[j]));
    }
    return OKRUG_OK;
}

static okrug_status write_products(const okrug_supply_case *d, okrug_dataset *result) {
    const okrug_supply_tables *t = &d->tables;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[PRODUCTS], OKRUG_UNIT_NONE, t->products, &table));
    for (int64_t i = 0; i < t->products; i++) {
        double made = okrug_sum_of(t->supply + i * t->industries, t->industries, 1);
        double used = okrug_sum_of(t->use + i * t->users, t->users, 1);
        double whole = d->purchasers[i] == 0.0 ? NAN : d->purchasers[i];
        const struct {
            double value;
            bool known;
        } cell[] = {{made, true},
                    {d->imports[i], d->has_import},
                    {d->margin[i], d->has_margin},
                    {d->tax[i], d->has_tax},
                    {d->purchasers[i], true},
                    {used, true},
                    {made - used, true},
                    {d->share[i], d->has_import},
                    {d->margin[i] / whole, d->has_margin},
                    {d->tax[i] / whole, d->has_tax}};
        OKRUG_TRY(okrug_result_text(table, 0, i, t->product[i]));
        for (int c = 0; c < OKRUG_COUNT_OF(cell); c++) {
            OKRUG_TRY(okrug_set_number_or(table, 1 + c, i, cell[c].known ? cell[c].value : NAN,
                                          cell[c].known ? OKRUG_ZERO_TOTAL : OKRUG_NOT_COLLECTED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_negatives(okrug_ctx *ctx, const symmetric_case *s, okrug_dataset *result) {
    int64_t n = s->table.n, count = 0;
    okrug_sum below = {0}, all = {0};
    for (int64_t cell = 0; cell < n * n; cell++) {
        okrug_sum_add(&all, fabs(s->table.flow[cell]));
        if (s->table.flow[cell] < 0.0) {
            okrug_sum_add(&below, -s->table.flow[cell]);
            count++;
        }
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[NEGATIVES], OKRUG_UNIT_NONE, count, &table));
    int64_t row = 0;
    for (int64_t cell = 0; cell < n * n; cell++) {
        double value = s->table.flow[cell], output = s->table.output[cell % n];
        if (value < 0.0) {
            OKRUG_TRY(okrug_set_number_or(table, 3, row, output == 0.0 ? NAN : value / output, OKRUG_ZERO_TOTAL));
            OKRUG_TRY(add_cell(table, &row, s->code[cell / n], s->code[cell % n], value));
        }
    }
    if (count > 0) {
        okrug_warn(ctx, "negative-flows", NULL, "count", okrug_text_integer(ctx, count), "percent",
                   okrug_text(ctx, "%.2g", 100.0 * okrug_sum_value(&below) / okrug_sum_value(&all)), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const supply_use_parameters *p = job->parameters;
    const okrug_supply_request request = {.supply = job->input[INPUT],
                                          .use = job->input[USE],
                                          .margins = job->input[MARGINS],
                                          .taxes = job->input[TAXES],
                                          .imports = job->input[IMPORTS],
                                          .labels = p->labels,
                                          .final_demand = p->final_demand,
                                          .value_added = p->value_added,
                                          .margin_columns = p->margins,
                                          .tax_columns = p->taxes,
                                          .import_columns = p->imports,
                                          .exports = p->exports,
                                          .untaxed = p->untaxed,
                                          .leave_out = p->leave_out};
    okrug_supply_case d = {0};
    symmetric_case s = {0};
    OKRUG_TRY(okrug_supply_case_read(ctx, &request, &d));
    OKRUG_TRY(transform(ctx, &d, model_of_choice[p->model], &s));
    OKRUG_TRY(write_table(&d, &s, p->as == AS_COEFFICIENTS, result));
    OKRUG_TRY(write_products(&d, result));
    return write_negatives(ctx, &s, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(supply_use, "supply-use", "O(products * industries * (products + industries))", "exact");
