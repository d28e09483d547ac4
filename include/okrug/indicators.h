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

/* Of x[0], x[stride], ... (n > 0). O(n). Test: 1, 2, 3, 10: skewness 1.7636, kurtosis 3.2280. */
okrug_moments okrug_moments_of(const double *x, int64_t n, int64_t stride);

/* The place of each value among all, from 1; equal values share the mean of theirs. `rank` is written with the stride
 * of x. O(n log n). */
okrug_status okrug_ranks(okrug_ctx *ctx, const double *x, int64_t n, int64_t stride, double *rank);

/* ---- Patterns ------------------------------------------------------------------------------------------------- */

/* The ordinal pattern of m comparable values (Myachin 2019): for each pair s < j, in the order (1,2), (1,3) ...
 * (m-1,m), '1' where x_s < x_j, '0' where they are within `band` of each other, '2' where x_s > x_j. `code` has room
 * for m (m - 1) / 2 + 1. No monotone change of all values alters it (without a band). Test: .1, .5, -.3: "122". */
void okrug_pattern_code(const double *x, int64_t m, double band, char *code);

/* ---- Composites ----------------------------------------------------------------------------------------------- */

/* Outliers as the OECD and the JRC (2008) find them: while |skewness| > 2 and kurtosis > 3.5 the values farthest out on
 * the skewed side come down (or up) to the next one, as long as no more than `most` values are altered and
 * something is left that varies. x is altered in
 * place, changed (n, without stride) says which were. Returns how many. O(most n). */
int64_t okrug_winsorise(double *x, int64_t n, int64_t stride, int64_t most, bool *changed);

typedef enum {
    OKRUG_MINMAX, /* (x - least) / (most - least) */
    OKRUG_Z,      /* (x - mean) / deviation */
    OKRUG_RANKED  /* rank / n, 1 for the best */
} okrug_normalisation;

/* One indicator that varies made comparable, higher being better after it: written to y with the stride of x. */
okrug_status okrug_normalise(okrug_ctx *ctx, okrug_normalisation how, bool higher, const double *x, int64_t n,
                             int64_t stride, double *y);

/* Makes normalised values positive, for products and for the benefit of the doubt: min-max becomes
 * floor + (1 - floor) y, z is raised by as much for all indicators that the least of all is `floor`; ranks stay. */
void okrug_lift(okrug_normalisation how, double floor, const double *y, int64_t count, double *lifted);

/* Weights (m, sum 1) by principal components of the correlations: w_i proportional to the sum over components with an
 * eigenvalue of at least 1 of eigenvalue x loading_i^2 (the communality of i), unrotated. Every indicator varies.
 * OKRUG_NOT_CONVERGED. O(n m^2 + m^3). Test: eigen(cor()) of R 4.2.2. */
okrug_status okrug_principal_weights(okrug_ctx *ctx, int64_t n, int64_t m, const double *x, double *weight);

/* score (n): sum_i w_i y_i, or with `geometric` exp(sum_i w_i ln y_i), y > 0. */
void okrug_aggregate(int64_t n, int64_t m, const double *y, const double *weight, bool geometric, double *score);

/* Benefit of the doubt (Cherchye et al. 2007): each region is weighed as suits it best, so that nobody scores above 1
 * with its weights: max w'y_o, w'y_j <= 1 for all j, w >= 0, where each indicator makes up between `least` and `most`
 * of the region's own score (m least <= 1 <= m most). y > 0 (n x m). One linear programme for each region, on all
 * threads. Errors of okrug_linear_least. Test: (1, .2), (.6, .9), (.5, .5), (.2, 1) free: 1, 1, .70512821, 1. */
okrug_status okrug_benefit_of_the_doubt(okrug_ctx *ctx, int64_t n, int64_t m, const double *y, double least,
                                        double most, double *score);

/* Places from 1 for the highest score; scores that differ by rounding only (1e-12 of the largest) share the mean of
 * theirs. */
okrug_status okrug_places(okrug_ctx *ctx, int64_t n, const double *score, double *place);

/* Which choice moves the places. `place` is combinations x n, the combinations being all of levels[0] x ... of
 * levels[choices - 1], the last running fastest. alone[c]: share of the variance over combinations, summed over
 * regions, that goes with choice c by itself (first-order index of Sobol); total[c]: with it and what it does together
 * with others. NaN where no place varies. O(levels combinations n). */
void okrug_place_shares(int64_t n, int choices, const int64_t *levels, const double *place, double *alone,
                        double *total);

#endif
