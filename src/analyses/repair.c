/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * repair: the cheapest members, contracts and facilities that make a cluster meet the criteria of a set of rules, with
 * the proof that nothing cheaper does.
 */
#include <math.h>
#include <string.h>

#include "analyses/list.h"
#include "analyses/repair_write.h"

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

static const char *const references[] = {
    "Government of the Russian Federation, Decree 779 of 31.07.2015 on industrial clusters and specialised "
    "organisations of "
    "industrial clusters.",
    "Land, A. H., Doig, A. G. (1960). An automatic method of solving discrete programming problems. Econometrica "
    "28(3).",
    NULL,
};

/* ---- What is asked ---- */

static okrug_status ask(okrug_ctx *ctx, const repair_parameters *p, const okrug_rule_set *set, uint8_t *asked) {
    okrug_status status = OKRUG_OK;
    memset(asked, p->criterion.count == 0, (size_t)set->criteria);
    const char *all = "";
    for (int64_t c = 0; c < set->criteria; c++) {
        asked[c] = asked[c] && !okrug_rule_set_is_confirmation(set, c); /* nothing that is added changes it */
        all = okrug_text_listed(ctx, all, okrug_repair_criterion(set, c));
    }
    for (int i = 0; i < p->criterion.count; i++) {
        bool found = false;
        for (int64_t c = 0; c < set->criteria; c++) {
            if (strcmp(p->criterion.text[i], okrug_repair_criterion(set, c)) == 0) {
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
                                okrug_repair_criterion(set, rule->criterion), (char *)NULL);
        }
    }
    return status;
}

static bool is_of_output(okrug_measure m) {
    return m == OKRUG_MEASURE_PARTICIPANT_SHARE || m == OKRUG_MEASURE_GENERAL_DEPENDENCE;
}

/* Whether what is asked turns on output, which must be known then. */
static bool asks_output(const okrug_rule_set *set, const uint8_t *asked) {
    bool of_output = false;
    for (int64_t i = 0; i < set->rules; i++) {
        const okrug_rule *rule = &set->rule[i];
        bool here = is_of_output(rule->measure) || (rule->when_slot >= 0 && is_of_output(rule->when_measure));
        of_output = of_output || (asked[rule->criterion] && !isnan(rule->value) && here);
    }
    return of_output;
}

static const char *list_criteria(okrug_ctx *ctx, const okrug_rule_set *set, const uint8_t *which) {
    const char *list = "";
    for (int64_t c = 0; c < set->criteria; c++) {
        list = which[c] ? okrug_text_listed(ctx, list, okrug_repair_criterion(set, c)) : list;
    }
    return list;
}

/* ---- Solving ---- */

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

/* Amounts in whole kopecks: upwards, as what is asked for is asked at least. Beside a purchase of millions the solver
 * cannot tell the least contract from none: such a one is left out where the verdicts stand without it, else it is the
 * least. */
static okrug_status settle_amounts(okrug_ctx *ctx, okrug_repair_case *rc, const uint8_t *asked, uint8_t *not_met,
                                   uint8_t *open) {
    const okrug_repair_problem *p = &rc->problem;
    okrug_repair *chosen = &rc->chosen;
    int64_t first = p->group->participants - p->members + p->facilities;
    for (int64_t k = 0; k < p->deals; k++) {
        chosen->amount[k] = fmin(ceil(chosen->amount[k] * 100.0 - 1e-3) / 100.0, p->most[k]);
    }
    for (int64_t k = 0; k < p->deals; k++) {
        double least = fmin(p->least_deal, p->most[k]);
        if (!chosen->deal[k] || chosen->amount[k] >= least) {
            continue;
        }
        okrug_case without;
        chosen->amount[k] = least;
        OKRUG_TRY(okrug_repair_done(ctx, rc, first + k, &without));
        if (look_at(&without, asked, not_met, open)) {
            chosen->deal[k] = 0;
            chosen->amount[k] = 0.0;
        }
    }
    return OKRUG_OK;
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
        OKRUG_TRY(settle_amounts(ctx, rc, asked, not_met, open));
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

/* Of criteria that no rule asks for on the day nothing can be repaired: with all of them so that is the answer, and
 * with some that were named it is told. */
static bool tell_no_rule(okrug_ctx *ctx, const repair_parameters *p, const char *date, const okrug_rule_set *set,
                         const okrug_case *after, const uint8_t *asked) {
    const char *without = "";
    bool ruled = false;
    for (int64_t c = 0; c < set->criteria; c++) {
        bool none = after->judgement[c].verdict == OKRUG_NO_RULE;
        ruled = ruled || (asked[c] && !none);
        without = asked[c] && none ? okrug_text_listed(ctx, without, okrug_repair_criterion(set, c)) : without;
    }
    if (without[0] != '\0' && (!ruled || p->criterion.count > 0)) {
        okrug_warn(ctx, "repair-without-rule", NULL, "date", date, "criteria", without, (char *)NULL);
    }
    return ruled;
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
    okrug_case after = {0};
    const okrug_repair_prices prices = {p->switch_cost, p->contract_cost, p->least_contract};
    OKRUG_TRY(okrug_repair_prepare(ctx, &ev, &set, counted, candidates, &prices, asks_output(&set, asked), place, &rc));
    OKRUG_TRY(solve(ctx, p, &rc, asked, &after));
    bool ruled = tell_no_rule(ctx, p, time.date, &set, &after, asked);
    return okrug_repair_write(ctx, &rc, &after, asked, ruled, result);
}

const okrug_analysis okrug_analysis_repair = {.id = "repair",
                                              .inputs = okrug_repair_input,
                                              .input_count = OKRUG_REPAIR_INPUTS,
                                              .parameters = parameters,
                                              .parameter_count = OKRUG_COUNT_OF(parameters),
                                              .parameter_size = sizeof(repair_parameters),
                                              .outputs = okrug_repair_outputs,
                                              .output_count = OKRUG_REPAIR_TABLES,
                                              .references = references,
                                              .cost = "a mixed programme of members * (contracts + purchases)",
                                              .no_grain = "each-alone",
                                              .shipped = shipped,
                                              .run = run};
