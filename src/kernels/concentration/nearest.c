/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The regions whose structure is nearest to that of each region, without the matrix of all distances.
 */
#include <math.h>
#include <stdbool.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

enum { ROWS = 16 }; /* regions of a tile: their shares stay in the cache while all others pass by */

typedef struct {
    int64_t regions, industries, k;
    const double *share; /* a first NaN marks a region without any */
    int64_t *neighbour;
    double *distance;
} search;

/* Four sums side by side: one alone would wait for itself at every term. */
static double difference(int64_t n, const double *a, const double *b) {
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        sum[0] += fabs(a[i] - b[i]);
        sum[1] += fabs(a[i + 1] - b[i + 1]);
        sum[2] += fabs(a[i + 2] - b[i + 2]);
        sum[3] += fabs(a[i + 3] - b[i + 3]);
    }
    for (; i < n; i++) {
        sum[0] += fabs(a[i] - b[i]);
    }
    return fmin((sum[0] + sum[1]) + (sum[2] + sum[3]), 2.0);
}

/* Puts a region into the list of the k nearest, which is kept in order; NaN marks free places at its end. */
static void offer(int64_t k, int64_t *neighbour, double *distance, int64_t other, double d) {
    int64_t place = k;
    while (place > 0 && (isnan(distance[place - 1]) || d < distance[place - 1])) {
        place--;
    }
    if (place == k) {
        return;
    }
    for (int64_t i = k - 1; i > place; i--) {
        neighbour[i] = neighbour[i - 1];
        distance[i] = distance[i - 1];
    }
    neighbour[place] = other;
    distance[place] = d;
}

static okrug_status nearest_tile(void *user, int64_t tile) {
    const search *s = user;
    int64_t from = tile * ROWS, to = from + ROWS < s->regions ? from + ROWS : s->regions;
    for (int64_t i = from * s->k; i < to * s->k; i++) {
        s->neighbour[i] = -1;
        s->distance[i] = (double)NAN;
    }
    for (int64_t other = 0; other < s->regions; other++) {
        const double *theirs = s->share + other * s->industries;
        if (isnan(theirs[0])) {
            continue;
        }
        for (int64_t r = from; r < to; r++) {
            const double *ours = s->share + r * s->industries;
            if (r != other && !isnan(ours[0])) {
                offer(s->k, s->neighbour + r * s->k, s->distance + r * s->k, other,
                      difference(s->industries, ours, theirs));
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_krugman_nearest(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value, int64_t k,
                                   int64_t *neighbour, double *distance) {
    if (regions == 0 || k == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t width = industries > 0 ? industries : 1;
    double *share = OKRUG_SCRATCH(ctx, regions * width, double);
    if (share == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        double total = okrug_sum_of(value + r * industries, industries, 1);
        share[r * width] = (double)NAN;
        for (int64_t i = 0; total > 0.0 && i < industries; i++) {
            share[r * width + i] = value[r * industries + i] / total;
        }
    }
    search s = {regions, width, k, share, neighbour, distance};
    okrug_status status = okrug_parallel(ctx, (regions + ROWS - 1) / ROWS, nearest_tile, &s);
    okrug_scratch_reset(ctx, mark);
    return status;
}
