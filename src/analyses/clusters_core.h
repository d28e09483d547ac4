/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a region's part of a cluster has an innovation core: institutions, patents, complex industries.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_CORE_H
#define OKRUG_ANALYSES_CLUSTERS_CORE_H

#include "analyses/clusters_case.h"

/* Universities, research organisations: one row a region and kind, or one for each of them with its name. */
#define OKRUG_INSTITUTION_ROLES                                                                                        \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"kind", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"name", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                 \
        "count", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_COUNT                             \
    }
#define OKRUG_PATENT_ROLES                                                                                             \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"industry", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                             \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_COUNT                             \
    }
#define OKRUG_PRODUCT_COMPLEXITY_ROLES                                                                                 \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                          \
        "pci", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_INDEX                                        \
    }

/* Arrays of regions x clusters; NULL where the table was not given, NaN where nothing is known. */
typedef struct {
    double *institutions; /* in the region */
    double *patents;      /* of the cluster in the region, or where industries are not told of the region */
    double *intensity;    /* patents per person, over the same of all regions together */
    double *complexity;   /* mean pci of the cluster's industries in the region, by persons */
    double mean_pci;      /* the same over everything; marks are at it or above */
} okrug_clusters_core;

/* Each table may be NULL. */
okrug_status okrug_clusters_core_read(okrug_ctx *ctx, const okrug_table *institutions, const okrug_table *patents,
                                      const okrug_table *complexity, const okrug_clusters_case *of,
                                      okrug_clusters_core *out);
/* How many marks can be told of the cell: institutions where they are given (a region that the table lacks has none),
 * patents unless nobody is known to divide them by, complexity where a member's is known. */
int okrug_clusters_core_marks(const okrug_clusters_core *core, int64_t cell);
/* "institutions patents", "none"; NULL where no mark can be told. */
const char *okrug_clusters_core_text(const okrug_clusters_core *core, int64_t cell);

#endif
