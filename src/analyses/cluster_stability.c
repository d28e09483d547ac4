/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How alike the partitions are that a method gives for different seeds.
 */
#include <math.h>

#include <okrug/numeric.h>

#include "analyses/cluster_search.h"

static okrug_status summarise(okrug_ctx *ctx, int64_t n, int64_t seeds, const int32_t *group, const int64_t *groups,
                              const okrug_cluster_candidate *chosen, okrug_cluster_stability *out) {
    okrug_sum mean = {0}, with_chosen = {0}, count = {0};
    int64_t most = chosen->of.groups;
    for (int64_t a = 0; a < seeds; a++) {
        most = groups[a] > most ? groups[a] : most;
    }
    double *table = OKRUG_SCRATCH(ctx, most * most, double);
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    out->least = 1.0;
    for (int64_t a = 0; a < seeds; a++) {
        const int32_t *of_a = group + a * n;
        okrug_sum_add(&count, (double)groups[a]);
        okrug_sum_add(&with_chosen,
                      okrug_agree_in(n, groups[a], of_a, chosen->of.groups, chosen->group, table).information);
        for (int64_t b = a + 1; b < seeds; b++) {
            double alike = okrug_agree_in(n, groups[a], of_a, groups[b], group + b * n, table).information;
            okrug_sum_add(&mean, alike);
            out->least = fmin(out->least, alike);
        }
    }
    out->mean = okrug_sum_value(&mean) / ((double)seeds * (double)(seeds - 1) / 2.0);
    out->chosen = okrug_sum_value(&with_chosen) / (double)seeds;
    out->groups = okrug_sum_value(&count) / (double)seeds;
    return OKRUG_OK;
}

/* The best candidate by Leiden of the chosen one's matrix; NULL: none. */
static const okrug_cluster_candidate *best_leiden(const okrug_cluster_search *search) {
    const okrug_cluster_candidate *best = NULL;
    for (int64_t c = 0; c < search->candidates; c++) {
        const okrug_cluster_candidate *one = &search->candidate[c];
        bool fits = one->of.method == OKRUG_BY_LEIDEN && one->of.matrix == search->candidate[search->chosen].of.matrix;
        best = fits && (best == NULL || one->of.score > best->of.score) ? one : best;
    }
    return best;
}

static okrug_status repeat(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                           const okrug_cluster_search *search, okrug_partition_method method, int32_t *group,
                           int64_t *groups) {
    const okrug_cluster_candidate *chosen = &search->candidate[search->chosen];
    const double *z = search->z[chosen->of.matrix];
    int64_t seeds = plan->seeds;
    double *resolution = OKRUG_SCRATCH(ctx, seeds, double);
    uint64_t *seed = OKRUG_SCRATCH(ctx, seeds, uint64_t);
    if (resolution == NULL || seed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (method == OKRUG_BY_K_MEANS) {
        const okrug_k_means_options options = {chosen->of.groups, plan->restarts, plan->rounds, plan->seed};
        for (int64_t k = 0; k < seeds; k++) {
            groups[k] = chosen->of.groups;
        }
        return okrug_k_means_repeated(ctx, of->n, z, &options, seeds, group);
    }
    for (int64_t k = 0; k < seeds; k++) {
        resolution[k] = best_leiden(search)->resolution;
        seed[k] = plan->seed + (uint64_t)k;
    }
    return okrug_leiden_partitions(ctx, of->n, z, plan->links, OKRUG_LEIDEN_ROUNDS, seeds, resolution, seed, group,
                                   groups);
}

okrug_status okrug_clusters_stability(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                      const okrug_cluster_search *search, okrug_cluster_stability *stability,
                                      int *count) {
    const okrug_cluster_candidate *chosen = &search->candidate[search->chosen];
    int32_t *group = OKRUG_SCRATCH(ctx, plan->seeds * of->n, int32_t);
    int64_t *groups = OKRUG_SCRATCH(ctx, plan->seeds, int64_t);
    if (group == NULL || groups == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *count = 0;
    if (plan->ward) {
        stability[(*count)++] =
            (okrug_cluster_stability){OKRUG_BY_WARD, (double)NAN, (double)NAN, (double)NAN, (double)chosen->of.groups};
    }
    const bool repeated[] = {
        [OKRUG_BY_K_MEANS] = plan->k_means, [OKRUG_BY_LEIDEN] = plan->leiden && best_leiden(search) != NULL};
    for (int method = OKRUG_BY_K_MEANS; method <= OKRUG_BY_LEIDEN; method++) {
        if (!repeated[method]) {
            continue;
        }
        okrug_cluster_stability *out = &stability[(*count)++];
        out->method = (okrug_partition_method)method;
        OKRUG_TRY(repeat(ctx, of, plan, search, out->method, group, groups));
        OKRUG_TRY(summarise(ctx, of->n, plan->seeds, group, groups, chosen, out));
    }
    return OKRUG_OK;
}
