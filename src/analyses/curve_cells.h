/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves of more points than pairs can be measured of: points by the cell, and the bracket around the curve.
 */
#ifndef OKRUG_ANALYSES_CURVE_CELLS_H
#define OKRUG_ANALYSES_CURVE_CELLS_H

#include <okrug/point_cells.h>

#include "analyses/curve.h"

/* 0: all pairs up to OKRUG_PLANT_POINTS_MOST points, cells as small as they may be above. */
#define OKRUG_CELL_PARAMETER(REAL) REAL(cell, "cell", 0, 0, 1e12, NONE)

/* Last columns of the curve, and of the summary. */
#define OKRUG_BRACKET_COLUMNS                                                                                          \
    {"bracket_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                     \
     "what the points as they are have at least, where they are counted by the cell; else observed"},                  \
    {                                                                                                                  \
        "bracket_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "at most"                                                        \
    }
#define OKRUG_CELLS_COLUMNS                                                                                            \
    {"cell", OKRUG_NUMBER, OKRUG_UNIT_OWN, "side of the cells that points are put to; 0: all pairs were measured"},    \
        {"bracket_width", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                              \
         "greatest bracket_hi - bracket_lo; 0: all pairs were measured"},                                              \
    {                                                                                                                  \
        "map_stretch", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                 \
            "c / sin c, c the angle from the middle of the points to the farthest: a map of the globe stretches no "   \
            "distance by more; 1: there was no map"                                                                    \
    }

typedef struct {
    bool used;
    okrug_points sites, members; /* where they are put to cells: as they are, or on a map of the globe */
    double stretch, usual;       /* of that map; 1 without one */
    okrug_cells cells;
    double *lo, *hi; /* of each distance of the curve */
    double width;    /* greatest hi - lo where the curve has a value */
} okrug_curve_cells;

/* The cells over that window (NULL: over all sites), for pairs up to `reach` apart: of side `cell`, else (0) of side
 * `fine` or as small as they may be. Not used where all pairs can be measured and no cell was asked for.
 * OKRUG_BAD_USAGE: "cell-small", OKRUG_BAD_INPUT: "cells-globe", plants around half the globe. Scratch memory of the
 * context. */
okrug_status okrug_curve_cells_make(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                    const okrug_window *window, double reach, double cell, double fine,
                                    okrug_curve_cells *cells);
/* The rectangle of the points. */
okrug_window okrug_points_extent(const okrug_points *points);
/* Fills the columns of the curve's table from `column` on, finds the width and warns of it: "points-in-cells". */
okrug_status okrug_bracket_write(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                 okrug_curve_cells *cells, okrug_table *table, int column);
/* Fills those of the summary. */
okrug_status okrug_cells_write(const okrug_curve_cells *cells, okrug_table *table, int column);

#endif
