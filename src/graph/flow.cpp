/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to LEMON's preflow-push, which is a library of C++ templates. Nothing is thrown out of it.
 */
#define LEMON_ONLY_TEMPLATES
// LEMON's arrays are copied before they are filled, which it does by design and GCC sees when it inlines them.
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <cstdint>
#include <exception>
#include <new>
#include <vector>

#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

extern "C" {
#include "lemon_flow.h"
}

namespace {

using graph = lemon::SmartDigraph;
using numbers = graph::ArcMap<int64_t>;
using preflow = lemon::Preflow<graph, numbers>;

// Marks what can still be reached from the source: by arcs that are not full, and against those that carry something.
void mark_reachable(const graph &network, const numbers &limit, const preflow &flow, graph::Node source, bool *marked) {
    std::vector<graph::Node> open{source};
    marked[graph::id(source)] = true;
    const auto reach = [&](graph::Node node) {
        if (!marked[graph::id(node)]) {
            marked[graph::id(node)] = true;
            open.push_back(node);
        }
    };
    while (!open.empty()) {
        const graph::Node node = open.back();
        open.pop_back();
        for (graph::OutArcIt arc(network, node); arc != lemon::INVALID; ++arc) {
            if (flow.flow(arc) < limit[arc]) {
                reach(network.target(arc));
            }
        }
        for (graph::InArcIt arc(network, node); arc != lemon::INVALID; ++arc) {
            if (flow.flow(arc) > 0) {
                reach(network.source(arc));
            }
        }
    }
}

} // namespace

extern "C" okrug_lemon_answer okrug_lemon_max_flow(int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to,
                                                   const int64_t *capacity, int32_t source, int32_t target,
                                                   int64_t *value, bool *source_side) {
    try {
        graph network;
        network.reserveNode(nodes);
        network.reserveArc(arcs);
        for (int32_t i = 0; i < nodes; i++) {
            network.addNode();
            source_side[i] = false;
        }
        for (int32_t a = 0; a < arcs; a++) {
            network.addArc(graph::nodeFromId(from[a]), graph::nodeFromId(to[a]));
        }
        numbers limit(network);
        for (int32_t a = 0; a < arcs; a++) {
            limit[graph::arcFromId(a)] = capacity[a];
        }
        preflow flow(network, limit, graph::nodeFromId(source), graph::nodeFromId(target));
        flow.run();
        *value = flow.flowValue();
        mark_reachable(network, limit, flow, graph::nodeFromId(source), source_side);
    } catch (const std::bad_alloc &) {
        return OKRUG_LEMON_NO_MEMORY;
    } catch (const std::exception &) {
        return OKRUG_LEMON_DEFECT;
    }
    return OKRUG_LEMON_DONE;
}
