/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies around a point, ring by ring: for cumulative functions of distance.
 */
#ifndef OKRUG_KERNELS_POINTS_AROUND_H
#define OKRUG_KERNELS_POINTS_AROUND_H

#include "kernels/points/pairs.h"

enum { OKRUG_RING_CELLS = 1 << 13 };

/* Ring k holds distances above distance[k - 1] up to distance[k], each up to rounding. A measured chord falls into one
 * of many cells, no cell having more than one ring's end inside. */
typedef struct {
    int64_t count;
    okrug_ruler ruler;
    int32_t end[2002]; /* of each ring, in the ruler's units */
    uint16_t ring[OKRUG_RING_CELLS + 1];
} okrug_rings;

/* Distances are even steps from 0, at most 2001. */
void okrug_rings_make(int64_t count, const double *distance, bool globe, okrug_rings *rings);

/* Those within the last ring around point i, i itself left out, by rising number. Both arrays have room for all. */
int64_t okrug_around(const okrug_located *points, okrug_measure *measure, const okrug_rings *rings, int64_t i,
                     int32_t *other, uint16_t *ring);

#endif
