/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was done to single rows: kept cell by cell, taken back, and told.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

/* ---- Keeping ----------------------------------------------------------------------------------------------------- */

okrug_status okrug_sqlite_bind_cell(okrug_sqlite *s, sqlite3_stmt *statement, int parameter, const okrug_column *cell,
                                    int64_t row) {
    okrug_reason reason = cell != NULL ? okrug_reason_at(cell, row) : OKRUG_PRESENT;
    int code;
    if (cell == NULL || reason != OKRUG_PRESENT) {
        code = sqlite3_bind_null(statement, parameter);
    } else if (cell->type == OKRUG_NUMBER) {
        code = sqlite3_bind_double(statement, parameter, cell->number[row]);
    } else {
        code = sqlite3_bind_text(statement, parameter, okrug_text_at(cell, row), -1, SQLITE_STATIC);
    }
    OKRUG_TRY(okrug_sqlite_fault(s, code));
    const char *why = cell != NULL && reason != OKRUG_PRESENT ? okrug_reason_code(reason) : NULL;
    return okrug_sqlite_fault(s, sqlite3_bind_text(statement, parameter + 1, why, -1, SQLITE_STATIC));
}

static okrug_status note_cells(okrug_sqlite *s, const okrug_sqlite_edited *edited, sqlite3_stmt *insert) {
    const okrug_table *table = edited->of->table;
    for (int c = 0; c < table->columns; c++) {
        if (edited->before != NULL && edited->after != NULL &&
            okrug_cells_same(&edited->before->column[c], 0, &edited->after->column[c], 0)) {
            continue; /* undoing needs only what changed */
        }
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_bind_int(insert, 3, c)));
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_bind_text(insert, 4, table->column[c].name, -1, SQLITE_STATIC)));
        const okrug_column *before = edited->before != NULL ? &edited->before->column[c] : NULL;
        const okrug_column *after = edited->after != NULL ? &edited->after->column[c] : NULL;
        OKRUG_TRY(okrug_sqlite_bind_cell(s, insert, 5, before, 0));
        OKRUG_TRY(okrug_sqlite_bind_cell(s, insert, 7, after, 0));
        OKRUG_TRY(okrug_sqlite_step(s, insert));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_key_text(const okrug_table *table, int64_t row, const char *const *key, int count,
                                   okrug_buffer *text) {
    okrug_buffer_clear(text);
    for (int i = 0; i < count; i++) {
        char number[OKRUG_NUMBER_TEXT] = "";
        const okrug_column *cell = okrug_table_column(table, key[i]);
        if (cell == NULL) {
            continue;
        }
        if (cell->type == OKRUG_NUMBER && okrug_reason_at(cell, row) == OKRUG_PRESENT) {
            okrug_number_write(cell->number[row], number);
        }
        const char *value = cell->type == OKRUG_NUMBER ? number : okrug_text_at(cell, row);
        okrug_buffer_add_format(text, "%s%s=%s", text->length > 0 ? "\t" : "", cell->name, value != NULL ? value : "");
    }
    return okrug_buffer_status(text);
}

okrug_status okrug_sqlite_note_row(okrug_sqlite *s, int64_t change, const okrug_sqlite_edited *edited) {
    const char *what = edited->before == NULL ? "add" : edited->after == NULL ? "remove" : "change";
    int64_t position = 0;
    sqlite3_stmt *insert = NULL;
    OKRUG_TRY(okrug_sqlite_integer(
        s, &position, "SELECT coalesce(max(position), -1) + 1 FROM okrug_row_edit WHERE change = ?1", "i", change));
    OKRUG_TRY(okrug_sqlite_run(s,
                               "INSERT INTO okrug_row_edit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                               "(SELECT provenance FROM okrug_dataset WHERE number = ?8))",
                               "iittitti", change, position, edited->of->dataset->id, edited->of->table->name,
                               edited->fid, what, edited->key, edited->of->dataset_number));
    OKRUG_TRY(okrug_sqlite_query(s, &insert, "INSERT INTO okrug_cell_edit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                 "ii", change, position));
    okrug_status status = note_cells(s, edited, insert);
    sqlite3_finalize(insert);
    return status;
}

/* ---- Taking back ------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t position, fid;
    char *dataset, *table, *what;
    char *provenance; /* NULL: it had none */
} noted;

static void free_noted(noted *one) {
    free(one->dataset);
    free(one->table);
    free(one->what);
    free(one->provenance);
}

static char *copy_of(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text != NULL ? strdup(text) : NULL;
}

/* The last thing done before that position to a row that has a place of its own (sqlite_replaced.c); `there`: whether
 * there is one. */
static okrug_status last_noted(okrug_sqlite *s, int64_t change, int64_t before, noted *one, bool *there) {
    sqlite3_stmt *statement = NULL;
    *one = (noted){0};
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT position, fid, dataset, table_name, what, provenance FROM okrug_row_edit "
                                 "WHERE change = ?1 AND position < ?2 AND fid > 0 ORDER BY position DESC LIMIT 1",
                                 "ii", change, before));
    okrug_status status = okrug_sqlite_next(s, statement, there);
    if (*there) {
        one->position = sqlite3_column_int64(statement, 0);
        one->fid = sqlite3_column_int64(statement, 1);
        one->dataset = copy_of(statement, 2);
        one->table = copy_of(statement, 3);
        one->what = copy_of(statement, 4);
        one->provenance = copy_of(statement, 5);
        bool whole = one->dataset != NULL && one->table != NULL && one->what != NULL;
        status = whole && (one->provenance != NULL || sqlite3_column_type(statement, 5) == SQLITE_NULL)
                     ? OKRUG_OK
                     : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement);
    return status;
}

/* The statement's row: place, before, before_reason of a cell. */
static okrug_status put_back(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    okrug_table *table = user;
    int place = sqlite3_column_int(statement, 0);
    okrug_reason reason = OKRUG_NOT_COLLECTED;
    if (place < 0 || place >= table->columns) {
        return okrug_sqlite_damaged(s, "a column is gone");
    }
    switch (sqlite3_column_type(statement, 1)) {
    case SQLITE_NULL:
        if (!okrug_reason_find(okrug_sqlite_text(statement, 2), &reason)) {
            return okrug_sqlite_damaged(s, "a reason that is none");
        }
        return okrug_set_missing(table, place, 0, reason);
    case SQLITE_TEXT: {
        const char *text = okrug_sqlite_text(statement, 1);
        return okrug_set_text(table, place, 0, text, strlen(text));
    }
    default:
        return okrug_set_number(table, place, 0, sqlite3_column_double(statement, 1));
    }
}

static okrug_status bind_fid(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    return okrug_sqlite_fault(s, sqlite3_bind_int64(statement, 1, *(int64_t *)user));
}

static okrug_status restore_row(okrug_sqlite *s, int64_t change, const noted *one, okrug_sqlite_opened *of) {
    bool added = strcmp(one->what, "add") == 0, removed = strcmp(one->what, "remove") == 0;
    int64_t fid = one->fid;
    okrug_sqlite_which which = {"WHERE t.fid = ?1", bind_fid, &fid};
    sqlite3_stmt *cells = NULL;
    OKRUG_TRY(okrug_sqlite_open_table(s, one->dataset, one->table, of));
    if (!added) {
        OKRUG_TRY(okrug_sqlite_get_rows(s, of->table, of->number, of->sql_name, of->names, &which));
        if (of->table->rows != (removed ? 0 : 1)) {
            return okrug_sqlite_damaged(s, "a row that was changed is gone, or one that was removed is there");
        }
        if (removed && okrug_table_add_row(of->table, 0) < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_sqlite_query(s, &cells,
                                     "SELECT place, before, before_reason FROM okrug_cell_edit WHERE change = ?1 AND "
                                     "position = ?2",
                                     "ii", change, one->position));
        OKRUG_TRY(okrug_sqlite_each_row(s, cells, put_back, of->table));
    }
    OKRUG_TRY(okrug_sqlite_drop_row(s, of, fid));
    if (!added) {
        OKRUG_TRY(okrug_sqlite_append_rows(s, of->table, of->number, of->sql_name, fid - 1));
    }
    OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_table SET rows = rows + ?2 WHERE number = ?1", "ii", of->number,
                               (int64_t)(removed - added)));
    return okrug_sqlite_run(s, "UPDATE okrug_dataset SET provenance = ?2 WHERE number = ?1", "it", of->dataset_number,
                            one->provenance);
}

okrug_status okrug_sqlite_restore_rows(okrug_sqlite *s, int64_t change) {
    int64_t position = INT64_MAX;
    for (;;) {
        noted one;
        bool there = false;
        okrug_sqlite_opened of = {0};
        okrug_status status = last_noted(s, change, position, &one, &there);
        if (status == OKRUG_OK && there) {
            position = one.position;
            status = restore_row(s, change, &one, &of);
        }
        okrug_sqlite_close_table(&of);
        free_noted(&one);
        if (status != OKRUG_OK || !there) {
            return status;
        }
    }
}

/* ---- Telling ----------------------------------------------------------------------------------------------------- */

enum { CHANGE, TIME, STATE, WHAT, DATASET, TABLE, ROW, COLUMN, BEFORE, AFTER };

static okrug_status tell_cell(okrug_table *table, int64_t row, int place, sqlite3_stmt *statement, int column) {
    char number[OKRUG_NUMBER_TEXT];
    okrug_reason reason = OKRUG_NOT_APPLICABLE; /* there was no row, or is none */
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        okrug_reason_find(okrug_sqlite_text(statement, column + 1), &reason);
        return okrug_set_missing(table, place, row, reason == OKRUG_PRESENT ? OKRUG_NOT_APPLICABLE : reason);
    case SQLITE_TEXT: {
        const char *text = okrug_sqlite_text(statement, column);
        return okrug_set_text(table, place, row, text, strlen(text));
    }
    default:
        return okrug_set_text(table, place, row, number,
                              okrug_number_write(sqlite3_column_double(statement, column), number));
    }
}

static okrug_status tell_row(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    (void)s;
    okrug_table *table = user;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_number(table, CHANGE, row, (double)sqlite3_column_int64(statement, CHANGE)));
    OKRUG_TRY(okrug_set_number(table, TIME, row, (double)sqlite3_column_int64(statement, TIME)));
    for (int c = STATE; c <= COLUMN; c++) {
        const char *text = okrug_sqlite_text(statement, c);
        OKRUG_TRY(okrug_set_text(table, c, row, text, strlen(text)));
    }
    OKRUG_TRY(tell_cell(table, row, BEFORE, statement, BEFORE));
    return tell_cell(table, row, AFTER, statement, BEFORE + 2);
}

static okrug_status make_table(okrug_dataset *history, okrug_table **table) {
    static const struct {
        const char *name;
        okrug_type type;
    } columns[] = {
        [CHANGE] = {"change", OKRUG_NUMBER}, [TIME] = {"time", OKRUG_NUMBER},     [STATE] = {"state", OKRUG_TEXT},
        [WHAT] = {"what", OKRUG_TEXT},       [DATASET] = {"dataset", OKRUG_TEXT}, [TABLE] = {"table", OKRUG_TEXT},
        [ROW] = {"row", OKRUG_TEXT},         [COLUMN] = {"column", OKRUG_TEXT},   [BEFORE] = {"before", OKRUG_TEXT},
        [AFTER] = {"after", OKRUG_TEXT}};
    *table = okrug_dataset_add_table(history, "history");
    for (size_t c = 0; *table != NULL && c < sizeof columns / sizeof columns[0]; c++) {
        if (okrug_table_add_column(*table, columns[c].name, columns[c].type, OKRUG_UNIT_NONE) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return *table != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status tell(okrug_sqlite *s, const char *dataset, const okrug_row_where *where, int where_count,
                         int64_t most, okrug_table *table) {
    okrug_buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    okrug_buffer_add_text(
        &sql,
        "SELECT r.change, h.time, h.state, r.what, r.dataset, r.table_name, replace(r.row_key, char(9), ', '), "
        "c.column_name, "
        "c.before, c.before_reason, c.after, c.after_reason FROM okrug_row_edit AS r "
        "JOIN okrug_change AS h ON h.id = r.change JOIN okrug_cell_edit AS c ON c.change = r.change AND "
        "c.position = r.position WHERE (?1 IS NULL OR r.dataset = ?1) AND NOT (c.before IS NULL AND c.after IS NULL "
        "AND (c.before_reason IS NULL OR c.after_reason IS NULL))"); /* empty cells of rows that came or went */
    for (int i = 0; i < where_count; i++) {
        okrug_buffer_add_format(&sql, " AND instr(char(9) || r.row_key || char(9), char(9) || ?%d || char(9)) > 0",
                                i + 2);
    }
    okrug_buffer_add_format(&sql, " ORDER BY r.change DESC, r.position DESC, c.place LIMIT %lld", (long long)most);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_query(s, &statement, sql.bytes, "t", dataset);
    }
    for (int i = 0; i < where_count && status == OKRUG_OK; i++) {
        okrug_buffer_clear(&sql);
        okrug_buffer_add_format(&sql, "%s=%s", where[i].column, where[i].text);
        status = okrug_buffer_status(&sql);
        if (status == OKRUG_OK) {
            status = okrug_sqlite_fault(s, sqlite3_bind_text(statement, i + 2, sql.bytes, -1, SQLITE_TRANSIENT));
        }
    }
    okrug_buffer_free(&sql);
    if (status != OKRUG_OK) {
        sqlite3_finalize(statement);
        return status;
    }
    return okrug_sqlite_each_row(s, statement, tell_row, table);
}

okrug_status okrug_sqlite_history(okrug_store *store, const char *dataset, const okrug_row_where *where,
                                  int where_count, int64_t most, okrug_dataset **history) {
    okrug_table *table = NULL;
    okrug_dataset *made = okrug_dataset_new("history", "history");
    okrug_status status = made != NULL ? make_table(made, &table) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = tell((okrug_sqlite *)store, dataset, where, where_count, most, table);
    }
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *history = made;
    return OKRUG_OK;
}
