/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a judged cluster.
 */
#include "analyses/status_rows.h"

#include <math.h>

#include "analyses/confidence.h"
#include "analyses/result.h"

#define TEXT(name)                                                                                                     \
    { name, OKRUG_TEXT, OKRUG_UNIT_NONE, NULL }
#define NUMBER(name, unit, formula)                                                                                    \
    { name, OKRUG_NUMBER, OKRUG_UNIT_##unit, formula }

const okrug_output_column okrug_criterion_columns[OKRUG_CRITERION_COLUMNS] = {
    TEXT("criterion"),
    TEXT("date"),
    TEXT("verdict"),
    NUMBER("value", NONE, "what is measured, where lo = hi"),
    NUMBER("required", NONE, "the rule's value"),
    TEXT("clause"),
    TEXT("confidence"),
    TEXT("evidence"),
    TEXT("cluster"),
    TEXT("compare"),
    NUMBER("lo", NONE, "least value that the evidence allows"),
    NUMBER("hi", NONE, "greatest value that the evidence allows"),
    TEXT("unit"),
    TEXT("rule"),
    TEXT("title_en"),
    TEXT("title_ru"),
    TEXT("note"),
    TEXT("source"),
    TEXT("clause_ru"),
    TEXT("note_ru"),
    TEXT("source_ru"),
};
static const okrug_output_column participant_columns[] = {
    TEXT("cluster"),
    TEXT("firm"),
    TEXT("verdict"),
    NUMBER("share", SHARE, "within / output, where lo = hi"),
    NUMBER("lo", SHARE, "within_lo / output"),
    NUMBER("hi", SHARE, "within_hi / output"),
    NUMBER("within_lo", RUB, "sum of contracts with other participants, without VAT: least"),
    NUMBER("within_hi", RUB, "the same: greatest"),
    NUMBER("output", RUB, "revenue of the period, without VAT"),
    NUMBER("contracts", COUNT, "contracts that count, as supplier"),
    TEXT("has_contract"),
    TEXT("producing"),
    TEXT("period"),
    TEXT("vat"),
    TEXT("region"),
    TEXT("precision"),
};
static const okrug_output_column contract_columns[] = {
    TEXT("cluster"),
    TEXT("contract"),
    TEXT("supplier"),
    TEXT("buyer"),
    NUMBER("amount", RUB, "as given"),
    NUMBER("lo", RUB, "that counts, without VAT: least"),
    NUMBER("hi", RUB, "that counts: greatest"),
    TEXT("vat"),
    TEXT("in_force"),
};
static const okrug_output_column missing_columns[] = {
    TEXT("cluster"), TEXT("criterion"), TEXT("evidence"), NUMBER("firms", COUNT, "participants of which it is missing"),
    TEXT("firm"),
};
static const okrug_output_column summary_columns[] = {
    TEXT("cluster"),
    TEXT("verdict"),
    TEXT("set"),
    TEXT("date"),
    TEXT("period"),
    NUMBER("met", COUNT, "criteria"),
    NUMBER("not_met", COUNT, "criteria"),
    NUMBER("not_enough_evidence", COUNT, "criteria"),
    NUMBER("no_rule", COUNT, "criteria"),
    TEXT("weakest"),
    NUMBER("participants", COUNT, "on the day"),
    TEXT("confirmation"),
};

#define OUTPUT(name, columns)                                                                                          \
    { name, columns, OKRUG_COUNT_OF(columns) }
const okrug_output okrug_status_outputs[OKRUG_STATUS_TABLES] = {
    [OKRUG_STATUS_CRITERIA] = OUTPUT("criteria", okrug_criterion_columns),
    [OKRUG_STATUS_PARTICIPANTS] = OUTPUT("participants", participant_columns),
    [OKRUG_STATUS_CONTRACTS] = OUTPUT("contracts", contract_columns),
    [OKRUG_STATUS_MISSING] = OUTPUT("missing", missing_columns),
    [OKRUG_STATUS_SUMMARY] = OUTPUT("summary", summary_columns),
};

okrug_status okrug_status_begin(okrug_dataset *result, const okrug_output *outputs, okrug_status_tables *to) {
    for (int t = 0; t < OKRUG_STATUS_TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &to->table[t]));
    }
    return OKRUG_OK;
}

static const char *const compares[] = {"at-least", "at-most", "below", "above"};

/* ---- Judging ---- */

static okrug_status allocate_shares(okrug_ctx *ctx, int64_t n, okrug_group_shares *s) {
    s->share = OKRUG_SCRATCH(ctx, n, okrug_span);
    s->within_lo = OKRUG_SCRATCH(ctx, n, double);
    s->within_hi = OKRUG_SCRATCH(ctx, n, double);
    s->contracts = OKRUG_SCRATCH(ctx, n, int32_t);
    s->has_contract = OKRUG_SCRATCH(ctx, n, uint8_t);
    bool failed = s->share == NULL || s->within_lo == NULL || s->within_hi == NULL || s->contracts == NULL ||
                  s->has_contract == NULL;
    return failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}

okrug_status okrug_case_judge(okrug_ctx *ctx, okrug_case *one) {
    okrug_span measured[OKRUG_MEASURES_COUNT];
    OKRUG_TRY(allocate_shares(ctx, one->members.group.participants, &one->shares));
    one->span = OKRUG_SCRATCH(ctx, one->set->slots, okrug_span);
    one->judgement = OKRUG_SCRATCH(ctx, one->set->criteria, okrug_judgement);
    if (one->span == NULL || one->judgement == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_group_measure_shares(ctx, &one->members.group, &one->shares));
    OKRUG_TRY(okrug_group_measures(ctx, &one->members.group, &one->shares, measured, one->unknown));
    if (one->ev->table[OKRUG_OF_FIRMS] == NULL) {
        measured[OKRUG_MEASURE_REGIONS] = (okrug_span){NAN, NAN};
    }
    okrug_rule_set_spans(one->set, measured, one->counted, one->span);
    okrug_rules_judge(one->set->rule, one->set->rules, one->span, one->set->criteria, one->judgement);
    return OKRUG_OK;
}

okrug_status okrug_case_judge_nothing(okrug_ctx *ctx, okrug_case *one) {
    okrug_span measured[OKRUG_MEASURES_COUNT];
    one->span = OKRUG_SCRATCH(ctx, one->set->slots, okrug_span);
    okrug_span *counted = OKRUG_SCRATCH(ctx, one->set->slots, okrug_span);
    one->judgement = OKRUG_SCRATCH(ctx, one->set->criteria, okrug_judgement);
    if (one->span == NULL || counted == NULL || one->judgement == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int m = 0; m < OKRUG_MEASURES_COUNT; m++) {
        measured[m] = (okrug_span){NAN, NAN};
    }
    for (int64_t s = 0; s < one->set->slots; s++) {
        counted[s] = (okrug_span){NAN, NAN};
    }
    okrug_rule_set_spans(one->set, measured, counted, one->span);
    okrug_rules_judge(one->set->rule, one->set->rules, one->span, one->set->criteria, one->judgement);
    return OKRUG_OK;
}

/* ---- Rows ---- */

okrug_status okrug_status_row(okrug_table *table, int64_t *row) {
    *row = okrug_table_add_row(table, 0);
    return *row < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

okrug_status okrug_status_texts(okrug_table *table, int64_t row, const char *const *text, const int *column,
                                int count) {
    for (int i = 0; i < count; i++) {
        OKRUG_TRY(okrug_result_text(table, column[i], row, text[i]));
    }
    return OKRUG_OK;
}

okrug_status okrug_status_write_criterion(okrug_ctx *ctx, const okrug_case *one, int64_t c, okrug_table *table) {
    const okrug_rule_set *set = one->set;
    const okrug_judgement *j = &one->judgement[c];
    const okrug_rule *rule = j->rule < 0 ? NULL : &set->rule[j->rule];
    int64_t from = rule == NULL ? set->criterion_row[c] : set->row[j->rule], row;
    okrug_span span = rule == NULL ? (okrug_span){NAN, NAN} : one->span[rule->slot];
    okrug_reason why = rule == NULL ? OKRUG_NOT_APPLICABLE : OKRUG_NOT_COLLECTED;
    OKRUG_TRY(okrug_status_row(table, &row));
    /* Where no rule is on file for the day, nothing is said of rules of other days. */
    const char *const text[] = {okrug_rule_set_text(set, "criterion", from),
                                one->ev->time.date,
                                okrug_verdict_code(j->verdict),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "clause", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "confidence", from),
                                okrug_status_evidence(ctx, one, rule, j->uncertain),
                                one->cluster,
                                rule == NULL ? NULL : compares[rule->compare],
                                rule == NULL ? NULL : okrug_measure_unit(rule->measure),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "rule", from),
                                okrug_rule_set_text(set, "title_en", from),
                                okrug_rule_set_text(set, "title_ru", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "note", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "source", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "clause_ru", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "note_ru", from),
                                rule == NULL ? NULL : okrug_rule_set_text(set, "source_ru", from)};
    static const int column[] = {OKRUG_CRITERION_NAME,    OKRUG_CRITERION_DATE,       OKRUG_CRITERION_VERDICT,
                                 OKRUG_CRITERION_CLAUSE,  OKRUG_CRITERION_CONFIDENCE, OKRUG_CRITERION_EVIDENCE,
                                 OKRUG_CRITERION_CLUSTER, OKRUG_CRITERION_COMPARE,    OKRUG_CRITERION_UNIT,
                                 OKRUG_CRITERION_RULE,    OKRUG_CRITERION_TITLE_EN,   OKRUG_CRITERION_TITLE_RU,
                                 OKRUG_CRITERION_NOTE,    OKRUG_CRITERION_SOURCE,     OKRUG_CRITERION_CLAUSE_RU,
                                 OKRUG_CRITERION_NOTE_RU, OKRUG_CRITERION_SOURCE_RU};
    OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CRITERION_VALUE, row, span.lo == span.hi ? span.lo : (double)NAN, why));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CRITERION_LO, row, span.lo, why));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CRITERION_HI, row, span.hi, why));
    return okrug_set_number_or(table, OKRUG_CRITERION_REQUIRED, row, rule == NULL ? (double)NAN : rule->value,
                               OKRUG_NOT_APPLICABLE);
}

okrug_status okrug_status_write_criteria(okrug_ctx *ctx, const okrug_case *one, okrug_table *table) {
    for (int64_t c = 0; c < one->set->criteria; c++) {
        OKRUG_TRY(okrug_status_write_criterion(ctx, one, c, table));
    }
    return OKRUG_OK;
}

static okrug_status write_summary(const okrug_case *one, okrug_table *table) {
    double counts[OKRUG_NO_RULE + 1] = {0};
    const char *weakest = NULL, *confirmation = NULL;
    okrug_confidence worst = OKRUG_CERTAIN;
    for (int64_t c = 0; c < one->set->criteria; c++) {
        const okrug_judgement *j = &one->judgement[c];
        if (okrug_rule_set_is_confirmation(one->set, c)) {
            confirmation = okrug_verdict_code(j->verdict);
            continue;
        }
        counts[j->verdict] += 1.0;
        if (j->verdict != OKRUG_NO_RULE) {
            okrug_confidence own = okrug_confidence_of(
                j->rule < 0 ? NULL : okrug_rule_set_text(one->set, "confidence", one->set->row[j->rule]));
            worst = own > worst ? own : worst;
            weakest = okrug_confidence_codes[worst];
        }
    }
    okrug_verdict all = counts[OKRUG_NOT_MET] > 0.0               ? OKRUG_NOT_MET
                        : counts[OKRUG_NOT_ENOUGH_EVIDENCE] > 0.0 ? OKRUG_NOT_ENOUGH_EVIDENCE
                        : counts[OKRUG_MET] > 0.0                 ? OKRUG_MET
                                                                  : OKRUG_NO_RULE;
    int64_t row;
    OKRUG_TRY(okrug_status_row(table, &row));
    const char *const text[] = {one->cluster,       okrug_verdict_code(all), one->set->set,
                                one->ev->time.date, one->ev->time.year,      weakest,
                                confirmation};
    static const int column[] = {0, 1, 2, 3, 4, 9, 11};
    OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
    for (int v = 0; v <= OKRUG_NO_RULE; v++) {
        OKRUG_TRY(okrug_set_number(table, 5 + v, row, counts[v]));
    }
    return okrug_set_number(table, 10, row, (double)one->members.group.participants);
}

okrug_status okrug_status_write(okrug_ctx *ctx, const okrug_case *one, okrug_status_tables *to) {
    OKRUG_TRY(okrug_status_write_criteria(ctx, one, to->table[OKRUG_STATUS_CRITERIA]));
    OKRUG_TRY(okrug_status_write_participants(ctx, one, to->table[OKRUG_STATUS_PARTICIPANTS]));
    OKRUG_TRY(okrug_status_write_contracts(one, to->table[OKRUG_STATUS_CONTRACTS]));
    OKRUG_TRY(okrug_status_write_missing(ctx, one, to->table[OKRUG_STATUS_MISSING]));
    return write_summary(one, to->table[OKRUG_STATUS_SUMMARY]);
}
