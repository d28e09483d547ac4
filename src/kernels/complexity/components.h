/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pieces into which the network of regions and products falls.
 */
#ifndef OKRUG_COMPLEXITY_COMPONENTS_H
#define OKRUG_COMPLEXITY_COMPONENTS_H

#include "bits.h"

/* How many pieces M (the bits: regions x products) connects; each empty row or column is one. At most O(regions x
 * products), and most of it only until all products are one piece. */
okrug_status okrug_complexity_components(okrug_ctx *ctx, const okrug_bits *presence, int64_t *components);

#endif
