/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * moran and local-moran with 999 permutations, beside what a plain permutation cannot do without: reading a value at
 * random for each link and draw. Square lattices, queen's neighbours, row-standardised; once with unequal weights.
 *
 * `bench_spatial AREAS PERMUTATIONS` measures another size, once warm.
 */
#include "bench.h"

#include <math.h>

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

static void lattice(world *w, int64_t side, bool equal) {
    int64_t links = 0;
    for (int64_t i = 0; i < w->n; i++) {
        for (int64_t d = 0; d < 9; d++) {
            int64_t row = i / side + d / 3 - 1;
            int64_t column = i % side + d % 3 - 1;
            int64_t j = row * side + column;
            if (d != 4 && row >= 0 && column >= 0 && column < side && j < w->n) {
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

static void local_moran(okrug_ctx *ctx, void *data) {
    world *w = data;
    const okrug_local_results found = {w->result, w->result + w->n, w->result + 2 * w->n, w->result + 3 * w->n,
                                       w->result + 4 * w->n};
    bench_must(okrug_local_moran(ctx, &w->weights, w->x, &found));
    bench_must(okrug_local_permute(ctx, &w->weights, w->x, w->permutations, 1, w->at_least, w->at_most));
    for (int64_t i = 0; i < w->n; i++) {
        w->p[i] = okrug_permutation_p(OKRUG_TWO_SIDED, w->at_least[i], w->at_most[i], w->permutations);
    }
    bench_must(okrug_false_discovery(ctx, w->n, w->p, w->q));
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

static void bench(int64_t areas, int64_t permutations, bool equal, bool once) {
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
    lattice(&w, side, equal);
    char size[64];
    snprintf(size, sizeof size, "%lldx%lld", (long long)areas, (long long)permutations);
    for (int threads = 1; threads <= 2; threads++) {
        if (once) {
            okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads});
            double start = bench_clock();
            local_moran(ctx, &w);
            double local = bench_clock();
            moran(ctx, &w);
            double global = bench_clock();
            gathers_alone(ctx, &w);
            printf("{\"size\":\"%s\",\"equal\":%s,\"threads\":%d,\"local_moran\":%.3f,\"moran\":%.3f,\"floor\":%.3f}\n",
                   size, equal ? "true" : "false", threads, local - start, global - local, bench_clock() - global);
            fflush(stdout);
            okrug_ctx_free(ctx);
            continue;
        }
        if (equal) {
            bench_compare_with_floor("moran", size, threads, moran, gathers_alone, &w);
        }
        bench_compare_with_floor(equal ? "local-moran" : "local-moran-unequal", size, threads, local_moran,
                                 gathers_alone, &w);
    }
    void *all[] = {w.ptr, w.col, w.random, w.val, w.x, w.result, w.p, w.q, w.at_least, w.at_most};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

int main(int argc, char **argv) {
    okrug_blas_use_right_core();
    if (argc == 3) {
        bench(atoll(argv[1]), atoll(argv[2]), true, true);
        bench(atoll(argv[1]), atoll(argv[2]), false, true);
        return 0;
    }
    bench(3000, 999, true, false);
    bench(3000, 999, false, false);
    bench(30000, 999, true, false);
    bench(30000, 999, false, false);
    return 0;
}
