/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leiden on the graph that links each industry to those it is most like.
 */
#include <okrug/clusters.h>
#include <okrug/graph.h>

okrug_status okrug_leiden_partitions(okrug_ctx *ctx, int64_t n, const double *z, int64_t nearest, int64_t rounds,
                                     int64_t count, const double *resolution, const uint64_t *seed, int32_t *group,
                                     int64_t *groups) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int32_t *from = OKRUG_SCRATCH(ctx, n * nearest + 1, int32_t);
    int32_t *to = OKRUG_SCRATCH(ctx, n * nearest + 1, int32_t);
    double *weight = OKRUG_SCRATCH(ctx, n * nearest + 1, double);
    int32_t *rank = OKRUG_SCRATCH(ctx, 2 * n + 1, int32_t);
    if (from == NULL || to == NULL || weight == NULL || rank == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_links graph = {n, 0, from, to, weight};
    graph.links = okrug_nearest_links(n, z, nearest, from, to, weight, rank);
    for (int64_t k = 0; k < count; k++) {
        double quality = 0.0;
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(okrug_leiden(ctx, &graph, resolution[k], rounds, seed[k], group + k * n, &groups[k], &quality));
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
