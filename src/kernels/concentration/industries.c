/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far each industry's distribution over the regions is from a reference distribution.
 */
#include <okrug/concentration.h>
#include <okrug/numeric.h>

okrug_status okrug_industry_concentration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                          const double *reference, const okrug_concentration_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, regions, double);
    double *p = OKRUG_SCRATCH(ctx, regions, double);
    double *work = OKRUG_SCRATCH(ctx, regions, double);
    if (x == NULL || p == NULL || work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        p[r] = reference != NULL ? reference[r] : okrug_sum_of(value + r * industries, industries, 1);
    }
    for (int64_t i = 0; i < industries; i++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t r = 0; r < regions; r++) {
            x[r] = value[r * industries + i];
        }
        results->gini[i] = okrug_locational_gini_in(regions, x, p, work);
        results->hoover[i] = okrug_krugman(regions, x, p) / 2.0;
        results->theil[i] = okrug_theil(regions, x, p);
        results->herfindahl[i] = okrug_herfindahl(regions, x);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
