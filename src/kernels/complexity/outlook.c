/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Complexity outlook: what the products that a region lacks would bring.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "rows.h"

typedef struct {
    int64_t regions, products;
    const double *presence, *proximity, *density, *pci;
    double origin;
    double *coi, *cog;
} outlook;

/* sum_p density (1 - M) Q; NaN for a region that has nothing. */
static double outlook_of(const outlook *o, int64_t region) {
    okrug_sum sum = {0};
    bool any = false;
    for (int64_t p = 0; p < o->products; p++) {
        int64_t cell = region * o->products + p;
        any = any || o->presence[cell] > 0.0;
        /* A product related to none has no density; nothing leads to it. */
        if (o->presence[cell] == 0.0 && !isnan(o->pci[p]) && !isnan(o->density[cell])) {
            okrug_sum_add(&sum, o->density[cell] * (o->pci[p] + o->origin));
        }
    }
    return any ? okrug_sum_value(&sum) : (double)NAN;
}

static okrug_status gains(okrug_ctx *ctx, const outlook *o, const double *left_out) {
    double *reach = OKRUG_SCRATCH(ctx, o->products + 1, double);
    double *pull = OKRUG_SCRATCH(ctx, o->regions * o->products + 1, double);
    if (reach == NULL || pull == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_row_sums(ctx, o->products, o->products, o->proximity, false, reach));
    for (int64_t r = 0; r < o->regions; r++) {
        for (int64_t q = 0; q < o->products; q++) {
            int64_t cell = r * o->products + q;
            bool lacks = o->presence[cell] == 0.0 && !isnan(o->pci[q]) && reach[q] > 0.0;
            pull[cell] = lacks ? (o->pci[q] + o->origin) / reach[q] : 0.0;
        }
    }
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, o->regions, o->products, o->products, pull, o->proximity,
                             o->cog));
    for (int64_t r = 0; r < o->regions; r++) {
        for (int64_t p = 0; p < o->products; p++) {
            int64_t cell = r * o->products + p;
            if (isnan(left_out[r]) || isnan(o->pci[p])) {
                o->cog[cell] = (double)NAN;
            } else if (o->presence[cell] > 0.0) {
                o->cog[cell] = 0.0;
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_complexity_outlook(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                      const double *proximity, const double *density, const double *pci, double origin,
                                      double *coi, double *cog) {
    outlook o = {regions, products, presence, proximity, density, pci, origin, coi, cog};
    for (int64_t r = 0; r < regions; r++) {
        coi[r] = isnan(origin) ? (double)NAN : outlook_of(&o, r);
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = gains(ctx, &o, coi);
    okrug_scratch_reset(ctx, mark);
    okrug_standardise(regions, coi, NULL, NULL);
    return status;
}
