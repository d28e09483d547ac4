/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file of a workspace: making it, opening it in one of three modes, closing it.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

static okrug_status cannot_create(okrug_ctx *ctx, const char *location, int error) {
    if (error == EEXIST) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "workspace-exists", NULL, "file", location, (char *)NULL);
    }
    if (error == ENOMEM) {
        return OKRUG_NO_MEMORY;
    }
    const char *code = "cannot-write-file";
    if (error == ENOSPC || error == EDQUOT) {
        code = "disk-full";
    } else if (error == EROFS) {
        code = "disk-read-only";
    } else if (error == EACCES || error == EPERM) {
        code = "no-permission";
    }
    return okrug_fail(ctx, OKRUG_WRITE_FAILED, code, NULL, "file", location, "cause", strerror(error), (char *)NULL);
}

/* An empty file of a new name in the same folder: what is not whole must not have the workspace's name. */
static int make_beside(okrug_ctx *ctx, const char *path, const char **beside) {
    for (int attempt = 0; attempt < 1000; attempt++) {
        *beside = okrug_text(ctx, "%s.new-%ld-%d", path, (long)getpid(), attempt);
        if ((*beside)[0] == '\0') {
            return ENOMEM;
        }
        int file = open(*beside, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            return 0;
        }
        if (errno != EEXIST) {
            return errno;
        }
    }
    return EEXIST;
}

/* Gives the file its name unless something has it; file systems that cannot do both at once do it in two steps. */
static int take_name(const char *beside, const char *path) {
    if (renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    if (access(path, F_OK) == 0) {
        return EEXIST;
    }
    return rename(beside, path) == 0 ? 0 : errno;
}

okrug_status okrug_sqlite_create(okrug_ctx *ctx, const char *location) {
    const char *path = plain_path(ctx, location);
    struct stat there;
    if (lstat(path, &there) == 0) {
        return cannot_create(ctx, location, EEXIST);
    }
    const char *beside = NULL;
    int error = make_beside(ctx, path, &beside);
    if (error != 0) {
        return cannot_create(ctx, location, error);
    }
    okrug_sqlite *s = NULL;
    okrug_status status = connect(ctx, beside, location, OKRUG_STORE_WRITE, &s);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_schema_make(s);
        okrug_sqlite_close(&s->base);
    }
    if (status == OKRUG_OK) {
        error = take_name(beside, path);
        status = error == 0 ? OKRUG_OK : cannot_create(ctx, location, error);
    }
    if (status != OKRUG_OK) {
        unlink(beside);
        unlink(okrug_text(ctx, "%s-journal", beside));
    }
    return status;
}

/* ---- Open and close ---------------------------------------------------------------------------------------------- */

static okrug_status check_file(okrug_ctx *ctx, const char *path, const char *location) {
    struct stat there;
    if (stat(path, &there) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-file", &(okrug_place){.file = location}, (char *)NULL);
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
    okrug_status status = okrug_sqlite_schema_check(s);
    if (status == OKRUG_OK) {
        status = enter_mode(s);
    }
    if (status != OKRUG_OK) {
        s->mode = OKRUG_STORE_READ; /* leave the journal of a file that was not opened alone */
        okrug_sqlite_close(&s->base);
        return status;
    }
    s->base.ctx = NULL;
    *store = &s->base;
    return OKRUG_OK;
}

void okrug_sqlite_close(okrug_store *store) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    s->base.ctx = NULL;
    if (s->db != NULL) {
        okrug_sqlite_rollback(store);
        if (s->mode == OKRUG_STORE_SERVE && sqlite3_db_readonly(s->db, "main") == 0) {
            s->patient = false;
            sqlite3_exec(s->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        }
    }
    sqlite3_close_v2(s->db);
    free(s->file);
    free(s);
}
