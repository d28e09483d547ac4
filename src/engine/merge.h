/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of merging share.
 */
#ifndef OKRUG_ENGINE_MERGE_H
#define OKRUG_ENGINE_MERGE_H

#include "engine/references.h"
#include "engine/rows.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    const okrug_merge_request *request;
    okrug_dataset *list;    /* of datasets */
    okrug_dataset *kept;    /* its row */
    okrug_dataset *dropped; /* its row, or none */
    okrug_merge_done done;
    bool named; /* something named the one that is dropped */
} okrug_merging;

bool okrug_merge_is_key(const okrug_kind *kind, const char *column);
bool okrug_merge_names_firms(const okrug_kind *kind, const okrug_column *column);

/* How two rows compare but for the column that is rewritten. */
enum { OKRUG_MERGE_OTHER, OKRUG_MERGE_SAME_KEY, OKRUG_MERGE_SAME_ROW };

/* The row of the kept one that has the same key as that of the dropped one once that column is rewritten; -1: none. */
int64_t okrug_merge_twin(const okrug_kind *kind, const okrug_table *dropped, int64_t row, const okrug_table *kept,
                         const char *column, int *how);

/* A fault for each row of the dropped one that has such a twin, and is another ("merge-collides"), and for each in
 * which another column names the kept one already ("merge-with-itself"). */
okrug_status okrug_merge_check_twins(const okrug_merging *m, const char *id, const okrug_kind *kind,
                                     const okrug_table *dropped, const okrug_table *kept, const char *column);
okrug_status okrug_merge_check_itself(const okrug_merging *m, const char *id, const okrug_kind *kind,
                                      const okrug_table *dropped, const char *column);

#endif
