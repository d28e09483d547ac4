/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies around a point, ring by ring.
 */
#include "kernels/points/around.h"

enum { CELL_BITS = OKRUG_RING_CELL_BITS, ROUNDING = 2 };
static const double NEARLY = 1e-8; /* of a ring's width: so much beyond its end is in it */

static void plane_rings(int64_t count, double step, okrug_rings *rings) {
    okrug_ruler *ruler = &rings->ruler;
    *ruler = (okrug_ruler){.scale = 1.0 / step, .offset = 1.0 - NEARLY, .cut = (double)count, .nodes = count};
    for (int lane = 0; lane < OKRUG_LANES; lane++) {
        ruler->beyond[lane] = (double)(count + lane % OKRUG_RINGS_SPARE);
    }
}

static void globe_rings(int64_t count, const double *distance, okrug_rings *rings) {
    double last = okrug_chord_of_distance(true, distance[count - 1]);
    double scale =
        (double)(OKRUG_RING_CELLS - 2) * (1 << CELL_BITS) / last; /* the last ring ends near the last cell's end */
    okrug_ruler_make(OKRUG_SPLIT / scale, (int64_t)OKRUG_RING_CELLS << (CELL_BITS - OKRUG_SPLIT_BITS), &rings->ruler);
    for (int64_t k = 0; k < count; k++) {
        rings->end[k] = (int32_t)(okrug_chord_of_distance(true, distance[k]) * scale) + ROUNDING;
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

void okrug_rings_make(int64_t count, const double *distance, bool globe, okrug_rings *rings) {
    rings->count = count;
    rings->globe = globe;
    if (globe) {
        globe_rings(count, distance, rings);
    } else {
        plane_rings(count, distance[count - 1] / (double)(count - 1), rings);
    }
}

void okrug_around(const okrug_located *points, okrug_measure *measure, const okrug_rings *rings, int64_t i,
                  uint16_t *ring) {
    int32_t at[OKRUG_LANES];
    for (int64_t j = 0; j < points->n; j += OKRUG_LANES) {
        measure(points, i, j, &rings->ruler, at);
        for (int lane = 0; lane < OKRUG_LANES; lane++) {
            ring[j + lane] = (uint16_t)okrug_ring_at(rings, at[lane]);
        }
    }
    ring[i] = (uint16_t)rings->count;
}
