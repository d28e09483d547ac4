/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in the workspace, and the small documents.
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
    okrug_status status =
        okrug_sqlite_names_joined(s, "SELECT id FROM okrug_dataset WHERE number > 0 ORDER BY number", 0, &known);
    if (status == OKRUG_OK) {
        status = okrug_fail(s->base.ctx, OKRUG_NOT_FOUND, "no-dataset", NULL, "id", id, "file", s->file, "known",
                            known.length > 0 ? known.bytes : "–", (char *)NULL);
    }
    okrug_buffer_free(&known);
    return status;
}

okrug_status okrug_sqlite_dataset_number(okrug_sqlite *s, const char *id, int64_t *number) {
    okrug_status status =
        okrug_sqlite_integer(s, number, "SELECT number FROM okrug_dataset WHERE id = ?1 AND number > 0", "t", id);
    return status == OKRUG_NOT_FOUND ? no_dataset(s, id) : status;
}

/* ---- Listing ----------------------------------------------------------------------------------------------------- */

enum { LIST_ID, LIST_KIND, LIST_TABLE, LIST_ROWS, LIST_COLUMNS, LIST_PROVENANCE };

static okrug_status list_text(okrug_table *table, int column, int64_t row, sqlite3_stmt *statement) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text == NULL ? OKRUG_OK : okrug_set_text(table, column, row, text, strlen(text));
}

static okrug_status list_row(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    okrug_table *table = user;
    (void)s;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(list_text(table, LIST_ID, row, statement));
    OKRUG_TRY(list_text(table, LIST_KIND, row, statement));
    OKRUG_TRY(list_text(table, LIST_TABLE, row, statement));
    OKRUG_TRY(okrug_set_number(table, LIST_ROWS, row, (double)sqlite3_column_int64(statement, LIST_ROWS)));
    OKRUG_TRY(list_text(table, LIST_COLUMNS, row, statement));
    return list_text(table, LIST_PROVENANCE, row, statement);
}

static okrug_status list_columns(okrug_table *table) {
    bool made = okrug_table_add_column(table, "id", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "kind", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "table", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "rows", OKRUG_NUMBER, OKRUG_UNIT_COUNT) >= 0 &&
                okrug_table_add_column(table, "columns", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "provenance", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0;
    return made ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status fill(okrug_sqlite *s, okrug_table *table, const char *sql, okrug_sqlite_row *add) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_prepare(s, sql, &statement));
    return okrug_sqlite_each_row(s, statement, add, table);
}

static okrug_status list_rows(okrug_sqlite *s, okrug_table *table) {
    return fill(s, table,
                "SELECT d.id, d.kind, t.name, t.rows, (SELECT json_group_array(json_object('name', name, 'type', type, "
                "'unit', unit)) FROM (SELECT name, type, unit FROM okrug_column WHERE table_number = t.number "
                "ORDER BY position)), d.provenance FROM okrug_dataset AS d "
                "LEFT JOIN okrug_table AS t ON t.dataset = d.number WHERE d.number > 0 ORDER BY d.number, t.position",
                list_row);
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

/* ---- Changes ----------------------------------------------------------------------------------------------------- */

enum { CHANGE_ID, CHANGE_WHAT, CHANGE_DATASET, CHANGE_TIME, CHANGE_STATE };

static okrug_status change_row(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    okrug_table *table = user;
    (void)s;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_number(table, CHANGE_ID, row, (double)sqlite3_column_int64(statement, CHANGE_ID)));
    OKRUG_TRY(list_text(table, CHANGE_WHAT, row, statement));
    OKRUG_TRY(list_text(table, CHANGE_DATASET, row, statement));
    OKRUG_TRY(okrug_set_number(table, CHANGE_TIME, row, (double)sqlite3_column_int64(statement, CHANGE_TIME)));
    return list_text(table, CHANGE_STATE, row, statement);
}

static okrug_status change_columns(okrug_table *table) {
    bool made = okrug_table_add_column(table, "id", OKRUG_NUMBER, OKRUG_UNIT_COUNT) >= 0 &&
                okrug_table_add_column(table, "what", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "dataset", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "time", OKRUG_NUMBER, OKRUG_UNIT_COUNT) >= 0 &&
                okrug_table_add_column(table, "state", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0;
    return made ? OKRUG_OK : OKRUG_NO_MEMORY;
}

/* A file of the first format has no log. */
static okrug_status change_rows(okrug_sqlite *s, okrug_table *table) {
    int64_t there = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &there, "SELECT count(*) FROM sqlite_master WHERE name = 'okrug_change'", ""));
    return there == 0
               ? OKRUG_OK
               : fill(s, table, "SELECT id, what, subject, time, state FROM okrug_change ORDER BY id DESC", change_row);
}

okrug_status okrug_sqlite_changes(okrug_store *store, okrug_dataset **list) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_dataset *made = okrug_dataset_new("workspace", "list");
    okrug_table *table = made != NULL ? okrug_dataset_add_table(made, "changes") : NULL;
    okrug_status status = table != NULL ? change_columns(table) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = change_rows(s, table);
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
    okrug_status status = okrug_sqlite_note_document(s, name);
    if (status == OKRUG_OK) {
        status = text == NULL
                     ? okrug_sqlite_run(s, "DELETE FROM okrug_document WHERE name = ?1", "t", name)
                     : okrug_sqlite_run(s, "INSERT OR REPLACE INTO okrug_document VALUES (?1, ?2)", "tt", name, text);
    }
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
