/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * propagation: what a sudden loss of capacity does to all industries day by day, with stocks (ARIO), and how far that
 * depends on the stocks assumed.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/shock_case.h"

static const okrug_role concordance_roles[] = {OKRUG_CONCORDANCE_ROLES};
static const okrug_role shock_roles[] = {OKRUG_SHOCK_ROLES};
static const okrug_role stock_roles[] = {OKRUG_STOCK_ROLES};
enum { INPUT, SHOCK, STOCKS, PRODUCTS, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [SHOCK] = {"shock", OKRUG_SHAPE_TIDY, true, false, shock_roles, OKRUG_COUNT_OF(shock_roles)},
    [STOCKS] = {"inventories", OKRUG_SHAPE_TIDY, false, false, stock_roles, OKRUG_COUNT_OF(stock_roles)},
    [PRODUCTS] = {"products", OKRUG_SHAPE_TIDY, false, false, concordance_roles, OKRUG_COUNT_OF(concordance_roles)},
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

#define PROPAGATION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    INTEGER(days, "days", 365, 1, 3650, NONE)                                                                          \
    OKRUG_SHOCK_PARAMETERS(REAL, TEXTS)                                                                                \
    CHOICE(band, "inventory-band", "quarter-to-fourfold|none")

typedef struct {
    OKRUG_PARAMETER_FIELDS(PROPAGATION_PARAMETERS)
} propagation_parameters;
#define OKRUG_PARAMETERS propagation_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(PROPAGATION_PARAMETERS)};

static const okrug_output_column day_columns[] = {
    {"day", OKRUG_NUMBER, OKRUG_UNIT_NONE, NULL},
    {"industry_or_firm", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"output", OKRUG_NUMBER, OKRUG_UNIT_OWN, "per day: min(demand, capacity) min(1, stock / needed)"},
    {"stock_days", OKRUG_NUMBER, OKRUG_UNIT_NONE, "days the scarcest input lasts at the normal pace"},
    {"loss", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_i / 365 - output"},
};
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"loss", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of the days; below 0: more was made than normal"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "loss / normal output of those days"},
    {"value_added", OKRUG_NUMBER, OKRUG_UNIT_OWN, "loss v_i / x_i"},
    {"unmet", OKRUG_NUMBER, OKRUG_UNIT_OWN, "final demand not met"},
    {"lowest", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "least daily output / normal"},
    {"lowest_day", OKRUG_NUMBER, OKRUG_UNIT_NONE, NULL},
    {"recovered_day", OKRUG_NUMBER, OKRUG_UNIT_NONE, "first day after which output stays above 0.99 of normal"},
};
static const okrug_output_column total_columns[] = {
    {"day", OKRUG_NUMBER, OKRUG_UNIT_NONE, NULL},
    {"output", OKRUG_NUMBER, OKRUG_UNIT_OWN, NULL},
    {"loss", OKRUG_NUMBER, OKRUG_UNIT_OWN, NULL},
    {"loss_low", OKRUG_NUMBER, OKRUG_UNIT_OWN, "least over the inventories of the band"},
    {"loss_high", OKRUG_NUMBER, OKRUG_UNIT_OWN, "greatest over the inventories of the band"},
};
static const okrug_output_column band_columns[] = {
    {"inventories", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "all stocks times this"},
    {"loss", OKRUG_NUMBER, OKRUG_UNIT_OWN, "of all industries and days"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "loss / normal output of those days"},
    {"value_added", OKRUG_NUMBER, OKRUG_UNIT_OWN, NULL},
    {"unmet", OKRUG_NUMBER, OKRUG_UNIT_OWN, "final demand not met"},
    {"lowest", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "least daily output / normal"},
    {"lowest_day", OKRUG_NUMBER, OKRUG_UNIT_NONE, NULL},
};
enum { DAYS, INDUSTRIES, TOTAL, BAND };
static const okrug_output outputs[] = {
    [DAYS] = {"days", day_columns, OKRUG_COUNT_OF(day_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [TOTAL] = {"total", total_columns, OKRUG_COUNT_OF(total_columns)},
    [BAND] = {"band", band_columns, OKRUG_COUNT_OF(band_columns)},
};

static const char *const references[] = {
    "Hallegatte, S. (2008). An adaptive regional input-output model and its application to the assessment of the "
    "economic "
    "cost of Katrina. Risk Analysis 28(3).",
    "Hallegatte, S. (2013). Modeling the role of inventories and heterogeneity in the assessment of the economic costs "
    "of "
    "natural disasters. Risk Analysis 34(1).",
    "Juhel, S. (2024). BoARIO: a Python package implementing the ARIO indirect economic cost model. Journal of Open "
    "Source Software 9(99).",
    NULL,
};

/* ---- Runs: the stocks asked for, and others ---- */

static const double factor[] = {1.0, 0.25, 0.5, 2.0, 4.0};
enum { RUNS = 5 };

typedef struct {
    okrug_ctx *ctx;
    const okrug_shock_case *shock;
    int64_t days;
    int runs;
    double *stocks[RUNS], *memory[RUNS], *made[RUNS], *unmet[RUNS];
    double *cover; /* days x n: of the first run */
} runs;

static okrug_status one_run(void *user, int64_t which) {
    const runs *all = user;
    okrug_ario_rules rules = all->shock->rules;
    rules.stock_days = all->stocks[which];
    return okrug_ario(all->ctx, &all->shock->economy, &rules, &all->shock->shock, all->days, all->memory[which],
                      all->made[which], which == 0 ? all->cover : NULL, all->unmet[which]);
}

static okrug_status run_all(okrug_ctx *ctx, const okrug_shock_case *shock, int64_t days, bool band, runs *all) {
    const okrug_ario_economy *e = &shock->economy;
    *all = (runs){.ctx = ctx, .shock = shock, .days = days, .runs = band ? RUNS : 1};
    all->cover = OKRUG_SCRATCH(ctx, days * e->n, double);
    for (int r = 0; r < all->runs; r++) {
        all->stocks[r] = OKRUG_SCRATCH(ctx, e->products, double);
        all->memory[r] = OKRUG_SCRATCH(ctx, okrug_ario_memory(e), double);
        all->made[r] = OKRUG_SCRATCH(ctx, days * e->n, double);
        all->unmet[r] = OKRUG_SCRATCH(ctx, e->n, double);
        if (all->cover == NULL || all->stocks[r] == NULL || all->memory[r] == NULL || all->made[r] == NULL ||
            all->unmet[r] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t p = 0; p < e->products; p++) {
            all->stocks[r][p] = factor[r] * shock->rules.stock_days[p];
        }
    }
    return okrug_parallel(ctx, all->runs, one_run, all);
}

/* With short stocks ARIO falls into a spiral of rationing that no economy was seen in: said, not hidden. */
static void warn_of_collapse(okrug_ctx *ctx, const runs *all) {
    int64_t n = all->shock->economy.n;
    for (int r = 0; r < all->runs; r++) {
        double made = okrug_sum_of(all->made[r] + (all->days - 1) * n, n, 1);
        if (made < 0.5 * okrug_sum_of(all->shock->normal, n, 1)) {
            okrug_warn(ctx, "economy-collapses", NULL, "inventories", okrug_text_number(ctx, factor[r]), (char *)NULL);
        }
    }
}

/* ---- Output ---- */

static okrug_status set_numbers(okrug_table *table, int first, int64_t row, const double *numbers, int count,
                                okrug_reason reason) {
    for (int c = 0; c < count; c++) {
        OKRUG_TRY(okrug_set_number_or(table, first + c, row, numbers[c], reason));
    }
    return OKRUG_OK;
}

static double normal_of(const runs *all, int64_t i) {
    return all->shock->normal[i];
}

static okrug_status write_days(const runs *all, okrug_dataset *result) {
    int64_t n = all->shock->economy.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[DAYS], OKRUG_UNIT_NONE, all->days * n, &table));
    for (int64_t day = 0; day < all->days; day++) {
        for (int64_t i = 0; i < n; i++) {
            int64_t row = day * n + i;
            double numbers[] = {all->made[0][row], all->cover[row], normal_of(all, i) - all->made[0][row]};
            OKRUG_TRY(okrug_set_number(table, 0, row, (double)(day + 1)));
            OKRUG_TRY(okrug_result_text(table, 1, row, all->shock->io.code[i]));
            OKRUG_TRY(set_numbers(table, 2, row, numbers, OKRUG_COUNT_OF(numbers), OKRUG_NOT_APPLICABLE));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const runs *all, okrug_dataset *result) {
    int64_t n = all->shock->economy.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], OKRUG_UNIT_NONE, n, &table));
    for (int64_t i = 0; i < n; i++) {
        double normal = normal_of(all, i), lowest = INFINITY;
        int64_t lowest_day = 0, below_until = 0;
        okrug_sum loss = {0};
        for (int64_t day = 0; day < all->days; day++) {
            double made = all->made[0][day * n + i];
            okrug_sum_add(&loss, normal - made);
            lowest_day = made < lowest ? day + 1 : lowest_day;
            lowest = made < lowest ? made : lowest;
            below_until = made < 0.99 * normal ? day + 1 : below_until;
        }
        double lost = okrug_sum_value(&loss);
        OKRUG_TRY(okrug_result_text(table, 0, i, all->shock->io.code[i]));
        OKRUG_TRY(okrug_set_number(table, 1, i, lost));
        OKRUG_TRY(okrug_set_number_or(table, 2, i, lost / (normal * (double)all->days), OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(
            table, 3, i, all->shock->value_added == NULL ? NAN : lost * all->shock->value_added[i], OKRUG_NO_ROW));
        OKRUG_TRY(okrug_set_number(table, 4, i, all->unmet[0][i]));
        OKRUG_TRY(okrug_set_number_or(table, 5, i, lowest / normal, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, 6, i, (double)lowest_day));
        OKRUG_TRY(okrug_set_number_or(table, 7, i, below_until == all->days ? NAN : (double)below_until + 1.0,
                                      OKRUG_NO_BOUND));
    }
    return OKRUG_OK;
}

static double loss_of_day(const runs *all, int run, int64_t day) {
    okrug_sum loss = {0};
    for (int64_t i = 0; i < all->shock->economy.n; i++) {
        okrug_sum_add(&loss, normal_of(all, i) - all->made[run][day * all->shock->economy.n + i]);
    }
    return okrug_sum_value(&loss);
}

static okrug_status write_total(const runs *all, double normal, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TOTAL], OKRUG_UNIT_NONE, all->days, &table));
    for (int64_t day = 0; day < all->days; day++) {
        double central = loss_of_day(all, 0, day), low = central, high = central;
        for (int r = 1; r < all->runs; r++) {
            double loss = loss_of_day(all, r, day);
            low = fmin(low, loss);
            high = fmax(high, loss);
        }
        double numbers[] = {(double)(day + 1), normal - central, central, all->runs > 1 ? low : NAN,
                            all->runs > 1 ? high : NAN};
        OKRUG_TRY(set_numbers(table, 0, day, numbers, OKRUG_COUNT_OF(numbers), OKRUG_NOT_APPLICABLE));
    }
    return OKRUG_OK;
}

static okrug_status write_band(const runs *all, double normal, okrug_dataset *result) {
    int64_t n = all->shock->economy.n;
    static const int order[RUNS] = {1, 2, 0, 3, 4}; /* by factor */
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[BAND], OKRUG_UNIT_NONE, all->runs, &table));
    for (int row = 0; row < all->runs; row++) {
        int r = all->runs == 1 ? 0 : order[row];
        okrug_sum loss = {0}, value_added = {0};
        double worst = -INFINITY;
        int64_t worst_day = 0;
        for (int64_t day = 0; day < all->days; day++) {
            double of_day = loss_of_day(all, r, day);
            okrug_sum_add(&loss, of_day);
            worst_day = of_day > worst ? day + 1 : worst_day;
            worst = fmax(worst, of_day);
            for (int64_t i = 0; all->shock->value_added != NULL && i < n; i++) {
                okrug_sum_add(&value_added,
                              (normal_of(all, i) - all->made[r][day * n + i]) * all->shock->value_added[i]);
            }
        }
        double lost = okrug_sum_value(&loss);
        double numbers[] = {factor[r], lost, lost / (normal * (double)all->days)};
        OKRUG_TRY(set_numbers(table, 0, row, numbers, OKRUG_COUNT_OF(numbers), OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(
            table, 3, row, all->shock->value_added == NULL ? NAN : okrug_sum_value(&value_added), OKRUG_NO_ROW));
        OKRUG_TRY(okrug_set_number(table, 4, row, okrug_sum_of(all->unmet[r], n, 1)));
        OKRUG_TRY(okrug_set_number_or(table, 5, row, 1.0 - worst / normal, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, 6, row, (double)worst_day));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const propagation_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    const okrug_shock_request request = {
        .io = {OKRUG_IO_REQUEST(job, p, primary)},
        .value_added = p->value_added,
        .shock = job->input[SHOCK],
        .inventories = job->input[STOCKS],
        .products = job->input[PRODUCTS],
        .options = OKRUG_SHOCK_OPTIONS(p),
    };
    okrug_shock_case shock = {0};
    runs all;
    OKRUG_TRY(okrug_shock_case_read(ctx, &request, &shock));
    double normal = okrug_sum_of(shock.normal, shock.economy.n, 1);
    if (!isfinite(normal * p->overproduction * (double)p->days)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "flows-too-large", &(okrug_place){.file = job->input[0]->file},
                          (char *)NULL);
    }
    OKRUG_TRY(run_all(ctx, &shock, p->days, p->band == 0, &all));
    OKRUG_TRY(write_days(&all, result));
    OKRUG_TRY(write_industries(&all, result));
    OKRUG_TRY(write_total(&all, normal, result));
    OKRUG_TRY(write_band(&all, normal, result));
    warn_of_collapse(ctx, &all);
    okrug_warn(ctx, "shock-depends-on-stocks", NULL, (char *)NULL);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(propagation, "propagation", "O(runs * days * industries^2)", "exact");
