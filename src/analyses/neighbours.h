/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of regions and who is whose neighbour, joined: what the spatial analyses have in common.
 */
#ifndef OKRUG_ANALYSES_NEIGHBOURS_H
#define OKRUG_ANALYSES_NEIGHBOURS_H

#include <okrug/spatial.h>

#include "analyses/analysis.h"
#include "analyses/region_links.h"

/* The inputs' roles. */
#define OKRUG_SPATIAL_VALUE_ROLES(domain)                                                                              \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"industry", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                               \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, domain, OKRUG_UNIT_NONE                                                 \
    }
/* Parameters that all of them share. */
#define OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                   \
    CHOICE(style, "style", "row|binary")                                                                               \
    CHOICE(links, "link-weights", "given|equal|inverse")                                                               \
    CHOICE(alternative, "alternative", "two-sided|greater|less")                                                       \
    INTEGER(permutations, "permutations", 999, 0, 999999, COUNT)                                                       \
    OKRUG_SEED_PARAMETER(INTEGER)

typedef struct {
    int style, links, alternative;
    int64_t permutations, seed;
} okrug_spatial_options;
/* Those of an analysis whose parameters include the list above. */
#define OKRUG_SPATIAL_OPTIONS(p)                                                                                       \
    ((okrug_spatial_options){(p)->style, (p)->links, (p)->alternative, (p)->permutations, (p)->seed})

/* The grain of all of them: variances under randomisation divide by (n - 1) (n - 2) (n - 3), and of three regions each
 * is every other's neighbour. */
#define OKRUG_SPATIAL_GRAIN                                                                                            \
    { "regions", 4, OKRUG_UNIT_COUNT }

enum { OKRUG_STYLE_ROW, OKRUG_STYLE_BINARY };
extern const char *const okrug_alternative_codes[]; /* by okrug_alternative */

/* All links between regions of the input, by rows, columns rising. Places are regions of the input in the order in
 * which its rows first name them. */
typedef struct {
    const okrug_table *table;
    int64_t regions;
    int32_t *place;      /* of each word of the column `region`; -1: no row has it */
    const char **region; /* codes by place */
    okrug_csr links;     /* without links of a region with itself */
    double *self;        /* regions: the weight of those; 0: none */
    int64_t selves;
    int64_t groups; /* pairs of industry and period */
    int64_t *start; /* groups + 1: where in `row` the rows of each begin */
    int64_t *row;   /* rows of the table by group, in the order of the table */
} okrug_neighbourhood;

/* Reads both. Regions without any link are islands, with a warning; what becomes of other links is said in
 * region_links.h. OKRUG_BAD_INPUT: "no-rows", "below-grain" and what is said there. Scratch memory of the context. */
okrug_status okrug_neighbourhood_read(okrug_ctx *ctx, const okrug_table *values, const okrug_table *weights, int links,
                                      okrug_neighbourhood *all);

/* One industry and period: the regions that have a value, and the links among those. */
typedef struct {
    const char *industry, *period; /* NULL: none */
    int64_t rows;
    const int64_t *row; /* rows of the table */
    int64_t *used;      /* of each row: its place among the n; -1: no value */
    int64_t n;
    double *x;
    okrug_csr weights; /* as the style says, n x n */
    double *self;      /* n: the weight with itself as the style says, where `with_self`; else NULL */
    int64_t *links;    /* n: how many neighbours */
    int64_t missing, islands;
} okrug_neighbourhood_group;

/* `with_self`: a region is its own neighbour too, with the weight that the links give it, else the largest of its
 * other links'; rows are standardised with it. Scratch memory of the context. */
okrug_status okrug_neighbourhood_group_read(okrug_ctx *ctx, const okrug_neighbourhood *all, int64_t group, int style,
                                            bool with_self, okrug_neighbourhood_group *out);

/* Warnings over all groups: values that are missing and regions left without neighbours. */
void okrug_neighbourhood_warn(okrug_ctx *ctx, const okrug_table *values, int64_t missing, int64_t islands);

#endif
