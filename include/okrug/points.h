/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plants as points: whether those of an industry are nearer to each other than chance would put them.
 *
 * Points are finite. In the plane distances are in the unit of the coordinates; on the globe they are great circles in
 * km, and no distance asked for may exceed a quarter of its circumference. Counts of pairs are whole numbers, sums of
 * weights are in a fixed order, and random numbers are Philox, counted by (seed, method, simulation, draw): any number
 * of threads gives the same. Functions that return a status fail with OKRUG_NO_MEMORY or OKRUG_CANCELLED only.
 */
#ifndef OKRUG_POINTS_H
#define OKRUG_POINTS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef struct {
    int64_t n;
    const double *x, *y; /* n each; on the globe longitude and latitude in degrees */
    bool globe;
} okrug_points;

/* A quarter of the great circle, in km: the farthest distance on the globe that is told apart. */
#define OKRUG_QUARTER_GLOBE_KM 10007.557

/* ---- Places ------------------------------------------------------------------------------------------------------
 * Points with the same coordinates share a place: a centroid that stands for a municipality, or a legal address. */
typedef struct {
    int64_t places;  /* different ones */
    int64_t sharing; /* points that are not alone at theirs */
    int64_t largest; /* points at the fullest place */
    double grain;    /* median, over the points that share a place, of the distance from it to the nearest other place:
                        what    such coordinates can tell apart. 0 where none share; NaN where there is but one place */
} okrug_shared_places;

/* O(n log n). Scratch: 20 n numbers. */
okrug_status okrug_points_shared(okrug_ctx *ctx, const okrug_points *points, okrug_shared_places *shared);

/* Median distance between two of them (of some 4,000 evenly spaced in their order, where there are more). 0 for fewer
 * than two. */
okrug_status okrug_points_median_distance(okrug_ctx *ctx, const okrug_points *points, double *median);

/* ---- K-density (Duranton and Overman 2005) -----------------------------------------------------------------------
 * K(d) = 1 / (h sum_i<j w_i w_j) sum_i<j w_i w_j [phi((d - d_ij) / h) + phi((d + d_ij) / h)], phi standard normal. */

/* h = .9 min(sd, IQR / 1.34) N^(-1/5) over the N = n (n - 1) / 2 distances (Silverman 1986, 3.31), sd where the
 * quartiles are equal. 0 where all distances are, or n < 3. Quartiles are exact for n <= 500, above to a 1/60,000 of
 * the greatest distance there could be. O(n^2). Test: the ten points of METHODS, 2.592398. */
okrug_status okrug_k_density_bandwidth(okrug_ctx *ctx, const okrug_points *points, double *bandwidth);

/* The distances asked for, rising, and how finely pairs are counted: at nodes `width` apart, each pair's weight shared
 * between the two nodes it lies between. `error` bounds what that does to any K(d): some width^2 / (8 h^3) phi''(0). */
typedef struct {
    int64_t count;
    const double *distance;
    double bandwidth;
    double width;
    int64_t nodes;
    double error;
    bool globe;
} okrug_k_density_grid;

/* h / 250 apart for up to 1,000 points, h / 50 above. False where the bandwidth is so narrow (some 1,000th of the
 * largest distance) that there would be too many nodes. */
bool okrug_k_density_grid_make(int64_t count, const double *distance, double bandwidth, int64_t n, bool globe,
                               okrug_k_density_grid *grid);

/* `curve`: K at each distance. `weight` (n, not negative, two of them positive) may be NULL: 1. O(n^2). Scratch: 16 x
 * nodes whole numbers. Test: (0,0), (1,0), (0,1), h = .5: K(0) = .153718, K(1) = .720813. */
okrug_status okrug_k_density(okrug_ctx *ctx, const okrug_points *points, const double *weight,
                             const okrug_k_density_grid *grid, double *curve);

/* The same of n points drawn without replacement from `sites` (n <= sites->n), `simulations` times; weights, where
 * given, fall on them in random order. `curves`: simulations x distances. O(simulations n^2). Scratch does not grow
 * with simulations: at most 32 x (nodes + sites + 4 n) numbers. */
okrug_status okrug_k_density_draws(okrug_ctx *ctx, const okrug_points *sites, int64_t n, const double *weight,
                                   const okrug_k_density_grid *grid, int64_t simulations, uint64_t seed,
                                   double *curves);

/* ---- M (Marcon and Puech 2010) ------------------------------------------------------------------------------------
 * M(r) = sum_i [sum_j in B, d_ij <= r w_j / sum_j, d_ij <= r w_j] / sum_i [(W_B - w_i if in B) / (W - w_i)], i over the
 * references, j over the others: how much of what is near is of B, over how much is anywhere. References with nothing
 * near (m: within 6.5 h of r) leave both sums. Distances equal to r but for rounding (some 1e-8 of the largest) are
 * within. */
typedef struct {
    const okrug_points *sites;
    const double *weight; /* of each site, not negative; NULL: 1 */
    int64_t references;
    const int32_t *reference; /* which sites, rising */
    int64_t neighbours;
    const int32_t *neighbour; /* those of B, rising: the same array for M of an industry with itself, else disjoint */
    const okrug_k_density_grid *smooth; /* m instead of M (Lang, Marcon and Puech 2020): [d_ij <= r] becomes phi((r -
                                           d_ij) / h); its distances are those asked for. NULL: M */
} okrug_m_sets;

/* With more references than OKRUG_M_REFERENCES_MANY only the cells within the farthest distance (m: and 6.5 h) are
 * looked at: O(references x sites within it), the same values but for the order of sums. */
enum { OKRUG_M_DISTANCES_MOST = 2001, OKRUG_M_REFERENCES_MANY = 300000 };

/* `distance` (count, at most OKRUG_M_DISTANCES_MOST): 0 or more, even steps. `curve`: count, NaN where no reference has
 * anything near. O(references x sites). Test: the ten points of METHODS, M_AA(1) = .7395162271, M_AB(1) = 1.713144759.
 */
okrug_status okrug_m_function(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                              double *curve);
/* How many distances that measures, and about as many each permutation: its time goes by them. O(sites + references x
 * rows of cells). */
okrug_status okrug_m_function_distances(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                                        double *distances);
/* The same with industries and weights, together, permuted over the sites. `curves`: simulations x count. Without
 * weights O(sites^2 + simulations references neighbours), with weights O(simulations references sites). Scratch does
 * not grow with simulations: some 100 MB at most. */
okrug_status okrug_m_function_draws(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                                    int64_t simulations, uint64_t seed, double *curves);

/* ---- K (Ripley 1977) ------------------------------------------------------------------------------------------------
 * K(r) = A / (n (n - 1)) sum over i != j of [d_ij <= r] e_ij, in a rectangle of area A; pi r^2 where points fall
 * evenly. */
typedef enum {
    OKRUG_EDGE_NONE,      /* e = 1 */
    OKRUG_EDGE_TRANSLATE, /* area of the window over its overlap with itself moved by j - i (Ohser 1983) */
    OKRUG_EDGE_ISOTROPIC  /* a circle's circumference over its part within the window, at most 100 (Ripley 1977) */
} okrug_edge;

typedef struct {
    double x[2], y[2]; /* from, to: from < to */
} okrug_window;

/* Points of the plane, inside the window; distances as for M. `curve`: count. O(n^2) at most: pairs farther apart along
 * x than the largest distance are passed over. Test: METHODS, five points of the unit square (spatstat). */
okrug_status okrug_ripley_k(okrug_ctx *ctx, const okrug_points *points, const okrug_window *window, okrug_edge edge,
                            int64_t count, const double *distance, double *curve);
/* The same of n points that fall evenly on the window. `curves`: simulations x count. */
okrug_status okrug_ripley_k_draws(okrug_ctx *ctx, int64_t n, const okrug_window *window, okrug_edge edge, int64_t count,
                                  const double *distance, int64_t simulations, uint64_t seed, double *curves);

/* ---- Envelopes ---------------------------------------------------------------------------------------------------
 * What chance leaves between. Curves are finite. */
typedef struct {
    double *lo_local, *hi_local;   /* at each distance by itself: k-th least and k-th greatest of the simulated, k =
                                      floor((1 - level) / 2 (simulations + 1)) */
    double *lo_global, *hi_global; /* Duranton and Overman: the widest k at which no more than 1 - level of the
                                      simulated curves leave the band anywhere */
    double *lo_length, *hi_length; /* extreme rank length (Myllymaki et al. 2017): the hull of the curves, the observed
                                      one among them, that remain when the 1 - level most extreme are gone */
    double local_share;            /* of simulated curves that leave the local band somewhere */
    double global_share;           /* the same of the global band: at most 1 - level */
    double p;                      /* of the observed curve by extreme rank length: (curves at least as extreme, itself
                                      included) / (simulations + 1) */
} okrug_envelope;

/* The least number of simulations with which a local band of that level can be told. */
int64_t okrug_envelope_least(double level);

/* observed: `count`; curves: simulations x count; the arrays of `envelope` are `count` long. O(simulations count log
 * simulations). Scratch: simulations x count numbers and half as many again. */
okrug_status okrug_envelope_of(okrug_ctx *ctx, int64_t count, const double *observed, int64_t simulations,
                               const double *curves, double level, okrug_envelope *envelope);

#endif
