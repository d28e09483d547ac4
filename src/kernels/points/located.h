/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points where distances are straight lines: the plane as it is, the globe as a ball in space, where a chord tells its
 * great circle. Middles are taken off, so that no digits are lost to where the origin is.
 */
#ifndef OKRUG_KERNELS_POINTS_LOCATED_H
#define OKRUG_KERNELS_POINTS_LOCATED_H

#include <okrug/points.h>

enum { OKRUG_LANES = 128 }; /* how many distances are measured at a time */

typedef struct {
    int64_t n;
    double *x, *y;
    double *z;        /* NULL: the plane */
    float *narrow[3]; /* the same, rounded: twice as fast; NULL: distances are measured in doubles */
} okrug_located;

/* Room for n points and the lanes beyond them, in scratch memory. */
okrug_status okrug_located_room(okrug_ctx *ctx, int64_t n, bool globe, okrug_located *located);
okrug_status okrug_located_of(okrug_ctx *ctx, const okrug_points *points, okrug_located *located);
/* Room for rounded coordinates too. */
okrug_status okrug_located_narrow(okrug_ctx *ctx, okrug_located *located);
/* Rounds the coordinates into that room, if there is any. */
void okrug_located_round(okrug_located *located);
/* No chord is longer. */
double okrug_located_extent(const okrug_located *p);
double okrug_located_chord(const okrug_located *p, int64_t i, int64_t j);

/* Straight line to distance, and back. */
double okrug_distance_of_chord(bool globe, double chord);
double okrug_chord_of_distance(bool globe, double distance);

#endif
