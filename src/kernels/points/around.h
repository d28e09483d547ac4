/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies around a point, ring by ring: for cumulative functions of distance.
 */
#ifndef OKRUG_KERNELS_POINTS_AROUND_H
#define OKRUG_KERNELS_POINTS_AROUND_H

#include "kernels/points/pairs.h"

enum { OKRUG_RING_CELLS = 1 << 13, OKRUG_RING_CELL_BITS = 16, OKRUG_RINGS_SPARE = 8 };

/* Ring k holds distances above distance[k - 1] up to distance[k], each up to rounding. In the plane rings are as wide
 * as each other and a chord tells its ring; on the globe it falls into one of many cells, no cell having more than one
 * ring's end inside. */
typedef struct {
    int64_t count;
    bool globe;
    okrug_ruler ruler;
    int32_t end[OKRUG_M_DISTANCES_MOST + 1]; /* globe: of each ring, in the ruler's units */
    uint16_t ring[OKRUG_RING_CELLS + 1];
} okrug_rings;

/* Distances are even steps from 0, at most OKRUG_M_DISTANCES_MOST. */
void okrug_rings_make(int64_t count, const double *distance, bool globe, okrug_rings *rings);

/* The ring of what is so far away, in the ruler's units, and not beyond its cut. */
static inline int32_t okrug_ring_at(const okrug_rings *rings, int32_t at) {
    if (!rings->globe) {
        return at;
    }
    int32_t cell = at >> OKRUG_RING_CELL_BITS < OKRUG_RING_CELLS ? at >> OKRUG_RING_CELL_BITS : OKRUG_RING_CELLS;
    return rings->ring[cell] + (at > rings->end[rings->ring[cell]]);
}

/* The ring of every point around point i; count to count + OKRUG_RINGS_SPARE - 1 where it is beyond the last, or i.
 * `ring` has room for n + OKRUG_LANES. */
void okrug_around(const okrug_located *points, okrug_measure *measure, const okrug_rings *rings, int64_t i,
                  uint16_t *ring);

#endif
