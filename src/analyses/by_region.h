/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a second input (region, perhaps period, ...) says of the regions of the first.
 */
#ifndef OKRUG_ANALYSES_BY_REGION_H
#define OKRUG_ANALYSES_BY_REGION_H

#include <okrug/context.h>
#include <okrug/dataset.h>

typedef struct {
    int64_t *row;    /* of each region: its row in the second input; -1: none */
    int64_t *others; /* rows of that period whose regions are not among those asked for */
    int64_t other_count;
} okrug_region_rows;

/* The rows of `table` that speak of these regions in that period (NULL: the first input has none), in scratch memory.
 * Rows without a period speak of every period. OKRUG_BAD_INPUT ("one-period-of") where a region has several rows left:
 * periods that the first input does not tell apart; `input` is the option that named the table. O(rows + regions). */
okrug_status okrug_rows_of_regions(okrug_ctx *ctx, const okrug_table *table, const char *input, const char *period,
                                   int64_t regions, const char *const *region, okrug_region_rows *out);

#endif
