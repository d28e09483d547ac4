/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application of a cluster for official status, as a report: the first page holds what it is and what it lacks,
 * then come its parts in the order in which decrees ask for them.
 */
#include "platform/application.h"

#include <math.h>
#include <string.h>

#include "platform/reports.h"

static const char *strong(okrug_application *p, int64_t count) {
    return okrug_report_format(p->m.report, OKRUG_STRONG "%lld" OKRUG_STRONG, (long long)count);
}

static void add_lead_projects(okrug_application *p) {
    double budget = 0.0;
    int64_t projects = okrug_registry_rows(&p->r, OKRUG_REGISTRY_PROJECTS);
    int64_t known = projects - okrug_application_without_budget(p);
    for (int64_t r = 0; r < projects; r++) {
        double own = okrug_registry_number(&p->r, OKRUG_REGISTRY_PROJECTS, "budget", r);
        budget += isnan(own) ? 0.0 : own;
    }
    const char *name[] = {"projects", "budget", "known"};
    const char *value[] = {strong(p, projects), okrug_application_money(p, budget), strong(p, known)};
    const char *key = known == projects ? "pack.lead-projects"
                      : known > 0       ? "pack.lead-projects-part"
                                        : "pack.lead-projects-unknown";
    if (projects > 0) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_LEAD, okrug_report_text(p->m.report, key, 3, name, value));
    }
}

static void add_lead(okrug_application *p) {
    int64_t known = p->card.contracts - p->card.investments - p->card.unknown;
    const char *name[] = {"participants", "contracts", "amount", "known"};
    const char *value[] = {strong(p, p->members), strong(p, p->card.contracts),
                           okrug_report_format(p->m.report, OKRUG_STRONG "%s" OKRUG_STRONG,
                                               okrug_application_money(p, okrug_sum_value(&p->card.amount))),
                           strong(p, known)};
    const char *key = p->r.id[OKRUG_REGISTRY_CONTRACTS] == NULL ? "pack.lead-no-contracts"
                      : p->card.unknown == 0                    ? "pack.lead"
                      : known > 0                               ? "pack.lead-part"
                                                                : "pack.lead-unknown";
    okrug_report_add(p->m.report, OKRUG_BLOCK_LEAD, okrug_report_text(p->m.report, key, 4, name, value));
    add_lead_projects(p);
}

static okrug_status add_first_page(okrug_application *p) {
    if (strcmp(p->m.language, "ru") == 0) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_APPROVAL, NULL);
    }
    const char *kicker = okrug_making_text(&p->m, "pack.kicker", NULL, NULL, NULL, NULL);
    okrug_report_add(p->m.report, OKRUG_BLOCK_KICKER,
                     p->m.date == NULL ? kicker : okrug_report_format(p->m.report, "%s, %s", kicker, p->m.date));
    okrug_report_add(p->m.report, OKRUG_BLOCK_TITLE, p->name);
    if (p->synthetic) {
        okrug_application_say(p, OKRUG_BLOCK_NOTE, "pack.synthetic-text", NULL, NULL);
    }
    add_lead(p);
    OKRUG_TRY(okrug_application_verdict(p));
    okrug_application_say(p, OKRUG_BLOCK_CARD, "pack.lacking", NULL, NULL);
    return okrug_application_lacking(p);
}

static okrug_status add_origins(okrug_application *p) {
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "report.how", NULL, NULL);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.how", NULL, NULL);
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        const okrug_dataset *dataset = p->r.head[kind];
        if (dataset != NULL) {
            okrug_report_add_data(p->m.report, dataset->id, dataset->provenance != NULL ? dataset->provenance : "{}");
        }
    }
    if (p->codes != NULL) {
        okrug_report_add_data(p->m.report, p->codes->id, p->codes->provenance != NULL ? p->codes->provenance : "{}");
    }
    for (int i = 0; i < OKRUG_APPLICATION_RESULTS; i++) {
        const okrug_dataset *result = p->result[i];
        if (result != NULL && (i != OKRUG_APPLICATION_MULTIPLIERS || p->result[OKRUG_APPLICATION_BANDS] == NULL)) {
            okrug_report_add_provenance(p->m.report, result->id,
                                        result->provenance != NULL ? result->provenance : "{}");
        }
    }
    okrug_report_add_lists(p->m.report);
    return okrug_report_status(p->m.report);
}

static okrug_status make(okrug_application *p) {
    static okrug_status (*const parts[])(okrug_application *) = {
        okrug_application_participants,   okrug_application_map,    okrug_application_cooperation,
        okrug_application_infrastructure, okrug_application_effect, okrug_application_projects,
        okrug_application_status,
    };
    const char *goals = okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "goals", 0);
    OKRUG_TRY(add_first_page(p));
    okrug_report_add(p->m.report, OKRUG_BLOCK_BREAK, NULL);
    okrug_report_add(p->m.report, OKRUG_BLOCK_CONTENTS, NULL);
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.goals", NULL, NULL);
    if (goals != NULL) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT, goals);
    } else {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.goals-none", NULL, NULL);
    }
    for (size_t i = 0; i < OKRUG_COUNT_OF(parts); i++) {
        OKRUG_TRY(okrug_check_cancel(p->m.ctx));
        OKRUG_TRY(parts[i](p));
    }
    return add_origins(p);
}

/* The study, if there is one, names industries. */
static okrug_status make_and_write(okrug_application *p, const okrug_report_request *request,
                                   const okrug_catalogue *catalogue, okrug_buffer *out) {
    okrug_report_format_asked format;
    okrug_registry_request asked = {.cluster = request->cluster, .date = request->date, .chosen = &request->chosen};
    OKRUG_TRY(okrug_report_check(p->m.ctx, request, &format));
    OKRUG_TRY(okrug_registry_open(p->m.ctx, p->m.store, &asked, &p->r));
    OKRUG_TRY(okrug_making_begin(&p->m, catalogue, p->r.date, false));
    OKRUG_TRY(okrug_application_read(p, request));
    okrug_report_name(p->m.report, p->name,
                      p->synthetic ? okrug_making_text(&p->m, "pack.synthetic", NULL, NULL, NULL, NULL) : NULL);
    p->whole = okrug_report_is_workbook(&format);
    OKRUG_TRY(make(p));
    const okrug_dataset *status = NULL;
    OKRUG_TRY(okrug_application_own_status(p, &status));
    return okrug_making_write(&p->m, &format, &status, status != NULL ? 1 : 0, out);
}

okrug_status okrug_workspace_report(okrug_ctx *ctx, okrug_store *store, const okrug_report_request *request,
                                    const okrug_catalogue *catalogue, const char **id, okrug_buffer *out) {
    if (request->cluster == NULL) {
        return request->districts != NULL ? okrug_districts_report(ctx, store, request, catalogue, id, out)
                                          : okrug_study_report(ctx, store, request, catalogue, id, out);
    }
    okrug_application p = {.m = {.ctx = ctx, .store = store, .language = request->language}};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = make_and_write(&p, request, catalogue, out);
    *id = status == OKRUG_OK ? okrug_text(ctx, "%s", request->cluster) : "";
    okrug_report_free(p.m.report);
    okrug_card_close(&p.card);
    okrug_registry_close(&p.r);
    okrug_scratch_reset(ctx, mark);
    return status;
}
