/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers -> options and limits -> the best combination. Money goes to the solver in millions, where its tolerances
 * mean something.
 */
#include "analyses/support_plan.h"

#include <math.h>
#include <string.h>

static const double MILLION = 1e6;

double okrug_offer_worth(const okrug_offer *offer, const okrug_support_how *how) {
    if (offer->kind != OKRUG_SUBSIDY && isnan(offer->term)) {
        return (double)NAN;
    }
    switch (offer->kind) {
    case OKRUG_SUBSIDY:
        return 1.0;
    case OKRUG_LOAN:
        return (how->market_rate - offer->rate) * okrug_owed_years(offer->term, how->discount, how->repayment);
    case OKRUG_GUARANTEE:
        break;
    }
    return how->guarantee_price * okrug_owed_years(offer->term, how->discount, how->repayment);
}

/* Limits being written: each entry is of an option's amount, or of its being taken. */
typedef struct {
    okrug_ctx *ctx;
    const okrug_support_case *c;
    const okrug_support_tables *t;
    const okrug_support_plan *plan;
    double *val, *most;
    int32_t *col;
    int64_t *ptr;
    int64_t rows, entries;
} limits;

static void put(limits *l, int64_t option, double value) {
    l->col[l->entries] = (int32_t)option;
    l->val[l->entries++] = value;
}

/* A row of one entry or none says nothing that the option's own bounds do not. */
static void end_row(limits *l, double most, int64_t least_entries) {
    if (l->entries - l->ptr[l->rows] < least_entries) {
        l->entries = l->ptr[l->rows];
        return;
    }
    l->most[l->rows++] = most;
    l->ptr[l->rows] = l->entries;
}

static bool same(const okrug_table *table, const char *column, int64_t a, int64_t b) {
    return strcmp(okrug_cell_text(table, column, a), okrug_cell_text(table, column, b)) == 0;
}

static bool of_project(const limits *l, int64_t option, int64_t project) {
    return l->plan->offer[option]->project == project;
}

/* Money that comes in is no more than is needed, of all costs and of each kind. A guarantee brings none. */
static void bound_by_costs(limits *l, int64_t first) {
    int64_t n = l->plan->options, project = l->plan->offer[first]->project;
    okrug_fact room = okrug_support_fact(l->ctx, l->c, project, "need");
    room = room.missing == NULL ? room : okrug_support_fact(l->ctx, l->c, project, "budget");
    for (int64_t k = 0; k < n && room.missing == NULL; k++) {
        if (of_project(l, k, project) && l->plan->offer[k]->kind != OKRUG_GUARANTEE) {
            put(l, k, 1.0);
        }
    }
    end_row(l, room.value / MILLION, 2);
    for (int64_t k = first; k < n; k++) {
        const char *pays = okrug_cell_text(l->t->measures, "pays", l->plan->offer[k]->measure);
        if (!of_project(l, k, project) || pays[0] == '\0' || strcmp(pays, "all") == 0) {
            continue;
        }
        okrug_fact cost = okrug_support_fact(l->ctx, l->c, project, okrug_text(l->ctx, "cost.%s", pays));
        for (int64_t i = k; i < n && cost.missing == NULL; i++) {
            if (of_project(l, i, project) &&
                same(l->t->measures, "pays", l->plan->offer[i]->measure, l->plan->offer[k]->measure)) {
                put(l, i, 1.0);
            }
        }
        end_row(l, cost.value / MILLION, 2);
    }
}

/* amount <= share (need - others), and where it is taken >= share (need - others). */
static void bound_by_market_loan(limits *l, int64_t option) {
    const okrug_offer *o = l->plan->offer[option];
    okrug_fact need = okrug_support_fact(l->ctx, l->c, o->project, "need");
    for (int least = 0; least < 2; least++) {
        double share = least ? o->cover_least : o->cover_most;
        if (isnan(share) || need.missing != NULL) {
            continue;
        }
        for (int64_t k = 0; k < l->plan->options; k++) {
            if (k != option && of_project(l, k, o->project) && l->plan->offer[k]->kind != OKRUG_GUARANTEE) {
                put(l, k, least ? -share : share);
            }
        }
        put(l, option, least ? -1.0 : 1.0);
        if (least) {
            put(l, l->plan->options + option, share * need.value / MILLION);
        }
        end_row(l, least ? 0.0 : share * need.value / MILLION, 1);
    }
}

static void exclude(limits *l, int64_t option) {
    const okrug_offer *o = l->plan->offer[option];
    for (int64_t row = 0; row < l->t->terms->rows; row++) {
        if (!okrug_term_holds(l->c, l->t, row, o->measure) ||
            strcmp(okrug_cell_text(l->t->terms, "target", row), "excludes") != 0) {
            continue;
        }
        for (int64_t k = 0; k < l->plan->options; k++) {
            if (of_project(l, k, o->project) &&
                strcmp(okrug_cell_text(l->t->measures, "measure", l->plan->offer[k]->measure),
                       okrug_cell_text(l->t->terms, "text", row)) == 0) {
                put(l, l->plan->options + k, 1.0);
            }
        }
        if (l->entries > l->ptr[l->rows]) {
            put(l, l->plan->options + option, 1.0);
        }
        end_row(l, 1.0, 2);
    }
}

/* A ceiling for each applicant, or for all there are: over the projects of one, or of everyone. */
static void bound_together(limits *l, int64_t term) {
    const char *each = okrug_cell_text(l->t->terms, "each", term);
    bool applicant = strcmp(each, "applicant") == 0;
    bool ceiling = strcmp(okrug_cell_text(l->t->terms, "target", term), "amount") == 0 &&
                   strcmp(okrug_cell_text(l->t->terms, "relation", term), "at-most") == 0 &&
                   okrug_cell_text(l->t->terms, "fact", term)[0] == '\0';
    if (!ceiling || (!applicant && strcmp(each, "all") != 0)) {
        return;
    }
    double most = okrug_cell_number(l->t->terms, "add", term) / MILLION;
    for (int64_t k = 0; k < l->plan->options; k++) {
        const okrug_offer *o = l->plan->offer[k];
        bool first = okrug_term_holds(l->c, l->t, term, o->measure);
        for (int64_t i = 0; i < k && first; i++) { /* once for each applicant, once for all */
            first = l->plan->offer[i]->measure != o->measure ||
                    (applicant && strcmp(okrug_support_applicant(l->c, l->plan->offer[i]->project),
                                         okrug_support_applicant(l->c, o->project)) != 0);
        }
        for (int64_t i = k; i < l->plan->options && first; i++) {
            if (l->plan->offer[i]->measure == o->measure &&
                (!applicant || strcmp(okrug_support_applicant(l->c, l->plan->offer[i]->project),
                                      okrug_support_applicant(l->c, o->project)) == 0)) {
                put(l, i, 1.0);
            }
        }
        end_row(l, most, 2);
    }
}

static okrug_status write_limits(limits *l, int64_t projects) {
    int64_t n = l->plan->options, terms = l->t->terms->rows, of_one = l->t->measures->rows; /* options of a project */
    int64_t rows = projects + 3 * n + 2 * n * terms;
    int64_t entries = n + n * of_one + 2 * n * (of_one + 2) + 3 * n * terms;
    l->val = OKRUG_SCRATCH(l->ctx, entries, double);
    l->col = OKRUG_SCRATCH(l->ctx, entries, int32_t);
    l->ptr = OKRUG_SCRATCH_ZERO(l->ctx, rows + 1, int64_t);
    l->most = OKRUG_SCRATCH(l->ctx, rows, double);
    if (l->val == NULL || l->col == NULL || l->ptr == NULL || l->most == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < n; k++) {
        if (k == 0 || l->plan->offer[k]->project != l->plan->offer[k - 1]->project) {
            bound_by_costs(l, k);
        }
        bound_by_market_loan(l, k);
        exclude(l, k);
    }
    for (int64_t term = 0; term < terms; term++) {
        bound_together(l, term);
    }
    return OKRUG_OK;
}

/* Of an offer's amount in millions. */
static bool is_option(const okrug_offer *o, double worth, bool possible) {
    bool allowed = o->verdict == OKRUG_MET || (possible && o->verdict == OKRUG_NOT_ENOUGH_EVIDENCE);
    return allowed && isfinite(o->most) && o->most > 0.0 && o->least <= o->most && worth > 0.0;
}

static okrug_status choose(okrug_ctx *ctx, const limits *l, const double *least, const double *most, int64_t nodes,
                           okrug_support_plan *plan) {
    const okrug_support_choice choice = {
        .options = plan->options,
        .benefit = plan->worth,
        .least = least,
        .most = most,
        .limit = {.n = l->rows, .nnz = l->entries, .ptr = l->ptr, .col = l->col, .val = l->val},
        .limit_most = l->most,
    };
    bool some = true;
    for (int k = 0; k < 2 && some; k++) {
        okrug_support_best *best = &plan->best[k];
        best->amount = OKRUG_SCRATCH(ctx, plan->options, double);
        best->taken = OKRUG_SCRATCH(ctx, plan->options, bool);
        if (best->amount == NULL || best->taken == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_support_choose(ctx, &choice, k == 0 ? NULL : plan->best[0].taken, nodes, best));
        plan->alternatives = k + 1;
        some = false;
        for (int64_t i = 0; i < plan->options; i++) {
            some = some || best->taken[i];
        }
    }
    for (int k = 0; k < plan->alternatives; k++) {
        for (int64_t i = 0; i < plan->options; i++) {
            plan->best[k].amount[i] *= MILLION;
        }
        plan->best[k].proof.value *= MILLION;
        plan->best[k].proof.bound *= MILLION;
    }
    return OKRUG_OK;
}

okrug_status okrug_support_combine(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *tables,
                                   const okrug_support_how *how, int64_t offers, const okrug_offer *offer,
                                   okrug_support_plan *plan) {
    *plan = (okrug_support_plan){.offer = OKRUG_SCRATCH(ctx, offers, const okrug_offer *),
                                 .worth = OKRUG_SCRATCH(ctx, offers, double)};
    double *least = OKRUG_SCRATCH(ctx, offers, double), *most = OKRUG_SCRATCH(ctx, offers, double);
    if (plan->offer == NULL || plan->worth == NULL || least == NULL || most == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < offers; i++) {
        double worth = okrug_offer_worth(&offer[i], how);
        if (is_option(&offer[i], worth, how->possible)) {
            least[plan->options] = offer[i].least / MILLION;
            most[plan->options] = offer[i].most / MILLION;
            plan->worth[plan->options] = worth;
            plan->offer[plan->options++] = &offer[i];
        }
    }
    if (plan->options == 0) {
        return OKRUG_OK;
    }
    limits l = {.ctx = ctx, .c = c, .t = tables, .plan = plan};
    OKRUG_TRY(write_limits(&l, c->projects->rows));
    return choose(ctx, &l, least, most, how->nodes, plan);
}
