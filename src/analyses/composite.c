/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * composite: several indicators as one, the place of each region by it, and how far that place depends on how the
 * composite was made.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>
#include <okrug/transitions.h>

#include "analyses/composite_scores.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"indicator", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_role plan_roles[] = {OKRUG_COMPOSITE_PLAN_ROLES};
enum { INPUT, INDICATORS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [INDICATORS] = {"indicators", OKRUG_SHAPE_TIDY, false, false, plan_roles, OKRUG_COUNT_OF(plan_roles)},
};

#define COMPOSITE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(outliers, "outliers", "winsorise|keep")                                                                     \
    CHOICE(normalise, "normalise", "minmax|z|rank")                                                                    \
    CHOICE(weighting, "weighting", "equal|given|principal|benefit")                                                    \
    CHOICE(aggregate, "aggregate", "arithmetic|geometric")                                                             \
    CHOICE(basis, "basis", "period|pooled")                                                                            \
    CHOICE(missing, "missing", "leave|average")                                                                        \
    REAL(floor, "floor", 0.01, 0.000001, 0.5, NONE)                                                                    \
    REAL(weight_least, "weight-least", 0.05, 0, 1, SHARE)                                                              \
    REAL(weight_most, "weight-most", 0.4, 0, 1, SHARE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(COMPOSITE_PARAMETERS)
} composite_parameters;
#define OKRUG_PARAMETERS composite_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(COMPOSITE_PARAMETERS)};
static const char *const outliers_codes[] = {"winsorise", "keep"};
static const char *const normalise_codes[] = {"minmax", "z", "rank"};
static const char *const weighting_codes[] = {"equal", "given", "principal", "benefit"};
static const char *const aggregate_codes[] = {"arithmetic", "geometric"};
static const char *const choice_names[OKRUG_CHOICES] = {"outliers", "normalise", "weighting", "aggregate"};

enum { REGION, PERIOD, SCORE, RANK, RANK_LO, RANK_HI, RANK_MEDIAN, RANK_LEAST, RANK_MOST, FILLED };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [SCORE] = {"score", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_i w_i y_i, prod_i y_i^w_i, or max_w w'y"},
    [RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 for the highest score; equal ones share"},
    [RANK_LO] = {"rank_lo", OKRUG_NUMBER, OKRUG_UNIT_RANK, "5th percentile over all combinations of choices"},
    [RANK_HI] = {"rank_hi", OKRUG_NUMBER, OKRUG_UNIT_RANK, "95th percentile over all combinations of choices"},
    [RANK_MEDIAN] = {"rank_median", OKRUG_NUMBER, OKRUG_UNIT_RANK, "median over all combinations of choices"},
    [RANK_LEAST] = {"rank_least", OKRUG_NUMBER, OKRUG_UNIT_RANK, "best place over all combinations"},
    [RANK_MOST] = {"rank_most", OKRUG_NUMBER, OKRUG_UNIT_RANK, "worst place over all combinations"},
    [FILLED] = {"filled", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "indicators that are missing"},
};
enum { K_PERIOD, OUTLIERS, NORMALISE, WEIGHTING, AGGREGATE, AGREEMENT, SHIFT };
static const okrug_output_column combination_columns[] = {
    [K_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [OUTLIERS] = {"outliers", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NORMALISE] = {"normalise", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [WEIGHTING] = {"weighting", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [AGGREGATE] = {"aggregate", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [AGREEMENT] = {"agreement", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "Spearman's correlation with the ranks chosen"},
    [SHIFT] = {"shift", OKRUG_NUMBER, OKRUG_UNIT_RANK, "mean |rank - rank chosen|"},
};
enum { C_PERIOD, CHOICE, LEVELS, ALONE, TOTAL };
static const okrug_output_column choice_columns[] = {
    [C_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CHOICE] = {"choice", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [LEVELS] = {"levels", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "ways to choose"},
    [ALONE] = {"alone", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r Var(E[rank | choice]) / sum_r Var(rank)"},
    [TOTAL] = {"total", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r E[Var(rank | all others)] / sum_r Var(rank)"},
};
enum {
    INDICATOR,
    I_PERIOD,
    DIRECTION,
    GROUP,
    I_REGIONS,
    MEAN,
    DEVIATION,
    SKEWNESS,
    KURTOSIS,
    ALTERED,
    SKEWNESS_AFTER,
    KURTOSIS_AFTER,
    EQUAL,
    GIVEN,
    PRINCIPAL
};
static const okrug_output_column indicator_columns[] = {
    [INDICATOR] = {"indicator", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [I_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [DIRECTION] = {"direction", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [I_REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with a value"},
    [MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_NONE, "sum x / n"},
    [DEVIATION] = {"deviation", OKRUG_NUMBER, OKRUG_UNIT_NONE, "sqrt(sum (x - mean)^2 / n)"},
    [SKEWNESS] = {"skewness", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "G1, of a sample"},
    [KURTOSIS] = {"kurtosis", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "G2, of a sample, above the normal's"},
    [ALTERED] = {"altered", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "outliers brought in"},
    [SKEWNESS_AFTER] = {"skewness_after", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "G1 after that"},
    [KURTOSIS_AFTER] = {"kurtosis_after", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "G2 after that"},
    [EQUAL] = {"weight_equal", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 / groups / members"},
    [GIVEN] = {"weight_given", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "weight / sum of weights"},
    [PRINCIPAL] = {"weight_principal", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_(c: lambda_c >= 1) lambda_c v_ic^2, of 1"},
};
enum { O_INDICATOR, O_PERIOD, O_REGION, O_VALUE, O_REPLACED };
static const okrug_output_column outlier_columns[] = {
    [O_INDICATOR] = {"indicator", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_NONE, "x"},
    [O_REPLACED] = {"replaced_by", OKRUG_NUMBER, OKRUG_UNIT_NONE, "the next value further in"},
};
enum { REGIONS_TABLE, CHOICES_TABLE, COMBINATIONS_TABLE, INDICATORS_TABLE, OUTLIERS_TABLE };
static const okrug_output outputs[] = {
    [REGIONS_TABLE] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [CHOICES_TABLE] = {"choices", choice_columns, OKRUG_COUNT_OF(choice_columns)},
    [COMBINATIONS_TABLE] = {"combinations", combination_columns, OKRUG_COUNT_OF(combination_columns)},
    [INDICATORS_TABLE] = {"indicators", indicator_columns, OKRUG_COUNT_OF(indicator_columns)},
    [OUTLIERS_TABLE] = {"outliers", outlier_columns, OKRUG_COUNT_OF(outlier_columns)},
};

static const char *const references[] = {
    "OECD, JRC (2008). Handbook on constructing composite indicators: methodology and user guide. OECD.",
    "Cherchye, L., Moesen, W., Rogge, N., Van Puyenbroeck, T. (2007). An introduction to 'benefit of the doubt' "
    "composite indicators. Social Indicators Research 82.",
    "Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the "
    "quality assessment of composite indicators. Journal of the Royal Statistical Society A 168(2).",
    NULL,
};

enum { GRAIN_REGIONS, GRAIN_INDICATORS };
static const okrug_grain grain[] = {
    [GRAIN_REGIONS] = {"regions", 5, OKRUG_UNIT_COUNT},
    [GRAIN_INDICATORS] = {"indicators", 2, OKRUG_UNIT_COUNT},
};

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static int rising(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static okrug_status write_regions(okrug_ctx *ctx, const okrug_composite *c, int64_t chosen, okrug_table *table) {
    enum { TWENTIETHS = 20 };
    int64_t n = c->cube.regions;
    int64_t cells = c->cube.periods * n;
    double bound[TWENTIETHS - 1];
    double *place = OKRUG_SCRATCH(ctx, c->combinations, double);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        okrug_reason why = (okrug_reason)c->reason[cell];
        OKRUG_TRY(okrug_result_text(table, REGION, cell, c->cube.region[cell % n]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, cell, c->cube.period[cell / n]));
        OKRUG_TRY(okrug_set_number(table, FILLED, cell, (double)c->filled[cell]));
        for (int column = SCORE; why != OKRUG_PRESENT && column <= RANK_MOST; column++) {
            OKRUG_TRY(okrug_set_missing(table, column, cell, why));
        }
        if (why != OKRUG_PRESENT) {
            continue;
        }
        for (int64_t k = 0; k < c->combinations; k++) {
            place[k] = c->place[k * cells + cell];
        }
        qsort(place, (size_t)c->combinations, sizeof *place, rising);
        okrug_quantile_bounds(c->combinations, place, TWENTIETHS, bound);
        OKRUG_TRY(okrug_set_number(table, SCORE, cell, c->score[chosen * cells + cell]));
        OKRUG_TRY(okrug_set_number(table, RANK, cell, c->place[chosen * cells + cell]));
        OKRUG_TRY(okrug_set_number(table, RANK_LO, cell, bound[0]));
        OKRUG_TRY(okrug_set_number(table, RANK_HI, cell, bound[TWENTIETHS - 2]));
        OKRUG_TRY(okrug_set_number(table, RANK_MEDIAN, cell, bound[TWENTIETHS / 2 - 1]));
        OKRUG_TRY(okrug_set_number(table, RANK_LEAST, cell, place[0]));
        OKRUG_TRY(okrug_set_number(table, RANK_MOST, cell, place[c->combinations - 1]));
    }
    return OKRUG_OK;
}

/* The places of the regions of period t that have some: combinations x count, and which of them is chosen. */
static okrug_status gather(okrug_ctx *ctx, const okrug_composite *c, int64_t t, double **place, int64_t *count) {
    int64_t n = c->cube.regions;
    *count = 0;
    *place = OKRUG_SCRATCH(ctx, c->combinations * n, double);
    if (*place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < n; r++) {
        *count += c->reason[t * n + r] == OKRUG_PRESENT;
    }
    for (int64_t k = 0, at = 0; k < c->combinations; k++) {
        for (int64_t r = 0; r < n; r++) {
            if (c->reason[t * n + r] == OKRUG_PRESENT) {
                (*place)[at++] = c->place[(k * c->cube.periods + t) * n + r];
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status write_choices(const okrug_composite *c, int64_t t, int64_t n, const double *place,
                                  okrug_table *table) {
    double alone[OKRUG_CHOICES];
    double total[OKRUG_CHOICES];
    okrug_place_shares(n, OKRUG_CHOICES, c->levels, place, alone, total);
    for (int i = 0; i < OKRUG_CHOICES; i++) {
        int64_t row = t * OKRUG_CHOICES + i;
        OKRUG_TRY(okrug_result_text(table, C_PERIOD, row, c->cube.period[t]));
        OKRUG_TRY(okrug_result_text(table, CHOICE, row, choice_names[i]));
        OKRUG_TRY(okrug_set_number(table, LEVELS, row, (double)c->levels[i]));
        OKRUG_TRY(okrug_set_number_or(table, ALONE, row, alone[i], OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, TOTAL, row, total[i], OKRUG_CONSTANT));
    }
    return OKRUG_OK;
}

static void agree(int64_t n, const double *a, const double *b, double *correlation, double *shift) {
    okrug_sum sums[4] = {0};
    double middle = ((double)n + 1.0) / 2.0; /* the mean of any places */
    for (int64_t r = 0; r < n; r++) {
        okrug_sum_add(&sums[0], (a[r] - middle) * (b[r] - middle));
        okrug_sum_add(&sums[1], (a[r] - middle) * (a[r] - middle));
        okrug_sum_add(&sums[2], (b[r] - middle) * (b[r] - middle));
        okrug_sum_add(&sums[3], fabs(a[r] - b[r]));
    }
    double scale = sqrt(okrug_sum_value(&sums[1]) * okrug_sum_value(&sums[2]));
    *correlation = scale > 0.0 ? okrug_sum_value(&sums[0]) / scale : (double)NAN;
    *shift = n > 0 ? okrug_sum_value(&sums[3]) / (double)n : (double)NAN;
}

static okrug_status write_combinations(const okrug_composite *c, int64_t t, int64_t chosen, int64_t n,
                                       const double *place, okrug_table *table) {
    for (int64_t k = 0; k < c->combinations; k++) {
        int64_t row = t * c->combinations + k;
        int64_t weighing = k / 2 % c->levels[OKRUG_CHOICE_WEIGHTING];
        int64_t normalise = k / 2 / c->levels[OKRUG_CHOICE_WEIGHTING] % 3;
        double correlation;
        double shift;
        agree(n, place + k * n, place + chosen * n, &correlation, &shift);
        OKRUG_TRY(okrug_result_text(table, K_PERIOD, row, c->cube.period[t]));
        OKRUG_TRY(okrug_result_text(table, OUTLIERS, row, outliers_codes[k / (c->combinations / 2)]));
        OKRUG_TRY(okrug_result_text(table, NORMALISE, row, normalise_codes[normalise]));
        OKRUG_TRY(okrug_result_text(table, WEIGHTING, row, weighting_codes[c->weighings[weighing]]));
        OKRUG_TRY(okrug_result_text(table, AGGREGATE, row, aggregate_codes[k % 2]));
        OKRUG_TRY(okrug_set_number_or(table, AGREEMENT, row, correlation, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, SHIFT, row, shift, OKRUG_NO_ROW));
    }
    return OKRUG_OK;
}

static okrug_status write_indicators(const okrug_composite *c, const composite_parameters *p, okrug_table *table) {
    int64_t m = c->cube.things;
    for (int64_t row = 0; row < c->bases.count * m; row++) {
        const okrug_composite_indicator *about = &c->indicator[row];
        int64_t i = row % m;
        int64_t of = ((p->outliers * 3 + p->normalise) * c->bases.count + row / m) * m + i;
        bool any = about->regions > 0;
        double none = (double)NAN;
        OKRUG_TRY(okrug_result_text(table, INDICATOR, row, c->cube.thing[i]));
        OKRUG_TRY(okrug_result_text(table, I_PERIOD, row, p->basis == 1 ? NULL : c->cube.period[row / m]));
        OKRUG_TRY(okrug_result_text(table, DIRECTION, row, c->plan.higher[i] ? "higher" : "lower"));
        OKRUG_TRY(okrug_result_text(table, GROUP, row, c->plan.group[i]));
        OKRUG_TRY(okrug_set_number(table, I_REGIONS, row, (double)about->regions));
        OKRUG_TRY(okrug_set_number_or(table, MEAN, row, any ? about->mean : none, OKRUG_NO_ROW));
        OKRUG_TRY(okrug_set_number_or(table, DEVIATION, row, any ? about->deviation : none, OKRUG_NO_ROW));
        OKRUG_TRY(okrug_set_number_or(table, SKEWNESS, row, any ? about->skewness : none, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, KURTOSIS, row, any ? about->kurtosis : none, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number(table, ALTERED, row, (double)about->altered));
        OKRUG_TRY(okrug_set_number_or(table, SKEWNESS_AFTER, row, any ? about->skewness_after : none, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, KURTOSIS_AFTER, row, any ? about->kurtosis_after : none, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number(table, EQUAL, row, c->plan.equal[i]));
        OKRUG_TRY(okrug_set_number_or(table, GIVEN, row, c->plan.given == NULL ? none : c->plan.given[i],
                                      OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, PRINCIPAL, row, any ? c->principal[of] : none, OKRUG_NO_ROW));
    }
    return OKRUG_OK;
}

static okrug_status write_outliers(const okrug_composite *c, okrug_table *table) {
    for (int64_t row = 0; row < c->outliers; row++) {
        const okrug_composite_outlier *one = &c->outlier[row];
        OKRUG_TRY(okrug_result_text(table, O_INDICATOR, row, c->cube.thing[one->thing]));
        OKRUG_TRY(okrug_result_text(table, O_PERIOD, row, c->cube.period[one->cell / c->cube.regions]));
        OKRUG_TRY(okrug_result_text(table, O_REGION, row, c->cube.region[one->cell % c->cube.regions]));
        OKRUG_TRY(okrug_set_number(table, O_VALUE, row, one->value));
        OKRUG_TRY(okrug_set_number(table, O_REPLACED, row, one->replaced_by));
    }
    return OKRUG_OK;
}

/* ---- Run -------------------------------------------------------------------------------------------------------- */

static okrug_status check(okrug_ctx *ctx, const okrug_job *job, const okrug_composite *c) {
    const composite_parameters *p = job->parameters;
    okrug_place place = {.file = job->input[INPUT]->file};
    double m = (double)c->cube.things;
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)c->cube.regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_INDICATORS], m, &place));
    if (p->weight_least * m > 1.0 + 1e-12 || p->weight_most * m < 1.0 - 1e-12) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "weight-bounds-impossible", NULL, "least",
                          okrug_text_number(ctx, p->weight_least), "most", okrug_text_number(ctx, p->weight_most),
                          "indicators", okrug_text_number(ctx, m), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status choose(okrug_ctx *ctx, const composite_parameters *p, const okrug_composite *c, int64_t *chosen) {
    int64_t level[OKRUG_CHOICES] = {p->outliers, p->normalise, -1, p->aggregate};
    for (int64_t k = 0; k < c->levels[OKRUG_CHOICE_WEIGHTING]; k++) {
        level[OKRUG_CHOICE_WEIGHTING] = c->weighings[k] == p->weighting ? k : level[OKRUG_CHOICE_WEIGHTING];
    }
    if (level[OKRUG_CHOICE_WEIGHTING] < 0) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "needs-weights", NULL, (char *)NULL);
    }
    *chosen = okrug_composite_at(c, level);
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const composite_parameters *p = job->parameters;
    const char *file = job->input[INPUT]->file;
    const okrug_composite_choices choices = {p->missing == 1, p->basis == 1, p->floor, p->weight_least, p->weight_most};
    okrug_composite c = {0};
    int64_t chosen = 0;
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_cube_read(ctx, job->input[INPUT], "indicator", &c.cube));
    OKRUG_TRY(check(ctx, job, &c));
    OKRUG_TRY(okrug_composite_plan_read(ctx, job->input[INDICATORS], &c.cube, file, &c.plan));
    OKRUG_TRY(okrug_composite_make(ctx, file, &choices, &c));
    OKRUG_TRY(choose(ctx, p, &c, &chosen));
    const int64_t rows[] = {c.cube.periods * c.cube.regions, c.cube.periods * OKRUG_CHOICES,
                            c.cube.periods * c.combinations, c.bases.count * c.cube.things, c.outliers};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    OKRUG_TRY(write_regions(ctx, &c, chosen, table[REGIONS_TABLE]));
    for (int64_t t = 0; t < c.cube.periods; t++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        double *place = NULL;
        int64_t n = 0;
        OKRUG_TRY(gather(ctx, &c, t, &place, &n));
        OKRUG_TRY(write_choices(&c, t, n, place, table[CHOICES_TABLE]));
        OKRUG_TRY(write_combinations(&c, t, chosen, n, place, table[COMBINATIONS_TABLE]));
        okrug_scratch_reset(ctx, mark);
    }
    OKRUG_TRY(write_indicators(&c, p, table[INDICATORS_TABLE]));
    return write_outliers(&c, table[OUTLIERS_TABLE]);
}

OKRUG_ANALYSIS_WITH_GRAIN(composite, "composite", "O(6 * regions * (indicators^2 + one linear programme))");
