/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quotient from which a region stands out in an industry, by resampling regions.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

enum { RESAMPLING = 0x626f6f74, TILES = 8 }; /* the first names these among all random numbers of the program */

typedef struct {
    int64_t regions, industries, resamples;
    const double *lq;
    double p;
    uint64_t seed;
    const uint64_t *unit;
    double *sorted, *of_resample; /* TILES x regions; TILES x resamples */
    int32_t *times;               /* TILES x regions */
    const okrug_lq_thresholds *results;
} bootstrap;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Linear between the order statistics around (n - 1) p. */
static double percentile(int64_t n, const double *sorted, double p) {
    double place = (double)(n - 1) * p;
    int64_t below = (int64_t)place;
    double above = below + 1 < n ? sorted[below + 1] : sorted[below];
    return sorted[below] + (place - (double)below) * (above - sorted[below]);
}

/* The same of the multiset that has sorted[k] so many times. */
static double percentile_of_times(int64_t n, const double *sorted, const int32_t *times, double p) {
    double place = (double)(n - 1) * p;
    int64_t below = (int64_t)place, before = 0, k = 0;
    while (before + times[k] <= below) {
        before += times[k++];
    }
    double low = sorted[k];
    while (k + 1 < n && before + times[k] <= below + 1) {
        before += times[k++];
    }
    return low + (place - (double)below) * (sorted[k] - low);
}

/* n numbers 0 .. n - 1 with replacement, counted. */
static void resample(const bootstrap *b, int64_t industry, int64_t draw, int64_t n, int32_t *times) {
    for (int64_t k = 0; k < n; k++) {
        times[k] = 0;
    }
    for (int64_t k = 0; k < n; k += 4) {
        uint32_t bits[4];
        okrug_random_key key = {.seed = b->seed,
                                .unit = b->unit[industry],
                                .analysis = RESAMPLING,
                                .draw = (uint32_t)(draw * ((n + 3) / 4) + k / 4)};
        okrug_random_bits(key, bits);
        for (int64_t i = k; i < n && i < k + 4; i++) {
            times[(uint64_t)bits[i - k] * (uint64_t)n >> 32]++;
        }
    }
}

static void threshold_of(const bootstrap *b, int64_t tile, int64_t i) {
    const okrug_lq_thresholds *out = b->results;
    double *sorted = b->sorted + tile * b->regions, *of = b->of_resample + tile * b->resamples;
    int32_t *times = b->times + tile * b->regions;
    int64_t n = 0;
    okrug_sum sum = {0}, squares = {0}, means = {0};
    out->zeros[i] = 0;
    for (int64_t r = 0; r < b->regions; r++) {
        double lq = b->lq[r * b->industries + i];
        out->zeros[i] += lq == 0.0;
        if (lq > 0.0) {
            sorted[n] = log(lq);
            okrug_sum_add(&sum, sorted[n++]);
        }
    }
    out->regions[i] = n;
    out->threshold[i] = out->lo[i] = out->hi[i] = out->lq[i] = (double)NAN;
    if (n < 2 || (double)n * (1.0 - b->p) < 1.0 - 1e-9) {
        return;
    }
    double mean = okrug_sum_value(&sum) / (double)n;
    for (int64_t k = 0; k < n; k++) {
        okrug_sum_add(&squares, (sorted[k] - mean) * (sorted[k] - mean));
    }
    double deviation = sqrt(okrug_sum_value(&squares) / (double)(n - 1));
    if (!(deviation > 8.0 * 0x1p-52 * fabs(mean))) {
        return; /* equal, but for rounding */
    }
    for (int64_t k = 0; k < n; k++) {
        sorted[k] = (sorted[k] - mean) / deviation;
    }
    qsort(sorted, (size_t)n, sizeof *sorted, ascending);
    for (int64_t d = 0; d < b->resamples; d++) {
        resample(b, i, d, n, times);
        of[d] = percentile_of_times(n, sorted, times, b->p);
        okrug_sum_add(&means, of[d]);
    }
    qsort(of, (size_t)b->resamples, sizeof *of, ascending);
    out->threshold[i] = okrug_sum_value(&means) / (double)b->resamples;
    out->lo[i] = percentile(b->resamples, of, .025);
    out->hi[i] = percentile(b->resamples, of, .975);
    out->lq[i] = exp(mean + deviation * out->threshold[i]);
}

static okrug_status some_industries(void *user, int64_t tile) {
    const bootstrap *b = user;
    for (int64_t i = b->industries * tile / TILES; i < b->industries * (tile + 1) / TILES; i++) {
        threshold_of(b, tile, i);
    }
    return OKRUG_OK;
}

okrug_status okrug_lq_bootstrap(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *lq, double p,
                                int64_t resamples, uint64_t seed, const uint64_t *unit,
                                const okrug_lq_thresholds *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    bootstrap b = {.regions = regions,
                   .industries = industries,
                   .resamples = resamples,
                   .lq = lq,
                   .p = p,
                   .seed = seed,
                   .unit = unit,
                   .sorted = OKRUG_SCRATCH(ctx, TILES * regions, double),
                   .of_resample = OKRUG_SCRATCH(ctx, TILES * resamples, double),
                   .times = OKRUG_SCRATCH(ctx, TILES * regions, int32_t),
                   .results = results};
    okrug_status status = b.sorted == NULL || b.of_resample == NULL || b.times == NULL
                              ? OKRUG_NO_MEMORY
                              : okrug_parallel(ctx, TILES, some_industries, &b);
    okrug_scratch_reset(ctx, mark);
    return status;
}
