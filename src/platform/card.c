/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of a cluster: its participants, facilities, projects and promises. card_money.c tells of contracts and
 * spending, card_missing.c of what is not there.
 */
#include "platform/card.h"

#include <math.h>

static void tell_texts(okrug_card *c, okrug_told_row *told, okrug_registry_kind kind, int64_t row,
                       const char *const *columns) {
    for (; *columns != NULL; columns++) {
        okrug_told_text(told, okrug_registry_text(c->r, kind, *columns, row));
    }
}

static okrug_status tell_cluster(okrug_card *c) {
    static const char *const first[] = {"cluster", "name", "region", "organisation", NULL}, *const last[] = {
                                                                                                "goals", "since",
                                                                                                "until", NULL};
    okrug_table *table = okrug_registry_tell(
        c->r, "cluster",
        "t:cluster t:name t:region t:organisation t:organisation_name t:goals t:since t:until b:in_force b:synthetic");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_told_row told = okrug_told_begin(table);
    tell_texts(c, &told, OKRUG_REGISTRY_CLUSTERS, 0, first);
    okrug_told_text(&told,
                    okrug_card_firm_name(c, okrug_registry_text(c->r, OKRUG_REGISTRY_CLUSTERS, "organisation", 0)));
    tell_texts(c, &told, OKRUG_REGISTRY_CLUSTERS, 0, last);
    okrug_told_truth(&told, okrug_registry_in_force(c->r, OKRUG_REGISTRY_CLUSTERS, 0));
    okrug_told_truth(&told, okrug_card_synthetic(c));
    return told.status;
}

static okrug_status tell_participants(okrug_card *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(
        r, "participants", "t:firm t:name t:role t:industry t:region n:employees t:producing t:since t:until");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_PARTICIPANTS); row++) {
        static const char *const last[] = {"producing", "since", "until", NULL};
        if (!okrug_registry_in_force(r, OKRUG_REGISTRY_PARTICIPANTS, row)) {
            continue;
        }
        const char *firm = okrug_registry_text(r, OKRUG_REGISTRY_PARTICIPANTS, "firm", row);
        int64_t known = okrug_card_firm_row(c, firm);
        okrug_told_row told = okrug_told_begin(table);
        okrug_told_text(&told, firm);
        okrug_told_text(&told, okrug_card_firm_name(c, firm));
        okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_PARTICIPANTS, "role", row));
        okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_FIRMS, "industry", known));
        okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_FIRMS, "region", known));
        okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_FIRMS, "employees", known));
        tell_texts(c, &told, OKRUG_REGISTRY_PARTICIPANTS, row, last);
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

static okrug_status tell_facilities(okrug_card *c) {
    static const char *const columns[] = {"facility", "kind", "name", "region", "since", "until", NULL};
    okrug_table *table = okrug_registry_tell(c->r, "facilities", "t:facility t:kind t:name t:region t:since t:until");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(c->r, OKRUG_REGISTRY_FACILITIES); row++) {
        if (okrug_registry_in_force(c->r, OKRUG_REGISTRY_FACILITIES, row)) {
            okrug_told_row told = okrug_told_begin(table);
            tell_texts(c, &told, OKRUG_REGISTRY_FACILITIES, row, columns);
            OKRUG_TRY(told.status);
        }
    }
    return OKRUG_OK;
}

static okrug_status tell_milestones(okrug_card *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(r, "milestones", "t:project t:milestone t:name t:due t:done b:late");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_MILESTONES); row++) {
        static const char *const columns[] = {"project", "milestone", "name", "due", NULL};
        const char *due = okrug_registry_text(r, OKRUG_REGISTRY_MILESTONES, "due", row);
        const char *done = okrug_card_done(c, OKRUG_REGISTRY_MILESTONES, row);
        okrug_told_row told = okrug_told_begin(table);
        tell_texts(c, &told, OKRUG_REGISTRY_MILESTONES, row, columns);
        okrug_told_text(&told, done);
        okrug_told_truth(&told, okrug_registry_late(r, due, done));
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

static okrug_status tell_projects(okrug_card *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(
        r, "projects",
        "t:project t:name t:firm t:firm_name t:product t:stage t:start t:finish r:budget r:own_funds n:jobs r:spent "
        "c:milestones c:done c:late");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_PROJECTS); row++) {
        static const char *const first[] = {"project", "name", "firm", NULL}, *const last[] = {"product", "stage",
                                                                                               "start", "finish", NULL};
        const okrug_card_project *project = &c->project[row];
        okrug_told_row told = okrug_told_begin(table);
        tell_texts(c, &told, OKRUG_REGISTRY_PROJECTS, row, first);
        okrug_told_text(&told, okrug_card_firm_name(c, okrug_registry_text(r, OKRUG_REGISTRY_PROJECTS, "firm", row)));
        tell_texts(c, &told, OKRUG_REGISTRY_PROJECTS, row, last);
        okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_PROJECTS, "budget", row));
        okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_PROJECTS, "own_funds", row));
        okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_PROJECTS, "jobs", row));
        okrug_told_number(&told, project->entries > 0
                                     ? okrug_card_sum(&project->spent, project->entries, project->unknown)
                                     : (double)NAN);
        okrug_told_number(&told, (double)project->milestones);
        okrug_told_number(&told, (double)project->done);
        okrug_told_number(&told, (double)project->late);
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

static okrug_status tell_obligations(okrug_card *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(
        r, "obligations", "t:obligation t:project t:party t:party_name t:name t:due t:done x:amount b:late");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_OBLIGATIONS); row++) {
        static const char *const first[] = {"obligation", "project", "party", NULL}, *const last[] = {"name", "due",
                                                                                                      NULL};
        const char *done = okrug_card_done(c, OKRUG_REGISTRY_OBLIGATIONS, row);
        if (!okrug_card_owes(c, row)) {
            continue;
        }
        okrug_told_row told = okrug_told_begin(table);
        tell_texts(c, &told, OKRUG_REGISTRY_OBLIGATIONS, row, first);
        okrug_told_text(&told,
                        okrug_card_firm_name(c, okrug_registry_text(r, OKRUG_REGISTRY_OBLIGATIONS, "party", row)));
        tell_texts(c, &told, OKRUG_REGISTRY_OBLIGATIONS, row, last);
        okrug_told_text(&told, done);
        okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_OBLIGATIONS, "amount", row));
        okrug_told_truth(&told,
                         okrug_registry_late(r, okrug_registry_text(r, OKRUG_REGISTRY_OBLIGATIONS, "due", row), done));
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

static okrug_status tell_all(okrug_card *c) {
    OKRUG_TRY(tell_cluster(c));
    OKRUG_TRY(tell_participants(c));
    OKRUG_TRY(tell_facilities(c));
    OKRUG_TRY(tell_milestones(c));
    OKRUG_TRY(okrug_card_tell_spending(c));
    OKRUG_TRY(tell_projects(c));
    OKRUG_TRY(tell_obligations(c));
    OKRUG_TRY(okrug_card_tell_needs(c));
    OKRUG_TRY(okrug_card_tell_contracts(c));
    return okrug_card_tell_missing(c);
}

okrug_status okrug_registry_tell_card(okrug_registry *r, const char *cluster) {
    okrug_card c;
    okrug_status status = okrug_card_open(&c, r, cluster);
    if (status == OKRUG_OK) {
        status = tell_all(&c);
    }
    okrug_card_close(&c);
    return status;
}
