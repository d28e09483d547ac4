/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The regions of a nation as a multi-regional model needs them: technology, output, final demand and exports of each,
 * and what it costs to bring goods from one to another.
 */
#ifndef OKRUG_ANALYSES_REGIONS_CASE_H
#define OKRUG_ANALYSES_REGIONS_CASE_H

#include <okrug/interregional.h>

#include "analyses/io_table.h"

#define OKRUG_REGION_DEMAND_ROLES                                                                                      \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"industry", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                             \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }
#define OKRUG_REGION_TABLE_ROLES                                                                                       \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                            \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_OWN                                        \
    }
#define OKRUG_DISTANCE_ROLES                                                                                           \
    {"a", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                   \
        {"b", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                             \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE                              \
    }

typedef struct {
    okrug_io_request io;
    const okrug_texts *exports, *value_added;
    const okrug_table *outputs;   /* region, industry, value: output, or what shares it out (persons) */
    const okrug_table *demand;    /* region, industry, value: final demand; or region, value: weights; or NULL */
    const okrug_table *tables;    /* region, from, to, value: technology of some regions; or NULL */
    const okrug_table *distances; /* a, b, value */
    bool power;                   /* distances of 0 are a fault */
} okrug_regions_request;

typedef struct {
    okrug_io io;
    int64_t n, regions;
    const char **region;
    double *a;           /* regions x n x n */
    double *output;      /* regions x n */
    double *exports;     /* regions x n: leave the country from where they were made */
    double *demand;      /* regions x n: final demand of residents */
    double *value_added; /* n, per unit of output; NULL: not named */
    double *origin;      /* n x regions: output less exports */
    double *destination; /* n x regions: what is bought, for use and final; scaled to the origins' sum */
    double *cost;        /* regions x regions; INFINITY: no trade */
} okrug_regions_case;

/* Scratch memory. Regions are those of `outputs`. OKRUG_BAD_INPUT besides what okrug_io_read says: "one-period",
 * "no-regional-output", "nothing-to-sell", "nothing-to-buy", "distance-zero", "regions-disconnected",
 * "multi-region-too-large" (more than 5,000 pairs of region and industry). */
okrug_status okrug_regions_case_read(okrug_ctx *ctx, const okrug_regions_request *request, okrug_regions_case *out);

#endif
