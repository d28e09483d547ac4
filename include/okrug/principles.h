/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds a cluster together, how strong it is beside its like, and which industries serve more than their place:
 * formation principles, stars, traded and local industries.
 *
 * Amounts are finite and not negative, matrices row-major. Where a formula has no value the result is NaN; no result is
 * infinite. Functions that return a status fail with OKRUG_NO_MEMORY or OKRUG_CANCELLED, beside what is said at each.
 */
#ifndef OKRUG_PRINCIPLES_H
#define OKRUG_PRINCIPLES_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Trophic levels ------------------------------------------------------------------------------------------- */

/* How well flows run in one direction (MacKay, Johnson and Sansom 2020). */
typedef struct {
    double incoherence; /* F0 = sum z_ij (h_j - h_i - 1)^2 / sum z_ij: 0 (every flow climbs one level) to 1; NaN: no
                           flows */
    double span;        /* the largest level: over the piece of the network that has most of them; 0 without flows */
} okrug_trophic;

/* level (n): h of (diag(u) - Z - Z') h = v with u = in + out, v = in - out, the least of each connected piece 0. flow
 * (n x n): row i sells to column j; the diagonal is not looked at. O(n^3). Test: a path of 4 gives F0 = 0 and levels
 * 0..3, a cycle of 4 F0 = 1, the triangle a>b, b>c, a>c levels 0, 2/3, 4/3 and F0 = 1/9. */
okrug_status okrug_trophic_levels(okrug_ctx *ctx, int64_t n, const double *flow, double *level, okrug_trophic *result);

/* ---- Formation principles -------------------------------------------------------------------------------------- */

typedef enum {
    OKRUG_COMMON_SUPPLIERS,
    OKRUG_COMMON_PRODUCT,
    OKRUG_COMMON_MARKET,
    OKRUG_COMMON_SERVICES,
    OKRUG_TECHNOLOGICAL_CHAIN,
    OKRUG_PRINCIPLES
} okrug_principle;

/* Flows among n nodes: industries, and whatever else buys or sells (households, imports). */
typedef struct {
    int64_t n;
    const double *flow;   /* n x n: row i sells to column j */
    const bool *service;  /* n: what it sells is a service */
    const int64_t *group; /* n: which product group, 0 .. groups - 1 */
    int64_t groups;
} okrug_flows;

/* The same with what every set needs of it, in scratch memory. */
typedef struct {
    okrug_flows flows;
    double *goods, *services, *buyers; /* n x n: products of columns over goods rows, over service rows; of rows */
    double *bought, *sold;             /* n: column and row sums */
} okrug_flow_frame;

/* O(n^3). */
okrug_status okrug_flow_frame_make(okrug_ctx *ctx, const okrug_flows *flows, okrug_flow_frame *frame);

/* Of one set C of nodes; each score is from 0 to 1. */
typedef struct {
    double score[OKRUG_PRINCIPLES];
    /* suppliers: mean cosine of two members' columns over goods suppliers outside C
       product:   the largest share of one product group in what C sells
       market:    mean cosine of two members' rows over buyers outside C
       services:  mean cosine of two members' columns over service suppliers outside C, times 1 - internal
       chain:     internal (1 - F0) span / (k - 1) */
    double internal; /* sum Z_CC / sum of what C buys; 0 where it buys nothing */
    okrug_trophic trophic;
} okrug_principle_scores;

/* member: k >= 2 different nodes. A member that buys (sells) nothing has cosine 0 with the others. O(k^3). */
okrug_status okrug_principle_scores_of(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t k, const int64_t *member,
                                       okrug_principle_scores *scores);

/* score (draws x OKRUG_PRINCIPLES) of sets of k different nodes out of `pool`, k <= pools. The random numbers hang on
 * the seed, k and the number of the draw. O(draws k^3). */
okrug_status okrug_principle_chance(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t pools, const int64_t *pool,
                                    int64_t k, int64_t draws, uint64_t seed, double *score);

/* One score among those of chance. */
typedef struct {
    double mean, deviation; /* of chance; the deviation with draws - 1 */
    double z;               /* NaN where chance does not vary */
    double p;               /* (1 + draws that are no less) / (1 + draws) */
    double reach;           /* (score - mean) / (1 - mean): of the way from chance to the most there can be; NaN where
                               the mean is 1 */
} okrug_against_chance;

/* chance: draws, `stride` numbers apart; draws >= 2. */
void okrug_principle_against(double score, int64_t draws, const double *chance, int64_t stride,
                             okrug_against_chance *out);

/* What a principle needs to be a label. */
typedef struct {
    double z, reach;          /* at least */
    double incoherence, span; /* a chain: below the one, at least the other up to 1e-9 */
} okrug_principle_need;

typedef struct {
    int count;                               /* 0: none stands out */
    okrug_principle label[OKRUG_PRINCIPLES]; /* z falling */
    double margin; /* least z of a label less the largest z of what is none; NaN where either is not there */
} okrug_principle_labels;

void okrug_principle_labels_of(const okrug_principle_scores *scores,
                               const okrug_against_chance against[OKRUG_PRINCIPLES], const okrug_principle_need *need,
                               okrug_principle_labels *labels);

/* ---- Stars ------------------------------------------------------------------------------------------------------ */

/* The least value that is among the top `share` of those of x (n) that are numbers: the one in place ceil(share m) of m
 * from above, so that all that are equal to it are in. NaN where there is none. work: n. O(n log n). */
double okrug_top_line(int64_t n, const double *x, double share, double *work);

/* ---- Traded and local ------------------------------------------------------------------------------------------- */

/* Each is an array of `industries`; NaN where the industry or everything is 0. */
typedef struct {
    double *specialised; /* share of the industry that is in regions with a quotient of 1 or more */
    double *top;         /* mean quotient of the five regions with the largest; NaN for fewer than five regions */
    double *gini;        /* locational Gini against `region_total` */
    double *most;  /* what `top` would be if the industry, v of e, filled the smallest regions: no placing of it gives
                      more, and no other regions more than e / v. NULL: not asked */
    double *share; /* v / e; NULL: not asked */
} okrug_traded_results;

/* The three marks by which Porter (2003) tells traded industries from local ones. value: regions x industries;
 * region_total: regions; a region without any is left out. O(industries regions log regions). */
okrug_status okrug_traded(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                          const double *region_total, const okrug_traded_results *results);

#endif
