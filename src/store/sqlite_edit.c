/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row of a table added, changed or removed. sqlite_history.c keeps what it was.
 */
#include "store/sqlite.h"

#include <string.h>

#include <okrug/number.h>

typedef struct {
    okrug_sqlite *s;
    const okrug_row_edit *edit;
    okrug_sqlite_opened of; /* its table gets the row that is there */
    okrug_dataset *after;   /* one table like it, with what the row becomes */
    int64_t fid;            /* 0: there is no such row */
    okrug_buffer sql, key;
} editing;

/* The cell of the row that is given. */
static const okrug_column *given(const editing *e, const char *column) {
    return okrug_table_column(e->edit->row, column);
}

/* A part of the key that is blank stays NULL. */
static okrug_status bind_key(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    const editing *e = user;
    for (int i = 0; i < e->edit->key_count; i++) {
        const okrug_column *cell = given(e, e->edit->key[i]);
        int code = okrug_reason_at(cell, 0) != OKRUG_PRESENT ? SQLITE_OK
                   : cell->type == OKRUG_NUMBER
                       ? sqlite3_bind_double(statement, i + 1, cell->number[0])
                       : sqlite3_bind_text(statement, i + 1, okrug_text_at(cell, 0), -1, SQLITE_STATIC);
        OKRUG_TRY(okrug_sqlite_fault(s, code));
    }
    return OKRUG_OK;
}

/* Every column given is one of the table, of the same type, and the key is whole, though not all of it blank. */
static okrug_status check(editing *e) {
    okrug_ctx *ctx = e->s->base.ctx;
    const okrug_table *table = e->of.table;
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "rows-with-geometry", NULL, "dataset", e->edit->dataset,
                              (char *)NULL);
        }
    }
    for (int c = 0; c < e->edit->row->columns; c++) {
        int place = 0;
        OKRUG_TRY(okrug_sqlite_find_column(e->s, table, e->edit->row->column[c].name, &place));
        if (table->column[place].type != e->edit->row->column[c].type) {
            return okrug_sqlite_damaged(e->s, "a column is of another type than its kind has");
        }
    }
    bool blank = true;
    for (int i = 0; i < e->edit->key_count; i++) {
        const okrug_column *cell = given(e, e->edit->key[i]);
        blank = blank && (cell == NULL || okrug_reason_at(cell, 0) != OKRUG_PRESENT);
        if (cell == NULL || (blank && i == e->edit->key_count - 1)) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key", &(okrug_place){.column = e->edit->key[i]},
                              (char *)NULL);
        }
    }
    return e->edit->key_count > 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "no-key", NULL, "dataset", e->edit->dataset, (char *)NULL);
}

static okrug_status write_key(editing *e) {
    okrug_buffer_add_text(&e->sql, "WHERE ");
    for (int i = 0; i < e->edit->key_count; i++) {
        int column = 0;
        OKRUG_TRY(okrug_sqlite_find_column(e->s, e->of.table, e->edit->key[i], &column));
        okrug_buffer_add_text(&e->sql, i > 0 ? " AND t." : "t.");
        okrug_sqlite_quote(&e->sql, okrug_words_text(e->of.names, column));
        okrug_buffer_add_format(&e->sql, " IS ?%d", i + 1);
    }
    OKRUG_TRY(okrug_buffer_status(&e->sql));
    return okrug_sqlite_key_text(e->edit->row, 0, e->edit->key, e->edit->key_count, &e->key);
}

/* The key for people: "firm=f1, period=2024". */
static const char *tell_key(const editing *e) {
    const char *told = "";
    for (const char *at = e->key.bytes; at != NULL; at = strchr(at, '\t')) {
        at += *at == '\t';
        told = okrug_text_listed(e->s->base.ctx, told, okrug_text(e->s->base.ctx, "%.*s", (int)strcspn(at, "\t"), at));
    }
    return told;
}

/* Reads the row that is there, and where. */
static okrug_status look(editing *e) {
    okrug_buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    okrug_sqlite_which which = {e->sql.bytes, bind_key, e};
    OKRUG_TRY(okrug_sqlite_get_rows(e->s, e->of.table, e->of.number, e->of.sql_name, e->of.names, &which));
    if (e->of.table->rows > 1) {
        return okrug_fail(e->s->base.ctx, OKRUG_BAD_INPUT, "rows-of-one-key", NULL, "key", tell_key(e), (char *)NULL);
    }
    okrug_buffer_add_text(&sql, "SELECT t.fid FROM ");
    okrug_sqlite_quote(&sql, e->of.sql_name);
    okrug_buffer_add_format(&sql, " AS t %s", e->sql.bytes);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_prepare(e->s, sql.bytes, &statement);
    }
    okrug_buffer_free(&sql);
    if (status == OKRUG_OK) {
        status = bind_key(e->s, statement, e);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_next(e->s, statement, &row);
    }
    e->fid = row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* What the row becomes; `same`: what it is. */
static okrug_status make_after(editing *e, bool *same) {
    const okrug_table *table = e->of.table;
    e->after = okrug_dataset_new(e->edit->dataset, "edit");
    okrug_table *after = e->after != NULL ? okrug_dataset_add_table(e->after, table->name) : NULL;
    bool there = table->rows > 0;
    if (after == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < table->columns; c++) {
        if (okrug_table_add_column(after, table->column[c].name, table->column[c].type, table->column[c].unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    if (okrug_table_add_row(after, 0) < 0) {
        return OKRUG_NO_MEMORY;
    }
    *same = there;
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *was = &table->column[c];
        const okrug_column *cell = given(e, was->name);
        if (cell == NULL && !there) {
            OKRUG_TRY(okrug_set_missing(after, c, 0, OKRUG_NOT_COLLECTED));
            continue;
        }
        OKRUG_TRY(okrug_set_cell(after, c, 0, cell != NULL ? cell : was, 0));
        *same = *same && (cell == NULL || okrug_cells_same(cell, 0, was, 0));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_drop_row(okrug_sqlite *s, const okrug_sqlite_opened *opened, int64_t fid) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "DELETE FROM ");
    okrug_sqlite_quote(&sql, opened->sql_name);
    okrug_buffer_add_format(&sql, " WHERE fid = %lld", (long long)fid);
    OKRUG_TRY(okrug_sqlite_run_buffer(s, &sql));
    return okrug_sqlite_run(s, "DELETE FROM okrug_negative_zero WHERE table_number = ?1 AND fid = ?2", "ii",
                            opened->number, fid);
}

/* A number that no row has or had. */
static okrug_status free_fid(editing *e) {
    okrug_buffer sql = {0};
    int64_t edited = 0;
    okrug_buffer_add_text(&sql, "SELECT coalesce(max(fid), 0) FROM ");
    okrug_sqlite_quote(&sql, e->of.sql_name);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_integer(e->s, &e->fid, sql.bytes, "");
    }
    okrug_buffer_free(&sql);
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_sqlite_integer(e->s, &edited, "SELECT coalesce(max(fid), 0) FROM okrug_row_edit WHERE dataset = ?1",
                                   "t", e->edit->dataset));
    e->fid = 1 + (edited > e->fid ? edited : e->fid);
    return OKRUG_OK;
}

static okrug_status apply(editing *e, int64_t *change) {
    okrug_sqlite *s = e->s;
    bool there = e->fid != 0;
    int64_t more = (e->edit->remove ? 0 : 1) - (there ? 1 : 0);
    OKRUG_TRY(okrug_sqlite_change_of(s, "edit", e->edit->dataset, change));
    OKRUG_TRY(there ? OKRUG_OK : free_fid(e));
    okrug_sqlite_edited edited = {.of = &e->of,
                                  .fid = e->fid,
                                  .key = e->key.bytes,
                                  .before = there ? e->of.table : NULL,
                                  .after = e->edit->remove ? NULL : e->after->table[0]};
    OKRUG_TRY(okrug_sqlite_note_row(s, *change, &edited));
    OKRUG_TRY(there ? okrug_sqlite_drop_row(s, &e->of, e->fid) : OKRUG_OK);
    if (!e->edit->remove) {
        OKRUG_TRY(okrug_sqlite_append_rows(s, e->after->table[0], e->of.number, e->of.sql_name, e->fid - 1));
    }
    OKRUG_TRY(
        okrug_sqlite_run(s, "UPDATE okrug_table SET rows = rows + ?2 WHERE number = ?1", "ii", e->of.number, more));
    if (e->edit->provenance == NULL) {
        return OKRUG_OK;
    }
    return okrug_sqlite_run(s, "UPDATE okrug_dataset SET provenance = ?2 WHERE number = ?1", "it", e->of.dataset_number,
                            e->edit->provenance);
}

static okrug_status edit_row(editing *e, int64_t *change) {
    bool same = false;
    OKRUG_TRY(okrug_sqlite_open_table(e->s, e->edit->dataset, e->edit->table, &e->of));
    OKRUG_TRY(check(e));
    OKRUG_TRY(write_key(e));
    OKRUG_TRY(look(e));
    if (e->edit->remove && e->fid == 0) {
        return okrug_fail(e->s->base.ctx, OKRUG_NOT_FOUND, "no-such-row", NULL, "dataset", e->edit->dataset, "key",
                          tell_key(e), (char *)NULL);
    }
    if (!e->edit->remove) {
        OKRUG_TRY(make_after(e, &same));
    }
    return same ? OKRUG_OK : apply(e, change);
}

okrug_status okrug_sqlite_edit_row(okrug_store *store, const okrug_row_edit *edit, int64_t *change) {
    editing e = {.s = (okrug_sqlite *)store, .edit = edit};
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(e.s, &own));
    okrug_status status = okrug_sqlite_change_end(e.s, own, edit_row(&e, change));
    okrug_sqlite_close_table(&e.of);
    okrug_dataset_free(e.after);
    okrug_buffer_free(&e.sql);
    okrug_buffer_free(&e.key);
    return status;
}
