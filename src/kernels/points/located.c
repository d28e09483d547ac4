/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points where distances are straight lines.
 */
#include "kernels/points/located.h"

#include <math.h>

#include <okrug/spatial.h>

okrug_status okrug_located_room(okrug_ctx *ctx, int64_t n, bool globe, okrug_located *located) {
    *located = (okrug_located){.n = n};
    located->x = OKRUG_SCRATCH_ZERO(ctx, n + OKRUG_LANES, double);
    located->y = OKRUG_SCRATCH_ZERO(ctx, n + OKRUG_LANES, double);
    located->z = globe ? OKRUG_SCRATCH_ZERO(ctx, n + OKRUG_LANES, double) : NULL;
    return located->x == NULL || located->y == NULL || (globe && located->z == NULL) ? OKRUG_NO_MEMORY : OKRUG_OK;
}

okrug_status okrug_located_narrow(okrug_ctx *ctx, okrug_located *located) {
    for (int axis = 0; axis < 3; axis++) {
        bool there = axis < 2 || located->z != NULL;
        located->narrow[axis] = there ? OKRUG_SCRATCH_ZERO(ctx, located->n + OKRUG_LANES, float) : NULL;
        if (there && located->narrow[axis] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

void okrug_located_round(okrug_located *located) {
    const double *const wide[3] = {located->x, located->y, located->z};
    for (int axis = 0; axis < 3; axis++) {
        for (int64_t i = 0; located->narrow[axis] != NULL && i < located->n; i++) {
            located->narrow[axis][i] = (float)wide[axis][i];
        }
    }
}

static double middle(int64_t n, const double *v) {
    double least = n > 0 ? v[0] : 0.0;
    double most = least;
    for (int64_t i = 1; i < n; i++) {
        least = v[i] < least ? v[i] : least;
        most = v[i] > most ? v[i] : most;
    }
    return 0.5 * least + 0.5 * most;
}

okrug_status okrug_located_of(okrug_ctx *ctx, const okrug_points *points, okrug_located *located) {
    OKRUG_TRY(okrug_located_room(ctx, points->n, points->globe, located));
    double x = middle(points->n, points->x);
    double y = middle(points->n, points->y);
    const double degree = 0.017453292519943295;
    for (int64_t i = 0; i < points->n; i++) {
        if (points->globe) {
            double lon = points->x[i] * degree;
            double lat = points->y[i] * degree;
            located->x[i] = OKRUG_EARTH_RADIUS_KM * cos(lat) * cos(lon);
            located->y[i] = OKRUG_EARTH_RADIUS_KM * cos(lat) * sin(lon);
            located->z[i] = OKRUG_EARTH_RADIUS_KM * sin(lat);
        } else {
            located->x[i] = points->x[i] - x;
            located->y[i] = points->y[i] - y;
        }
    }
    return OKRUG_OK;
}

static double width(int64_t n, const double *v) {
    double centre = middle(n, v);
    double most = 0.0;
    for (int64_t i = 0; v != NULL && i < n; i++) {
        most = fabs(v[i] - centre) > most ? fabs(v[i] - centre) : most;
    }
    return 2.0 * most;
}

double okrug_located_extent(const okrug_located *p) {
    double z = p->z == NULL ? 0.0 : width(p->n, p->z);
    return hypot(hypot(width(p->n, p->x), width(p->n, p->y)), z);
}

double okrug_located_chord(const okrug_located *p, int64_t i, int64_t j) {
    double x = p->x[i] - p->x[j];
    double y = p->y[i] - p->y[j];
    double z = p->z == NULL ? 0.0 : p->z[i] - p->z[j];
    return sqrt(x * x + y * y + z * z);
}

double okrug_distance_of_chord(bool globe, double chord) {
    if (!globe) {
        return chord;
    }
    double half = 0.5 * chord / OKRUG_EARTH_RADIUS_KM;
    return 2.0 * OKRUG_EARTH_RADIUS_KM * asin(half < 1.0 ? half : 1.0);
}

double okrug_chord_of_distance(bool globe, double distance) {
    return globe ? 2.0 * OKRUG_EARTH_RADIUS_KM * sin(0.5 * distance / OKRUG_EARTH_RADIUS_KM) : distance;
}
