/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The passports of a cluster's projects: what, who, when, with what money; milestones, spending and obligations.
 */
#include <math.h>
#include <string.h>

#include "engine/pack.h"

static bool says(const okrug_pack *p, okrug_pack_table table, const char *column, int64_t row, const char *text) {
    const char *cell = okrug_pack_cell(p, table, column, row);
    return cell != NULL && strcmp(cell, text) == 0;
}

static int64_t rows_of(const okrug_pack *p, okrug_pack_table table) {
    return p->table[table] == NULL ? 0 : p->table[table]->rows;
}

/* ---- The passport ------------------------------------------------------------------------------------------------ */

static okrug_status add_line(okrug_pack *p, okrug_table *table, const char *key, const char *text) {
    if (text == NULL) {
        return OKRUG_OK;
    }
    int64_t r = okrug_table_add_row(table, 0);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_pack_put(table, 0, r, okrug_making_text(&p->m, key, NULL, NULL, NULL, NULL)));
    return okrug_pack_put(table, 1, r, text);
}

static const char *money_of(okrug_pack *p, const char *column, int64_t row) {
    double value = okrug_pack_number(p, OKRUG_PACK_PROJECTS, column, row);
    return isnan(value) ? NULL : okrug_pack_money(p, value);
}

static double spent_on(const okrug_pack *p, const char *project) {
    double spent = 0.0;
    for (int64_t r = 0; r < rows_of(p, OKRUG_PACK_SPENDING); r++) {
        double amount = okrug_pack_number(p, OKRUG_PACK_SPENDING, "amount", r);
        spent += says(p, OKRUG_PACK_SPENDING, "project", r, project) && !isnan(amount) ? amount : 0.0;
    }
    return spent;
}

static okrug_status add_passport(okrug_pack *p, int64_t row, const char *project, const char *name) {
    static const okrug_pack_field fields[] = {{"item", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"content", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    double jobs = okrug_pack_number(p, OKRUG_PACK_PROJECTS, "jobs", row);
    const char *firm = okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "firm", row);
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    OKRUG_TRY(add_line(p, table, "pack.project.initiator", okrug_pack_firm(p, firm)));
    OKRUG_TRY(add_line(p, table, "pack.project.product", okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "product", row)));
    OKRUG_TRY(add_line(p, table, "pack.project.stage",
                       okrug_pack_words(p, "stage", okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "stage", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.start",
                       okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "start", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.finish",
                       okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "finish", row))));
    OKRUG_TRY(add_line(p, table, "pack.project.budget", money_of(p, "budget", row)));
    OKRUG_TRY(add_line(p, table, "pack.project.own", money_of(p, "own_funds", row)));
    if (p->table[OKRUG_PACK_SPENDING] != NULL) {
        OKRUG_TRY(add_line(p, table, "pack.project.spent", okrug_pack_money(p, spent_on(p, project))));
    }
    OKRUG_TRY(add_line(p, table, "pack.project.jobs", isnan(jobs) ? NULL : okrug_report_number(p->m.report, jobs, 0)));
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.passport", "name", name, NULL, NULL),
                           okrug_pack_source(p, OKRUG_PACK_PROJECTS));
}

/* ---- Its tables -------------------------------------------------------------------------------------------------- */

static okrug_status add_milestones(okrug_pack *p, const char *project, const char *name) {
    static const okrug_pack_field fields[] = {{"milestone", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"due", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"done", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < rows_of(p, OKRUG_PACK_MILESTONES); row++) {
        if (says(p, OKRUG_PACK_MILESTONES, "project", row, project)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            const char *text = okrug_pack_cell(p, OKRUG_PACK_MILESTONES, "name", row);
            text = text != NULL ? text : okrug_pack_cell(p, OKRUG_PACK_MILESTONES, "milestone", row);
            OKRUG_TRY(okrug_pack_put(table, 0, r, text));
            OKRUG_TRY(
                okrug_pack_put(table, 1, r, okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_MILESTONES, "due", row))));
            OKRUG_TRY(okrug_pack_put(table, 2, r,
                                     okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_MILESTONES, "done", row))));
        }
    }
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.milestones", "name", name, NULL, NULL),
                           okrug_pack_source(p, OKRUG_PACK_MILESTONES));
}

static okrug_status add_spending(okrug_pack *p, const char *project, const char *name) {
    static const okrug_pack_field fields[] = {{"date", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"fund", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"amount", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < rows_of(p, OKRUG_PACK_SPENDING); row++) {
        if (says(p, OKRUG_PACK_SPENDING, "project", row, project)) {
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(
                okrug_pack_put(table, 0, r, okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_SPENDING, "date", row))));
            OKRUG_TRY(okrug_pack_put(table, 1, r, okrug_pack_cell(p, OKRUG_PACK_SPENDING, "source", row)));
            OKRUG_TRY(
                okrug_pack_put_number(table, 2, r, okrug_pack_number(p, OKRUG_PACK_SPENDING, "amount", row) / 1e6));
        }
    }
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.spending", "name", name, NULL, NULL),
                           okrug_pack_source(p, OKRUG_PACK_SPENDING));
}

/* Of a project, or (project NULL) of the cluster that are of no project. */
static okrug_status add_obligations(okrug_pack *p, const char *project, const char *title) {
    static const okrug_pack_field fields[] = {{"party", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"obligation", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"quantity", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                              {"due", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"done", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < rows_of(p, OKRUG_PACK_OBLIGATIONS); row++) {
        bool own = project != NULL ? says(p, OKRUG_PACK_OBLIGATIONS, "project", row, project)
                                   : okrug_pack_cell(p, OKRUG_PACK_OBLIGATIONS, "project", row) == NULL &&
                                         says(p, OKRUG_PACK_OBLIGATIONS, "cluster", row, p->cluster);
        int64_t r = own ? okrug_table_add_row(table, 0) : 0;
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (own) {
            const char *party = okrug_pack_cell(p, OKRUG_PACK_OBLIGATIONS, "party", row);
            OKRUG_TRY(okrug_pack_put(table, 0, r, okrug_pack_firm(p, party)));
            OKRUG_TRY(okrug_pack_put(table, 1, r, okrug_pack_cell(p, OKRUG_PACK_OBLIGATIONS, "name", row)));
            OKRUG_TRY(okrug_pack_put_number(table, 2, r, okrug_pack_number(p, OKRUG_PACK_OBLIGATIONS, "amount", row)));
            OKRUG_TRY(okrug_pack_put(table, 3, r,
                                     okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_OBLIGATIONS, "due", row))));
            OKRUG_TRY(okrug_pack_put(table, 4, r,
                                     okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_OBLIGATIONS, "done", row))));
        }
    }
    return okrug_pack_tell(p, table, title, okrug_pack_source(p, OKRUG_PACK_OBLIGATIONS));
}

okrug_status okrug_pack_projects(okrug_pack *p) {
    int count = 0;
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "pack.projects", NULL, NULL);
    if (p->table[OKRUG_PACK_PROJECTS] == NULL) {
        okrug_pack_absent(p, OKRUG_PACK_PROJECTS);
    }
    for (int64_t row = 0; row < rows_of(p, OKRUG_PACK_PROJECTS); row++) {
        if (says(p, OKRUG_PACK_PROJECTS, "cluster", row, p->cluster)) {
            const char *project = okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "project", row);
            const char *name = okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "name", row);
            name = name != NULL ? name : project;
            okrug_report_add(p->m.report, OKRUG_BLOCK_SUBHEADING, name);
            OKRUG_TRY(add_passport(p, row, project, name));
            OKRUG_TRY(add_milestones(p, project, name));
            OKRUG_TRY(add_spending(p, project, name));
            OKRUG_TRY(
                add_obligations(p, project, okrug_making_text(&p->m, "pack.obligations", "name", name, NULL, NULL)));
            count++;
        }
    }
    if (count == 0 && p->table[OKRUG_PACK_PROJECTS] != NULL) {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.projects-none", NULL, NULL);
    }
    return add_obligations(p, NULL, okrug_making_text(&p->m, "pack.obligations", "name", p->name, NULL, NULL));
}
