/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums and quotients of many numbers side by side.
 *
 * The processor's widest vectors are used; the order of every sum is the same on all of them, so the bytes are too.
 * Sums are compensated (Neumaier 1974), without a branch: what an addition rounds off is found from both orders
 * (Knuth).
 */
#ifndef OKRUG_CONCENTRATION_WIDE_H
#define OKRUG_CONCENTRATION_WIDE_H

#include <stdint.h>

enum { OKRUG_WIDE_COLUMNS = 64 };

typedef struct {
    /* The sum of x (n): 8 sums of every eighth, and their sum. */
    double (*sum)(int64_t n, const double *x);
    /* Adds OKRUG_WIDE_COLUMNS columns of `rows` rows, `stride` apart, to sums and their compensations. */
    void (*add_columns)(int64_t rows, int64_t stride, const double *x, double *sum, double *compensation);
    /* lq (n) = value / total / share, and reached (n): 1 where that is at least the threshold, else 0 (NaN is not). */
    void (*quotients)(int64_t n, const double *value, double total, const double *share, double threshold, double *lq,
                      double *reached);
} okrug_wide;

/* By vectors of 2, 4 or 8 numbers; NULL where the processor has none so wide. Static storage. */
const okrug_wide *okrug_wide_by(int lanes);

/* By its widest. */
const okrug_wide *okrug_widest(void);

#endif
