/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each region's part of a cluster through all periods of the input.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_YEARS_H
#define OKRUG_ANALYSES_CLUSTERS_YEARS_H

#include "analyses/clusters_case.h"

enum { OKRUG_CLUSTERS_YEAR_COLUMNS = 8 };
extern const okrug_output_column okrug_clusters_year_columns[OKRUG_CLUSTERS_YEAR_COLUMNS];

/* The periods of `panels` between `from` and `to`, both within, in the order of time; a row for each region that has,
 * or may have, something of the cluster in one of them. Cost: O(rows + periods * regions * industries). */
okrug_status okrug_clusters_write_years(okrug_ctx *ctx, const okrug_table *input, const okrug_panels *panels,
                                        const char *from, const okrug_clusters_case *of, okrug_table *table);

#endif
