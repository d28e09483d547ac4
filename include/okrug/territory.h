/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions beside each other: which are comparable, what markets are near, and how they come through a crisis.
 *
 * Arrays are finite and row-major. Sums are compensated and in a fixed order; where a formula has no value the result
 * is NaN, and when is said at each function. Functions that return a status fail with OKRUG_NO_MEMORY or
 * OKRUG_CANCELLED only.
 */
#ifndef OKRUG_TERRITORY_H
#define OKRUG_TERRITORY_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/numeric.h>
#include <okrug/status.h>

/* ---- Comparable regions ---------------------------------------------------------------------------------------- */

/* What was done to one indicator. */
typedef struct {
    int root;         /* 1: nothing; 2, 3, 4: the root that was taken */
    double skewness;  /* after that, of a sample: m3 / m2^1.5 sqrt(n (n - 1)) / (n - 2); NaN for fewer than 3 values and
                         where all are equal */
    double mean;      /* after that */
    double deviation; /* after that: sqrt(sum (x - mean)^2 / n); exactly 0 where all values are equal */
} okrug_indicator_scale;

/* Rescales x[0], x[stride], ... (n > 0 values) in place. Where the skewness is beyond +-`bound` and no value is below
 * 0, the root among 1, 2, 3 and 4 that leaves the least skewness is taken (the lowest of equals). Then, with
 * `standard`, the mean is subtracted and the deviation divided by; equal values become 0. bound may be infinite: no
 * roots. O(n). Test: the 34 indicators of tests/case/structural-distance, against numpy and scipy. */
okrug_indicator_scale okrug_indicator_rescale(int64_t n, double *x, int64_t stride, double bound, bool standard);

/* For each of n regions the k others with the least d = sum_j w_j (z_rj - z_qj)^2 (Navarro and others 2014), nearest
 * first, equal ones by their number. z is n x m, weight m, neighbour and distance n x k; where there are fewer than k
 * others the rest is -1 and NaN. O(n^2 m); no n^2 memory. */
okrug_status okrug_structural_nearest(okrug_ctx *ctx, int64_t n, int64_t m, const double *z, const double *weight,
                                      int64_t k, int64_t *neighbour, double *distance);

/* ---- Market potential ------------------------------------------------------------------------------------------ */

/* How far each market reaches. */
typedef struct {
    bool exponential; /* exp(-d / reach), else d^-power */
    double power;     /* >= 0 */
    double reach;     /* km, above 0 */
    double least;     /* shorter distances count as this one; >= 0 */
    double limit;     /* nothing comes from farther; may be infinite */
} okrug_market_decay;

/* Distances are those of `distance` (n x n by rows, of pairs that are known; the others are beyond reach), or where it
 * is NULL great circles between the points (degrees). */
typedef struct {
    int64_t n;
    const double *mass; /* >= 0 */
    const okrug_csr *distance;
    const double *lon, *lat;
    const double *own; /* n: distance of a region to itself, NaN: it gives itself nothing; no limit applies */
    okrug_market_decay decay;
} okrug_markets;

/* Harris's (1954) market potential: neighbours[r] = sum over q != r of mass_q f(d_rq), own[r] = mass_r f(own_r) (0
 * without a distance); NaN where a distance of 0 is put to a power above 0. For each region the k others that give it
 * most, the most first, equal ones by their number, with what they give and from how far (n x k; the rest is -1 and
 * NaN; none that gives 0). O(n^2) or O(pairs), and k of those that are inserted.
 * Test: tests/case/market-potential, against numpy. */
okrug_status okrug_market_potential(okrug_ctx *ctx, const okrug_markets *markets, double *neighbours, double *own,
                                    int64_t k, int64_t *giver, double *given, double *from);

/* ---- Coming through a crisis ----------------------------------------------------------------------------------- */

/* Where a series fell most: the pair of places peak < trough with the least x[trough] / x[peak], the first of equal
 * ones; false where it never falls below an earlier value. x has n values, all > 0. O(n). */
bool okrug_largest_fall(int64_t n, const double *x, int64_t *peak, int64_t *trough);

/* Change of a region between two periods beside the nation's, by shares of industries. */
typedef struct {
    double change; /* g_r = E_r(to) / E_r(from) - 1; NaN without anything at the start */
    double nation; /* g */
    double mix;    /* sum_i s_ri (g_i - g): what its industries would have brought; industries that the nation began
                      without are left out and count as own */
    double own;    /* g_r - g - mix */
    double beta;   /* g_r / g (Martin 2012); NaN where g is 0 */
    double index;  /* (g_r - g) / |g| (Lagravinese 2015; Martin and others 2016); NaN where g is 0 */
} okrug_phase;

/* from and to are regions x industries; `phase` gets one for each region. O(regions x industries).
 * Test: tests/case/resilience, by hand. */
okrug_status okrug_phases(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *from, const double *to,
                          okrug_phase *phase);

#endif
