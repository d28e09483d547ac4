/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours by distance. Points become unit vectors; the chord between two is shorter than another chord exactly when
 * the great circle is. Sorted by one axis of space, those that can be near lie in a strip.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/spatial.h>

enum { POINTS_A_TILE = 64 };

typedef struct {
    double x, y, z;
    int32_t point;
} placed;

static placed place(double lon, double lat, int32_t point) {
    const double degree = 0.017453292519943295;
    double c = cos(lat * degree);
    return (placed){c * cos(lon * degree), c * sin(lon * degree), sin(lat * degree), point};
}

static double chord2(const placed *a, const placed *b) {
    double x = a->x - b->x;
    double y = a->y - b->y;
    double z = a->z - b->z;
    return x * x + y * y + z * z;
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
    placed a = place(lon_a, lat_a, 0);
    placed b = place(lon_b, lat_b, 0);
    double squared = chord2(&a, &b);
    if (squared < 2.0) {
        return arc_km(squared);
    }
    /* Beyond a quarter of the globe the chord hardly changes: the distance to the opposite point does. */
    placed opposite = {-b.x, -b.y, -b.z, 0};
    return OKRUG_EARTH_RADIUS_KM * 3.141592653589793 - arc_km(chord2(&a, &opposite));
}

static int by_z(const void *left, const void *right) {
    const placed *a = left;
    const placed *b = right;
    return a->z < b->z ? -1 : a->z > b->z ? 1 : (a->point > b->point) - (a->point < b->point);
}

static placed *sorted_points(okrug_ctx *ctx, int64_t n, const double *lon, const double *lat) {
    placed *points = OKRUG_SCRATCH(ctx, n, placed);
    for (int64_t i = 0; points != NULL && i < n; i++) {
        points[i] = place(lon[i], lat[i], (int32_t)i);
    }
    if (points != NULL) {
        qsort(points, (size_t)n, sizeof *points, by_z);
    }
    return points;
}

typedef struct {
    int64_t n, k;
    const placed *points;
    const double *lon, *lat;
    int32_t *neighbour;
    double *distance;
    double limit2; /* squared chord */
    int64_t *ptr;
} search;

/* ---- The k nearest ---- */

/* Puts a candidate among the nearest so far, which are in order: by distance, equal ones by number. */
static int64_t insert(int32_t *neighbour, double *distance, int64_t held, int64_t k, int32_t point, double squared) {
    int64_t at = held < k ? held : k - 1;
    while (at > 0 && (distance[at - 1] > squared || (distance[at - 1] == squared && neighbour[at - 1] > point))) {
        distance[at] = distance[at - 1];
        neighbour[at] = neighbour[at - 1];
        at--;
    }
    distance[at] = squared;
    neighbour[at] = point;
    return held < k ? held + 1 : k;
}

static bool better(const int32_t *neighbour, const double *distance, int64_t held, int64_t k, int32_t point,
                   double squared) {
    return held < k || squared < distance[k - 1] || (squared == distance[k - 1] && point < neighbour[k - 1]);
}

static void nearest_of(const search *s, int64_t at) {
    const placed *me = &s->points[at];
    int32_t *neighbour = s->neighbour + me->point * s->k;
    double *distance = s->distance + me->point * s->k;
    int64_t held = 0;
    int64_t down = at - 1;
    int64_t up = at + 1;
    /* Both ways along the axis, the nearer side first, until the strip alone is farther than the worst that is held. */
    while (down >= 0 || up < s->n) {
        double below = down >= 0 ? me->z - s->points[down].z : INFINITY;
        double above = up < s->n ? s->points[up].z - me->z : INFINITY;
        double least = below < above ? below : above;
        if (held == s->k && least * least > distance[s->k - 1]) {
            break;
        }
        const placed *other = below < above ? &s->points[down--] : &s->points[up++];
        double squared = chord2(me, other);
        if (better(neighbour, distance, held, s->k, other->point, squared)) {
            held = insert(neighbour, distance, held, s->k, other->point, squared);
        }
    }
    for (int64_t j = 0; j < held; j++) {
        int32_t other = neighbour[j];
        distance[j] = okrug_great_circle_km(s->lon[me->point], s->lat[me->point], s->lon[other], s->lat[other]);
    }
    for (int64_t j = held; j < s->k; j++) {
        neighbour[j] = -1;
        distance[j] = NAN;
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
    s.points = sorted_points(ctx, n, lon, lat);
    okrug_status status = s.points == NULL ? OKRUG_NO_MEMORY
                          : k < 1          ? OKRUG_OK
                                  : okrug_parallel(ctx, (n + POINTS_A_TILE - 1) / POINTS_A_TILE, nearest_tile, &s);
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
    const placed *me = &s->points[at];
    int64_t found = 0;
    int32_t *row = s->neighbour == NULL ? NULL : s->neighbour + s->ptr[me->point];
    for (int step = -1; step <= 1; step += 2) {
        for (int64_t o = at + step; o >= 0 && o < s->n; o += step) {
            const placed *other = &s->points[o];
            double z = other->z - me->z;
            if (z * z > s->limit2) {
                break;
            }
            if (chord2(me, other) > s->limit2) {
                continue;
            }
            if (row != NULL) {
                row[found] = other->point;
            }
            found++;
        }
    }
    if (row == NULL) {
        s->ptr[me->point + 1] = found;
        return;
    }
    qsort(row, (size_t)found, sizeof *row, by_number);
    for (int64_t j = 0; j < found; j++) {
        s->distance[s->ptr[me->point] + j] =
            okrug_great_circle_km(s->lon[me->point], s->lat[me->point], s->lon[row[j]], s->lat[row[j]]);
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
    s.points = sorted_points(ctx, n, lon, lat);
    okrug_status status = s.points == NULL
                              ? OKRUG_NO_MEMORY
                              : okrug_parallel(ctx, (n + POINTS_A_TILE - 1) / POINTS_A_TILE, within_tile, &s);
    if (status == OKRUG_OK && neighbour == NULL) {
        ptr[0] = 0;
        for (int64_t i = 0; i < n; i++) {
            ptr[i + 1] += ptr[i];
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
