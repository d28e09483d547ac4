/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking datasets out of the workspace: their SQL tables, and what GIS programs noted about them.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

/* Removes the rows about an SQL table from a registration that GIS programs may have added; not there: nothing to do.
 */
static okrug_status forget_in(okrug_sqlite *s, const char *registration, const char *sql_name) {
    int64_t there = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &there, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1",
                                   "t", registration));
    if (there == 0) {
        return OKRUG_OK;
    }
    const char *sql = okrug_text(s->base.ctx, "DELETE FROM %s WHERE table_name = ?1", registration);
    return sql[0] == '\0' ? OKRUG_NO_MEMORY : okrug_sqlite_run(s, sql, "t", sql_name);
}

static okrug_status drop(okrug_sqlite *s, const char *before, const char *name, const char *after) {
    okrug_buffer sql = {0};
    okrug_buffer full = {0};
    okrug_buffer_add_text(&full, before);
    okrug_buffer_add_text(&full, name);
    okrug_buffer_add_text(&full, after);
    okrug_status status = okrug_buffer_status(&full);
    if (status == OKRUG_OK) {
        okrug_buffer_add_text(&sql, "DROP TABLE IF EXISTS ");
        okrug_sqlite_quote(&sql, full.bytes);
        status = okrug_sqlite_run_buffer(s, &sql);
    }
    okrug_buffer_free(&full);
    return status;
}

okrug_status okrug_sqlite_forget_index(okrug_sqlite *s, const char *sql_name) {
    OKRUG_TRY(forget_in(s, "gpkg_extensions", sql_name));
    OKRUG_TRY(forget_in(s, "gpkg_ogr_contents", sql_name));
    return drop(s, "rtree_", sql_name, "_geom");
}

static okrug_status drop_table(okrug_sqlite *s, const char *sql_name) {
    OKRUG_TRY(forget_in(s, "gpkg_geometry_columns", sql_name));
    OKRUG_TRY(drop(s, "", sql_name, ""));
    OKRUG_TRY(okrug_sqlite_forget_index(s, sql_name));
    return forget_in(s, "gpkg_contents", sql_name);
}

static okrug_status forget_one_table(okrug_sqlite *s, int64_t number, bool *more) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement, "SELECT number, sql_name FROM okrug_table WHERE dataset = ?1 LIMIT 1",
                                 "i", number));
    okrug_status status = okrug_sqlite_next(s, statement, more);
    int64_t table = 0;
    char *sql_name = NULL;
    if (status == OKRUG_OK && *more) {
        const char *text = (const char *)sqlite3_column_text(statement, 1);
        table = sqlite3_column_int64(statement, 0);
        sql_name = text != NULL ? strdup(text) : NULL;
        status = sql_name != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement); /* a table cannot be dropped while a statement reads */
    if (sql_name != NULL) {
        status = drop_table(s, sql_name);
    }
    free(sql_name);
    if (status == OKRUG_OK && *more) {
        status = okrug_sqlite_run(s, "DELETE FROM okrug_table WHERE number = ?1", "i", table);
    }
    return status;
}

okrug_status okrug_sqlite_forget(okrug_sqlite *s, int64_t number) {
    for (bool more = true; more;) {
        OKRUG_TRY(forget_one_table(s, number, &more));
    }
    return okrug_sqlite_run(s, "DELETE FROM okrug_dataset WHERE number = ?1", "i", number);
}

okrug_status okrug_sqlite_remove(okrug_store *store, const char *id) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    int64_t number = 0;
    okrug_status status = okrug_sqlite_dataset_number(s, id, &number);
    int64_t change = 0;
    if (status == OKRUG_OK) {
        status = okrug_sqlite_change_of(s, "remove", id, &change);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_displace(s, change, id, number, true);
    }
    return okrug_sqlite_change_end(s, own, status);
}
