/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of links between regions (a, b, perhaps weight) as a sparse matrix over the regions of an analysis.
 */
#ifndef OKRUG_ANALYSES_REGION_LINKS_H
#define OKRUG_ANALYSES_REGION_LINKS_H

#include <okrug/context.h>
#include <okrug/dataset.h>
#include <okrug/numeric.h>
#include <okrug/role.h>

/* `records`: where a and b are no codes but numbers of regions from 1, how many there are (a GAL without a key). */
#define OKRUG_REGION_LINK_ROLES                                                                                        \
    {"a", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                   \
        {"b", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                               \
        {"weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE}, {                        \
        "records", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_NONE                                \
    }

/* What becomes of the numbers in `weight`. */
enum { OKRUG_LINKS_GIVEN, OKRUG_LINKS_EQUAL, OKRUG_LINKS_INVERSE };

typedef struct {
    okrug_csr links; /* without links of a region with itself; columns rising */
    double *self;    /* regions: the weight of those; 0: none */
    int64_t selves;
} okrug_region_links;

/* Row (a, b, weight) is the weight that b has as a neighbour of a; without the column every row weighs 1. Links of
 * weight 0 and links to what is not among `region` are left out and told ("weights-zero", "weights-unmatched"); so is
 * it where not one pair is listed both ways ("links-one-way"). OKRUG_BAD_INPUT: "weights-match-nothing";
 * "weights-records" (numbers of records, and not as many regions); "weight-missing"; "weight-of-nothing" (0 to be
 * inverted). In scratch memory of the context. O(links log links + regions). */
okrug_status okrug_region_links_read(okrug_ctx *ctx, const okrug_table *table, int64_t regions,
                                     const char *const *region, int numbers, okrug_region_links *out);

#endif
