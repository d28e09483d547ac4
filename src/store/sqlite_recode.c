/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text of a column becomes another, in whatever rows have it. Each row keeps its place and has its history; one
 * whose key changes goes under the old key and comes under the new one.
 */
#include "store/sqlite.h"

#include <string.h>

typedef struct {
    okrug_sqlite *s;
    const okrug_recoding *recoding;
    okrug_sqlite_opened of; /* its table gets the rows that have the text */
    okrug_buffer where;
    int column;
    bool is_key;
    int64_t change;
} recoding_work;

static okrug_status bind_from(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    const recoding_work *r = user;
    return okrug_sqlite_fault(s, sqlite3_bind_text(statement, 1, r->recoding->from, -1, SQLITE_STATIC));
}

/* A dataset of that row alone; `to` NULL: as it is. */
static okrug_status row_alone(const recoding_work *r, int64_t row, const char *to, okrug_dataset **alone) {
    const okrug_table *table = r->of.table;
    okrug_dataset *made = okrug_dataset_new(r->recoding->dataset, "row");
    okrug_table *one = made != NULL ? okrug_dataset_add_table(made, table->name) : NULL;
    okrug_status status = one != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    for (int c = 0; status == OKRUG_OK && c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        status = okrug_table_add_column(one, column->name, column->type, column->unit) < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    if (status == OKRUG_OK && okrug_table_add_row(one, 0) < 0) {
        status = OKRUG_NO_MEMORY;
    }
    for (int c = 0; status == OKRUG_OK && c < table->columns; c++) {
        status = to != NULL && c == r->column ? okrug_set_text(one, c, 0, to, strlen(to))
                                              : okrug_set_cell(one, c, 0, &table->column[c], row);
    }
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *alone = made;
    return OKRUG_OK;
}

static okrug_status note(const recoding_work *r, int64_t fid, const okrug_table *before, const okrug_table *after) {
    okrug_buffer key = {0};
    const okrug_table *row = before != NULL ? before : after;
    okrug_status status = okrug_sqlite_key_text(row, 0, r->recoding->key, r->recoding->key_count, &key);
    if (status == OKRUG_OK) {
        okrug_sqlite_edited edited = {.of = &r->of, .fid = fid, .key = key.bytes, .before = before, .after = after};
        status = okrug_sqlite_note_row(r->s, r->change, &edited);
    }
    okrug_buffer_free(&key);
    return status;
}

static okrug_status replace_row(const recoding_work *r, int64_t fid, const okrug_table *before,
                                const okrug_table *after) {
    if (r->is_key) {
        OKRUG_TRY(note(r, fid, before, NULL));
        OKRUG_TRY(note(r, fid, NULL, after));
    } else {
        OKRUG_TRY(note(r, fid, before, after));
    }
    OKRUG_TRY(okrug_sqlite_drop_row(r->s, &r->of, fid));
    return okrug_sqlite_append_rows(r->s, after, r->of.number, r->of.sql_name, fid - 1);
}

static okrug_status recode_row(const recoding_work *r, int64_t row, int64_t fid) {
    okrug_dataset *before = NULL, *after = NULL;
    okrug_status status = row_alone(r, row, NULL, &before);
    if (status == OKRUG_OK) {
        status = row_alone(r, row, r->recoding->to, &after);
    }
    if (status == OKRUG_OK) {
        status = replace_row(r, fid, before->table[0], after->table[0]);
    }
    okrug_dataset_free(before);
    okrug_dataset_free(after);
    return status;
}

/* The places of the rows that were read, in the same order. */
static okrug_status find_places(const recoding_work *r, int64_t *fid) {
    okrug_buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    okrug_buffer_add_text(&sql, "SELECT t.fid FROM ");
    okrug_sqlite_quote(&sql, r->of.sql_name);
    okrug_buffer_add_format(&sql, " AS t %s", r->where.bytes);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_query(r->s, &statement, sql.bytes, "t", r->recoding->from);
    }
    okrug_buffer_free(&sql);
    for (int64_t row = 0; status == OKRUG_OK && row < r->of.table->rows; row++) {
        bool more = false;
        status = okrug_sqlite_next(r->s, statement, &more);
        fid[row] = more ? sqlite3_column_int64(statement, 0) : 0;
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status open_recoding(recoding_work *r) {
    const okrug_recoding *asked = r->recoding;
    OKRUG_TRY(okrug_sqlite_open_table(r->s, asked->dataset, NULL, &r->of));
    OKRUG_TRY(okrug_sqlite_find_column(r->s, r->of.table, asked->column, &r->column));
    for (int c = 0; c < r->of.table->columns; c++) {
        if (r->of.table->column[c].type == OKRUG_GEOMETRY) {
            return okrug_fail(r->s->base.ctx, OKRUG_BAD_USAGE, "rows-with-geometry", NULL, "dataset", asked->dataset,
                              (char *)NULL);
        }
    }
    if (r->of.table->column[r->column].type != OKRUG_TEXT) {
        return okrug_sqlite_damaged(r->s, "a column of codes holds numbers");
    }
    for (int i = 0; i < asked->key_count; i++) {
        if (okrug_table_column(r->of.table, asked->key[i]) == NULL) {
            return okrug_sqlite_damaged(r->s, "a column of the key is gone");
        }
        r->is_key = r->is_key || strcmp(asked->key[i], asked->column) == 0;
    }
    okrug_buffer_add_text(&r->where, "WHERE t.");
    okrug_sqlite_quote(&r->where, okrug_words_text(r->of.names, r->column));
    okrug_buffer_add_text(&r->where, " = ?1 ORDER BY t.fid");
    return okrug_buffer_status(&r->where);
}

static okrug_status recode(recoding_work *r, int64_t *rows) {
    okrug_ctx *ctx = r->s->base.ctx;
    OKRUG_TRY(open_recoding(r));
    okrug_sqlite_which which = {r->where.bytes, bind_from, r};
    OKRUG_TRY(okrug_sqlite_get_rows(r->s, r->of.table, r->of.number, r->of.sql_name, r->of.names, &which));
    *rows = r->of.table->rows;
    if (*rows == 0) {
        return OKRUG_OK;
    }
    int64_t *fid = OKRUG_SCRATCH(ctx, *rows, int64_t);
    if (fid == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(find_places(r, fid));
    OKRUG_TRY(okrug_sqlite_change_of(r->s, "edit", r->recoding->dataset, &r->change));
    for (int64_t row = 0; row < *rows; row++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(recode_row(r, row, fid[row]));
    }
    return r->recoding->provenance == NULL
               ? OKRUG_OK
               : okrug_sqlite_run(r->s, "UPDATE okrug_dataset SET provenance = ?2 WHERE number = ?1", "it",
                                  r->of.dataset_number, r->recoding->provenance);
}

okrug_status okrug_sqlite_recode(okrug_store *store, const okrug_recoding *recoding, int64_t *rows) {
    recoding_work r = {.s = (okrug_sqlite *)store, .recoding = recoding};
    bool own = false;
    okrug_mark mark = okrug_scratch_mark(store->ctx);
    OKRUG_TRY(okrug_sqlite_change_begin(r.s, &own));
    okrug_status status = okrug_sqlite_change_end(r.s, own, recode(&r, rows));
    okrug_sqlite_close_table(&r.of);
    okrug_buffer_free(&r.where);
    okrug_scratch_reset(store->ctx, mark);
    return status;
}
