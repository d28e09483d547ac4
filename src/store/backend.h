/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a kind of store answers to. store.c picks the kind by the location and passes everything on; a kind knows
 * nothing of the others.
 */
#ifndef OKRUG_STORE_BACKEND_H
#define OKRUG_STORE_BACKEND_H

#include "store/jobs.h"
#include "store/rows.h"
#include "store/turns.h"

typedef struct {
    okrug_status (*create)(okrug_ctx *ctx, const char *location);
    okrug_status (*open)(okrug_ctx *ctx, const char *location, okrug_store_mode mode, okrug_store **store);
    void (*close)(okrug_store *store);
    okrug_status (*begin)(okrug_store *store);
    okrug_status (*commit)(okrug_store *store);
    void (*rollback)(okrug_store *store);
    okrug_status (*put)(okrug_store *store, const okrug_dataset *dataset);
    /* `table` NULL: all tables. */
    okrug_status (*get)(okrug_store *store, const char *id, const char *table, okrug_dataset **dataset);
    okrug_status (*remove)(okrug_store *store, const char *id);
    okrug_status (*list)(okrug_store *store, okrug_dataset **list);
    okrug_status (*set_document)(okrug_store *store, const char *name, const char *text);
    okrug_status (*get_document)(okrug_store *store, const char *name, char **text);
    okrug_status (*name_change)(okrug_store *store, const char *what, const char *subject, int64_t *id);
    okrug_status (*changes)(okrug_store *store, okrug_dataset **list);
    okrug_status (*undo)(okrug_store *store, int64_t *id);
    okrug_status (*check)(okrug_store *store, okrug_store_health *health);
    okrug_status (*draft)(okrug_ctx *ctx, const char *location, okrug_store **store);
    okrug_status (*publish)(okrug_store *store, const char *location, bool replace);
    okrug_status (*copy)(okrug_store *store, const char *path);
    okrug_status (*add_job)(okrug_store *store, const okrug_stored_job *job, int64_t *id);
    okrug_status (*get_job)(okrug_store *store, int64_t id, okrug_stored_job *job);
    okrug_status (*list_jobs)(okrug_store *store, int64_t most, okrug_stored_job **jobs, int64_t *count);
    okrug_status (*claim_job)(okrug_store *store, const okrug_lease *lease, int attempts, const char *given_up,
                              okrug_stored_job *job);
    okrug_status (*renew_job)(okrug_store *store, int64_t id, const okrug_lease *lease, const char *task, double done,
                              double total, bool *held, bool *stop);
    okrug_status (*end_job)(okrug_store *store, int64_t id, const okrug_lease *lease, okrug_job_state state,
                            const char *result, const char *messages, bool *held);
    okrug_status (*return_job)(okrug_store *store, int64_t id, const okrug_lease *lease);
    okrug_status (*cancel_job)(okrug_store *store, int64_t id, int64_t now);
    okrug_status (*stage)(okrug_store *store, const okrug_dataset *dataset, const char *owner);
    okrug_status (*put_staged)(okrug_store *store, const okrug_dataset *dataset, const char *owner);
    okrug_status (*unstage)(okrug_store *store, const char *owner);
    okrug_status (*gather_find)(okrug_store *store, const char *id, char **state);
    okrug_status (*gather_begin)(okrug_store *store, const okrug_dataset *dataset, const char *state);
    okrug_status (*gather_add)(okrug_store *store, const char *id, const okrug_table *piece, const char *before,
                               const char *state);
    okrug_status (*gather_once)(okrug_store *store, const char *id, const char *key, int64_t *repeated);
    okrug_status (*gather_end)(okrug_store *store, const okrug_dataset *dataset);
    okrug_status (*gather_drop)(okrug_store *store, const char *id);
    okrug_status (*find_rows)(okrug_store *store, const okrug_row_query *query, okrug_dataset **page, int64_t *total);
    okrug_status (*edit_row)(okrug_store *store, const okrug_row_edit *edit, int64_t *change);
    okrug_status (*recode)(okrug_store *store, const okrug_recoding *recoding, int64_t *rows);
    okrug_status (*note_replaced)(okrug_store *store, const char *id, const char *const *key, int key_count,
                                  int64_t most);
    okrug_status (*history)(okrug_store *store, const char *dataset, const okrug_row_where *where, int where_count,
                            int64_t most, okrug_dataset **history);
} okrug_store_backend;

/* The first member of every kind's own structure. */
struct okrug_store {
    const okrug_store_backend *backend;
    okrug_ctx *ctx;     /* of the call that is under way; NULL between calls */
    okrug_turns *turns; /* at writing; NULL: only the file's own lock */
    okrug_turn turn;
};

extern const okrug_store_backend okrug_sqlite_backend;

#endif
