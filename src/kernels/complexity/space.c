/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The product space: proximity of products, and how much of what is near a product a region has.
 */
#include <math.h>

#include <okrug/complexity.h>

#include "bits.h"

okrug_status okrug_proximity(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                             double *proximity) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_bits bits;
    okrug_status status = okrug_bits_of_columns(ctx, regions, products, presence, &bits);
    double *ubiquity = OKRUG_SCRATCH(ctx, products + 1, double);
    status = status == OKRUG_OK && ubiquity == NULL ? OKRUG_NO_MEMORY : status;
    if (status == OKRUG_OK) {
        okrug_bits_count(&bits, ubiquity);
        status = okrug_bits_pairs(ctx, &bits, ubiquity, proximity);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* reach (products): the sums of the rows of what is related. They are added as those of a region that has everything
 * are, whose density is so exactly 1. */
static okrug_status reach_of(okrug_ctx *ctx, int64_t products, const double *relatedness, double *reach) {
    for (int64_t p = 0; p < products; p++) {
        reach[p] = 1.0;
    }
    okrug_bits everything;
    OKRUG_TRY(okrug_bits_of(ctx, 1, products, reach, &everything));
    const okrug_bit_product sum = {.bits = &everything, .n = products, .b = relatedness, .symmetric = true, .c = reach};
    return okrug_bits_multiply(ctx, &sum);
}

okrug_status okrug_density(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                           const double *relatedness, double scale, double *density) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_bits bits;
    okrug_status status = okrug_bits_of(ctx, regions, products, presence, &bits);
    double *reach = OKRUG_SCRATCH(ctx, products + 1, double);
    status = status == OKRUG_OK && reach == NULL ? OKRUG_NO_MEMORY : status;
    if (status == OKRUG_OK) {
        status = reach_of(ctx, products, relatedness, reach);
    }
    if (status == OKRUG_OK) {
        for (int64_t p = 0; p < products; p++) {
            reach[p] = reach[p] > 0.0 ? reach[p] : (double)NAN;
        }
        const okrug_bit_product near = {.bits = &bits,
                                        .n = products,
                                        .b = relatedness,
                                        .symmetric = true,
                                        .divisor = reach,
                                        .scale = scale,
                                        .c = density};
        status = okrug_bits_multiply(ctx, &near);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
