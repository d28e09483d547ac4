/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums and quotients of many numbers side by side: one text for vectors of two, four and eight, as in
 * kernels/spatial/weighted.c.
 */
#include "kernels/concentration/wide.h"

#include <stddef.h>

#include <okrug/numeric.h>

enum { CHAINS = 8, STEP = 16 }; /* rows whose columns are added while their sums are in registers */

#define LOAD(x) (*(const numbers_anywhere *)(const void *)(x))
#define STORE(x) (*(numbers_anywhere *)(void *)(x))

#define ADD(SUM, COMPENSATION, TERM)                                                                                   \
    do {                                                                                                               \
        numbers term = (TERM), before = (SUM), total = before + term, added = total - before;                          \
        (COMPENSATION) += (before - (total - added)) + (term - added);                                                 \
        (SUM) = total;                                                                                                 \
    } while (0)

/* The types of a width. */
#define VECTORS_OF(LANES)                                                                                              \
    typedef double numbers __attribute__((vector_size((LANES) * sizeof(double))));                                     \
    typedef double numbers_anywhere                                                                                    \
        __attribute__((vector_size((LANES) * sizeof(double)), aligned(sizeof(double)), may_alias))

#define SUM(NAME, TARGET, LANES)                                                                                       \
    TARGET static double NAME(int64_t n, const double *x) {                                                            \
        VECTORS_OF(LANES);                                                                                             \
        enum { VECTORS = CHAINS / (LANES) };                                                                           \
        numbers sum[VECTORS] = {{0}}, compensation[VECTORS] = {{0}};                                                   \
        int64_t i = 0;                                                                                                 \
        for (; i + CHAINS <= n; i += CHAINS) {                                                                         \
            for (int v = 0; v < VECTORS; v++) {                                                                        \
                ADD(sum[v], compensation[v], LOAD(x + i + v * (LANES)));                                               \
            }                                                                                                          \
        }                                                                                                              \
        okrug_sum all = {0};                                                                                           \
        for (int c = 0; c < CHAINS; c++) {                                                                             \
            okrug_sum_add(&all, sum[c / (LANES)][c % (LANES)]);                                                        \
            all.compensation += compensation[c / (LANES)][c % (LANES)];                                                \
        }                                                                                                              \
        for (; i < n; i++) {                                                                                           \
            okrug_sum_add(&all, x[i]);                                                                                 \
        }                                                                                                              \
        return okrug_sum_value(&all);                                                                                  \
    }

#define ADD_COLUMNS(NAME, TARGET, LANES)                                                                               \
    TARGET static void NAME(int64_t rows, int64_t stride, const double *x, double *sum, double *compensation) {        \
        VECTORS_OF(LANES);                                                                                             \
        for (int64_t top = 0; top < rows; top += STEP) {                                                               \
            int64_t end = top + STEP < rows ? top + STEP : rows;                                                       \
            for (int64_t i = 0; i < OKRUG_WIDE_COLUMNS; i += (LANES)) {                                                \
                numbers s = LOAD(sum + i), c = LOAD(compensation + i);                                                 \
                for (int64_t r = top; r < end; r++) {                                                                  \
                    ADD(s, c, LOAD(x + r * stride + i));                                                               \
                }                                                                                                      \
                STORE(sum + i) = s;                                                                                    \
                STORE(compensation + i) = c;                                                                           \
            }                                                                                                          \
        }                                                                                                              \
    }

#define QUOTIENTS(NAME, TARGET, LANES)                                                                                 \
    TARGET static void NAME(int64_t n, const double *value, double total, const double *share, double threshold,       \
                            double *lq, double *reached) {                                                             \
        VECTORS_OF(LANES);                                                                                             \
        typedef int64_t tests __attribute__((vector_size((LANES) * sizeof(int64_t))));                                 \
        const numbers one = (numbers){0} + 1.0;                                                                        \
        int64_t i = 0;                                                                                                 \
        for (; i + (LANES) <= n; i += (LANES)) {                                                                       \
            numbers quotient = LOAD(value + i) / total / LOAD(share + i);                                              \
            STORE(lq + i) = quotient;                                                                                  \
            STORE(reached + i) = (numbers)((tests)one & (quotient >= threshold));                                      \
        }                                                                                                              \
        for (; i < n; i++) {                                                                                           \
            lq[i] = value[i] / total / share[i];                                                                       \
            reached[i] = lq[i] >= threshold ? 1.0 : 0.0;                                                               \
        }                                                                                                              \
    }

#define WIDE(NAME, TARGET, LANES)                                                                                      \
    SUM(NAME##_sum, TARGET, LANES)                                                                                     \
    ADD_COLUMNS(NAME##_add_columns, TARGET, LANES)                                                                     \
    QUOTIENTS(NAME##_quotients, TARGET, LANES)                                                                         \
    static const okrug_wide NAME = {NAME##_sum, NAME##_add_columns, NAME##_quotients};

WIDE(by_two, , 2)
#if defined(__x86_64__)
WIDE(by_four, __attribute__((target("avx2"))), 4)
WIDE(by_eight, __attribute__((target("avx512f"))), 8)
#endif

const okrug_wide *okrug_wide_by(int lanes) {
#if defined(__x86_64__)
    if (lanes == 4 && __builtin_cpu_supports("avx2")) {
        return &by_four;
    }
    if (lanes == 8 && __builtin_cpu_supports("avx512f")) {
        return &by_eight;
    }
#endif
    return lanes == 2 ? &by_two : NULL;
}

const okrug_wide *okrug_widest(void) {
    const okrug_wide *by = okrug_wide_by(8);
    by = by != NULL ? by : okrug_wide_by(4);
    return by != NULL ? by : okrug_wide_by(2);
}
