/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the adapter to LEMON shows to the C files of this room: nothing of C++, and nothing that C++ cannot read.
 */
#ifndef OKRUG_GRAPH_LEMON_FLOW_H
#define OKRUG_GRAPH_LEMON_FLOW_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { OKRUG_LEMON_DONE, OKRUG_LEMON_NO_MEMORY, OKRUG_LEMON_DEFECT } okrug_lemon_answer;

/* As okrug_max_flow; counts below 2^31 - 1. */
okrug_lemon_answer okrug_lemon_max_flow(int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to,
                                        const int64_t *capacity, int32_t source, int32_t target, int64_t *value,
                                        bool *source_side);

#endif
