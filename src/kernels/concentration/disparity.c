/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indices of a value per head, weighted by population, and Theil's index by groups.
 */
#include <math.h>
#include <stdbool.h>

#include <okrug/concentration.h>
#include <okrug/disparity.h>
#include <okrug/numeric.h>

/* Regions that have weight, in the order of their groups. */
typedef struct {
    int64_t n;
    double *y, *population, *amount; /* amount: population times y */
    int64_t *start;                  /* groups + 1: where each group begins */
} ordered;

static okrug_status order_by_group(okrug_ctx *ctx, const okrug_disparity_input *in, ordered *out) {
    int64_t groups = in->groups > 0 ? in->groups : 1;
    int64_t *next = OKRUG_SCRATCH_ZERO(ctx, groups + 1, int64_t);
    *out = (ordered){0, OKRUG_SCRATCH(ctx, in->regions, double), OKRUG_SCRATCH(ctx, in->regions, double),
                     OKRUG_SCRATCH(ctx, in->regions, double), OKRUG_SCRATCH_ZERO(ctx, groups + 1, int64_t)};
    if (next == NULL || out->y == NULL || out->population == NULL || out->amount == NULL || out->start == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < in->regions; r++) {
        if (in->population == NULL || in->population[r] > 0.0) {
            out->start[(in->groups > 0 ? in->group[r] : 0) + 1]++;
            out->n++;
        }
    }
    for (int64_t g = 0; g < groups; g++) {
        out->start[g + 1] += out->start[g];
        next[g] = out->start[g];
    }
    for (int64_t r = 0; r < in->regions; r++) {
        double population = in->population == NULL ? 1.0 : in->population[r];
        if (population > 0.0) {
            int64_t k = next[in->groups > 0 ? in->group[r] : 0]++;
            out->y[k] = in->value[r];
            out->population[k] = population;
            out->amount[k] = population * in->value[r];
        }
    }
    return OKRUG_OK;
}

static bool all_equal(const double *y, int64_t n) {
    for (int64_t k = 1; k < n; k++) {
        if (y[k] != y[0]) {
            return false;
        }
    }
    return true;
}

/* Theil's index of the regions from `from` to before `to`; NaN where their value is 0. */
static double theil_of(const ordered *regions, int64_t from, int64_t to) {
    if (to > from && regions->y[from] > 0.0 && all_equal(regions->y + from, to - from)) {
        return 0.0;
    }
    return okrug_theil(to - from, regions->amount + from, regions->population + from);
}

static okrug_status split(okrug_ctx *ctx, const ordered *regions, int64_t groups, double value, double population,
                          okrug_disparity_indices *indices, okrug_disparity_group *group) {
    okrug_sum between = {0};
    okrug_sum within = {0};
    bool equal = all_equal(regions->y, regions->n);
    for (int64_t g = 0; g < groups; g++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        int64_t from = regions->start[g];
        int64_t to = regions->start[g + 1];
        okrug_disparity_group one = {
            .population_share = okrug_sum_of(regions->population + from, to - from, 1) / population,
            .value_share = okrug_sum_of(regions->amount + from, to - from, 1) / value,
            .theil = theil_of(regions, from, to),
        };
        if (one.value_share > 0.0) {
            one.between = equal ? 0.0 : one.value_share * log(one.value_share / one.population_share);
            one.within = one.value_share * one.theil;
        }
        okrug_sum_add(&between, one.between);
        okrug_sum_add(&within, one.within);
        if (group != NULL) {
            group[g] = one;
        }
    }
    indices->between = fmax(0.0, okrug_sum_value(&between));
    indices->within = okrug_sum_value(&within);
    indices->theil = indices->between + indices->within;
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const okrug_disparity_input *in, okrug_disparity_indices *out,
                            okrug_disparity_group *group) {
    ordered regions = {0};
    double *work = OKRUG_SCRATCH(ctx, 2 * in->regions, double);
    if (work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(order_by_group(ctx, in, &regions));
    int64_t n = regions.n;
    double population = okrug_sum_of(regions.population, n, 1);
    double value = okrug_sum_of(regions.amount, n, 1);
    if (!(population > 0.0)) {
        return OKRUG_OK;
    }
    bool equal = all_equal(regions.y, n);
    out->mean = equal ? regions.y[0] : value / population;
    if (!(value > 0.0)) {
        return OKRUG_OK;
    }
    okrug_sum squares = {0};
    for (int64_t k = 0; k < n; k++) {
        double difference = regions.y[k] / out->mean - 1.0;
        okrug_sum_add(&squares, regions.population[k] / population * difference * difference);
    }
    out->williamson = sqrt(okrug_sum_value(&squares));
    out->hoover = equal ? 0.0 : okrug_krugman(n, regions.amount, regions.population) / 2.0;
    out->gini = okrug_gini_in(n, regions.y, regions.population, work);
    if (in->groups > 0) {
        return split(ctx, &regions, in->groups, value, population, out, group);
    }
    out->theil = theil_of(&regions, 0, n);
    return OKRUG_OK;
}

okrug_status okrug_disparity(okrug_ctx *ctx, const okrug_disparity_input *input, okrug_disparity_indices *indices,
                             okrug_disparity_group *group) {
    double none = (double)NAN;
    *indices = (okrug_disparity_indices){none, none, none, none, none, none, none};
    for (int64_t g = 0; group != NULL && g < input->groups; g++) {
        group[g] = (okrug_disparity_group){none, none, none, none, none};
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = compute(ctx, input, indices, group);
    okrug_scratch_reset(ctx, mark);
    return status;
}
