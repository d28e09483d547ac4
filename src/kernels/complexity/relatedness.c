/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relatedness from co-occurrences.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "bits.h"
#include "rows.h"

typedef struct {
    int64_t n;
    const double *c, *sum;
    double total;
    okrug_relatedness_measure measure;
    double *relatedness;
} normalise;

static double related(const normalise *s, double together, double a, double b) {
    if (!(a > 0.0 && b > 0.0)) {
        return 0.0;
    }
    switch (s->measure) {
    case OKRUG_RELATEDNESS_COSINE:
        return together / sqrt(a * b);
    case OKRUG_RELATEDNESS_JACCARD:
        return together / (a + b - together);
    case OKRUG_RELATEDNESS_ASSOCIATION:
        return together * s->total / (a * b);
    case OKRUG_RELATEDNESS_PROBABILITY:
    default:
        /* Symmetric, so no sum is above half of the total and the differences are positive. */
        return together / (a * b / 2.0 * (1.0 / (s->total - a) + 1.0 / (s->total - b)));
    }
}

static okrug_status normalise_tile(void *user, int64_t tile) {
    const normalise *s = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < s->n ? from + OKRUG_ROWS : s->n;
    for (int64_t i = from; i < to; i++) {
        for (int64_t j = 0; j < s->n; j++) {
            int64_t cell = i * s->n + j;
            s->relatedness[cell] = i == j ? 0.0 : related(s, s->c[cell], s->sum[i], s->sum[j]);
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_relatedness(okrug_ctx *ctx, int64_t n, const double *cooccurrence, okrug_relatedness_measure measure,
                               double *relatedness) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *sum = OKRUG_SCRATCH(ctx, n + 1, double);
    okrug_status status = sum == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_row_sums(ctx, n, n, cooccurrence, true, sum);
    }
    if (status == OKRUG_OK) {
        normalise s = {n, cooccurrence, sum, okrug_sum_of(sum, n, 1), measure, relatedness};
        status = okrug_parallel(ctx, (n + OKRUG_ROWS - 1) / OKRUG_ROWS, normalise_tile, &s);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_cooccurrence(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                double *cooccurrence) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_bits bits;
    okrug_status status = okrug_bits_of_columns(ctx, regions, products, presence, &bits);
    if (status == OKRUG_OK) {
        status = okrug_bits_pairs(ctx, &bits, NULL, cooccurrence);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_cooccurrence_fractional(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                           double *cooccurrence) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *scaled = OKRUG_SCRATCH(ctx, regions * products + 1, double);
    double *count = OKRUG_SCRATCH(ctx, regions + 1, double);
    okrug_status status = scaled == NULL || count == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_row_sums(ctx, regions, products, presence, false, count);
    }
    for (int64_t r = 0; status == OKRUG_OK && r < regions; r++) {
        double weight = count[r] > 1.0 ? 1.0 / sqrt(count[r] - 1.0) : 0.0;
        for (int64_t p = 0; p < products; p++) {
            scaled[r * products + p] = weight * presence[r * products + p];
        }
    }
    if (status == OKRUG_OK) {
        status = okrug_gram(ctx, OKRUG_TRANSPOSED, products, regions, scaled, cooccurrence);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

typedef struct {
    int64_t n;
    double regions;
    const double *c, *count;
    double *correlation;
} correlate;

static okrug_status correlate_tile(void *user, int64_t tile) {
    const correlate *s = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < s->n ? from + OKRUG_ROWS : s->n;
    for (int64_t i = from; i < to; i++) {
        for (int64_t j = 0; j < s->n; j++) {
            double a = s->count[i], b = s->count[j];
            double spread = a * (s->regions - a) * b * (s->regions - b);
            double value = spread > 0.0 ? (s->regions * s->c[i * s->n + j] - a * b) / sqrt(spread) : (double)NAN;
            s->correlation[i * s->n + j] = i == j ? 0.0 : value;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_presence_correlation(okrug_ctx *ctx, int64_t regions, int64_t products, const double *cooccurrence,
                                        double *correlation) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *count = OKRUG_SCRATCH(ctx, products + 1, double);
    if (count == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < products; p++) {
        count[p] = cooccurrence[p * products + p];
    }
    correlate s = {products, (double)regions, cooccurrence, count, correlation};
    okrug_status status = okrug_parallel(ctx, (products + OKRUG_ROWS - 1) / OKRUG_ROWS, correlate_tile, &s);
    okrug_scratch_reset(ctx, mark);
    return status;
}
