/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The globe on a flat map: azimuthal, with distances from its middle kept.
 */
#include <math.h>

#include <okrug/point_cells.h>
#include <okrug/spatial.h>

#include "kernels/points/located.h"

enum { HELD = 32, ROUNDS = 20000 };
static const double WHOLE = 1.5707; /* nearly a quarter turn */

static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void scale_to_one(double v[3]) {
    double length = sqrt(dot(v, v));
    for (int axis = 0; axis < 3; axis++) {
        v[axis] /= length;
    }
}

static void place_of(const okrug_located *p, int64_t i, double v[3]) {
    v[0] = p->x[i] / OKRUG_EARTH_RADIUS_KM;
    v[1] = p->y[i] / OKRUG_EARTH_RADIUS_KM;
    v[2] = p->z[i] / OKRUG_EARTH_RADIUS_KM;
}

static double apart(const double a[3], const double b[3]) {
    const double d[3] = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    return dot(d, d);
}

/* The middle of the least ball around a few points: each round it goes to the farthest of them, by less and less. */
static void middle_of_few(int64_t n, double (*held)[3], double middle[3]) {
    for (int round = 1; round <= ROUNDS; round++) {
        int64_t farthest = 0;
        for (int64_t i = 1; i < n; i++) {
            farthest = apart(held[i], middle) > apart(held[farthest], middle) ? i : farthest;
        }
        for (int axis = 0; axis < 3; axis++) {
            middle[axis] += (held[farthest][axis] - middle[axis]) / (round + 1);
        }
    }
}

/* That of all: of a few, to which the farthest of all is added until it is one of them, nearly. */
static okrug_status find_middle(const okrug_ctx *ctx, const okrug_located *p, double middle[3]) {
    double held[HELD][3] = {{0}};
    place_of(p, 0, middle);
    for (int64_t n = 0; n < HELD; n++) {
        double reach = 0.0;
        for (int64_t i = 0; i < n; i++) {
            reach = fmax(reach, apart(held[i], middle));
        }
        double most = -1.0;
        double v[3];
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t i = 0; i < p->n; i++) {
            place_of(p, i, v);
            double squared = apart(v, middle);
            if (squared > most) {
                most = squared;
                held[n][0] = v[0];
                held[n][1] = v[1];
                held[n][2] = v[2];
            }
        }
        if (n > 0 && most <= reach * (1.0 + 1e-4)) {
            break;
        }
        middle_of_few(n + 1, held, middle);
    }
    return OKRUG_OK;
}

/* Axes of the plane that touches the globe at `up`: any two would do. */
static void find_axes(okrug_flat *flat) {
    const double *up = flat->up;
    const double pole[3] = {0.0, 0.0, 1.0};
    const double other[3] = {1.0, 0.0, 0.0};
    const double *beside = fabs(up[2]) < 0.9 ? pole : other;
    flat->east[0] = beside[1] * up[2] - beside[2] * up[1];
    flat->east[1] = beside[2] * up[0] - beside[0] * up[2];
    flat->east[2] = beside[0] * up[1] - beside[1] * up[0];
    scale_to_one(flat->east);
    flat->north[0] = up[1] * flat->east[2] - up[2] * flat->east[1];
    flat->north[1] = up[2] * flat->east[0] - up[0] * flat->east[2];
    flat->north[2] = up[0] * flat->east[1] - up[1] * flat->east[0];
}

static double angle_from_middle(const okrug_flat *flat, const double v[3]) {
    return atan2(hypot(dot(flat->east, v), dot(flat->north, v)), dot(flat->up, v));
}

static double stretch_at(double angle) {
    return angle > 0.0 ? angle / sin(angle) : 1.0;
}

static void find_stretch(const okrug_located *p, okrug_flat *flat) {
    double farthest = 0.0;
    double sum = 0.0;
    double v[3];
    for (int64_t i = 0; i < p->n; i++) {
        place_of(p, i, v);
        double angle = angle_from_middle(flat, v);
        farthest = angle > farthest ? angle : farthest;
        sum += 0.5 + 0.5 * stretch_at(angle < WHOLE ? angle : WHOLE);
    }
    flat->whole = farthest >= WHOLE;
    flat->stretch = flat->whole ? INFINITY : stretch_at(farthest);
    flat->usual = sum / (double)p->n;
}

okrug_status okrug_flat_about(okrug_ctx *ctx, const okrug_points *points, okrug_flat *flat) {
    *flat = (okrug_flat){.whole = true, .stretch = INFINITY, .usual = 1.0};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_located located;
    okrug_status status = okrug_located_of(ctx, points, &located);
    if (status == OKRUG_OK) {
        status = find_middle(ctx, &located, flat->up);
    }
    if (status == OKRUG_OK) {
        if (sqrt(dot(flat->up, flat->up)) > 0.01) { /* else they are all around, and the globe's own middle theirs */
            scale_to_one(flat->up);
            find_axes(flat);
            find_stretch(&located, flat);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

void okrug_flat_places(const okrug_flat *flat, const okrug_points *points, double *x, double *y) {
    const double degree = 0.017453292519943295;
    for (int64_t i = 0; i < points->n; i++) {
        double lon = points->x[i] * degree;
        double lat = points->y[i] * degree;
        const double v[3] = {cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
        double across = dot(flat->east, v);
        double along = dot(flat->north, v);
        double off = hypot(across, along);
        bool placed = !flat->whole && off > 0.0;
        double each = placed ? OKRUG_EARTH_RADIUS_KM * atan2(off, dot(flat->up, v)) / off : 0.0;
        x[i] = across * each;
        y[i] = along * each;
    }
}
