/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The industries of a table put together to clusters: what each region has of each, as far as it is published.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_CASE_H
#define OKRUG_ANALYSES_CLUSTERS_CASE_H

#include "analyses/analysis.h"
#include "analyses/comparison.h"
#include "analyses/panel.h"

/* The members of clusters: those that cluster-definitions finds, or a published definition. `name` is the industry's.
 */
#define OKRUG_CLUSTER_DEFINITION_ROLES                                                                                 \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"cluster", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                  \
        "name", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                          \
    }

typedef struct {
    const okrug_table *definitions;
    int64_t clusters;
    const char **code;     /* clusters, in the order in which the definitions first name them */
    int32_t *cluster_of;   /* of each word of the definitions' industries; -1: none */
    const char **industry; /* of each such word: its name, or its code */
    int64_t *members;      /* clusters: industries that the definitions name */
    int64_t *of;           /* industries of the panel: which cluster; -1: none */
    const okrug_panel *panel;
    const char **name;      /* clusters: of its largest industries */
    okrug_comparison with;  /* what quotients compare with */
    bool *bounded;          /* regions: nothing is withheld there, or a total bounds it */
    double *estimate;       /* regions x industries: published, or the mean share of what is left of the region */
    double *region_total;   /* regions: e_r in use; 0 where none is */
    uint8_t *region_reason; /* regions: okrug_reason why none is */
    double total;           /* e in use: of the regions that have e_r */
    /* regions x clusters */
    double *employment, *least, *most, *lq;
    int32_t *withheld, *industries; /* cells without a number; industries with more than 0 */
    /* clusters */
    double *cluster_total, *share; /* e_C, and the share that quotients compare with */
    int64_t *compared;             /* members of the panel that quotients compare: all, or those of the reference */
} okrug_clusters_case;

/* Which cluster the words of the definitions belong to. Scratch memory. */
okrug_status okrug_cluster_definitions_read(okrug_ctx *ctx, const okrug_table *definitions, okrug_clusters_case *out);
/* How what is left of a region is shared out among its withheld cells. */
typedef struct {
    bool whole;                        /* the table's industries make up the regions' totals */
    bool proportional;                 /* to what industries are where they are published; else evenly */
    const okrug_table *establishments; /* with `proportional`: to how many of them the region has, if not NULL */
} okrug_clusters_sharing;

/* The period's table: `definitions` read before. BAD_INPUT "definitions-match-nothing"; warns of industries outside of
 * all clusters and of members without rows. */
okrug_status okrug_clusters_case_read(okrug_ctx *ctx, const okrug_table *input, const okrug_panel *panel,
                                      const okrug_table *reference, const okrug_table *region_total,
                                      const okrug_clusters_sharing *sharing, okrug_clusters_case *out);
/* The cluster of a code; -1: of none. */
int32_t okrug_cluster_of(const okrug_clusters_case *of, const char *industry);
/* The name of an industry that the definitions have, or its code. */
const char *okrug_cluster_member_name(const okrug_clusters_case *of, const char *industry);
/* The least number of digits behind the last letter of a code over the panel's members; `first` is the code. */
int64_t okrug_cluster_digits(const okrug_clusters_case *of, const char **first);

/* What there is to say of another table (region, industry, period, each optional) before it is read: BAD_INPUT
 * "plants-of-several-periods" where it has several periods and the panel none, "two-rows-of-one-cell"; warnings of rows
 * that the panel has no place for. `input` is the option that named it; NULL tables are fine. Industries of
 * `definitions` (or NULL) have a place too. O(rows). */
okrug_status okrug_clusters_second(okrug_ctx *ctx, const okrug_table *table, const char *input,
                                   const okrug_panel *panel, const okrug_clusters_case *definitions);
/* Values of another table (region, industry, perhaps period, value) in that period, in the order of the panel: regions
 * x industries; NaN where there is no row or no value. Scratch memory. */
okrug_status okrug_clusters_align(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                  const char *period, double **out);

#endif
