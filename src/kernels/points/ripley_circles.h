/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ripley's isotropic correction: how much of a circle around a point is within a rectangle; and, of points by the cell,
 * what it adds to K without a correction.
 */
#ifndef OKRUG_KERNELS_POINTS_RIPLEY_CIRCLES_H
#define OKRUG_KERNELS_POINTS_RIPLEY_CIRCLES_H

#include <okrug/point_cells.h>

/* The circumference over its part within, at most 100. `side`: from the centre to the rectangle's left, lower, right
 * and upper side, not below 0. 1 for a circle of radius 0. The nearer the sides or the greater the circle, the more. */
double okrug_circle_weight(const double side[4], double radius);

typedef struct okrug_circles okrug_circles; /* the coarser cells */

/* For n points and pairs up to distance[count - 1] apart, distances even steps from 0; with bounds or without. In
 * scratch memory. */
okrug_status okrug_circles_make(okrug_ctx *ctx, int64_t n, const okrug_window *window, bool bracketed, int64_t count,
                                const double *distance, okrug_circles **circles);
void okrug_circles_clear(okrug_circles *circles);
void okrug_circles_add(okrug_circles *circles, double x, double y);
/* Of what was added, the sum of e_ij - 1 over i != j, by distance (not cumulated): of points at the middles of their
 * cells, and where they are made with bounds also what it is at least and at most; count each. */
okrug_status okrug_circles_sums(okrug_ctx *ctx, okrug_circles *circles, double *middle, double *least, double *most);

#endif
