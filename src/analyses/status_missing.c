/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which evidence a verdict rests on, and which is missing.
 */
#include "analyses/status_rows.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

/* ---- Evidence ---- */

enum { HAS = 1 };
#define BIT(input) (HAS << OKRUG_OF_##input)
static const int needs[OKRUG_MEASURES_COUNT] = {
    [OKRUG_MEASURE_PARTICIPANT_SHARE] = BIT(CONTRACTS) | BIT(ACCOUNTS),
    [OKRUG_MEASURE_GENERAL_DEPENDENCE] = BIT(CONTRACTS) | BIT(ACCOUNTS),
    [OKRUG_MEASURE_MEAN_DEPENDENCE] = BIT(CONTRACTS) | BIT(ACCOUNTS),
    [OKRUG_MEASURE_PARTICIPANTS] = BIT(PARTICIPANTS),
    [OKRUG_MEASURE_NON_PRODUCING] = BIT(PARTICIPANTS),
    [OKRUG_MEASURE_NON_PRODUCING_IDLE] = BIT(PARTICIPANTS),
    [OKRUG_MEASURE_WITHOUT_CONTRACT] = BIT(PARTICIPANTS) | BIT(CONTRACTS),
    [OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE] = BIT(PARTICIPANTS),
    [OKRUG_MEASURE_END_PRODUCT_MAKERS] = BIT(PARTICIPANTS) | BIT(PRODUCTS),
    [OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE] = BIT(ACCOUNTS),
    [OKRUG_MEASURE_REGIONS] = BIT(FIRMS),
    [OKRUG_MEASURE_PARTICIPANT_ROLES] = BIT(PARTICIPANTS),
    [OKRUG_MEASURE_FACILITIES] = BIT(FACILITIES),
    [OKRUG_MEASURE_DECLARED] = BIT(FACTS),
};

static const char *name_of_input(int i) {
    return i == OKRUG_OF_PARTICIPANTS ? "participants" : okrug_evidence_input[i].name;
}

/* "contracts; accounts=none; known=8/10; of=technology" */
const char *okrug_status_evidence(okrug_ctx *ctx, const okrug_case *one, const okrug_rule *rule, bool uncertain) {
    if (rule == NULL) {
        return NULL;
    }
    const char *text = "";
    for (int i = 0; i < OKRUG_EVIDENCE_INPUTS; i++) {
        if (needs[rule->measure] & (HAS << i)) {
            text = okrug_text(ctx, "%s%s%s%s", text, text[0] == '\0' ? "" : "; ", name_of_input(i),
                              one->ev->table[i] == NULL ? "=none" : "");
        }
    }
    if (one->unknown[rule->measure] > 0) {
        int64_t n = one->members.group.participants;
        text = okrug_text(ctx, "%s; known=%lld/%lld", text, (long long)(n - one->unknown[rule->measure]), (long long)n);
    }
    if (one->set->slot_of[rule->slot] != NULL) {
        text = okrug_text(ctx, "%s; of=%s", text, one->set->slot_of[rule->slot]);
    }
    return uncertain ? okrug_text(ctx, "%s; condition=unknown", text) : text;
}

static okrug_status write_missing_row(okrug_table *table, const char *cluster, const char *criterion,
                                      const char *evidence, int64_t firms, const char *list) {
    int64_t row;
    OKRUG_TRY(okrug_status_row(table, &row));
    const char *const text[] = {cluster, criterion, evidence, list};
    static const int column[] = {0, 1, 2, 4};
    OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
    return okrug_set_number_or(table, 3, row, firms < 0 ? (double)NAN : (double)firms, OKRUG_NOT_APPLICABLE);
}

/* Some of the participants that leave a measure open. */
static const char *open_firms(okrug_ctx *ctx, const okrug_case *one, okrug_measure measure) {
    enum { NAMED = 5 };
    const okrug_column *firm = okrug_table_column(one->ev->table[OKRUG_OF_PARTICIPANTS], "firm");
    const char *list = "";
    int64_t found = 0;
    for (int64_t i = 0; i < one->members.group.participants; i++) {
        okrug_span share = one->shares.share[i];
        bool open = measure == OKRUG_MEASURE_PARTICIPANT_SHARE || measure == OKRUG_MEASURE_GENERAL_DEPENDENCE ||
                            measure == OKRUG_MEASURE_MEAN_DEPENDENCE
                        ? one->members.producing[i] != OKRUG_NO &&
                              (share.lo != share.hi || one->members.producing[i] == OKRUG_UNKNOWN)
                    : measure == OKRUG_MEASURE_WITHOUT_CONTRACT ? one->shares.has_contract[i] == OKRUG_UNKNOWN
                                                                : false;
        found += open;
        if (open && found <= NAMED) {
            list = okrug_text_listed(ctx, list, okrug_words_text(firm->words, one->members.firm[i]));
        }
    }
    return found == 0 ? NULL : okrug_text_curtailed(ctx, list, NAMED, found);
}

okrug_status okrug_status_write_missing(okrug_ctx *ctx, const okrug_case *one, okrug_table *table) {
    for (int64_t c = 0; c < one->set->criteria; c++) {
        const okrug_judgement *j = &one->judgement[c];
        if (j->verdict != OKRUG_NOT_ENOUGH_EVIDENCE) {
            continue;
        }
        const okrug_rule *rule = &one->set->rule[j->rule];
        const char *criterion = okrug_rule_set_text(one->set, "criterion", one->set->row[j->rule]);
        int64_t firms = one->unknown[rule->measure];
        bool absent = false;
        for (int i = 0; i < OKRUG_EVIDENCE_INPUTS; i++) {
            if ((needs[rule->measure] & (HAS << i)) && one->ev->table[i] == NULL) {
                absent = true;
                OKRUG_TRY(
                    write_missing_row(table, one->cluster, criterion, name_of_input(i), firms > 0 ? firms : -1, NULL));
            }
        }
        for (int i = 0; i < OKRUG_EVIDENCE_INPUTS && !absent; i++) {
            if ((needs[rule->measure] & (HAS << i)) && (firms > 0 || !j->uncertain)) {
                OKRUG_TRY(write_missing_row(table, one->cluster, criterion, name_of_input(i), firms > 0 ? firms : -1,
                                            open_firms(ctx, one, rule->measure)));
            }
        }
        if (j->uncertain) {
            OKRUG_TRY(write_missing_row(table, one->cluster, criterion,
                                        okrug_rule_set_text(one->set, "when_measure", one->set->row[j->rule]),
                                        one->unknown[rule->when_measure], NULL));
        }
    }
    return OKRUG_OK;
}

/* ---- Groups without participants ---- */

static const char *name_of_group(okrug_ctx *ctx, const okrug_table *input, int64_t row) {
    static const char *const parts[] = {"cluster", "region", "industry"};
    const char *name = "";
    for (int i = 0; i < OKRUG_COUNT_OF(parts); i++) {
        const okrug_column *column = okrug_table_column(input, parts[i]);
        const char *text = column == NULL ? NULL : okrug_text_at(column, row);
        name = text == NULL ? name : okrug_text(ctx, "%s%s%s", name, name[0] == '\0' ? "" : "/", text);
    }
    return name;
}

/* What it would take to judge that criterion by the rules that hold on the day. */
static okrug_status write_wanted(const okrug_rule_set *set, const char *name, int64_t c, okrug_table *table) {
    const char *criterion = okrug_rule_set_text(set, "criterion", set->criterion_row[c]);
    int wanted = BIT(PARTICIPANTS);
    for (int64_t i = 0; i < set->rules; i++) {
        const okrug_rule *rule = &set->rule[i];
        if (rule->criterion == c && !isnan(rule->value)) {
            wanted |= needs[rule->measure] | (rule->when_slot < 0 ? 0 : needs[rule->when_measure]);
        }
    }
    for (int i = 0; i < OKRUG_EVIDENCE_INPUTS; i++) {
        if (wanted & (HAS << i)) {
            OKRUG_TRY(write_missing_row(table, name, criterion, name_of_input(i), -1, NULL));
        }
    }
    return OKRUG_OK;
}

/* Where no rule is on file for the day, or none that asks for evidence, there is a verdict all the same. */
static okrug_status write_group(okrug_ctx *ctx, const okrug_case *one, okrug_status_tables *to) {
    const okrug_rule_set *set = one->set;
    for (int64_t c = 0; c < set->criteria; c++) {
        if (one->judgement[c].verdict == OKRUG_NO_RULE || okrug_rule_set_is_confirmation(set, c)) {
            OKRUG_TRY(okrug_status_write_criterion(ctx, one, c, to->table[OKRUG_STATUS_CRITERIA]));
            continue;
        }
        const char *criterion = okrug_rule_set_text(set, "criterion", set->criterion_row[c]);
        okrug_table *table = to->table[OKRUG_STATUS_CRITERIA];
        int64_t row;
        OKRUG_TRY(okrug_status_row(table, &row));
        const char *const text[] = {criterion, one->ev->time.date, one->cluster,
                                    okrug_rule_set_text(set, "title_en", set->criterion_row[c]),
                                    okrug_rule_set_text(set, "title_ru", set->criterion_row[c])};
        static const int column[] = {OKRUG_CRITERION_NAME, OKRUG_CRITERION_DATE, OKRUG_CRITERION_CLUSTER,
                                     OKRUG_CRITERION_TITLE_EN, OKRUG_CRITERION_TITLE_RU};
        OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
        OKRUG_TRY(okrug_set_missing(table, OKRUG_CRITERION_VERDICT, row, OKRUG_BELOW_GRAIN));
        OKRUG_TRY(okrug_set_missing(table, OKRUG_CRITERION_VALUE, row, OKRUG_BELOW_GRAIN));
        OKRUG_TRY(write_wanted(set, one->cluster, c, to->table[OKRUG_STATUS_MISSING]));
    }
    return OKRUG_OK;
}

okrug_status okrug_status_aggregate(okrug_ctx *ctx, const okrug_table *input, const okrug_evidence_time *time,
                                    const okrug_rule_set *set, okrug_status_tables *to) {
    const char *last = NULL;
    const okrug_evidence ev = {.time = *time};
    okrug_case one = {.ev = &ev, .set = set};
    OKRUG_TRY(okrug_case_judge_nothing(ctx, &one));
    okrug_warn(ctx, "group-without-participants", &(okrug_place){.file = input->file}, (char *)NULL);
    for (int64_t row = 0; row < input->rows; row++) {
        const char *name = name_of_group(ctx, input, row);
        if (last == NULL || strcmp(last, name) != 0) {
            one.cluster = name;
            OKRUG_TRY(write_group(ctx, &one, to));
        }
        last = name;
    }
    return OKRUG_OK;
}
