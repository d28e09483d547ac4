/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions that move between classes: Markov chains from counts, where they lead, how fast, and whether two of them are
 * the same chain.
 *
 * Classes are 0 .. k - 1. count (k x k, row-major) holds how often a region of class i was in class j one period later;
 * a class that nobody left has no probabilities: its row is NaN, not zero, and it takes no part. Results are NaN where
 * they have no value, which is said at each. Functions with a status fail with OKRUG_NO_MEMORY or OKRUG_CANCELLED,
 * okrug_markov as okrug_spectral_radius does, and the tests as okrug_distributions_ready.
 */
#ifndef OKRUG_TRANSITIONS_H
#define OKRUG_TRANSITIONS_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Classes -------------------------------------------------------------------------------------------------- */

/* The k - 1 bounds between k classes of as many values each, of n > 0 values that rise: the quantiles j / k with linear
 * interpolation between ranks (type 7 of Hyndman and Fan 1996). Bounds may coincide where values do. */
void okrug_quantile_bounds(int64_t n, const double *rising, int64_t k, double *bound);

/* The class of x: how many of the bounds, which do not fall, lie below it. A value on a bound is in the lower class. */
int64_t okrug_class_of(double x, int64_t bounds, const double *bound);

/* ---- One chain ------------------------------------------------------------------------------------------------ */

typedef struct {
    double *probability; /* k x k: count_ij / sum_j count_ij; a class that nobody left: NaN */
    double *steady;      /* k: shares that the chain tends to from wherever it begins; 0 for classes it leaves for good.
                            NaN for a class that nobody left, and for all where there is no such thing: several closed
                            sets of classes, or a class that some came to and nobody left */
    double *passage;     /* k x k: mean number of periods until a region of class i is in class j for the first time,
                            on the diagonal until it is there again; NaN where it may never be */
    double mobility;  /* Shorrocks (1978): (m - sum_i p_ii) / (m - 1) over the m classes that have a row; NaN for one */
    double second;    /* modulus of the second largest eigenvalue; NaN where `steady` is */
    double half_life; /* -ln 2 / ln second, in periods; 0 for second 0, NaN for 1 */
    int64_t closed;   /* sets of classes that are never left, however long */
} okrug_markov_results;

/* `out` brings room for its arrays. O(k^4). Scratch: some 4 k^2 numbers.
 * Tests: 48 states of the USA 1929 to 2009 by quintiles of each year, steady .20774716, .18725774, .20740537,
 * .18821787, .20937187 (giddy). p = [[.9, .1, 0], [.1, .8, .1], [0, .2, .8]]: steady .4, .4, .2, mobility .25, half
 * life 4.6605. */
okrug_status okrug_markov(okrug_ctx *ctx, int64_t k, const int64_t *count, okrug_markov_results *out);

/* ---- Are they the same chain? --------------------------------------------------------------------------------- */

typedef struct {
    double chi_squared;                       /* sum n_i(r) (p_ij(r) - p_ij)^2 / p_ij */
    double likelihood_ratio;                  /* 2 sum n_ij(r) ln(p_ij(r) / p_ij) */
    double p_chi_squared, p_likelihood_ratio; /* NaN for 0 degrees */
    int64_t degrees;
    int64_t cells, small; /* cells with something expected; of those with less than 5 */
} okrug_markov_test;

/* Whether `regimes` tables of counts (regimes x k x k) come from one chain, that of their sum (Anderson and Goodman
 * 1957, degrees by Bickenbach and Bode 2003: per row (regimes that have it - 1) (classes it goes to - 1)).
 * Test: the states of the USA given their neighbours' quintile: 200.624 and 170.659 with 60 degrees (giddy). */
okrug_status okrug_markov_compare(okrug_ctx *ctx, int64_t k, int64_t regimes, const int64_t *count,
                                  okrug_markov_test *test);

/* Whether one table comes from the chain of another, taken as given. Degrees: per row (classes it goes to - 1). What
 * the other never does adds its whole count to neither statistic and is not expected to happen: `base` should hold
 * `count`. Test: the same with poor neighbours, 40.5598541. */
okrug_status okrug_markov_against(okrug_ctx *ctx, int64_t k, const int64_t *count, const int64_t *base,
                                  okrug_markov_test *test);

#endif
