/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points that share a place, and what their coordinates can tell apart.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/spatial.h>

#include "kernels/points/located.h"
#include "kernels/spatial/tree.h"

typedef struct {
    double x, y;
    int64_t points;
} place;

typedef struct {
    double distance;
    int64_t points;
} weighted;

static int by_place(const void *a, const void *b) {
    const place *p = a;
    const place *q = b;
    return p->x < q->x ? -1 : p->x > q->x ? 1 : (p->y > q->y) - (p->y < q->y);
}

static int by_distance(const void *a, const void *b) {
    const weighted *p = a;
    const weighted *q = b;
    return (p->distance > q->distance) - (p->distance < q->distance);
}

static okrug_status nearest_in_plane(okrug_ctx *ctx, const place *places, int64_t n, double *distance) {
    okrug_placed *points = OKRUG_SCRATCH(ctx, n, okrug_placed);
    okrug_placed *sorted = OKRUG_SCRATCH(ctx, n, okrug_placed);
    okrug_point_tree tree;
    if (points == NULL || sorted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        points[i] = (okrug_placed){{places[i].x, places[i].y, 0.0}, (int32_t)i};
        sorted[i] = points[i];
    }
    OKRUG_TRY(okrug_point_tree_build(ctx, n, sorted, &tree));
    for (int64_t i = 0; i < n; i++) {
        int32_t other = -1;
        double squared = 0.0;
        if (places[i].points > 1) {
            okrug_point_tree_nearest(&tree, &points[i], 1, &other, &squared);
        }
        distance[i] = sqrt(squared);
    }
    return OKRUG_OK;
}

/* The distance from each place to the nearest other. */
static okrug_status nearest(okrug_ctx *ctx, bool globe, const place *places, int64_t n, double *distance) {
    if (!globe) {
        return nearest_in_plane(ctx, places, n, distance);
    }
    double *lon = OKRUG_SCRATCH(ctx, n, double);
    double *lat = OKRUG_SCRATCH(ctx, n, double);
    int32_t *neighbour = OKRUG_SCRATCH(ctx, n, int32_t);
    if (lon == NULL || lat == NULL || neighbour == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        lon[i] = places[i].x;
        lat[i] = places[i].y;
    }
    return okrug_nearest_points(ctx, n, lon, lat, 1, neighbour, distance);
}

static okrug_status find_grain(okrug_ctx *ctx, bool globe, const place *places, okrug_shared_places *shared) {
    double *distance = OKRUG_SCRATCH(ctx, shared->places, double);
    weighted *held = OKRUG_SCRATCH(ctx, shared->places, weighted);
    if (distance == NULL || held == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(nearest(ctx, globe, places, shared->places, distance));
    int64_t n = 0;
    for (int64_t i = 0; i < shared->places; i++) {
        if (places[i].points > 1) {
            held[n++] = (weighted){distance[i], places[i].points};
        }
    }
    qsort(held, (size_t)n, sizeof *held, by_distance);
    int64_t so_far = 0;
    for (int64_t i = 0; i < n; i++) {
        so_far += held[i].points;
        if (2 * so_far >= shared->sharing) {
            shared->grain = held[i].distance;
            break;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_points_shared(okrug_ctx *ctx, const okrug_points *points, okrug_shared_places *shared) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    place *places = OKRUG_SCRATCH(ctx, points->n, place);
    *shared = (okrug_shared_places){0};
    if (places == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < points->n; i++) {
        places[i] = (place){points->x[i], points->y[i], 1};
    }
    qsort(places, (size_t)points->n, sizeof *places, by_place);
    for (int64_t i = 0; i < points->n; i++) {
        place *last = shared->places > 0 ? &places[shared->places - 1] : NULL;
        if (last != NULL && last->x == places[i].x && last->y == places[i].y) {
            last->points++;
        } else {
            places[shared->places++] = places[i];
        }
    }
    for (int64_t i = 0; i < shared->places; i++) {
        shared->sharing += places[i].points > 1 ? places[i].points : 0;
        shared->largest = places[i].points > shared->largest ? places[i].points : shared->largest;
    }
    okrug_status status = OKRUG_OK;
    if (shared->sharing > 0 && shared->places < 2) {
        shared->grain = (double)NAN;
    } else if (shared->sharing > 0) {
        status = find_grain(ctx, points->globe, places, shared);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
