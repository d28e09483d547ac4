/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbered migrations that make a workspace, carried inside the program, and the check of what a file holds. The
 * number of the format is okrug's own (okrug_meta): user_version is GeoPackage's.
 */
#include "store/sqlite.h"

#include <stdlib.h>

extern const char okrug_embedded_sql_sqlite_0001_workspace_sql[]; /* ends with a NUL */

static const char *const migrations[] = {okrug_embedded_sql_sqlite_0001_workspace_sql};

enum { FORMAT = sizeof migrations / sizeof *migrations };

okrug_status okrug_sqlite_schema_make(okrug_sqlite *s) {
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < FORMAT && status == OKRUG_OK; i++) {
        status = okrug_sqlite_fault(s, sqlite3_exec(s->db, migrations[i], NULL, NULL, NULL));
    }
    return okrug_sqlite_change_end(s, own, status);
}

static okrug_status not_a_workspace(okrug_sqlite *s) {
    return okrug_fail(s->base.ctx, OKRUG_READ_FAILED, "not-a-workspace", NULL, "file", s->file, (char *)NULL);
}

okrug_status okrug_sqlite_schema_check(okrug_sqlite *s) {
    int64_t there = 0;
    OKRUG_TRY(okrug_sqlite_integer(
        s, &there, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'okrug_meta'", ""));
    int64_t format = 0;
    if (there == 0) {
        return not_a_workspace(s);
    }
    okrug_status status =
        okrug_sqlite_integer(s, &format, "SELECT CAST(value AS INTEGER) FROM okrug_meta WHERE name = 'format'", "");
    if (status == OKRUG_NOT_FOUND || (status == OKRUG_OK && format < FORMAT)) {
        return not_a_workspace(s);
    }
    if (status == OKRUG_OK && format > FORMAT) {
        return okrug_fail(s->base.ctx, OKRUG_NEWER, "workspace-newer", NULL, "file", s->file, "format",
                          okrug_text_integer(s->base.ctx, format), "known", okrug_text_integer(s->base.ctx, FORMAT),
                          (char *)NULL);
    }
    return status;
}
