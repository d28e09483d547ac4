/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries grouped by how alike they are: similarity matrices, partitions by Ward and by k-means, scores of a
 * partition, outliers, and how far two partitions agree.
 *
 * Matrices between industries are n x n, symmetric and row-major. A partition is an array of n group numbers, 0 ..
 * groups - 1. Errors of every function with a status: OKRUG_NO_MEMORY and OKRUG_CANCELLED. The same bytes on any number
 * of threads.
 */
#ifndef OKRUG_CLUSTERS_H
#define OKRUG_CLUSTERS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- How alike two industries are ------------------------------------------------------------------------------ */

/* Pearson's correlation of every two columns of `value` (rows x things) over the rows in which both are known (known:
 * rows x things; NULL: all are). NaN where fewer than 3 rows are, or one of the two does not vary over them; the
 * diagonal is 1, or NaN where the column does not vary. O(rows things^2), four matrix products where something is not
 * known, one otherwise. */
okrug_status okrug_profile_correlation(okrug_ctx *ctx, int64_t rows, int64_t things, const double *value,
                                       const bool *known, double *correlation);

/* The largest of the four shares that link i and j: what i sells to j in all that i sells and in all that j buys, and
 * the same from j to i (Ellison, Glaeser and Kerr 2010). flow (n x n, >= 0): from row to column; sold and bought (n):
 * all that each sells and buys. The diagonal is what an industry takes of itself. 0 where a total is 0. O(n^2). */
void okrug_input_output_similarity(int64_t n, const double *flow, const double *sold, const double *bought,
                                   double *similarity);

typedef struct {
    double mean, deviation; /* over pairs i < j with a number; the deviation divides by their number */
    int64_t pairs;          /* with a number */
    int64_t undefined;      /* without */
} okrug_pair_summary;

/* z (n x n; may be m): (m - mean) / deviation over pairs; 0, the mean, for a pair without a number, 0 everywhere where
 * pairs do not differ. The diagonal is the largest of the row's others: an industry is as like itself as it is like the
 * one nearest to it, since what it has in common with itself is no news. O(n^2). */
okrug_pair_summary okrug_standardise_pairs(int64_t n, const double *m, double *z);

/* mean (n x n): of `count` standardised matrices, with a diagonal made in the same way. O(n^2 count). */
void okrug_average_pairs(int64_t n, int64_t count, const double *const *z, double *mean);

/* ---- Partitions -------------------------------------------------------------------------------------------------- */

/* Merge k (0 .. n - 2) joins clusters a[k] < b[k]: below n a single thing, n + m what merge m made; height is the
 * square root of Ward's distance, never falling with k. */
typedef struct {
    int32_t *a, *b; /* n - 1 */
    double *height; /* n - 1 */
} okrug_merges;

/* Ward's (1963) hierarchical clustering of n points whose inner products are `gram` (n x n): each merge is that which
 * adds least to the sum of squared distances from the middles (the rule of R's ward.D2 and of SciPy). Nearest-neighbour
 * chain (Murtagh 1983): O(n^2); scratch: n^2 numbers. Of equal neighbours the first is taken. */
okrug_status okrug_ward(okrug_ctx *ctx, int64_t n, const double *gram, const okrug_merges *merges);
/* The same with memory of the caller's: distance (n x n + 8) and work (4 n). For tiles. */
void okrug_ward_in(int64_t n, const double *gram, double *distance, int64_t *work, const okrug_merges *merges);
/* The partition with `groups` (1 .. n) groups, numbered in the order of their first members. parent: 2 n, the caller's.
 */
void okrug_ward_cut(int64_t n, const okrug_merges *merges, int64_t groups, int32_t *parent, int32_t *group);

typedef struct {
    int64_t groups;   /* 1 .. n */
    int64_t restarts; /* the best of so many */
    int64_t rounds;   /* at most, of each */
    uint64_t seed;
} okrug_k_means_options;

/* k-means of n points by their inner products alone: Lloyd's (1982) rounds from starts by k-means++ (Arthur and
 * Vassilvitskii 2007), the restart with the least sum of squared distances from the middles, which is `within`. Groups
 * are numbered in the order of their first members, and none is empty unless points coincide. Random numbers hang on
 * seed, groups, restart and the place in the array. A round is O(n moved + n groups), the start of one O(n^2). work:
 * see okrug_k_means_work. */
void okrug_k_means_in(int64_t n, const double *gram, const okrug_k_means_options *options, double *work, int32_t *group,
                      double *within);
/* How many numbers `work` has. */
int64_t okrug_k_means_work(int64_t n, int64_t groups);

/* Numbers the groups anew in the order of their first members; how many are not empty. number: as many as there are
 * group numbers. */
int64_t okrug_groups_number(int64_t n, int64_t groups, int32_t *number, int32_t *group);

/* ---- How good a partition is ------------------------------------------------------------------------------------- */

/* What one matrix says of it (Delgado, Porter and Stern 2016). WCR is the mean similarity of a cluster's pairs, or of
 * an industry to the others of its cluster; BCR that to another cluster. Each score is the mean of two shares, of 1:
 * those whose WCR is above the mean of their BCRs, and those whose WCR is above the 95th percentile of them (linear
 * between order statistics). An industry that is a cluster by itself has no WCR, and fails both. */
typedef struct {
    double cluster, industry;
    double margin; /* the mean of WCR less the largest BCR over industries; 0 for one that is alone */
} okrug_validation;

/* By similarity s (n x n, finite; its diagonal is not read). NaN for a single group. O(n^2). work: see
 * okrug_validation_work. */
okrug_validation okrug_validate_in(int64_t n, const double *s, int64_t groups, const int32_t *group, double *work);
int64_t okrug_validation_work(int64_t n, int64_t groups);

/* Each array may be NULL. */
typedef struct {
    double *within;  /* groups: WCR of the cluster; NaN for one industry */
    double *between; /* groups: mean BCR; NaN where there is no other */
    bool *valid;     /* groups: WCR above the mean and above the 95th percentile of its BCRs */
    double *own;     /* n: WCR of the industry; NaN where it is alone */
    double *other;   /* n: the largest BCR; NaN where there is no other */
    int32_t *which;  /* n: of which cluster; -1: of none */
} okrug_partition_scores;

okrug_status okrug_score_partition(okrug_ctx *ctx, int64_t n, const double *s, int64_t groups, const int32_t *group,
                                   const okrug_partition_scores *scores);

/* Moves every industry that is more like another cluster than its own (WCR below the largest BCR; an industry that is
 * alone stays) there, all at once, in up to `rounds` rounds; a round after which no fewer such industries are left is
 * undone and ends it. *groups falls where a cluster is left empty; those left keep their order, and origin (*groups as
 * it was) says which of the first ones each is. *left: how many such industries there are in the end. O(n^2) a round.
 */
okrug_status okrug_reassign(okrug_ctx *ctx, int64_t n, const double *s, int64_t rounds, int64_t *groups, int32_t *group,
                            int32_t *origin, int64_t *left);

/* ---- Two partitions ---------------------------------------------------------------------------------------------- */

/* Over n things, b may have other groups than a. */
typedef struct {
    double adjusted_rand; /* Hubert and Arabie (1985): 1 the same, 0 on average by chance; NaN where both have one group
                             or n of them (they cannot differ, and cannot agree by more than chance) */
    double information;   /* mutual information by the mean of both entropies, 0 to 1; 1 where both entropies are 0.
                             Not corrected for chance: many small groups raise it */
} okrug_agreement;

/* table: groups_a x groups_b numbers, the caller's. O(n + groups_a groups_b). */
okrug_agreement okrug_agree_in(int64_t n, int64_t groups_a, const int32_t *a, int64_t groups_b, const int32_t *b,
                               double *table);

/* ---- Candidates ---------------------------------------------------------------------------------------------------
 * C = F(M, beta): a partition for every matrix, method and number of groups, and what the matrices say of it. */

typedef enum { OKRUG_BY_WARD, OKRUG_BY_K_MEANS, OKRUG_BY_LEIDEN } okrug_partition_method;

typedef struct {
    okrug_partition_method method;
    int64_t matrix, groups;
    okrug_validation scores; /* the mean over the matrices that judge */
    double score;            /* the mean of both */
} okrug_candidate;

typedef struct {
    int64_t n;
    int64_t matrices;
    const double *const *matrix; /* standardised: points are their rows */
    int64_t judges;
    const double *const *judge; /* standardised: partitions are scored by them */
    bool ward, k_means;
    int64_t least, most; /* groups: 2 <= least <= most <= n */
    int64_t restarts, rounds;
    uint64_t seed; /* the same points give the same partition, whatever else is asked for */
} okrug_candidates_input;

int64_t okrug_candidates_count(const okrug_candidates_input *in);

/* Candidates by matrix, then method, then number of groups. group: candidates x n. Sums of squares come from inner
 * products (one matrix product a matrix), so that k-means costs O(n^2) a restart; scores O(n^2) a candidate and judge.
 * Reports progress. Scratch: 2 n^2 numbers, and 32 of most x n. */
okrug_status okrug_candidates(okrug_ctx *ctx, const okrug_candidates_input *in, okrug_candidate *candidate,
                              int32_t *group);

/* How much chance there is in k-means: `seeds` partitions (seeds x n) by seeds seed, seed + 1 ..., on the rows of z. */
okrug_status okrug_k_means_repeated(okrug_ctx *ctx, int64_t n, const double *z, const okrug_k_means_options *options,
                                    int64_t seeds, int32_t *group);

/* ---- A graph of the nearest ---------------------------------------------------------------------------------------
 */

/* Links each thing to the `nearest` others that it is most like, as far as they are above 0 (better than average); each
 * link once, from < to, with the similarity as its weight. from, to and weight have room for n x nearest; how many
 * there are. rank: 2 n + 1. n x nearest < 2^31. O(n^2). */
int64_t okrug_nearest_links(int64_t n, const double *s, int64_t nearest, int32_t *from, int32_t *to, double *weight,
                            int32_t *rank);

/* Communities (okrug_leiden) of the graph of the nearest, `count` times: with resolution[k] and seed[k]. group: count x
 * n; groups: count. What else okrug_leiden fails for. O(n^2 + count n nearest). */
okrug_status okrug_leiden_partitions(okrug_ctx *ctx, int64_t n, const double *z, int64_t nearest, int64_t rounds,
                                     int64_t count, const double *resolution, const uint64_t *seed, int32_t *group,
                                     int64_t *groups);

/* ---- Who deals with whom ------------------------------------------------------------------------------------------
 */

typedef struct {
    int32_t from, to;
} okrug_arc;

typedef struct {
    int64_t arcs;       /* different pairs (from, to) with from != to */
    int64_t mutual;     /* of them those whose opposite is there too */
    int64_t linked;     /* of n those that are in at least one */
    double density;     /* arcs / (n (n - 1)): 0 to 1; NaN for n < 2 */
    double reciprocity; /* mutual / arcs: 0 to 1; NaN without arcs */
} okrug_cooperation;

/* Density and reciprocity of a directed graph of n things, from `count` arcs between 0 .. n - 1, which are put in
 * order; one that is there several times counts once, one from a thing to itself not at all. OKRUG_NO_MEMORY. O(n +
 * count log count); scratch: n bytes. Source: Wasserman and Faust (1994), Social Network Analysis, sections 4.3
 * and 13.1. Test: the arcs 0-1, 1-0, 1-2 among 4 give 3 arcs, 2 mutual, 3 linked, density .25. */
okrug_status okrug_cooperation_of(okrug_ctx *ctx, int64_t n, int64_t count, okrug_arc *arc, okrug_cooperation *out);

#endif
