/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cluster with what could be added to it, as the problem of a repair; and the cluster as it is once that is done.
 */
#ifndef OKRUG_ANALYSES_REPAIR_CASE_H
#define OKRUG_ANALYSES_REPAIR_CASE_H

#include <okrug/repair.h>

#include "analyses/status_rows.h"

typedef struct {
    double switch_cost, contract_cost, least_contract;
} okrug_repair_prices;

typedef struct {
    const okrug_evidence *ev;
    const okrug_table *candidates; /* NULL: none */
    okrug_case now;                /* the cluster of today, judged */
    okrug_evidence_group all;      /* its participants, and behind them the candidates */
    okrug_repair_problem problem;
    okrug_span *counted;                           /* slots: facilities and facts of today */
    int64_t *member_row, *facility_row, *deal_row; /* of candidates; of a deal that was found by itself -1 */
    const char **deal_product;
    okrug_repair chosen;
} okrug_repair_case;

/* Reads candidates, judges the cluster of today and finds the purchases that could be made within. `place` as in
 * okrug_evidence_enter; `of_output`: whether output is asked about, so that it must be known; candidates of whom it is
 * not, and those who take part already, are left out with a warning ("candidate-without-accounts",
 * "candidate-is-member"), those for other clusters without. In scratch memory. OKRUG_BAD_INPUT
 * ("unknown-candidate", "candidate-needs", "candidate-repeated", "candidate-no-participant",
 * "repair-needs-accounts", "one-cluster"). */
okrug_status okrug_repair_prepare(okrug_ctx *ctx, const okrug_evidence *ev, const okrug_rule_set *set,
                                  const okrug_span *counted, const okrug_table *candidates,
                                  const okrug_repair_prices *prices, bool of_output, int32_t *place,
                                  okrug_repair_case *out);

/* The cluster with what was chosen, but for one of the changes (-1: all of them), judged; in scratch memory. Changes
 * are numbered: candidates, facilities, deals. */
okrug_status okrug_repair_done(okrug_ctx *ctx, const okrug_repair_case *rc, int64_t without, okrug_case *out);

#endif
