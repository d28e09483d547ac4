/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file of a workspace: making it, opening it in one of three modes, closing it.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPERATIONS_BETWEEN_CHECKS = 20000, WAIT_STEP_MICROSECONDS = 20000, WAIT_STEPS = 150 };

const okrug_store_backend okrug_sqlite_backend = {
    .create = okrug_sqlite_create,
    .open = okrug_sqlite_open,
    .close = okrug_sqlite_close,
    .begin = okrug_sqlite_begin,
    .commit = okrug_sqlite_commit,
    .rollback = okrug_sqlite_rollback,
    .put = okrug_sqlite_put,
    .get = okrug_sqlite_get,
    .remove = okrug_sqlite_remove,
    .list = okrug_sqlite_list,
    .set_document = okrug_sqlite_set_document,
    .get_document = okrug_sqlite_get_document,
    .check = okrug_sqlite_check,
    .draft = okrug_sqlite_draft,
    .publish = okrug_sqlite_publish,
    .copy = okrug_sqlite_copy,
    .name_change = okrug_sqlite_name_change,
    .changes = okrug_sqlite_changes,
    .undo = okrug_sqlite_undo,
    .add_job = okrug_sqlite_add_job,
    .get_job = okrug_sqlite_get_job,
    .list_jobs = okrug_sqlite_list_jobs,
    .claim_job = okrug_sqlite_claim_job,
    .renew_job = okrug_sqlite_renew_job,
    .end_job = okrug_sqlite_end_job,
    .return_job = okrug_sqlite_return_job,
    .cancel_job = okrug_sqlite_cancel_job,
    .stage = okrug_sqlite_stage,
    .put_staged = okrug_sqlite_put_staged,
    .unstage = okrug_sqlite_unstage,
    .gather_find = okrug_sqlite_gather_find,
    .gather_begin = okrug_sqlite_gather_begin,
    .gather_add = okrug_sqlite_gather_add,
    .gather_once = okrug_sqlite_gather_once,
    .gather_end = okrug_sqlite_gather_end,
    .gather_drop = okrug_sqlite_gather_drop,
    .find_rows = okrug_sqlite_find_rows,
    .edit_row = okrug_sqlite_edit_row,
    .recode = okrug_sqlite_recode,
    .note_replaced = okrug_sqlite_note_replaced,
    .history = okrug_sqlite_history,
};

static int stop_when_cancelled(void *user) {
    const okrug_sqlite *s = user;
    return s->base.ctx != NULL && okrug_cancelled(s->base.ctx);
}

/* Another program holds the workspace: wait up to three seconds, but not for a cancelled job. */
static int wait_for_lock(void *user, int times) {
    const okrug_sqlite *s = user;
    if (!s->patient || times >= WAIT_STEPS || stop_when_cancelled(user)) {
        return 0;
    }
    usleep(WAIT_STEP_MICROSECONDS);
    return 1;
}

/* The file may come from anyone: its schema must not run functions, and SQL must not reach into its pages. */
static okrug_status guard(okrug_sqlite *s) {
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_progress_handler(s->db, OPERATIONS_BETWEEN_CHECKS, stop_when_cancelled, s);
    sqlite3_busy_handler(s->db, wait_for_lock, s);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* Else a table could not be renamed where a trigger of a GIS program calls a function that is not here. */
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 1, NULL);
    OKRUG_TRY(okrug_sqlite_run(s, "PRAGMA foreign_keys = ON", ""));
    OKRUG_TRY(okrug_sqlite_run(s, "PRAGMA cell_size_check = ON", ""));
    OKRUG_TRY(okrug_sqlite_run(s, "PRAGMA synchronous = FULL", ""));
    return okrug_sqlite_run(s, "PRAGMA cache_size = -16000", ""); /* KiB */
}

static okrug_status connect(okrug_ctx *ctx, const char *path, const char *shown, okrug_store_mode mode,
                            okrug_sqlite **store) {
    okrug_sqlite *s = calloc(1, sizeof *s);
    char *file = strdup(shown);
    if (s == NULL || file == NULL) {
        free(s);
        free(file);
        return OKRUG_NO_MEMORY;
    }
    *s = (okrug_sqlite){
        .base = {.backend = &okrug_sqlite_backend, .ctx = ctx}, .file = file, .mode = mode, .patient = true};
    /* Reading opens for writing too, where that is allowed: what a killed program left half-written has to be taken
     * back before it can be read. */
    int code = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    okrug_status status = OKRUG_OK;
    if ((code & 0xff) == SQLITE_CANTOPEN) {
        status = okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read-file", NULL, "file", shown, "cause",
                            strerror(sqlite3_system_errno(s->db)), (char *)NULL);
    } else {
        status = okrug_sqlite_fault(s, code);
    }
    if (status == OKRUG_OK) {
        status = guard(s);
    }
    if (status != OKRUG_OK) {
        okrug_sqlite_close(&s->base);
        return status;
    }
    *store = s;
    return OKRUG_OK;
}

/* SQLite gives names that begin with a colon a meaning of its own. */
static const char *plain_path(okrug_ctx *ctx, const char *location) {
    return location[0] == ':' ? okrug_text(ctx, "./%s", location) : location;
}

/* ---- Create ------------------------------------------------------------------------------------------------------ */

okrug_status okrug_sqlite_make(okrug_ctx *ctx, const char *location, const char **beside, okrug_sqlite **s) {
    int error = okrug_sqlite_make_beside(ctx, plain_path(ctx, location), beside);
    if (error != 0) {
        return okrug_sqlite_cannot_make(ctx, location, error);
    }
    okrug_status status = connect(ctx, *beside, location, OKRUG_STORE_WRITE, s);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_schema_make(*s);
        if (status != OKRUG_OK) {
            okrug_sqlite_close(&(*s)->base);
        }
    }
    if (status != OKRUG_OK) {
        okrug_sqlite_drop_beside(ctx, *beside);
    }
    return status;
}

okrug_status okrug_sqlite_create(okrug_ctx *ctx, const char *location) {
    const char *path = plain_path(ctx, location);
    struct stat there;
    if (lstat(path, &there) == 0) {
        return okrug_sqlite_cannot_make(ctx, location, EEXIST);
    }
    const char *beside = NULL;
    okrug_sqlite *s = NULL;
    OKRUG_TRY(okrug_sqlite_make(ctx, location, &beside, &s));
    okrug_sqlite_close(&s->base);
    int error = okrug_sqlite_take_name(beside, path);
    okrug_status status = error == 0 ? OKRUG_OK : okrug_sqlite_cannot_make(ctx, location, error);
    if (status != OKRUG_OK) {
        okrug_sqlite_drop_beside(ctx, beside);
    }
    return status;
}

/* ---- Open and close ---------------------------------------------------------------------------------------------- */

static okrug_status check_file(okrug_ctx *ctx, const char *path, const char *location) {
    struct stat there;
    if (stat(path, &there) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "missing-workspace", &(okrug_place){.file = location}, "location",
                          location, (char *)NULL);
    }
    if (access(path, R_OK) != 0) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read-file", NULL, "file", location, "cause", strerror(errno),
                          (char *)NULL);
    }
    if (!S_ISREG(there.st_mode)) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "not-a-workspace", NULL, "file", location, (char *)NULL);
    }
    return OKRUG_OK;
}

/* Changes how the file keeps what is being written. Where others use it, that has to wait for them: not a failure. */
static okrug_status set_journal(okrug_sqlite *s, const char *sql) {
    if (sqlite3_db_readonly(s->db, "main") != 0) {
        return OKRUG_OK;
    }
    s->patient = false;
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    s->patient = true;
    return (code & 0xff) == SQLITE_BUSY ? OKRUG_OK : okrug_sqlite_fault(s, code);
}

static okrug_status enter_mode(okrug_sqlite *s) {
    switch (s->mode) {
    case OKRUG_STORE_READ:
        return okrug_sqlite_run(s, "PRAGMA query_only = ON", "");
    case OKRUG_STORE_SERVE:
        return set_journal(s, "PRAGMA journal_mode = WAL");
    default:
        if (sqlite3_db_readonly(s->db, "main") != 0) {
            return okrug_sqlite_fault(s, SQLITE_READONLY);
        }
        return set_journal(s, "PRAGMA journal_mode = DELETE");
    }
}

okrug_status okrug_sqlite_open(okrug_ctx *ctx, const char *location, okrug_store_mode mode, okrug_store **store) {
    const char *path = plain_path(ctx, location);
    OKRUG_TRY(check_file(ctx, path, location));
    okrug_sqlite *s = NULL;
    OKRUG_TRY(connect(ctx, path, location, mode, &s));
    int64_t format = 0;
    okrug_status status = okrug_sqlite_schema_check(s, &format);
    if (status == OKRUG_OK) {
        status = enter_mode(s);
    }
    s->mode = status == OKRUG_OK ? mode : OKRUG_STORE_READ; /* leave the journal of a file that was not opened alone */
    if (status == OKRUG_OK && mode != OKRUG_STORE_READ) {
        status = okrug_sqlite_migrate(s, format);
    }
    if (status == OKRUG_OK && mode != OKRUG_STORE_READ && sqlite3_db_readonly(s->db, "main") == 0) {
        status = okrug_sqlite_clean(s);
    }
    if (status != OKRUG_OK) {
        okrug_sqlite_close(&s->base);
        return status;
    }
    s->base.ctx = NULL;
    *store = &s->base;
    return OKRUG_OK;
}

void okrug_sqlite_close(okrug_store *store) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s == NULL) {
        return;
    }
    s->base.ctx = NULL;
    if (s->db != NULL) {
        okrug_sqlite_rollback(store);
        if (s->mode == OKRUG_STORE_SERVE && sqlite3_db_readonly(s->db, "main") == 0) {
            s->patient = false;
            sqlite3_exec(s->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        }
    }
    sqlite3_close_v2(s->db);
    okrug_sqlite_drop_draft(s);
    free(s->file);
    free(s);
}
