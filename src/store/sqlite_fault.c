/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SQLite's result codes mean for the user: the status and the fault, which names the file and the remedy.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <string.h>

static okrug_status fail(okrug_sqlite *s, okrug_status status, const char *code) {
    return okrug_fail(s->base.ctx, status, code, NULL, "file", s->file, (char *)NULL);
}

static okrug_status fail_for(okrug_sqlite *s, okrug_status status, const char *code, const char *cause) {
    return okrug_fail(s->base.ctx, status, code, NULL, "file", s->file, "cause", cause, (char *)NULL);
}

/* SQLite has an error number of the system for some failures only, and its own text for all. */
static const char *cause_text(okrug_sqlite *s, int code, char *text, size_t size) {
    int number = sqlite3_system_errno(s->db);
    return number != 0 ? strerror_r(number, text, size) : sqlite3_errstr(code);
}

static bool is_read(int code) {
    return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_FSTAT ||
           code == SQLITE_IOERR_ACCESS;
}

static okrug_status io_fault(okrug_sqlite *s, int code) {
    char text[128];
    if (code == SQLITE_IOERR_NOMEM) {
        return OKRUG_NO_MEMORY;
    }
    if (is_read(code)) {
        return fail_for(s, OKRUG_READ_FAILED, "cannot-read-file", cause_text(s, code, text, sizeof text));
    }
    int number = sqlite3_system_errno(s->db);
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        return fail(s, OKRUG_WRITE_FAILED, "disk-full");
    }
    return fail_for(s, OKRUG_WRITE_FAILED, "cannot-write-file", cause_text(s, code, text, sizeof text));
}

okrug_status okrug_sqlite_damaged(okrug_sqlite *s, const char *detail) {
    return okrug_fail(s->base.ctx, OKRUG_READ_FAILED, "workspace-damaged", NULL, "file", s->file, "detail", detail,
                      (char *)NULL);
}

okrug_status okrug_sqlite_fault(okrug_sqlite *s, int code) {
    char text[128];
    bool cancelled = s->base.ctx != NULL && okrug_cancelled(s->base.ctx);
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OKRUG_OK;
    case SQLITE_NOMEM:
        return OKRUG_NO_MEMORY;
    case SQLITE_INTERRUPT:
        return OKRUG_CANCELLED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cancelled ? OKRUG_CANCELLED : fail(s, OKRUG_LOCKED, "workspace-locked");
    case SQLITE_FULL:
        return fail(s, OKRUG_WRITE_FAILED, "disk-full");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return fail(s, OKRUG_WRITE_FAILED, "workspace-read-only");
    case SQLITE_CANTOPEN:
        /* The file itself is open by now: it is the journal beside it that cannot be made. */
        return fail_for(s, OKRUG_WRITE_FAILED, "cannot-write-beside", cause_text(s, code, text, sizeof text));
    case SQLITE_IOERR:
        return io_fault(s, code);
    case SQLITE_TOOBIG:
        return okrug_fail(s->base.ctx, OKRUG_BAD_INPUT, "cell-too-long", NULL, "limit",
                          okrug_text_integer(s->base.ctx, sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, -1)), (char *)NULL);
    case SQLITE_NOTADB:
        return fail(s, OKRUG_READ_FAILED, "not-a-workspace");
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return okrug_fail(s->base.ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", sqlite3_errmsg(s->db),
                          (char *)NULL);
    default:
        /* The statements are ours and fixed: where one does not fit, the file is not as okrug left it. */
        return okrug_sqlite_damaged(s, sqlite3_errmsg(s->db));
    }
}
