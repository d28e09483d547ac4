/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several indicators of each region: made comparable, read as a pattern, put together to one number, and how far the
 * result depends on the way that was done.
 *
 * x is n x m, row-major: regions x indicators, finite. Functions that return a status fail with OKRUG_NO_MEMORY or
 * OKRUG_CANCELLED, and with what is said at each.
 */
#ifndef OKRUG_INDICATORS_H
#define OKRUG_INDICATORS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Shape of a distribution ---------------------------------------------------------------------------------- */

typedef struct {
    double mean, deviation;    /* sqrt(sum (x - mean)^2 / n) */
    double skewness, kurtosis; /* of a sample, as spreadsheets have them (G1, and G2 above the normal's); NaN for fewer
                                  than 3 and 4 values and where all are equal */
    double least, most;
} okrug_moments;

/* Of x[0], x[stride], ... (n > 0). O(n). Test: 1, 2, 3, 10: skewness 1.7636, kurtosis 3.2318 (SKEW and KURT). */
okrug_moments okrug_moments_of(const double *x, int64_t n, int64_t stride);

/* The place of each value among all, from 1; equal values share the mean of theirs. `rank` is written with the stride
 * of x. O(n log n). */
okrug_status okrug_ranks(okrug_ctx *ctx, const double *x, int64_t n, int64_t stride, double *rank);

/* ---- Patterns ------------------------------------------------------------------------------------------------- */

/* The ordinal pattern of m comparable values (Myachin 2019): for each pair s < j, in the order (1,2), (1,3) ...
 * (m-1,m), '1' where x_s < x_j, '0' where they are within `band` of each other, '2' where x_s > x_j. `code` has room
 * for m (m - 1) / 2 + 1. No monotone change of all values alters it (without a band). Test: .1, .5, -.3: "122". */
void okrug_pattern_code(const double *x, int64_t m, double band, char *code);

#endif
