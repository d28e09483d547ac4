/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What could be added to a cluster: members and facilities as they are given; contracts are in repair_deals.c.
 */
#include "analyses/repair_preparing.h"

#include <math.h>
#include <string.h>

const char *const okrug_candidate_kinds[OKRUG_CANDIDATE_KINDS] = {"member", "contract", "facility"};

okrug_status okrug_candidate_lacks(const okrug_preparing *p, int64_t row, const char *what, const char *column) {
    okrug_place at = okrug_table_place(p->t, row, column);
    return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-needs", &at, "what", what, "column", column, (char *)NULL);
}

/* Without a cluster it is one for any. */
static bool is_for(const okrug_preparing *p, int64_t row) {
    const char *wanted = p->ev->cluster[0], *named = okrug_table_text(p->t, "cluster", row);
    return named == NULL || wanted == NULL || strcmp(named, wanted) == 0;
}

static okrug_status sort_candidates(okrug_preparing *p) {
    int64_t rows = p->t == NULL ? 0 : p->t->rows;
    okrug_status status = OKRUG_OK;
    for (int w = 0; w < OKRUG_CANDIDATE_KINDS; w++) {
        p->row[w] = OKRUG_SCRATCH(p->ctx, rows, int64_t);
        if (p->row[w] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t row = 0; row < rows; row++) {
        const char *what = okrug_table_text(p->t, "what", row);
        int w = 0;
        if (!is_for(p, row)) {
            continue;
        }
        while (w < OKRUG_CANDIDATE_KINDS && (what == NULL || strcmp(what, okrug_candidate_kinds[w]) != 0)) {
            w++;
        }
        if (w == OKRUG_CANDIDATE_KINDS) {
            okrug_place at = okrug_table_place(p->t, row, "what");
            status = okrug_fail(p->ctx, OKRUG_BAD_INPUT, "unknown-candidate", &at, "value", what == NULL ? "" : what,
                                (char *)NULL);
            continue;
        }
        if (isnan(okrug_table_number(p->t, "cost", row))) {
            status = okrug_candidate_lacks(p, row, okrug_candidate_kinds[w], "cost");
        }
        p->row[w][p->count[w]++] = row;
    }
    return status;
}

/* ---- Members ---- */

/* Roles that no participant has get numbers behind theirs. */
static int32_t role_of(const okrug_preparing *p, int64_t row) {
    const okrug_column *own = okrug_table_column(p->ev->table[OKRUG_OF_PARTICIPANTS], "role");
    const char *name = okrug_table_text(p->t, "role", row);
    if (name == NULL) {
        return -1;
    }
    int32_t word = own == NULL ? -1 : okrug_words_find(own->words, name, strlen(name));
    return word >= 0 ? word
                     : (own == NULL ? 0 : okrug_words_count(own->words)) + okrug_table_column(p->t, "role")->word[row];
}

/* Whether shares of its output can be told. */
static bool has_output(const okrug_evidence_group *g, int64_t at) {
    return g->producing[at] == OKRUG_NO || g->revenue[at] > 0.0;
}

/* Behind those that are there already. */
static okrug_status put_candidate(okrug_preparing *p, int64_t row) {
    okrug_evidence_group *g = &p->out->all;
    int64_t at = g->group.participants;
    const char *code = okrug_table_text(p->t, "firm", row), *role = okrug_table_text(p->t, "role", row);
    if (code == NULL) {
        return okrug_candidate_lacks(p, row, okrug_candidate_kinds[OKRUG_CANDIDATE_MEMBER], "firm");
    }
    int32_t firm = okrug_evidence_firm(p->ev, code);
    if (p->place[firm] >= 0) {
        okrug_place where = okrug_table_place(p->t, row, "firm");
        if (p->place[firm] >= p->out->problem.members) { /* which of its costs counts cannot be known */
            return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-repeated", &where, "firm", code, (char *)NULL);
        }
        okrug_warn(p->ctx, "candidate-is-member", &where, "firm", code, (char *)NULL);
        return OKRUG_OK;
    }
    g->producing[at] = (uint8_t)okrug_evidence_known(okrug_table_column(p->t, "producing"), row);
    g->organises[at] = (uint8_t)okrug_evidence_known(okrug_table_column(p->t, "organises_production"), row);
    g->special_territory[at] = (uint8_t)okrug_evidence_known(okrug_table_column(p->t, "special_territory"), row);
    g->special_contract[at] = (uint8_t)okrug_evidence_known(okrug_table_column(p->t, "special_contract"), row);
    g->role[at] = role_of(p, row);
    okrug_evidence_put_firm(p->ev, firm, at, g);
    if (role != NULL && strcmp(role, "maker") == 0) {
        g->maker[at] = OKRUG_YES;
    }
    if (p->of_output && !has_output(g, at)) {
        okrug_place where = okrug_table_place(p->t, row, "firm");
        okrug_warn(p->ctx, "candidate-without-accounts", &where, "firm", code, "year", p->ev->time.year, (char *)NULL);
        p->left_out[firm] = 1;
        return OKRUG_OK;
    }
    p->place[firm] = (int32_t)at;
    g->group.participants = at + 1;
    return OKRUG_OK;
}

static okrug_status check_accounts(const okrug_preparing *p) {
    const okrug_evidence_group *g = &p->out->all;
    const char *list = "";
    int64_t found = 0;
    enum { NAMED = 10 };
    const okrug_words *own = okrug_table_column(p->ev->table[OKRUG_OF_PARTICIPANTS], "firm")->words;
    for (int64_t i = 0; p->of_output && i < g->group.participants; i++) {
        if (has_output(g, i)) {
            continue;
        }
        int32_t known = okrug_words_count(own);
        const char *code =
            g->firm[i] < known ? okrug_words_text(own, g->firm[i]) : okrug_words_text(p->ev->more, g->firm[i] - known);
        list = ++found <= NAMED ? okrug_text_listed(p->ctx, list, code) : list;
    }
    return found == 0
               ? OKRUG_OK
               : okrug_fail(p->ctx, OKRUG_BAD_INPUT, "repair-needs-accounts", NULL, "firms",
                            okrug_text_curtailed(p->ctx, list, NAMED, found), "year", p->ev->time.year, (char *)NULL);
}

/* ---- Facilities ---- */

static okrug_status put_facilities(okrug_preparing *p, const okrug_rule_set *set) {
    int64_t n = p->count[OKRUG_CANDIDATE_FACILITY];
    double *cost = OKRUG_SCRATCH(p->ctx, n, double);
    uint8_t *in = OKRUG_SCRATCH_ZERO(p->ctx, set->slots * n, uint8_t);
    if (cost == NULL || in == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < n; k++) {
        const char *kind = okrug_table_text(p->t, "kind", p->row[OKRUG_CANDIDATE_FACILITY][k]);
        if (kind == NULL) {
            status = okrug_candidate_lacks(p, p->row[OKRUG_CANDIDATE_FACILITY][k],
                                           okrug_candidate_kinds[OKRUG_CANDIDATE_FACILITY], "kind");
            continue;
        }
        cost[k] = okrug_table_number(p->t, "cost", p->row[OKRUG_CANDIDATE_FACILITY][k]);
        for (int64_t s = 0; s < set->slots; s++) {
            in[s * n + k] =
                set->slot_measure[s] == OKRUG_MEASURE_FACILITIES && okrug_rule_set_lists(set->slot_of[s], kind);
        }
    }
    p->out->problem.facilities = n;
    p->out->problem.facility_cost = cost;
    p->out->problem.facility_in = in;
    return status;
}

/* ---- All of it ---- */

static okrug_status judge_today(okrug_preparing *p, const okrug_rule_set *set) {
    okrug_case *now = &p->out->now;
    *now = (okrug_case){.ev = p->ev, .set = set, .cluster = p->ev->cluster[0], .counted = p->out->counted};
    OKRUG_TRY(okrug_evidence_enter(p->ctx, p->ev, 0, 0, p->place, &now->members));
    OKRUG_TRY(okrug_evidence_link(p->ctx, p->ev, p->place, &now->members));
    okrug_evidence_leave(p->place, &now->members, now->members.group.participants);
    return okrug_case_judge(p->ctx, now);
}

static okrug_status put_members(okrug_preparing *p) {
    okrug_repair_problem *to = &p->out->problem;
    double *cost = OKRUG_SCRATCH(p->ctx, p->count[OKRUG_CANDIDATE_MEMBER], double);
    if (cost == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_evidence_enter(p->ctx, p->ev, 0, p->count[OKRUG_CANDIDATE_MEMBER], p->place, &p->out->all));
    to->members = p->out->all.group.participants;
    int64_t kept = 0, *rows = p->row[OKRUG_CANDIDATE_MEMBER];
    for (int64_t k = 0; k < p->count[OKRUG_CANDIDATE_MEMBER]; k++) {
        OKRUG_TRY(put_candidate(p, rows[k]));
        if (p->out->all.group.participants > to->members + kept) {
            cost[kept] = okrug_table_number(p->t, "cost", rows[k]);
            rows[kept++] = rows[k];
        }
    }
    p->count[OKRUG_CANDIDATE_MEMBER] = kept;
    to->group = &p->out->all.group;
    to->member_cost = cost;
    OKRUG_TRY(okrug_evidence_link(p->ctx, p->ev, p->place, &p->out->all));
    return check_accounts(p);
}

static okrug_status allocate_choice(okrug_ctx *ctx, okrug_repair_case *rc) {
    const okrug_repair_problem *p = &rc->problem;
    rc->chosen = (okrug_repair){.member = OKRUG_SCRATCH_ZERO(ctx, p->group->participants - p->members, uint8_t),
                                .facility = OKRUG_SCRATCH_ZERO(ctx, p->facilities, uint8_t),
                                .deal = OKRUG_SCRATCH_ZERO(ctx, p->deals, uint8_t),
                                .amount = OKRUG_SCRATCH_ZERO(ctx, p->deals, double)};
    const okrug_repair *c = &rc->chosen;
    return c->member == NULL || c->facility == NULL || c->deal == NULL || c->amount == NULL ? OKRUG_NO_MEMORY
                                                                                            : OKRUG_OK;
}

okrug_status okrug_repair_prepare(okrug_ctx *ctx, const okrug_evidence *ev, const okrug_rule_set *set,
                                  const okrug_span *counted, const okrug_table *candidates,
                                  const okrug_repair_prices *prices, bool of_output, int32_t *place,
                                  okrug_repair_case *out) {
    okrug_preparing p = {.ctx = ctx, .ev = ev, .t = candidates, .place = place, .of_output = of_output, .out = out};
    *out = (okrug_repair_case){.ev = ev, .candidates = candidates};
    if (ev->clusters != 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-cluster",
                          &(okrug_place){.file = ev->table[OKRUG_OF_PARTICIPANTS]->file}, "count",
                          okrug_text_integer(ctx, ev->clusters), (char *)NULL);
    }
    out->counted = OKRUG_SCRATCH(ctx, set->slots, okrug_span);
    p.left_out = OKRUG_SCRATCH_ZERO(ctx, ev->firms, uint8_t);
    if (out->counted == NULL || p.left_out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(out->counted, counted, (size_t)set->slots * sizeof *counted);
    OKRUG_TRY(sort_candidates(&p));
    OKRUG_TRY(judge_today(&p, set));
    OKRUG_TRY(put_members(&p));
    OKRUG_TRY(put_facilities(&p, set));
    OKRUG_TRY(okrug_repair_put_deals(&p, prices));
    out->member_row = p.row[OKRUG_CANDIDATE_MEMBER];
    out->facility_row = p.row[OKRUG_CANDIDATE_FACILITY];
    out->problem.rules = set->rule;
    out->problem.rule_count = set->rules;
    out->problem.criteria = set->criteria;
    out->problem.slots = set->slots;
    out->problem.span = out->now.span;
    return allocate_choice(ctx, out);
}
