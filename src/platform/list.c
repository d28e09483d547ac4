/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of clusters: how many participants, facilities and projects each has, and how much is late.
 */
#include <stdlib.h>

#include "platform/tables.h"

typedef struct {
    okrug_registry *r;
    okrug_words *clusters;
    okrug_words *projects;
    int32_t *cluster_of; /* of each project, -1: none that is listed */
    int64_t *participants, *facilities, *own, *late;
} counting;

static int32_t cluster_of(const counting *c, okrug_registry_kind kind, int64_t row) {
    return okrug_registry_find(c->clusters, okrug_registry_text(c->r, kind, "cluster", row));
}

/* Rows in force by cluster. */
static okrug_status count_in_force(counting *c, okrug_registry_kind kind, int64_t *count) {
    OKRUG_TRY(okrug_registry_read(c->r, kind, NULL, NULL, NULL));
    for (int64_t row = 0; row < okrug_registry_rows(c->r, kind); row++) {
        int32_t cluster = cluster_of(c, kind, row);
        if (cluster >= 0 && okrug_registry_in_force(c->r, kind, row)) {
            count[cluster]++;
        }
    }
    return OKRUG_OK;
}

static okrug_status count_projects(counting *c) {
    okrug_registry *r = c->r;
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_PROJECTS, NULL, NULL, NULL));
    int64_t rows = okrug_registry_rows(r, OKRUG_REGISTRY_PROJECTS);
    c->cluster_of = OKRUG_SCRATCH(r->ctx, rows + 1, int32_t);
    if (c->cluster_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < rows; row++) {
        int32_t cluster = cluster_of(c, OKRUG_REGISTRY_PROJECTS, row);
        OKRUG_TRY(okrug_registry_note(c->projects, okrug_registry_text(r, OKRUG_REGISTRY_PROJECTS, "project", row)));
        c->cluster_of[okrug_words_count(c->projects) - 1] = cluster;
        if (cluster >= 0) {
            c->own[cluster]++;
        }
    }
    return OKRUG_OK;
}

static okrug_status count_late(counting *c, okrug_registry_kind kind) {
    okrug_registry *r = c->r;
    OKRUG_TRY(okrug_registry_read(r, kind, NULL, NULL, NULL));
    for (int64_t row = 0; row < okrug_registry_rows(r, kind); row++) {
        int32_t project = okrug_registry_find(c->projects, okrug_registry_text(r, kind, "project", row));
        int32_t cluster = cluster_of(c, kind, row);
        if (cluster < 0 && project >= 0) {
            cluster = c->cluster_of[project];
        }
        if (cluster >= 0 && okrug_registry_late(r, okrug_registry_text(r, kind, "due", row),
                                                okrug_registry_text(r, kind, "done", row))) {
            c->late[cluster]++;
        }
    }
    return OKRUG_OK;
}

static okrug_status count_all(counting *c) {
    okrug_registry *r = c->r;
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_CLUSTERS, NULL, NULL, NULL));
    int64_t rows = okrug_registry_rows(r, OKRUG_REGISTRY_CLUSTERS);
    int64_t *counts = OKRUG_SCRATCH_ZERO(r->ctx, 4 * rows + 1, int64_t);
    if (counts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    c->participants = counts;
    c->facilities = counts + rows;
    c->own = counts + 2 * rows;
    c->late = counts + 3 * rows;
    for (int64_t row = 0; row < rows; row++) {
        OKRUG_TRY(okrug_registry_note(c->clusters, okrug_registry_text(r, OKRUG_REGISTRY_CLUSTERS, "cluster", row)));
    }
    OKRUG_TRY(count_in_force(c, OKRUG_REGISTRY_PARTICIPANTS, c->participants));
    OKRUG_TRY(count_in_force(c, OKRUG_REGISTRY_FACILITIES, c->facilities));
    OKRUG_TRY(count_projects(c));
    OKRUG_TRY(count_late(c, OKRUG_REGISTRY_MILESTONES));
    return count_late(c, OKRUG_REGISTRY_OBLIGATIONS);
}

static okrug_status tell(const counting *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(r, "clusters",
                                             "t:cluster t:name t:region t:organisation b:in_force b:synthetic "
                                             "c:participants c:facilities c:projects c:late");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_CLUSTERS); row++) {
        static const char *const texts[] = {"cluster", "name", "region", "organisation"};
        okrug_told_row told = okrug_told_begin(table);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_CLUSTERS, texts[i], row));
        }
        int32_t cluster = cluster_of(c, OKRUG_REGISTRY_CLUSTERS, row);
        okrug_told_truth(&told, okrug_registry_in_force(r, OKRUG_REGISTRY_CLUSTERS, row));
        okrug_told_truth(&told, okrug_registry_synthetic(r, OKRUG_REGISTRY_CLUSTERS, row));
        okrug_told_number(&told, (double)c->participants[cluster]);
        okrug_told_number(&told, (double)c->facilities[cluster]);
        okrug_told_number(&told, (double)c->own[cluster]);
        okrug_told_number(&told, (double)c->late[cluster]);
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

okrug_status okrug_registry_tell_list(okrug_registry *r) {
    counting c = {.r = r, .clusters = okrug_words_new(), .projects = okrug_words_new()};
    okrug_status status = c.clusters != NULL && c.projects != NULL ? count_all(&c) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = tell(&c);
    }
    okrug_words_free(c.clusters);
    okrug_words_free(c.projects);
    return status;
}
