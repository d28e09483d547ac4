/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cut of the stacked table in words of supply and use.
 */
#include "analyses/supply_update_cut.h"

#include <math.h>

/* A message names so many of each at most. */
enum { NAMED = 12 };

typedef struct {
    const char *list;
    int64_t count;
} names;

static void add_name(okrug_ctx *ctx, const char *name, names *to) {
    to->list = to->count < NAMED ? okrug_text_listed(ctx, to->list, name) : to->list;
    to->count++;
}

static const char *named(okrug_ctx *ctx, const names *of) {
    return of->count == 0 ? "-" : okrug_text_curtailed(ctx, of->list, NAMED, of->count);
}

typedef struct {
    names products, users, suppliers;
    double supply, use;
} side;

/* What is inside the cut, or outside of it. */
static side side_of(okrug_ctx *ctx, const okrug_supply_update_case *c, const okrug_balance_cut *cut, bool inside) {
    const okrug_supply_use_update *t = &c->tables;
    const bool *imported = t->imports == NULL ? NULL : cut->row + t->products, *supplier = cut->column + t->users;
    side of = {.products = {"", 0}, .users = {"", 0}, .suppliers = {"", 0}};
    for (int64_t i = 0; i < t->products; i++) {
        if (cut->row[i] == inside || (imported != NULL && imported[i] == inside)) {
            add_name(ctx, c->product[i], &of.products);
        }
    }
    for (int64_t k = 0; k < t->users; k++) {
        if (cut->column[k] == inside) {
            add_name(ctx, c->user[k], &of.users);
            of.use += t->use_total[k];
        }
    }
    for (int64_t j = 0; j < t->suppliers; j++) {
        if (supplier[j] == inside) {
            add_name(ctx, c->supplier[j], &of.suppliers);
            of.supply += t->supply_total[j];
        }
    }
    if (imported != NULL && supplier[t->suppliers] == inside) {
        add_name(ctx, OKRUG_IMPORTS_CODE, &of.suppliers);
        of.supply += t->import_total;
    }
    return of;
}

/* Both sides of the cut say the same: the one with fewer names is told. What suppliers inside offer goes to users
 * inside only; what the users outside want comes from suppliers outside only. */
static okrug_status tell_cut(okrug_ctx *ctx, const okrug_supply_update_case *c, const okrug_balance_cut *cut) {
    side in = side_of(ctx, c, cut, true), out = side_of(ctx, c, cut, false);
    bool inside = in.users.count + in.suppliers.count <= out.users.count + out.suppliers.count;
    const side *of = inside ? &in : &out;
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, inside ? "supply-above-use" : "use-above-supply", NULL, "suppliers",
                      named(ctx, &of->suppliers), "users", named(ctx, &of->users), "products",
                      named(ctx, &of->products), "supply", okrug_text_number(ctx, of->supply), "use",
                      okrug_text_number(ctx, of->use), "short", okrug_text_number(ctx, fabs(of->supply - of->use)),
                      (char *)NULL);
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
