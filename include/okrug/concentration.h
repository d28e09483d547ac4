/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Concentration and specialisation: location quotients and the indices built on shares.
 *
 * Amounts (persons, money) are finite and not negative. A matrix of regions by industries is row-major: industry i of
 * region r is value[r * industries + i]. Where a formula has no value the result is NaN, and when is said at each
 * function; no result is infinite. Sums are compensated and in a fixed order. Functions that return a status fail with
 * OKRUG_NO_MEMORY or OKRUG_CANCELLED only.
 */
#ifndef OKRUG_CONCENTRATION_H
#define OKRUG_CONCENTRATION_H

#include <stdint.h>

#include <math.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Location quotients --------------------------------------------------------------------------------------- */

/* What a region is compared with. All of it may be zero: then everything is computed from the matrix itself. */
typedef struct {
    const double *region_total;   /* e_r (regions); NULL: the sums of the rows */
    const double *industry_total; /* e_i (industries); NULL: the sums of the columns */
    double total;                 /* e; 0: the sum of the industry totals in use */
    const double *share;          /* (industries) the reference's shares, in place of e_i / e; then industry_total and
                                     total are not looked at, and the reference counts as known without error */
} okrug_lq_reference;

/* One quotient of a value, its region's total and its industry's share in the reference; NaN where one of these is 0.
 */
static inline double okrug_location_quotient(double value, double region_total, double share) {
    return region_total > 0.0 && share > 0.0 ? value / region_total / share : (double)NAN;
}

/* The two that the quotients are made of, with what the reference leaves open taken from `value` (regions x
 * industries): region_total (regions) and share (industries; NaN where the reference has none). For those who have the
 * values in another order and need no matrix of quotients. O(regions x industries). */
okrug_status okrug_lq_totals(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                             const okrug_lq_reference *reference, double *region_total, double *share);

/* lq (regions x industries) = (E_ri / e_r) / (e_i / e): how many times the industry's share in the region is its share
 * in the reference. NaN where e_r = 0 or e_i = 0 (or its share is 0). `reference` may be NULL. O(regions x industries).
 * Test: REAT's LQ(1714; 79006; 879213; 15593224) = 0.3847623. */
okrug_status okrug_location_quotients(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                      const okrug_lq_reference *reference, double *lq);

/* Interval of each location quotient by the delta method on its logarithm: lq exp(-+ z sqrt(v)), where
 * v = 1/E_ri - 1/e_r + 1/e_i - 1/e, or 1/E_ri - 1/e_r where the reference is given by shares (Moineddin, Beyene and
 * Boyle 2003). `value` and the totals are counts: of things or persons, not thousands and not money. z is the normal
 * quantile (okrug_normal_quantile). NaN where lq is NaN, where E_ri = 0, and where v < 0 (a part above its total).
 * Test: the quotient above, at 95 %: 0.36714 to 0.40323. */
okrug_status okrug_lq_intervals(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                const okrug_lq_reference *reference, const double *lq, double z, double *lo,
                                double *hi);

/* The z for which a standard normal variable lies within -z..z with probability `level` (0 < level < 1): 1.959964 for
 * .95. NaN outside. Solved on erf and erfc, to their precision. */
double okrug_normal_quantile(double level);

/* z (regions x industries): each quotient less the mean of its industry over the regions, divided by the sample
 * standard deviation (n - 1) over them (O'Donoghue and Gleave 2004). NaN quotients are left out and stay NaN; NaN too
 * for a whole industry with fewer than two quotients or with equal ones. */
void okrug_lq_z(int64_t regions, int64_t industries, const double *lq, double *z);

/* The same for ln lq (Tian 2013). Zero quotients have no logarithm: they are left out, their z is NaN, and
 * zeros[industry] says how many there were. */
void okrug_lq_z_log(int64_t regions, int64_t industries, const double *lq, double *z, int64_t *zeros);

/* Each is an array of `industries`. */
typedef struct {
    int64_t *regions;  /* with a quotient above 0 */
    int64_t *zeros;    /* quotients of 0, which have no logarithm and are left out */
    double *threshold; /* the mean over the resamples of the percentile of z */
    double *lo, *hi;   /* the 2.5th and 97.5th percentile over them */
    double *lq;        /* the quotient whose z is the threshold */
} okrug_lq_thresholds;

/* How large the standardised ln lq of an industry (okrug_lq_z_log) is that only 1 - p of regions reach, by a bootstrap
 * (Tian 2013, after O'Donoghue and Gleave 2004): `resamples` times as many regions as there are, drawn with replacement
 * among those with a quotient above 0, and of each the percentile p (linear between order statistics). Random numbers
 * hang on seed and unit (industries: a number of its name's) only. NaN where fewer than 1 / (1 - p) regions have a
 * quotient above 0, or all are equal. O(resamples x regions x industries); scratch: 24 x regions numbers. */
okrug_status okrug_lq_bootstrap(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *lq, double p,
                                int64_t resamples, uint64_t seed, const uint64_t *unit,
                                const okrug_lq_thresholds *results);

/* ---- Indices of one distribution ------------------------------------------------------------------------------
 * x and p (n each) are amounts or shares alike: each is divided by its own sum. NaN where a sum is 0. */

/* sum s^2: from 1/n (equal) to 1 (all in one). */
double okrug_herfindahl(int64_t n, const double *x);
/* (h - 1/n) / (1 - 1/n): from 0 to 1. NaN for n < 2. Test: (20,50,20,10) gives .34 and .12. */
double okrug_herfindahl_normalised(int64_t n, double h);

/* sum |s - p|, Krugman's (1991) index: from 0 (the same structure) to 2 (nothing in common). */
double okrug_krugman(int64_t n, const double *x, const double *p);

/* sum s ln(s / p), Theil's T, with 0 ln 0 = 0; never below 0. NaN where p is 0 and s is not (it would be infinite). p
 * may be NULL: equal shares. Test: (10,10,10,20,50) gives .2502012. */
double okrug_theil(int64_t n, const double *x, const double *p);

/* The same split by groups (group: n, 0 .. groups - 1): theil = *between + *within, but for rounding. With S_g and P_g
 * the sums of s and p, between = sum_g S_g ln(S_g / P_g), within = sum_g S_g sum_(i in g) s_i / S_g ln(s_i P_g / (S_g
 * p_i)). Neither is below 0. work: 2 groups. Test: (10,10,10,20,50) in {1-3}, {4,5}: .1837869 and .0664143. */
void okrug_theil_split(int64_t n, const double *x, const double *p, int64_t groups, const int64_t *group, double *work,
                       double *between, double *within);

/* Gini coefficient of values y (n) that have weights (n; values without weight do not count): half the mean difference
 * between any two of them, as a share of their mean. With y in ascending order and C the running sums of weights,
 *
 *   gini = sum_k C_k (C_n - C_k) (y_k+1 - y_k) / (C_n^2 mean y).
 *
 * From 0 (exactly, where all are equal) to below 1; NaN where the weights or the weighted mean are 0. work: 2 n, the
 * caller's. O(n log n). Test: REAT's gini of GDP per head, 16 Laender, all of weight 1: .143966269352823. */
double okrug_gini_in(int64_t n, const double *y, const double *weight, double *work);

/* Locational Gini: that of R = s / p without weights, which is 2 / (n^2 mean R) sum k (R_k - mean R), R ascending. From
 * 0 to 1 - 1/n. Places where both shares are 0 are left out; NaN where p alone is 0. O(n log n). Test:
 * (500,500,1000,7000,1000) against (20000,15000,20000,40000,5000) gives .4068966 (REAT). */
okrug_status okrug_locational_gini(okrug_ctx *ctx, int64_t n, const double *x, const double *p, double *gini);
/* The same with memory of the caller's: work (2 n). */
double okrug_locational_gini_in(int64_t n, const double *x, const double *p, double *work);

/* ---- Industries over regions ---------------------------------------------------------------------------------- */

/* Each is an array of `industries` numbers. */
typedef struct {
    double *gini;       /* okrug_locational_gini: a region in which the industry has nothing is one of the n */
    double *hoover;     /* sum_r |s_ri - p_r| / 2: the share that would have to move. 0 to 1 */
    double *theil;      /* okrug_theil */
    double *herfindahl; /* okrug_herfindahl: without regard to the reference */
} okrug_concentration_results;

/* How each industry's distribution over the regions (s_ri = E_ri / e_i) differs from the reference distribution p,
 * which is that of `reference` (regions, amounts), or where it is NULL of the rows' sums. NaN where e_i or the
 * reference is 0; gini and theil too where a region has some of the industry and nothing of the reference. O(industries
 * x regions); scratch: 25 x regions numbers. */
okrug_status okrug_industry_concentration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                          const double *reference, const okrug_concentration_results *results);

/* ---- Variety of regions ---------------------------------------------------------------------------------------- */

/* Each is an array of `regions` numbers, in bits. total = unrelated + related, but for rounding. */
typedef struct {
    double *total;     /* sum_i p_i log2 1 / p_i over industries: from 0 to log2 industries */
    double *unrelated; /* the same over groups of industries, with P_g the sum of p_i in g */
    double *related;   /* sum_g P_g sum_i p_i / P_g log2 P_g / p_i: the mean entropy within groups */
} okrug_variety_results;

/* Entropy of each region's structure, split into that between groups of industries and that within them (Frenken, Van
 * Oort and Verburg 2007). group: industries, 0 .. groups - 1. NaN where a region's total is 0. O(regions x industries).
 */
okrug_status okrug_variety(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value, int64_t groups,
                           const int64_t *group, const okrug_variety_results *results);

/* ---- Regions like each other ---------------------------------------------------------------------------------- */

/* For each region the k others whose structure differs least (Krugman's index between the two), nearest first, equal
 * ones by their number. neighbour and distance are regions x k; where there are fewer than k others the rest is -1 and
 * NaN. Regions whose sum is 0 have no neighbours and are none. O(regions^2 x industries) time, no regions^2 memory;
 * scratch: regions x industries numbers. */
okrug_status okrug_krugman_nearest(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value, int64_t k,
                                   int64_t *neighbour, double *distance);

#endif
