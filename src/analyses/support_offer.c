/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The terms of a measure held against a project. A condition that cannot be told whether it applies ("when") is taken
 * at its strictest: a limit holds, a better rate does not.
 */
#include "analyses/support_offer.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_support_case *c;
    const okrug_support_tables *t;
    okrug_offer *offer;
} judge;

/* A row of the terms, read. */
typedef struct {
    const char *id, *target, *relation, *text, *each, *clause, *clause_ru;
    okrug_confidence confidence;
    okrug_verdict applies;
    double limit;        /* coefficient x fact + add; NaN: not known */
    double coefficient;  /* of the loan left to the market; NaN where the fact is another */
    const char *missing; /* what the limit would need; NULL: nothing */
} term;

bool okrug_term_holds(const okrug_support_case *c, const okrug_support_tables *tables, int64_t row, int64_t measure) {
    const char *from = okrug_cell_text(tables->terms, "effective_from", row);
    const char *to = okrug_cell_text(tables->terms, "effective_to", row);
    return strcmp(okrug_cell_text(tables->terms, "measure", row),
                  okrug_cell_text(tables->measures, "measure", measure)) == 0 &&
           okrug_in_force(c->day, from[0] == '\0' ? "0000-00-00" : from, to) != OKRUG_NOT_MET;
}

static okrug_verdict applies(const judge *j, const char *when) {
    if (when[0] == '\0') {
        return OKRUG_MET;
    }
    okrug_fact fact = okrug_support_fact(j->ctx, j->c, j->offer->project, when);
    return fact.missing != NULL ? OKRUG_NOT_ENOUGH_EVIDENCE : fact.value > 0.0 ? OKRUG_MET : OKRUG_NOT_MET;
}

static term read_term(const judge *j, int64_t row) {
    const okrug_table *terms = j->t->terms;
    const char *fact = okrug_cell_text(terms, "fact", row);
    double coefficient = okrug_cell_number(terms, "coefficient", row), add = okrug_cell_number(terms, "add", row);
    term t = {.id = okrug_cell_text(terms, "term", row),
              .target = okrug_cell_text(terms, "target", row),
              .relation = okrug_cell_text(terms, "relation", row),
              .text = okrug_cell_text(terms, "text", row),
              .each = okrug_cell_text(terms, "each", row),
              .clause = okrug_cell_text(terms, "clause", row),
              .clause_ru = okrug_cell_text(terms, "clause_ru", row),
              .confidence = okrug_confidence_of(okrug_cell_text(terms, "confidence", row)),
              .applies = applies(j, okrug_cell_text(terms, "when", row)),
              .limit = isnan(add) ? 0.0 : add,
              .coefficient = (double)NAN};
    if (strcmp(fact, "market-loan") == 0) {
        t.coefficient = coefficient;
        okrug_fact need = okrug_support_fact(j->ctx, j->c, j->offer->project, "need");
        t.limit += coefficient * need.value;
        t.missing = need.missing;
    } else if (fact[0] != '\0') {
        okrug_fact of = okrug_support_fact(j->ctx, j->c, j->offer->project, fact);
        t.limit += coefficient * of.value;
        t.missing = of.missing;
    }
    return t;
}

static void lack(const judge *j, const char *missing) {
    okrug_offer *o = j->offer;
    if (strstr(o->missing, missing) == NULL) {
        o->missing = okrug_text_listed(j->ctx, o->missing, missing);
    }
    o->verdict = o->verdict == OKRUG_NOT_MET ? OKRUG_NOT_MET : OKRUG_NOT_ENOUGH_EVIDENCE;
}

static void rely(const judge *j, okrug_confidence confidence) {
    j->offer->confidence = confidence > j->offer->confidence ? confidence : j->offer->confidence;
}

/* ---- Conditions ---- */

typedef struct {
    const char *criterion, *target, *relation, *clause, *clause_ru, *evidence, *missing;
    okrug_verdict verdict;
    double value, required;
    okrug_confidence confidence;
} criterion;

static okrug_status add_criterion(const judge *j, const criterion *k) {
    okrug_table *table = j->t->criteria;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    if (k->verdict == OKRUG_NOT_ENOUGH_EVIDENCE) {
        lack(j, k->missing == NULL ? k->target : k->missing);
    } else if (k->verdict == OKRUG_NOT_MET) {
        j->offer->verdict = OKRUG_NOT_MET;
    }
    rely(j, k->confidence);
    const char *const text[] = {k->criterion,
                                j->c->day,
                                okrug_verdict_code(k->verdict),
                                NULL,
                                NULL,
                                k->clause,
                                okrug_confidence_codes[k->confidence],
                                k->evidence,
                                okrug_cell_text(j->c->projects, "project", j->offer->project),
                                okrug_cell_text(j->t->measures, "measure", j->offer->measure),
                                k->target,
                                k->relation,
                                k->missing,
                                k->clause_ru};
    for (int column = 0; column < OKRUG_COUNT_OF(text); column++) {
        if (column == 3 || column == 4) {
            OKRUG_TRY(okrug_set_number_or(table, column, row, column == 3 ? k->value : k->required,
                                          k->missing == NULL ? OKRUG_NOT_APPLICABLE : OKRUG_NO_ROW));
        } else {
            OKRUG_TRY(okrug_result_text(table, column, row, text[column]));
        }
    }
    return OKRUG_OK;
}

/* Digits (OKTMO, number of a region) or letters as in ISO 3166-2. */
static bool is_region_code(const char *text) {
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    return text[letters + strspn(text + letters, "0123456789")] == '\0';
}

/* Whether OKTMO says that a municipality lies in a region of the list: its first two digits are those of the region,
 * whose other six are 0. */
static bool is_within(const char *words, const char *code) {
    size_t length = strspn(code, "0123456789");
    if (code[length] != '\0' || (length != 8 && length != 11)) {
        return false;
    }
    char region[] = {code[0], code[1], '0', '0', '0', '0', '0', '0', '\0'};
    return okrug_word_among(words, region);
}

static bool is_among(const term *t, const char *text) {
    return text != NULL &&
           (okrug_word_among(t->text, text) || (strcmp(t->target, "region") == 0 && is_within(t->text, text)));
}

static okrug_status judge_condition(const judge *j, const term *t) {
    okrug_fact fact = okrug_support_fact(j->ctx, j->c, j->offer->project, t->target);
    const char *missing = fact.missing != NULL ? fact.missing : t->missing;
    bool words = strcmp(t->relation, "in") == 0;
    bool holds = words ? is_among(t, fact.text) : okrug_support_holds(fact.value, t->relation, t->limit);
    if (words && !holds && missing == NULL && strcmp(t->target, "region") == 0 && !is_region_code(fact.text)) {
        missing = "region"; /* a name: whether it is the region that is meant cannot be told from it */
    }
    okrug_verdict verdict = missing != NULL                           ? OKRUG_NOT_ENOUGH_EVIDENCE
                            : holds                                   ? OKRUG_MET
                            : t->applies == OKRUG_NOT_ENOUGH_EVIDENCE ? OKRUG_NOT_ENOUGH_EVIDENCE
                                                                      : OKRUG_NOT_MET;
    const criterion k = {.criterion = t->id,
                         .target = t->target,
                         .relation = words ? okrug_text(j->ctx, "in %s", t->text) : t->relation,
                         .clause = t->clause,
                         .clause_ru = t->clause_ru,
                         .evidence =
                             fact.text != NULL ? okrug_text(j->ctx, "%s: %s", fact.source, fact.text) : fact.source,
                         .missing = missing,
                         .verdict = verdict,
                         .value = fact.value,
                         .required = words ? (double)NAN : t->limit,
                         .confidence = t->confidence};
    return add_criterion(j, &k);
}

static okrug_status judge_dates(const judge *j) {
    const okrug_table *m = j->t->measures;
    int64_t row = j->offer->measure;
    const char *from = okrug_cell_text(m, "effective_from", row), *to = okrug_cell_text(m, "effective_to", row);
    const criterion k = {.criterion = "in-force",
                         .target = "date",
                         .relation = okrug_text(j->ctx, "%s/%s", from[0] == '\0' ? "?" : from, to),
                         .clause = okrug_cell_text(m, "clause", row),
                         .clause_ru = okrug_cell_text(m, "clause_ru", row),
                         .evidence = okrug_cell_text(m, "source", row),
                         .missing = okrug_in_force_missing(j->c->day, from, to),
                         .verdict = okrug_in_force(j->c->day, from, to),
                         .value = (double)NAN,
                         .required = (double)NAN,
                         .confidence = okrug_confidence_of(okrug_cell_text(m, "confidence", row))};
    return add_criterion(j, &k);
}

/* No measure brings more than the project needs, or more than its budget where its own funds are not known; one that
 * pays costs of a kind bounds itself by them too. Who needs nothing has no costs to be paid. */
static okrug_status judge_costs(const judge *j) {
    const okrug_table *m = j->t->measures;
    const char *pays = okrug_cell_text(m, "pays", j->offer->measure);
    const char *name = "need";
    okrug_fact cost = okrug_support_fact(j->ctx, j->c, j->offer->project, name);
    if (cost.missing != NULL) {
        name = "budget";
        cost = okrug_support_fact(j->ctx, j->c, j->offer->project, name);
    }
    j->offer->most = cost.missing == NULL ? fmin(j->offer->most, cost.value) : j->offer->most;
    bool needs = cost.missing != NULL || cost.value > 0.0;
    if (needs && pays[0] != '\0' && strcmp(pays, "all") != 0) {
        name = okrug_text(j->ctx, "cost.%s", pays);
        cost = okrug_support_fact(j->ctx, j->c, j->offer->project, name);
        j->offer->most = cost.missing == NULL ? fmin(j->offer->most, cost.value) : j->offer->most;
    }
    const criterion k = {.criterion = "costs",
                         .target = name,
                         .relation = "above",
                         .clause = okrug_cell_text(m, "clause", j->offer->measure),
                         .clause_ru = okrug_cell_text(m, "clause_ru", j->offer->measure),
                         .evidence = cost.source,
                         .missing = cost.missing,
                         .verdict = cost.missing != NULL ? OKRUG_NOT_ENOUGH_EVIDENCE
                                    : cost.value > 0.0   ? OKRUG_MET
                                                         : OKRUG_NOT_MET,
                         .value = cost.value,
                         .required = 0.0,
                         .confidence = okrug_confidence_of(okrug_cell_text(m, "confidence", j->offer->measure))};
    return add_criterion(j, &k);
}

/* ---- Limits ---- */

static okrug_status add_limit(const judge *j, const term *t) {
    okrug_table *table = j->t->limits;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *const text[] = {okrug_cell_text(j->c->projects, "project", j->offer->project),
                                okrug_cell_text(j->t->measures, "measure", j->offer->measure),
                                t->id,
                                t->target,
                                t->relation,
                                NULL,
                                t->each[0] == '\0' ? "project" : t->each,
                                t->clause,
                                okrug_confidence_codes[t->confidence],
                                t->missing,
                                t->clause_ru};
    for (int column = 0; column < OKRUG_COUNT_OF(text); column++) {
        OKRUG_TRY(column == 5 ? okrug_set_number_or(table, column, row, t->limit, OKRUG_NO_ROW)
                              : okrug_result_text(table, column, row, text[column]));
    }
    return OKRUG_OK;
}

static void bound_amount(const judge *j, const term *t) {
    okrug_offer *o = j->offer;
    bool least = strcmp(t->relation, "at-least") == 0;
    if (!isnan(t->coefficient)) { /* depends on what else is taken: only the most of it bounds here */
        o->cover_least = least ? t->coefficient : o->cover_least;
        o->cover_most = least ? o->cover_most : t->coefficient;
        o->most = least ? o->most : fmin(o->most, t->limit);
    } else if (least) {
        o->least = fmax(o->least, t->limit);
    } else {
        o->most = fmin(o->most, t->limit);
    }
}

/* What is better than another for who asks: a lower rate. */
static okrug_status judge_limit(const judge *j, const term *t, okrug_confidence *of_rate) {
    okrug_offer *o = j->offer;
    OKRUG_TRY(add_limit(j, t));
    bool rate = strcmp(t->target, "rate") == 0;
    if (rate && t->applies == OKRUG_NOT_ENOUGH_EVIDENCE) {
        return OKRUG_OK;
    }
    if (t->missing != NULL) {
        lack(j, t->missing);
    } else if (rate) {
        if (isnan(o->rate) || t->limit < o->rate) {
            o->rate = t->limit;
            *of_rate = t->confidence;
        }
        return OKRUG_OK;
    } else if (strcmp(t->target, "amount") == 0) {
        bound_amount(j, t);
    } else if (strcmp(t->relation, "at-least") == 0) {
        o->term_least = fmax(o->term_least, t->limit);
    } else {
        o->term = isnan(o->term) ? t->limit : fmin(o->term, t->limit);
    }
    rely(j, t->confidence);
    return OKRUG_OK;
}

static okrug_support_kind kind_of(const char *code) {
    return strcmp(code, "subsidy") == 0 ? OKRUG_SUBSIDY : strcmp(code, "loan") == 0 ? OKRUG_LOAN : OKRUG_GUARANTEE;
}

static bool is_limit(const char *target) {
    return strcmp(target, "amount") == 0 || strcmp(target, "rate") == 0 || strcmp(target, "term") == 0;
}

/* The largest amount and the longest term that the measure asks for at least. */
typedef struct {
    term amount, term;
} floors;

static void note_floor(const judge *j, const term *t, floors *of) {
    if (strcmp(t->relation, "at-least") != 0 || t->missing != NULL || !isnan(t->coefficient)) {
        return;
    }
    if (strcmp(t->target, "amount") == 0 && t->limit == j->offer->least) {
        of->amount = *t;
    } else if (strcmp(t->target, "term") == 0 && t->limit == j->offer->term_least) {
        of->term = *t;
    }
}

/* What can be had is below what the measure asks for: a condition that is not met, as others are. */
static okrug_status judge_floor(const judge *j, const term *t, double value, double required) {
    const criterion k = {.criterion = t->id,
                         .target = t->target,
                         .relation = t->relation,
                         .clause = t->clause,
                         .clause_ru = t->clause_ru,
                         .evidence = "",
                         .verdict = OKRUG_NOT_MET,
                         .value = value,
                         .required = required,
                         .confidence = t->confidence};
    return add_criterion(j, &k);
}

okrug_status okrug_support_judge(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *tables,
                                 int64_t project, int64_t measure, okrug_offer *offer) {
    const judge j = {ctx, c, tables, offer};
    *offer = (okrug_offer){.project = project,
                           .measure = measure,
                           .kind = kind_of(okrug_cell_text(tables->measures, "kind", measure)),
                           .most = (double)INFINITY,
                           .rate = (double)NAN,
                           .term = (double)NAN,
                           .cover_least = (double)NAN,
                           .cover_most = (double)NAN,
                           .missing = ""};
    OKRUG_TRY(judge_dates(&j));
    if (offer->verdict == OKRUG_NOT_MET) { /* not in force: its terms say nothing */
        return OKRUG_OK;
    }
    OKRUG_TRY(judge_costs(&j));
    okrug_confidence of_rate = OKRUG_CERTAIN;
    floors least = {0};
    for (int64_t row = 0; row < tables->terms->rows; row++) {
        if (!okrug_term_holds(c, tables, row, measure)) {
            continue;
        }
        term t = read_term(&j, row);
        if (t.applies == OKRUG_NOT_MET || strcmp(t.target, "excludes") == 0) {
            continue;
        }
        OKRUG_TRY(is_limit(t.target) ? judge_limit(&j, &t, &of_rate) : judge_condition(&j, &t));
        note_floor(&j, &t, &least);
    }
    rely(&j, of_rate);
    if (offer->kind != OKRUG_SUBSIDY && isnan(offer->term) && strstr(offer->missing, "term") == NULL) {
        offer->missing = okrug_text_listed(ctx, offer->missing, "term"); /* it may be had, but not valued */
    }
    if (offer->least > offer->most && okrug_support_holds(offer->most, "at-least", offer->least)) {
        offer->least = offer->most; /* but for rounding */
    }
    if (offer->least > offer->most) {
        OKRUG_TRY(judge_floor(&j, &least.amount, offer->most, offer->least));
    }
    if (!isnan(offer->term) && !okrug_support_holds(offer->term, "at-least", offer->term_least)) {
        OKRUG_TRY(judge_floor(&j, &least.term, offer->term, offer->term_least));
    }
    return OKRUG_OK;
}
