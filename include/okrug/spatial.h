/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Space: who is whose neighbour, and whether near places are alike.
 *
 * Weights are an okrug_csr of n x n: finite and not negative, each row's columns rising, nothing on the diagonal. They
 * need not be symmetric. A row without links is an island: it has no local statistic, and adds nothing to sums over
 * links, but its value is one of the n. x (n) is finite. Where a formula has no value the result is NaN, and when is
 * said at each function. Sums are compensated and in a fixed order. Functions that return a status fail with
 * OKRUG_NO_MEMORY or OKRUG_CANCELLED only.
 *
 * Permutations: numbers are Philox, counted by (seed, method, permutation, draw), and what is returned of them are
 * counts, so that any number of threads gives the same. A permuted value that differs from the observed one by no more
 * than rounding (1e-12 of its scale) counts as equal, hence in both tails.
 */
#ifndef OKRUG_SPATIAL_H
#define OKRUG_SPATIAL_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/numeric.h>
#include <okrug/status.h>

/* ---- Points on the globe -------------------------------------------------------------------------------------- */

/* Mean radius of the Earth, in km (IUGG: (2a + b) / 3 of WGS84). Distances on that sphere are within 0.6 % of those on
 * the ellipsoid. */
#define OKRUG_EARTH_RADIUS_KM 6371.0088

/* Great-circle distance in km between two points given in degrees. Exact for near points and opposite ones. */
double okrug_great_circle_km(double lon_a, double lat_a, double lon_b, double lat_b);

/* For each of n points (degrees) the k nearest others, nearest first, equal ones by their number; `distance` in km.
 * Both are n x k; where there are fewer than k others the rest is -1 and NaN. By a k-d tree: O(n (log n + k)) for
 * points as they lie on a map, also where many share a latitude or a place. Scratch: 8 n numbers. */
okrug_status okrug_nearest_points(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat, int64_t k,
                                  int32_t *neighbour, double *distance);

/* Every ordered pair of different points no more than `limit` km apart. Called with neighbour and distance NULL it
 * fills ptr (n + 1), so that ptr[n] is how many there are; called again with room for them it fills those, by rows, the
 * columns rising. O(n log n + pairs log pairs). Scratch: 8 n numbers. */
okrug_status okrug_points_within(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat, double limit,
                                 int64_t *ptr, int32_t *neighbour, double *distance);

/* ---- Weights -------------------------------------------------------------------------------------------------- */

/* S0 = sum w_ij, S1 = sum (w_ij + w_ji)^2 / 2, S2 = sum (w_i. + w_.i)^2 (Cliff and Ord 1981), and how many islands. */
typedef struct {
    double s0, s1, s2;
    int64_t islands;
} okrug_weight_sums;

/* O(nnz log k). Scratch: 2 n numbers. */
okrug_status okrug_weight_sums_of(okrug_ctx *ctx, const okrug_csr *weights, okrug_weight_sums *sums);

/* ---- One number for the whole map ----------------------------------------------------------------------------- */

typedef enum {
    OKRUG_MORAN,      /* I = (n / S0) sum w_ij z_i z_j / sum z^2 */
    OKRUG_GEARY,      /* C = (n - 1) sum w_ij (x_i - x_j)^2 / (2 S0 sum z^2) */
    OKRUG_GETIS_ORD_G /* G = sum w_ij x_i x_j / sum over i != j of x_i x_j, x not negative */
} okrug_global_statistic;

typedef enum {
    OKRUG_RANDOMISATION, /* every order of the values is as likely */
    OKRUG_NORMALITY      /* the values are normal draws; not for OKRUG_GETIS_ORD_G (there: NaN) */
} okrug_assumption;

typedef struct {
    double value, expectation, variance;
    double
        z; /* turned so that positive means: like near like. (value - expectation) / sd, for Geary's C its negative */
} okrug_global_result;

/* Moments by Cliff and Ord (1981) and Getis and Ord (1992; the coefficient of S0^2 in B1 is 6). All NaN where x is
 * constant or S0 = 0 (G: where all x are 0 but one); the variance for n < 4, and z where the variance is not above 0.
 * Tests: Columbus CRIME with queen weights, I .485770913661773, variance .00899112132177907 (spdep 1.2-7); the 3 x 3
 * rook board, I .5, variances .0596875 and .053125. */
okrug_status okrug_global(okrug_ctx *ctx, okrug_global_statistic statistic, okrug_assumption assumption,
                          const okrug_csr *weights, const double *x, okrug_global_result *result);

/* Draws of a statistic at least, and at most, as far towards "like near like" as the one observed (for C: as small). */
typedef struct {
    int64_t at_least, at_most;
    double mean, variance; /* of the draws of the statistic itself; NaN without draws, the variance for fewer than 2 */
} okrug_permuted;

/* Permutes the values over all places. O(permutations (n + nnz)) on all threads, eight permutations at a time.
 * Scratch: 16 n numbers for each block in work, some 150 MB at most for n <= 300,000. */
okrug_status okrug_global_permute(okrug_ctx *ctx, okrug_global_statistic statistic, const okrug_csr *weights,
                                  const double *x, int64_t permutations, uint64_t seed, okrug_permuted *permuted);

/* ---- One number for each place -------------------------------------------------------------------------------- */

/* What is found for each place; arrays of n. */
typedef struct {
    double *value, *expectation, *variance;
    double *z;   /* (value - expectation) / sd: NaN where the variance is not above 0 */
    double *lag; /* sum_j w_ij z_j for local Moran, the deviation from the mean of the neighbours' for G: its sign says
                    whether neighbours are high or low, its unit is that of x over some power of two,
                    for weights far from 1 the place's own */
} okrug_local_results;

/* I_i = z_i sum_j w_ij z_j / m2, m2 = sum z^2 / n, with its mean and variance given x_i (Sokal, Oden and Thomson 1998).
 * NaN for islands and constant x. The sum of the I_i is S0 I.
 * Tests: Columbus CRIME (spdep 1.2-7); the 3 x 3 board, row-standardised: 1.2, .9, .3, .1, 0, .1, .3, .9, 1.2. */
okrug_status okrug_local_moran(okrug_ctx *ctx, const okrug_csr *weights, const double *x,
                               const okrug_local_results *results);

/* Getis and Ord's G_i (self NULL: over the others) or G_i* (self: weight of each place with itself): sum w_ij x_j / sum
 * x_j, and z by Ord and Getis (1995). NaN for islands (also with self: a place without neighbours says nothing of
 * them) and constant x; value alone NaN where the sum is 0.
 * Tests: 3 x 3 board, cell 1: G* -2.06559112, G -1.66666667; Columbus CRIME (spdep 1.2-7). */
okrug_status okrug_getis_ord_local(okrug_ctx *ctx, const okrug_csr *weights, const double *self, const double *x,
                                   const okrug_local_results *results);

/* Conditional permutation: x_i stays, the neighbours' values are drawn from the n - 1 others without replacement.
 * at_least[i] and at_most[i]: draws whose sum_j w_ij x_j is at least, and at most, the one observed; -1 for islands.
 * Each draw is one random order of places that all i share, i itself passed over; so results of places that have
 * as many neighbours rest on the same draws. Where the weights of a row are equal, only the number of links matters
 * and a place costs O(log permutations), else O(links x permutations).
 * Scratch: 80 n bytes and 40 MB whatever the permutations, more for rows of more than 4,000 links. */
okrug_status okrug_local_permute(okrug_ctx *ctx, const okrug_csr *weights, const double *x, int64_t permutations,
                                 uint64_t seed, int64_t *at_least, int64_t *at_most);

/* ---- Chance ---------------------------------------------------------------------------------------------------- */

typedef enum { OKRUG_TWO_SIDED, OKRUG_GREATER, OKRUG_LESS } okrug_alternative;

/* P of a standard normal variable beyond z. NaN for NaN. */
double okrug_normal_p(okrug_alternative alternative, double z);
/* (tail + 1) / (permutations + 1); two-sided: twice the smaller tail's, at most 1. NaN for at_least < 0 or without
 * permutations. */
double okrug_permutation_p(okrug_alternative alternative, int64_t at_least, int64_t at_most, int64_t permutations);

/* q_i = min over p_j >= p_i of p_j m / rank_j (Benjamini and Hochberg 1995): called at level f, the places with q <= f
 * hold a share of false ones of at most f on average. NaN p are left out (not among the m) and stay NaN.
 * O(n log n). Test: (.01, .02, .03, .5) gives .04, .04, .04, .5. */
okrug_status okrug_false_discovery(okrug_ctx *ctx, int64_t n, const double *p, double *q);

#endif
