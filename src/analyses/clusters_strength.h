/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How strong each region's part of a cluster is beside the others: productivity, change over time, stars, and the
 * groups of neighbouring regions that hold it together.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_STRENGTH_H
#define OKRUG_ANALYSES_CLUSTERS_STRENGTH_H

#include "analyses/clusters_case.h"

typedef enum {
    OKRUG_STAR_SIZE,
    OKRUG_STAR_SPECIALISATION,
    OKRUG_STAR_FOCUS,
    OKRUG_STAR_PRODUCTIVITY,
    OKRUG_STAR_DYNAMISM,
    OKRUG_STAR_KINDS
} okrug_star;
/* The conventions, in the order of the choices of --stars. */
enum { OKRUG_STARS_EU_2020, OKRUG_STARS_ECO_2014 };

/* Arrays of regions x clusters. */
typedef struct {
    double *rate;    /* a year; NaN where it cannot be told; NULL: not asked */
    uint8_t *reason; /* okrug_reason why not */
} okrug_clusters_growth;

/* Arrays of regions x clusters; NaN where there is nothing. */
typedef struct {
    double *productivity; /* NULL: not asked */
    double *establishments;
    okrug_clusters_growth growth, entry;
    uint8_t *star[OKRUG_STAR_KINDS]; /* 0, 1, or of what there is none: 2 (no value), 3 (not in this convention) */
    double line[OKRUG_STAR_KINDS];
    int32_t *group; /* 0: in none */
    int64_t groups;
} okrug_clusters_strength;

/* value / employment over the cells that have both. */
okrug_status okrug_clusters_productivity(okrug_ctx *ctx, const okrug_table *value, const okrug_clusters_case *of,
                                         okrug_clusters_strength *out);
/* What changed from the first period to the last, of `table` (the input, or establishments): (after / before)^(1 /
 * years) - 1 over the members that both periods have a number of, into *out. NaN everywhere, with a warning, where the
 * periods' names tell no years. */
okrug_status okrug_clusters_change(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                   const char *from, const char *to, okrug_clusters_growth *out);
/* Sums of another table over the members, in the panel's period; NaN where no cell is known. */
okrug_status okrug_clusters_sums(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of, double **out);
/* Stars among the regions with `smallest` or more. */
okrug_status okrug_clusters_stars(okrug_ctx *ctx, int convention, double smallest, const okrug_clusters_case *of,
                                  okrug_clusters_strength *out);
/* Connected groups of neighbours that each have `smallest` or more and a quotient of `threshold` or more. */
okrug_status okrug_clusters_groups(okrug_ctx *ctx, const okrug_table *weights, double threshold, double smallest,
                                   const okrug_clusters_case *of, okrug_clusters_strength *out);

#endif
