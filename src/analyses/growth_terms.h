/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a region's industry had around it at the start: its weight, the variety beside it, its competitors, its cluster.
 */
#ifndef OKRUG_ANALYSES_GROWTH_TERMS_H
#define OKRUG_ANALYSES_GROWTH_TERMS_H

#include "analyses/two_dates.h"

enum {
    OKRUG_GROWTH_CONSTANT,
    OKRUG_GROWTH_LEVEL,
    OKRUG_GROWTH_SPECIALISATION,
    OKRUG_GROWTH_DIVERSITY,
    OKRUG_GROWTH_COMPETITION,
    OKRUG_GROWTH_CLUSTER,
    OKRUG_GROWTH_TERMS
};
extern const char *const okrug_growth_term_codes[];

typedef struct {
    const okrug_two_dates *dates;
    bool asked[OKRUG_GROWTH_TERMS];
    int64_t *cluster; /* industries: number of each's cluster, -1: none; NULL: no clusters */
    int64_t clusters;
    double *plants; /* regions x industries: plants at the start, NaN: not known; NULL: no plants */
} okrug_growth_world;

/* Reads `plants` (region, industry, period, value) and `clusters` (industry, cluster), each NULL where it is not given.
 * Scratch memory. */
okrug_status okrug_growth_world_read(okrug_ctx *ctx, const okrug_two_dates *dates, const okrug_table *plants,
                                     const okrug_table *clusters, okrug_growth_world *world);

/* value[t] (regions x industries) of each term that is asked for; NaN where it has no value. Scratch memory. */
okrug_status okrug_growth_terms_make(okrug_ctx *ctx, const okrug_growth_world *world,
                                     double *value[OKRUG_GROWTH_TERMS]);

#endif
