/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which group each industry of a panel belongs to: by the beginning of its code, or by a table.
 */
#ifndef OKRUG_ANALYSES_INDUSTRY_GROUPS_H
#define OKRUG_ANALYSES_INDUSTRY_GROUPS_H

#include "analyses/panel.h"

#define OKRUG_INDUSTRY_GROUP_ROLES                                                                                     \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                          \
        "group", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                         \
    }

/* Groups are numbered in the order in which the panel's industries first name them. */
typedef struct {
    int64_t groups;
    int64_t *of;       /* industries: 0 .. groups - 1; -1: of none */
    const char **name; /* groups */
    int64_t *members;  /* groups: how many industries */
    int64_t without;   /* industries of none */
    const char *first_without;
} okrug_industry_groups;

/* From rows of `table`. Scratch memory. */
okrug_status okrug_industry_groups_read(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                        okrug_industry_groups *out);
/* By the first `characters` characters of the codes; a shorter code is a group of its own name. Scratch memory. */
okrug_status okrug_industry_groups_cut(okrug_ctx *ctx, int64_t characters, const okrug_panel *panel,
                                       okrug_industry_groups *out);

#endif
