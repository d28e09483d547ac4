/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weighted sums of many draws, side by side in the vectors of the processor.
 *
 * One text for vectors of two, four and eight numbers: compilers settle how wide a vector is before they put one
 * function into another, so it is a macro. Four vectors of sums stay in registers while the links go by. Products are
 * rounded before they are added (-ffp-contract=off), whatever the processor could do at once.
 */
#include "kernels/spatial/weighted.h"

enum { VECTORS = 4 };

static void tally_rest(okrug_tally *tally, int64_t links, const double *weight, const double *value, int64_t stride,
                       int64_t draws) {
    for (int64_t d = 0; d < draws; d++) {
        double sum = 0.0;
        for (int64_t j = 0; j < links; j++) {
            sum += weight[j] * value[j * stride + d];
        }
        tally->at_least += sum >= tally->low;
        tally->at_most += sum <= tally->high;
    }
}

/* Comparing gives a vector of -1 where true and 0 where not. */
#define TALLY(NAME, TARGET, LANES)                                                                                     \
    TARGET static void NAME(okrug_tally *tally, int64_t links, const double *weight, const double *value,              \
                            int64_t stride, int64_t draws) {                                                           \
        typedef double numbers __attribute__((vector_size((LANES) * sizeof(double))));                                 \
        typedef double numbers_anywhere                                                                                \
            __attribute__((vector_size((LANES) * sizeof(double)), aligned(sizeof(double))));                           \
        typedef int64_t counts __attribute__((vector_size((LANES) * sizeof(int64_t))));                                \
        counts not_less = {0};                                                                                         \
        counts not_more = {0};                                                                                         \
        int64_t done = 0;                                                                                              \
        for (; done + VECTORS * (LANES) <= draws; done += VECTORS * (LANES)) {                                         \
            numbers a = {0}, b = {0}, c = {0}, d = {0};                                                                \
            const double *from = value + done;                                                                         \
            for (int64_t j = 0; j < links; j++) {                                                                      \
                const numbers_anywhere *x = (const numbers_anywhere *)(const void *)(from + j * stride);               \
                a += weight[j] * x[0];                                                                                 \
                b += weight[j] * x[1];                                                                                 \
                c += weight[j] * x[2];                                                                                 \
                d += weight[j] * x[3];                                                                                 \
            }                                                                                                          \
            not_less += (a >= tally->low) + (b >= tally->low) + (c >= tally->low) + (d >= tally->low);                 \
            not_more += (a <= tally->high) + (b <= tally->high) + (c <= tally->high) + (d <= tally->high);             \
        }                                                                                                              \
        for (int lane = 0; lane < (LANES); lane++) {                                                                   \
            tally->at_least -= not_less[lane];                                                                         \
            tally->at_most -= not_more[lane];                                                                          \
        }                                                                                                              \
        tally_rest(tally, links, weight, value + done, stride, draws - done);                                          \
    }

TALLY(tally_by_two, , 2)
#if defined(__x86_64__)
TALLY(tally_by_four, __attribute__((target("avx2"))), 4)
TALLY(tally_by_eight, __attribute__((target("avx512f"))), 8)
#endif

bool okrug_tally_weighted_by(int lanes, okrug_tally *tally, int64_t links, const double *weight, const double *value,
                             int64_t stride, int64_t draws) {
    if (lanes == 2) {
        tally_by_two(tally, links, weight, value, stride, draws);
        return true;
    }
#if defined(__x86_64__)
    if (lanes == 4 && __builtin_cpu_supports("avx2")) {
        tally_by_four(tally, links, weight, value, stride, draws);
        return true;
    }
    if (lanes == 8 && __builtin_cpu_supports("avx512f")) {
        tally_by_eight(tally, links, weight, value, stride, draws);
        return true;
    }
#endif
    return false;
}

void okrug_tally_weighted(okrug_tally *tally, int64_t links, const double *weight, const double *value, int64_t stride,
                          int64_t draws) {
    int lanes = 8;
    while (!okrug_tally_weighted_by(lanes, tally, links, weight, value, stride, draws)) {
        lanes /= 2; /* by two it always can */
    }
}
