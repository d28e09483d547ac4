/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to the stores: a location that is a postgresql:// URL is asked of a PostgreSQL store, any other is the name
 * of a file.
 */
#include "store/backend.h"

#include <string.h>

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* The user name and password of a URL do not belong in a message. */
static const char *without_secrets(okrug_ctx *ctx, const char *url) {
    const char *host = strstr(url, "://") + 3;
    const char *path = strchr(host, '/');
    const char *at = strchr(host, '@');
    if (at == NULL || (path != NULL && path < at)) {
        return url;
    }
    return okrug_text(ctx, "postgresql://%s", at + 1);
}

/* NULL, with a fault, where this build has none for it. */
static const okrug_store_backend *find_backend(okrug_ctx *ctx, const char *location) {
    if (begins_with(location, "postgresql://") || begins_with(location, "postgres://")) {
        okrug_fail(ctx, OKRUG_BAD_USAGE, "store-not-built", NULL, "location", without_secrets(ctx, location),
                   (char *)NULL);
        return NULL;
    }
    return &okrug_sqlite_backend;
}

okrug_status okrug_store_create(okrug_ctx *ctx, const char *location) {
    const okrug_store_backend *backend = find_backend(ctx, location);
    return backend == NULL ? OKRUG_BAD_USAGE : backend->create(ctx, location);
}

okrug_status okrug_store_open(okrug_ctx *ctx, const char *location, okrug_store_mode mode, okrug_store **store) {
    const okrug_store_backend *backend = find_backend(ctx, location);
    *store = NULL;
    return backend == NULL ? OKRUG_BAD_USAGE : backend->open(ctx, location, mode, store);
}

void okrug_store_close(okrug_store *store) {
    if (store != NULL) {
        okrug_turns *turns = store->turns;
        store->backend->close(store);
        okrug_turns_drop(turns);
    }
}

okrug_status okrug_store_take_turns(okrug_store *store, okrug_store *other) {
    if (other->turns == NULL) {
        other->turns = okrug_turns_new();
    }
    store->turns = okrug_turns_share(other->turns);
    return store->turns != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

/* Whatever a call returns, the store forgets its context: the next call may come with another. */
static okrug_status leave(okrug_store *store, okrug_status status) {
    store->ctx = NULL;
    return status;
}

okrug_status okrug_store_begin(okrug_ctx *ctx, okrug_store *store) {
    store->ctx = ctx;
    return leave(store, store->backend->begin(store));
}

okrug_status okrug_store_commit(okrug_ctx *ctx, okrug_store *store) {
    store->ctx = ctx;
    return leave(store, store->backend->commit(store));
}

void okrug_store_rollback(okrug_store *store) {
    store->backend->rollback(store);
}

okrug_status okrug_store_put(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset) {
    store->ctx = ctx;
    return leave(store, store->backend->put(store, dataset));
}

okrug_status okrug_store_get(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_dataset **dataset) {
    store->ctx = ctx;
    *dataset = NULL;
    return leave(store, store->backend->get(store, id, NULL, dataset));
}

okrug_status okrug_store_get_table(okrug_ctx *ctx, okrug_store *store, const char *id, const char *table,
                                   okrug_dataset **dataset) {
    store->ctx = ctx;
    *dataset = NULL;
    return leave(store, store->backend->get(store, id, table, dataset));
}

okrug_status okrug_store_remove(okrug_ctx *ctx, okrug_store *store, const char *id) {
    store->ctx = ctx;
    return leave(store, store->backend->remove(store, id));
}

okrug_status okrug_store_list(okrug_ctx *ctx, okrug_store *store, okrug_dataset **list) {
    store->ctx = ctx;
    *list = NULL;
    return leave(store, store->backend->list(store, list));
}

okrug_status okrug_store_set_document(okrug_ctx *ctx, okrug_store *store, const char *name, const char *text) {
    store->ctx = ctx;
    return leave(store, store->backend->set_document(store, name, text));
}

okrug_status okrug_store_get_document(okrug_ctx *ctx, okrug_store *store, const char *name, char **text) {
    store->ctx = ctx;
    *text = NULL;
    return leave(store, store->backend->get_document(store, name, text));
}

okrug_status okrug_store_backup(okrug_ctx *ctx, okrug_store *store, const char *path) {
    store->ctx = ctx;
    return leave(store, store->backend->copy(store, path));
}

okrug_status okrug_store_name_change(okrug_ctx *ctx, okrug_store *store, const char *what, const char *subject,
                                     int64_t *id) {
    int64_t number = 0;
    store->ctx = ctx;
    return leave(store, store->backend->name_change(store, what, subject, id != NULL ? id : &number));
}

okrug_status okrug_store_changes(okrug_ctx *ctx, okrug_store *store, okrug_dataset **list) {
    store->ctx = ctx;
    *list = NULL;
    return leave(store, store->backend->changes(store, list));
}

okrug_status okrug_store_undo(okrug_ctx *ctx, okrug_store *store, int64_t *id) {
    store->ctx = ctx;
    return leave(store, store->backend->undo(store, id));
}

okrug_status okrug_store_check(okrug_ctx *ctx, okrug_store *store, okrug_store_health *health) {
    store->ctx = ctx;
    return leave(store, store->backend->check(store, health));
}

okrug_status okrug_store_draft(okrug_ctx *ctx, const char *location, okrug_store **store) {
    *store = NULL;
    return okrug_sqlite_backend.draft(ctx, location, store); /* a file, whatever store the datasets come from */
}

okrug_status okrug_store_publish(okrug_ctx *ctx, okrug_store *store, const char *location, bool replace) {
    store->ctx = ctx;
    return leave(store, store->backend->publish(store, location, replace));
}

okrug_status okrug_store_gather_find(okrug_ctx *ctx, okrug_store *store, const char *id, char **state) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_find(store, id, state));
}

okrug_status okrug_store_gather_begin(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset,
                                      const char *state) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_begin(store, dataset, state));
}

okrug_status okrug_store_gather_add(okrug_ctx *ctx, okrug_store *store, const char *id, const okrug_table *piece,
                                    const char *before, const char *state) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_add(store, id, piece, before, state));
}

okrug_status okrug_store_gather_once(okrug_ctx *ctx, okrug_store *store, const char *id, const char *key,
                                     int64_t *repeated) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_once(store, id, key, repeated));
}

okrug_status okrug_store_gather_end(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_end(store, dataset));
}

okrug_status okrug_store_gather_drop(okrug_ctx *ctx, okrug_store *store, const char *id) {
    store->ctx = ctx;
    return leave(store, store->backend->gather_drop(store, id));
}

okrug_status okrug_store_find_rows(okrug_ctx *ctx, okrug_store *store, const okrug_row_query *query,
                                   okrug_dataset **page, int64_t *total) {
    store->ctx = ctx;
    *page = NULL;
    return leave(store, store->backend->find_rows(store, query, page, total));
}

okrug_status okrug_store_edit_row(okrug_ctx *ctx, okrug_store *store, const okrug_row_edit *edit, int64_t *change) {
    store->ctx = ctx;
    *change = 0;
    return leave(store, store->backend->edit_row(store, edit, change));
}

okrug_status okrug_store_recode(okrug_ctx *ctx, okrug_store *store, const okrug_recoding *recoding, int64_t *rows) {
    store->ctx = ctx;
    *rows = 0;
    return leave(store, store->backend->recode(store, recoding, rows));
}

okrug_status okrug_store_note_replaced(okrug_ctx *ctx, okrug_store *store, const char *id, const char *const *key,
                                       int key_count, int64_t most) {
    store->ctx = ctx;
    return leave(store, store->backend->note_replaced(store, id, key, key_count, most));
}

okrug_status okrug_store_history(okrug_ctx *ctx, okrug_store *store, const char *dataset, const okrug_row_where *where,
                                 int where_count, int64_t most, okrug_dataset **history) {
    store->ctx = ctx;
    *history = NULL;
    return leave(store, store->backend->history(store, dataset, where, where_count, most, history));
}
