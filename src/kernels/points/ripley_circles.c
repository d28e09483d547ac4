/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the isotropic correction adds. It asks where a point stands, and not only how far the other is, so that pairs of
 * cells are gone through one by one: by how far apart they are, level by level, for at one level what it adds around a
 * cell is the same for all.
 *
 * The weight grows with the distance and falls with the distances to the sides: its bounds in a pair of cells are those
 * at the ends of both.
 */
#include "kernels/points/ripley_circles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TILES = 8, LANES = 8, MIDDLE = 0, LEAST = 1, MOST = 2, KINDS = 3, LEVELS_A_ROUND = 32 };
static const double PI = 3.141592653589793;
static const double WEIGHT_MOST = 100.0;
static const double ROUNDING = 1e-9; /* of a step, as in ripley.c */
static const double SLACK = 1e-9;    /* of a cell: places in cells are rounded */
/* Steps gone through for a pair of points: more would cost more than to measure it. */
static const double STEPS_A_PAIR = 4.0;
static const double STEPS_LEAST = 3e6;
static const double DIAGONAL = 1.4142135623730951;

/* What of half a circle is beyond a side that far away, as an angle. */
static double beyond(double side, double radius) {
    return side < radius ? acos(side > 0.0 ? side / radius : 0.0) : 0.0;
}

/* From the angles beyond the four sides; beyond a corner both sides' arcs are one. */
static double weight_of(const double half[4]) {
    double angle = 2.0 * (PI - half[0] - half[1] - half[2] - half[3]);
    for (int k = 0; k < 4; k++) {
        angle += fmax(half[k] + half[(k + 1) % 4] - 0.5 * PI, 0.0);
    }
    return angle * WEIGHT_MOST > 2.0 * PI ? 2.0 * PI / angle : WEIGHT_MOST;
}

double okrug_circle_weight(const double side[4], double radius) {
    double half[4];
    for (int k = 0; k < 4; k++) {
        half[k] = radius > 0.0 ? beyond(side[k], radius) : 0.0;
    }
    return weight_of(half);
}

struct okrug_circles {
    const okrug_ctx *ctx;
    okrug_window window; /* turned, if need be, so that it is not higher than wide */
    bool turned;
    int kinds; /* of bounds: 1 or KINDS */
    double side, last, per_step;
    int64_t count, columns, rows, stride; /* stride: columns and room for lanes beyond them */
    int64_t levels, first, end;           /* of displacements; those of this round */
    double *points;                       /* rows x stride: how many stand in each cell */
    double *excess; /* TILES x kinds x rows x stride: e - 1 around each cell at the level in work */
    double *half;   /* TILES x (columns + rows) x 2 */
    double *sums;   /* TILES x kinds x count */
};

/* A side with which there are neither too many pairs of cells nor too many cells. */
static double choose_side(double a, double b, double last, double n) {
    double steps = fmin(STEPS_LEAST + STEPS_A_PAIR * n * n, OKRUG_EDGE_STEPS);
    double side = sqrt(sqrt(0.5 * PI * a * b / steps) * last);
    while ((a / side + 1.0 + LANES) * (b / side + 1.0) > OKRUG_EDGE_CELLS) {
        side *= 1.05;
    }
    return side;
}

okrug_status okrug_circles_make(okrug_ctx *ctx, int64_t n, const okrug_window *window, bool bracketed, int64_t count,
                                const double *distance, okrug_circles **circles) {
    okrug_circles *c = OKRUG_SCRATCH(ctx, 1, okrug_circles);
    if (c == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *c = (okrug_circles){.ctx = ctx, .window = *window, .count = count, .last = distance[count - 1]};
    c->turned = window->y[1] - window->y[0] > window->x[1] - window->x[0];
    if (c->turned) {
        c->window = (okrug_window){{window->y[0], window->y[1]}, {window->x[0], window->x[1]}};
    }
    double a = c->window.x[1] - c->window.x[0];
    double b = c->window.y[1] - c->window.y[0];
    double step = count > 1 ? distance[1] : 0.0;
    c->per_step = step > 0.0 ? 1.0 / step : 0.0;
    c->kinds = bracketed ? KINDS : 1;
    c->side = choose_side(a, b, c->last, (double)n);
    c->columns = (int64_t)(a / c->side) + 1;
    c->rows = (int64_t)(b / c->side) + 1;
    c->stride = c->columns + LANES;
    c->levels = 2 * (int64_t)(c->last / c->side) + 8;
    c->points = OKRUG_SCRATCH(ctx, c->rows * c->stride, double);
    c->excess = OKRUG_SCRATCH_ZERO(ctx, TILES * c->kinds * c->rows * c->stride, double);
    c->half = OKRUG_SCRATCH(ctx, TILES * (c->columns + c->rows) * 2, double);
    c->sums = OKRUG_SCRATCH(ctx, TILES * c->kinds * count, double);
    *circles = c;
    return c->points == NULL || c->excess == NULL || c->half == NULL || c->sums == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

void okrug_circles_clear(okrug_circles *c) {
    memset(c->points, 0, (size_t)(c->rows * c->stride) * sizeof *c->points);
}

static int64_t cell_of(double at, double from, double side, int64_t cells) {
    int64_t cell = (int64_t)((at - from) / side);
    return cell < 0 ? 0 : cell < cells ? cell : cells - 1;
}

void okrug_circles_add(okrug_circles *c, double x, double y) {
    int64_t row = cell_of(c->turned ? x : y, c->window.y[0], c->side, c->rows);
    c->points[row * c->stride + cell_of(c->turned ? y : x, c->window.x[0], c->side, c->columns)] += 1.0;
}

/* Angles beyond both sides along an axis, for every cell along it: from its end, middle or other end. */
static void find_halves(double length, double side, int64_t cells, int kind, double radius, double *half) {
    static const double from_near[KINDS] = {[LEAST] = 1.0 + 1e-9, [MIDDLE] = 0.5, [MOST] = -1e-9};
    for (int64_t k = 0; k < cells; k++) {
        double low = ((double)k + from_near[kind]) * side;
        double high = length - ((double)k + 1.0 - from_near[kind]) * side;
        half[2 * k] = radius > 0.0 ? beyond(low, radius) : 0.0;
        half[2 * k + 1] = radius > 0.0 ? beyond(high, radius) : 0.0;
    }
}

static void find_excess(const okrug_circles *c, int kind, double radius, double *half, double *excess) {
    double *across = half;
    double *up = half + 2 * c->columns;
    find_halves(c->window.x[1] - c->window.x[0], c->side, c->columns, kind, radius, across);
    find_halves(c->window.y[1] - c->window.y[0], c->side, c->rows, kind, radius, up);
    for (int64_t row = 0; row < c->rows; row++) {
        for (int64_t k = 0; k < c->columns; k++) {
            const double both[4] = {across[2 * k], up[2 * row], across[2 * k + 1], up[2 * row + 1]};
            excess[row * c->stride + k] = weight_of(both) - 1.0;
        }
    }
}

/* Sum over cells p and q = p + (a, b) of their points and of what is added around both. */
static double add_displaced(const okrug_circles *c, const double *excess, int64_t a, int64_t b) {
    double lane_sum[LANES] = {0};
    int64_t from = a < 0 ? -a : 0;
    int64_t cells = c->columns - (a < 0 ? -a : a);
    for (int64_t row = 0; row + b < c->rows && cells > 0; row++) {
        int64_t at = row * c->stride + from;
        const double *p = c->points + at;
        const double *q = c->points + at + b * c->stride + a;
        const double *ep = excess + at;
        const double *eq = excess + at + b * c->stride + a;
        int64_t k = 0;
        for (; k + LANES <= cells; k += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lane_sum[lane] += p[k + lane] * q[k + lane] * (ep[k + lane] + eq[k + lane]);
            }
        }
        for (; k < cells; k++) {
            lane_sum[0] += p[k] * q[k] * (ep[k] + eq[k]);
        }
    }
    return ((lane_sum[0] + lane_sum[1]) + (lane_sum[2] + lane_sum[3])) +
           ((lane_sum[4] + lane_sum[5]) + (lane_sum[6] + lane_sum[7]));
}

/* Pairs in one cell: its points, two by two, in both directions. */
static double add_own(const okrug_circles *c, const double *excess) {
    double sum = 0.0;
    for (int64_t k = 0; k < c->rows * c->stride; k++) {
        sum += c->points[k] * (c->points[k] - 1.0) * excess[k];
    }
    return sum;
}

static int64_t ring_of(const okrug_circles *c, double distance) {
    double ring = ceil(distance * c->per_step - ROUNDING);
    return ring > 0.0 ? ring < (double)c->count ? (int64_t)ring : c->count : 0;
}

/* The radius of circles at a level, from..to sides: at least, about, and at most. */
static double radius_at(const okrug_circles *c, int kind, double from, double to) {
    double diagonal = DIAGONAL * (1.0 + SLACK);
    switch (kind) {
    case LEAST:
        return fmax(from - diagonal, 0.0) * c->side;
    case MOST:
        return fmin((to + diagonal) * c->side, c->last * (1.0 + ROUNDING));
    default:
        return 0.5 * (from + to) * c->side;
    }
}

/* A level holds the displacements that are between half a side times it and the next. */
static okrug_status run_tile(void *user, int64_t tile) {
    const okrug_circles *c = user;
    int64_t cells = c->rows * c->stride;
    double *half = c->half + tile * (c->columns + c->rows) * 2;
    double *excess = c->excess + tile * c->kinds * cells;
    double *sums = c->sums + tile * c->kinds * c->count;
    for (int64_t level = c->first + tile; level < c->end; level += TILES) {
        OKRUG_TRY(okrug_check_cancel(c->ctx));
        double from = 0.5 * (double)level;
        double to = 0.5 * (double)(level + 1);
        for (int kind = 0; kind < c->kinds; kind++) {
            find_excess(c, kind, radius_at(c, kind, from, to), half, excess + kind * cells);
        }
        for (int64_t b = 0; b <= (int64_t)to && b < c->rows; b++) {
            int64_t widest = (int64_t)to < c->columns - 1 ? (int64_t)to : c->columns - 1;
            for (int64_t a = b == 0 ? 0 : -widest; a <= widest; a++) {
                double apart = sqrt((double)(a * a + b * b));
                if (apart < from || apart >= to) {
                    continue;
                }
                double aside = (double)llabs(a);
                double near = hypot(fmax(aside - 1.0 - SLACK, 0.0), fmax((double)(b - 1) - SLACK, 0.0));
                double far = hypot(aside + 1.0 + SLACK, (double)(b + 1) + SLACK);
                const int64_t ring[KINDS] = {[LEAST] = ring_of(c, far * c->side),
                                             [MIDDLE] = ring_of(c, apart * c->side),
                                             [MOST] = ring_of(c, near * c->side)};
                for (int kind = 0; kind < c->kinds; kind++) {
                    if (ring[kind] < c->count) {
                        const double *around = excess + kind * cells;
                        sums[kind * c->count + ring[kind]] +=
                            a == 0 && b == 0 ? add_own(c, around) : add_displaced(c, around, a, b);
                    }
                }
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_circles_sums(okrug_ctx *ctx, okrug_circles *c, double *middle, double *least, double *most) {
    double *const out[KINDS] = {[LEAST] = least, [MIDDLE] = middle, [MOST] = most};
    memset(c->sums, 0, (size_t)(TILES * c->kinds * c->count) * sizeof *c->sums);
    for (c->first = 0; c->first < c->levels; c->first = c->end) {
        c->end = c->levels - c->first < LEVELS_A_ROUND ? c->levels : c->first + LEVELS_A_ROUND;
        if (c->kinds > 1) {
            okrug_progress(ctx, "task.counting", (double)c->first, (double)c->levels);
        }
        OKRUG_TRY(okrug_parallel(ctx, TILES, run_tile, c));
    }
    for (int kind = 0; kind < c->kinds; kind++) {
        for (int64_t k = 0; k < c->count; k++) {
            out[kind][k] = 0.0;
            for (int64_t tile = 0; tile < TILES; tile++) {
                out[kind][k] += c->sums[(tile * c->kinds + kind) * c->count + k];
            }
        }
    }
    return OKRUG_OK;
}
