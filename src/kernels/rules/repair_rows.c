/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns of the programme, and how a row is written.
 */
#include <math.h>
#include <string.h>

#include "kernels/rules/rows.h"

static const double dust = 1e-12; /* relative: what rounding may leave of a sum */

static int32_t largest(const int32_t *code, int64_t n) {
    int32_t most = -1;
    for (int64_t i = 0; i < n; i++) {
        most = code[i] > most ? code[i] : most;
    }
    return most + 1;
}

static bool is_candidate(const okrug_repair_problem *p, int64_t i) {
    return i >= p->members;
}

/* Gives each contract between two candidates a column. */
static okrug_status number_pairs(repair_rows *r) {
    const okrug_group *g = r->of->group;
    r->pair_of = OKRUG_SCRATCH(r->ctx, g->contracts, int32_t);
    if (r->pair_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t next = r->pair;
    for (int64_t k = 0; k < g->contracts; k++) {
        bool both = is_candidate(r->of, g->supplier[k]) && is_candidate(r->of, g->buyer[k]);
        r->pair_of[k] = both ? (int32_t)next++ : -1;
    }
    r->lacking = next;
    return OKRUG_OK;
}

static void price(repair_rows *r) {
    const okrug_repair_problem *p = r->of;
    for (int64_t j = 0; j < r->columns; j++) {
        r->upper[j] = 1.0;
        r->whole[j] = 1;
    }
    for (int64_t k = 0; k < r->facility - r->member; k++) {
        r->cost[r->member + k] = p->member_cost[k];
    }
    for (int64_t k = 0; k < p->facilities; k++) {
        r->cost[r->facility + k] = p->facility_cost[k];
    }
    for (int64_t k = 0; k < p->deals; k++) {
        r->cost[r->deal + k] = p->fixed_cost[k];
        r->cost[(p->all[k] ? r->deal : r->part) + k] += p->rate[k] * p->most[k];
        r->whole[r->part + k] = 0;
        r->upper[r->part + k] = p->all[k] ? 0.0 : 1.0;
    }
}

okrug_status okrug_repair_columns(okrug_ctx *ctx, const okrug_repair_problem *p, repair_rows *r) {
    *r = (repair_rows){.ctx = ctx, .of = p};
    int64_t n = p->group->participants;
    r->regions = largest(p->group->region, n);
    r->roles = largest(p->group->role, n);
    r->facility = r->member + n - p->members;
    r->deal = r->facility + p->facilities;
    r->part = r->deal + p->deals;
    r->pair = r->part + p->deals;
    OKRUG_TRY(number_pairs(r));
    r->holds = r->lacking + n;
    r->region = r->holds + p->rule_count;
    r->role = r->region + r->regions;
    r->columns = r->role + r->roles;
    r->cost = OKRUG_SCRATCH_ZERO(ctx, r->columns, double);
    r->upper = OKRUG_SCRATCH(ctx, r->columns, double);
    r->whole = OKRUG_SCRATCH(ctx, r->columns, uint8_t);
    r->form = OKRUG_SCRATCH_ZERO(ctx, r->columns, double);
    r->size = OKRUG_SCRATCH_ZERO(ctx, r->columns, double);
    r->touched = OKRUG_SCRATCH(ctx, r->columns, int32_t);
    r->is_touched = OKRUG_SCRATCH_ZERO(ctx, r->columns, uint8_t);
    if (r->cost == NULL || r->upper == NULL || r->whole == NULL || r->form == NULL || r->size == NULL ||
        r->touched == NULL || r->is_touched == NULL) {
        return OKRUG_NO_MEMORY;
    }
    price(r);
    return OKRUG_OK;
}

void okrug_repair_add(repair_rows *r, int64_t column, double coefficient) {
    if (!r->is_touched[column]) {
        r->is_touched[column] = 1;
        r->touched[r->touching++] = (int32_t)column;
    }
    r->form[column] += coefficient;
    r->size[column] += fabs(coefficient);
}

void okrug_repair_constant(repair_rows *r, double constant) {
    r->constant += constant;
    r->magnitude += fabs(constant);
}

void okrug_repair_present(repair_rows *r, int64_t i, double coefficient) {
    if (is_candidate(r->of, i)) {
        okrug_repair_add(r, r->member + i - r->of->members, coefficient);
    } else {
        okrug_repair_constant(r, coefficient);
    }
}

void okrug_repair_contract(repair_rows *r, int64_t k, double coefficient) {
    const okrug_group *g = r->of->group;
    if (r->pair_of[k] >= 0) {
        okrug_repair_add(r, r->pair_of[k], coefficient);
    } else {
        okrug_repair_present(r, is_candidate(r->of, g->supplier[k]) ? g->supplier[k] : g->buyer[k], coefficient);
    }
}

void okrug_repair_amount(repair_rows *r, int64_t deal, double coefficient) {
    okrug_repair_add(r, (r->of->all[deal] ? r->deal : r->part) + deal, coefficient * r->of->most[deal]);
}

/* Room for twice as many; what was there stays in the arena until the programme is solved. */
static okrug_status grow(okrug_ctx *ctx, void **at, int64_t used, int64_t room, size_t size) {
    void *more = okrug_scratch(ctx, room, size);
    if (more == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (used > 0) {
        memcpy(more, *at, (size_t)used * size);
    }
    *at = more;
    return OKRUG_OK;
}

static okrug_status make_room(repair_rows *r) {
    if (r->rows + 1 >= r->row_room) {
        int64_t room = 2 * r->row_room + 64;
        OKRUG_TRY(grow(r->ctx, (void **)&r->ptr, r->rows + (r->rows > 0), room, sizeof *r->ptr));
        OKRUG_TRY(grow(r->ctx, (void **)&r->least, r->rows, room, sizeof *r->least));
        OKRUG_TRY(grow(r->ctx, (void **)&r->most, r->rows, room, sizeof *r->most));
        r->ptr[0] = 0;
        r->row_room = room;
    }
    if (r->entries + r->touching > r->entry_room) {
        int64_t room = 2 * r->entry_room + r->touching + 256;
        OKRUG_TRY(grow(r->ctx, (void **)&r->col, r->entries, room, sizeof *r->col));
        OKRUG_TRY(grow(r->ctx, (void **)&r->val, r->entries, room, sizeof *r->val));
        r->entry_room = room;
    }
    return OKRUG_OK;
}

/* As a verdict does: what is left of a sum by rounding is nothing. */
static void clear_dust(repair_rows *r) {
    for (int64_t k = 0; k < r->touching; k++) {
        int32_t j = r->touched[k];
        r->form[j] = fabs(r->form[j]) <= dust * r->size[j] ? 0.0 : r->form[j];
    }
    r->constant = fabs(r->constant) <= dust * r->magnitude ? 0.0 : r->constant;
}

okrug_status okrug_repair_row(repair_rows *r, double least, double most) {
    OKRUG_TRY(make_room(r));
    for (int64_t k = 0; k < r->touching; k++) {
        int32_t j = r->touched[k];
        if (r->form[j] != 0.0) {
            r->col[r->entries] = j;
            r->val[r->entries++] = r->form[j];
        }
        r->form[j] = r->size[j] = 0.0;
        r->is_touched[j] = 0;
    }
    r->touching = 0;
    r->least[r->rows] = least - r->constant;
    r->most[r->rows++] = most - r->constant;
    r->ptr[r->rows] = r->entries;
    r->constant = r->magnitude = 0.0;
    return OKRUG_OK;
}

/* How far the form can get on that side of 0. */
static double extreme(const repair_rows *r, bool up) {
    double reach = r->constant;
    for (int64_t k = 0; k < r->touching; k++) {
        int32_t j = r->touched[k];
        double at = r->form[j] * r->upper[j];
        reach += up ? fmin(at, 0.0) : fmax(at, 0.0);
    }
    return reach;
}

okrug_status okrug_repair_side(repair_rows *r, bool up, double slack, int64_t when, bool unless) {
    clear_dust(r);
    r->constant += up ? -slack : slack;
    if (when >= 0) {
        double reach = extreme(r, up);
        /* Where the column says that nothing is asked, the form may get as far as it can. */
        okrug_repair_add(r, when, unless ? -reach : reach);
        r->constant -= unless ? 0.0 : reach;
    }
    return up ? okrug_repair_row(r, 0.0, NAN) : okrug_repair_row(r, NAN, 0.0);
}

/* ---- Ties ---- */

/* The column is at most 1, and only where participant i is in. */
static okrug_status only_with(repair_rows *r, int64_t column, int64_t i) {
    if (!is_candidate(r->of, i)) {
        return OKRUG_OK;
    }
    okrug_repair_add(r, column, 1.0);
    okrug_repair_present(r, i, -1.0);
    return okrug_repair_row(r, NAN, 0.0);
}

static okrug_status tie_deals(repair_rows *r) {
    const okrug_repair_problem *p = r->of;
    for (int64_t k = 0; k < p->deals; k++) {
        OKRUG_TRY(only_with(r, r->deal + k, p->supplier[k]));
        OKRUG_TRY(only_with(r, r->deal + k, p->buyer[k]));
        if (!p->all[k]) {
            okrug_repair_add(r, r->part + k, 1.0);
            okrug_repair_add(r, r->deal + k, -1.0);
            OKRUG_TRY(okrug_repair_row(r, NAN, 0.0));
            okrug_repair_add(r, r->part + k, 1.0);
            okrug_repair_add(r, r->deal + k, -fmin(1.0, p->least_deal / p->most[k]));
            OKRUG_TRY(okrug_repair_row(r, 0.0, NAN));
        }
    }
    for (int64_t b = 0; b < p->purchases; b++) {
        for (int64_t k = 0; k < p->deals; k++) {
            if (p->purchase_of[k] == b) {
                okrug_repair_amount(r, k, 1.0);
            }
        }
        double elsewhere = p->purchase[b] * (1.0 + dust); /* sums in another order */
        for (int64_t k = 0; k < p->parts; k++) {
            if (p->part_of[k] == b) {
                okrug_repair_present(r, p->part_from[k], p->part[k]);
            }
        }
        OKRUG_TRY(okrug_repair_row(r, NAN, elsewhere));
    }
    return OKRUG_OK;
}

static okrug_status tie_pairs(repair_rows *r) {
    const okrug_group *g = r->of->group;
    for (int64_t k = 0; k < g->contracts; k++) {
        if (r->pair_of[k] >= 0) {
            OKRUG_TRY(only_with(r, r->pair_of[k], g->supplier[k]));
            OKRUG_TRY(only_with(r, r->pair_of[k], g->buyer[k]));
            okrug_repair_add(r, r->pair_of[k], 1.0);
            okrug_repair_present(r, g->supplier[k], -1.0);
            okrug_repair_present(r, g->buyer[k], -1.0);
            OKRUG_TRY(okrug_repair_row(r, -1.0, NAN));
        }
    }
    return OKRUG_OK;
}

/* A code is there where one who has it is in, and only there. */
static okrug_status tie_codes(repair_rows *r, int64_t first, int64_t count, const int32_t *code) {
    int64_t n = r->of->group->participants;
    for (int64_t c = 0; c < count; c++) {
        for (int64_t i = 0; i < n; i++) {
            if (code[i] == c) {
                okrug_repair_present(r, i, 1.0);
            }
        }
        okrug_repair_add(r, first + c, -1.0);
        OKRUG_TRY(okrug_repair_row(r, 0.0, NAN));
    }
    for (int64_t i = 0; i < n; i++) {
        if (code[i] >= 0) {
            okrug_repair_add(r, first + code[i], 1.0);
            okrug_repair_present(r, i, -1.0);
            OKRUG_TRY(okrug_repair_row(r, 0.0, NAN));
        }
    }
    return OKRUG_OK;
}

/* Who is in and has no contract in force is lacking one. */
static okrug_status tie_lacking(repair_rows *r) {
    const okrug_group *g = r->of->group;
    for (int64_t i = 0; i < g->participants; i++) {
        okrug_repair_add(r, r->lacking + i, 1.0);
        okrug_repair_present(r, i, -1.0);
        r->constant += g->special_contract[i] == OKRUG_YES;
        for (int64_t k = 0; k < g->contracts; k++) {
            if ((g->supplier[k] == i || g->buyer[k] == i) && g->in_force[k] == OKRUG_YES) {
                okrug_repair_contract(r, k, 1.0);
            }
        }
        for (int64_t k = 0; k < r->of->deals; k++) {
            if (r->of->supplier[k] == i || r->of->buyer[k] == i) {
                okrug_repair_add(r, r->deal + k, 1.0);
            }
        }
        OKRUG_TRY(okrug_repair_row(r, 0.0, NAN));
    }
    return OKRUG_OK;
}

okrug_status okrug_repair_ties(repair_rows *r) {
    OKRUG_TRY(tie_deals(r));
    OKRUG_TRY(tie_pairs(r));
    OKRUG_TRY(tie_codes(r, r->region, r->regions, r->of->group->region));
    OKRUG_TRY(tie_codes(r, r->role, r->roles, r->of->group->role));
    return tie_lacking(r);
}
