/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 620 candidate partitions of industries into 30 to 60 groups (Ward and k-means on ten matrices), each scored by five,
 * beside the products that give their inner products. Matrices are those of planted groups with noise. `bench_clusters
 * INDUSTRIES FILE` leaves them in the file and runs once, on two threads (bench/peers/clusters.mjs).
 */
#include "bench.h"

#include <okrug/clusters.h>

enum { MATRICES = 10, JUDGES = 5, LEAST = 30, MOST = 60 };

typedef struct {
    okrug_candidates_input in;
    double *matrix[MATRICES], *gram;
    okrug_candidate *candidate;
    int32_t *group;
} world;

static void all_candidates(okrug_ctx *ctx, void *data) {
    world *w = data;
    bench_must(okrug_candidates(ctx, &w->in, w->candidate, w->group));
    if (!(w->candidate[0].score >= 0.0)) {
        bench_must(OKRUG_DEFECT);
    }
}

static void products_alone(okrug_ctx *ctx, void *data) {
    world *w = data;
    for (int m = 0; m < MATRICES; m++) {
        bench_must(okrug_gram(ctx, OKRUG_PLAIN, w->in.n, w->in.n, w->matrix[m], w->gram));
    }
}

static world make(int64_t n) {
    world w = {.gram = bench_numbers(n * n)};
    for (int m = 0; m < MATRICES; m++) {
        double *z = w.matrix[m] = bench_numbers(n * n);
        for (int64_t i = 0; i < n; i++) {
            for (int64_t j = i + 1; j < n; j++) {
                double noise = bench_uniform((uint64_t)(i * n + j), (uint32_t)m);
                z[i * n + j] = z[j * n + i] = (i % 45 == j % 45 ? 0.4 : 0.0) + noise;
            }
        }
        (void)okrug_standardise_pairs(n, z, z);
    }
    w.in = (okrug_candidates_input){.n = n,
                                    .matrices = MATRICES,
                                    .judges = JUDGES,
                                    .ward = true,
                                    .k_means = true,
                                    .least = LEAST,
                                    .most = MOST,
                                    .restarts = 5,
                                    .rounds = 100,
                                    .seed = 1};
    int64_t count = okrug_candidates_count(&w.in);
    w.candidate = malloc((size_t)count * sizeof *w.candidate);
    w.group = malloc((size_t)(count * n) * sizeof *w.group);
    if (w.candidate == NULL || w.group == NULL) {
        exit(5);
    }
    return w;
}

static void clear(world *w) {
    for (int m = 0; m < MATRICES; m++) {
        free(w->matrix[m]);
    }
    free(w->gram);
    free(w->candidate);
    free(w->group);
}

/* One run: the larger size takes long, and a peer far longer. */
static void once(int64_t n, const char *file) {
    world w = make(n);
    FILE *out = file == NULL ? NULL : fopen(file, "wb");
    for (int m = 0; out != NULL && m < MATRICES; m++) {
        if (fwrite(w.matrix[m], sizeof(double), (size_t)(n * n), out) != (size_t)(n * n)) {
            exit(5);
        }
    }
    if (file != NULL && (out == NULL || fclose(out) != 0)) {
        exit(5);
    }
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 2});
    if (ctx == NULL) {
        exit(5);
    }
    double start = bench_clock();
    clock_t processor = clock();
    w.in.matrix = w.in.judge = (const double *const *)w.matrix;
    all_candidates(ctx, &w);
    double used = (double)(clock() - processor) / CLOCKS_PER_SEC;
    double best = 0.0;
    for (int64_t c = 0; c < okrug_candidates_count(&w.in); c++) {
        best = w.candidate[c].score > best ? w.candidate[c].score : best;
    }
    printf(
        "{\"bench\":\"candidates, once\",\"size\":\"%lld industries, 620 candidates\",\"threads\":2,\"seconds\":%.3f,"
        "\"processor_seconds\":%.3f,\"best_score\":%.6f,\"blas_core\":\"%s\"}\n",
        (long long)n, bench_clock() - start, used, best, okrug_blas_core());
    okrug_ctx_free(ctx);
    clear(&w);
}

int main(int count, char **argument) {
    if (count == 3) {
        once(strtoll(argument[1], NULL, 10), argument[2]);
        return 0;
    }
    world w = make(600);
    w.in.matrix = w.in.judge = (const double *const *)w.matrix;
    for (int threads = 1; threads <= 2; threads++) {
        bench_compare_with_floor("candidates", "600 industries, 620 candidates", threads, all_candidates,
                                 products_alone, &w);
    }
    clear(&w);
    once(2000, NULL);
    return 0;
}
