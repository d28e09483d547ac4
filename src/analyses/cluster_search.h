/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidate partitions of industries over matrices and their averages, the best of them, its outliers put right, and
 * how much of it chance could give.
 */
#ifndef OKRUG_ANALYSES_CLUSTER_SEARCH_H
#define OKRUG_ANALYSES_CLUSTER_SEARCH_H

#include "analyses/similarity_matrices.h"

/* Each matrix, each average of two, the average of all: of five. */
enum { OKRUG_CLUSTER_MATRICES = 5 + 10 + 1, OKRUG_LEIDEN_ROUNDS = 10 };

typedef struct {
    bool ward, k_means, leiden;
    int64_t least, most; /* groups */
    int64_t restarts, rounds, reassignments, links;
    int64_t seeds;        /* of the stability */
    int64_t permutations; /* of the labels */
    uint64_t seed;
} okrug_cluster_plan;

typedef struct {
    okrug_candidate of;
    double resolution;    /* of Leiden; NaN */
    const int32_t *group; /* n */
} okrug_cluster_candidate;

typedef struct {
    const char *matrix[OKRUG_CLUSTER_MATRICES]; /* "lc_employment+coagglomeration" */
    const double *z[OKRUG_CLUSTER_MATRICES];    /* n x n */
    int64_t matrices;
    okrug_cluster_candidate *candidate;
    int64_t candidates;
    int64_t chosen;

    int64_t groups; /* after outliers were moved */
    int32_t *group; /* n */
    int64_t *came;  /* n: the group in which it was before, by its number now; -1: that group is no more */
    int64_t moved, left;
    okrug_validation scores;     /* after */
    double null_mean, null_high; /* the score of partitions of the same sizes by lot: mean, 95th percentile; NaN */
} okrug_cluster_search;

typedef struct {
    okrug_partition_method method;
    double mean, least, chosen; /* information: over pairs of seeds, the least, with the chosen one; NaN: no chance */
    double groups;              /* the mean number of groups */
} okrug_cluster_stability;

/* Scratch memory. OKRUG_BAD_INPUT ("too-many-groups"; "no-candidates" where Leiden alone gives none of so many groups).
 */
okrug_status okrug_clusters_search(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                   const char *file, okrug_cluster_search *out);

/* For each method of the plan, on the matrix of the chosen candidate and with its number of groups (Leiden: at the
 * resolution of its best candidate of that matrix; none, no row). stability: 3; how many. */
okrug_status okrug_clusters_stability(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                      const okrug_cluster_search *search, okrug_cluster_stability *stability,
                                      int *count);

/* A random order of the labels: draw `draw` of the seed. */
void okrug_labels_shuffle(int64_t n, uint64_t seed, int64_t draw, int32_t *label);

#endif
