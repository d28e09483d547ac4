/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Presence: location quotients and whether they reach the threshold, in one pass.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/concentration.h>

#include "kernels/concentration/wide.h"
#include "rows.h"

typedef struct {
    const okrug_wide *wide;
    int64_t regions, products;
    const double *value, *region_total, *share; /* share: NaN where no quotient has a value */
    double threshold;
    double *rca, *presence;
} quotients;

static okrug_status quotients_tile(void *user, int64_t tile) {
    const quotients *s = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < s->regions ? from + OKRUG_ROWS : s->regions;
    for (int64_t r = from; r < to; r++) {
        double total = s->region_total[r] > 0.0 ? s->region_total[r] : (double)NAN;
        s->wide->quotients(s->products, s->value + r * s->products, total, s->share, s->threshold,
                           s->rca + r * s->products, s->presence + r * s->products);
    }
    return OKRUG_OK;
}

okrug_status okrug_presence(okrug_ctx *ctx, int64_t regions, int64_t products, const double *value, double threshold,
                            double *rca, double *presence) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *total = OKRUG_SCRATCH(ctx, regions + 1, double), *share = OKRUG_SCRATCH(ctx, products + 1, double);
    okrug_status status = total == NULL || share == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_lq_totals(ctx, regions, products, value, NULL, total, share);
    }
    if (status == OKRUG_OK) {
        for (int64_t p = 0; p < products; p++) {
            share[p] = share[p] > 0.0 ? share[p] : (double)NAN;
        }
        quotients s = {okrug_widest(), regions, products, value, total, share, threshold, rca, presence};
        status = okrug_parallel(ctx, (regions + OKRUG_ROWS - 1) / OKRUG_ROWS, quotients_tile, &s);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
