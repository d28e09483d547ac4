/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Leontief inverse with all multipliers and linkages, beside matrix products of as many operations: one product of
 * the same side has the 2 n^3 of an inverse.
 */
#include "bench.h"

#include <okrug/inputoutput.h>

enum { ROWS = 5 }; /* output, value added, income, employment, tax */

typedef struct {
    int64_t n;
    double *z, *x, *a, *inverse, *rows, *multiplier, *closed, *consumption, *linkage;
} table;

static void inverse_alone(okrug_ctx *ctx, void *data) {
    table *t = data;
    bench_must(okrug_leontief_inverse(ctx, t->n, t->a, t->inverse));
}

static void all_multipliers(okrug_ctx *ctx, void *data) {
    table *t = data;
    int64_t n = t->n;
    okrug_technical_coefficients(n, t->z, t->x, t->a);
    bench_must(okrug_leontief_inverse(ctx, n, t->a, t->inverse));
    bench_must(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, ROWS, n, n, t->rows, t->inverse, t->multiplier));
    okrug_households households = {.income = t->rows + 2 * n, .consumption = t->consumption, .own = 0.0};
    okrug_close_multipliers(n, ROWS, &households, t->multiplier, t->multiplier + 2 * n, t->closed);
}

static void multipliers_without_inverse(okrug_ctx *ctx, void *data) {
    table *t = data;
    okrug_technical_coefficients(t->n, t->z, t->x, t->a);
    bench_must(okrug_multipliers(ctx, t->n, t->a, ROWS, t->rows, t->multiplier));
}

static void all_linkages(okrug_ctx *ctx, void *data) {
    table *t = data;
    int64_t n = t->n;
    okrug_linkage_results results = {.backward = t->linkage,
                                     .forward = t->linkage + n,
                                     .extraction_total = t->linkage + 2 * n,
                                     .extraction_backward = t->linkage + 3 * n,
                                     .upstreamness = t->linkage + 4 * n};
    bench_must(okrug_linkages(ctx, n, t->z, t->x, NULL, NULL, &results));
}

static void one_product(okrug_ctx *ctx, void *data) {
    table *t = data;
    bench_must(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, t->n, t->n, t->n, t->a, t->z, t->inverse));
}

static void bench(int64_t n, const char *size) {
    table t = {.n = n,
               .z = bench_numbers(n * n),
               .x = bench_numbers(n),
               .a = bench_numbers(n * n),
               .inverse = bench_numbers(n * n),
               .rows = bench_numbers(ROWS * n),
               .multiplier = bench_numbers(ROWS * n),
               .closed = bench_numbers(ROWS * n),
               .consumption = bench_numbers(n),
               .linkage = bench_numbers(5 * n)};
    for (int64_t i = 0; i < n; i++) {
        t.x[i] = 1.0 + bench_uniform((uint64_t)i, 1);
        t.consumption[i] = .8 / (double)n;
        for (int row = 0; row < ROWS; row++) {
            t.rows[row * n + i] = row == 0 ? 1.0 : .3 * bench_uniform((uint64_t)i, (uint32_t)row + 2);
        }
        for (int64_t j = 0; j < n; j++) { /* half of what is produced goes into production */
            t.z[i * n + j] = bench_uniform((uint64_t)(i * n + j), 0) / (double)n;
        }
    }
    okrug_technical_coefficients(n, t.z, t.x, t.a);
    for (int threads = 1; threads <= 2; threads++) {
        bench_compare_with_floor("leontief-inverse", size, threads, inverse_alone, one_product, &t);
        bench_compare_with_floor("inverse-and-multipliers", size, threads, all_multipliers, one_product, &t);
        bench_compare_with_floor("multipliers-without-inverse", size, threads, multipliers_without_inverse, one_product,
                                 &t);
        bench_compare_with_floor("linkages", size, threads, all_linkages, one_product, &t);
    }
    double *all[] = {t.z, t.x, t.a, t.inverse, t.rows, t.multiplier, t.closed, t.consumption, t.linkage};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

int main(void) {
    okrug_blas_use_right_core();
    bench(400, "400");
    bench(1000, "1000");
    return 0;
}
