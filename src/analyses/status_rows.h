/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cluster judged, and the rows that say so.
 */
#ifndef OKRUG_ANALYSES_STATUS_ROWS_H
#define OKRUG_ANALYSES_STATUS_ROWS_H

#include "analyses/rule_set.h"

enum {
    OKRUG_STATUS_CRITERIA,
    OKRUG_STATUS_PARTICIPANTS,
    OKRUG_STATUS_CONTRACTS,
    OKRUG_STATUS_MISSING,
    OKRUG_STATUS_SUMMARY,
    OKRUG_STATUS_TABLES
};
/* The columns of the table criteria, which repair has too. */
enum {
    OKRUG_CRITERION_NAME,
    OKRUG_CRITERION_DATE,
    OKRUG_CRITERION_VERDICT,
    OKRUG_CRITERION_VALUE,
    OKRUG_CRITERION_REQUIRED,
    OKRUG_CRITERION_CLAUSE,
    OKRUG_CRITERION_CONFIDENCE,
    OKRUG_CRITERION_EVIDENCE,
    OKRUG_CRITERION_CLUSTER,
    OKRUG_CRITERION_COMPARE,
    OKRUG_CRITERION_LO,
    OKRUG_CRITERION_HI,
    OKRUG_CRITERION_UNIT,
    OKRUG_CRITERION_RULE,
    OKRUG_CRITERION_TITLE_EN,
    OKRUG_CRITERION_TITLE_RU,
    OKRUG_CRITERION_NOTE,
    OKRUG_CRITERION_SOURCE,
    OKRUG_CRITERION_CLAUSE_RU,
    OKRUG_CRITERION_NOTE_RU,
    OKRUG_CRITERION_SOURCE_RU,
    OKRUG_CRITERION_COLUMNS
};
extern const okrug_output_column okrug_criterion_columns[OKRUG_CRITERION_COLUMNS];
extern const okrug_output okrug_status_outputs[OKRUG_STATUS_TABLES];

typedef struct {
    okrug_table *table[OKRUG_STATUS_TABLES];
} okrug_status_tables;

/* Adds empty tables. */
okrug_status okrug_status_begin(okrug_dataset *result, const okrug_output *outputs, okrug_status_tables *to);

/* One cluster: what the caller knows of it, and what okrug_case_judge makes of that. */
typedef struct {
    const okrug_evidence *ev;
    const okrug_rule_set *set;
    const char *cluster;
    const okrug_span *counted; /* slots: facilities and facts */
    okrug_evidence_group members;
    okrug_group_shares shares;
    int64_t unknown[OKRUG_MEASURES_COUNT];
    okrug_span *span;           /* slots */
    okrug_judgement *judgement; /* criteria */
} okrug_case;

/* In scratch memory. OKRUG_NO_MEMORY, OKRUG_BAD_INPUT ("participant-twice"). */
okrug_status okrug_case_judge(okrug_ctx *ctx, okrug_case *one);
/* The same where nothing is known of it: what has no rule on the day, and what an earlier confirmation says. */
okrug_status okrug_case_judge_nothing(okrug_ctx *ctx, okrug_case *one);

/* The rows of a judged cluster. */
okrug_status okrug_status_write(okrug_ctx *ctx, const okrug_case *one, okrug_status_tables *to);
okrug_status okrug_status_write_criteria(okrug_ctx *ctx, const okrug_case *one, okrug_table *table);
okrug_status okrug_status_write_criterion(okrug_ctx *ctx, const okrug_case *one, int64_t c, okrug_table *table);

/* A new row, all cells missing; and texts put into columns of it (NULL: missing). */
okrug_status okrug_status_row(okrug_table *table, int64_t *row);
okrug_status okrug_status_texts(okrug_table *table, int64_t row, const char *const *text, const int *column, int count);
/* "contracts; accounts=none; known=8/10; of=technology": what a verdict by that rule rests on; NULL where there is
 * none. */
const char *okrug_status_evidence(okrug_ctx *ctx, const okrug_case *one, const okrug_rule *rule, bool uncertain);
okrug_status okrug_status_write_participants(okrug_ctx *ctx, const okrug_case *one, okrug_table *table);
okrug_status okrug_status_write_contracts(const okrug_case *one, okrug_table *table);
okrug_status okrug_status_write_missing(okrug_ctx *ctx, const okrug_case *one, okrug_table *table);

/* Groups without participants: the criteria that there are, without a verdict, and what it would take to have one. A
 * criterion that no rule of the day is about, and an earlier confirmation, have theirs. */
okrug_status okrug_status_aggregate(okrug_ctx *ctx, const okrug_table *input, const okrug_evidence_time *time,
                                    const okrug_rule_set *set, okrug_status_tables *to);

#endif
