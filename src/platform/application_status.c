/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verdict on the cluster's status as a result of the workspace has it, criterion by criterion, and what the
 * application lacks.
 */
#include <math.h>
#include <string.h>

#include "platform/application.h"

const okrug_table *okrug_application_status_table(const okrug_application *p, const char *name) {
    return p->result[OKRUG_APPLICATION_STATUS] == NULL ? NULL
                                                       : okrug_dataset_table(p->result[OKRUG_APPLICATION_STATUS], name);
}

bool okrug_application_is_own(const okrug_application *p, const okrug_table *table, int64_t row) {
    const okrug_column *column = okrug_table_column(table, "cluster");
    const char *cluster = column == NULL ? NULL : okrug_text_at(column, row);
    return column == NULL || (cluster != NULL && strcmp(cluster, p->card.cluster) == 0);
}

static bool has_own(const okrug_application *p, const okrug_table *table) {
    for (int64_t row = 0; table != NULL && row < table->rows; row++) {
        if (okrug_application_is_own(p, table, row)) {
            return true;
        }
    }
    return false;
}

static okrug_status copy_own(const okrug_application *p, const okrug_table *from, okrug_table *to) {
    for (int c = 0; c < from->columns; c++) {
        const okrug_column *column = &from->column[c];
        if (okrug_table_add_column(to, column->name, column->type, column->unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t row = 0; row < from->rows; row++) {
        if (okrug_application_is_own(p, from, row)) {
            int64_t at = okrug_table_add_row(to, 0);
            if (at < 0) {
                return OKRUG_NO_MEMORY;
            }
            for (int c = 0; c < from->columns; c++) {
                OKRUG_TRY(okrug_set_cell(to, c, at, &from->column[c], row));
            }
        }
    }
    return OKRUG_OK;
}

/* NULL: the cluster is not judged. */
static const okrug_table *own_criteria(const okrug_application *p) {
    const okrug_table *criteria = okrug_application_status_table(p, "criteria");
    return has_own(p, criteria) ? criteria : NULL;
}

/* The code of the rules by which the cluster is judged; NULL: the result does not say. */
static const char *set_of(const okrug_application *p) {
    const okrug_table *summary = okrug_application_status_table(p, "summary");
    for (int64_t row = 0; summary != NULL && row < summary->rows; row++) {
        if (okrug_application_is_own(p, summary, row)) {
            return okrug_table_text(summary, "set", row);
        }
    }
    return NULL;
}

/* Only this set is law: what others find is no official status. */
static bool is_law(const char *set) {
    return set == NULL || strcmp(set, "ru-779") == 0;
}

static const char *set_name(okrug_application *p, const char *set) {
    const char *name = okrug_report_found(p->m.report, okrug_report_format(p->m.report, "choice.set.%s", set));
    return name != NULL ? name : set;
}

static void say_heading(okrug_application *p, okrug_block_kind kind) {
    const char *set = own_criteria(p) != NULL ? set_of(p) : NULL;
    if (is_law(set)) {
        okrug_application_say(p, kind, "pack.status", NULL, NULL);
    } else {
        okrug_application_say(p, kind, "pack.status-other-rules", "set", set_name(p, set));
    }
}

/* Why there is no verdict. */
static void say_absent(okrug_application *p, okrug_block_kind kind) {
    const okrug_dataset *result = p->result[OKRUG_APPLICATION_STATUS];
    if (result == NULL) {
        okrug_application_say(p, kind, "pack.status-absent", NULL, NULL);
    } else {
        okrug_application_say(p, kind, "pack.status-of-others", "result", result->id);
    }
}

static void say_rules(okrug_application *p, okrug_block_kind kind) {
    const char *set = set_of(p);
    if (set != NULL) {
        okrug_application_say(p, kind, is_law(set) ? "pack.status-rules" : "pack.status-no-law", "set",
                              set_name(p, set));
    }
}

okrug_status okrug_application_own_status(okrug_application *p, const okrug_dataset **own) {
    const okrug_dataset *all = p->result[OKRUG_APPLICATION_STATUS];
    *own = NULL;
    if (own_criteria(p) == NULL) {
        return OKRUG_OK;
    }
    okrug_dataset *made = okrug_dataset_new(all->id, all->kind);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_report_own(p->m.report, made);
    OKRUG_TRY(okrug_report_status(p->m.report));
    made->provenance = okrug_dataset_keep(made, all->provenance != NULL ? all->provenance : "{}");
    OKRUG_TRY(made->provenance == NULL ? OKRUG_NO_MEMORY : OKRUG_OK);
    for (int t = 0; t < all->tables; t++) {
        okrug_table *to = okrug_dataset_add_table(made, all->table[t]->name);
        OKRUG_TRY(to == NULL ? OKRUG_NO_MEMORY : copy_own(p, all->table[t], to));
    }
    *own = made;
    return OKRUG_OK;
}

static const char *title_of(const okrug_application *p, const okrug_table *table, int64_t row) {
    const char *title = okrug_table_text(table, strcmp(p->m.language, "ru") == 0 ? "title_ru" : "title_en", row);
    return title != NULL ? title : okrug_table_text(table, "criterion", row);
}

/* ---- The first page ---------------------------------------------------------------------------------------------- */

static const char *const verdicts[] = {"met", "not-met", "not-enough-evidence", "no-rule"};
enum { VERDICTS = sizeof verdicts / sizeof verdicts[0] };

okrug_status okrug_application_verdict(okrug_application *p) {
    const okrug_table *criteria = own_criteria(p);
    int count[VERDICTS] = {0};
    const char *date = NULL;
    for (int64_t r = 0; criteria != NULL && r < criteria->rows; r++) {
        const char *verdict = okrug_table_text(criteria, "verdict", r);
        for (int v = 0; v < VERDICTS && verdict != NULL && okrug_application_is_own(p, criteria, r); v++) {
            bool same = strcmp(verdict, verdicts[v]) == 0;
            count[v] += same;
            date = same ? okrug_table_text(criteria, "date", r) : date;
        }
    }
    say_heading(p, OKRUG_BLOCK_CARD);
    if (own_criteria(p) == NULL) {
        say_absent(p, OKRUG_BLOCK_NOTE);
        return OKRUG_OK;
    }
    for (int v = 0; v < VERDICTS; v++) {
        if (count[v] > 0) {
            const char *word = okrug_making_text(
                &p->m, okrug_report_format(p->m.report, "report.word.verdict.%s", verdicts[v]), NULL, NULL, NULL, NULL);
            okrug_report_add(p->m.report, OKRUG_BLOCK_ITEM,
                             okrug_report_format(p->m.report, "%s: " OKRUG_STRONG "%d" OKRUG_STRONG, word, count[v]));
        }
    }
    if (date != NULL) {
        okrug_application_say(p, OKRUG_BLOCK_NOTE, "pack.status-date", "date", okrug_application_date(p, date));
    }
    say_rules(p, OKRUG_BLOCK_NOTE);
    return OKRUG_OK;
}

/* ---- Criteria ---------------------------------------------------------------------------------------------------- */

/* A value in the unit of its row: shares as percent. */
static const char *value_of(okrug_application *p, const okrug_table *table, const char *name, int64_t row) {
    double value = okrug_table_number(table, name, row);
    const char *unit = okrug_table_text(table, "unit", row);
    if (isnan(value)) {
        return NULL;
    }
    if (unit != NULL && strcmp(unit, "share") == 0) {
        return okrug_making_text(&p->m, "report.percent", "number", okrug_report_number(p->m.report, value * 100.0, 1),
                                 NULL, NULL);
    }
    return okrug_report_number(p->m.report, value, value == nearbyint(value) ? 0 : 2);
}

/* "20–35": where the evidence allows more than one value. */
static const char *range_of(okrug_application *p, const okrug_table *table, int64_t row) {
    const char *value = value_of(p, table, "value", row);
    const char *low = value_of(p, table, "lo", row);
    const char *high = value_of(p, table, "hi", row);
    return value != NULL || low == NULL || high == NULL
               ? value
               : okrug_report_format(p->m.report, "%s\xE2\x80\x93%s", low, high);
}

static const char *clause_of(const okrug_application *p, const okrug_table *table, int64_t row) {
    const char *own = strcmp(p->m.language, "ru") == 0 ? okrug_table_text(table, "clause_ru", row) : NULL;
    return own != NULL ? own : okrug_table_text(table, "clause", row);
}

static okrug_status add_criteria(okrug_application *p, const okrug_table *from, const char *source) {
    static const okrug_application_field fields[] = {
        {"criterion", OKRUG_TEXT, OKRUG_UNIT_NONE}, {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"found", OKRUG_TEXT, OKRUG_UNIT_NONE},     {"required", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"clause", OKRUG_TEXT, OKRUG_UNIT_NONE},    {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < from->rows; row++) {
        if (okrug_application_is_own(p, from, row)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_application_put(table, 0, r, title_of(p, from, row)));
            OKRUG_TRY(okrug_application_put(table, 1, r, okrug_table_text(from, "verdict", row)));
            OKRUG_TRY(okrug_application_put(table, 2, r, range_of(p, from, row)));
            OKRUG_TRY(okrug_application_put(table, 3, r, value_of(p, from, "required", row)));
            OKRUG_TRY(okrug_application_put(table, 4, r, clause_of(p, from, row)));
            OKRUG_TRY(okrug_application_put(table, 5, r, okrug_table_text(from, "confidence", row)));
        }
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.criteria", NULL, NULL, NULL, NULL), source);
}

static okrug_status add_evidence(okrug_application *p, const okrug_table *from, const char *source) {
    static const okrug_application_field fields[] = {{"criterion", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"date", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"evidence", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < from->rows; row++) {
        if (okrug_application_is_own(p, from, row)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_application_put(table, 0, r, title_of(p, from, row)));
            OKRUG_TRY(
                okrug_application_put(table, 1, r, okrug_application_date(p, okrug_table_text(from, "date", row))));
            OKRUG_TRY(okrug_application_put(table, 2, r,
                                            okrug_application_evidence(p, okrug_table_text(from, "evidence", row))));
        }
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.evidence", NULL, NULL, NULL, NULL), source);
}

okrug_status okrug_application_status(okrug_application *p) {
    const okrug_table *criteria = own_criteria(p);
    say_heading(p, OKRUG_BLOCK_HEADING);
    if (criteria == NULL) {
        say_absent(p, OKRUG_BLOCK_TEXT);
        return OKRUG_OK;
    }
    const char *source = okrug_making_source(&p->m, p->result[OKRUG_APPLICATION_STATUS]->provenance);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.status-text", NULL, NULL);
    say_rules(p, OKRUG_BLOCK_TEXT);
    OKRUG_TRY(add_criteria(p, criteria, source));
    OKRUG_TRY(okrug_application_shares(p));
    return add_evidence(p, criteria, source);
}

/* ---- What is missing --------------------------------------------------------------------------------------------- */

static void lack(okrug_application *p, const char *key, const char *name, const char *value) {
    okrug_application_say(p, OKRUG_BLOCK_ITEM, key, name, value);
    p->lacks++;
}

/* Where the whole table is absent that is told instead: nothing is known of how many. */
static void lack_count(okrug_application *p, okrug_registry_kind table, const char *key, int count) {
    if (count > 0 && p->r.id[table] != NULL) {
        lack(p, key, "count", okrug_report_format(p->m.report, "%d", count));
    }
}

/* What people call the criterion: the table of what is missing has its code only. */
static const char *criterion_title(okrug_application *p, const char *code) {
    const okrug_table *criteria = own_criteria(p);
    for (int64_t row = 0; criteria != NULL && code != NULL && row < criteria->rows; row++) {
        const char *own = okrug_table_text(criteria, "criterion", row);
        if (own != NULL && strcmp(own, code) == 0 && okrug_application_is_own(p, criteria, row)) {
            return title_of(p, criteria, row);
        }
    }
    return code != NULL ? code : "";
}

static void lack_evidence(okrug_application *p) {
    const okrug_table *missing = okrug_application_status_table(p, "missing");
    enum { TOLD = 20 };
    int told = 0;
    for (int64_t r = 0; missing != NULL && r < missing->rows && told < TOLD; r++) {
        const char *evidence = okrug_table_text(missing, "evidence", r);
        const char *criterion = okrug_table_text(missing, "criterion", r);
        if (evidence != NULL && okrug_application_is_own(p, missing, r)) {
            okrug_report_add(p->m.report, OKRUG_BLOCK_ITEM,
                             okrug_making_text(&p->m, "pack.lacks.evidence", "criterion", criterion_title(p, criterion),
                                               "evidence", okrug_application_words(p, "evidence", evidence)));
            p->lacks++;
            told++;
        }
    }
}

okrug_status okrug_application_lacking(okrug_application *p) {
    int unknown = 0;
    int no_industry = 0;
    int no_revenue = 0;
    int no_contract = 0;
    for (int i = 0; i < p->members; i++) {
        const okrug_application_member *member = &p->member[i];
        unknown += member->firm < 0;
        no_industry += member->firm >= 0 && member->industry == NULL;
        no_revenue += isnan(member->revenue);
        no_contract += member->contracts == 0;
    }
    p->lacks = 0;
    if (okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "goals", 0) == NULL) {
        lack(p, "pack.lacks.goals", NULL, NULL);
    }
    if (okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "organisation", 0) == NULL) {
        lack(p, "pack.lacks.organisation", NULL, NULL);
    }
    lack_count(p, OKRUG_REGISTRY_FIRMS, "pack.lacks.firms", unknown);
    lack_count(p, OKRUG_REGISTRY_FIRMS, "pack.lacks.industry", no_industry);
    lack_count(p, OKRUG_REGISTRY_ACCOUNTS, "pack.lacks.revenue", no_revenue);
    lack_count(p, OKRUG_REGISTRY_CONTRACTS, "pack.lacks.contract", no_contract);
    lack_count(p, OKRUG_REGISTRY_CONTRACTS, "pack.lacks.amount", (int)p->unknown);
    lack_count(p, OKRUG_REGISTRY_PROJECTS, "pack.lacks.budget", (int)okrug_application_without_budget(p));
    static const okrug_registry_kind wanted[] = {
        OKRUG_REGISTRY_FIRMS,      OKRUG_REGISTRY_ACCOUNTS,    OKRUG_REGISTRY_CONTRACTS,
        OKRUG_REGISTRY_FACILITIES, OKRUG_REGISTRY_PROJECTS,    OKRUG_REGISTRY_MILESTONES,
        OKRUG_REGISTRY_SPENDING,   OKRUG_REGISTRY_OBLIGATIONS, OKRUG_REGISTRY_NEEDS};
    for (size_t i = 0; i < OKRUG_COUNT_OF(wanted); i++) {
        if (p->r.id[wanted[i]] == NULL) {
            okrug_application_absent(p, OKRUG_BLOCK_ITEM, wanted[i]);
            p->lacks++;
        }
    }
    if (p->result[OKRUG_APPLICATION_BANDS] == NULL) {
        lack(p, p->result[OKRUG_APPLICATION_MULTIPLIERS] == NULL ? "pack.lacks.multipliers" : "pack.lacks.band", NULL,
             NULL);
    }
    if (own_criteria(p) == NULL) {
        lack(p, "pack.lacks.status", NULL, NULL);
    }
    lack_evidence(p);
    if (p->lacks == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.lacks-nothing", NULL, NULL);
    }
    return okrug_report_status(p->m.report);
}
