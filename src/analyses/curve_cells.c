/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points by the cell, and the bracket around the curve.
 */
#include "analyses/curve_cells.h"

#include <math.h>

okrug_window okrug_points_extent(const okrug_points *points) {
    okrug_window w = {{points->x[0], points->x[0]}, {points->y[0], points->y[0]}};
    for (int64_t i = 1; i < points->n; i++) {
        w.x[0] = points->x[i] < w.x[0] ? points->x[i] : w.x[0];
        w.x[1] = points->x[i] > w.x[1] ? points->x[i] : w.x[1];
        w.y[0] = points->y[i] < w.y[0] ? points->y[i] : w.y[0];
        w.y[1] = points->y[i] > w.y[1] ? points->y[i] : w.y[1];
    }
    return w;
}

/* Where plants of the globe are on a map about their middle. */
static okrug_status make_map(okrug_ctx *ctx, const okrug_plant_points *plants, okrug_curve_cells *c) {
    int64_t n = plants->members.n;
    okrug_flat flat;
    OKRUG_TRY(okrug_flat_about(ctx, &plants->sites, &flat));
    if (flat.whole) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "cells-globe", &(okrug_place){.file = plants->table->file}, "points",
                          okrug_text_integer(ctx, n), "most", okrug_text_integer(ctx, OKRUG_PLANT_POINTS_MOST),
                          (char *)NULL);
    }
    double *x = OKRUG_SCRATCH(ctx, plants->sites.n + n, double);
    double *y = OKRUG_SCRATCH(ctx, plants->sites.n + n, double);
    if (x == NULL || y == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_flat_places(&flat, &plants->sites, x, y);
    double *member_x = x + plants->sites.n;
    double *member_y = y + plants->sites.n;
    for (int64_t k = 0; k < n; k++) {
        member_x[k] = x[plants->member[k]];
        member_y[k] = y[plants->member[k]];
    }
    c->sites = (okrug_points){.n = plants->sites.n, .x = x, .y = y};
    c->members = (okrug_points){.n = n, .x = member_x, .y = member_y};
    c->stretch = flat.stretch;
    c->usual = flat.usual;
    return OKRUG_OK;
}

static okrug_status find_cells(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_window *extent,
                               double reach, double cell, double fine, okrug_cells *cells) {
    if (cell == 0.0) {
        okrug_cells_choose(extent, reach, fine, cells);
        return OKRUG_OK;
    }
    if (okrug_cells_of_side(extent, reach, cell, cells)) {
        return OKRUG_OK;
    }
    okrug_cells least;
    okrug_cells_choose(extent, reach, cell, &least);
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "cell-small", &(okrug_place){.file = plants->table->file}, "cell",
                      okrug_text_number(ctx, cell), "least", okrug_text_number(ctx, least.side), (char *)NULL);
}

okrug_status okrug_curve_cells_make(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                    const okrug_window *window, double reach, double cell, double fine,
                                    okrug_curve_cells *c) {
    *c = (okrug_curve_cells){.used = cell > 0.0 || plants->members.n > OKRUG_PLANT_POINTS_MOST,
                             .sites = plants->sites,
                             .members = plants->members,
                             .stretch = 1.0,
                             .usual = 1.0};
    if (!c->used) {
        return OKRUG_OK;
    }
    if (plants->sites.globe) {
        OKRUG_TRY(make_map(ctx, plants, c));
    }
    const okrug_window extent = window != NULL ? *window : okrug_points_extent(&c->sites);
    OKRUG_TRY(find_cells(ctx, plants, &extent, reach * c->stretch, cell, fine, &c->cells));
    c->cells.stretch = c->stretch;
    c->cells.usual = c->usual;
    c->lo = OKRUG_SCRATCH(ctx, curve->count, double);
    c->hi = OKRUG_SCRATCH(ctx, curve->count, double);
    return c->lo == NULL || c->hi == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

okrug_status okrug_bracket_write(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                 okrug_curve_cells *c, okrug_table *table, int column) {
    for (int64_t k = 0; k < curve->count; k++) {
        okrug_reason why = (okrug_reason)curve->reason[k];
        bool present = why == OKRUG_PRESENT;
        double lo = c->used ? c->lo[k] : curve->observed[k];
        double hi = c->used ? c->hi[k] : curve->observed[k];
        c->width = present && hi - lo > c->width ? hi - lo : c->width;
        OKRUG_TRY(okrug_set_number_or(table, column, k, present ? lo : NAN, present ? OKRUG_UNDEFINED : why));
        OKRUG_TRY(okrug_set_number_or(table, column + 1, k, present ? hi : NAN, present ? OKRUG_UNDEFINED : why));
    }
    if (c->used) {
        okrug_warn(ctx, "points-in-cells", &(okrug_place){.file = plants->table->file}, "points",
                   okrug_text_integer(ctx, plants->members.n), "cell", okrug_text_number(ctx, c->cells.side), "width",
                   okrug_text_number(ctx, c->width), (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_cells_write(const okrug_curve_cells *c, okrug_table *table, int column) {
    OKRUG_TRY(okrug_set_number(table, column, 0, c->used ? c->cells.side : 0.0));
    OKRUG_TRY(okrug_set_number(table, column + 1, 0, c->width));
    return okrug_set_number(table, column + 2, 0, c->stretch);
}
