/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Areas from degrees to the canvas, and the place in each where a name has most room.
 */
#include "drawing/map.h"

#include <math.h>

static const double earth_radius_km = 6371.0072; /* of the sphere with the surface of WGS84 */
enum { SCAN_LINES = 24 };

static int64_t points_of(const okrug_outline *shape) {
    return shape->rings > 0 ? shape->start[shape->rings] : 0;
}

/* Calls `take` with the degrees of everything that is shown. */
static void visit(const okrug_map *map, void (*take)(void *user, const double degrees[2]), void *user) {
    for (int64_t a = 0; a < map->areas; a++) {
        const okrug_area *area = &map->area[a];
        int64_t points = points_of(&area->shape);
        for (int64_t p = 0; p < points; p++) {
            take(user, &area->shape.xy[2 * p]);
        }
        if (points == 0) {
            take(user, area->centre);
        }
    }
}

typedef struct {
    okrug_projection projection;
    double left, right, top, bottom; /* of the projected extent, y up */
} fit;

static void take_extent(void *user, const double degrees[2]) {
    okrug_extent_add(user, degrees);
}

static void take_projected(void *user, const double degrees[2]) {
    fit *f = user;
    double at[2];
    okrug_project(&f->projection, degrees, at);
    f->left = fmin(f->left, at[0]);
    f->right = fmax(f->right, at[0]);
    f->bottom = fmin(f->bottom, at[1]);
    f->top = fmax(f->top, at[1]);
}

static fit fit_map(const okrug_map *map) {
    okrug_extent extent;
    okrug_extent_begin(&extent);
    visit(map, take_extent, &extent);
    fit f = {okrug_projection_for(&extent), INFINITY, -INFINITY, -INFINITY, INFINITY};
    visit(map, take_projected, &f);
    return f;
}

static double wide(const fit *f) {
    return fmax(f->right - f->left, 1e-9);
}

static double high(const fit *f) {
    return fmax(f->top - f->bottom, 1e-9);
}

/* Symbols and their names reach beyond the centres. */
static double margin_of(const okrug_map *map) {
    bool symbols = false;
    for (int64_t a = 0; a < map->areas; a++) {
        symbols = symbols || map->area[a].shape.rings == 0;
    }
    return symbols ? 40.0 : 3.0;
}

static double factor_of(const fit *f, double margin, double width, double highest) {
    return fmin((width - 2.0 * margin) / wide(f), (highest - 2.0 * margin) / high(f));
}

double okrug_map_fitted_height(const okrug_map *map, double width, double highest) {
    if (map->areas == 0) {
        return highest;
    }
    fit f = fit_map(map);
    double margin = margin_of(map);
    return factor_of(&f, margin, width, highest) * high(&f) + 2.0 * margin;
}

/* Where a horizontal line crosses the rings, from left to right; returns how often. */
static int64_t crossings(const okrug_outline *shape, double y, double *crossing) {
    int64_t count = 0;
    for (int64_t r = 0; r < shape->rings; r++) {
        for (int64_t p = shape->start[r]; p < shape->start[r + 1]; p++) {
            const double *a = &shape->xy[2 * p];
            const double *b = &shape->xy[2 * (p + 1 < shape->start[r + 1] ? p + 1 : shape->start[r])];
            if ((a[1] > y) != (b[1] > y)) {
                double x = a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
                int64_t i = count++;
                for (; i > 0 && crossing[i - 1] > x; i--) {
                    crossing[i] = crossing[i - 1];
                }
                crossing[i] = x;
            }
        }
    }
    return count;
}

/* The middle of the widest part of the line that lies inside. */
static double middle_at(const okrug_outline *shape, double y, double *crossing) {
    int64_t count = crossings(shape, y, crossing);
    double best = 0.0;
    double middle = shape->xy[0];
    for (int64_t i = 0; i + 1 < count; i += 2) {
        if (crossing[i + 1] - crossing[i] > best) {
            best = crossing[i + 1] - crossing[i];
            middle = (crossing[i] + crossing[i + 1]) / 2.0;
        }
    }
    return middle;
}

/* How wide a text centred at x may be without leaving the area, on that line; 0 where x is outside. */
static double room_at(const okrug_outline *shape, double x, double y, double *crossing) {
    int64_t count = crossings(shape, y, crossing);
    for (int64_t i = 0; i + 1 < count; i += 2) {
        if (crossing[i] <= x && x <= crossing[i + 1]) {
            return 2.0 * fmin(x - crossing[i], crossing[i + 1] - x);
        }
    }
    return 0.0;
}

/* The place where a letter with a name under it has most room, those nearer the middle preferred a little. */
static okrug_status find_room(okrug_ctx *ctx, okrug_placed *placed) {
    static const double lines[] = {-5.0, 2.0, 9.0}; /* the heights of letter and name */
    const okrug_outline *shape = &placed->shape;
    double *crossing = OKRUG_SCRATCH(ctx, points_of(shape) + 1, double);
    if (crossing == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double top = INFINITY;
    double bottom = -INFINITY;
    for (int64_t p = 0; p < points_of(shape); p++) {
        top = fmin(top, shape->xy[2 * p + 1]);
        bottom = fmax(bottom, shape->xy[2 * p + 1]);
    }
    double best = -1.0;
    for (int line = 1; line < SCAN_LINES; line++) {
        double part = (double)line / SCAN_LINES;
        double y = top + part * (bottom - top);
        double x = middle_at(shape, y, crossing);
        double room = INFINITY;
        for (int i = 0; i < 3; i++) {
            room = fmin(room, room_at(shape, x, y + lines[i], crossing));
        }
        /* An area too low for both lines still has a best place for the letter. */
        double score = (room + 0.05 * room_at(shape, x, y, crossing)) * (1.0 - 0.4 * fabs(part - 0.5));
        if (score > best) {
            best = score;
            placed->room = room;
            placed->at[0] = x;
            placed->at[1] = y;
        }
    }
    return OKRUG_OK;
}

static void place_point(const fit *f, const double degrees[2], double factor, const double corner[2], double out[2]) {
    double at[2];
    okrug_project(&f->projection, degrees, at);
    out[0] = corner[0] + (at[0] - f->left) * factor;
    out[1] = corner[1] + (f->top - at[1]) * factor;
}

static okrug_status place_area(okrug_ctx *ctx, const fit *f, const okrug_area *area, double factor,
                               const double corner[2], okrug_placed *placed) {
    if (area->shape.rings == 0) {
        place_point(f, area->centre, factor, corner, placed->at);
        return OKRUG_OK;
    }
    int64_t points = points_of(&area->shape);
    double *xy = OKRUG_SCRATCH(ctx, 2 * points, double);
    if (xy == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < points; p++) {
        place_point(f, &area->shape.xy[2 * p], factor, corner, &xy[2 * p]);
    }
    placed->shape = (okrug_outline){.rings = area->shape.rings, .start = area->shape.start, .xy = xy};
    return find_room(ctx, placed);
}

okrug_status okrug_map_place(okrug_ctx *ctx, const okrug_map *map, const double corner[2], double width, double highest,
                             okrug_placing *placing) {
    fit f = fit_map(map);
    double margin = margin_of(map);
    double factor = factor_of(&f, margin, width, highest);
    placing->area = OKRUG_SCRATCH_ZERO(ctx, map->areas, okrug_placed);
    if (placing->area == NULL) {
        return OKRUG_NO_MEMORY;
    }
    placing->width = wide(&f) * factor + 2.0 * margin;
    placing->height = high(&f) * factor + 2.0 * margin;
    placing->points_per_km = factor / earth_radius_km;
    const double inner[2] = {corner[0] + (width - wide(&f) * factor) / 2.0, corner[1] + margin};
    for (int64_t a = 0; a < map->areas; a++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(place_area(ctx, &f, &map->area[a], factor, inner, &placing->area[a]));
    }
    return OKRUG_OK;
}
