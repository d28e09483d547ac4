/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Graphs: the door to the libraries of graph algorithms (LEMON for flows, igraph for communities).
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

/* Link e joins a[e] and b[e], counted from 0, both ways; weight[e] > 0. */
typedef struct {
    int64_t nodes, links;
    const int32_t *a, *b;
    const double *weight;
} okrug_links;

/* Communities by Leiden (Traag, Waltman and van Eck 2019): group (nodes), numbered in the order of their first members,
 * and how many. quality: Q = 1/(2m) sum_ij (w_ij - resolution k_i k_j / (2m)) [same group], which is modularity
 * (Newman and Girvan 2004) at a resolution of 1; NaN without links, and then each node is a group. `rounds`: times that
 * the whole is repeated on what it gave. Random numbers hang on the seed
 * alone. The library is not made for threads: one call at a time, whoever calls. OKRUG_READ_FAILED ("no-igraph") where
 * it could not be loaded, OKRUG_BAD_INPUT ("graph-too-large"), OKRUG_NO_MEMORY. Nearly O(links) a round. Test:
 * Zachary's (1977) karate club, .419789612097. */
okrug_status okrug_leiden(okrug_ctx *ctx, const okrug_links *graph, double resolution, int64_t rounds, uint64_t seed,
                          int32_t *group, int64_t *groups, double *quality);

#endif
