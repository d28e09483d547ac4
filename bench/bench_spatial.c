/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * moran, local-moran and getis-ord-local with permutations, beside what a plain permutation cannot do without: reading
 * a value at random for each link and draw. The places to read are drawn beforehand, so the floor is the reads alone.
 * Lattices with eight (queen's) neighbours, row-standardised; once with unequal weights.
 *
 * `bench_spatial AREAS PERMUTATIONS [6|8]` measures another size once, without moran, with six or eight neighbours:
 * time of the processors and how much memory the program has held, so that a busy machine says the same.
 */
#include "bench.h"

#include <math.h>
#include <sys/resource.h>

#include <okrug/spatial.h>

typedef struct {
    int64_t n, permutations;
    okrug_csr weights;
    int64_t *ptr;
    int32_t *col;
    double *val, *x, *result, *p, *q;
    int64_t *at_least, *at_most;
    int32_t *random; /* a place for each link */
    double sum;
} world;

static void *room(int64_t count, size_t size) {
    void *memory = calloc((size_t)count, size);
    if (memory == NULL) {
        exit(5);
    }
    return memory;
}

static void lattice(world *w, int64_t side, int neighbours, bool equal) {
    int64_t links = 0;
    for (int64_t i = 0; i < w->n; i++) {
        for (int64_t d = 0; d < 9; d++) {
            int64_t row = i / side + d / 3 - 1;
            int64_t column = i % side + d % 3 - 1;
            int64_t j = row * side + column;
            bool corner = neighbours == 6 && (d == 0 || d == 8); /* two corners less: hexagons */
            if (d != 4 && !corner && row >= 0 && column >= 0 && column < side && j < w->n) {
                w->col[links] = (int32_t)j;
                w->val[links] = equal ? 1.0 : 1.0 + bench_uniform((uint64_t)links, 9);
                links++;
            }
        }
        w->ptr[i + 1] = links;
        double sum = okrug_sum_of(w->val + w->ptr[i], links - w->ptr[i], 1);
        for (int64_t l = w->ptr[i]; l < links; l++) {
            w->val[l] /= sum;
            w->random[l] = (int32_t)(bench_uniform((uint64_t)l, 7) * (double)w->n);
        }
        w->x[i] = exp(bench_uniform((uint64_t)i, 1) + 1.0 / (1.0 + (double)(i / side)));
    }
    w->weights = (okrug_csr){.n = w->n, .nnz = links, .ptr = w->ptr, .col = w->col, .val = w->val};
}

static void moran(okrug_ctx *ctx, void *data) {
    world *w = data;
    okrug_global_result found;
    okrug_permuted permuted;
    bench_must(okrug_global(ctx, OKRUG_MORAN, OKRUG_RANDOMISATION, &w->weights, w->x, &found));
    bench_must(okrug_global_permute(ctx, OKRUG_MORAN, &w->weights, w->x, w->permutations, 1, &permuted));
}

static void permute(okrug_ctx *ctx, world *w) {
    bench_must(okrug_local_permute(ctx, &w->weights, w->x, w->permutations, 1, w->at_least, w->at_most));
    for (int64_t i = 0; i < w->n; i++) {
        w->p[i] = okrug_permutation_p(OKRUG_TWO_SIDED, w->at_least[i], w->at_most[i], w->permutations);
    }
    bench_must(okrug_false_discovery(ctx, w->n, w->p, w->q));
}

static void local_moran(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_local_results found = {w->result, w->result + w->n, w->result + 2 * w->n, w->result + 3 * w->n,
                                       w->result + 4 * w->n};
    bench_must(okrug_local_moran(ctx, &w->weights, w->x, &found));
    permute(ctx, w);
}

static void getis_ord_local(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_local_results found = {w->result, w->result + w->n, w->result + 2 * w->n, w->result + 3 * w->n,
                                       w->result + 4 * w->n};
    bench_must(okrug_getis_ord_local(ctx, &w->weights, NULL, w->x, &found));
    permute(ctx, w);
}

enum { TILES = 64 };

/* Reads x at random once for each link and permutation, and does nothing else with it but add. */
static okrug_status gather_tile(void *user, int64_t tile) {
    world *w = user;
    double sum = 0.0;
    for (int64_t p = tile; p < w->permutations; p += TILES) {
        for (int64_t l = 0; l < w->weights.nnz; l++) {
            sum += w->x[w->random[l]];
        }
    }
    w->result[tile * 8] = sum;
    return OKRUG_OK;
}

static void gathers_alone(okrug_ctx *ctx, void *data) {
    bench_must(okrug_parallel(ctx, TILES, gather_tile, data));
}

/* Time of all threads together. */
static double processor_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void measure_once(okrug_ctx *ctx, const char *bench, const char *size, int threads, bench_work *kernel,
                         double floor, void *data) {
    double wall = bench_clock();
    double start = processor_clock();
    kernel(ctx, data);
    double seconds = processor_clock() - start;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("{\"bench\":\"%s\",\"size\":\"%s\",\"threads\":%d,\"processor_seconds\":%.3f,\"wall_seconds\":%.3f,"
           "\"floor_processor_seconds\":%.3f,\"ratio\":%.4f,\"most_mb\":%ld}\n",
           bench, size, threads, seconds, bench_clock() - wall, floor, seconds / floor, used.ru_maxrss / 1024);
    fflush(stdout);
}

static void bench(int64_t areas, int64_t permutations, int neighbours, bool equal, bool once) {
    world w = {.n = areas, .permutations = permutations};
    int64_t side = (int64_t)ceil(sqrt((double)areas));
    w.ptr = room(areas + 1, sizeof *w.ptr);
    w.col = room(8 * areas, sizeof *w.col);
    w.random = room(8 * areas, sizeof *w.random);
    w.val = room(8 * areas, sizeof *w.val);
    w.x = room(areas, sizeof *w.x);
    w.result = room(5 * areas + 8 * TILES, sizeof *w.result);
    w.p = room(areas, sizeof *w.p);
    w.q = room(areas, sizeof *w.q);
    w.at_least = room(areas, sizeof *w.at_least);
    w.at_most = room(areas, sizeof *w.at_most);
    lattice(&w, side, neighbours, equal);
    char size[64];
    snprintf(size, sizeof size, "%lldx%lld", (long long)areas, (long long)permutations);
    const char *moran_local = equal ? "local-moran" : "local-moran-unequal";
    const char *getis_ord = equal ? "getis-ord-local" : "getis-ord-local-unequal";
    for (int threads = 1; threads <= 2; threads++) {
        if (once) {
            okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads});
            double start = processor_clock();
            gathers_alone(ctx, &w);
            double floor = processor_clock() - start;
            measure_once(ctx, moran_local, size, threads, local_moran, floor, &w);
            measure_once(ctx, getis_ord, size, threads, getis_ord_local, floor, &w);
            okrug_ctx_free(ctx);
            continue;
        }
        if (equal) {
            bench_compare_with_floor("moran", size, threads, moran, gathers_alone, &w);
        }
        bench_compare_with_floor(moran_local, size, threads, local_moran, gathers_alone, &w);
        bench_compare_with_floor(getis_ord, size, threads, getis_ord_local, gathers_alone, &w);
    }
    void *all[] = {w.ptr, w.col, w.random, w.val, w.x, w.result, w.p, w.q, w.at_least, w.at_most};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

int main(int argc, char **argv) {
    okrug_blas_use_right_core();
    if (argc == 3 || argc == 4) {
        int neighbours = argc == 4 ? atoi(argv[3]) : 8;
        bench(atoll(argv[1]), atoll(argv[2]), neighbours, true, true);
        bench(atoll(argv[1]), atoll(argv[2]), neighbours, false, true);
        return 0;
    }
    for (int64_t areas = 3000; areas <= 30000; areas *= 10) {
        bench(areas, 999, 8, true, false);
        bench(areas, 999, 8, false, false);
    }
    return 0;
}
