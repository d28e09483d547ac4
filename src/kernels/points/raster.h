/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole numbers on a raster, and how many pairs of them are how far apart: its autocorrelation, exactly.
 */
#ifndef OKRUG_KERNELS_POINTS_RASTER_H
#define OKRUG_KERNELS_POINTS_RASTER_H

#include <okrug/point_cells.h>

enum { OKRUG_RASTER_TILES = 16 };

typedef struct {
    okrug_cells cells;
    int64_t width, height;
    uint64_t *value;       /* height x width */
    uint64_t *root, *back; /* powers of the roots of unity, and of their inverses, stage by stage */
    uint64_t *desk;        /* for each tile, some columns */
    uint64_t over;         /* 1 / (width height) */
    uint64_t alone;        /* pairs of each point with itself */
} okrug_raster;

/* In scratch memory. */
okrug_status okrug_raster_room(okrug_ctx *ctx, const okrug_cells *cells, okrug_raster *raster);
void okrug_raster_clear(okrug_raster *raster);
/* Which cell a place is in: its number in `value`. */
int32_t okrug_raster_cell(const okrug_raster *raster, double x, double y);
/* All that is added between clearing and pairing sums to less than 2^32. */
static inline void okrug_raster_add(okrug_raster *raster, int32_t cell, uint64_t weight) {
    raster->value[cell] += weight;
    raster->alone += weight * weight;
}
/* Turns what was added into pairs. */
okrug_status okrug_raster_pair(okrug_ctx *ctx, okrug_raster *raster);
/* Then: pairs (each once, none of a point with itself) whose cells are that many columns and rows apart, in whichever
 * directions; 0 <= columns <= reach[0], 0 <= rows <= reach[1]. */
uint64_t okrug_raster_pairs(const okrug_raster *raster, int64_t columns, int64_t rows);

#endif
