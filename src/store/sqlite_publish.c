/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GeoPackage for others: a workspace under a name of its own, filled like any other, then stripped of everything that
 * is okrug's own and written anew, so that no page holds a rest of it.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const char okrug_embedded_sql_sqlite_publish_sql[]; /* ends with a NUL */

okrug_status okrug_sqlite_draft(okrug_ctx *ctx, const char *location, okrug_store **store) {
    const char *beside = NULL;
    okrug_sqlite *s = NULL;
    OKRUG_TRY(okrug_sqlite_make(ctx, location, &beside, &s));
    s->draft = strdup(beside);
    if (s->draft == NULL) {
        okrug_sqlite_close(&s->base);
        okrug_sqlite_drop_beside(ctx, beside);
        return OKRUG_NO_MEMORY;
    }
    s->base.ctx = NULL;
    *store = &s->base;
    return OKRUG_OK;
}

void okrug_sqlite_drop_draft(okrug_sqlite *s) {
    if (s->draft != NULL) {
        unlink(s->draft);
        free(s->draft);
        s->draft = NULL;
    }
}

static okrug_status drop_one(okrug_sqlite *s, bool *more) {
    sqlite3_stmt *statement = NULL;
    okrug_buffer sql = {0};
    OKRUG_TRY(okrug_sqlite_prepare(
        s, "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'okrug\\_%' ESCAPE '\\' LIMIT 1",
        &statement));
    okrug_status status = okrug_sqlite_next(s, statement, more);
    if (*more) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        okrug_buffer_add_text(&sql, "DROP TABLE ");
        okrug_sqlite_quote(&sql, name != NULL ? name : "");
    }
    sqlite3_finalize(statement);
    return status == OKRUG_OK && *more ? okrug_sqlite_run_buffer(s, &sql) : (okrug_buffer_free(&sql), status);
}

static okrug_status strip(okrug_sqlite *s) {
    bool own = false;
    OKRUG_TRY(okrug_sqlite_run(s, "PRAGMA foreign_keys = OFF", "")); /* tables go in any order */
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    okrug_status status =
        okrug_sqlite_fault(s, sqlite3_exec(s->db, okrug_embedded_sql_sqlite_publish_sql, NULL, NULL, NULL));
    for (bool more = true; status == OKRUG_OK && more;) {
        status = drop_one(s, &more);
    }
    OKRUG_TRY(okrug_sqlite_change_end(s, own, status));
    return okrug_sqlite_run(s, "VACUUM", "");
}

/* What is there is replaced only where that was asked for, and only a plain file. */
static int put_in_place(const char *draft, const char *path, bool replace) {
    struct stat there;
    if (!replace || lstat(path, &there) != 0) {
        return okrug_sqlite_take_name(draft, path);
    }
    if (!S_ISREG(there.st_mode)) {
        return EEXIST;
    }
    return rename(draft, path) == 0 ? 0 : errno;
}

okrug_status okrug_sqlite_publish(okrug_store *store, const char *location, bool replace) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s->draft == NULL || s->transaction != OKRUG_SQLITE_NONE) {
        return okrug_fail(store->ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", "no draft", (char *)NULL);
    }
    OKRUG_TRY(strip(s));
    sqlite3_close_v2(s->db);
    s->db = NULL;
    int error = put_in_place(s->draft, location, replace);
    if (error != 0) {
        return okrug_sqlite_cannot_make(store->ctx, location, error);
    }
    free(s->draft);
    s->draft = NULL;
    return OKRUG_OK;
}
