/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 620 candidate partitions of industries into 30 to 60 groups (Ward and k-means on ten matrices), each scored by five,
 * beside the products that give their inner products. Matrices are those of planted groups with noise. The same in
 * numpy and SciPy: bench/clusters_numpy.py.
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

static void bench(int64_t n, const char *size) {
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
                                    .matrix = (const double *const *)w.matrix,
                                    .judges = JUDGES,
                                    .judge = (const double *const *)w.matrix,
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
    for (int threads = 1; threads <= 2; threads++) {
        bench_compare_with_floor("candidates", size, threads, all_candidates, products_alone, &w);
    }
    for (int m = 0; m < MATRICES; m++) {
        free(w.matrix[m]);
    }
    free(w.gram);
    free(w.candidate);
    free(w.group);
}

int main(void) {
    bench(600, "600 industries, 620 candidates");
    bench(2000, "2000 industries, 620 candidates");
    return 0;
}
