/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * multi-region: a national table and the regions' totals become a table of all regions, with trade by gravity; and
 * which part of each multiplier stays at home.
 */
#include <math.h>

#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/regions_model.h"
#include "analyses/result.h"

static const okrug_role concordance_roles[] = {OKRUG_CONCORDANCE_ROLES};
static const okrug_role output_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role distance_roles[] = {OKRUG_DISTANCE_ROLES};
static const okrug_role demand_roles[] = {OKRUG_REGION_DEMAND_ROLES};
static const okrug_role own_roles[] = {OKRUG_REGION_TABLE_ROLES};
static const okrug_role haul_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_NONE},
};
enum { INPUT, OUTPUTS, DISTANCES, DEMAND, TABLES, HAULS, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [OUTPUTS] = OKRUG_TIDY_INPUT("outputs", true, output_roles),
    [DISTANCES] = OKRUG_TIDY_INPUT("distances", true, distance_roles),
    [DEMAND] = OKRUG_TIDY_INPUT("demand", false, demand_roles),
    [TABLES] = OKRUG_TIDY_INPUT("tables", false, own_roles),
    [HAULS] = OKRUG_TIDY_INPUT("hauls", false, haul_roles),
    [CONCORDANCE] = OKRUG_TIDY_INPUT("concordance", false, concordance_roles),
};

enum { AS_FLOWS, AS_COEFFICIENTS, AS_NONE };
#define MULTI_REGION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                    \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXTS(exports, "exports")                                                                                          \
    CHOICE(decay, "trade-decay", "exponential|power")                                                                  \
    REAL(friction, "friction", 0, 0, 1e9, NONE)                                                                        \
    REAL(mean_haul, "mean-haul", 0, 0, 1e9, NONE)                                                                      \
    CHOICE(as, "as", "flows|coefficients|none")

typedef struct {
    OKRUG_PARAMETER_FIELDS(MULTI_REGION_PARAMETERS)
} multi_region_parameters;
#define OKRUG_PARAMETERS multi_region_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(MULTI_REGION_PARAMETERS)};

static const okrug_output_column table_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "T_i^rs a_ij^s x_j^s, T_i^rs = t_i^rs / sum over r"},
    {"from_region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"from_industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to_region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to_industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column multiplier_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"output", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "1' (I - TA)^-1, in all regions"},
    {"own", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "of that in the region itself"},
    {"spillover", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "output - own"},
    {"feedback", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "own - 1' (I - A^ss)^-1"},
    {"value_added", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "v' (I - TA)^-1, in all regions"},
    {"value_added_own", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "of that in the region itself"},
};
static const okrug_output_column trade_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"from_region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to_region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "A_r O_r B_s D_s f(c_rs)"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of what the region buys of it"},
};
static const okrug_output_column fit_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"friction", OKRUG_NUMBER, OKRUG_UNIT_NONE, "b of exp(-b c) or c^-b"},
    {"mean_haul", OKRUG_NUMBER, OKRUG_UNIT_NONE, "sum t c / sum t"},
    {"own_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of trade that stays in its region"},
};
static const okrug_output_column region_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"output", OKRUG_NUMBER, OKRUG_UNIT_OWN, "as given, scaled to the nation"},
    {"modelled", OKRUG_NUMBER, OKRUG_UNIT_OWN, "(I - TA)^-1 (T f + exports)"},
    {"sold", OKRUG_NUMBER, OKRUG_UNIT_OWN, "to other regions"},
    {"bought", OKRUG_NUMBER, OKRUG_UNIT_OWN, "from other regions"},
    {"exports", OKRUG_NUMBER, OKRUG_UNIT_OWN, NULL},
};
enum { TABLE, MULTIPLIERS, TRADE, FITS, REGIONS };
static const okrug_output outputs[] = {
    [TABLE] = {"table", table_columns, OKRUG_COUNT_OF(table_columns)},
    [MULTIPLIERS] = {"multipliers", multiplier_columns, OKRUG_COUNT_OF(multiplier_columns)},
    [TRADE] = {"trade", trade_columns, OKRUG_COUNT_OF(trade_columns)},
    [FITS] = {"fits", fit_columns, OKRUG_COUNT_OF(fit_columns)},
    [REGIONS] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
};

static const char *const references[] = {
    "Leontief, W., Strout, A. (1963). Multiregional input-output analysis. In: Barna, T. (ed.), Structural "
    "Interdependence and Economic Development. Macmillan.",
    "Wilson, A. G. (1970). Entropy in Urban and Regional Modelling. Pion.",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* ---- Output ---- */

typedef struct {
    const okrug_regions_case *rc;
    const okrug_regions_solution *s;
    const char **place; /* N: "region/industry" */
    const char **final; /* regions: "region/final-demand" */
} written;

static okrug_status add_flow(const written *w, okrug_table *table, const char *from, const char *to, double value,
                             const int64_t place[2]) {
    int64_t row = okrug_table_add_row(table, 0), n = w->rc->n;
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_result_text(table, 0, row, from));
    OKRUG_TRY(okrug_result_text(table, 1, row, to));
    OKRUG_TRY(okrug_set_number_or(table, 2, row, value, OKRUG_UNDEFINED));
    for (int k = 0; k < 2; k++) {
        bool known = place[k] >= 0;
        OKRUG_TRY(okrug_result_text(table, 3 + 2 * k, row, known ? w->rc->region[place[k] / n] : NULL));
        OKRUG_TRY(okrug_result_text(table, 4 + 2 * k, row, known ? w->rc->io.code[place[k] % n] : NULL));
    }
    return OKRUG_OK;
}

/* Only what is not 0: most of a large table is. */
static okrug_status write_table(const written *w, int as, okrug_dataset *result) {
    const okrug_regions_case *rc = w->rc;
    int64_t n = rc->n, regions = rc->regions, side = n * regions;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TABLE], OKRUG_UNIT_NONE, 0, &table));
    for (int64_t p = 0; as != AS_NONE && p < side; p++) {
        for (int64_t q = 0; q < side; q++) {
            double value = w->s->ta[p * side + q] * (as == AS_FLOWS ? w->s->x[q] : 1.0);
            if (value != 0.0) {
                OKRUG_TRY(add_flow(w, table, w->place[p], w->place[q], value, (int64_t[]){p, q}));
            }
        }
        for (int64_t s = 0; as == AS_FLOWS && s < regions; s++) {
            int64_t r = p / n, i = p % n;
            double value = w->s->shares[(i * regions + r) * regions + s] * rc->demand[s * n + i];
            if (value != 0.0) {
                OKRUG_TRY(add_flow(w, table, w->place[p], w->final[s], value, (int64_t[]){p, -1}));
            }
        }
        if (as == AS_FLOWS && rc->exports[p] != 0.0) {
            OKRUG_TRY(add_flow(w, table, w->place[p], "exports", rc->exports[p], (int64_t[]){p, -1}));
        }
    }
    for (int64_t q = 0; as != AS_NONE && q < side; q++) {
        double x = as == AS_FLOWS ? w->s->x[q] : 1.0;
        if (rc->value_added != NULL) {
            OKRUG_TRY(add_flow(w, table, "value-added", w->place[q], rc->value_added[q % n] * x, (int64_t[]){-1, q}));
        }
        OKRUG_TRY(add_flow(w, table, "output", w->place[q], x, (int64_t[]){-1, q}));
    }
    return OKRUG_OK;
}

static okrug_status write_multipliers(const written *w, okrug_dataset *result) {
    int64_t n = w->rc->n, side = n * w->rc->regions;
    const okrug_interregional_multipliers *m = &w->s->multipliers;
    bool both = w->rc->value_added != NULL;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[MULTIPLIERS], OKRUG_UNIT_NONE, side, &table));
    for (int64_t k = 0; k < side; k++) {
        double numbers[] = {m->total[k], m->own[k], m->total[k] - m->own[k], m->feedback[k], NAN, NAN};
        if (both) {
            numbers[4] = m->total[side + k];
            numbers[5] = m->own[side + k];
        }
        OKRUG_TRY(okrug_result_text(table, 0, k, w->rc->region[k / n]));
        OKRUG_TRY(okrug_result_text(table, 1, k, w->rc->io.code[k % n]));
        for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
            OKRUG_TRY(okrug_set_number_or(table, 2 + c, k, numbers[c], OKRUG_NO_ROW));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_trade(const okrug_regions_case *rc, const double *trade, const okrug_gravity_result *found,
                                const double *shares, okrug_dataset *result) {
    int64_t regions = rc->regions;
    okrug_table *table = NULL;
    okrug_table *fits = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TRADE], OKRUG_UNIT_NONE, 0, &table));
    OKRUG_TRY(okrug_result_table(result, &outputs[FITS], OKRUG_UNIT_NONE, rc->n, &fits));
    for (int64_t i = 0; i < rc->n; i++) {
        okrug_sum own = {0}, all = {0};
        for (int64_t cell = 0; cell < regions * regions; cell++) {
            double value = trade[i * regions * regions + cell];
            okrug_sum_add(&all, value);
            okrug_sum_add(&own, cell / regions == cell % regions ? value : 0.0);
            if (value <= 0.0) {
                continue;
            }
            int64_t row = okrug_table_add_row(table, 0);
            if (row < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_result_text(table, 0, row, rc->io.code[i]));
            OKRUG_TRY(okrug_result_text(table, 1, row, rc->region[cell / regions]));
            OKRUG_TRY(okrug_result_text(table, 2, row, rc->region[cell % regions]));
            OKRUG_TRY(okrug_set_number(table, 3, row, value));
            OKRUG_TRY(okrug_set_number(table, 4, row, shares[i * regions * regions + cell]));
        }
        double traded = okrug_sum_value(&all);
        OKRUG_TRY(okrug_result_text(fits, 0, i, rc->io.code[i]));
        OKRUG_TRY(okrug_set_number_or(fits, 1, i, traded > 0.0 ? found[i].friction : NAN, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(fits, 2, i, found[i].mean_haul, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(
            okrug_set_number_or(fits, 3, i, traded > 0.0 ? okrug_sum_value(&own) / traded : NAN, OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status write_regions(const written *w, const double *trade, okrug_dataset *result) {
    const okrug_regions_case *rc = w->rc;
    int64_t n = rc->n, regions = rc->regions;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[REGIONS], OKRUG_UNIT_NONE, regions, &table));
    for (int64_t r = 0; r < regions; r++) {
        okrug_sum sold = {0}, bought = {0};
        for (int64_t i = 0; i < n; i++) {
            const double *t = trade + i * regions * regions;
            for (int64_t s = 0; s < regions; s++) {
                okrug_sum_add(&sold, s == r ? 0.0 : t[r * regions + s]);
                okrug_sum_add(&bought, s == r ? 0.0 : t[s * regions + r]);
            }
        }
        double numbers[] = {okrug_sum_of(rc->output + r * n, n, 1), okrug_sum_of(w->s->x + r * n, n, 1),
                            okrug_sum_value(&sold), okrug_sum_value(&bought), okrug_sum_of(rc->exports + r * n, n, 1)};
        OKRUG_TRY(okrug_result_text(table, 0, r, rc->region[r]));
        for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
            OKRUG_TRY(okrug_set_number(table, 1 + c, r, numbers[c]));
        }
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const multi_region_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    const okrug_regions_request request = {
        .io = {OKRUG_IO_REQUEST(job, p, primary), .demand = &p->exports, .demand_count = 1},
        .exports = &p->exports,
        .value_added = &p->value_added,
        .outputs = job->input[OUTPUTS],
        .demand = job->input[DEMAND],
        .tables = job->input[TABLES],
        .distances = job->input[DISTANCES],
        .power = p->decay == 1};
    const okrug_trade_options options = {p->decay == 1 ? OKRUG_DECAY_POWER : OKRUG_DECAY_EXPONENTIAL, p->friction,
                                         p->mean_haul, job->input[HAULS]};
    okrug_regions_case rc;
    okrug_regions_solution solution = {0};
    double *trade = NULL;
    okrug_gravity_result *found = NULL;
    OKRUG_TRY(okrug_regions_case_read(ctx, &request, &rc));
    OKRUG_TRY(okrug_trade_find(ctx, &options, &rc, &trade, &found));
    OKRUG_TRY(okrug_regions_solve(ctx, &rc, trade, &solution));
    written w = {&rc, &solution, OKRUG_SCRATCH(ctx, rc.n * rc.regions, const char *),
                 OKRUG_SCRATCH(ctx, rc.regions, const char *)};
    if (w.place == NULL || w.final == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < rc.n * rc.regions; k++) {
        w.place[k] = okrug_text(ctx, "%s/%s", rc.region[k / rc.n], rc.io.code[k % rc.n]);
    }
    for (int64_t r = 0; r < rc.regions; r++) {
        w.final[r] = okrug_text(ctx, "%s/final-demand", rc.region[r]);
    }
    OKRUG_TRY(write_table(&w, p->as, result));
    OKRUG_TRY(write_multipliers(&w, result));
    OKRUG_TRY(write_trade(&rc, trade, found, solution.shares, result));
    return write_regions(&w, trade, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(multi_region, "multi-region", "O((regions * industries)^3)", "exact");
