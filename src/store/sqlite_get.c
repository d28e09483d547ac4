/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A dataset out of the workspace: its tables and columns as they were registered. sqlite_rows_get.c reads the rows.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

/* A copy in the dataset of a text that may be NULL. */
static okrug_status keep(okrug_dataset *dataset, sqlite3_stmt *statement, int column, const char **copy) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    *copy = text != NULL ? okrug_dataset_keep(dataset, text) : NULL;
    return text != NULL && *copy == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static bool find_type(const char *code, okrug_type *type) {
    if (strcmp(code, "text") == 0) {
        *type = OKRUG_TEXT;
    } else if (strcmp(code, "number") == 0) {
        *type = OKRUG_NUMBER;
    } else if (strcmp(code, "geometry") == 0) {
        *type = OKRUG_GEOMETRY;
    } else {
        return false;
    }
    return true;
}

typedef struct {
    okrug_table *table;
    okrug_words *names;
} columns_read;

static okrug_status get_column(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    columns_read *read = user;
    okrug_table *table = read->table;
    okrug_words *names = read->names;
    okrug_type type;
    okrug_unit unit;
    if (!find_type(okrug_sqlite_text(statement, 2), &type) ||
        !okrug_unit_find(okrug_sqlite_text(statement, 3), &unit)) {
        return okrug_sqlite_damaged(s, "a column of an unknown type or unit");
    }
    int column = okrug_table_add_column(table, okrug_sqlite_text(statement, 0), type, unit);
    const char *sql_name = okrug_sqlite_text(statement, 1);
    int32_t word = column < 0 ? -1 : okrug_words_add(names, sql_name, strlen(sql_name));
    if (word < 0) {
        return OKRUG_NO_MEMORY;
    }
    if (word != column) {
        return okrug_sqlite_damaged(s, "two columns of one name");
    }
    return keep(table->dataset, statement, 4, &table->column[column].header);
}

static okrug_status get_columns(okrug_sqlite *s, okrug_table *table, int64_t number, okrug_words *names) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT name, sql_name, type, unit, header FROM okrug_column "
                                 "WHERE table_number = ?1 ORDER BY position",
                                 "i", number));
    return okrug_sqlite_each_row(s, statement, get_column, &(columns_read){table, names});
}

/* The statement's row: number, name, sql_name, rows, file of a table. */
static okrug_status get_table(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    okrug_dataset *dataset = user;
    okrug_table *table = okrug_dataset_add_table(dataset, okrug_sqlite_text(statement, 1));
    okrug_words *names = okrug_words_new();
    int64_t number = sqlite3_column_int64(statement, 0);
    okrug_status status = table == NULL || names == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = keep(dataset, statement, 4, &table->file);
    }
    if (status == OKRUG_OK) {
        status = get_columns(s, table, number, names);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_get_rows(s, table, number, okrug_sqlite_text(statement, 2), names, NULL);
    }
    okrug_words_free(names);
    return status;
}

static okrug_status get_tables(okrug_sqlite *s, int64_t number, const char *only, okrug_dataset *dataset) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT number, name, sql_name, rows, file FROM okrug_table "
                                 "WHERE dataset = ?1 AND (?2 IS NULL OR name = ?2) ORDER BY position",
                                 "it", number, only));
    return okrug_sqlite_each_row(s, statement, get_table, dataset);
}

/* Makes the dataset with what is registered of it, without its tables. */
static okrug_status get_head(okrug_sqlite *s, int64_t number, const char *id, okrug_dataset **dataset) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(
        okrug_sqlite_query(s, &statement, "SELECT kind, provenance FROM okrug_dataset WHERE number = ?1", "i", number));
    bool row = false;
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    if (status == OKRUG_OK && !row) {
        status = okrug_sqlite_damaged(s, "a dataset is gone");
    }
    if (status == OKRUG_OK) {
        *dataset = okrug_dataset_new(id, okrug_sqlite_text(statement, 0));
        status = *dataset == NULL ? OKRUG_NO_MEMORY : keep(*dataset, statement, 1, &(*dataset)->provenance);
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status no_table(okrug_sqlite *s, const okrug_dataset *dataset, int64_t number, const char *table) {
    okrug_buffer known = {0};
    okrug_status status = okrug_sqlite_names_joined(
        s, "SELECT name FROM okrug_table WHERE dataset = ?1 ORDER BY position", number, &known);
    if (status == OKRUG_OK) {
        status = okrug_fail(s->base.ctx, OKRUG_NOT_FOUND, "no-table", NULL, "id", dataset->id, "table", table, "known",
                            known.length > 0 ? known.bytes : "–", (char *)NULL);
    }
    okrug_buffer_free(&known);
    return status;
}

okrug_status okrug_sqlite_find_column(okrug_sqlite *s, const okrug_table *table, const char *name, int *column) {
    const okrug_column *found = okrug_table_column(table, name);
    if (found != NULL) {
        *column = (int)(found - table->column);
        return OKRUG_OK;
    }
    return okrug_fail(s->base.ctx, OKRUG_BAD_USAGE, "no-column", NULL, "wanted", name, "columns",
                      okrug_table_column_names(s->base.ctx, table), (char *)NULL);
}

static okrug_status open_numbered(okrug_sqlite *s, const char *id, const char *table, okrug_sqlite_opened *opened) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(get_head(s, opened->dataset_number, id, &opened->dataset));
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT number, name, sql_name FROM okrug_table WHERE dataset = ?1 AND "
                                 "(?2 IS NULL OR name = ?2) ORDER BY position LIMIT 1",
                                 "it", opened->dataset_number, table));
    bool row = false;
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    if (status == OKRUG_OK && row) {
        opened->number = sqlite3_column_int64(statement, 0);
        opened->table = okrug_dataset_add_table(opened->dataset, okrug_sqlite_text(statement, 1));
        opened->sql_name = strdup(okrug_sqlite_text(statement, 2));
        opened->names = okrug_words_new();
        status =
            opened->table != NULL && opened->sql_name != NULL && opened->names != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement);
    OKRUG_TRY(status);
    return row ? get_columns(s, opened->table, opened->number, opened->names)
               : no_table(s, opened->dataset, opened->dataset_number, table != NULL ? table : "");
}

okrug_status okrug_sqlite_open_table(okrug_sqlite *s, const char *id, const char *table, okrug_sqlite_opened *opened) {
    *opened = (okrug_sqlite_opened){0};
    OKRUG_TRY(okrug_sqlite_dataset_number(s, id, &opened->dataset_number));
    return open_numbered(s, id, table, opened);
}

okrug_status okrug_sqlite_open_aside(okrug_sqlite *s, int64_t aside, okrug_sqlite_opened *opened) {
    *opened = (okrug_sqlite_opened){.dataset_number = aside};
    return open_numbered(s, "aside", NULL, opened);
}

void okrug_sqlite_close_table(okrug_sqlite_opened *opened) {
    okrug_words_free(opened->names);
    okrug_dataset_free(opened->dataset);
    free(opened->sql_name);
    *opened = (okrug_sqlite_opened){0};
}

/* All from one state of the file: another program may write between two statements. */
static okrug_status get_dataset(okrug_sqlite *s, const char *id, const char *table, okrug_dataset **dataset) {
    int64_t number = 0;
    OKRUG_TRY(okrug_sqlite_dataset_number(s, id, &number));
    OKRUG_TRY(get_head(s, number, id, dataset));
    OKRUG_TRY(get_tables(s, number, table, *dataset));
    if (table != NULL && (*dataset)->tables == 0) {
        return no_table(s, *dataset, number, table);
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_get(okrug_store *store, const char *id, const char *table, okrug_dataset **dataset) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_dataset *made = NULL;
    OKRUG_TRY(okrug_sqlite_run(s, "SAVEPOINT okrug_get", ""));
    okrug_status status = get_dataset(s, id, table, &made);
    okrug_sqlite_let_go(s, "RELEASE okrug_get");
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *dataset = made;
    return OKRUG_OK;
}
