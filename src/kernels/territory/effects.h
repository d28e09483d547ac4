/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fixed effects of one or two groupings, taken out of columns.
 */
#ifndef OKRUG_KERNELS_TERRITORY_EFFECTS_H
#define OKRUG_KERNELS_TERRITORY_EFFECTS_H

#include <okrug/regression.h>

/* Replaces the column (n) by what is left of it beside a constant for each group. OKRUG_NOT_CONVERGED. */
okrug_status okrug_effects_remove(okrug_ctx *ctx, int64_t n, const okrug_grouping effect[2], double *column);

/* How many constants that takes. */
okrug_status okrug_effects_count(okrug_ctx *ctx, int64_t n, const okrug_grouping effect[2], int64_t *count);

#endif
