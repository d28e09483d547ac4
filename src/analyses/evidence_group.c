/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cluster of the evidence as a group that rules can be applied to.
 */
#include <math.h>
#include <string.h>

#include "analyses/evidence.h"

static okrug_status allocate(okrug_ctx *ctx, int64_t room, okrug_evidence_group *g) {
    uint8_t **known[] = {&g->producing, &g->organises, &g->special_territory, &g->special_contract, &g->maker};
    double **number[] = {&g->revenue, &g->workplaces, &g->productive};
    int32_t **code[] = {&g->region, &g->role, &g->firm};
    bool failed = false;
    for (int k = 0; k < OKRUG_COUNT_OF(known); k++) {
        failed = (*known[k] = OKRUG_SCRATCH(ctx, room, uint8_t)) == NULL || failed;
    }
    for (int k = 0; k < OKRUG_COUNT_OF(number); k++) {
        failed = (*number[k] = OKRUG_SCRATCH(ctx, room, double)) == NULL || failed;
        failed = (*code[k] = OKRUG_SCRATCH(ctx, room, int32_t)) == NULL || failed;
    }
    return failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}

void okrug_evidence_put_firm(const okrug_evidence *ev, int32_t firm, int64_t at, okrug_evidence_group *g) {
    g->firm[at] = firm;
    g->revenue[at] = ev->revenue[firm];
    g->workplaces[at] = ev->workplaces[firm];
    g->productive[at] = ev->productive[firm];
    g->region[at] = ev->region[firm];
    g->maker[at] = ev->maker[firm];
    if (g->producing[at] == OKRUG_UNKNOWN && ev->revenue[firm] > 0.0) {
        g->producing[at] = OKRUG_YES; /* who sells produces */
    }
}

void okrug_evidence_group_as(okrug_evidence_group *g, int64_t participants, bool contracts_known) {
    g->group = (okrug_group){.participants = participants,
                             .producing = g->producing,
                             .organises = g->organises,
                             .special_territory = g->special_territory,
                             .special_contract = g->special_contract,
                             .maker = g->maker,
                             .region = g->region,
                             .role = g->role,
                             .revenue = g->revenue,
                             .workplaces = g->workplaces,
                             .productive = g->productive,
                             .contracts_known = contracts_known};
}

okrug_status okrug_evidence_enter(okrug_ctx *ctx, const okrug_evidence *ev, int64_t cluster, int64_t more,
                                  int32_t *place, okrug_evidence_group *g) {
    const okrug_table *t = ev->table[OKRUG_OF_PARTICIPANTS];
    int64_t first = ev->first[cluster], n = ev->first[cluster + 1] - first;
    const okrug_column *role = okrug_table_column(t, "role");
    const okrug_column *column[] = {okrug_table_column(t, "producing"), okrug_table_column(t, "organises_production"),
                                    okrug_table_column(t, "special_territory"),
                                    okrug_table_column(t, "special_contract")};
    *g = (okrug_evidence_group){0};
    OKRUG_TRY(allocate(ctx, n + more, g));
    uint8_t *const known[] = {g->producing, g->organises, g->special_territory, g->special_contract};
    for (int64_t i = 0; i < n; i++) {
        int64_t row = ev->row[first + i];
        for (int k = 0; k < OKRUG_COUNT_OF(known); k++) {
            known[k][i] = (uint8_t)okrug_evidence_known(column[k], row);
        }
        okrug_evidence_put_firm(ev, ev->firm[first + i], i, g);
        const char *name = role == NULL ? NULL : okrug_text_at(role, row);
        g->role[i] = name == NULL ? -1 : role->word[row];
        if (name != NULL && strcmp(name, "maker") == 0) {
            g->maker[i] = OKRUG_YES;
        }
        if (place[ev->firm[first + i]] >= 0) {
            okrug_place at = okrug_table_place(t, row, NULL);
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "participant-twice", &at, "firm",
                              okrug_text_at(okrug_table_column(t, "firm"), row), (char *)NULL);
        }
        place[ev->firm[first + i]] = (int32_t)i;
    }
    okrug_evidence_group_as(g, n, ev->table[OKRUG_OF_CONTRACTS] != NULL);
    return OKRUG_OK;
}

/* The contracts of participant i as supplier; with `to` NULL they are only counted. */
static int64_t link_one(const okrug_evidence *ev, const int32_t *place, int32_t firm, int64_t *to) {
    int64_t count = 0;
    for (int64_t k = ev->sold[firm]; k < ev->sold[firm + 1]; k++) {
        int32_t buyer = ev->buyer[ev->contract[k]];
        if (place[buyer] >= 0 && buyer != firm) {
            if (to != NULL) {
                to[count] = ev->contract[k];
            }
            count++;
        }
    }
    return count;
}

okrug_status okrug_evidence_link(okrug_ctx *ctx, const okrug_evidence *ev, const int32_t *place,
                                 okrug_evidence_group *g) {
    int64_t n = g->group.participants, count = 0;
    for (int64_t i = 0; i < n; i++) {
        count += link_one(ev, place, g->firm[i], NULL);
    }
    int32_t *supplier = OKRUG_SCRATCH(ctx, count, int32_t), *buyer = OKRUG_SCRATCH(ctx, count, int32_t);
    double *lo = OKRUG_SCRATCH(ctx, count, double), *hi = OKRUG_SCRATCH(ctx, count, double);
    uint8_t *open = OKRUG_SCRATCH(ctx, count, uint8_t), *force = OKRUG_SCRATCH(ctx, count, uint8_t);
    g->contract_row = OKRUG_SCRATCH(ctx, count, int64_t);
    if (supplier == NULL || buyer == NULL || lo == NULL || hi == NULL || open == NULL || force == NULL ||
        g->contract_row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t at = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t end = at + link_one(ev, place, g->firm[i], g->contract_row + at);
        for (; at < end; at++) {
            int64_t row = g->contract_row[at];
            supplier[at] = (int32_t)i;
            buyer[at] = place[ev->buyer[row]];
            lo[at] = ev->lo[row];
            hi[at] = ev->hi[row];
            open[at] = ev->open[row];
            force[at] = ev->in_force[row];
        }
    }
    g->group.contracts = count;
    g->group.supplier = supplier;
    g->group.buyer = buyer;
    g->group.lo = lo;
    g->group.hi = hi;
    g->group.open = open;
    g->group.in_force = force;
    return OKRUG_OK;
}

void okrug_evidence_leave(int32_t *place, const okrug_evidence_group *g, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        place[g->firm[i]] = -1;
    }
}
