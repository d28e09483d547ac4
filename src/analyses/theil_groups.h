/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Theil's index of each industry, split by groups of regions.
 */
#ifndef OKRUG_ANALYSES_THEIL_GROUPS_H
#define OKRUG_ANALYSES_THEIL_GROUPS_H

#include "analyses/analysis.h"
#include "analyses/distribution.h"

#define OKRUG_REGION_GROUP_ROLES                                                                                       \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                            \
        "group", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                         \
    }

#define OKRUG_THEIL_GROUP_COLUMNS                                                                                      \
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                    \
        {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "T = B + W"},                                                        \
        {"between", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "B = sum_g S_g ln(S_g / P_g)"}, {                                  \
        "within", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "W = sum_g S_g T_g"                                                  \
    }

/* Adds a row for each industry of the panel to `table`, with the columns above. `theil` (industries) is the index
 * itself. BAD_INPUT "region-in-no-group", "one-period-of". */
okrug_status okrug_theil_groups_write(okrug_ctx *ctx, const okrug_table *groups, const okrug_panel *panel,
                                      const okrug_distribution *over, const double *theil, okrug_table *table);

#endif
