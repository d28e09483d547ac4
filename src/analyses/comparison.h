/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the regions of one period are compared with: totals and reference given as tables, in the order of the panel.
 */
#ifndef OKRUG_ANALYSES_COMPARISON_H
#define OKRUG_ANALYSES_COMPARISON_H

#include <okrug/concentration.h>

#include "analyses/analysis.h"
#include "analyses/panel.h"

/* The structure to compare with: amounts or shares by industry. */
#define OKRUG_REFERENCE_ROLES                                                                                          \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"value", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN}, {                            \
        "share", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE                                      \
    }
/* Totals of regions that their industries do not add up to. */
#define OKRUG_REGION_TOTAL_ROLES                                                                                       \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }

/* Totals that were given for the regions, of the panel's period where they have one. */
typedef struct {
    double *value;       /* regions; 0 where there is none */
    uint8_t *reason;     /* regions: okrug_reason why there is none */
    int64_t without;     /* regions that the totals do not have */
    int64_t below_parts; /* regions whose total is smaller than what is known of them */
    const char *first_below;
} okrug_region_totals;

/* Scratch memory. BAD_INPUT "one-period-of". */
okrug_status okrug_region_totals_read(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                      okrug_region_totals *totals);
/* Warns of regions without a total and of totals below their parts. */
void okrug_region_totals_warn(okrug_ctx *ctx, const char *file, const okrug_region_totals *totals);

/* What quotients are compared with, and why a region or an industry has no comparison. */
typedef struct {
    okrug_lq_reference lq;
    okrug_region_totals totals; /* value NULL: of the panel */
    double *industry_total;     /* NULL: of the panel */
    double *share;
    uint8_t *region_reason;
    uint8_t *industry_reason;
} okrug_comparison;

/* The grain of quotients, as the rows of `grain`: of one region that is its own reference, and of one industry that is
 * all there is, every quotient is 1. */
#define OKRUG_QUOTIENT_GRAIN                                                                                           \
    {"regions-without-reference", 2, OKRUG_UNIT_COUNT}, {                                                              \
        "industries-without-totals", 2, OKRUG_UNIT_COUNT                                                               \
    }
/* BAD_INPUT "below-grain" by these two rows. */
okrug_status okrug_quotients_need(okrug_ctx *ctx, const okrug_table *input, const okrug_table *reference,
                                  const okrug_table *totals, const okrug_panels *panels, const okrug_grain *grain);

/* `reference` and `totals` may be NULL. Scratch memory. */
okrug_status okrug_compare(okrug_ctx *ctx, const okrug_table *reference, const okrug_table *totals,
                           const okrug_panel *panel, okrug_comparison *with);

#endif
