/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far points lie from each other: the median distance, and the bandwidth that suits their distances.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/numeric.h>

#include "kernels/points/pairs.h"

enum { EXACT_POINTS = 500, NODES = 60000, SAMPLE = 4000 };

typedef struct {
    double pairs, deviation; /* how many; their standard deviation */
    double quartile[3];
} spread;

static int rising(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void from_sorted(const double *d, int64_t n, spread *out) {
    double mean = okrug_sum_of(d, n, 1) / (double)n;
    okrug_sum squares = {0};
    for (int64_t k = 0; k < n; k++) {
        okrug_sum_add(&squares, (d[k] - mean) * (d[k] - mean));
    }
    out->pairs = (double)n;
    out->deviation = n > 1 ? sqrt(okrug_sum_value(&squares) / (double)(n - 1)) : 0.0;
    for (int q = 0; q < 3; q++) {
        double place = 0.25 * (q + 1) * (double)(n - 1);
        int64_t below = (int64_t)place;
        int64_t above = below + 1 < n ? below + 1 : below;
        out->quartile[q] = d[below] + (place - (double)below) * (d[above] - d[below]);
    }
}

static okrug_status exact(okrug_ctx *ctx, const okrug_located *p, spread *out) {
    int64_t n = p->n * (p->n - 1) / 2;
    double *d = OKRUG_SCRATCH(ctx, n, double);
    if (d == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t k = 0;
    for (int64_t i = 0; i < p->n; i++) {
        for (int64_t j = i + 1; j < p->n; j++) {
            d[k++] = okrug_distance_of_chord(p->z != NULL, okrug_located_chord(p, i, j));
        }
    }
    qsort(d, (size_t)n, sizeof *d, rising);
    from_sorted(d, n, out);
    return OKRUG_OK;
}

static okrug_status counted(okrug_ctx *ctx, const okrug_located *p, double extent, spread *out) {
    double width = extent / (NODES - 2);
    double *mass = OKRUG_SCRATCH(ctx, NODES, double);
    okrug_ruler ruler;
    if (mass == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_ruler_make(width, NODES, &ruler);
    OKRUG_TRY(okrug_pairs_mass(ctx, p, NULL, &ruler, mass));
    okrug_sum sum = {0};
    okrug_sum all = {0};
    for (int64_t k = 0; k < NODES; k++) {
        okrug_sum_add(&all, mass[k]);
        okrug_sum_add(&sum, mass[k] * okrug_distance_of_chord(p->z != NULL, width * (double)k));
    }
    out->pairs = okrug_sum_value(&all);
    double mean = okrug_sum_value(&sum) / out->pairs;
    okrug_sum squares = {0};
    double so_far = 0.0;
    int q = 0;
    for (int64_t k = 0; k < NODES; k++) {
        double d = okrug_distance_of_chord(p->z != NULL, width * (double)k);
        okrug_sum_add(&squares, mass[k] * (d - mean) * (d - mean));
        so_far += mass[k];
        while (q < 3 && so_far > 0.25 * (q + 1) * (out->pairs - 1.0)) {
            out->quartile[q++] = d;
        }
    }
    out->deviation = sqrt(okrug_sum_value(&squares) / (out->pairs - 1.0));
    return OKRUG_OK;
}

static okrug_status measure(okrug_ctx *ctx, const okrug_located *p, spread *out) {
    double extent = okrug_located_extent(p);
    *out = (spread){0};
    return p->n < 2 || extent == 0.0 ? OKRUG_OK
           : p->n <= EXACT_POINTS    ? exact(ctx, p, out)
                                     : counted(ctx, p, extent, out);
}

okrug_status okrug_points_median_distance(okrug_ctx *ctx, const okrug_points *points, double *median) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_located located;
    spread found = {0};
    okrug_status status = okrug_located_of(ctx, points, &located);
    int64_t stride = (points->n + SAMPLE - 1) / SAMPLE;
    if (status == OKRUG_OK && stride > 1) {
        located.n = points->n / stride;
        for (int64_t i = 0; i < located.n; i++) {
            located.x[i] = located.x[i * stride];
            located.y[i] = located.y[i * stride];
            if (located.z != NULL) {
                located.z[i] = located.z[i * stride];
            }
        }
    }
    if (status == OKRUG_OK) {
        status = measure(ctx, &located, &found);
    }
    *median = found.quartile[1];
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_k_density_bandwidth(okrug_ctx *ctx, const okrug_points *points, double *bandwidth) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_located located;
    spread found = {0};
    okrug_status status = okrug_located_of(ctx, points, &located);
    if (status == OKRUG_OK && points->n > 2) {
        status = measure(ctx, &located, &found);
    }
    double between = (found.quartile[2] - found.quartile[0]) / 1.34;
    double least = between > 0.0 && between < found.deviation ? between : found.deviation;
    /* Distances that are equal but for rounding have no spread. */
    *bandwidth = least > 1e-12 * found.quartile[1] ? 0.9 * least * pow(found.pairs, -0.2) : 0.0;
    okrug_scratch_reset(ctx, mark);
    return status;
}
