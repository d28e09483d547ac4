/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a repair answers: the criteria as they are then, the changes with what each is for, the proof.
 */
#include "analyses/repair_write.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

static const okrug_output_column change_columns[] = {
    {"step", OKRUG_NUMBER, OKRUG_UNIT_RANK, "place in the list"},
    {"kind", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"firm", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"counterparty", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"amount", OKRUG_NUMBER, OKRUG_UNIT_RUB, "of the contract, without VAT"},
    {"cost", OKRUG_NUMBER, OKRUG_UNIT_RUB, "cost; contract_cost + switch_cost * amount"},
    {"why", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"candidate", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"facility", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column proof_columns[] = {
    {"objective", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum of costs"},
    {"bound", OKRUG_NUMBER, OKRUG_UNIT_RUB, "no change that does costs less"},
    {"gap", OKRUG_NUMBER, OKRUG_UNIT_RUB, "objective - bound"},
    {"nodes", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of the search"},
    {"optimal", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"members", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "candidates among which members were chosen"},
    {"facilities", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "candidates"},
    {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "possible new contracts"},
};

const okrug_output okrug_repair_outputs[OKRUG_REPAIR_TABLES] = {
    [OKRUG_REPAIR_CRITERIA] = {"criteria", okrug_criterion_columns, OKRUG_CRITERION_COLUMNS},
    [OKRUG_REPAIR_CHANGES] = {"changes", change_columns, OKRUG_COUNT_OF(change_columns)},
    [OKRUG_REPAIR_PROOF] = {"proof", proof_columns, OKRUG_COUNT_OF(proof_columns)},
};

static const char *code_of(const okrug_evidence *ev, int32_t firm) {
    const okrug_words *own = okrug_table_column(ev->table[OKRUG_OF_PARTICIPANTS], "firm")->words;
    int32_t known = okrug_words_count(own);
    return firm < known ? okrug_words_text(own, firm) : okrug_words_text(ev->more, firm - known);
}

const char *okrug_repair_criterion(const okrug_rule_set *set, int64_t c) {
    return okrug_rule_set_text(set, "criterion", set->criterion_row[c]);
}

double okrug_repair_deal_cost(const okrug_repair_case *rc, int64_t k) {
    return rc->problem.fixed_cost[k] + rc->problem.rate[k] * rc->chosen.amount[k];
}

/* The criteria that would not be met without that change. */
static okrug_status why(okrug_ctx *ctx, const okrug_repair_case *rc, const uint8_t *asked, int64_t change,
                        const char **list) {
    okrug_case without;
    OKRUG_TRY(okrug_repair_done(ctx, rc, change, &without));
    *list = "";
    for (int64_t c = 0; c < rc->now.set->criteria; c++) {
        if (asked[c] && without.judgement[c].verdict != OKRUG_MET && without.judgement[c].verdict != OKRUG_NO_RULE) {
            *list = okrug_text_listed(ctx, *list, okrug_repair_criterion(rc->now.set, c));
        }
    }
    return OKRUG_OK;
}

typedef struct {
    const char *kind, *firm, *counterparty, *product;
    int64_t row; /* of the candidates; -1 */
    double amount, cost;
} change;

static okrug_status write_change(const okrug_repair_case *rc, const change *c, const char *reason, okrug_table *table) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *candidate = c->row < 0 ? NULL : okrug_text_at(okrug_table_column(rc->candidates, "candidate"), c->row);
    OKRUG_TRY(okrug_set_number(table, 0, row, (double)row + 1.0));
    OKRUG_TRY(okrug_result_text(table, 1, row, c->kind));
    OKRUG_TRY(okrug_result_text(table, 2, row, c->firm));
    OKRUG_TRY(okrug_result_text(table, 3, row, c->counterparty));
    OKRUG_TRY(okrug_result_text(table, 4, row, c->product));
    OKRUG_TRY(okrug_set_number_or(table, 5, row, c->amount, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, 6, row, c->cost, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_result_text(table, 7, row, reason));
    OKRUG_TRY(okrug_result_text(table, 8, row, candidate));
    bool facility = strcmp(c->kind, "facility") == 0;
    return okrug_result_text(table, 9, row,
                             facility ? okrug_text_at(okrug_table_column(rc->candidates, "kind"), c->row) : NULL);
}

/* The change of that number, if it was chosen. */
static bool change_at(const okrug_repair_case *rc, int64_t number, change *out) {
    const okrug_repair_problem *p = &rc->problem;
    int64_t members = p->group->participants - p->members;
    if (number < members) {
        *out = (change){"member",
                        code_of(rc->ev, rc->all.firm[p->members + number]),
                        NULL,
                        NULL,
                        rc->member_row[number],
                        NAN,
                        p->member_cost[number]};
        return rc->chosen.member[number];
    }
    if (number < members + p->facilities) {
        int64_t k = number - members;
        *out = (change){"facility", NULL, NULL, NULL, rc->facility_row[k], NAN, p->facility_cost[k]};
        return rc->chosen.facility[k];
    }
    int64_t k = number - members - p->facilities;
    *out = (change){"contract",
                    code_of(rc->ev, rc->all.firm[p->supplier[k]]),
                    code_of(rc->ev, rc->all.firm[p->buyer[k]]),
                    rc->deal_product[k],
                    rc->deal_row[k],
                    rc->chosen.amount[k],
                    okrug_repair_deal_cost(rc, k)};
    return rc->chosen.deal[k];
}

/* Without a rule nothing is asked, so that nothing is proved either. */
static okrug_status write_proof(const okrug_repair_case *rc, double objective, bool ruled, okrug_table *table) {
    const okrug_mixed_end *end = &rc->chosen.end;
    const okrug_repair_problem *p = &rc->problem;
    double bound = fmin(end->bound, objective);
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const double number[] = {objective, bound, objective - bound, (double)end->nodes};
    for (int i = 0; i < OKRUG_COUNT_OF(number); i++) {
        OKRUG_TRY(okrug_set_number_or(table, i, row, ruled ? number[i] : NAN,
                                      ruled ? OKRUG_UNDEFINED : OKRUG_NOT_APPLICABLE));
    }
    OKRUG_TRY(ruled ? okrug_result_text(table, 4, row, end->optimal ? "yes" : "no")
                    : okrug_set_missing(table, 4, row, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number(table, 5, row, (double)(p->group->participants - p->members)));
    OKRUG_TRY(okrug_set_number(table, 6, row, (double)p->facilities));
    return okrug_set_number(table, 7, row, (double)p->deals);
}

okrug_status okrug_repair_write(okrug_ctx *ctx, const okrug_repair_case *rc, const okrug_case *after,
                                const uint8_t *asked, bool ruled, okrug_dataset *result) {
    okrug_table *table[OKRUG_REPAIR_TABLES];
    double objective = 0.0;
    for (int t = 0; t < OKRUG_REPAIR_TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &okrug_repair_outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    OKRUG_TRY(okrug_status_write_criteria(ctx, after, table[OKRUG_REPAIR_CRITERIA]));
    const okrug_repair_problem *p = &rc->problem;
    int64_t changes = p->group->participants - p->members + p->facilities + p->deals;
    for (int64_t k = 0; k < changes; k++) {
        change one;
        const char *reason = NULL;
        if (!change_at(rc, k, &one)) {
            continue;
        }
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(why(ctx, rc, asked, k, &reason));
        OKRUG_TRY(write_change(rc, &one, reason, table[OKRUG_REPAIR_CHANGES]));
        okrug_scratch_reset(ctx, mark);
        objective += one.cost;
    }
    return write_proof(rc, objective, ruled, table[OKRUG_REPAIR_PROOF]);
}
