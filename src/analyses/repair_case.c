/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What could be added to a cluster: candidates as they are given, and purchases that members make elsewhere of what
 * other members make too.
 */
#include "analyses/repair_case.h"

#include <math.h>
#include <string.h>

enum { MEMBER, CONTRACT, FACILITY, WHATS };
static const char *const whats[WHATS] = {"member", "contract", "facility"};

typedef struct {
    okrug_ctx *ctx;
    const okrug_evidence *ev;
    const okrug_table *t;
    int64_t count[WHATS];
    int64_t *row[WHATS];
    int32_t *place;
    okrug_repair_case *out;
} preparing;

static const char *cell(const preparing *p, const char *column, int64_t row) {
    const okrug_column *of = okrug_table_column(p->t, column);
    return of == NULL ? NULL : okrug_text_at(of, row);
}

static double money(const preparing *p, const char *column, int64_t row) {
    const okrug_column *of = okrug_table_column(p->t, column);
    return of == NULL || okrug_reason_at(of, row) != OKRUG_PRESENT ? (double)NAN : of->number[row];
}

static okrug_place place_of(const preparing *p, int64_t row, const char *column) {
    return (okrug_place){.file = p->t->file, .line = p->t->line == NULL ? 0 : p->t->line[row], .column = column};
}

static okrug_status needs(const preparing *p, int64_t row, const char *what, const char *column) {
    okrug_place at = place_of(p, row, column);
    return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-needs", &at, "what", what, "column", column, (char *)NULL);
}

static okrug_status sort_candidates(preparing *p) {
    int64_t rows = p->t == NULL ? 0 : p->t->rows;
    okrug_status status = OKRUG_OK;
    for (int w = 0; w < WHATS; w++) {
        p->row[w] = OKRUG_SCRATCH(p->ctx, rows, int64_t);
        if (p->row[w] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t row = 0; row < rows; row++) {
        const char *what = cell(p, "what", row);
        int w = 0;
        while (w < WHATS && (what == NULL || strcmp(what, whats[w]) != 0)) {
            w++;
        }
        if (w == WHATS) {
            okrug_place at = place_of(p, row, "what");
            status = okrug_fail(p->ctx, OKRUG_BAD_INPUT, "unknown-candidate", &at, "value", what == NULL ? "" : what,
                                (char *)NULL);
            continue;
        }
        if (isnan(money(p, "cost", row))) {
            status = needs(p, row, whats[w], "cost");
        }
        p->row[w][p->count[w]++] = row;
    }
    return status;
}

/* ---- Members ---- */

/* Roles that no participant has get numbers behind theirs. */
static int32_t role_of(const preparing *p, int64_t row) {
    const okrug_column *own = okrug_table_column(p->ev->table[OKRUG_OF_PARTICIPANTS], "role");
    const char *name = cell(p, "role", row);
    if (name == NULL) {
        return -1;
    }
    int32_t word = own == NULL ? -1 : okrug_words_find(own->words, name, strlen(name));
    return word >= 0 ? word
                     : (own == NULL ? 0 : okrug_words_count(own->words)) + okrug_table_column(p->t, "role")->word[row];
}

static okrug_status put_candidate(preparing *p, int64_t k) {
    okrug_evidence_group *g = &p->out->all;
    int64_t row = p->row[MEMBER][k], at = p->out->problem.members + k;
    const char *code = cell(p, "firm", row), *role = cell(p, "role", row);
    if (code == NULL) {
        return needs(p, row, whats[MEMBER], "firm");
    }
    int32_t firm = okrug_evidence_firm(p->ev, code);
    if (p->place[firm] >= 0) {
        okrug_place where = place_of(p, row, "firm");
        return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-is-member", &where, "firm", code, (char *)NULL);
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
    p->place[firm] = (int32_t)at;
    g->group.participants = at + 1;
    return OKRUG_OK;
}

static okrug_status check_accounts(const preparing *p) {
    const okrug_evidence_group *g = &p->out->all;
    const char *list = "";
    int64_t found = 0;
    enum { NAMED = 10 };
    const okrug_words *own = okrug_table_column(p->ev->table[OKRUG_OF_PARTICIPANTS], "firm")->words;
    for (int64_t i = 0; i < g->group.participants; i++) {
        if (g->producing[i] == OKRUG_NO || g->revenue[i] > 0.0) {
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

static okrug_status put_facilities(preparing *p, const okrug_rule_set *set) {
    int64_t n = p->count[FACILITY];
    double *cost = OKRUG_SCRATCH(p->ctx, n, double);
    uint8_t *in = OKRUG_SCRATCH_ZERO(p->ctx, set->slots * n, uint8_t);
    if (cost == NULL || in == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < n; k++) {
        const char *kind = cell(p, "kind", p->row[FACILITY][k]);
        if (kind == NULL) {
            status = needs(p, p->row[FACILITY][k], whats[FACILITY], "kind");
            continue;
        }
        cost[k] = money(p, "cost", p->row[FACILITY][k]);
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

/* ---- Purchases and deals ---- */

/* What each participant buys of each product from those who could not become participants. */
typedef struct {
    int32_t *buyer, *product; /* the product as a word of the contracts */
    double *amount;
    int64_t count;
} purchases;

static int64_t find_purchase(const purchases *b, int32_t buyer, int32_t product) {
    for (int64_t k = 0; k < b->count; k++) {
        if (b->buyer[k] == buyer && b->product[k] == product) {
            return k;
        }
    }
    return -1;
}

static okrug_status sum_purchases(preparing *p, purchases *b) {
    const okrug_table *t = p->ev->table[OKRUG_OF_CONTRACTS];
    const okrug_column *product = okrug_table_column(t, "product");
    int64_t most = 0;
    for (int64_t row = 0; row < t->rows; row++) {
        most += p->ev->buyer[row] >= 0 && p->place[p->ev->buyer[row]] >= 0;
    }
    *b = (purchases){OKRUG_SCRATCH(p->ctx, most, int32_t), OKRUG_SCRATCH(p->ctx, most, int32_t),
                     OKRUG_SCRATCH_ZERO(p->ctx, most, double), 0};
    if (b->buyer == NULL || b->product == NULL || b->amount == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; product != NULL && row < t->rows; row++) {
        int32_t buyer = p->ev->buyer[row], supplier = p->ev->supplier[row];
        bool outside = supplier < 0 || p->place[supplier] < 0;
        if (buyer < 0 || p->place[buyer] < 0 || !outside || product->word[row] < 0 || p->ev->lo[row] <= 0.0) {
            continue;
        }
        int64_t k = find_purchase(b, p->place[buyer], product->word[row]);
        if (k < 0) {
            k = b->count++;
            b->buyer[k] = p->place[buyer];
            b->product[k] = product->word[row];
        }
        b->amount[k] += p->ev->lo[row];
    }
    return OKRUG_OK;
}

typedef struct {
    int32_t *supplier, *buyer, *purchase_of;
    double *most, *fixed, *rate;
    uint8_t *all;
    int64_t count;
} deals;

static void put_deal(preparing *p, deals *d, int32_t supplier, const purchases *b, int64_t k, double amount) {
    d->supplier[d->count] = supplier;
    d->buyer[d->count] = b->buyer[k];
    d->purchase_of[d->count] = (int32_t)k;
    d->most[d->count] = amount;
    p->out->deal_product[d->count] =
        okrug_words_text(okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product")->words, b->product[k]);
    d->count++;
}

/* Whoever makes the product could supply it. With `d` NULL they are only counted. */
static int64_t find_deals(preparing *p, const purchases *b, const okrug_repair_prices *prices, deals *d) {
    const okrug_table *t = p->ev->table[OKRUG_OF_PRODUCTS];
    const okrug_column *product = okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product");
    int64_t count = 0;
    for (int64_t row = 0; t != NULL && row < t->rows; row++) {
        const char *made = okrug_text_at(okrug_table_column(t, "product"), row);
        int32_t firm = okrug_evidence_firm(p->ev, okrug_text_at(okrug_table_column(t, "firm"), row));
        int32_t word = product == NULL ? -1 : okrug_words_find(product->words, made, strlen(made));
        int32_t maker = firm < 0 ? -1 : p->place[firm];
        for (int64_t k = 0; maker >= 0 && word >= 0 && k < b->count; k++) {
            if (b->product[k] != word || b->buyer[k] == maker) {
                continue;
            }
            if (d != NULL) {
                d->all[d->count] = 0;
                d->fixed[d->count] = prices->contract_cost;
                d->rate[d->count] = prices->switch_cost;
                p->out->deal_row[d->count] = -1;
                put_deal(p, d, maker, b, k, b->amount[k]);
            }
            count++;
        }
    }
    return count;
}

static okrug_status put_contract(preparing *p, const purchases *b, int64_t row, deals *d) {
    static const char *const wanted[] = {"supplier", "buyer", "product"};
    int32_t end[2];
    for (int i = 0; i < OKRUG_COUNT_OF(wanted); i++) {
        const char *text = cell(p, wanted[i], row);
        if (text == NULL) {
            return needs(p, row, whats[CONTRACT], wanted[i]);
        }
        int32_t firm = i < 2 ? okrug_evidence_firm(p->ev, text) : 0;
        if (i < 2 && (firm < 0 || p->place[firm] < 0)) {
            okrug_place at = place_of(p, row, wanted[i]);
            return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-no-participant", &at, "firm", text, (char *)NULL);
        }
        if (i < 2) {
            end[i] = p->place[firm];
        }
    }
    double amount = money(p, "amount", row);
    if (isnan(amount)) {
        return needs(p, row, whats[CONTRACT], "amount");
    }
    const okrug_column *product = okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product");
    const char *code = cell(p, "product", row);
    int32_t word = product == NULL ? -1 : okrug_words_find(product->words, code, strlen(code));
    int64_t k = word < 0 ? -1 : find_purchase(b, end[1], word);
    if (k < 0 || amount > b->amount[k] || amount <= 0.0 || end[0] == end[1]) {
        okrug_place at = place_of(p, row, "amount");
        okrug_warn(p->ctx, "contract-replaces-nothing", &at, "product", code, "amount",
                   okrug_text_number(p->ctx, amount), "bought", okrug_text_number(p->ctx, k < 0 ? 0.0 : b->amount[k]),
                   (char *)NULL);
        return OKRUG_OK;
    }
    d->all[d->count] = 1;
    d->fixed[d->count] = money(p, "cost", row);
    d->rate[d->count] = 0.0;
    p->out->deal_row[d->count] = row;
    put_deal(p, d, end[0], b, k, amount);
    return OKRUG_OK;
}

static okrug_status put_deals(preparing *p, const okrug_repair_prices *prices) {
    purchases b;
    OKRUG_TRY(sum_purchases(p, &b));
    int64_t most = find_deals(p, &b, prices, NULL) + p->count[CONTRACT];
    deals d = {OKRUG_SCRATCH(p->ctx, most, int32_t), OKRUG_SCRATCH(p->ctx, most, int32_t),
               OKRUG_SCRATCH(p->ctx, most, int32_t), OKRUG_SCRATCH(p->ctx, most, double),
               OKRUG_SCRATCH(p->ctx, most, double),  OKRUG_SCRATCH(p->ctx, most, double),
               OKRUG_SCRATCH(p->ctx, most, uint8_t), 0};
    p->out->deal_row = OKRUG_SCRATCH(p->ctx, most, int64_t);
    p->out->deal_product = OKRUG_SCRATCH(p->ctx, most, const char *);
    if (d.supplier == NULL || d.buyer == NULL || d.purchase_of == NULL || d.most == NULL || d.fixed == NULL ||
        d.rate == NULL || d.all == NULL || p->out->deal_row == NULL || p->out->deal_product == NULL) {
        return OKRUG_NO_MEMORY;
    }
    find_deals(p, &b, prices, &d);
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < p->count[CONTRACT]; k++) {
        okrug_status one = put_contract(p, &b, p->row[CONTRACT][k], &d);
        status = one == OKRUG_OK ? status : one;
    }
    okrug_repair_problem *to = &p->out->problem;
    to->deals = d.count;
    to->supplier = d.supplier;
    to->buyer = d.buyer;
    to->purchase_of = d.purchase_of;
    to->most = d.most;
    to->fixed_cost = d.fixed;
    to->rate = d.rate;
    to->all = d.all;
    to->least_deal = prices->least_contract;
    to->purchases = b.count;
    to->purchase = b.amount;
    return status;
}

/* ---- All of it ---- */

static okrug_status judge_today(preparing *p, const okrug_rule_set *set) {
    okrug_case *now = &p->out->now;
    *now = (okrug_case){.ev = p->ev, .set = set, .cluster = p->ev->cluster[0], .counted = p->out->counted};
    OKRUG_TRY(okrug_evidence_enter(p->ctx, p->ev, 0, 0, p->place, &now->members));
    OKRUG_TRY(okrug_evidence_link(p->ctx, p->ev, p->place, &now->members));
    okrug_evidence_leave(p->place, &now->members, now->members.group.participants);
    return okrug_case_judge(p->ctx, now);
}

static okrug_status put_members(preparing *p) {
    okrug_repair_problem *to = &p->out->problem;
    double *cost = OKRUG_SCRATCH(p->ctx, p->count[MEMBER], double);
    if (cost == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_evidence_enter(p->ctx, p->ev, 0, p->count[MEMBER], p->place, &p->out->all));
    to->members = p->out->all.group.participants;
    for (int64_t k = 0; k < p->count[MEMBER]; k++) {
        OKRUG_TRY(put_candidate(p, k));
        cost[k] = money(p, "cost", p->row[MEMBER][k]);
    }
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
                                  const okrug_repair_prices *prices, int32_t *place, okrug_repair_case *out) {
    preparing p = {.ctx = ctx, .ev = ev, .t = candidates, .place = place, .out = out};
    *out = (okrug_repair_case){.ev = ev, .candidates = candidates};
    if (ev->clusters != 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-cluster",
                          &(okrug_place){.file = ev->table[OKRUG_OF_PARTICIPANTS]->file}, "count",
                          okrug_text_integer(ctx, ev->clusters), (char *)NULL);
    }
    out->counted = OKRUG_SCRATCH(ctx, set->slots, okrug_span);
    if (out->counted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(out->counted, counted, (size_t)set->slots * sizeof *counted);
    OKRUG_TRY(sort_candidates(&p));
    OKRUG_TRY(judge_today(&p, set));
    OKRUG_TRY(put_members(&p));
    OKRUG_TRY(put_facilities(&p, set));
    OKRUG_TRY(put_deals(&p, prices));
    out->member_row = p.row[MEMBER];
    out->facility_row = p.row[FACILITY];
    out->problem.rules = set->rule;
    out->problem.rule_count = set->rules;
    out->problem.criteria = set->criteria;
    out->problem.slots = set->slots;
    out->problem.span = out->now.span;
    return allocate_choice(ctx, out);
}
