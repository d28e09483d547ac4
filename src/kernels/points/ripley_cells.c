/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ripley's K of points by the cell. Pairs that are surely within r, and those that may be, make the bracket; with the
 * correction by translation each also has the least and the greatest weight that it may have. The isotropic correction
 * is K without one, and what it adds.
 */
#include <math.h>

#include <okrug/numeric.h>

#include "kernels/points/raster.h"
#include "kernels/points/ripley_circles.h"

enum { DRAWS_K = 0x504e0003, LEAST = 0, MIDDLE = 1, MOST = 2 };
static const double ROUNDING = 1e-9; /* of a step, as in ripley.c */
static const double SLACK = 1e-9;    /* of a cell: places in cells are rounded; of a sum */

typedef struct {
    okrug_raster raster;
    okrug_window window;
    okrug_edge edge;
    int64_t n, count;
    double last, per_step;
    okrug_sum *sums[3];     /* count each: by ring */
    okrug_circles *circles; /* NULL: the correction is not isotropic */
    double *added[3];       /* by it, count each */
} work;

static okrug_status begin(okrug_ctx *ctx, int64_t n, const okrug_window *window, okrug_edge edge,
                          const okrug_cells *cells, bool bracketed, int64_t count, const double *distance, work *w) {
    *w = (work){.window = *window, .edge = edge, .n = n, .count = count, .last = distance[count - 1]};
    double step = count > 1 ? distance[1] : 0.0;
    w->per_step = step > 0.0 ? 1.0 / step : 0.0;
    for (int k = LEAST; k <= MOST; k++) {
        w->sums[k] = OKRUG_SCRATCH(ctx, count, okrug_sum);
        w->added[k] = OKRUG_SCRATCH_ZERO(ctx, count, double);
        if (w->sums[k] == NULL || w->added[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    if (edge == OKRUG_EDGE_ISOTROPIC) {
        OKRUG_TRY(okrug_circles_make(ctx, n, window, bracketed, count, distance, &w->circles));
    }
    return okrug_raster_room(ctx, cells, &w->raster);
}

/* e of two points that far apart along the axes. */
static double edge_weight(const work *w, double x, double y) {
    double a = w->window.x[1] - w->window.x[0];
    double b = w->window.y[1] - w->window.y[0];
    return w->edge == OKRUG_EDGE_TRANSLATE ? (a / (a - x)) * (b / (b - y)) : 1.0;
}

/* Pairs that are that far apart, with the weight of a pair which is apart by x and y. */
static void add(const work *w, int which, double pairs, const double apart[2], double x, double y) {
    double ring = ceil(sqrt(apart[0] * apart[0] + apart[1] * apart[1]) * w->per_step - ROUNDING);
    if (ring < (double)w->count) {
        okrug_sum_add(&w->sums[which][ring > 0.0 ? (int64_t)ring : 0], pairs * edge_weight(w, x, y));
    }
}

/* Surely within what the far corners are apart, maybe within what the near ones are. The farther apart, the greater a
 * pair's weight, but no pair that counts is farther apart along an axis than it may be at all. */
static void add_bracket(const work *w, double pairs, int64_t a, int64_t b) {
    double side = w->raster.cells.side;
    double most = w->last * (1.0 + ROUNDING);
    const double near[2] = {a > 1 ? ((double)(a - 1) - SLACK) * side : 0.0,
                            b > 1 ? ((double)(b - 1) - SLACK) * side : 0.0};
    const double far[2] = {((double)(a + 1) + SLACK) * side, ((double)(b + 1) + SLACK) * side};
    add(w, LEAST, pairs, far, near[0], near[1]);
    add(w, MOST, pairs, near, fmin(far[0], most), fmin(far[1], most));
}

static void cumulate(const work *w, int which, double slack, double *curve) {
    double area = (w->window.x[1] - w->window.x[0]) * (w->window.y[1] - w->window.y[0]);
    double pairs = (double)w->n * (double)(w->n - 1);
    okrug_sum sum = {0};
    for (int64_t k = 0; k < w->count; k++) {
        okrug_sum_add(&sum, 2.0 * okrug_sum_value(&w->sums[which][k]));
        okrug_sum_add(&sum, w->added[which][k]);
        curve[k] = area / pairs * okrug_sum_value(&sum) * slack;
    }
}

static okrug_status count_pairs(okrug_ctx *ctx, work *w, double *curve, double *lo, double *hi) {
    const okrug_cells *c = &w->raster.cells;
    OKRUG_TRY(okrug_raster_pair(ctx, &w->raster));
    if (w->circles != NULL) {
        OKRUG_TRY(okrug_circles_sums(ctx, w->circles, w->added[MIDDLE], w->added[LEAST], w->added[MOST]));
    }
    for (int64_t k = 0; k < w->count; k++) {
        for (int which = LEAST; which <= MOST; which++) {
            w->sums[which][k] = (okrug_sum){0};
        }
    }
    for (int64_t b = 0; b <= c->reach[1]; b++) {
        for (int64_t a = 0; a <= c->reach[0]; a++) {
            double pairs = (double)okrug_raster_pairs(&w->raster, a, b);
            if (pairs > 0.0) {
                const double apart[2] = {(double)a * c->side, (double)b * c->side};
                add(w, MIDDLE, pairs, apart, apart[0], apart[1]);
                if (lo != NULL) {
                    add_bracket(w, pairs, a, b);
                }
            }
        }
    }
    cumulate(w, MIDDLE, 1.0, curve);
    if (lo != NULL) {
        cumulate(w, LEAST, 1.0 - SLACK, lo);
        cumulate(w, MOST, 1.0 + SLACK, hi);
    }
    return OKRUG_OK;
}

static void clear(work *w) {
    okrug_raster_clear(&w->raster);
    if (w->circles != NULL) {
        okrug_circles_clear(w->circles);
    }
}

static void put(work *w, double x, double y) {
    okrug_raster_add(&w->raster, okrug_raster_cell(&w->raster, x, y), 1);
    if (w->circles != NULL) {
        okrug_circles_add(w->circles, x, y);
    }
}

okrug_status okrug_ripley_k_cells(okrug_ctx *ctx, const okrug_points *points, const okrug_window *window,
                                  okrug_edge edge, const okrug_cells *cells, int64_t count, const double *distance,
                                  double *curve, double *lo, double *hi) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w;
    okrug_status status = begin(ctx, points->n, window, edge, cells, true, count, distance, &w);
    if (status == OKRUG_OK) {
        clear(&w);
        for (int64_t i = 0; i < points->n; i++) {
            put(&w, points->x[i], points->y[i]);
        }
        status = count_pairs(ctx, &w, curve, lo, hi);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* The draws of ripley.c. */
static void scatter(work *w, uint64_t seed, int64_t simulation) {
    clear(w);
    for (int64_t i = 0; i < w->n; i++) {
        double u[2];
        okrug_random_uniform(
            (okrug_random_key){.seed = seed, .unit = (uint64_t)simulation, .analysis = DRAWS_K, .draw = (uint32_t)i},
            u);
        put(w, w->window.x[0] + u[0] * (w->window.x[1] - w->window.x[0]),
            w->window.y[0] + u[1] * (w->window.y[1] - w->window.y[0]));
    }
}

okrug_status okrug_ripley_k_cells_draws(okrug_ctx *ctx, int64_t n, const okrug_window *window, okrug_edge edge,
                                        const okrug_cells *cells, int64_t count, const double *distance,
                                        int64_t simulations, uint64_t seed, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w;
    okrug_status status = simulations > 0 ? begin(ctx, n, window, edge, cells, false, count, distance, &w) : OKRUG_OK;
    for (int64_t s = 0; status == OKRUG_OK && s < simulations; s++) {
        okrug_progress(ctx, "task.simulating", (double)s, (double)simulations);
        scatter(&w, seed, s);
        status = count_pairs(ctx, &w, curves + s * count, NULL, NULL);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
