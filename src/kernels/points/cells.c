/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How large the cells are.
 */
#include <math.h>

#include <okrug/point_cells.h>

/* Cells along an axis: those that hold points, and as many more as pairs are seen apart. */
static int bits_for(double extent, double reach, double side, int64_t *cells, int64_t *apart) {
    double most = (double)((int64_t)1 << OKRUG_CELLS_AXIS_BITS);
    double held = floor(extent / side) + 1.0;
    double seen = floor(reach / side) + 3.0; /* beyond it cells are more than `reach` apart, and a diagonal more */
    seen = seen < held - 1.0 ? seen : held - 1.0;
    if (!(held + seen <= most)) {
        return OKRUG_CELLS_AXIS_BITS + 1;
    }
    *cells = (int64_t)held;
    *apart = (int64_t)seen;
    int bits = 3;
    while (((int64_t)1 << bits) < *cells + *apart) {
        bits++;
    }
    return bits;
}

bool okrug_cells_of_side(const okrug_window *extent, double reach, double side, okrug_cells *c) {
    *c = (okrug_cells){.side = side, .west = extent->x[0], .south = extent->y[0], .stretch = 1.0, .usual = 1.0};
    c->bits[0] = bits_for(extent->x[1] - extent->x[0], reach, side, &c->columns, &c->reach[0]);
    c->bits[1] = bits_for(extent->y[1] - extent->y[0], reach, side, &c->rows, &c->reach[1]);
    return c->bits[0] <= OKRUG_CELLS_AXIS_BITS && c->bits[1] <= OKRUG_CELLS_AXIS_BITS &&
           c->bits[0] + c->bits[1] <= OKRUG_CELLS_BITS;
}

bool okrug_cells_choose(const okrug_window *extent, double reach, double side, okrug_cells *cells) {
    enum { HALVINGS = 60 };
    if (okrug_cells_of_side(extent, reach, side, cells)) {
        return true;
    }
    double few = side;
    double enough = reach + (extent->x[1] - extent->x[0]) + (extent->y[1] - extent->y[0]) + side;
    for (int k = 0; k < HALVINGS; k++) {
        double middle = 0.5 * (few + enough);
        if (okrug_cells_of_side(extent, reach, middle, cells)) {
            enough = middle;
        } else {
            few = middle;
        }
    }
    return okrug_cells_of_side(extent, reach, enough, cells);
}
