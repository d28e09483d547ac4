/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests of numbers in arrays share: random matrices that are the same on every run, comparing with a tolerance,
 * and a context of so many threads.
 */
#ifndef OKRUG_TESTS_SUPPORT_MATRICES_H
#define OKRUG_TESTS_SUPPORT_MATRICES_H

#include <math.h>
#include <stdlib.h>

#include <okrug/context.h>

#include "testing.h"

#define assert_ok(call) assert_int_equal((call), OKRUG_OK)

/* |a - b| <= tolerance max(1, |b|); a NaN is near nothing. */
#define assert_near(a, b, tolerance) testing_near((a), (b), (tolerance), __FILE__, __LINE__)
#define assert_all_near(n, a, b, tolerance) testing_all_near((n), (a), (b), (tolerance), __FILE__, __LINE__)
#define assert_nan(a) assert_true(isnan(a))

static inline void testing_near(double a, double b, double tolerance, const char *file, int line) {
    if (!(fabs(a - b) <= tolerance * fmax(1.0, fabs(b)))) {
        print_error("%.17g is not %.17g to %g\n", a, b, tolerance);
        _fail(file, line);
    }
}

static inline void testing_all_near(int64_t n, const double *a, const double *b, double tolerance, const char *file,
                                    int line) {
    for (int64_t i = 0; i < n; i++) {
        testing_near(a[i], b[i], tolerance, file, line);
    }
}

static inline double testing_uniform(uint64_t seed, uint64_t i, double low, double high) {
    return low + (high - low) * ((double)(testing_random(seed, i) >> 11) * 0x1p-53);
}

/* `count` numbers; to be freed. */
static inline double *testing_numbers(int64_t count) {
    double *numbers = calloc((size_t)count + 1, sizeof *numbers);
    assert_non_null(numbers);
    return numbers;
}

static inline double *testing_matrix(uint64_t seed, int64_t count, double low, double high) {
    double *numbers = testing_numbers(count);
    for (int64_t i = 0; i < count; i++) {
        numbers[i] = testing_uniform(seed, (uint64_t)i, low, high);
    }
    return numbers;
}

/* The numbers 0 .. n-1 in a random order; to be freed. */
static inline int64_t *testing_permutation(uint64_t seed, int64_t n) {
    int64_t *order = calloc((size_t)n + 1, sizeof *order);
    assert_non_null(order);
    for (int64_t i = 0; i < n; i++) {
        int64_t j = (int64_t)(testing_random(seed, (uint64_t)i) % (uint64_t)(i + 1));
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

static inline okrug_ctx *testing_context(int threads) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads});
    assert_non_null(ctx);
    return ctx;
}

#endif
