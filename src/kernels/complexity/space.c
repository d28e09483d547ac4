/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The product space: proximity of products, and how much of what is near a product a region has.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/linalg.h>

#include "rows.h"

typedef struct {
    int64_t products;
    const double *ubiquity;
    double *proximity; /* holds M'M */
} proximity_pass;

static okrug_status proximity_tile(void *user, int64_t tile) {
    const proximity_pass *s = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < s->products ? from + OKRUG_ROWS : s->products;
    for (int64_t p = from; p < to; p++) {
        double *row = s->proximity + p * s->products, own = s->ubiquity[p];
        for (int64_t q = 0; q < s->products; q++) {
            /* Never below 1, so that a product that no region has gets 0. */
            double larger = own > s->ubiquity[q] ? own : s->ubiquity[q];
            row[q] /= larger > 1.0 ? larger : 1.0;
        }
        row[p] = 0.0;
    }
    return OKRUG_OK;
}

okrug_status okrug_proximity(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                             double *proximity) {
    OKRUG_TRY(okrug_gram(ctx, OKRUG_TRANSPOSED, products, regions, presence, proximity));
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *ubiquity = OKRUG_SCRATCH(ctx, products + 1, double);
    if (ubiquity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < products; p++) {
        ubiquity[p] = proximity[p * products + p];
    }
    proximity_pass s = {products, ubiquity, proximity};
    okrug_status status = okrug_parallel(ctx, (products + OKRUG_ROWS - 1) / OKRUG_ROWS, proximity_tile, &s);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_density(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                           const double *relatedness, double scale, double *density) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *reach = OKRUG_SCRATCH(ctx, products + 1, double);
    okrug_status status = reach == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_row_sums(ctx, products, products, relatedness, false, reach);
    }
    if (status == OKRUG_OK) {
        status =
            okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, regions, products, products, presence, relatedness, density);
    }
    for (int64_t r = 0; status == OKRUG_OK && r < regions; r++) {
        double *row = density + r * products;
        for (int64_t p = 0; p < products; p++) {
            row[p] = reach[p] > 0.0 ? scale * row[p] / reach[p] : (double)NAN;
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
