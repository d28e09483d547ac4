/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cheapest change that makes a group eligible: members, facilities and contracts that could be added, chosen by
 * a mixed programme, with the proof that nothing cheaper would do.
 */
#ifndef OKRUG_REPAIR_H
#define OKRUG_REPAIR_H

#include <okrug/optimise.h>
#include <okrug/rules.h>

/* A deal is a new contract: it takes the place of a purchase that its buyer makes elsewhere. What it brings adds to its
 * supplier's output. */
typedef struct {
    const okrug_group *group; /* participants first, candidates behind them; contracts between any of them. Revenue must
                                 be known of all who (may) produce where output is asked about */
    int64_t members;          /* participants of today: the first of group->participants */
    const double *member_cost; /* of each candidate */
    int64_t facilities;
    const double *facility_cost;
    const uint8_t *facility_in; /* slots x facilities: whether the slot counts it */
    int64_t deals;
    const int32_t *supplier, *buyer; /* deals: places in the group */
    const int32_t *purchase_of;      /* deals: which purchase it replaces a part of */
    const double *most;              /* deals: the amount, at most */
    const uint8_t *all;              /* deals: all of that amount or nothing */
    const double *fixed_cost, *rate; /* deals: of having it, and per unit of its amount; not negative */
    double least_deal;               /* no deal is smaller, unless its `most` is */
    int64_t purchases;
    const double *purchase; /* amounts bought today from those who are no participants */
    /* Of them what is bought from a candidate: within once the candidate is in, and nobody can take it over then. By
     * part: the purchase, the supplier's place in the group, the amount. */
    int64_t parts;
    const int32_t *part_of, *part_from;
    const double *part;
    const okrug_rule *rules;
    int64_t rule_count, criteria, slots;
    const okrug_span *span; /* slots: as the group is today */
    double margin;          /* rules on output used by others ask for so much more, relative: against rounding */
} okrug_repair_problem;

typedef struct {
    uint8_t *member, *facility, *deal; /* by candidate, facility, deal: whether it is in */
    double *amount;                    /* by deal */
    okrug_mixed_end end;
} okrug_repair;

/* Whether repair can be asked about that measure. */
bool okrug_repair_knows(okrug_measure measure);

/* The cheapest change after which every criterion that is asked (`asked`: criteria) is met, whatever within its bounds
 * the evidence may be. OKRUG_NO_SOLUTION: no change would do. Others as okrug_mixed_least. Scratch: the rows of
 * the programme. */
okrug_status okrug_repair_least(okrug_ctx *ctx, const okrug_repair_problem *problem, const uint8_t *asked,
                                int64_t nodes, okrug_repair *out);

/* Where there is no solution: the criteria (`conflict`: criteria) that cannot be met even alone; or, where there are
 * none, some that cannot be met `together`, of which none can be left out. 2 * criteria programmes at most. */
okrug_status okrug_repair_conflict(okrug_ctx *ctx, const okrug_repair_problem *problem, const uint8_t *asked,
                                   int64_t nodes, okrug_repair *work, uint8_t *conflict, bool *together);

#endif
