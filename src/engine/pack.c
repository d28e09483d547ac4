/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application of a cluster for official status, as a report: the first page holds what it is and what it lacks,
 * then come its parts in the order in which decrees ask for them.
 */
#include "engine/pack.h"

#include <math.h>
#include <string.h>

static void add_lead(okrug_pack *p) {
    double inside = 0.0;
    int64_t deals = 0;
    for (int i = 0; i < p->members; i++) {
        inside += p->member[i].sold_inside;
        deals += p->member[i].contracts;
    }
    const char *name[] = {"participants", "contracts", "amount"};
    const char *value[] = {
        okrug_report_format(p->m.report, OKRUG_STRONG "%d" OKRUG_STRONG, p->members),
        okrug_report_format(p->m.report, OKRUG_STRONG "%lld" OKRUG_STRONG, (long long)deals / 2),
        okrug_report_format(p->m.report, OKRUG_STRONG "%s" OKRUG_STRONG, okrug_pack_money(p, inside))};
    okrug_report_add(p->m.report, OKRUG_BLOCK_LEAD, okrug_report_text(p->m.report, "pack.lead", 3, name, value));
    double budget = 0.0;
    int projects = 0;
    const okrug_table *table = p->table[OKRUG_PACK_PROJECTS];
    for (int64_t r = 0; table != NULL && r < table->rows; r++) {
        const char *cluster = okrug_pack_cell(p, OKRUG_PACK_PROJECTS, "cluster", r);
        double own = okrug_pack_number(p, OKRUG_PACK_PROJECTS, "budget", r);
        if (cluster != NULL && strcmp(cluster, p->cluster) == 0) {
            projects++;
            budget += isnan(own) ? 0.0 : own;
        }
    }
    if (projects > 0) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_LEAD,
                         okrug_making_text(&p->m, "pack.lead-projects", "projects",
                                           okrug_report_format(p->m.report, OKRUG_STRONG "%d" OKRUG_STRONG, projects),
                                           "budget", okrug_pack_money(p, budget)));
    }
}

static okrug_status add_first_page(okrug_pack *p) {
    if (strcmp(p->m.language, "ru") == 0) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_APPROVAL, NULL);
    }
    const char *kicker = okrug_making_text(&p->m, "pack.kicker", NULL, NULL, NULL, NULL);
    okrug_report_add(p->m.report, OKRUG_BLOCK_KICKER,
                     p->m.date == NULL ? kicker : okrug_report_format(p->m.report, "%s, %s", kicker, p->m.date));
    okrug_report_add(p->m.report, OKRUG_BLOCK_TITLE, p->name);
    if (p->synthetic) {
        okrug_pack_say(p, OKRUG_BLOCK_NOTE, "pack.synthetic-text", NULL, NULL);
    }
    add_lead(p);
    OKRUG_TRY(okrug_pack_verdict(p));
    okrug_pack_say(p, OKRUG_BLOCK_CARD, "pack.lacking", NULL, NULL);
    return okrug_pack_lacking(p);
}

static okrug_status add_origins(okrug_pack *p) {
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "report.how", NULL, NULL);
    okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.how", NULL, NULL);
    for (int t = 0; t < OKRUG_PACK_TABLES_COUNT; t++) {
        if (p->table[t] != NULL) {
            const okrug_dataset *dataset = p->table[t]->dataset;
            okrug_report_add_data(p->m.report, dataset->id, dataset->provenance != NULL ? dataset->provenance : "{}");
        }
    }
    for (int i = 0; i < OKRUG_PACK_RESULTS; i++) {
        const okrug_dataset *result = p->result[i];
        if (result != NULL && (i != OKRUG_PACK_MULTIPLIERS || p->result[OKRUG_PACK_BANDS] == NULL)) {
            okrug_report_add_provenance(p->m.report, result->id,
                                        result->provenance != NULL ? result->provenance : "{}");
        }
    }
    okrug_report_add_lists(p->m.report);
    return okrug_report_status(p->m.report);
}

okrug_status okrug_pack_make(okrug_pack *p) {
    static okrug_status (*const parts[])(okrug_pack *) = {
        okrug_pack_participants, okrug_pack_map,      okrug_pack_cooperation, okrug_pack_infrastructure,
        okrug_pack_effect,       okrug_pack_projects, okrug_pack_status,
    };
    const char *goals = okrug_pack_cell(p, OKRUG_PACK_CLUSTERS, "goals", p->row);
    OKRUG_TRY(add_first_page(p));
    okrug_report_add(p->m.report, OKRUG_BLOCK_BREAK, NULL);
    okrug_report_add(p->m.report, OKRUG_BLOCK_CONTENTS, NULL);
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "pack.goals", NULL, NULL);
    if (goals != NULL) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT, goals);
    } else {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.goals-none", NULL, NULL);
    }
    for (size_t i = 0; i < OKRUG_COUNT_OF(parts); i++) {
        OKRUG_TRY(okrug_check_cancel(p->m.ctx));
        OKRUG_TRY(parts[i](p));
    }
    return add_origins(p);
}
