/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to LEMON's preflow-push, which is a library of C++ templates. Nothing is thrown out of it.
 */
#define LEMON_ONLY_TEMPLATES
// LEMON's arrays are copied before they are filled, which it does by design and GCC sees when it inlines them.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <cstdint>
#include <exception>
#include <new>

#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

extern "C" {
#include "lemon_flow.h"
}

namespace {

using graph = lemon::SmartDigraph;
using capacities = graph::ArcMap<int64_t>;

} // namespace

// The flow goes backwards, from target to source: the first phase of the algorithm then finds the largest side of the
// target, and what is left is the smallest side of the source.
extern "C" okrug_lemon_answer okrug_lemon_max_flow(int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to,
                                                   const int64_t *capacity, int32_t source, int32_t target,
                                                   int64_t *value, bool *source_side) {
    try {
        graph network;
        network.reserveNode(nodes);
        network.reserveArc(arcs);
        for (int32_t i = 0; i < nodes; i++) {
            network.addNode();
        }
        for (int32_t a = 0; a < arcs; a++) {
            network.addArc(graph::nodeFromId(to[a]), graph::nodeFromId(from[a]));
        }
        capacities limit(network);
        for (int32_t a = 0; a < arcs; a++) {
            limit[graph::arcFromId(a)] = capacity[a];
        }
        lemon::Preflow<graph, capacities> flow(network, limit, graph::nodeFromId(target), graph::nodeFromId(source));
        flow.runMinCut();
        *value = flow.flowValue();
        for (int32_t i = 0; i < nodes; i++) {
            source_side[i] = !flow.minCut(graph::nodeFromId(i));
        }
    } catch (const std::bad_alloc &) {
        return OKRUG_LEMON_NO_MEMORY;
    } catch (const std::exception &) {
        return OKRUG_LEMON_DEFECT;
    }
    return OKRUG_LEMON_DONE;
}
