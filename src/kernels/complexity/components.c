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

okrug_status okrug_complexity_components(okrug_ctx *ctx, const okrug_bits *presence, int64_t *components) {
    int64_t regions = presence->rows, products = presence->columns;
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t *parent = OKRUG_SCRATCH(ctx, regions + products + 1, int64_t);
    if (parent == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t node = 0; node < regions + products; node++) {
        parent[node] = node;
    }
    *components = regions + products;
    int64_t pieces = products; /* of products; once they are one, whatever a region has joins it to all */
    for (int64_t r = 0; r < regions; r++) {
        bool joined = false;
        for (int64_t k = 0; k < presence->words && !(joined && pieces == 1); k++) {
            for (uint64_t left = presence->word[k * regions + r]; left != 0; left &= left - 1) {
                int64_t p = k * OKRUG_BITS + __builtin_ctzll(left);
                int64_t a = root_of(parent, r), b = root_of(parent, regions + p);
                parent[a] = b;
                *components -= a != b;
                pieces -= joined && a != b;
                joined = true;
            }
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
