/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts of projects, each with where it is from or what is missing.
 */
#include "analyses/support_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/dated.h>

okrug_status okrug_day_of(okrug_ctx *ctx, const char *text, char day[OKRUG_DOMAIN_TEXT]) {
    if (text == NULL || text[0] == '\0') {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "day-needed", NULL, (char *)NULL);
    }
    return okrug_date_read(text, day)
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "not-a-date", NULL, "text", text, (char *)NULL);
}

const char *okrug_cell_text(const okrug_table *table, const char *column, int64_t row) {
    const okrug_column *found = okrug_table_column(table, column);
    const char *text = found == NULL ? NULL : okrug_text_at(found, row);
    return text == NULL ? "" : text;
}

double okrug_cell_number(const okrug_table *table, const char *column, int64_t row) {
    const okrug_column *found = okrug_table_column(table, column);
    okrug_reason reason = found == NULL ? OKRUG_NO_ROW : okrug_reason_at(found, row);
    return reason == OKRUG_PRESENT ? found->number[row] : reason == OKRUG_STRUCTURAL_ZERO ? 0.0 : (double)NAN;
}

/* Below 0: the day is before all that the date may be; above 0: after all; 0: that day, or it cannot be told. */
static int against(const char *day, const char *date) {
    return strncmp(day, date, strlen(date));
}

okrug_verdict okrug_in_force(const char *day, const char *from, const char *to) {
    enum { WHOLE = 10 };
    int begun = against(day, from);
    int ended = to[0] == '\0' ? -1 : against(day, to);
    if (begun < 0 || ended > 0) {
        return OKRUG_NOT_MET;
    }
    bool told = (begun > 0 || strlen(from) == WHOLE) && (ended < 0 || strlen(to) == WHOLE);
    return told ? OKRUG_MET : OKRUG_NOT_ENOUGH_EVIDENCE;
}

const char *okrug_in_force_missing(const char *day, const char *from, const char *to) {
    bool unsure = okrug_in_force(day, from, to) == OKRUG_NOT_ENOUGH_EVIDENCE;
    bool begun = okrug_in_force(day, from, "") == OKRUG_MET;
    return !unsure ? NULL : begun ? "effective_to" : "effective_from";
}

bool okrug_word_among(const char *words, const char *word) {
    size_t length = strlen(word);
    for (const char *at = words; *at != '\0';) {
        size_t next = strcspn(at, " ");
        if (next == length && strncmp(at, word, length) == 0) {
            return true;
        }
        at += next + strspn(at + next, " ");
    }
    return false;
}

bool okrug_support_holds(double value, const char *relation, double limit) {
    const okrug_span span = {value, value};
    bool least = okrug_compared(span, OKRUG_AT_LEAST, limit) == OKRUG_YES;
    bool most = okrug_compared(span, OKRUG_AT_MOST, limit) == OKRUG_YES;
    return strcmp(relation, "at-least") == 0 ? least : strcmp(relation, "at-most") == 0 ? most : least && most;
}

const char *okrug_support_applicant(const okrug_support_case *c, int64_t project) {
    const char *firm = okrug_cell_text(c->projects, "firm", project);
    return firm[0] != '\0' ? firm : okrug_cell_text(c->projects, "project", project);
}

static okrug_fact known(double value, const char *source) {
    return (okrug_fact){.value = value, .source = source};
}

static okrug_fact unknown(const char *missing) {
    return (okrug_fact){.value = (double)NAN, .source = "", .missing = missing};
}

static okrug_fact known_or(double value, const char *source) {
    return isnan(value) ? unknown(source) : known(value, source);
}

static double years_between(const char *start, const char *finish) {
    int from[3], to[3];
    static const int at[3] = {0, 5, 8};
    for (int k = 0; k < 3; k++) {
        from[k] = (int)strtol(start + at[k], NULL, 10);
        to[k] = (int)strtol(finish + at[k], NULL, 10);
    }
    return (to[0] - from[0]) + (to[1] - from[1]) / 12.0 + (to[2] - from[2]) / 365.0;
}

static okrug_fact investment_years(const okrug_support_case *c, int64_t project) {
    const char *start = okrug_cell_text(c->projects, "start", project);
    const char *finish = okrug_cell_text(c->projects, "finish", project);
    bool dated = start[0] != '\0' && finish[0] != '\0' && strcmp(start, finish) <= 0;
    return dated ? known(years_between(start, finish), "start, finish") : unknown("start, finish");
}

/* A listed code stands for all below it: codes of products are read from the left. */
static okrug_fact product_listed(const okrug_support_case *c, int64_t project) {
    const char *product = okrug_cell_text(c->projects, "product", project);
    if (product[0] == '\0' || c->positions == NULL) {
        return unknown(product[0] == '\0' ? "product" : "--positions");
    }
    for (int64_t row = 0; row < c->positions->rows; row++) {
        const char *code = okrug_cell_text(c->positions, "product", row);
        if (strncmp(product, code, strlen(code)) == 0) {
            return known(1.0, "product, --positions");
        }
    }
    return known(0.0, "product, --positions");
}

/* What the facts say of a subject under that name. */
static okrug_fact told(okrug_ctx *ctx, const okrug_table *facts, const char *subject, const char *name) {
    const okrug_column *of = okrug_table_column(facts, "subject"), *fact = okrug_table_column(facts, "fact");
    int32_t who = okrug_words_find(of->words, subject, strlen(subject));
    int32_t what = okrug_words_find(fact->words, name, strlen(name));
    for (int64_t row = 0; who >= 0 && what >= 0 && row < facts->rows; row++) {
        if (of->word[row] == who && fact->word[row] == what) {
            return known_or(okrug_cell_number(facts, "value", row), okrug_text(ctx, "--facts: %s, %s", subject, name));
        }
    }
    return unknown(name);
}

static okrug_fact told_of_project(okrug_ctx *ctx, const okrug_support_case *c, int64_t project, const char *name) {
    static const char *const who[] = {"project", "firm", "cluster"};
    okrug_fact fact = unknown(name);
    for (int k = 0; k < OKRUG_COUNT_OF(who) && c->facts != NULL && fact.missing != NULL; k++) {
        const char *subject = okrug_cell_text(c->projects, who[k], project);
        if (subject[0] != '\0') {
            fact = told(ctx, c->facts, subject, name);
        }
    }
    return fact;
}

/* Whether the firm is in the cluster on that day; NOT_EVIDENCED without a list. */
static okrug_verdict is_participant(const okrug_support_case *c, const char *cluster, const char *firm) {
    if (c->participants == NULL || firm[0] == '\0') {
        return OKRUG_NOT_ENOUGH_EVIDENCE;
    }
    for (int64_t row = 0; row < c->participants->rows; row++) {
        const char *since = okrug_cell_text(c->participants, "since", row);
        if (strcmp(okrug_cell_text(c->participants, "cluster", row), cluster) == 0 &&
            strcmp(okrug_cell_text(c->participants, "firm", row), firm) == 0 &&
            okrug_in_force(c->day, since[0] == '\0' ? "0000-00-00" : since,
                           okrug_cell_text(c->participants, "until", row)) == OKRUG_MET) {
            return OKRUG_MET;
        }
    }
    return OKRUG_NOT_MET;
}

/* That the criteria are met is no entry in the register; that they are not met rules one out. */
static okrug_fact cluster_registered(okrug_ctx *ctx, const okrug_support_case *c, int64_t project) {
    const char *cluster = okrug_cell_text(c->projects, "cluster", project);
    if (cluster[0] == '\0') {
        return okrug_table_column(c->projects, "cluster") == NULL ? unknown("cluster") : known(0.0, "cluster");
    }
    okrug_verdict in = is_participant(c, cluster, okrug_cell_text(c->projects, "firm", project));
    if (in == OKRUG_NOT_MET) {
        return known(0.0, "--participants");
    }
    okrug_fact fact = told_of_project(ctx, c, project, "cluster-registered");
    if (fact.missing == NULL) {
        return in == OKRUG_MET || c->participants == NULL ? fact : unknown("firm");
    }
    for (int64_t row = 0; c->verdicts != NULL && row < c->verdicts->rows; row++) {
        if (strcmp(okrug_cell_text(c->verdicts, "cluster", row), cluster) == 0 &&
            strcmp(okrug_cell_text(c->verdicts, "verdict", row), okrug_verdict_code(OKRUG_NOT_MET)) == 0) {
            return known(0.0, "--verdicts");
        }
    }
    return fact;
}

static okrug_fact cost_of(okrug_ctx *ctx, const okrug_support_case *c, int64_t project, const char *kind) {
    const char *code = okrug_cell_text(c->projects, "project", project);
    for (int64_t row = 0; c->costs != NULL && row < c->costs->rows; row++) {
        if (strcmp(okrug_cell_text(c->costs, "project", row), code) == 0 &&
            strcmp(okrug_cell_text(c->costs, "kind", row), kind) == 0) {
            return known_or(okrug_cell_number(c->costs, "amount", row), okrug_text(ctx, "--costs: %s", kind));
        }
    }
    return unknown(okrug_text(ctx, "--costs: %s", kind));
}

okrug_fact okrug_support_fact(okrug_ctx *ctx, const okrug_support_case *c, int64_t project, const char *name) {
    static const char costs[] = "cost.";
    double budget = okrug_cell_number(c->projects, "budget", project);
    double own = okrug_cell_number(c->projects, "own_funds", project);
    if (strcmp(name, "budget") == 0) {
        return known_or(budget, "budget");
    }
    if (strcmp(name, "own-funds") == 0) {
        return known_or(own, "own_funds");
    }
    if (strcmp(name, "own-share") == 0) {
        return known_or(budget > 0.0 ? own / budget : (double)NAN, "own_funds, budget");
    }
    if (strcmp(name, "need") == 0) {
        return known_or(budget - own < 0.0 ? 0.0 : budget - own, "budget, own_funds");
    }
    if (strcmp(name, "key-rate") == 0) {
        return known_or(c->key_rate, "--key-rate");
    }
    if (strcmp(name, "region") == 0) {
        const char *region = okrug_cell_text(c->projects, "region", project);
        okrug_fact fact = unknown("region");
        return region[0] == '\0' ? fact : (okrug_fact){.value = (double)NAN, .text = region, .source = "region"};
    }
    if (strcmp(name, "investment-years") == 0) {
        return investment_years(c, project);
    }
    if (strcmp(name, "product-listed") == 0) {
        return product_listed(c, project);
    }
    if (strcmp(name, "cluster-registered") == 0) {
        return cluster_registered(ctx, c, project);
    }
    return strncmp(name, costs, strlen(costs)) == 0 ? cost_of(ctx, c, project, name + strlen(costs))
                                                    : told_of_project(ctx, c, project, name);
}
