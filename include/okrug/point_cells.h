/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points by the cell: where pairs are too many to be measured one by one, every point counts as standing at the middle
 * of its cell, and pairs are counted by how many cells apart they are, all at once.
 *
 * Two points whose cells are a columns and b rows apart are really between max(|a| - 1, 0), max(|b| - 1, 0) and |a| +
 * 1, |b| + 1 sides of a cell apart: so every curve comes with two others that the exact one lies between. Counts are
 * whole numbers throughout; any number of threads gives the same.
 */
#ifndef OKRUG_POINT_CELLS_H
#define OKRUG_POINT_CELLS_H

#include <okrug/points.h>

/* ---- The globe on a flat map ---------------------------------------------------------------------------------------
 * The azimuthal equidistant map about the middle of some points, in km. Where all lie within an angle c < pi / 2 of it,
 * a great circle d long is on the map at least d apart and at most d c / sin c: the cap is convex, and the sphere is
 * nowhere wider than its tangent plane and nowhere narrower than by sin c / c. */
typedef struct {
    double east[3], north[3], up[3]; /* axes of the map in space; `up` to its middle */
    bool whole;                      /* the points reach around half the globe or more: they have no such map */
    double stretch;                  /* c / sin c: places on the map are at most so many times as far apart */
    double usual;                    /* what they are mostly: the mean of 1 and of what circles around the middle are
                                        stretched by, over the points */
} okrug_flat;

/* The map about the middle of the least cap around the points, nearly (Badoiu and Clarkson 2003): a thousandth of a
 * degree off. Points of the globe, one or more. O(n), at most 32 passes. Scratch: 3 n numbers. */
okrug_status okrug_flat_about(okrug_ctx *ctx, const okrug_points *points, okrug_flat *flat);
/* Where points of the globe are on the map (x, y: n each); 0 on one that is `whole`. */
void okrug_flat_places(const okrug_flat *flat, const okrug_points *points, double *x, double *y);

/* ---- Cells ---------------------------------------------------------------------------------------------------------
 * A raster of at most 2^OKRUG_CELLS_BITS cells (8 bytes each), at most 2^OKRUG_CELLS_AXIS_BITS along an axis, the room
 * around the points included, without which one edge would see the other. */
enum { OKRUG_CELLS_BITS = 24, OKRUG_CELLS_AXIS_BITS = 16 };

typedef struct {
    double side;           /* of a cell */
    double west, south;    /* corner of the first */
    int64_t columns, rows; /* that hold points */
    int64_t reach[2];      /* pairs up to so many columns and rows apart are counted */
    int bits[2];           /* the raster: 2^bits[0] columns, 2^bits[1] rows */
    double stretch, usual; /* places are at most, and usually, so many times as far apart as points are: 1; on a map of
                              the globe to be set to the map's */
} okrug_cells;

/* Cells of that side over the extent, for pairs up to `reach` apart. False: there would be too many. */
bool okrug_cells_of_side(const okrug_window *extent, double reach, double side, okrug_cells *cells);
/* The same with `side`, or with the least side for which there are not too many. */
bool okrug_cells_choose(const okrug_window *extent, double reach, double side, okrug_cells *cells);

/* How far apart pairs have to be seen for these curves. */
double okrug_k_density_reach(const okrug_k_density_grid *grid);

/* K-density, as okrug_k_density, of points at the middles of their cells; the K of the points as they are lies between
 * `lo` and `hi` (count each). Points are of the plane or of a map: then the grid is one of the globe, the cells reach
 * `stretch` times as far as it does, and distances count as those of middles over `usual`. Weights are rounded to whole
 * multiples of a power of two, some 2^-31 of their sum: the bracket includes it, and whole weights with a sum below
 * 2^31 stay as they are. Fewer than 2^31 points. O(2^bits bits). Scratch: the raster, and 64 numbers for each of its
 * rows or columns. */
okrug_status okrug_k_density_cells(okrug_ctx *ctx, const okrug_points *points, const double *weight,
                                   const okrug_k_density_grid *grid, const okrug_cells *cells, double *curve,
                                   double *lo, double *hi);
/* As okrug_k_density_draws, the drawn sites put to the same cells: the same draws as there. */
okrug_status okrug_k_density_cells_draws(okrug_ctx *ctx, const okrug_points *sites, int64_t n, const double *weight,
                                         const okrug_k_density_grid *grid, const okrug_cells *cells,
                                         int64_t simulations, uint64_t seed, double *curves);

/* Ripley's K, as okrug_ripley_k. With the isotropic correction what it adds to K without one is found by coarser cells,
 * pair of cells by pair of cells, in O(OKRUG_EDGE_STEPS) whatever the number of points. Scratch: 8 numbers (24 for the
 * bracket) for each of the coarser cells, of which there are at most OKRUG_EDGE_CELLS. */
enum { OKRUG_EDGE_CELLS = 1 << 19 };
#define OKRUG_EDGE_STEPS 4e9
okrug_status okrug_ripley_k_cells(okrug_ctx *ctx, const okrug_points *points, const okrug_window *window,
                                  okrug_edge edge, const okrug_cells *cells, int64_t count, const double *distance,
                                  double *curve, double *lo, double *hi);
okrug_status okrug_ripley_k_cells_draws(okrug_ctx *ctx, int64_t n, const okrug_window *window, okrug_edge edge,
                                        const okrug_cells *cells, int64_t count, const double *distance,
                                        int64_t simulations, uint64_t seed, double *curves);

#endif
