/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * instruments: which instruments of cluster policy suit which cluster, each with the condition it was matched by.
 */
#include <math.h>
#include <string.h>

#include <okrug/number.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/support_case.h"

static const okrug_role cluster_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY, ANY),         OKRUG_TEXT_ROLE("organisation", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("stage", OPTIONAL, ANY),      OKRUG_TEXT_ROLE("core", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("principles", OPTIONAL, ANY), OKRUG_NUMBER_ROLE("stars", OPTIONAL, NOT_NEGATIVE, NONE),
};
static const okrug_role facility_roles[] = {
    OKRUG_TEXT_ROLE("facility", KEY, ANY),    OKRUG_TEXT_ROLE("cluster", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("kind", REQUIRED, ANY),   OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
};
static const okrug_role fact_roles[] = {
    OKRUG_TEXT_ROLE("subject", KEY, ANY),
    OKRUG_TEXT_ROLE("fact", KEY, ANY),
    OKRUG_NUMBER_ROLE("value", REQUIRED, ANY, NONE),
};
static const okrug_role instrument_roles[] = {
    OKRUG_TEXT_ROLE("instrument", KEY, ANY),        OKRUG_TEXT_ROLE("direction", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("en", OPTIONAL, ANY),           OKRUG_TEXT_ROLE("ru", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("fact", REQUIRED, ANY),         OKRUG_TEXT_ROLE("relation", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("value", REQUIRED, ANY),        OKRUG_TEXT_ROLE("reason_en", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("reason_ru", OPTIONAL, ANY),    OKRUG_TEXT_ROLE("effective_from", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("effective_to", OPTIONAL, ANY), OKRUG_TEXT_ROLE("clause", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("source", OPTIONAL, ANY),       OKRUG_TEXT_ROLE("retrieved", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("confidence", REQUIRED, ANY),   OKRUG_TEXT_ROLE("clause_ru", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("source_ru", OPTIONAL, ANY),
};
enum { INPUT, FACILITIES, FACTS, INSTRUMENTS };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_TIDY_INPUT("input", true, cluster_roles),
    [FACILITIES] = OKRUG_TIDY_INPUT("facilities", false, facility_roles),
    [FACTS] = OKRUG_TIDY_INPUT("facts", false, fact_roles),
    [INSTRUMENTS] = OKRUG_TIDY_INPUT("instruments", false, instrument_roles),
};

#define INSTRUMENTS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) TEXT(date, "date")
typedef struct {
    OKRUG_PARAMETER_FIELDS(INSTRUMENTS_PARAMETERS)
} instruments_parameters;
#define OKRUG_PARAMETERS instruments_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(INSTRUMENTS_PARAMETERS)};

enum {
    CLUSTER,
    INSTRUMENT,
    VERDICT,
    FACT,
    VALUE,
    REQUIRED,
    EVIDENCE,
    MISSING,
    DIRECTION,
    EN,
    RU,
    REASON_EN,
    REASON_RU,
    CLAUSE,
    SOURCE,
    CONFIDENCE,
    CLAUSE_RU,
    SOURCE_RU
};
static const okrug_output_column match_columns[] = {
    [CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INSTRUMENT] = {"instrument", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VERDICT] = {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE, "met: it suits; not-met; not-enough-evidence"},
    [FACT] = {"fact", OKRUG_TEXT, OKRUG_UNIT_NONE, "what it was matched by"},
    [VALUE] = {"value", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REQUIRED] = {"required", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [EVIDENCE] = {"evidence", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [MISSING] = {"missing", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [DIRECTION] = {"direction", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [EN] = {"en", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [RU] = {"ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REASON_EN] = {"reason_en", OKRUG_TEXT, OKRUG_UNIT_NONE, "why, where it suits"},
    [REASON_RU] = {"reason_ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CLAUSE] = {"clause", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [SOURCE] = {"source", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CONFIDENCE] = {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CLAUSE_RU] = {"clause_ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [SOURCE_RU] = {"source_ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column summary_columns[] = {
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"met", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "instruments that suit"},
    {"not_met", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
    {"not_enough_evidence", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
};
enum { MATCHES, SUMMARY };
static const okrug_output outputs[] = {
    [MATCHES] = {"matches", match_columns, OKRUG_COUNT_OF(match_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Ministry of Economic Development of Russia (2008). Concept of cluster policy.",
    "Belyakova, G. Ya., Batukova, L. R. On improving regional cluster policy under globalisation: the Concept's three "
    "directions.",
    NULL,
};

/* ---- Facts of a cluster ---- */

/* Which kinds of facility a fact counts. */
static const struct {
    const char *fact, *kinds;
} counted[] = {
    {"research-bodies", "university research"},
    {"education-bodies", "university college"},
    {"technology-bodies", "technology"},
};

typedef struct {
    okrug_ctx *ctx;
    const okrug_job *job;
    const char *day;
    int64_t cluster;
} asked;

static okrug_fact unknown(const char *missing) {
    return (okrug_fact){.value = (double)NAN, .source = "", .missing = missing};
}

/* A word of the table: none, no and 0 say that it is not there. */
static okrug_fact of_column(const asked *a, const char *column, bool empty_is_none) {
    const okrug_table *clusters = a->job->input[INPUT];
    const char *text = okrug_cell_text(clusters, column, a->cluster);
    if (okrug_table_column(clusters, column) == NULL || (text[0] == '\0' && !empty_is_none)) {
        return unknown(column);
    }
    bool none = text[0] == '\0' || okrug_word_among("none no 0", text);
    return (okrug_fact){.value = none ? 0.0 : 1.0, .source = column};
}

/* A facility of which no cluster is told may be this one's; it is, where there is no other. */
static okrug_fact count_facilities(const asked *a, const char *kinds) {
    const okrug_table *facilities = a->job->input[FACILITIES];
    bool only = a->job->input[INPUT]->rows == 1;
    const char *cluster = okrug_cell_text(a->job->input[INPUT], "cluster", a->cluster);
    okrug_fact fact = {.value = 0.0, .source = "--facilities"};
    if (facilities == NULL) {
        return unknown("--facilities");
    }
    for (int64_t row = 0; row < facilities->rows; row++) {
        const char *since = okrug_cell_text(facilities, "since", row);
        bool there = okrug_in_force(a->day, since[0] == '\0' ? "0000-00-00" : since,
                                    okrug_cell_text(facilities, "until", row)) == OKRUG_MET;
        bool counts = there && okrug_word_among(kinds, okrug_cell_text(facilities, "kind", row));
        const char *of = okrug_cell_text(facilities, "cluster", row);
        bool own = of[0] == '\0' ? only : strcmp(of, cluster) == 0;
        fact.value += counts && own;
        fact.open += counts && !own && of[0] == '\0';
    }
    return fact;
}

static okrug_fact told(const asked *a, const char *name) {
    const okrug_table *facts = a->job->input[FACTS];
    const char *cluster = okrug_cell_text(a->job->input[INPUT], "cluster", a->cluster);
    for (int64_t row = 0; facts != NULL && row < facts->rows; row++) {
        double value = okrug_cell_number(facts, "value", row);
        if (strcmp(okrug_cell_text(facts, "subject", row), cluster) == 0 &&
            strcmp(okrug_cell_text(facts, "fact", row), name) == 0 && !isnan(value)) {
            return (okrug_fact){.value = value, .source = "--facts"};
        }
    }
    return unknown(name);
}

static okrug_fact fact_of(const asked *a, const char *name) {
    static const char principle[] = "principle.";
    const okrug_table *clusters = a->job->input[INPUT];
    okrug_fact fact = told(a, name); /* what is said outright comes first */
    if (fact.missing == NULL) {
        return fact;
    }
    if (strcmp(name, "stage") == 0) {
        const char *stage = okrug_cell_text(clusters, name, a->cluster);
        return stage[0] == '\0' ? fact : (okrug_fact){.value = (double)NAN, .text = stage, .source = name};
    }
    if (strcmp(name, "core") == 0 || strcmp(name, "organisation") == 0) {
        return of_column(a, name, strcmp(name, "organisation") == 0);
    }
    if (strncmp(name, principle, strlen(principle)) == 0) {
        const char *words = okrug_cell_text(clusters, "principles", a->cluster);
        bool has = okrug_word_among(words, name + strlen(principle));
        return words[0] == '\0' ? unknown("principles")
                                : (okrug_fact){.value = has ? 1.0 : 0.0, .source = "principles"};
    }
    if (strcmp(name, "stars") == 0) {
        double stars = okrug_cell_number(clusters, name, a->cluster);
        return isnan(stars) ? fact : (okrug_fact){.value = stars, .source = name};
    }
    for (int k = 0; k < OKRUG_COUNT_OF(counted); k++) {
        if (strcmp(name, counted[k].fact) == 0) {
            return count_facilities(a, counted[k].kinds);
        }
    }
    return fact;
}

/* ---- Matching ---- */

/* OKRUG_BAD_INPUT: a relation that is none, a value that is no number. */
static okrug_status check(okrug_ctx *ctx, const okrug_table *table) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < table->rows; row++) {
        const char *relation = okrug_cell_text(table, "relation", row), *value = okrug_cell_text(table, "value", row);
        double number = 0.0;
        bool words = strcmp(relation, "in") == 0;
        okrug_place place = okrug_table_place(table, row, NULL);
        if (!words && strcmp(relation, "at-least") != 0 && strcmp(relation, "at-most") != 0) {
            place.column = "relation";
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-one-of", &place, "value", relation, "choices",
                                "at-least at-most in", (char *)NULL);
        } else if (!words && !okrug_number_read(value, strlen(value), &number)) {
            place.column = "value";
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", value, "expected", "number",
                                (char *)NULL);
        }
    }
    return status;
}

static okrug_verdict judge(okrug_fact *fact, const char *relation, const char *value) {
    double limit = 0.0;
    if (fact->missing != NULL) {
        return OKRUG_NOT_ENOUGH_EVIDENCE;
    }
    if (strcmp(relation, "in") == 0) {
        return fact->text != NULL && okrug_word_among(value, fact->text) ? OKRUG_MET : OKRUG_NOT_MET;
    }
    okrug_number_read(value, strlen(value), &limit);
    bool least = okrug_support_holds(fact->value, relation, limit);
    bool most = okrug_support_holds(fact->value + fact->open, relation, limit);
    fact->missing = least == most ? NULL : "--facilities: cluster";
    return least != most ? OKRUG_NOT_ENOUGH_EVIDENCE : least ? OKRUG_MET : OKRUG_NOT_MET;
}

static okrug_status write_match(const asked *a, int64_t instrument, bool in_force, okrug_table *table,
                                okrug_verdict *verdict) {
    const okrug_table *of = a->job->input[INSTRUMENTS];
    const char *name = okrug_cell_text(of, "fact", instrument);
    const char *relation = okrug_cell_text(of, "relation", instrument),
               *value = okrug_cell_text(of, "value", instrument);
    okrug_fact fact = fact_of(a, name);
    *verdict = judge(&fact, relation, value);
    if (!in_force && *verdict == OKRUG_MET) { /* on file with a year or month only, and the day is within */
        *verdict = OKRUG_NOT_ENOUGH_EVIDENCE;
        fact.missing = okrug_in_force_missing(a->day, okrug_cell_text(of, "effective_from", instrument),
                                              okrug_cell_text(of, "effective_to", instrument));
    }
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *known = isnan(fact.value) ? NULL : okrug_text_number(a->ctx, fact.value);
    if (fact.open > 0.0) {
        known = okrug_text(a->ctx, "%s...%s", known, okrug_text_number(a->ctx, fact.value + fact.open));
    }
    known = fact.text != NULL ? fact.text : known;
    const char *const text[] = {
        [CLUSTER] = okrug_cell_text(a->job->input[INPUT], "cluster", a->cluster),
        [INSTRUMENT] = okrug_cell_text(of, "instrument", instrument),
        [VERDICT] = okrug_verdict_code(*verdict),
        [FACT] = name,
        [VALUE] = known,
        [REQUIRED] = okrug_text(a->ctx, "%s %s", relation, value),
        [EVIDENCE] = fact.source == NULL || fact.source[0] == '\0' ? NULL : fact.source,
        [MISSING] = fact.missing,
        [DIRECTION] = okrug_cell_text(of, "direction", instrument),
        [EN] = okrug_cell_text(of, "en", instrument),
        [RU] = okrug_cell_text(of, "ru", instrument),
        [REASON_EN] = *verdict == OKRUG_MET ? okrug_cell_text(of, "reason_en", instrument) : NULL,
        [REASON_RU] = *verdict == OKRUG_MET ? okrug_cell_text(of, "reason_ru", instrument) : NULL,
        [CLAUSE] = okrug_cell_text(of, "clause", instrument),
        [SOURCE] = okrug_cell_text(of, "source", instrument),
        [CONFIDENCE] = okrug_confidence_codes[okrug_confidence_of(okrug_cell_text(of, "confidence", instrument))],
        [CLAUSE_RU] = okrug_cell_text(of, "clause_ru", instrument),
        [SOURCE_RU] = okrug_cell_text(of, "source_ru", instrument),
    };
    for (int column = 0; column < OKRUG_COUNT_OF(text); column++) {
        OKRUG_TRY(okrug_result_text(table, column, row, text[column]));
    }
    return OKRUG_OK;
}

static okrug_status match(const asked *a, okrug_table *matches, okrug_table *summary, int64_t *in_force) {
    const okrug_table *of = a->job->input[INSTRUMENTS];
    double count[3] = {0.0};
    for (int64_t i = 0; i < of->rows; i++) {
        okrug_verdict force =
            okrug_in_force(a->day, okrug_cell_text(of, "effective_from", i), okrug_cell_text(of, "effective_to", i));
        if (force == OKRUG_NOT_MET) {
            continue;
        }
        okrug_verdict verdict = OKRUG_MET;
        OKRUG_TRY(write_match(a, i, force == OKRUG_MET, matches, &verdict));
        count[verdict] += 1.0;
        ++*in_force;
    }
    OKRUG_TRY(okrug_result_text(summary, 0, a->cluster, okrug_cell_text(a->job->input[INPUT], "cluster", a->cluster)));
    for (int k = 0; k < 3; k++) {
        OKRUG_TRY(okrug_set_number(summary, 1 + k, a->cluster, count[k]));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const instruments_parameters *p = job->parameters;
    const okrug_table *clusters = job->input[INPUT];
    char day[OKRUG_DOMAIN_TEXT];
    OKRUG_TRY(okrug_day_of(ctx, p->date, day));
    if (clusters->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = clusters->file}, (char *)NULL);
    }
    OKRUG_TRY(check(ctx, job->input[INSTRUMENTS]));
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    for (int k = 0; k < OKRUG_COUNT_OF(outputs); k++) {
        OKRUG_TRY(
            okrug_result_table(result, &outputs[k], OKRUG_UNIT_NONE, k == SUMMARY ? clusters->rows : 0, &table[k]));
    }
    int64_t in_force = 0;
    for (int64_t c = 0; c < clusters->rows; c++) {
        const asked a = {ctx, job, day, c};
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(match(&a, table[MATCHES], table[SUMMARY], &in_force));
    }
    if (in_force == 0) {
        okrug_warn(ctx, "no-measure-on-file", &(okrug_place){.file = job->input[INSTRUMENTS]->file}, "date", day,
                   (char *)NULL);
    }
    return OKRUG_OK;
}

static const char *const shipped[OKRUG_COUNT_OF(inputs)] = {[INSTRUMENTS] = "instruments"};

const okrug_analysis okrug_analysis_instruments = {
    OKRUG_ANALYSIS_MEMBERS("instruments", "O(clusters * instruments)"),
    .no_grain = "each-alone",
    .shipped = shipped,
};
