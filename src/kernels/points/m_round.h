/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M for many markings of the same sites at once: distances from a site are measured once for all of them.
 */
#ifndef OKRUG_KERNELS_POINTS_M_ROUND_H
#define OKRUG_KERNELS_POINTS_M_ROUND_H

#include "kernels/points/around.h"
#include "kernels/points/density.h"

enum { OKRUG_M_TILES = 16 };

/* Who is what in each marking. */
typedef struct {
    const okrug_located *sites;
    const okrug_rings *rings;
    const okrug_smoother *smoother; /* m: instead of rings; NULL: M */
    const okrug_ruler *ruler;       /* with the smoother */
    bool within;                    /* M of an industry with itself */
    int64_t markings;
    int64_t references, neighbours;
    int32_t *reference; /* markings x references */
    int32_t *neighbour; /* markings x neighbours; the same array where `within` */
    double *weight;     /* markings x sites; NULL: 1 */
} okrug_m_round;

/* `curves`: markings x distances. */
okrug_status okrug_m_round_run(okrug_ctx *ctx, const okrug_m_round *round, double *curves);

/* The same by cells within the farthest distance: the less it is, the faster. Sites are put to cells once for all
 * rounds of the same sites and distances; a marking's curve does not depend on how many are asked for. O(markings
 * references (sites near)). Scratch: 12 numbers a site. */
typedef struct okrug_m_near okrug_m_near;
okrug_status okrug_m_near_make(okrug_ctx *ctx, const okrug_points *sites, const okrug_m_round *round,
                               okrug_m_near **near);
/* Reports progress: of simulations, `before` of which are done, or of what is observed where `simulations` is 0. */
okrug_status okrug_m_near_run(okrug_ctx *ctx, okrug_m_near *near, const okrug_m_round *round, int64_t before,
                              int64_t simulations, double *curves);
/* How many distances a curve with those references measures. O(references x rows of cells near). */
double okrug_m_near_distances(const okrug_m_near *near, int64_t references, const int32_t *reference);

/* okrug_m_function and its draws, with `near` by the cells. */
okrug_status okrug_m_function_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                 const double *distance, double *curve);
okrug_status okrug_m_function_distances_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                           const double *distance, double *distances);
okrug_status okrug_m_function_draws_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                       const double *distance, int64_t simulations, uint64_t seed, double *curves);

/* ---- Between its files ---- */

/* What one tile works with. */
typedef struct {
    uint16_t *ring;     /* of every site; count and more: out of reach */
    int32_t *other;     /* those within reach */
    uint32_t *count;    /* rings: how many sites are in each */
    double *sums;       /* markings x 2 x distances: of local ratios and of what they are compared with */
    double *all, *some; /* rings x TOGETHER, rings; m: nodes; each with room for what is out of reach */
    int32_t *at;        /* m: how far every site is, in the ruler's units */
    double *curve[2];   /* m: distances */
} okrug_m_desk;

/* Adds a weight at a measured distance to the two nodes that it lies between. */
static inline void okrug_m_put(double *nodes, int32_t at, double weight) {
    int32_t node = at >> OKRUG_SPLIT_BITS;
    double on = (double)(at & (OKRUG_SPLIT - 1)) / OKRUG_SPLIT;
    nodes[node] += weight * (1.0 - on);
    nodes[node + 1] += weight * on;
}

double okrug_m_weight(const okrug_m_round *round, int64_t marking, int64_t site);
/* What the local ratio of that reference is compared with; total: weight of the neighbours and of all. */
double okrug_m_expected(const okrug_m_round *round, int64_t marking, int64_t site, const double total[2]);
/* m around a site for the markings in which it is a reference; total: 2 for each marking. */
void okrug_m_smooth_around(const okrug_m_round *round, const okrug_m_desk *desk, okrug_measure *measure, int64_t site,
                           const int32_t *marking, int64_t markings, const double *total);

#endif
