/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbered migrations that make a workspace, carried inside the program, and the check of what a file holds. The
 * number of the format is okrug's own (okrug_meta): user_version is GeoPackage's.
 */
#include "store/sqlite.h"

#include <string.h>
#include <unistd.h>

/* In order; a new one is a file sql/sqlite/NAME.sql and its name here. */
#define MIGRATIONS(X) X(0001_workspace) X(0002_changes) X(0003_jobs) X(0004_rows)

#define X(name) extern const char okrug_embedded_sql_sqlite_##name##_sql[]; /* ends with a NUL */
MIGRATIONS(X)
#undef X

static const char *const migrations[] = {
#define X(name) okrug_embedded_sql_sqlite_##name##_sql,
    MIGRATIONS(X)
#undef X
};

enum { FORMAT = sizeof migrations / sizeof *migrations };

/* From that format to the newest, inside a change. */
static okrug_status apply(okrug_sqlite *s, int64_t format) {
    for (int64_t i = format; i < FORMAT; i++) {
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_exec(s->db, migrations[i], NULL, NULL, NULL)));
    }
    return okrug_sqlite_run(s, "UPDATE okrug_meta SET value = CAST(?1 AS TEXT) WHERE name = 'format'", "i",
                            (int64_t)FORMAT);
}

okrug_status okrug_sqlite_schema_make(okrug_sqlite *s) {
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, apply(s, 0));
}

static okrug_status not_a_workspace(okrug_sqlite *s) {
    return okrug_fail(s->base.ctx, OKRUG_READ_FAILED, "not-a-workspace", NULL, "file", s->file, (char *)NULL);
}

okrug_status okrug_sqlite_schema_check(okrug_sqlite *s, int64_t *format) {
    int64_t there = 0;
    OKRUG_TRY(okrug_sqlite_integer(
        s, &there, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'okrug_meta'", ""));
    if (there == 0) {
        return not_a_workspace(s);
    }
    okrug_status status =
        okrug_sqlite_integer(s, format, "SELECT CAST(value AS INTEGER) FROM okrug_meta WHERE name = 'format'", "");
    if (status == OKRUG_NOT_FOUND || (status == OKRUG_OK && *format < 1)) {
        return not_a_workspace(s);
    }
    if (status == OKRUG_OK && *format > FORMAT) {
        return okrug_fail(s->base.ctx, OKRUG_NEWER, "workspace-newer", NULL, "file", s->file, "format",
                          okrug_text_integer(s->base.ctx, *format), "known", okrug_text_integer(s->base.ctx, FORMAT),
                          (char *)NULL);
    }
    return status;
}

/* ---- Migration --------------------------------------------------------------------------------------------------- */

/* NAME.okrug.format1-backup, or with a number after it where that is taken. */
static okrug_status back_up(okrug_sqlite *s, int64_t format, const char **backup) {
    okrug_ctx *ctx = s->base.ctx;
    const char *path = sqlite3_db_filename(s->db, "main");
    *backup = okrug_text(ctx, "%s.format%lld-backup", path, (long long)format);
    for (int number = 2; access(*backup, F_OK) == 0; number++) {
        *backup = okrug_text(ctx, "%s.format%lld-backup-%d", path, (long long)format, number);
    }
    return (*backup)[0] == '\0' ? OKRUG_NO_MEMORY : okrug_sqlite_copy(&s->base, *backup);
}

/* Another program may have been quicker. */
static okrug_status migrate_now(okrug_sqlite *s) {
    int64_t format = 0;
    OKRUG_TRY(okrug_sqlite_schema_check(s, &format));
    OKRUG_TRY(format < FORMAT ? apply(s, format) : OKRUG_OK);
    okrug_progress(s->base.ctx, "task.migrating", 1.0, 1.0);
    return okrug_check_cancel(s->base.ctx);
}

okrug_status okrug_sqlite_migrate(okrug_sqlite *s, int64_t format) {
    okrug_ctx *ctx = s->base.ctx;
    const char *backup = NULL;
    bool own = false;
    if (format == FORMAT) {
        return OKRUG_OK;
    }
    if (sqlite3_db_readonly(s->db, "main") != 0) {
        return okrug_fail(ctx, OKRUG_WRITE_FAILED, "workspace-older", NULL, "file", s->file, "format",
                          okrug_text_integer(ctx, format), "known", okrug_text_integer(ctx, FORMAT), (char *)NULL);
    }
    OKRUG_TRY(back_up(s, format, &backup));
    okrug_status status = okrug_sqlite_change_begin(s, &own);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_change_end(s, own, migrate_now(s));
    }
    if (status != OKRUG_OK) {
        unlink(backup); /* the workspace itself is what it was */
        return status;
    }
    const char *slash = strrchr(backup, '/');
    okrug_warn(ctx, "workspace-migrated", NULL, "file", s->file, "format", okrug_text_integer(ctx, format), "known",
               okrug_text_integer(ctx, FORMAT), "backup", slash != NULL ? slash + 1 : backup, (char *)NULL);
    return OKRUG_OK;
}
