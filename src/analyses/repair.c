/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * repair: the cheapest members, contracts and facilities that make a cluster meet the criteria of a set of rules, with
 * the proof that nothing cheaper does.
 */
#include <math.h>
#include <string.h>

#include "analyses/list.h"
#include "analyses/repair_case.h"
#include "analyses/result.h"

#define REPAIR_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                          \
    OKRUG_EVIDENCE_PARAMETERS(CHOICE, TEXT)                                                                            \
    TEXTS(criterion, "criterion")                                                                                      \
    REAL(switch_cost, "switch-cost", 0.1, 0, 1000, RATIO)                                                              \
    REAL(contract_cost, "contract-cost", 0, 0, 1e15, RUB)                                                              \
    REAL(least_contract, "least-contract", 1, 0.01, 1e15, RUB)                                                         \
    INTEGER(nodes, "nodes", 100000, 1, 100000000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(REPAIR_PARAMETERS)
} repair_parameters;
#define OKRUG_PARAMETERS repair_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(REPAIR_PARAMETERS)};

static const char *const shipped[OKRUG_REPAIR_INPUTS] = {[OKRUG_OF_RULES] = "set"};

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

enum { CRITERIA, CHANGES, PROOF, TABLES };
static const okrug_output outputs[TABLES] = {
    [CRITERIA] = {"criteria", okrug_criterion_columns, OKRUG_CRITERION_COLUMNS},
    [CHANGES] = {"changes", change_columns, OKRUG_COUNT_OF(change_columns)},
    [PROOF] = {"proof", proof_columns, OKRUG_COUNT_OF(proof_columns)},
};

static const char *const references[] = {
    "Government of the Russian Federation, Decree 779 of 31.07.2015 on industrial clusters and specialised "
    "organisations of "
    "industrial clusters.",
    "Land, A. H., Doig, A. G. (1960). An automatic method of solving discrete programming problems. Econometrica "
    "28(3).",
    NULL,
};

static const char *code_of(const okrug_evidence *ev, int32_t firm) {
    const okrug_words *own = okrug_table_column(ev->table[OKRUG_OF_PARTICIPANTS], "firm")->words;
    int32_t known = okrug_words_count(own);
    return firm < known ? okrug_words_text(own, firm) : okrug_words_text(ev->more, firm - known);
}

static const char *criterion_name(const okrug_rule_set *set, int64_t c) {
    return okrug_rule_set_text(set, "criterion", set->criterion_row[c]);
}

/* ---- What is asked ---- */

static okrug_status ask(okrug_ctx *ctx, const repair_parameters *p, const okrug_rule_set *set, uint8_t *asked) {
    okrug_status status = OKRUG_OK;
    memset(asked, p->criterion.count == 0, (size_t)set->criteria);
    const char *all = "";
    for (int64_t c = 0; c < set->criteria; c++) {
        asked[c] = asked[c] && !okrug_rule_set_is_confirmation(set, c); /* nothing that is added changes it */
        all = okrug_text_listed(ctx, all, criterion_name(set, c));
    }
    for (int i = 0; i < p->criterion.count; i++) {
        bool found = false;
        for (int64_t c = 0; c < set->criteria; c++) {
            if (strcmp(p->criterion.text[i], criterion_name(set, c)) == 0) {
                asked[c] = 1;
                found = true;
            }
        }
        if (!found) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "no-such-criterion", NULL, "value", p->criterion.text[i],
                                "criteria", all, (char *)NULL);
        }
    }
    for (int64_t i = 0; i < set->rules; i++) {
        const okrug_rule *rule = &set->rule[i];
        bool known = okrug_repair_knows(rule->measure) &&
                     (rule->when_slot < 0 || (okrug_repair_knows(rule->when_measure) &&
                                              rule->when_measure != OKRUG_MEASURE_PARTICIPANT_SHARE));
        if (asked[rule->criterion] && !known) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "repair-cannot-ask", NULL, "criterion",
                                criterion_name(set, rule->criterion), (char *)NULL);
        }
    }
    return status;
}

static const char *list_criteria(okrug_ctx *ctx, const okrug_rule_set *set, const uint8_t *which) {
    const char *list = "";
    for (int64_t c = 0; c < set->criteria; c++) {
        list = which[c] ? okrug_text_listed(ctx, list, criterion_name(set, c)) : list;
    }
    return list;
}

/* ---- Solving ---- */

/* Amounts in whole kopecks: upwards, as what is asked for is asked at least. */
static void round_amounts(okrug_repair_case *rc) {
    for (int64_t k = 0; k < rc->problem.deals; k++) {
        double *amount = &rc->chosen.amount[k];
        *amount = fmin(ceil(*amount * 100.0 - 1e-3) / 100.0, rc->problem.most[k]);
    }
}

static double cost_of_deal(const okrug_repair_case *rc, int64_t k) {
    return rc->problem.fixed_cost[k] + rc->problem.rate[k] * rc->chosen.amount[k];
}

/* Which of the asked criteria have a rule and are not met: `open`, for want of evidence. */
static bool look_at(const okrug_case *after, const uint8_t *asked, uint8_t *not_met, uint8_t *open) {
    bool good = true;
    for (int64_t c = 0; c < after->set->criteria; c++) {
        okrug_verdict verdict = after->judgement[c].verdict;
        not_met[c] = asked[c] && verdict == OKRUG_NOT_MET;
        open[c] = asked[c] && verdict == OKRUG_NOT_ENOUGH_EVIDENCE;
        good = good && !not_met[c] && !open[c];
    }
    return good;
}

static okrug_status tell_conflict(okrug_ctx *ctx, const repair_parameters *p, okrug_repair_case *rc,
                                  const uint8_t *asked) {
    const okrug_rule_set *set = rc->now.set;
    uint8_t *conflict = OKRUG_SCRATCH(ctx, set->criteria, uint8_t);
    if (conflict == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool together = false;
    OKRUG_TRY(okrug_repair_conflict(ctx, &rc->problem, asked, p->nodes, &rc->chosen, conflict, &together));
    bool open = !together; /* no change helps, but for knowing more */
    for (int64_t c = 0; c < set->criteria; c++) {
        open = open && (!conflict[c] || rc->now.judgement[c].verdict == OKRUG_NOT_ENOUGH_EVIDENCE);
    }
    if (open) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "repair-needs-evidence", NULL, "criteria",
                          list_criteria(ctx, set, conflict), (char *)NULL);
    }
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, together ? "repair-impossible-together" : "repair-impossible", NULL,
                      "criteria", list_criteria(ctx, set, conflict), (char *)NULL);
}

/* A programme is solved within a tolerance, a verdict has none: where the first solution falls short by it, a second
 * one asks for a little more. */
static okrug_status solve(okrug_ctx *ctx, const repair_parameters *p, okrug_repair_case *rc, const uint8_t *asked,
                          okrug_case *after) {
    static const double margins[] = {0.0, 1e-7, 1e-5};
    uint8_t *not_met = OKRUG_SCRATCH(ctx, rc->now.set->criteria, uint8_t);
    uint8_t *open = OKRUG_SCRATCH(ctx, rc->now.set->criteria, uint8_t);
    if (not_met == NULL || open == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < OKRUG_COUNT_OF(margins); i++) {
        rc->problem.margin = margins[i];
        okrug_progress(ctx, "task.repairing", i, OKRUG_COUNT_OF(margins));
        okrug_status status = okrug_repair_least(ctx, &rc->problem, asked, p->nodes, &rc->chosen);
        if (status == OKRUG_NO_SOLUTION) {
            return tell_conflict(ctx, p, rc, asked);
        }
        if (status == OKRUG_NOT_CONVERGED) {
            return okrug_fail(ctx, status, "repair-not-found", NULL, "nodes", okrug_text_integer(ctx, p->nodes),
                              (char *)NULL);
        }
        OKRUG_TRY(status);
        round_amounts(rc);
        OKRUG_TRY(okrug_repair_done(ctx, rc, -1, after));
        if (look_at(after, asked, not_met, open)) {
            return OKRUG_OK;
        }
    }
    const char *lacking = list_criteria(ctx, rc->now.set, open);
    return lacking[0] != '\0'
               ? okrug_fail(ctx, OKRUG_BAD_INPUT, "repair-needs-evidence", NULL, "criteria", lacking, (char *)NULL)
               : okrug_fail(ctx, OKRUG_NOT_CONVERGED, "repair-falls-short", NULL, "criteria",
                            list_criteria(ctx, rc->now.set, not_met), (char *)NULL);
}

/* ---- Results ---- */

/* The criteria that would not be met without that change. */
static okrug_status why(okrug_ctx *ctx, const okrug_repair_case *rc, const uint8_t *asked, int64_t change,
                        const char **list) {
    okrug_case without;
    OKRUG_TRY(okrug_repair_done(ctx, rc, change, &without));
    *list = "";
    for (int64_t c = 0; c < rc->now.set->criteria; c++) {
        if (asked[c] && without.judgement[c].verdict != OKRUG_MET && without.judgement[c].verdict != OKRUG_NO_RULE) {
            *list = okrug_text_listed(ctx, *list, criterion_name(rc->now.set, c));
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
                    cost_of_deal(rc, k)};
    return rc->chosen.deal[k];
}

static okrug_status write_proof(const okrug_repair_case *rc, double objective, okrug_table *table) {
    const okrug_mixed_end *end = &rc->chosen.end;
    const okrug_repair_problem *p = &rc->problem;
    double bound = fmin(end->bound, objective);
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const double number[] = {objective, bound, objective - bound, (double)end->nodes};
    for (int i = 0; i < OKRUG_COUNT_OF(number); i++) {
        OKRUG_TRY(okrug_set_number_or(table, i, row, number[i], OKRUG_UNDEFINED));
    }
    OKRUG_TRY(okrug_result_text(table, 4, row, end->optimal ? "yes" : "no"));
    OKRUG_TRY(okrug_set_number(table, 5, row, (double)(p->group->participants - p->members)));
    OKRUG_TRY(okrug_set_number(table, 6, row, (double)p->facilities));
    return okrug_set_number(table, 7, row, (double)p->deals);
}

static okrug_status write_all(okrug_ctx *ctx, const okrug_repair_case *rc, const okrug_case *after,
                              const uint8_t *asked, okrug_dataset *result) {
    okrug_table *table[TABLES];
    double objective = 0.0;
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    OKRUG_TRY(okrug_status_write_criteria(ctx, after, table[CRITERIA]));
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
        OKRUG_TRY(write_change(rc, &one, reason, table[CHANGES]));
        okrug_scratch_reset(ctx, mark);
        objective += one.cost;
    }
    return write_proof(rc, objective, table[PROOF]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const repair_parameters *p = job->parameters;
    const okrug_table *input = job->input[OKRUG_OF_PARTICIPANTS], *candidates = job->input[OKRUG_REPAIR_CANDIDATES];
    okrug_evidence_time time;
    okrug_rule_set set;
    if (okrug_table_column(input, "firm") == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "repair-needs-firms", &(okrug_place){.file = input->file},
                          (char *)NULL);
    }
    OKRUG_TRY(okrug_evidence_take_time(ctx, p->date, p->period, &time));
    OKRUG_TRY(okrug_rule_set_read(ctx, job->input[OKRUG_OF_RULES], okrug_evidence_sets[p->set], time.date, p->confirmed,
                                  &set));
    const okrug_column *more = candidates == NULL ? NULL : okrug_table_column(candidates, "firm");
    okrug_evidence ev;
    okrug_span *counted = NULL;
    OKRUG_TRY(okrug_evidence_read(ctx, job->input, &time, p->spread, more == NULL ? NULL : more->words,
                                  okrug_rule_set_vat, &set, &ev));
    okrug_rule_set_tell_vat(ctx, &set, &ev);
    OKRUG_TRY(okrug_rule_set_count(ctx, &set, &ev, &counted));
    int32_t *place = OKRUG_SCRATCH(ctx, ev.firms, int32_t);
    uint8_t *asked = OKRUG_SCRATCH(ctx, set.criteria, uint8_t);
    if (place == NULL || asked == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, (size_t)ev.firms * sizeof *place);
    OKRUG_TRY(ask(ctx, p, &set, asked));
    okrug_repair_case rc;
    okrug_case after;
    const okrug_repair_prices prices = {p->switch_cost, p->contract_cost, p->least_contract};
    OKRUG_TRY(okrug_repair_prepare(ctx, &ev, &set, counted, candidates, &prices, place, &rc));
    OKRUG_TRY(solve(ctx, p, &rc, asked, &after));
    return write_all(ctx, &rc, &after, asked, result);
}

const okrug_analysis okrug_analysis_repair = {.id = "repair",
                                              .inputs = okrug_repair_input,
                                              .input_count = OKRUG_REPAIR_INPUTS,
                                              .parameters = parameters,
                                              .parameter_count = OKRUG_COUNT_OF(parameters),
                                              .parameter_size = sizeof(repair_parameters),
                                              .outputs = outputs,
                                              .output_count = TABLES,
                                              .references = references,
                                              .cost = "a mixed programme of members * (contracts + purchases)",
                                              .shipped = shipped,
                                              .run = run};
