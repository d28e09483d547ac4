/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours by distance. Points become unit vectors; the chord between two is shorter than another chord exactly when
 * the great circle is, so they are searched for in space.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/spatial.h>

#include "kernels/spatial/tree.h"

enum { POINTS_A_TILE = 64 };

static okrug_placed place(double lon, double lat, int32_t point) {
    const double degree = 0.017453292519943295;
    double c = cos(lat * degree);
    return (okrug_placed){{c * cos(lon * degree), c * sin(lon * degree), sin(lat * degree)}, point};
}

/* Two names of one point (a pole, or a place on the 180th meridian) lie as far apart as rounding puts them. */
static const double SAME_POINT = 1e-30; /* squared chord: some nanometres on the Earth */

static double arc_km(double squared_chord) {
    if (squared_chord < SAME_POINT) {
        return 0.0;
    }
    double half = 0.5 * sqrt(squared_chord);
    return 2.0 * OKRUG_EARTH_RADIUS_KM * asin(half < 1.0 ? half : 1.0);
}

double okrug_great_circle_km(double lon_a, double lat_a, double lon_b, double lat_b) {
    okrug_placed a = place(lon_a, lat_a, 0);
    okrug_placed b = place(lon_b, lat_b, 0);
    double squared = okrug_placed_apart(&a, &b);
    if (squared < 2.0) {
        return arc_km(squared);
    }
    /* Beyond a quarter of the globe the chord hardly changes: the distance to the opposite point does. */
    okrug_placed opposite = {{-b.at[0], -b.at[1], -b.at[2]}, 0};
    return OKRUG_EARTH_RADIUS_KM * 3.141592653589793 - arc_km(okrug_placed_apart(&a, &opposite));
}

static okrug_status tree_of(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat, okrug_point_tree *tree) {
    okrug_placed *points = OKRUG_SCRATCH(ctx, n, okrug_placed);
    if (points == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        points[i] = place(lon[i], lat[i], (int32_t)i);
    }
    return okrug_point_tree_build(ctx, n, points, tree);
}

typedef struct {
    int64_t n, k;
    okrug_point_tree tree;
    const double *lon, *lat;
    int32_t *neighbour;
    double *distance;
    double limit2; /* squared chord */
    int64_t *ptr;
} search;

static double distance_between(const search *s, int32_t a, int32_t b) {
    return okrug_great_circle_km(s->lon[a], s->lat[a], s->lon[b], s->lat[b]);
}

/* ---- The k nearest ---- */

static void nearest_of(const search *s, int64_t at) {
    const okrug_placed *me = &s->tree.points[at];
    int32_t *neighbour = s->neighbour + me->point * s->k;
    double *distance = s->distance + me->point * s->k;
    int64_t held = okrug_point_tree_nearest(&s->tree, me, s->k, neighbour, distance);
    for (int64_t j = 0; j < s->k; j++) {
        neighbour[j] = j < held ? neighbour[j] : -1;
        distance[j] = j < held ? distance_between(s, me->point, neighbour[j]) : NAN;
    }
}

static okrug_status nearest_tile(void *user, int64_t tile) {
    const search *s = user;
    int64_t end = (tile + 1) * POINTS_A_TILE < s->n ? (tile + 1) * POINTS_A_TILE : s->n;
    for (int64_t at = tile * POINTS_A_TILE; at < end; at++) {
        nearest_of(s, at);
    }
    return OKRUG_OK;
}

okrug_status okrug_nearest_points(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat, int64_t k,
                                  int32_t *neighbour, double *distance) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    search s = {.n = n, .k = k, .lon = lon, .lat = lat, .neighbour = neighbour, .distance = distance};
    okrug_status status = k < 1 ? OKRUG_OK : tree_of(ctx, n, lon, lat, &s.tree);
    if (status == OKRUG_OK && k >= 1) {
        status = okrug_parallel(ctx, (n + POINTS_A_TILE - 1) / POINTS_A_TILE, nearest_tile, &s);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* ---- All within a distance ---- */

static int by_number(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static void within_of(const search *s, int64_t at) {
    const okrug_placed *me = &s->tree.points[at];
    int32_t *row = s->neighbour == NULL ? NULL : s->neighbour + s->ptr[me->point];
    int64_t found = okrug_point_tree_within(&s->tree, me, s->limit2, row);
    if (row == NULL) {
        s->ptr[me->point + 1] = found;
        return;
    }
    qsort(row, (size_t)found, sizeof *row, by_number);
    for (int64_t j = 0; j < found; j++) {
        s->distance[s->ptr[me->point] + j] = distance_between(s, me->point, row[j]);
    }
}

static okrug_status within_tile(void *user, int64_t tile) {
    const search *s = user;
    int64_t end = (tile + 1) * POINTS_A_TILE < s->n ? (tile + 1) * POINTS_A_TILE : s->n;
    for (int64_t at = tile * POINTS_A_TILE; at < end; at++) {
        within_of(s, at);
    }
    return OKRUG_OK;
}

okrug_status okrug_points_within(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat, double limit,
                                 int64_t *ptr, int32_t *neighbour, double *distance) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double angle = limit / OKRUG_EARTH_RADIUS_KM;
    double half = sin(0.5 * (angle < 3.141592653589793 ? angle : 3.141592653589793));
    search s = {.n = n, .lon = lon, .lat = lat, .neighbour = neighbour, .distance = distance, .ptr = ptr};
    s.limit2 = 4.0 * half * half;
    okrug_status status = tree_of(ctx, n, lon, lat, &s.tree);
    if (status == OKRUG_OK) {
        status = okrug_parallel(ctx, (n + POINTS_A_TILE - 1) / POINTS_A_TILE, within_tile, &s);
    }
    if (status == OKRUG_OK && neighbour == NULL) {
        ptr[0] = 0;
        for (int64_t i = 0; i < n; i++) {
            ptr[i + 1] += ptr[i];
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
