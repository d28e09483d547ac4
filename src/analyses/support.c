/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * support: which measures a project may have on a day, clause by clause, and the combination that is worth most.
 */
#include <math.h>
#include <string.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/support_plan.h"

#define SOURCED                                                                                                        \
    OKRUG_TEXT_ROLE("effective_from", OPTIONAL, ANY), OKRUG_TEXT_ROLE("effective_to", OPTIONAL, ANY),                  \
        OKRUG_TEXT_ROLE("clause", REQUIRED, ANY), OKRUG_TEXT_ROLE("source", OPTIONAL, ANY),                            \
        OKRUG_TEXT_ROLE("retrieved", OPTIONAL, ANY), OKRUG_TEXT_ROLE("confidence", REQUIRED, ANY),                     \
        OKRUG_TEXT_ROLE("clause_ru", OPTIONAL, ANY)

static const okrug_role project_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("product", OPTIONAL, OKPD),
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("start", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("finish", OPTIONAL, DATE),
    OKRUG_NUMBER_ROLE("budget", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("own_funds", OPTIONAL, NOT_NEGATIVE, RUB),
};
static const okrug_role cost_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),
    OKRUG_TEXT_ROLE("kind", KEY, ANY),
    OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
};
static const okrug_role fact_roles[] = {
    OKRUG_TEXT_ROLE("subject", KEY, ANY),
    OKRUG_TEXT_ROLE("fact", KEY, ANY),
    OKRUG_NUMBER_ROLE("value", REQUIRED, ANY, NONE),
};
static const okrug_role position_roles[] = {OKRUG_TEXT_ROLE("product", KEY, OKPD)};
static const okrug_role participant_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY, ANY),
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
};
static const okrug_role verdict_roles[] = {OKRUG_TEXT_ROLE("cluster", KEY, ANY),
                                           OKRUG_TEXT_ROLE("verdict", REQUIRED, ANY)};
static const okrug_role measure_roles[] = {
    OKRUG_TEXT_ROLE("measure", KEY, ANY),   OKRUG_TEXT_ROLE("kind", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("pays", OPTIONAL, ANY), OKRUG_TEXT_ROLE("en", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("ru", OPTIONAL, ANY),   SOURCED,
};
static const okrug_role term_roles[] = {
    OKRUG_TEXT_ROLE("measure", KEY, ANY),
    OKRUG_TEXT_ROLE("term", KEY, ANY),
    OKRUG_TEXT_ROLE("target", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("relation", REQUIRED, ANY),
    OKRUG_NUMBER_ROLE("coefficient", OPTIONAL, ANY, NONE),
    OKRUG_TEXT_ROLE("fact", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("add", OPTIONAL, ANY, NONE),
    OKRUG_TEXT_ROLE("text", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("when", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("each", OPTIONAL, ANY),
    SOURCED,
};
enum { INPUT, COSTS, FACTS, POSITIONS, PARTICIPANTS, VERDICTS, MEASURES, TERMS };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_TIDY_INPUT("input", true, project_roles),
    [COSTS] = OKRUG_TIDY_INPUT("costs", false, cost_roles),
    [FACTS] = OKRUG_TIDY_INPUT("facts", false, fact_roles),
    [POSITIONS] = OKRUG_TIDY_INPUT("positions", false, position_roles),
    [PARTICIPANTS] = OKRUG_TIDY_INPUT("participants", false, participant_roles),
    [VERDICTS] = OKRUG_TIDY_INPUT("verdicts", false, verdict_roles),
    [MEASURES] = OKRUG_TIDY_INPUT("measures", false, measure_roles),
    [TERMS] = OKRUG_TIDY_INPUT("terms", false, term_roles),
};

enum { EVIDENCE_MET, EVIDENCE_POSSIBLE };
enum { REPAYMENT_END, REPAYMENT_PARTS };
/* Rates and prices that are 0 are not given. */
#define SUPPORT_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    TEXT(date, "date")                                                                                                 \
    REAL(key_rate, "key-rate", 0, 0, 1, SHARE)                                                                         \
    REAL(market_rate, "market-rate", 0, 0, 1, SHARE)                                                                   \
    REAL(discount, "discount", 0, 0, 1, SHARE)                                                                         \
    REAL(guarantee_price, "guarantee-price", 0, 0, 1, SHARE)                                                           \
    CHOICE(repayment, "repayment", "end|parts")                                                                        \
    CHOICE(evidence, "evidence", "met|possible")                                                                       \
    INTEGER(nodes, "nodes", 100000, 1, 100000000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SUPPORT_PARAMETERS)
} support_parameters;
#define OKRUG_PARAMETERS support_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SUPPORT_PARAMETERS)};

static const okrug_output_column criteria_columns[] = {OKRUG_SUPPORT_CRITERIA};
enum { P_PROJECT, P_MEASURE, P_AMOUNT, P_RATE, P_TERM, P_BENEFIT, P_CONFIDENCE, P_ALTERNATIVE, P_KIND, P_VERDICT };
static const okrug_output_column plan_columns[] = {
    [P_PROJECT] = {"project", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_MEASURE] = {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_AMOUNT] = {"amount", OKRUG_NUMBER, OKRUG_UNIT_RUB, "a"},
    [P_RATE] = {"rate", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "r, a year"},
    [P_TERM] = {"term", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "years, the longest allowed"},
    [P_BENEFIT] = {"benefit", OKRUG_NUMBER, OKRUG_UNIT_RUB,
                   "subsidy: a; loan: a (market rate - r) sum_t owed_t (1 + discount)^-t; guarantee: with its price"},
    [P_CONFIDENCE] = {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, "of the least sure clause"},
    [P_ALTERNATIVE] = {"alternative", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1: best; 2: best without one of its measures"},
    [P_KIND] = {"kind", OKRUG_TEXT, OKRUG_UNIT_NONE, "subsidy, loan, guarantee"},
    [P_VERDICT] = {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { C_ALTERNATIVE, C_BENEFIT, C_BOUND, C_PROVEN, C_LOSS, C_MEASURES, C_NODES, C_CONFIDENCE };
static const okrug_output_column combination_columns[] = {
    [C_ALTERNATIVE] = {"alternative", OKRUG_NUMBER, OKRUG_UNIT_RANK, NULL},
    [C_BENEFIT] = {"benefit", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum over measures"},
    [C_BOUND] = {"bound", OKRUG_NUMBER, OKRUG_UNIT_RUB, "no combination is worth more"},
    [C_PROVEN] = {"proven", OKRUG_TEXT, OKRUG_UNIT_NONE, "bound = benefit"},
    [C_LOSS] = {"loss", OKRUG_NUMBER, OKRUG_UNIT_RUB, "benefit of the best - benefit"},
    [C_MEASURES] = {"measures", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
    [C_NODES] = {"nodes", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of the search"},
    [C_CONFIDENCE] = {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, "of the least sure clause"},
};
enum {
    M_PROJECT,
    M_MEASURE,
    M_VERDICT,
    M_LEAST,
    M_MOST,
    M_RATE,
    M_TERM,
    M_WORTH,
    M_CONFIDENCE,
    M_MISSING,
    M_KIND,
    M_EN,
    M_RU
};
static const okrug_output_column measure_columns[] = {
    [M_PROJECT] = {"project", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [M_MEASURE] = {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [M_VERDICT] = {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE, "of all its criteria"},
    [M_LEAST] = {"least", OKRUG_NUMBER, OKRUG_UNIT_RUB, "largest of its floors"},
    [M_MOST] = {"most", OKRUG_NUMBER, OKRUG_UNIT_RUB, "smallest of its ceilings and of the costs it pays"},
    [M_RATE] = {"rate", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "lowest that applies, a year"},
    [M_TERM] = {"term", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "years"},
    [M_WORTH] = {"worth", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "benefit of 1 of its amount"},
    [M_CONFIDENCE] = {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, "of the least sure clause"},
    [M_MISSING] = {"missing", OKRUG_TEXT, OKRUG_UNIT_NONE, "what would have to be known"},
    [M_KIND] = {"kind", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [M_EN] = {"en", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [M_RU] = {"ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column limit_columns[] = {OKRUG_SUPPORT_LIMITS};
enum { CRITERIA, PLAN, COMBINATIONS, OFFERS, LIMITS };
static const okrug_output outputs[] = {
    [CRITERIA] = {"criteria", criteria_columns, OKRUG_COUNT_OF(criteria_columns)},
    [PLAN] = {"plan", plan_columns, OKRUG_COUNT_OF(plan_columns)},
    [COMBINATIONS] = {"combinations", combination_columns, OKRUG_COUNT_OF(combination_columns)},
    [OFFERS] = {"measures", measure_columns, OKRUG_COUNT_OF(measure_columns)},
    [LIMITS] = {"limits", limit_columns, OKRUG_COUNT_OF(limit_columns)},
};

static const char *const references[] = {
    "European Commission (2008). Communication on the revision of the method for setting the reference and discount "
    "rates. Official Journal C 14: the grant equivalent of a loan.",
    "Land, A. H., Doig, A. G. (1960). An automatic method of solving discrete programming problems. Econometrica "
    "28(3).",
    NULL,
};

/* ---- Rows ---- */

static double given(double value) {
    return value > 0.0 ? value : (double)NAN;
}

static okrug_status write_offer(const okrug_support_case *c, const okrug_support_tables *t,
                                const okrug_support_how *how, const okrug_offer *o, okrug_table *table, int64_t row) {
    bool judged = o->verdict != OKRUG_NOT_MET;
    okrug_reason none = judged ? OKRUG_NO_ROW : OKRUG_NOT_APPLICABLE;
    OKRUG_TRY(okrug_result_text(table, M_PROJECT, row, okrug_cell_text(c->projects, "project", o->project)));
    OKRUG_TRY(okrug_result_text(table, M_MEASURE, row, okrug_cell_text(t->measures, "measure", o->measure)));
    OKRUG_TRY(okrug_result_text(table, M_VERDICT, row, okrug_verdict_code(o->verdict)));
    OKRUG_TRY(okrug_set_number_or(table, M_LEAST, row, judged ? o->least : (double)NAN, none));
    OKRUG_TRY(okrug_set_number_or(table, M_MOST, row, judged && isfinite(o->most) ? o->most : (double)NAN, none));
    OKRUG_TRY(okrug_set_number_or(table, M_RATE, row, judged ? o->rate : (double)NAN,
                                  o->kind == OKRUG_LOAN ? none : OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, M_TERM, row, judged ? o->term : (double)NAN,
                                  o->kind == OKRUG_SUBSIDY ? OKRUG_NOT_APPLICABLE : none));
    OKRUG_TRY(okrug_set_number_or(table, M_WORTH, row, judged ? okrug_offer_worth(o, how) : (double)NAN, none));
    OKRUG_TRY(okrug_result_text(table, M_CONFIDENCE, row, okrug_confidence_codes[o->confidence]));
    OKRUG_TRY(okrug_result_text(table, M_MISSING, row, o->missing[0] == '\0' ? NULL : o->missing));
    OKRUG_TRY(okrug_result_text(table, M_KIND, row, okrug_cell_text(t->measures, "kind", o->measure)));
    OKRUG_TRY(okrug_result_text(table, M_EN, row, okrug_cell_text(t->measures, "en", o->measure)));
    return okrug_result_text(table, M_RU, row, okrug_cell_text(t->measures, "ru", o->measure));
}

static okrug_status write_taken(const okrug_support_case *c, const okrug_support_tables *t,
                                const okrug_support_plan *plan, int alternative, int64_t i, okrug_table *table) {
    const okrug_offer *o = plan->offer[i];
    double amount = plan->best[alternative].amount[i];
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_result_text(table, P_PROJECT, row, okrug_cell_text(c->projects, "project", o->project)));
    OKRUG_TRY(okrug_result_text(table, P_MEASURE, row, okrug_cell_text(t->measures, "measure", o->measure)));
    OKRUG_TRY(okrug_set_number(table, P_AMOUNT, row, amount));
    OKRUG_TRY(okrug_set_number_or(table, P_RATE, row, o->rate, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, P_TERM, row, o->term, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number(table, P_BENEFIT, row, amount * plan->worth[i]));
    OKRUG_TRY(okrug_result_text(table, P_CONFIDENCE, row, okrug_confidence_codes[o->confidence]));
    OKRUG_TRY(okrug_set_number(table, P_ALTERNATIVE, row, alternative + 1.0));
    OKRUG_TRY(okrug_result_text(table, P_KIND, row, okrug_cell_text(t->measures, "kind", o->measure)));
    return okrug_result_text(table, P_VERDICT, row, okrug_verdict_code(o->verdict));
}

static okrug_status write_alternative(const okrug_support_case *c, const okrug_support_tables *t,
                                      const okrug_support_plan *plan, int k, okrug_dataset *result) {
    okrug_table *table = okrug_dataset_table(result, outputs[COMBINATIONS].name);
    const okrug_support_proof *proof = &plan->best[k].proof;
    okrug_confidence confidence = OKRUG_CERTAIN;
    double taken = 0.0;
    for (int64_t i = 0; i < plan->options; i++) {
        if (plan->best[k].taken[i]) {
            taken += 1.0;
            confidence = plan->offer[i]->confidence > confidence ? plan->offer[i]->confidence : confidence;
            OKRUG_TRY(write_taken(c, t, plan, k, i, okrug_dataset_table(result, outputs[PLAN].name)));
        }
    }
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_number(table, C_ALTERNATIVE, row, k + 1.0));
    OKRUG_TRY(okrug_set_number(table, C_BENEFIT, row, proof->value));
    OKRUG_TRY(okrug_set_number(table, C_BOUND, row, proof->bound));
    OKRUG_TRY(okrug_result_text(table, C_PROVEN, row, proof->proven ? "yes" : "no"));
    OKRUG_TRY(okrug_set_number(table, C_LOSS, row, plan->best[0].proof.value - proof->value));
    OKRUG_TRY(okrug_set_number(table, C_MEASURES, row, taken));
    OKRUG_TRY(okrug_set_number(table, C_NODES, row, (double)proof->nodes));
    return okrug_result_text(table, C_CONFIDENCE, row, taken == 0.0 ? NULL : okrug_confidence_codes[confidence]);
}

/* ---- What the reader should know of the answer ---- */

static void warn_of(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *t,
                    const okrug_support_how *how, int64_t offers, const okrug_offer *offer) {
    bool in_force = false, loans = false, guarantees = false;
    const char *latest = "";
    for (int64_t i = 0; i < offers; i++) {
        bool holds = offer[i].verdict != OKRUG_NOT_MET;
        loans = loans || (holds && offer[i].kind == OKRUG_LOAN);
        guarantees = guarantees || (holds && offer[i].kind == OKRUG_GUARANTEE);
    }
    for (int64_t m = 0; m < t->measures->rows; m++) {
        const char *retrieved = okrug_cell_text(t->measures, "retrieved", m);
        in_force = in_force || okrug_in_force(c->day, okrug_cell_text(t->measures, "effective_from", m),
                                              okrug_cell_text(t->measures, "effective_to", m)) == OKRUG_MET;
        latest = strcmp(retrieved, latest) > 0 ? retrieved : latest;
    }
    okrug_place place = {.file = t->measures->file};
    if (!in_force) {
        okrug_warn(ctx, "no-measure-on-file", &place, "date", c->day, (char *)NULL);
    }
    if (latest[0] != '\0' && strcmp(c->day, latest) > 0) {
        okrug_warn(ctx, "measures-older", &place, "date", c->day, "retrieved", latest, (char *)NULL);
    }
    if (loans && isnan(how->market_rate)) {
        okrug_warn(ctx, "loans-not-valued", NULL, (char *)NULL);
    }
    if (guarantees && isnan(how->guarantee_price)) {
        okrug_warn(ctx, "guarantees-not-valued", NULL, (char *)NULL);
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const support_parameters *p = job->parameters;
    char day[OKRUG_DOMAIN_TEXT];
    OKRUG_TRY(okrug_day_of(ctx, p->date, day));
    if (job->input[INPUT]->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = job->input[INPUT]->file},
                          (char *)NULL);
    }
    const okrug_support_case c = {.projects = job->input[INPUT],
                                  .costs = job->input[COSTS],
                                  .facts = job->input[FACTS],
                                  .positions = job->input[POSITIONS],
                                  .participants = job->input[PARTICIPANTS],
                                  .verdicts = job->input[VERDICTS],
                                  .day = day,
                                  .key_rate = given(p->key_rate)};
    const okrug_support_how how = {.market_rate = given(p->market_rate),
                                   .discount = p->discount > 0.0 ? p->discount : p->market_rate,
                                   .guarantee_price = given(p->guarantee_price),
                                   .repayment =
                                       p->repayment == REPAYMENT_PARTS ? OKRUG_REPAID_IN_PARTS : OKRUG_REPAID_AT_END,
                                   .possible = p->evidence == EVIDENCE_POSSIBLE,
                                   .nodes = p->nodes};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    int64_t offers = c.projects->rows * job->input[MEASURES]->rows;
    for (int k = 0; k < OKRUG_COUNT_OF(outputs); k++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[k], OKRUG_UNIT_NONE, k == OFFERS ? offers : 0, &table[k]));
    }
    const okrug_support_tables t = {job->input[MEASURES], job->input[TERMS], table[CRITERIA], table[LIMITS]};
    OKRUG_TRY(okrug_support_check(ctx, &t));
    okrug_offer *offer = OKRUG_SCRATCH(ctx, offers, okrug_offer);
    if (offer == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < offers; i++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(okrug_support_judge(ctx, &c, &t, i / t.measures->rows, i % t.measures->rows, &offer[i]));
        OKRUG_TRY(write_offer(&c, &t, &how, &offer[i], table[OFFERS], i));
    }
    warn_of(ctx, &c, &t, &how, offers, offer);
    okrug_support_plan plan;
    OKRUG_TRY(okrug_support_combine(ctx, &c, &t, &how, offers, offer, &plan));
    for (int k = 0; k < plan.alternatives; k++) {
        OKRUG_TRY(write_alternative(&c, &t, &plan, k, result));
    }
    return OKRUG_OK;
}

static const char *const shipped[OKRUG_COUNT_OF(inputs)] = {[MEASURES] = "measures", [TERMS] = "measure-terms"};

const okrug_analysis okrug_analysis_support = {
    OKRUG_ANALYSIS_MEMBERS("support", "O(projects * measures * terms) and a search over combinations"),
    .no_grain = "each-alone",
    .shipped = shipped,
};
