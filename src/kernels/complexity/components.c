/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connected components of a bipartite network by union-find.
 */
#include "components.h"

static int64_t root_of(int64_t *parent, int64_t node) {
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

okrug_status okrug_complexity_components(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                         int64_t *components) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t *parent = OKRUG_SCRATCH(ctx, regions + products + 1, int64_t);
    if (parent == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t node = 0; node < regions + products; node++) {
        parent[node] = node;
    }
    *components = regions + products;
    int64_t apart = products; /* pieces of products; once they are one, whatever a region has joins it to all */
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t p = 0; p < products; p++) {
            if (presence[r * products + p] > 0.0) {
                int64_t a = root_of(parent, r), b = root_of(parent, regions + p);
                parent[a] = b;
                *components -= a != b;
                apart -= a != b && a != r;
                if (apart == 1) {
                    break;
                }
            }
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
