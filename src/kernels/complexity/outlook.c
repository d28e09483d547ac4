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
    const double *presence, *proximity, *density, *complexity, *diversity; /* Q unshifted */
    double origin;
    double *coi, *cog;
    okrug_bits bits;
} outlook;

typedef double two __attribute__((vector_size(16)));
typedef double two_anywhere __attribute__((vector_size(16), aligned(8)));
typedef int64_t two_tests __attribute__((vector_size(16)));

static two term_of(const double *presence, const double *density, const double *complexity) {
    two m = *(const two_anywhere *)(const void *)presence, d = *(const two_anywhere *)(const void *)density;
    two term = d * *(const two_anywhere *)(const void *)complexity;
    /* A product related to none has no density (NaN, which is below nothing); nothing leads to it. */
    return (two)((two_tests)term & (m == 0.0) & (term < (double)INFINITY));
}

/* sum_p density (1 - M) Q, without a branch and side by side: one sum alone would wait for itself at every term. */
static double outlook_of(const outlook *o, int64_t region) {
    const double *presence = o->presence + region * o->products, *density = o->density + region * o->products;
    two a = {0}, b = {0}, c = {0}, d = {0};
    int64_t p = 0;
    for (; p + 8 <= o->products; p += 8) {
        a += term_of(presence + p, density + p, o->complexity + p);
        b += term_of(presence + p + 2, density + p + 2, o->complexity + p + 2);
        c += term_of(presence + p + 4, density + p + 4, o->complexity + p + 4);
        d += term_of(presence + p + 6, density + p + 6, o->complexity + p + 6);
    }
    two all = (a + b) + (c + d);
    double sum = all[0] + all[1];
    for (; p < o->products; p++) {
        double term = density[p] * o->complexity[p];
        sum += presence[p] == 0.0 && !isnan(term) ? term : 0.0;
    }
    return sum;
}

static okrug_status outlook_tile(void *user, int64_t tile) {
    const outlook *o = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < o->regions ? from + OKRUG_ROWS : o->regions;
    for (int64_t r = from; r < to; r++) {
        o->coi[r] = o->diversity[r] > 0.0 && !isnan(o->origin) ? outlook_of(o, r) : (double)NAN;
    }
    return OKRUG_OK;
}

/* Of the products that a region lacks each leads to others by its complexity over its reach. */
static okrug_status gains(okrug_ctx *ctx, const outlook *o) {
    double *pull = OKRUG_SCRATCH(ctx, o->products + 1, double);
    if (pull == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_row_sums(ctx, o->products, o->products, o->proximity, false, pull));
    bool some_unknown = false;
    for (int64_t p = 0; p < o->products; p++) {
        bool unknown = isnan(o->complexity[p]);
        some_unknown = some_unknown || unknown;
        pull[p] = pull[p] > 0.0 && !unknown ? o->complexity[p] / pull[p] : 0.0;
    }
    const okrug_bit_product gain = {.bits = &o->bits,
                                    .lacking = true,
                                    .n = o->products,
                                    .b = o->proximity,
                                    .symmetric = true,
                                    .weight = pull,
                                    .c = o->cog};
    OKRUG_TRY(okrug_bits_multiply(ctx, &gain));
    for (int64_t r = 0; r < o->regions; r++) {
        bool left_out = isnan(o->coi[r]);
        for (int64_t p = 0; (left_out || some_unknown) && p < o->products; p++) {
            if (left_out || isnan(o->complexity[p])) {
                o->cog[r * o->products + p] = (double)NAN;
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_complexity_outlook(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                      const double *proximity, const double *density, const double *pci, double origin,
                                      double *coi, double *cog) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *complexity = OKRUG_SCRATCH(ctx, products + 1, double);
    double *diversity = OKRUG_SCRATCH(ctx, regions + 1, double);
    if (complexity == NULL || diversity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < products; p++) {
        complexity[p] = pci[p] + origin;
    }
    outlook o = {regions, products, presence, proximity, density, complexity, diversity, origin, coi, cog, {0}};
    okrug_status status = okrug_bits_of(ctx, regions, products, presence, &o.bits);
    if (status == OKRUG_OK) {
        okrug_bits_count(&o.bits, diversity);
        status = okrug_parallel(ctx, (regions + OKRUG_ROWS - 1) / OKRUG_ROWS, outlook_tile, &o);
    }
    if (status == OKRUG_OK) {
        status = gains(ctx, &o);
    }
    okrug_scratch_reset(ctx, mark);
    okrug_standardise(regions, coi, NULL, NULL);
    return status;
}
