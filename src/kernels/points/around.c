/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies around a point, ring by ring.
 */
#include "kernels/points/around.h"

#include <math.h>

enum { CELL_BITS = 16, ROUNDING = 2 };

void okrug_rings_make(int64_t count, const double *distance, bool globe, okrug_rings *rings) {
    double last = okrug_chord_of_distance(globe, distance[count - 1]);
    /* The last ring ends near the last cell's end; where all is at distance 0, any unit does. */
    double units = (double)(OKRUG_RING_CELLS - 2) * (1 << CELL_BITS);
    double scale = last > 0.0 ? units / last : 1.0;
    rings->count = count;
    okrug_ruler_make(OKRUG_SPLIT / scale, (int64_t)OKRUG_RING_CELLS << (CELL_BITS - OKRUG_SPLIT_BITS), &rings->ruler);
    for (int64_t k = 0; k < count; k++) {
        rings->end[k] = (int32_t)(okrug_chord_of_distance(globe, distance[k]) * scale) + ROUNDING;
    }
    int64_t k = 0;
    for (int64_t cell = 0; cell <= OKRUG_RING_CELLS; cell++) {
        while (k < count && rings->end[k] < (int32_t)(cell << CELL_BITS)) {
            k++;
        }
        rings->ring[cell] = (uint16_t)k; /* the first ring that ends in this cell or after */
    }
    rings->end[count] = INT32_MAX;
}

int64_t okrug_around(const okrug_located *points, okrug_measure *measure, const okrug_rings *rings, int64_t i,
                     int32_t *other, uint16_t *ring) {
    int32_t at[OKRUG_LANES];
    int64_t found = 0;
    int32_t last = rings->end[rings->count - 1];
    for (int64_t j = 0; j < points->n; j += OKRUG_LANES) {
        int64_t lanes = points->n - j < OKRUG_LANES ? points->n - j : OKRUG_LANES;
        measure(points, i, j, &rings->ruler, at);
        for (int64_t lane = 0; lane < lanes; lane++) {
            other[found] = (int32_t)(j + lane);
            int32_t cell = at[lane] >> CELL_BITS;
            uint16_t k = rings->ring[cell < OKRUG_RING_CELLS ? cell : OKRUG_RING_CELLS];
            ring[found] = (uint16_t)(k + (at[lane] > rings->end[k]));
            found += at[lane] <= last && j + lane != i;
        }
    }
    return found;
}
