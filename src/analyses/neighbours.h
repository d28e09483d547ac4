/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of links between regions (a, b, perhaps weight) as a sparse matrix over the regions of an analysis.
 */
#ifndef OKRUG_ANALYSES_NEIGHBOURS_H
#define OKRUG_ANALYSES_NEIGHBOURS_H

#include <okrug/context.h>
#include <okrug/dataset.h>
#include <okrug/numeric.h>
#include <okrug/role.h>

#define OKRUG_NEIGHBOUR_ROLES                                                                                          \
    {"a", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                   \
        {"b", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                             \
        "weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE                             \
    }

/* With a column `weight`, row (a, b, weight) is the weight that b has for a; without it, a and b are neighbours of each
 * other, each with weight 1, however often the pair is listed. Links of weight 0 or missing, and links to regions that
 * are not among `region`, are left out. In scratch memory of the context. O(links log links + regions). */
okrug_status okrug_neighbours_read(okrug_ctx *ctx, const okrug_table *table, int64_t regions, const char *const *region,
                                   okrug_csr *out);

#endif
