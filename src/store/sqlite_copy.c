/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that get their name when they are whole: made under another name in the same folder, then renamed. And whole
 * copies of a workspace, also while others write to it.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PAGES_BETWEEN_CHECKS = 2000,
    OPERATIONS_BETWEEN_CHECKS = 20000,
    WAIT_STEP_MICROSECONDS = 20000,
    WAIT_STEPS = 150
};

okrug_status okrug_sqlite_cannot_make(okrug_ctx *ctx, const char *location, int error) {
    if (error == EEXIST) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "workspace-exists", NULL, "file", location, (char *)NULL);
    }
    return okrug_fail_to_write(ctx, location, error);
}

/* An empty file of a new name in the same folder: what is not whole must not have the workspace's name. */
int okrug_sqlite_make_beside(okrug_ctx *ctx, const char *path, const char **beside) {
    if (okrug_sqlite_clear_litter(ctx, path) != 0) {
        return ENOMEM;
    }
    for (int attempt = 0; attempt < 1000; attempt++) {
        *beside = okrug_text(ctx, "%s" OKRUG_SQLITE_BESIDE "%ld-%d", path, (long)getpid(), attempt);
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
int okrug_sqlite_take_name(const char *beside, const char *path) {
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

void okrug_sqlite_drop_beside(okrug_ctx *ctx, const char *beside) {
    unlink(beside);
    unlink(okrug_text(ctx, "%s-journal", beside));
}

/* ---- Copies ------------------------------------------------------------------------------------------------------ */

/* What cannot be written is the copy, not the workspace, whose name other faults tell. */
static okrug_status copy_fault(okrug_sqlite *s, sqlite3 *to, int code, const char *shown) {
    if ((code & 0xff) == SQLITE_FULL) {
        return okrug_sqlite_cannot_make(s->base.ctx, shown, ENOSPC);
    }
    if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_FSYNC) {
        int error = sqlite3_system_errno(to);
        return okrug_sqlite_cannot_make(s->base.ctx, shown, error != 0 ? error : EIO);
    }
    return okrug_sqlite_fault(s, code);
}

/* In parts, so that it can be cancelled: the source's read transaction, which the caller holds, keeps all of them of
 * one state. */
static okrug_status copy_pages(okrug_sqlite *s, sqlite3 *to, const char *shown) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", s->db, "main");
    if (backup == NULL) {
        return okrug_sqlite_fault(s, sqlite3_errcode(to));
    }
    okrug_status status = OKRUG_OK;
    int code = SQLITE_OK;
    for (int waits = 0; status == OKRUG_OK && code != SQLITE_DONE;) {
        status = okrug_check_cancel(s->base.ctx);
        code = status == OKRUG_OK ? sqlite3_backup_step(backup, PAGES_BETWEEN_CHECKS) : code;
        double total = sqlite3_backup_pagecount(backup);
        okrug_progress(s->base.ctx, "task.copying", total - sqlite3_backup_remaining(backup), total);
        if ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && waits++ < WAIT_STEPS) {
            usleep(WAIT_STEP_MICROSECONDS);
        } else if (code != SQLITE_DONE && status == OKRUG_OK) {
            status = copy_fault(s, to, code, shown);
        }
    }
    sqlite3_backup_finish(backup);
    return status;
}

static int stop_when_cancelled(void *user) {
    return okrug_cancelled(user);
}

/* A plain file, whatever the journal of the source, without the pages that hold nothing since something was undone. */
static okrug_status compact(okrug_sqlite *s, sqlite3 *copy, const char *shown) {
    sqlite3_progress_handler(copy, OPERATIONS_BETWEEN_CHECKS, stop_when_cancelled, s->base.ctx);
    OKRUG_TRY(copy_fault(s, copy, sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL), shown));
    OKRUG_TRY(okrug_check_cancel(s->base.ctx));
    return copy_fault(s, copy, sqlite3_exec(copy, "VACUUM", NULL, NULL, NULL), shown);
}

/* Every page is well formed. */
static okrug_status verify(okrug_sqlite *s, sqlite3 *copy) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &statement, NULL)));
    int code = sqlite3_step(statement);
    const char *answer = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    okrug_status status = OKRUG_OK;
    if (code != SQLITE_ROW) {
        status = okrug_sqlite_fault(s, code);
    } else if (answer == NULL) {
        status = OKRUG_NO_MEMORY;
    } else if (strcmp(answer, "ok") != 0) {
        status = okrug_sqlite_damaged(s, answer);
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status copy_to(okrug_sqlite *s, const char *path, const char *shown) {
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    okrug_status status = okrug_sqlite_fault(s, code);
    if (status == OKRUG_OK) {
        status = copy_pages(s, to, shown);
    }
    if (status == OKRUG_OK) {
        status = compact(s, to, shown);
    }
    if (status == OKRUG_OK) {
        status = verify(s, to);
    }
    sqlite3_close_v2(to);
    return status;
}

static okrug_status copy_of_one_state(okrug_sqlite *s, const char *path, const char *shown) {
    int64_t version = 0;
    OKRUG_TRY(okrug_sqlite_run(s, "SAVEPOINT okrug_copy", ""));
    okrug_status status = okrug_sqlite_integer(s, &version, "PRAGMA schema_version", ""); /* begins to read */
    if (status == OKRUG_OK) {
        status = copy_to(s, path, shown);
    }
    okrug_sqlite_let_go(s, "RELEASE okrug_copy");
    return status;
}

okrug_status okrug_sqlite_copy(okrug_store *store, const char *path) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_ctx *ctx = store->ctx;
    const char *beside = NULL;
    if (access(path, F_OK) == 0) {
        return okrug_sqlite_cannot_make(ctx, path, EEXIST);
    }
    int error = okrug_sqlite_make_beside(ctx, path, &beside);
    if (error != 0) {
        return okrug_sqlite_cannot_make(ctx, path, error);
    }
    okrug_status status = copy_of_one_state(s, beside, path);
    if (status == OKRUG_OK) {
        error = okrug_sqlite_take_name(beside, path);
        status = error == 0 ? OKRUG_OK : okrug_sqlite_cannot_make(ctx, path, error);
    }
    if (status != OKRUG_OK) {
        okrug_sqlite_drop_beside(ctx, beside);
    }
    return status;
}
