/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The largest flow, with the checks that the library does not make.
 */
#include <okrug/graph.h>

#include "lemon_flow.h"

okrug_status okrug_max_flow(okrug_ctx *ctx, const okrug_network *network, int32_t source, int32_t target,
                            int64_t *value, bool *source_side) {
    if (network->nodes >= INT32_MAX || network->arcs >= INT32_MAX) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "graph-too-large", NULL, "nodes",
                          okrug_text_integer(ctx, network->nodes), "arcs", okrug_text_integer(ctx, network->arcs),
                          (char *)NULL);
    }
    switch (okrug_lemon_max_flow((int32_t)network->nodes, (int32_t)network->arcs, network->from, network->to,
                                 network->capacity, source, target, value, source_side)) {
    case OKRUG_LEMON_DONE:
        return OKRUG_OK;
    case OKRUG_LEMON_NO_MEMORY:
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    case OKRUG_LEMON_DEFECT:
    default:
        return OKRUG_DEFECT;
    }
}
