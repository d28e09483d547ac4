/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * k-density and m-function with 1,000 simulations and all envelopes, and the K-density of 100,000 plants and, by the
 * cell, of 1,000,000, beside what they cannot do without: for k-density the plain loop over all pairs of every
 * simulation that measures the distance and counts it, for m-function the sums of weights over all sites around each
 * plant of every simulation, for cells the reading of all for each stage of the transforms.
 *
 * `bench_points SITES PLANTS SIMULATIONS` measures another size, on two threads.
 */
#include "bench.h"

#include <math.h>
#include <string.h>

#include <okrug/point_cells.h>

enum { RUNS = 2, STEPS = 101, BINS = 4096, TILES = 32 };

typedef struct {
    int64_t sites, plants, simulations;
    bool weighted;
    double *x, *y, *weight;
    int32_t *member;
    double *curves, distance[STEPS], observed[STEPS], band[6][STEPS];
    uint64_t bins[TILES][BINS];
    double sums[TILES][BINS];
} world;

static world *draw_world(int64_t sites, int64_t plants, int64_t simulations) {
    world *w = calloc(1, sizeof *w);
    if (w == NULL) {
        exit(5);
    }
    *w = (world){.sites = sites, .plants = plants, .simulations = simulations};
    w->x = bench_numbers(sites);
    w->y = bench_numbers(sites);
    w->weight = bench_numbers(sites);
    w->curves = bench_numbers(simulations * STEPS + 1);
    w->member = malloc((size_t)plants * sizeof *w->member);
    for (int64_t i = 0; i < sites; i++) {
        w->x[i] = 100.0 * bench_uniform((uint64_t)i, 1);
        w->y[i] = 100.0 * bench_uniform((uint64_t)i, 2);
        w->weight[i] = 1.0 + floor(100.0 * bench_uniform((uint64_t)i, 3));
    }
    for (int64_t k = 0; k < plants && w->member != NULL; k++) {
        w->member[k] = (int32_t)k;
    }
    for (int k = 0; k < STEPS; k++) {
        w->distance[k] = 0.5 * k; /* up to about the median distance */
    }
    return w;
}

static void free_world(world *w) {
    free(w->x);
    free(w->y);
    free(w->weight);
    free(w->curves);
    free(w->member);
    free(w);
}

static void envelope(okrug_ctx *ctx, world *w) {
    okrug_envelope e = {w->band[0], w->band[1], w->band[2], w->band[3], w->band[4], w->band[5], 0, 0, 0};
    if (w->simulations > 0) {
        bench_must(okrug_envelope_of(ctx, STEPS - 10, w->observed + 10, w->simulations, w->curves, 0.95, &e));
    }
}

static void k_density(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_points plants = {w->plants, w->x, w->y, false};
    const okrug_points sites = {w->sites, w->x, w->y, false};
    okrug_k_density_grid grid;
    double h = 0.0;
    bench_must(okrug_k_density_bandwidth(ctx, &plants, &h));
    if (!okrug_k_density_grid_make(STEPS, w->distance, h, w->plants, false, &grid)) {
        exit(70);
    }
    bench_must(okrug_k_density(ctx, &plants, NULL, &grid, w->observed));
    bench_must(okrug_k_density_draws(ctx, &sites, w->plants, NULL, &grid, w->simulations, 1, w->curves));
    envelope(ctx, w);
}

static void m_function(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_points sites = {w->sites, w->x, w->y, false};
    const okrug_m_sets sets = {&sites, w->weighted ? w->weight : NULL, w->plants, w->member, w->plants, w->member,
                               NULL};
    bench_must(okrug_m_function(ctx, &sets, STEPS, w->distance, w->observed));
    bench_must(okrug_m_function_draws(ctx, &sets, STEPS, w->distance, w->simulations, 1, w->curves));
    envelope(ctx, w);
}

/* Every pair of as many plants, measured and counted: once for the curve (twice, where there is nothing else: the
 * bandwidth too needs all distances) and once for each simulation. */
static okrug_status pairs_tile(void *user, int64_t tile) {
    world *w = user;
    int64_t rounds = w->simulations > 0 ? w->simulations + 2 : 2;
    uint64_t *bins = w->bins[tile];
    int64_t rows = w->plants * rounds;
    for (int64_t row = tile; row < rows; row += TILES) {
        int64_t i = row % w->plants;
        for (int64_t j = i + 1; j < w->plants; j++) {
            double x = w->x[j] - w->x[i];
            double y = w->y[j] - w->y[i];
            bins[(int)(sqrt(x * x + y * y) * 28.0) & (BINS - 1)]++;
        }
    }
    return OKRUG_OK;
}

static void pairs_floor(okrug_ctx *ctx, void *data) {
    bench_must(okrug_parallel(ctx, TILES, pairs_tile, data));
}

/* What lies around each plant of each simulation, summed by a ring that is known already. */
static okrug_status sums_tile(void *user, int64_t tile) {
    world *w = user;
    double *sums = w->sums[tile];
    for (int64_t row = tile; row < w->plants * (w->simulations + 1); row += TILES) {
        for (int64_t j = 0; j < w->sites; j++) {
            sums[(j + row) & 127] += w->weight[j];
        }
    }
    return OKRUG_OK;
}

static void sums_floor(okrug_ctx *ctx, void *data) {
    bench_must(okrug_parallel(ctx, TILES, sums_tile, data));
}

static void compare(const char *bench, world *w, int threads, int runs, bench_work *kernel, bench_work *floor) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads});
    if (ctx == NULL) {
        exit(5);
    }
    double best = INFINITY;
    double least = INFINITY;
    for (int run = 0; run < runs; run++) {
        double start = bench_clock();
        kernel(ctx, w);
        double middle = bench_clock();
        floor(ctx, w);
        best = fmin(best, middle - start);
        least = fmin(least, bench_clock() - middle);
    }
    printf("{\"bench\":\"%s\",\"size\":\"%lld sites, %lld plants, %lld simulations\",\"threads\":%d,\"seconds\":%.3f,"
           "\"floor_seconds\":%.3f,\"ratio\":%.3f}\n",
           bench, (long long)w->sites, (long long)w->plants, (long long)w->simulations, threads, best, least,
           best / least);
    fflush(stdout);
    okrug_ctx_free(ctx);
}

static void k_density_cells(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_points plants = {w->plants, w->x, w->y, false};
    const okrug_window extent = {{0.0, 100.0}, {0.0, 100.0}};
    okrug_k_density_grid grid;
    okrug_cells cells;
    if (!okrug_k_density_grid_make(STEPS, w->distance, 2.0, w->plants, false, &grid) ||
        !okrug_cells_choose(&extent, okrug_k_density_reach(&grid), 0.02, &cells)) {
        exit(70);
    }
    bench_must(okrug_k_density_cells(ctx, &plants, NULL, &grid, &cells, w->observed, w->band[0], w->band[1]));
}

static okrug_status stages_tile(void *user, int64_t tile) {
    world *w = user;
    uint64_t *bins = w->bins[tile];
    for (int64_t cell = tile; cell < ((int64_t)1 << OKRUG_CELLS_BITS) * OKRUG_CELLS_BITS; cell += TILES) {
        bins[cell & (BINS - 1)] += (uint64_t)cell;
    }
    return OKRUG_OK;
}

static void stages_floor(okrug_ctx *ctx, void *data) {
    bench_must(okrug_parallel(ctx, TILES, stages_tile, data));
}

/* The least of a few runs for what takes a second, else one. */
static void measure(int64_t sites, int64_t plants, int64_t simulations, int runs, int threads, int most_threads) {
    for (; threads <= most_threads; threads++) {
        world *w = draw_world(sites, plants, simulations);
        compare("k-density", w, threads, runs, k_density, pairs_floor);
        if (simulations > 0) {
            compare("m-function", w, threads, 1, m_function, sums_floor);
            w->weighted = true;
            compare("m-function-weighted", w, threads, 1, m_function, sums_floor);
        }
        free_world(w);
    }
}

int main(int count, char **arguments) {
    if (count == 4) {
        measure(atoll(arguments[1]), atoll(arguments[2]), atoll(arguments[3]), 1, 2, 2);
        return 0;
    }
    measure(20000, 2000, 1000, RUNS, 1, 2);
    measure(100000, 100000, 0, 1, 2, 2);
    world *w = draw_world(1000000, 1000000, 0);
    compare("k-density-cells", w, 2, RUNS, k_density_cells, stages_floor);
    free_world(w);
    return 0;
}
