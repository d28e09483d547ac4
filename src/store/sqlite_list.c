/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in the workspace, taking datasets out of it, and the small documents.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 20 };

okrug_status okrug_sqlite_names_joined(okrug_sqlite *s, const char *sql, int64_t argument, okrug_buffer *joined) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_prepare(s, sql, &statement));
    if (sqlite3_bind_parameter_count(statement) > 0) {
        sqlite3_bind_int64(statement, 1, argument);
    }
    bool row = true;
    okrug_status status = OKRUG_OK;
    for (int i = 0; status == OKRUG_OK; i++) {
        status = okrug_sqlite_next(s, statement, &row);
        if (status != OKRUG_OK || !row) {
            break;
        }
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        if (i == NAMES_SHOWN) {
            okrug_buffer_add_text(joined, ", …");
            break;
        }
        okrug_buffer_add_text(joined, i > 0 ? ", " : "");
        okrug_buffer_add_text(joined, name != NULL ? name : "");
    }
    sqlite3_finalize(statement);
    okrug_buffer_add_text(joined, ""); /* a text also where there are none */
    return status != OKRUG_OK ? status : okrug_buffer_status(joined);
}

static okrug_status no_dataset(okrug_sqlite *s, const char *id) {
    okrug_buffer known = {0};
    okrug_status status = okrug_sqlite_names_joined(s, "SELECT id FROM okrug_dataset ORDER BY number", 0, &known);
    if (status == OKRUG_OK) {
        status = okrug_fail(s->base.ctx, OKRUG_NOT_FOUND, "no-dataset", NULL, "id", id, "file", s->file, "known",
                            known.length > 0 ? known.bytes : "–", (char *)NULL);
    }
    okrug_buffer_free(&known);
    return status;
}

okrug_status okrug_sqlite_dataset_number(okrug_sqlite *s, const char *id, int64_t *number) {
    okrug_status status = okrug_sqlite_integer(s, number, "SELECT number FROM okrug_dataset WHERE id = ?1", "t", id);
    return status == OKRUG_NOT_FOUND ? no_dataset(s, id) : status;
}

/* ---- Removing ---------------------------------------------------------------------------------------------------- */

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

static okrug_status drop_table(okrug_sqlite *s, const char *sql_name) {
    OKRUG_TRY(forget_in(s, "gpkg_geometry_columns", sql_name));
    OKRUG_TRY(forget_in(s, "gpkg_extensions", sql_name));
    OKRUG_TRY(forget_in(s, "gpkg_ogr_contents", sql_name));
    OKRUG_TRY(forget_in(s, "gpkg_contents", sql_name));
    OKRUG_TRY(drop(s, "", sql_name, ""));
    return drop(s, "rtree_", sql_name, "_geom"); /* the index that a GIS program may have made */
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
    if (status == OKRUG_OK) {
        status = okrug_sqlite_forget(s, number);
    }
    return okrug_sqlite_change_end(s, own, status);
}

/* ---- Listing ----------------------------------------------------------------------------------------------------- */

enum { LIST_ID, LIST_KIND, LIST_TABLE, LIST_ROWS, LIST_PROVENANCE };

static okrug_status list_text(okrug_table *table, int column, int64_t row, sqlite3_stmt *statement) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text == NULL ? OKRUG_OK : okrug_set_text(table, column, row, text, strlen(text));
}

static okrug_status list_row(okrug_table *table, sqlite3_stmt *statement) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(list_text(table, LIST_ID, row, statement));
    OKRUG_TRY(list_text(table, LIST_KIND, row, statement));
    OKRUG_TRY(list_text(table, LIST_TABLE, row, statement));
    OKRUG_TRY(okrug_set_number(table, LIST_ROWS, row, (double)sqlite3_column_int64(statement, LIST_ROWS)));
    return list_text(table, LIST_PROVENANCE, row, statement);
}

static okrug_status list_columns(okrug_table *table) {
    bool made = okrug_table_add_column(table, "id", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "kind", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "table", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "rows", OKRUG_NUMBER, OKRUG_UNIT_COUNT) >= 0 &&
                okrug_table_add_column(table, "provenance", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0;
    return made ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status list_rows(okrug_sqlite *s, okrug_table *table) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT d.id, d.kind, t.name, t.rows, d.provenance FROM okrug_dataset AS d "
                                 "LEFT JOIN okrug_table AS t ON t.dataset = d.number ORDER BY d.number, t.position",
                                 ""));
    bool row = true;
    okrug_status status = OKRUG_OK;
    while (status == OKRUG_OK) {
        status = okrug_sqlite_next(s, statement, &row);
        if (status != OKRUG_OK || !row) {
            break;
        }
        status = list_row(table, statement);
    }
    sqlite3_finalize(statement);
    return status;
}

okrug_status okrug_sqlite_list(okrug_store *store, okrug_dataset **list) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_dataset *made = okrug_dataset_new("workspace", "list");
    okrug_table *table = made != NULL ? okrug_dataset_add_table(made, "datasets") : NULL;
    okrug_status status = table != NULL ? list_columns(table) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = list_rows(s, table);
    }
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *list = made;
    return OKRUG_OK;
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

okrug_status okrug_sqlite_set_document(okrug_store *store, const char *name, const char *text) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    okrug_status status =
        text == NULL ? okrug_sqlite_run(s, "DELETE FROM okrug_document WHERE name = ?1", "t", name)
                     : okrug_sqlite_run(s, "INSERT OR REPLACE INTO okrug_document VALUES (?1, ?2)", "tt", name, text);
    return okrug_sqlite_change_end(s, own, status);
}

okrug_status okrug_sqlite_get_document(okrug_store *store, const char *name, char **text) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement, "SELECT text FROM okrug_document WHERE name = ?1", "t", name));
    bool row = false;
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    if (status == OKRUG_OK && row) {
        const char *stored = (const char *)sqlite3_column_text(statement, 0);
        *text = stored != NULL ? strdup(stored) : NULL;
        status = *text != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement);
    return status;
}
