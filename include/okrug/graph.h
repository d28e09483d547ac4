/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Graphs: the door to the library of graph algorithms (LEMON).
 */
#ifndef OKRUG_GRAPH_H
#define OKRUG_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* Arc a leads from node from[a] to to[a], both counted from 0, and lets capacity[a] through: >= 0, below 2^62. */
typedef struct {
    int64_t nodes, arcs;
    const int32_t *from, *to; /* arcs */
    const int64_t *capacity;  /* arcs */
} okrug_network;

/* How much can flow from `source` to `target` (`value`), and what stops more: `source_side` (nodes) is the smallest set
 * of nodes with the source in it, and without the target, out of which arcs of no more than that capacity lead (the
 * minimum cut that is nearest to the source, which is one and the same however the flow runs). What leaves the source
 * must be below 2^62 in all. OKRUG_BAD_INPUT ("graph-too-large") where there are 2^31 - 1 nodes or arcs or more,
 * OKRUG_NO_MEMORY. O(nodes^2 sqrt(arcs)) at worst (Goldberg and Tarjan 1988, preflow-push with the highest label);
 * memory: some 40 bytes an arc beside the network. */
okrug_status okrug_max_flow(okrug_ctx *ctx, const okrug_network *network, int32_t source, int32_t target,
                            int64_t *value, bool *source_side);

#endif
