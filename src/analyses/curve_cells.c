/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points by the cell, and the bracket around the curve.
 */
#include "analyses/curve_cells.h"

#include <math.h>

bool okrug_curve_in_cells(const okrug_plant_points *plants, double cell) {
    return cell > 0.0 || plants->members.n > OKRUG_PLANT_POINTS_MOST;
}

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

okrug_status okrug_curve_cells_make(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                    const okrug_window *extent, double reach, double cell, double fine,
                                    okrug_curve_cells *c) {
    *c = (okrug_curve_cells){.used = okrug_curve_in_cells(plants, cell)};
    if (!c->used) {
        return OKRUG_OK;
    }
    const okrug_place place = {.file = plants->table->file};
    if (plants->members.globe) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "cells-globe", &place, "points",
                          okrug_text_integer(ctx, plants->members.n), "most",
                          okrug_text_integer(ctx, OKRUG_PLANT_POINTS_MOST), (char *)NULL);
    }
    if (cell > 0.0 && !okrug_cells_of_side(extent, reach, cell, &c->cells)) {
        okrug_cells least;
        okrug_cells_choose(extent, reach, cell, &least);
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "cell-small", &place, "cell", okrug_text_number(ctx, cell), "least",
                          okrug_text_number(ctx, least.side), (char *)NULL);
    }
    if (cell == 0.0) {
        okrug_cells_choose(extent, reach, fine, &c->cells);
    }
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
    return okrug_set_number(table, column + 1, 0, c->width);
}
