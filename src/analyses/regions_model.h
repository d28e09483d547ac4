/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trade between regions, and the multi-regional model.
 */
#ifndef OKRUG_ANALYSES_REGIONS_MODEL_H
#define OKRUG_ANALYSES_REGIONS_MODEL_H

#include "analyses/regions_case.h"

typedef struct {
    okrug_decay decay;
    double friction, mean_haul; /* 0: not given */
    const okrug_table *hauls;   /* industry, value: mean haul of that good, before mean_haul; NULL: none */
} okrug_trade_options;

/* trade (n x R x R) and what was found of each good. Scratch memory. OKRUG_BAD_USAGE ("missing-option": friction) where
 * a good has neither; OKRUG_NO_SOLUTION "haul-impossible", "trade-not-balanced". */
okrug_status okrug_trade_find(okrug_ctx *ctx, const okrug_trade_options *options, const okrug_regions_case *rc,
                              double **trade, okrug_gravity_result **result);

typedef struct {                                 /* N = R n */
    double *shares;                              /* n x R x R: trade / what the buyer buys of that good */
    double *ta;                                  /* N x N */
    double *final;                               /* N: final demand and exports, where they are made */
    double *x;                                   /* N: output that the model gives */
    okrug_interregional_multipliers multipliers; /* of output and, where it is named, value added */
} okrug_regions_solution;

okrug_status okrug_regions_solve(okrug_ctx *ctx, const okrug_regions_case *rc, const double *trade,
                                 okrug_regions_solution *s);

#endif
