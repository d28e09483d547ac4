/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pieces into which the network of regions and products falls.
 */
#ifndef OKRUG_COMPLEXITY_COMPONENTS_H
#define OKRUG_COMPLEXITY_COMPONENTS_H

#include <stdint.h>

#include <okrug/context.h>

/* How many pieces M (regions x products, 0 or 1, no empty row or column) connects. O(regions x products). */
okrug_status okrug_complexity_components(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                         int64_t *components);

#endif
