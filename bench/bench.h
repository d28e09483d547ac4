/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the benches share: a clock, the median, random numbers, and the line that each measurement prints.
 */
#ifndef OKRUG_BENCH_H
#define OKRUG_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <okrug/context.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

enum { BENCH_RUNS = 7 };

static inline double bench_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline int bench_compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double bench_median(double seconds[BENCH_RUNS]) {
    qsort(seconds, BENCH_RUNS, sizeof *seconds, bench_compare);
    return seconds[BENCH_RUNS / 2];
}

static inline double *bench_numbers(int64_t count) {
    double *numbers = malloc((size_t)count * sizeof *numbers);
    if (numbers == NULL) {
        exit(5);
    }
    for (int64_t i = 0; i < count; i++) {
        numbers[i] = 0.0; /* touches the pages before the clock runs */
    }
    return numbers;
}

static inline double bench_uniform(uint64_t unit, uint32_t draw) {
    double u[2];
    okrug_random_uniform((okrug_random_key){.seed = 1, .unit = unit, .analysis = 1, .draw = draw}, u);
    return u[0];
}

static inline void bench_must(okrug_status status) {
    if (status != OKRUG_OK) {
        fprintf(stderr, "%s\n", okrug_status_name(status));
        exit(okrug_status_exit_code(status));
    }
}

/* A kernel, and the matrix products by which it is defined, on the same data. */
typedef void bench_work(okrug_ctx *ctx, void *data);

static inline void bench_compare_with_floor(const char *bench, const char *size, int threads, bench_work *kernel,
                                            bench_work *floor, void *data) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads});
    if (ctx == NULL) {
        exit(5);
    }
    double ours[BENCH_RUNS], products[BENCH_RUNS];
    for (int run = -1; run < BENCH_RUNS; run++) { /* the first warms up; the two take turns */
        double start = bench_clock();
        kernel(ctx, data);
        double middle = bench_clock();
        floor(ctx, data);
        if (run >= 0) {
            ours[run] = middle - start;
            products[run] = bench_clock() - middle;
        }
    }
    double seconds = bench_median(ours), least = bench_median(products);
    printf("{\"bench\":\"%s\",\"size\":\"%s\",\"threads\":%d,\"seconds\":%.6f,\"floor_seconds\":%.6f,\"ratio\":%.3f,"
           "\"blas_core\":\"%s\"}\n",
           bench, size, threads, seconds, least, seconds / least, okrug_blas_core());
    fflush(stdout);
    okrug_ctx_free(ctx);
}

#endif
