/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The passports of a cluster's projects: what, who, when, with what money; milestones, spending and obligations.
 */
#include <math.h>
#include <string.h>

#include "platform/application.h"

static bool says(const okrug_application *p, okrug_registry_kind table, const char *column, int64_t row,
                 const char *text) {
    const char *cell = okrug_registry_text(&p->r, table, column, row);
    return cell != NULL && strcmp(cell, text) == 0;
}

/* ---- The passport ------------------------------------------------------------------------------------------------ */

static okrug_status add_line(okrug_application *p, okrug_table *table, const char *key, const char *text) {
    if (text == NULL) {
        return OKRUG_OK;
    }
    int64_t r = okrug_table_add_row(table, 0);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_application_put(table, 0, r, okrug_making_text(&p->m, key, NULL, NULL, NULL, NULL)));
    return okrug_application_put(table, 1, r, text);
}

static const char *money_of(okrug_application *p, const char *column, int64_t row) {
    double value = okrug_registry_number(&p->r, OKRUG_REGISTRY_PROJECTS, column, row);
    return isnan(value) ? NULL : okrug_application_money(p, value);
}

/* NULL: none. */
static const char *count_of(okrug_application *p, int64_t count) {
    return count > 0 ? okrug_report_format(p->m.report, "%lld", (long long)count) : NULL;
}

static okrug_status add_passport(okrug_application *p, int64_t row, const char *name) {
    static const okrug_application_field fields[] = {{"item", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"content", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    double jobs = okrug_registry_number(&p->r, OKRUG_REGISTRY_PROJECTS, "jobs", row);
    const char *firm = okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "firm", row);
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    OKRUG_TRY(add_line(p, table, "pack.project.initiator", okrug_application_firm(p, firm)));
    OKRUG_TRY(add_line(p, table, "pack.project.product",
                       okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "product", row)));
    OKRUG_TRY(add_line(
        p, table, "pack.project.stage",
        okrug_application_words(p, "stage", okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "stage", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.start",
                       okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "start", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.finish",
                       okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "finish", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.budget", money_of(p, "budget", row)));
    OKRUG_TRY(add_line(p, table, "pack.project.own", money_of(p, "own_funds", row)));
    if (p->r.id[OKRUG_REGISTRY_SPENDING] != NULL) {
        const okrug_card_project *own = &p->card.project[row];
        double spent = okrug_card_sum(&own->spent, own->entries, own->unknown);
        OKRUG_TRY(add_line(p, table, "pack.project.spent", isnan(spent) ? NULL : okrug_application_money(p, spent)));
        OKRUG_TRY(add_line(p, table, "pack.project.undated", count_of(p, own->undated)));
        OKRUG_TRY(add_line(p, table, "pack.project.unknown", count_of(p, own->unknown)));
    }
    OKRUG_TRY(add_line(p, table, "pack.project.jobs", isnan(jobs) ? NULL : okrug_report_number(p->m.report, jobs, 0)));
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.passport", "name", name, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_PROJECTS));
}

/* ---- Its tables -------------------------------------------------------------------------------------------------- */

static okrug_status add_milestones(okrug_application *p, const char *project, const char *name) {
    static const okrug_application_field fields[] = {{"milestone", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"due", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"done", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_MILESTONES); row++) {
        if (says(p, OKRUG_REGISTRY_MILESTONES, "project", row, project)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            const char *text = okrug_registry_text(&p->r, OKRUG_REGISTRY_MILESTONES, "name", row);
            text = text != NULL ? text : okrug_registry_text(&p->r, OKRUG_REGISTRY_MILESTONES, "milestone", row);
            OKRUG_TRY(okrug_application_put(table, 0, r, text));
            OKRUG_TRY(okrug_application_put(
                table, 1, r,
                okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_MILESTONES, "due", row))));
            OKRUG_TRY(okrug_application_put(
                table, 2, r, okrug_application_date(p, okrug_card_done(&p->card, OKRUG_REGISTRY_MILESTONES, row))));
        }
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.milestones", "name", name, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_MILESTONES));
}

static okrug_status add_spending(okrug_application *p, const char *project, const char *name) {
    static const okrug_application_field fields[] = {{"date", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"fund", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"amount", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_SPENDING); row++) {
        if (says(p, OKRUG_REGISTRY_SPENDING, "project", row, project) && okrug_card_was_spent(&p->card, row)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_application_put(
                table, 0, r,
                okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_SPENDING, "date", row))));
            OKRUG_TRY(
                okrug_application_put(table, 1, r, okrug_registry_text(&p->r, OKRUG_REGISTRY_SPENDING, "source", row)));
            OKRUG_TRY(okrug_application_put_number(
                table, 2, r, okrug_registry_number(&p->r, OKRUG_REGISTRY_SPENDING, "amount", row) / 1e6));
        }
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.spending", "name", name, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_SPENDING));
}

/* Of a project, or (project NULL) of the cluster that are of none of its projects. */
static okrug_status add_obligations(okrug_application *p, const char *project, const char *title) {
    static const okrug_application_field fields[] = {{"party", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"obligation", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"quantity", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                                     {"due", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"done", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_OBLIGATIONS); row++) {
        const char *of = okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "project", row);
        int32_t known = okrug_registry_find(p->card.projects, of);
        bool own =
            okrug_card_owes(&p->card, row) && (project != NULL ? known >= 0 && strcmp(of, project) == 0 : known < 0);
        int64_t r = own ? okrug_table_add_row(table, 0) : 0;
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (own) {
            const char *party = okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "party", row);
            OKRUG_TRY(okrug_application_put(table, 0, r, okrug_application_firm(p, party)));
            OKRUG_TRY(okrug_application_put(table, 1, r,
                                            okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "name", row)));
            OKRUG_TRY(okrug_application_put_number(
                table, 2, r, okrug_registry_number(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "amount", row)));
            OKRUG_TRY(okrug_application_put(
                table, 3, r,
                okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "due", row))));
            OKRUG_TRY(okrug_application_put(
                table, 4, r, okrug_application_date(p, okrug_card_done(&p->card, OKRUG_REGISTRY_OBLIGATIONS, row))));
        }
    }
    return okrug_application_tell(p, table, title, okrug_application_source(p, OKRUG_REGISTRY_OBLIGATIONS));
}

int64_t okrug_application_without_budget(const okrug_application *p) {
    int64_t count = 0;
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_PROJECTS); row++) {
        count += isnan(okrug_registry_number(&p->r, OKRUG_REGISTRY_PROJECTS, "budget", row));
    }
    return count;
}

okrug_status okrug_application_projects(okrug_application *p) {
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.projects", NULL, NULL);
    if (p->r.id[OKRUG_REGISTRY_PROJECTS] == NULL) {
        okrug_application_absent(p, OKRUG_BLOCK_TEXT, OKRUG_REGISTRY_PROJECTS);
    }
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_PROJECTS); row++) {
        const char *project = okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "project", row);
        const char *name = okrug_registry_text(&p->r, OKRUG_REGISTRY_PROJECTS, "name", row);
        name = name != NULL ? name : project;
        okrug_report_add(p->m.report, OKRUG_BLOCK_SUBHEADING, name);
        OKRUG_TRY(add_passport(p, row, name));
        OKRUG_TRY(add_milestones(p, project, name));
        OKRUG_TRY(add_spending(p, project, name));
        OKRUG_TRY(add_obligations(p, project, okrug_making_text(&p->m, "pack.obligations", "name", name, NULL, NULL)));
    }
    if (okrug_registry_rows(&p->r, OKRUG_REGISTRY_PROJECTS) == 0 && p->r.id[OKRUG_REGISTRY_PROJECTS] != NULL) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.projects-none", NULL, NULL);
    }
    return add_obligations(p, NULL, okrug_making_text(&p->m, "pack.obligations", "name", p->name, NULL, NULL));
}
