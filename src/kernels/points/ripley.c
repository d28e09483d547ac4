/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ripley's K in a rectangle. Points are sorted by x, so that those too far to the right end a row.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/numeric.h>

#include "kernels/points/ripley_circles.h"

enum { TILES = 32, ROUND = 256, DRAWS_K = 0x504e0003 };
static const double ROUNDING = 1e-9; /* of a step: so much beyond a distance is at it */

typedef struct {
    double x, y;
} point;

static int by_x(const void *a, const void *b) {
    const point *p = a;
    const point *q = b;
    return p->x < q->x ? -1 : p->x > q->x ? 1 : (p->y > q->y) - (p->y < q->y);
}

typedef struct {
    const okrug_ctx *ctx;
    okrug_window window;
    okrug_edge edge;
    int64_t n, count;
    double last, per_step;
    point *points; /* n; where drawn, n for each tile */
    double *sums;  /* TILES x count */
    uint64_t seed;
    int64_t first, end;
    double *curves;
} work;

static double circle_weight(const work *k, const point *p, double radius) {
    const okrug_window *w = &k->window;
    const double side[4] = {p->x - w->x[0], p->y - w->y[0], w->x[1] - p->x, w->y[1] - p->y};
    return okrug_circle_weight(side, radius);
}

/* e_ij + e_ji */
static double both_weights(const work *k, const point *p, const point *q, double distance) {
    double a = k->window.x[1] - k->window.x[0];
    double b = k->window.y[1] - k->window.y[0];
    switch (k->edge) {
    case OKRUG_EDGE_NONE:
        return 2.0;
    case OKRUG_EDGE_TRANSLATE:
        return 2.0 * (a / (a - fabs(p->x - q->x))) * (b / (b - fabs(p->y - q->y)));
    case OKRUG_EDGE_ISOTROPIC:
        break;
    }
    return circle_weight(k, p, distance) + circle_weight(k, q, distance);
}

static void add_row(const work *k, const point *points, int64_t i, double *sums) {
    const point *p = &points[i];
    for (int64_t j = i + 1; j < k->n && points[j].x - p->x <= k->last; j++) {
        double x = points[j].x - p->x;
        double y = points[j].y - p->y;
        double distance = sqrt(x * x + y * y);
        double ring = ceil(distance * k->per_step - ROUNDING);
        if (ring < (double)k->count) {
            sums[ring > 0.0 ? (int64_t)ring : 0] += both_weights(k, p, &points[j], distance);
        }
    }
}

static void cumulate(const work *k, const double *sums, double *curve) {
    double area = (k->window.x[1] - k->window.x[0]) * (k->window.y[1] - k->window.y[0]);
    double pairs = (double)k->n * (double)(k->n - 1);
    okrug_sum sum = {0};
    for (int64_t r = 0; r < k->count; r++) {
        okrug_sum_add(&sum, sums[r]);
        curve[r] = area / pairs * okrug_sum_value(&sum);
    }
}

static okrug_status observe_tile(void *user, int64_t tile) {
    const work *k = user;
    for (int64_t i = tile; i < k->n; i += TILES) {
        OKRUG_TRY(okrug_check_cancel(k->ctx));
        add_row(k, k->points, i, k->sums + tile * k->count);
    }
    return OKRUG_OK;
}

static okrug_status draw_tile(void *user, int64_t tile) {
    const work *k = user;
    point *points = k->points + tile * k->n;
    double *sums = k->sums + tile * k->count;
    for (int64_t s = k->first + tile; s < k->end; s += TILES) {
        OKRUG_TRY(okrug_check_cancel(k->ctx));
        for (int64_t i = 0; i < k->n; i++) {
            double u[2];
            okrug_random_uniform(
                (okrug_random_key){.seed = k->seed, .unit = (uint64_t)s, .analysis = DRAWS_K, .draw = (uint32_t)i}, u);
            points[i] = (point){k->window.x[0] + u[0] * (k->window.x[1] - k->window.x[0]),
                                k->window.y[0] + u[1] * (k->window.y[1] - k->window.y[0])};
        }
        qsort(points, (size_t)k->n, sizeof *points, by_x);
        memset(sums, 0, (size_t)k->count * sizeof *sums);
        for (int64_t i = 0; i < k->n; i++) {
            add_row(k, points, i, sums);
        }
        cumulate(k, sums, k->curves + s * k->count);
    }
    return OKRUG_OK;
}

static work begin(okrug_ctx *ctx, int64_t n, int64_t tiles, const okrug_window *window, okrug_edge edge, int64_t count,
                  const double *distance) {
    work k = {.ctx = ctx, .window = *window, .edge = edge, .n = n, .count = count};
    double step = count > 1 ? distance[1] : 0.0;
    k.per_step = step > 0.0 ? 1.0 / step : 0.0;
    k.last = distance[count - 1] * (1.0 + ROUNDING);
    k.points = OKRUG_SCRATCH(ctx, tiles * n, point);
    k.sums = OKRUG_SCRATCH_ZERO(ctx, TILES * count, double);
    return k;
}

okrug_status okrug_ripley_k(okrug_ctx *ctx, const okrug_points *points, const okrug_window *window, okrug_edge edge,
                            int64_t count, const double *distance, double *curve) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work k = begin(ctx, points->n, 1, window, edge, count, distance);
    okrug_status status = k.points == NULL || k.sums == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        for (int64_t i = 0; i < k.n; i++) {
            k.points[i] = (point){points->x[i], points->y[i]};
        }
        qsort(k.points, (size_t)k.n, sizeof *k.points, by_x);
        status = okrug_parallel(ctx, TILES, observe_tile, &k);
    }
    if (status == OKRUG_OK) {
        for (int64_t t = 1; t < TILES; t++) {
            for (int64_t r = 0; r < count; r++) {
                k.sums[r] += k.sums[t * count + r];
            }
        }
        cumulate(&k, k.sums, curve);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_ripley_k_draws(okrug_ctx *ctx, int64_t n, const okrug_window *window, okrug_edge edge, int64_t count,
                                  const double *distance, int64_t simulations, uint64_t seed, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work k = begin(ctx, n, TILES, window, edge, count, distance);
    k.seed = seed;
    k.curves = curves;
    okrug_status status = k.points == NULL || k.sums == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (k.first = 0; status == OKRUG_OK && k.first < simulations; k.first = k.end) {
        k.end = k.first + ROUND < simulations ? k.first + ROUND : simulations;
        okrug_progress(ctx, "task.simulating", (double)k.first, (double)simulations);
        status = okrug_parallel(ctx, TILES, draw_tile, &k);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
