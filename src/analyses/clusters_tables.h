/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What clusters says of clusters as such, beside each region's part of them: traded or local, principles, groups of
 * regions.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_TABLES_H
#define OKRUG_ANALYSES_CLUSTERS_TABLES_H

#include "analyses/clusters_case.h"
#include "analyses/clusters_flows.h"
#include "analyses/clusters_strength.h"

/* Marks of Porter (2003) for the panel's industries, and for clusters as if each were one industry. */
typedef struct {
    double *specialised, *top, *gini; /* industries, then clusters */
} okrug_clusters_traded;

okrug_status okrug_clusters_traded_read(okrug_ctx *ctx, const okrug_clusters_case *of, okrug_clusters_traded *out);
/* A warning "traded-everywhere" where more than nine tenths of the employment in ten industries or more come out
 * traded. */
void okrug_clusters_doubt_traded(okrug_ctx *ctx, const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                 const okrug_place *place);

enum {
    OKRUG_CLUSTERS_TYPE_COLUMNS = 18,
    OKRUG_CLUSTERS_PRINCIPLE_COLUMNS = 9,
    OKRUG_CLUSTERS_GROUP_COLUMNS = 7,
    OKRUG_CLUSTERS_INDUSTRY_COLUMNS = 7
};
extern const okrug_output_column okrug_clusters_type_columns[OKRUG_CLUSTERS_TYPE_COLUMNS],
    okrug_clusters_principle_columns[OKRUG_CLUSTERS_PRINCIPLE_COLUMNS],
    okrug_clusters_group_columns[OKRUG_CLUSTERS_GROUP_COLUMNS],
    okrug_clusters_industry_columns[OKRUG_CLUSTERS_INDUSTRY_COLUMNS];
/* As rows of `outputs`. */
#define OKRUG_CLUSTERS_TABLES                                                                                          \
    {"types", okrug_clusters_type_columns, OKRUG_CLUSTERS_TYPE_COLUMNS},                                               \
        {"principles", okrug_clusters_principle_columns, OKRUG_CLUSTERS_PRINCIPLE_COLUMNS},                            \
        {"groups", okrug_clusters_group_columns, OKRUG_CLUSTERS_GROUP_COLUMNS}, {                                      \
        "industries", okrug_clusters_industry_columns, OKRUG_CLUSTERS_INDUSTRY_COLUMNS                                 \
    }

/* `profile` is NULL without flows. */
okrug_status okrug_clusters_write_types(const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                        const okrug_cluster_profile *profile, okrug_table *table);
okrug_status okrug_clusters_write_industries(const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                             okrug_table *table);
okrug_status okrug_clusters_write_principles(const okrug_clusters_case *of, const okrug_cluster_profile *profile,
                                             okrug_table *table);
okrug_status okrug_clusters_write_groups(okrug_ctx *ctx, const okrug_clusters_case *of,
                                         const okrug_clusters_strength *strength, okrug_table *table);

#endif
