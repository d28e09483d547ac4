/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The terms of a measure held against a project. A condition that cannot be told whether it applies ("when") is taken
 * at its strictest: a limit holds, a better rate does not.
 */
#include "analyses/support_judge.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

bool okrug_term_holds(const okrug_support_case *c, const okrug_support_tables *tables, int64_t row, int64_t measure) {
    const char *from = okrug_cell_text(tables->terms, "effective_from", row);
    const char *to = okrug_cell_text(tables->terms, "effective_to", row);
    return strcmp(okrug_cell_text(tables->terms, "measure", row),
                  okrug_cell_text(tables->measures, "measure", measure)) == 0 &&
           okrug_in_force(c->day, from[0] == '\0' ? "0000-00-00" : from, to) != OKRUG_NOT_MET;
}

static okrug_verdict applies(const okrug_judge *j, const char *when) {
    if (when[0] == '\0') {
        return OKRUG_MET;
    }
    okrug_fact fact = okrug_support_fact(j->ctx, j->c, j->offer->project, when);
    return fact.missing != NULL ? OKRUG_NOT_ENOUGH_EVIDENCE : fact.value > 0.0 ? OKRUG_MET : OKRUG_NOT_MET;
}

static okrug_term read_term(const okrug_judge *j, int64_t row) {
    const okrug_table *terms = j->t->terms;
    const char *fact = okrug_cell_text(terms, "fact", row);
    double coefficient = okrug_cell_number(terms, "coefficient", row), add = okrug_cell_number(terms, "add", row);
    okrug_term t = {.id = okrug_cell_text(terms, "term", row),
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

void okrug_support_lack(const okrug_judge *j, const char *missing) {
    okrug_offer *o = j->offer;
    if (strstr(o->missing, missing) == NULL) {
        o->missing = okrug_text_listed(j->ctx, o->missing, missing);
    }
    o->verdict = o->verdict == OKRUG_NOT_MET ? OKRUG_NOT_MET : OKRUG_NOT_ENOUGH_EVIDENCE;
}

void okrug_support_rely(const okrug_judge *j, okrug_confidence confidence) {
    j->offer->confidence = confidence > j->offer->confidence ? confidence : j->offer->confidence;
}

/* ---- Conditions ---- */

okrug_status okrug_support_add_criterion(const okrug_judge *j, const okrug_criterion *k) {
    okrug_table *table = j->t->criteria;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    if (k->verdict == OKRUG_NOT_ENOUGH_EVIDENCE) {
        okrug_support_lack(j, k->missing == NULL ? k->target : k->missing);
    } else if (k->verdict == OKRUG_NOT_MET) {
        j->offer->verdict = OKRUG_NOT_MET;
    }
    okrug_support_rely(j, k->confidence);
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

static bool is_among(const okrug_term *t, const char *text) {
    return text != NULL &&
           (okrug_word_among(t->text, text) || (strcmp(t->target, "region") == 0 && is_within(t->text, text)));
}

static okrug_status judge_condition(const okrug_judge *j, const okrug_term *t) {
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
    const okrug_criterion k = {.criterion = t->id,
                               .target = t->target,
                               .relation = words ? okrug_text(j->ctx, "in %s", t->text) : t->relation,
                               .clause = t->clause,
                               .clause_ru = t->clause_ru,
                               .evidence = fact.text != NULL ? okrug_text(j->ctx, "%s: %s", fact.source, fact.text)
                                                             : fact.source,
                               .missing = missing,
                               .verdict = verdict,
                               .value = fact.value,
                               .required = words ? (double)NAN : t->limit,
                               .confidence = t->confidence};
    return okrug_support_add_criterion(j, &k);
}

static okrug_status judge_dates(const okrug_judge *j) {
    const okrug_table *m = j->t->measures;
    int64_t row = j->offer->measure;
    const char *from = okrug_cell_text(m, "effective_from", row), *to = okrug_cell_text(m, "effective_to", row);
    const okrug_criterion k = {.criterion = "in-force",
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
    return okrug_support_add_criterion(j, &k);
}

/* No measure brings more than the project needs, or more than its budget where its own funds are not known; one that
 * pays costs of a kind bounds itself by them too. Who needs nothing has no costs to be paid. */
static okrug_status judge_costs(const okrug_judge *j) {
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
    const okrug_criterion k = {.criterion = "costs",
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
    return okrug_support_add_criterion(j, &k);
}

static okrug_support_kind kind_of(const char *code) {
    return strcmp(code, "subsidy") == 0 ? OKRUG_SUBSIDY : strcmp(code, "loan") == 0 ? OKRUG_LOAN : OKRUG_GUARANTEE;
}

static bool is_limit(const char *target) {
    return strcmp(target, "amount") == 0 || strcmp(target, "rate") == 0 || strcmp(target, "term") == 0;
}

okrug_status okrug_support_judge(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *tables,
                                 int64_t project, int64_t measure, okrug_offer *offer) {
    const okrug_judge j = {ctx, c, tables, offer};
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
    okrug_floors least = {0};
    for (int64_t row = 0; row < tables->terms->rows; row++) {
        if (!okrug_term_holds(c, tables, row, measure)) {
            continue;
        }
        okrug_term t = read_term(&j, row);
        if (t.applies == OKRUG_NOT_MET || strcmp(t.target, "excludes") == 0) {
            continue;
        }
        OKRUG_TRY(is_limit(t.target) ? okrug_support_judge_limit(&j, &t, &of_rate) : judge_condition(&j, &t));
        okrug_support_note_floor(&j, &t, &least);
    }
    okrug_support_rely(&j, of_rate);
    if (offer->kind != OKRUG_SUBSIDY && isnan(offer->term) && strstr(offer->missing, "term") == NULL) {
        offer->missing = okrug_text_listed(ctx, offer->missing, "term"); /* it may be had, but not valued */
    }
    if (offer->least > offer->most && okrug_support_holds(offer->most, "at-least", offer->least)) {
        offer->least = offer->most; /* but for rounding */
    }
    if (offer->least > offer->most) {
        OKRUG_TRY(okrug_support_judge_floor(&j, &least.amount, offer->most, offer->least));
    }
    if (!isnan(offer->term) && !okrug_support_holds(offer->term, "at-least", offer->term_least)) {
        OKRUG_TRY(okrug_support_judge_floor(&j, &least.term, offer->term, offer->term_least));
    }
    return OKRUG_OK;
}
