/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A partition of industries beside a given one, and beside what the codes alone or a lot would give.
 */
#ifndef OKRUG_ANALYSES_CLUSTER_COMPARE_H
#define OKRUG_ANALYSES_CLUSTER_COMPARE_H

#include "analyses/cluster_search.h"

#define OKRUG_CLUSTER_COMPARE_ROLES                                                                                    \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                          \
        "cluster", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                       \
    }

/* X(name, code of the row) */
#define OKRUG_CLUSTER_COMPARISONS(X)                                                                                   \
    X(FOUND, "found")                                                                                                  \
    X(CHOSEN, "candidate")       /* before outliers were moved */                                                      \
    X(PREFIX, "prefix")          /* industries whose codes begin alike */                                              \
    X(RANDOM, "random")          /* the found labels by lot: the mean */                                               \
    X(RANDOM_HIGH, "random-p95") /* and the 95th percentile */

enum {
#define OKRUG_X(name, code) OKRUG_COMPARED_##name,
    OKRUG_CLUSTER_COMPARISONS(OKRUG_X)
#undef OKRUG_X
        OKRUG_COMPARED
};
extern const char *const okrug_compared_codes[OKRUG_COMPARED];

typedef struct {
    int64_t industries;             /* that both partitions know */
    int64_t given;                  /* groups of the given one among them */
    int64_t groups[OKRUG_COMPARED]; /* of each among them */
    okrug_agreement of[OKRUG_COMPARED];
} okrug_cluster_comparison;

/* Over the industries that `table` (industry, cluster) gives a cluster. digits: characters of the prefix. Scratch
 * memory. OKRUG_BAD_INPUT ("compare-matches-nothing"). O(n permutations). */
okrug_status okrug_clusters_compare(okrug_ctx *ctx, const okrug_table *table, const okrug_similarities *of,
                                    const okrug_cluster_plan *plan, int64_t digits, const okrug_cluster_search *search,
                                    okrug_cluster_comparison *out);

#endif
