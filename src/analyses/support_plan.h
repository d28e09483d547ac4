/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best lawful combination of the measures on offer, and the second best.
 */
#ifndef OKRUG_ANALYSES_SUPPORT_PLAN_H
#define OKRUG_ANALYSES_SUPPORT_PLAN_H

#include <okrug/support.h>

#include "analyses/support_offer.h"

typedef struct {
    double market_rate, discount, guarantee_price; /* NaN: not given */
    okrug_repayment repayment;
    bool possible; /* what lacks evidence is taken too */
    int64_t nodes;
} okrug_support_how;

/* What 1 of an offer's amount is worth; NaN where that is not known. */
double okrug_offer_worth(const okrug_offer *offer, const okrug_support_how *how);

typedef struct {
    int64_t options;
    const okrug_offer **offer;  /* options: those that may be taken */
    double *worth;              /* options */
    int alternatives;           /* how many were found: 0, 1 or 2 */
    okrug_support_best best[2]; /* amounts in the unit of the tables */
} okrug_support_plan;

/* Scratch memory. Errors of okrug_support_choose but NO_SOLUTION: there is always one, nothing. */
okrug_status okrug_support_combine(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *tables,
                                   const okrug_support_how *how, int64_t offers, const okrug_offer *offer,
                                   okrug_support_plan *plan);

#endif
