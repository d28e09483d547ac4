/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entropy of regions' structures, between groups of industries and within them.
 */
#include <math.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

/* part log2 (whole / part), 0 for nothing. */
static double term(double part, double whole) {
    return part > 0.0 ? part * log2(whole / part) : 0.0;
}

okrug_status okrug_variety(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value, int64_t groups,
                           const int64_t *group, const okrug_variety_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *share = OKRUG_SCRATCH(ctx, groups + 1, double);
    if (share == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        const double *row = value + r * industries;
        double total = okrug_sum_of(row, industries, 1);
        okrug_sum all = {0}, between = {0}, within = {0};
        for (int64_t g = 0; g < groups; g++) {
            share[g] = 0.0;
        }
        for (int64_t i = 0; i < industries; i++) {
            share[group[i]] += row[i] / total;
        }
        for (int64_t i = 0; i < industries; i++) {
            okrug_sum_add(&all, term(row[i] / total, 1.0));
            okrug_sum_add(&within, term(row[i] / total, share[group[i]]));
        }
        for (int64_t g = 0; g < groups; g++) {
            okrug_sum_add(&between, term(share[g], 1.0));
        }
        /* Rounding may leave a share a little above 1, and an entropy a little below 0. */
        bool some = total > 0.0;
        results->total[r] = some ? fmax(0.0, okrug_sum_value(&all)) : (double)NAN;
        results->unrelated[r] = some ? fmax(0.0, okrug_sum_value(&between)) : (double)NAN;
        results->related[r] = some ? fmax(0.0, okrug_sum_value(&within)) : (double)NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
