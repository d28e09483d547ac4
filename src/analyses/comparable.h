/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions whose indicators are all known, by periods or all together: the basis on which indicators are made
 * comparable.
 */
#ifndef OKRUG_ANALYSES_COMPARABLE_H
#define OKRUG_ANALYSES_COMPARABLE_H

#include "analyses/cube.h"

/* Cells (period x region) that are measured together. */
typedef struct {
    int64_t count;
    int64_t *start; /* count + 1 */
    int64_t *cell;  /* of each member: period * regions + region, by basis, rising */
} okrug_bases;

/* Each period is a basis of its own, or `pooled` all together; cells with a reason are in none. Scratch memory. */
okrug_status okrug_bases_of(okrug_ctx *ctx, const okrug_cube *cube, const uint8_t *reason, bool pooled,
                            okrug_bases *out);

/* The reason (periods x regions) why a region has no full set of indicators: the first one's that is missing. Scratch
 * memory. */
okrug_status okrug_complete_regions(okrug_ctx *ctx, const okrug_cube *cube, uint8_t **reason, int64_t *incomplete);

#endif
