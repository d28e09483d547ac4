/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distances of all pairs, counted at nodes an even width apart. A pair is shared between the two nodes it lies between,
 * nearer ones getting more, so that sums over smooth functions of the distance err by the square of the width only.
 *
 * Shares are whole numbers, of OKRUG_SPLIT: sums of them do not depend on their order.
 */
#ifndef OKRUG_KERNELS_POINTS_PAIRS_H
#define OKRUG_KERNELS_POINTS_PAIRS_H

#include "kernels/points/located.h"

enum { OKRUG_SPLIT_BITS = 14, OKRUG_SPLIT = 1 << OKRUG_SPLIT_BITS, OKRUG_NODES_MOST = 1 << 16, OKRUG_NODES_SPARE = 8 };

/* Simulated distances may be off by that part of the width: 1 / OKRUG_NARROW_PART. */
enum { OKRUG_NARROW_PART = 500 };

/* Nodes at chords 0, width, ... (nodes - 1) width. What lies at or beyond the last is not counted. */
typedef struct {
    double scale;  /* OKRUG_SPLIT / width */
    double offset; /* added before the fraction is cut off: 0, or nearly 1 to round up */
    double cut;    /* (nodes - 1) OKRUG_SPLIT */
    int64_t nodes;
    double beyond[OKRUG_LANES]; /* where lanes beyond the cut go: spread, for one place would be waited for */
    float narrow_cut, narrow_beyond[OKRUG_LANES];
} okrug_ruler;

void okrug_ruler_make(double width, int64_t nodes, okrug_ruler *ruler); /* 2 <= nodes <= OKRUG_NODES_MOST */

/* Chords from point i to points j .. j + OKRUG_LANES - 1, times the scale, plus the offset, cut to whole numbers. */
typedef void okrug_measure(const okrug_located *points, int64_t i, int64_t j, const okrug_ruler *ruler,
                           int32_t at[OKRUG_LANES]);
/* By the widest vectors that the processor has, or those that any has: both give the same. */
okrug_measure *okrug_measure_for(const okrug_located *points, bool widest);

/* Counting in one thread. `packed`: nodes + OKRUG_NODES_SPARE, zero at first and at the end; `mass`: nodes, in 1 /
 * OKRUG_SPLIT, added to. All pairs i < j with first <= i < end. */
void okrug_pairs_count(const okrug_located *points, const okrug_ruler *ruler, int64_t first, int64_t end,
                       uint64_t *packed, uint64_t *mass);
/* The same with weight w_i w_j; `mass`: nodes + OKRUG_NODES_SPARE + 1. */
void okrug_pairs_weigh(const okrug_located *points, const double *weight, const okrug_ruler *ruler, int64_t first,
                       int64_t end, double *mass);

/* All pairs on all threads: how many, or with weights how much, at each node. */
okrug_status okrug_pairs_mass(okrug_ctx *ctx, const okrug_located *points, const double *weight,
                              const okrug_ruler *ruler, double *mass);

#endif
