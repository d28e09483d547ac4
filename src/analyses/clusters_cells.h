/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first table of clusters: each region's part of each cluster.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_CELLS_H
#define OKRUG_ANALYSES_CLUSTERS_CELLS_H

#include "analyses/clusters_core.h"
#include "analyses/clusters_flows.h"
#include "analyses/clusters_strength.h"

enum { OKRUG_CLUSTERS_CELL_COLUMNS = 32 };
extern const okrug_output_column okrug_clusters_cell_columns[OKRUG_CLUSTERS_CELL_COLUMNS];

typedef struct {
    const okrug_clusters_case *of;
    const okrug_clusters_strength *strength;
    const okrug_clusters_core *core;
    const okrug_cluster_profile *profile; /* NULL: no flows */
    double smallest;
} okrug_clusters_findings;

/* A row for each region that has something of a cluster, or may have. */
okrug_status okrug_clusters_write_cells(okrug_ctx *ctx, const okrug_clusters_findings *f, okrug_table *table);

#endif
