/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why no supply and use tables have the totals: which suppliers and users are in each other's way, and by how much.
 */
#ifndef OKRUG_ANALYSES_SUPPLY_UPDATE_CUT_H
#define OKRUG_ANALYSES_SUPPLY_UPDATE_CUT_H

#include "analyses/supply_update_case.h"

/* `problem` is the stacked table of the case. OKRUG_NO_SOLUTION ("supply-above-use", "use-above-supply") where nothing
 * with its signs has the totals. */
okrug_status okrug_supply_update_check(okrug_ctx *ctx, const okrug_supply_update_case *c,
                                       const okrug_balance_problem *problem);

#endif
