/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region's structure beside another one: what it is compared with, the indices of the difference, and their range
 * over ways to fill withheld cells.
 */
#ifndef OKRUG_ANALYSES_STRUCTURE_H
#define OKRUG_ANALYSES_STRUCTURE_H

#include "analyses/withheld.h"

enum { OKRUG_COMPARE_TOTAL, OKRUG_COMPARE_OTHERS };
enum { OKRUG_HERFINDAHL, OKRUG_KRUGMAN, OKRUG_GINI, OKRUG_THEIL, OKRUG_STRUCTURE_INDICES };

typedef struct {
    int compare;
    int64_t industries;  /* of the panel, then those that only the reference has */
    double *own;         /* industries: one region's amounts */
    double *total;       /* industries: of all regions, or as given */
    double *shares;      /* industries of the panel: sum over regions of their shares, for the mean of the others */
    double *other;       /* industries: what one region is compared with */
    double *work;        /* 2 x industries */
    int64_t with_shares; /* regions whose total is not 0 */
    bool given;          /* `total` is a reference */
} okrug_structure;

/* What the regions of the panel are compared with; `reference` (industry, value) may be NULL. Scratch memory. BAD_INPUT
 * "not-in-reference" for each industry that it lacks. */
okrug_status okrug_structure_read(okrug_ctx *ctx, int compare, const okrug_table *reference, const okrug_panel *panel,
                                  okrug_structure *structure);

/* The indices of region r, in the order of the enumeration; NaN where one has no value. */
void okrug_structure_indices(okrug_structure *structure, const okrug_panel *panel, int64_t r,
                             double index[OKRUG_STRUCTURE_INDICES]);

/* The range of each index over the draws of `filling` (which has some): lo and hi are indices x regions. */
okrug_status okrug_structure_ranges(okrug_ctx *ctx, int compare, const okrug_table *reference, const okrug_panel *panel,
                                    const okrug_filling *filling, double *lo, double *hi);

#endif
