/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the distribution of industries over the regions is compared with: totals or any other distribution, given as a
 * table by region.
 */
#ifndef OKRUG_ANALYSES_DISTRIBUTION_H
#define OKRUG_ANALYSES_DISTRIBUTION_H

#include "analyses/panel.h"

/* A distribution over regions, perhaps by period. */
#define OKRUG_BY_REGION_ROLES                                                                                          \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }

/* One period as kernels want it. */
typedef struct {
    int64_t regions;         /* of the panel, then those that only the reference has: nobody there has any of these */
    const double *value;     /* regions x industries of the panel */
    const double *reference; /* regions; NULL: the sums of the rows */
    const char **region;     /* regions codes */
} okrug_distribution;

/* `reference` or else `region_total` says what to compare with; both may be NULL. Scratch memory. BAD_INPUT
 * "not-in-reference" for each region that it lacks, "one-period-of". Warns of totals below their parts. */
okrug_status okrug_distribution_read(okrug_ctx *ctx, const okrug_table *reference, const okrug_table *region_total,
                                     const okrug_panel *panel, okrug_distribution *out);

#endif
