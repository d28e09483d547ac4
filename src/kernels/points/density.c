/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * K-density of one set of points.
 */
#include "kernels/points/density.h"

#include <math.h>

#include <okrug/numeric.h>

static const double REACH = 6.5;                          /* bandwidths: beyond, the normal density is below 3e-10 */
static const double QUARTER_STRETCH = 1.4142135623730951; /* how much faster than its chord a quarter circle grows */
static const double RADIUS = 6371.0088;
enum { FINE_POINTS = 1000, FINE = 250, COARSE = 50 };

/* A distance's chord, or that of half the globe for those beyond, which there are none of. */
static double chord_up_to_half(bool globe, double distance) {
    double half = 3.141592653589793 * RADIUS;
    return okrug_chord_of_distance(globe, globe && distance > half ? half : distance);
}

bool okrug_k_density_grid_make(int64_t count, const double *distance, double bandwidth, int64_t n, bool globe,
                               okrug_k_density_grid *grid) {
    double last = (count > 0 ? distance[count - 1] : 0.0) + REACH * bandwidth;
    double end = chord_up_to_half(globe, last);
    double stretch = globe ? QUARTER_STRETCH : 1.0;
    int fineness = n <= FINE_POINTS ? FINE : COARSE;
    if (end * stretch * fineness / bandwidth > OKRUG_NODES_MOST - 4) {
        fineness = COARSE;
    }
    double width = bandwidth / fineness / stretch;
    *grid = (okrug_k_density_grid){.count = count, .distance = distance, .bandwidth = bandwidth, .globe = globe};
    if (!(end / width <= OKRUG_NODES_MOST - 4)) {
        return false;
    }
    grid->width = width;
    grid->nodes = (int64_t)(end / width) + 3;
    /* Sharing a pair between two nodes replaces phi by a chord over it; both reflected halves may err alike. */
    double relative = width * stretch / bandwidth;
    double bent = globe ? 0.2419707 * width * width / (8.0 * bandwidth * bandwidth * RADIUS) : 0.0;
    grid->error = 2.0 * (0.3989423 * relative * relative / 8.0 / bandwidth + bent +
                         0.2419707 * relative * (1.0 / OKRUG_SPLIT + 1.0 / OKRUG_NARROW_PART) / bandwidth);
    return true;
}

okrug_status okrug_smoother_make(okrug_ctx *ctx, const okrug_k_density_grid *grid, bool mirrored, okrug_smoother *s) {
    s->count = grid->count;
    s->first = OKRUG_SCRATCH(ctx, grid->count, int64_t);
    s->start = OKRUG_SCRATCH_ZERO(ctx, grid->count + 1, int64_t);
    if (s->first == NULL || s->start == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double h = grid->bandwidth;
    for (int64_t p = 0; p < grid->count; p++) {
        double from = grid->distance[p] - REACH * h;
        double to = chord_up_to_half(grid->globe, grid->distance[p] + REACH * h) / grid->width;
        int64_t end = to < (double)(grid->nodes - 1) && to > 0.0 ? (int64_t)to + 1 : grid->nodes;
        s->first[p] = from > 0.0 ? (int64_t)(okrug_chord_of_distance(grid->globe, from) / grid->width) : 0;
        s->start[p + 1] = s->start[p] + (end > s->first[p] ? end - s->first[p] : 0);
    }
    s->value = OKRUG_SCRATCH(ctx, s->start[grid->count], double);
    if (s->value == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const double peak = 0.3989422804014327;
    for (int64_t p = 0; p < grid->count; p++) {
        for (int64_t k = s->start[p]; k < s->start[p + 1]; k++) {
            double chord = (double)(s->first[p] + k - s->start[p]) * grid->width;
            double d = okrug_distance_of_chord(grid->globe, chord);
            double near = (grid->distance[p] - d) / h;
            double beyond = (grid->distance[p] + d) / h;
            s->value[k] = peak * (exp(-0.5 * near * near) + (mirrored ? exp(-0.5 * beyond * beyond) : 0.0)) / h;
        }
    }
    return OKRUG_OK;
}

void okrug_smooth(const okrug_smoother *s, const double *mass, double total, double *curve) {
    for (int64_t p = 0; p < s->count; p++) {
        const double *at = mass + s->first[p] - s->start[p];
        double part[4] = {0};
        int64_t k = s->start[p];
        for (; k + 4 <= s->start[p + 1]; k += 4) {
            for (int lane = 0; lane < 4; lane++) {
                part[lane] += s->value[k + lane] * at[k + lane];
            }
        }
        for (; k < s->start[p + 1]; k++) {
            part[0] += s->value[k] * at[k];
        }
        curve[p] = ((part[0] + part[1]) + (part[2] + part[3])) / total;
    }
}

double okrug_pairs_total(int64_t n, const double *weight) {
    if (weight == NULL) {
        return 0.5 * (double)n * (double)(n - 1);
    }
    okrug_sum pairs = {0};
    okrug_sum before = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&pairs, weight[i] * okrug_sum_value(&before));
        okrug_sum_add(&before, weight[i]);
    }
    return okrug_sum_value(&pairs);
}

okrug_status okrug_k_density(okrug_ctx *ctx, const okrug_points *points, const double *weight,
                             const okrug_k_density_grid *grid, double *curve) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_located located;
    okrug_smoother smoother;
    okrug_ruler ruler;
    okrug_ruler_make(grid->width, grid->nodes, &ruler);
    double *mass = OKRUG_SCRATCH(ctx, grid->nodes, double);
    okrug_status status = mass == NULL ? OKRUG_NO_MEMORY : okrug_located_of(ctx, points, &located);
    if (status == OKRUG_OK) {
        status = okrug_smoother_make(ctx, grid, true, &smoother);
    }
    if (status == OKRUG_OK) {
        status = okrug_pairs_mass(ctx, &located, weight, &ruler, mass);
    }
    if (status == OKRUG_OK) {
        okrug_smooth(&smoother, mass, okrug_pairs_total(points->n, weight), curve);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
