/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums of rows, and rows added to columns, in the vectors of the processor.
 *
 * One text for vectors of two and four numbers, as in the weighted sums of many draws: compilers settle how wide a
 * vector is before they put one function into another. A row is always summed in eight lanes, cell j in lane j mod 8,
 * and products are rounded before they are added, so that the width cannot change a byte.
 */
#include "balance_rows.h"

#include <string.h>

enum { SUMS = 8 };

static double rest_of_sum(const double *lanes, int64_t from, int64_t n, const double *a, const double *s) {
    double lane[SUMS];
    memcpy(lane, lanes, sizeof lane);
    for (int64_t j = from; j < n; j++) {
        lane[j % SUMS] += a[j] * s[j];
    }
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

static void rest_of_rows(int64_t from, int64_t n, const double *a, const double *r, double *column) {
    for (int64_t j = from; j < n; j++) {
        column[j] = (((column[j] + a[j] * r[0]) + a[n + j] * r[1]) + a[2 * n + j] * r[2]) + a[3 * n + j] * r[3];
    }
}

#define SUM(NAME, TARGET, LANES)                                                                                       \
    TARGET static double sum_##NAME(int64_t n, const double *a, const double *s) {                                     \
        typedef double numbers                                                                                         \
            __attribute__((vector_size((LANES) * sizeof(double)), aligned(sizeof(double)), may_alias));                \
        numbers sum[SUMS / (LANES)] = {{0.0}};                                                                         \
        int64_t j = 0;                                                                                                 \
        for (; j + SUMS <= n; j += SUMS) {                                                                             \
            const numbers *x = (const numbers *)(a + j), *y = (const numbers *)(s + j);                                \
            for (int k = 0; k < SUMS / (LANES); k++) {                                                                 \
                sum[k] += x[k] * y[k];                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        double lane[SUMS];                                                                                             \
        memcpy(lane, sum, sizeof lane);                                                                                \
        return rest_of_sum(lane, j, n, a, s);                                                                          \
    }

#define ADD(NAME, TARGET, LANES)                                                                                       \
    TARGET static void add_##NAME(int64_t n, const double *a, const double *r, double *column) {                       \
        typedef double numbers                                                                                         \
            __attribute__((vector_size((LANES) * sizeof(double)), aligned(sizeof(double)), may_alias));                \
        int64_t j = 0;                                                                                                 \
        for (; j + (LANES) <= n; j += (LANES)) {                                                                       \
            numbers *to = (numbers *)(column + j);                                                                     \
            numbers sum = *to + *(const numbers *)(a + j) * r[0];                                                      \
            sum += *(const numbers *)(a + n + j) * r[1];                                                               \
            sum += *(const numbers *)(a + 2 * n + j) * r[2];                                                           \
            sum += *(const numbers *)(a + 3 * n + j) * r[3];                                                           \
            *to = sum;                                                                                                 \
        }                                                                                                              \
        rest_of_rows(j, n, a, r, column);                                                                              \
    }

SUM(by_two, , 2)
ADD(by_two, , 2)
#if defined(__x86_64__)
SUM(by_four, __attribute__((target("avx2"))), 4)
ADD(by_four, __attribute__((target("avx2"))), 4)
#endif

bool okrug_balance_row_sum_by(int lanes, int64_t n, const double *a, const double *s, double *sum) {
#if defined(__x86_64__)
    if (lanes == 4 && __builtin_cpu_supports("avx2")) {
        *sum = sum_by_four(n, a, s);
        return true;
    }
#endif
    *sum = lanes == 2 ? sum_by_two(n, a, s) : 0.0;
    return lanes == 2;
}

bool okrug_balance_add_rows_by(int lanes, int64_t n, const double *a, const double *r, double *column) {
#if defined(__x86_64__)
    if (lanes == 4 && __builtin_cpu_supports("avx2")) {
        add_by_four(n, a, r, column);
        return true;
    }
#endif
    if (lanes == 2) {
        add_by_two(n, a, r, column);
    }
    return lanes == 2;
}

double okrug_balance_row_sum(int64_t n, const double *a, const double *s) {
    double sum = 0.0;
    return okrug_balance_row_sum_by(4, n, a, s, &sum) || okrug_balance_row_sum_by(2, n, a, s, &sum) ? sum : 0.0;
}

void okrug_balance_add_rows(int64_t n, const double *a, const double *r, double *column) {
    if (!okrug_balance_add_rows_by(4, n, a, r, column)) {
        (void)okrug_balance_add_rows_by(2, n, a, r, column); /* by two it always can */
    }
}
