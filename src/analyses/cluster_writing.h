/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and clusters of a partition as rows, with why each industry is where it is.
 */
#ifndef OKRUG_ANALYSES_CLUSTER_WRITING_H
#define OKRUG_ANALYSES_CLUSTER_WRITING_H

#include "analyses/cluster_search.h"

/* Columns of "members", in their order; X(name, column, type, unit, formula). */
#define OKRUG_MEMBER_COLUMNS(X)                                                                                        \
    X(INDUSTRY, "industry", TEXT, NONE, NULL)                                                                          \
    X(CLUSTER, "cluster", TEXT, NONE, NULL)                                                                            \
    X(OWN_SCORE, "own_score", NUMBER, INDEX, "WCR_i = mean of s_ij over the others of its cluster")                    \
    X(BEST_OTHER_SCORE, "best_other_score", NUMBER, INDEX, "max over d of BCR_id = mean of s_ij over j in d")          \
    X(BEST_OTHER, "best_other", TEXT, NONE, NULL)                                                                      \
    X(WHY, "why", TEXT, NONE, NULL)                                                                                    \
    X(MOVED_FROM, "moved_from", TEXT, NONE, NULL)                                                                      \
    X(MATRICES_FOR, "matrices_for", NUMBER, COUNT, "matrices by which WCR_i > max over d of BCR_id")                   \
    X(MATRICES, "matrices", NUMBER, COUNT, "matrices in use")                                                          \
    X(NEAREST, "nearest", TEXT, NONE, NULL)                                                                            \
    X(NEAREST_SIMILARITY, "nearest_similarity", NUMBER, INDEX, "largest s_ij over the others of its cluster")          \
    X(SIZE, "size", NUMBER, OWN, "sum over regions of the known values")                                               \
    X(NAME, "name", TEXT, NONE, NULL)

/* Columns of "clusters". */
#define OKRUG_CLUSTER_COLUMNS(X)                                                                                       \
    X(CLUSTER, "cluster", TEXT, NONE, NULL)                                                                            \
    X(NAME, "name", TEXT, NONE, NULL)                                                                                  \
    X(INDUSTRIES, "industries", NUMBER, COUNT, "industries of the cluster")                                            \
    X(WITHIN, "within", NUMBER, INDEX, "WCR_c = mean of s_ij over pairs inside")                                       \
    X(BETWEEN, "between", NUMBER, INDEX, "mean over d of BCR_cd = mean of s_ij over i in c, j in d")                   \
    X(VALID, "valid", TEXT, NONE, NULL)                                                                                \
    X(CENTRE, "centre", TEXT, NONE, NULL)                                                                              \
    X(LARGEST, "largest", TEXT, NONE, NULL)                                                                            \
    X(SIZE, "size", NUMBER, OWN, "sum over its industries and regions of the known values")

enum {
#define OKRUG_X(name, column, type, unit, formula) OKRUG_MEMBER_##name,
    OKRUG_MEMBER_COLUMNS(OKRUG_X)
#undef OKRUG_X
        OKRUG_MEMBER_COLUMN_COUNT
};
enum {
#define OKRUG_X(name, column, type, unit, formula) OKRUG_CLUSTER_##name,
    OKRUG_CLUSTER_COLUMNS(OKRUG_X)
#undef OKRUG_X
        OKRUG_CLUSTER_COLUMN_COUNT
};
/* A row of a descriptor from the lists above. */
#define OKRUG_COLUMN_ROW(name, column, type, unit, formula) {column, OKRUG_##type, OKRUG_UNIT_##unit, formula},

/* `names` (industry, name) may be NULL: industries go by their codes. Largest industries first. */
okrug_status okrug_clusters_write(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_search *search,
                                  const okrug_table *names, okrug_table *members, okrug_table *clusters);

#endif
