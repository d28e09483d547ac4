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

#define OKRUG_REGION_LINK_ROLES                                                                                        \
    {"a", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                   \
        {"b", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                             \
        "weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE                             \
    }

/* Row (a, b, weight) is the weight that b has as a neighbour of a; without the column every row weighs 1. Links of
 * weight 0 or missing, of a region with itself, and to regions that are not among `region`, are left out. Where not one
 * pair is listed both ways that is said ("links-one-way"). In scratch memory of the context.
 * O(links log links + regions). */
okrug_status okrug_region_links_read(okrug_ctx *ctx, const okrug_table *table, int64_t regions,
                                     const char *const *region, okrug_csr *out);

#endif
