/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far each industry's distribution over the regions is from a reference distribution.
 */
#include <okrug/concentration.h>
#include <okrug/numeric.h>

enum { TILES = 8, WORK = 3 }; /* each tile has its own memory: one distribution, and twice as much to sort in */

typedef struct {
    int64_t regions, industries;
    const double *value, *p;
    double *work; /* TILES x WORK x regions */
    const okrug_concentration_results *results;
} distributions;

static okrug_status some_industries(void *user, int64_t tile) {
    const distributions *d = user;
    double *x = d->work + tile * WORK * d->regions;
    for (int64_t i = d->industries * tile / TILES; i < d->industries * (tile + 1) / TILES; i++) {
        for (int64_t r = 0; r < d->regions; r++) {
            x[r] = d->value[r * d->industries + i];
        }
        d->results->gini[i] = okrug_locational_gini_in(d->regions, x, d->p, x + d->regions);
        d->results->hoover[i] = okrug_krugman(d->regions, x, d->p) / 2.0;
        d->results->theil[i] = okrug_theil(d->regions, x, d->p);
        d->results->herfindahl[i] = okrug_herfindahl(d->regions, x);
    }
    return OKRUG_OK;
}

okrug_status okrug_industry_concentration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                          const double *reference, const okrug_concentration_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *p = OKRUG_SCRATCH(ctx, regions, double);
    double *work = OKRUG_SCRATCH(ctx, TILES * WORK * regions, double);
    if (p == NULL || work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        p[r] = reference != NULL ? reference[r] : okrug_sum_of(value + r * industries, industries, 1);
    }
    distributions d = {regions, industries, value, p, work, results};
    okrug_status status = okrug_parallel(ctx, TILES, some_industries, &d);
    okrug_scratch_reset(ctx, mark);
    return status;
}
