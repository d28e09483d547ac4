/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Complexity outlook: what the products that a region lacks would bring.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/numeric.h>

#include "bits.h"
#include "rows.h"

typedef struct {
    int64_t regions, products;
    const double *presence, *proximity, *density, *complexity; /* unshifted */
    double origin;
    double *coi, *cog;
} outlook;

/* sum_p density (1 - M) Q; NaN for a region that has nothing. */
static double outlook_of(const outlook *o, int64_t region) {
    const double *presence = o->presence + region * o->products, *density = o->density + region * o->products;
    okrug_sum sum = {0};
    bool any = false;
    for (int64_t p = 0; p < o->products; p++) {
        any = any || presence[p] > 0.0;
        /* A product related to none has no density; nothing leads to it. */
        double term = density[p] * o->complexity[p];
        double before = sum.sum;
        term = presence[p] == 0.0 && !isnan(term) ? term : 0.0;
        sum.sum = before + term;
        /* What the addition rounded off, whichever is the larger (Knuth): no branch, which would be guessed wrongly. */
        double added = sum.sum - before;
        sum.compensation += (before - (sum.sum - added)) + (term - added);
    }
    return any ? okrug_sum_value(&sum) : (double)NAN;
}

static okrug_status outlook_tile(void *user, int64_t tile) {
    const outlook *o = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < o->regions ? from + OKRUG_ROWS : o->regions;
    for (int64_t r = from; r < to; r++) {
        o->coi[r] = isnan(o->origin) ? (double)NAN : outlook_of(o, r);
    }
    return OKRUG_OK;
}

/* Of the products that a region lacks each leads to others by its complexity over its reach. */
static okrug_status gains(okrug_ctx *ctx, const outlook *o) {
    double *pull = OKRUG_SCRATCH(ctx, o->products + 1, double);
    double *known = OKRUG_SCRATCH(ctx, o->products + 1, double);
    if (pull == NULL || known == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_bits bits;
    OKRUG_TRY(okrug_bits_of(ctx, o->regions, o->products, o->presence, &bits));
    OKRUG_TRY(okrug_row_sums(ctx, o->products, o->products, o->proximity, false, pull));
    for (int64_t p = 0; p < o->products; p++) {
        known[p] = isnan(o->complexity[p]) ? (double)NAN : 1.0;
        pull[p] = pull[p] > 0.0 && !isnan(o->complexity[p]) ? o->complexity[p] / pull[p] : 0.0;
    }
    const okrug_bit_product gain = {.bits = &bits,
                                    .lacking = true,
                                    .n = o->products,
                                    .b = o->proximity,
                                    .row_step = 1, /* its columns are its rows, which lie together */
                                    .column_step = o->products,
                                    .weight = pull,
                                    .factor = known,
                                    .c = o->cog};
    OKRUG_TRY(okrug_bits_multiply(ctx, &gain));
    for (int64_t r = 0; r < o->regions; r++) {
        for (int64_t p = 0; isnan(o->coi[r]) && p < o->products; p++) {
            o->cog[r * o->products + p] = (double)NAN;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_complexity_outlook(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                      const double *proximity, const double *density, const double *pci, double origin,
                                      double *coi, double *cog) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *complexity = OKRUG_SCRATCH(ctx, products + 1, double);
    if (complexity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < products; p++) {
        complexity[p] = pci[p] + origin;
    }
    outlook o = {regions, products, presence, proximity, density, complexity, origin, coi, cog};
    okrug_status status = okrug_parallel(ctx, (regions + OKRUG_ROWS - 1) / OKRUG_ROWS, outlook_tile, &o);
    if (status == OKRUG_OK) {
        status = gains(ctx, &o);
    }
    okrug_scratch_reset(ctx, mark);
    okrug_standardise(regions, coi, NULL, NULL);
    return status;
}
