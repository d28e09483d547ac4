/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cut of the stacked table in words of supply and use.
 */
#include "analyses/supply_update_cut.h"

#include <math.h>

/* A message names so many of the cut at most. */
enum { NAMED = 12 };

typedef struct {
    const char *list;
    int64_t count;
} names;

/* Adds those of `code` whose mark is `wanted`. */
static void add_names(okrug_ctx *ctx, const char **code, int64_t count, const bool *mark, bool wanted, names *to) {
    for (int64_t i = 0; i < count; i++) {
        if (mark[i] == wanted) {
            to->list = to->count < NAMED ? okrug_text_listed(ctx, to->list, code[i]) : to->list;
            to->count++;
        }
    }
}

static const char *named(okrug_ctx *ctx, const names *of) {
    return of->count == 0 ? "-" : okrug_text_curtailed(ctx, of->list, NAMED, of->count);
}

/* Either side of the cut says the same: the one with fewer names is told. What suppliers of the cut offer goes to its
 * users only; what the other users want comes from the other suppliers only. */
static okrug_status tell_cut(okrug_ctx *ctx, const okrug_supply_update_case *c, const okrug_balance_cut *cut) {
    const okrug_supply_use_update *t = &c->tables;
    names products[2] = {{"", 0}, {"", 0}}, users[2] = {{"", 0}, {"", 0}}, suppliers[2] = {{"", 0}, {"", 0}};
    const char *import[] = {OKRUG_IMPORTS_CODE};
    double supply[2] = {0}, use[2] = {0};
    for (int side = 0; side < 2; side++) {
        bool inside = side == 0;
        add_names(ctx, c->product, t->products, cut->row, inside, &products[side]);
        add_names(ctx, c->user, t->users, cut->column, inside, &users[side]);
        add_names(ctx, c->supplier, t->suppliers, cut->column + t->users, inside, &suppliers[side]);
        for (int64_t k = 0; k < t->users; k++) {
            use[side] += cut->column[k] == inside ? t->use_total[k] : 0.0;
        }
        for (int64_t j = 0; j < t->suppliers; j++) {
            supply[side] += cut->column[t->users + j] == inside ? t->supply_total[j] : 0.0;
        }
        if (t->imports != NULL && cut->column[t->users + t->suppliers] == inside) {
            add_names(ctx, import, 1, &(bool){true}, true, &suppliers[side]);
            supply[side] += t->import_total;
        }
    }
    int told = users[0].count + suppliers[0].count <= users[1].count + suppliers[1].count ? 0 : 1;
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, told == 0 ? "supply-above-use" : "use-above-supply", NULL, "suppliers",
                      named(ctx, &suppliers[told]), "users", named(ctx, &users[told]), "products",
                      named(ctx, &products[told]), "supply", okrug_text_number(ctx, supply[told]), "use",
                      okrug_text_number(ctx, use[told]), "short",
                      okrug_text_number(ctx, fabs(supply[told] - use[told])), (char *)NULL);
}

okrug_status okrug_supply_update_check(okrug_ctx *ctx, const okrug_supply_update_case *c,
                                       const okrug_balance_problem *problem) {
    okrug_balance_cut cut = {.row = OKRUG_SCRATCH(ctx, problem->rows, bool),
                             .column = OKRUG_SCRATCH(ctx, problem->columns, bool)};
    if (cut.row == NULL || cut.column == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool feasible = true;
    OKRUG_TRY(okrug_balance_explain(ctx, problem, &feasible, &cut));
    return feasible ? OKRUG_OK : tell_cut(ctx, c, &cut);
}
