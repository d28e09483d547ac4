/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cluster once changes are made, judged as any cluster is.
 */
#include <math.h>
#include <string.h>

#include "analyses/repair_case.h"

typedef struct {
    const okrug_repair_case *rc;
    int64_t without; /* the change that is left out; -1: none */
    int32_t *at;     /* by participant and candidate: the place in the new group; -1: not in it */
} doing;

static bool is_in(const doing *d, int64_t change, uint8_t chosen) {
    return chosen && change != d->without;
}

static bool deal_is_in(const doing *d, int64_t k) {
    const okrug_repair_problem *p = &d->rc->problem;
    int64_t change = p->group->participants - p->members + p->facilities + k;
    return is_in(d, change, d->rc->chosen.deal[k]) && d->at[p->supplier[k]] >= 0 && d->at[p->buyer[k]] >= 0;
}

static okrug_status put_participants(okrug_ctx *ctx, doing *d, okrug_case *out) {
    const okrug_repair_problem *p = &d->rc->problem;
    const okrug_evidence_group *from = &d->rc->all;
    int64_t n = p->group->participants;
    okrug_evidence_group *g = &out->members;
    uint8_t *const source[] = {from->producing, from->organises, from->special_territory, from->special_contract,
                               from->maker};
    uint8_t **target[] = {&g->producing, &g->organises, &g->special_territory, &g->special_contract, &g->maker};
    double *const number[] = {from->revenue, from->workplaces, from->productive};
    double **numbers[] = {&g->revenue, &g->workplaces, &g->productive};
    int32_t *const code[] = {from->region, from->role, from->firm};
    int32_t **codes[] = {&g->region, &g->role, &g->firm};
    bool failed = false;
    for (int k = 0; k < OKRUG_COUNT_OF(source); k++) {
        failed = (*target[k] = OKRUG_SCRATCH(ctx, n, uint8_t)) == NULL || failed;
    }
    for (int k = 0; k < OKRUG_COUNT_OF(number); k++) {
        failed = (*numbers[k] = OKRUG_SCRATCH(ctx, n, double)) == NULL || failed;
        failed = (*codes[k] = OKRUG_SCRATCH(ctx, n, int32_t)) == NULL || failed;
    }
    if (failed) {
        return OKRUG_NO_MEMORY;
    }
    int32_t next = 0;
    for (int64_t i = 0; i < n; i++) {
        bool in = i < p->members || is_in(d, i - p->members, d->rc->chosen.member[i - p->members]);
        d->at[i] = in ? next : -1;
        for (int k = 0; in && k < OKRUG_COUNT_OF(source); k++) {
            (*target[k])[next] = source[k][i];
        }
        for (int k = 0; in && k < OKRUG_COUNT_OF(number); k++) {
            (*numbers[k])[next] = number[k][i];
            (*codes[k])[next] = code[k][i];
        }
        next += in;
    }
    okrug_evidence_group_as(g, next, true);
    return OKRUG_OK;
}

static okrug_status put_contracts(okrug_ctx *ctx, const doing *d, okrug_case *out) {
    const okrug_repair_problem *p = &d->rc->problem;
    const okrug_group *from = p->group;
    int64_t most = from->contracts + p->deals, count = 0;
    int32_t *supplier = OKRUG_SCRATCH(ctx, most, int32_t), *buyer = OKRUG_SCRATCH(ctx, most, int32_t);
    double *lo = OKRUG_SCRATCH(ctx, most, double), *hi = OKRUG_SCRATCH(ctx, most, double);
    uint8_t *open = OKRUG_SCRATCH(ctx, most, uint8_t), *force = OKRUG_SCRATCH(ctx, most, uint8_t);
    if (supplier == NULL || buyer == NULL || lo == NULL || hi == NULL || open == NULL || force == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < most; k++) {
        bool old = k < from->contracts;
        int64_t deal = k - from->contracts;
        int32_t seller = d->at[old ? from->supplier[k] : p->supplier[deal]];
        int32_t taker = d->at[old ? from->buyer[k] : p->buyer[deal]];
        if (seller < 0 || taker < 0 || (!old && !deal_is_in(d, deal))) {
            continue;
        }
        supplier[count] = seller;
        buyer[count] = taker;
        lo[count] = old ? from->lo[k] : d->rc->chosen.amount[deal];
        hi[count] = old ? from->hi[k] : d->rc->chosen.amount[deal];
        open[count] = old ? from->open[k] : 0;
        force[count++] = old ? from->in_force[k] : OKRUG_YES;
        out->members.revenue[seller] += old ? 0.0 : d->rc->chosen.amount[deal];
    }
    okrug_group *g = &out->members.group;
    g->contracts = count;
    g->supplier = supplier;
    g->buyer = buyer;
    g->lo = lo;
    g->hi = hi;
    g->open = open;
    g->in_force = force;
    return OKRUG_OK;
}

okrug_status okrug_repair_done(okrug_ctx *ctx, const okrug_repair_case *rc, int64_t without, okrug_case *out) {
    const okrug_repair_problem *p = &rc->problem;
    int64_t candidates = p->group->participants - p->members;
    doing d = {.rc = rc, .without = without, .at = OKRUG_SCRATCH(ctx, p->group->participants, int32_t)};
    okrug_span *counted = OKRUG_SCRATCH(ctx, p->slots, okrug_span);
    if (d.at == NULL || counted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(counted, rc->counted, (size_t)p->slots * sizeof *counted);
    for (int64_t s = 0; s < p->slots; s++) {
        for (int64_t k = 0; k < p->facilities; k++) {
            if (p->facility_in[s * p->facilities + k] && is_in(&d, candidates + k, rc->chosen.facility[k])) {
                counted[s].hi = isnan(counted[s].lo) ? 1.0 : counted[s].hi + 1.0;
                counted[s].lo = isnan(counted[s].lo) ? 1.0 : counted[s].lo + 1.0;
            }
        }
    }
    *out = (okrug_case){.ev = rc->ev, .set = rc->now.set, .cluster = rc->now.cluster, .counted = counted};
    OKRUG_TRY(put_participants(ctx, &d, out));
    OKRUG_TRY(put_contracts(ctx, &d, out));
    return okrug_case_judge(ctx, out);
}
