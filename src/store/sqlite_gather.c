/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Datasets that come in pieces, over more than one run of the program where the first was killed: written out of sight
 * like what is staged (sqlite_stage.c), a transaction for each piece and the note of how far it goes, which is in the
 * place of the provenance meanwhile.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* While the workspace is served: longer than who waits sleeps between two looks (sqlite_file.c). */
enum { YIELD_MICROSECONDS = 30000 };

static const char *gathered_id(okrug_sqlite *s, const char *id) {
    return okrug_text(s->base.ctx, "%s%s", OKRUG_SQLITE_GATHERED, id);
}

static okrug_status find(okrug_sqlite *s, const char *id, int64_t *number) {
    return okrug_sqlite_integer(s, number, "SELECT number FROM okrug_dataset WHERE id = ?1 AND number < 0", "t",
                                gathered_id(s, id));
}

/* The one table of it: its number, rows and SQL name (scratch memory). */
static okrug_status find_table(okrug_sqlite *s, const char *id, int64_t *table, int64_t *rows, const char **name) {
    sqlite3_stmt *statement = NULL;
    bool there = false;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT t.number, t.rows, t.sql_name FROM okrug_table AS t JOIN okrug_dataset AS d ON "
                                 "d.number = t.dataset WHERE d.id = ?1 AND d.number < 0",
                                 "t", gathered_id(s, id)));
    okrug_status status = okrug_sqlite_next(s, statement, &there);
    if (status == OKRUG_OK && there) {
        *table = sqlite3_column_int64(statement, 0);
        *rows = sqlite3_column_int64(statement, 1);
        *name = okrug_text(s->base.ctx, "%s", okrug_sqlite_text(statement, 2));
    }
    sqlite3_finalize(statement);
    return status != OKRUG_OK ? status : there ? OKRUG_OK : okrug_sqlite_damaged(s, "what was gathered is gone");
}

okrug_status okrug_sqlite_gather_find(okrug_store *store, const char *id, char **state) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    sqlite3_stmt *statement = NULL;
    bool there = false;
    *state = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement, "SELECT provenance FROM okrug_dataset WHERE id = ?1 AND number < 0",
                                 "t", gathered_id(s, id)));
    okrug_status status = okrug_sqlite_next(s, statement, &there);
    if (status == OKRUG_OK && there) {
        *state = strdup(okrug_sqlite_text(statement, 0));
        status = *state == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status drop(okrug_sqlite *s, const char *id) {
    int64_t number = 0;
    okrug_status status = find(s, id, &number);
    return status == OKRUG_NOT_FOUND ? OKRUG_OK : status == OKRUG_OK ? okrug_sqlite_forget(s, number) : status;
}

okrug_status okrug_sqlite_gather_drop(okrug_store *store, const char *id) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, drop(s, id));
}

static okrug_status make(okrug_sqlite *s, const okrug_dataset *dataset, const char *state) {
    int64_t number = 0;
    OKRUG_TRY(drop(s, dataset->id));
    OKRUG_TRY(okrug_sqlite_integer(s, &number, "SELECT min(0, coalesce(min(number), 0)) - 1 FROM okrug_dataset", ""));
    OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_dataset VALUES (?1, ?2, ?3, ?4)", "ittt", number,
                               gathered_id(s, dataset->id), dataset->kind, state));
    return okrug_sqlite_put_table(s, dataset, number, 0);
}

okrug_status okrug_sqlite_gather_begin(okrug_store *store, const okrug_dataset *dataset, const char *state) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    s->staging = true;
    okrug_status status = make(s, dataset, state);
    s->staging = false;
    return okrug_sqlite_change_end(s, own, status);
}

static okrug_status add(okrug_sqlite *s, const char *id, const okrug_table *piece, const char *before,
                        const char *state) {
    int64_t table = 0;
    int64_t rows = 0;
    const char *name = NULL;
    int64_t same = 0;
    OKRUG_TRY(okrug_sqlite_integer(
        s, &same, "SELECT count(*) FROM okrug_dataset WHERE id = ?1 AND number < 0 AND provenance = ?2", "tt",
        gathered_id(s, id), before));
    if (same == 0) {
        return okrug_fail(s->base.ctx, OKRUG_LOCKED, "gathered-elsewhere", NULL, "id", id, (char *)NULL);
    }
    OKRUG_TRY(find_table(s, id, &table, &rows, &name));
    OKRUG_TRY(okrug_sqlite_append_rows(s, piece, table, name, rows));
    OKRUG_TRY(
        okrug_sqlite_run(s, "UPDATE okrug_table SET rows = ?2 WHERE number = ?1", "ii", table, rows + piece->rows));
    return okrug_sqlite_run(s, "UPDATE okrug_dataset SET provenance = ?2 WHERE id = ?1 AND number < 0", "tt",
                            gathered_id(s, id), state);
}

okrug_status okrug_sqlite_gather_add(okrug_store *store, const char *id, const okrug_table *piece, const char *before,
                                     const char *state) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    okrug_mark mark = okrug_scratch_mark(store->ctx);
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    okrug_status status = okrug_sqlite_change_end(s, own, add(s, id, piece, before, state));
    okrug_scratch_reset(store->ctx, mark);
    if (own && s->mode == OKRUG_STORE_SERVE) {
        usleep(YIELD_MICROSECONDS);
    }
    return status;
}

/* ---- The end ------------------------------------------------------------------------------------------------------
 */

static okrug_status run_about(okrug_sqlite *s, const char *before, const char *table, const char *between,
                              const char *column, const char *after) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, before);
    okrug_sqlite_quote(&sql, table);
    okrug_buffer_add_text(&sql, between);
    okrug_sqlite_quote(&sql, column);
    okrug_buffer_add_text(&sql, after);
    return okrug_sqlite_run_buffer(s, &sql);
}

static okrug_status delete_repeated(okrug_sqlite *s, const char *table, const char *column) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "DELETE FROM ");
    okrug_sqlite_quote(&sql, table);
    okrug_buffer_add_text(&sql, " AS t WHERE ");
    okrug_sqlite_quote(&sql, column);
    okrug_buffer_add_text(&sql, " IN (SELECT ");
    okrug_sqlite_quote(&sql, column);
    okrug_buffer_add_text(&sql, " FROM ");
    okrug_sqlite_quote(&sql, table);
    okrug_buffer_add_text(&sql, " GROUP BY 1 HAVING count(*) > 1) AND fid > (SELECT min(fid) FROM ");
    okrug_sqlite_quote(&sql, table);
    okrug_buffer_add_text(&sql, " AS o WHERE o.");
    okrug_sqlite_quote(&sql, column);
    okrug_buffer_add_text(&sql, " = t.");
    okrug_sqlite_quote(&sql, column);
    okrug_buffer_add_text(&sql, ")");
    return okrug_sqlite_run_buffer(s, &sql);
}

/* An index made at once is sorted outside of memory, and goes again: rows that come in no order would make one that
 * grows with them slow. */
static okrug_status put_once(okrug_sqlite *s, const char *id, const char *key, int64_t *repeated) {
    int64_t table = 0;
    int64_t rows = 0;
    const char *name = NULL;
    okrug_buffer column = {0};
    OKRUG_TRY(find_table(s, id, &table, &rows, &name));
    okrug_status status = okrug_sqlite_names_joined(
        s, okrug_text(s->base.ctx, "SELECT sql_name FROM okrug_column WHERE table_number = ?1 AND name = '%s'", key),
        table, &column);
    if (status == OKRUG_OK && column.length > 0) {
        status = run_about(s, "CREATE INDEX okrug_gathered_key ON ", name, " (", column.bytes, ")");
        int64_t before = sqlite3_total_changes(s->db);
        if (status == OKRUG_OK) {
            status = delete_repeated(s, name, column.bytes);
        }
        *repeated = sqlite3_total_changes(s->db) - before;
        if (status == OKRUG_OK) {
            status = okrug_sqlite_run(s, "DROP INDEX okrug_gathered_key", "");
        }
        if (status == OKRUG_OK) {
            status = okrug_sqlite_run(s, "UPDATE okrug_table SET rows = ?2 WHERE number = ?1", "ii", table,
                                      rows - *repeated);
        }
    }
    okrug_buffer_free(&column);
    return status;
}

okrug_status okrug_sqlite_gather_once(okrug_store *store, const char *id, const char *key, int64_t *repeated) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    *repeated = 0;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, put_once(s, id, key, repeated));
}

static okrug_status end(okrug_sqlite *s, const okrug_dataset *dataset) {
    OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_dataset SET provenance = ?2 WHERE id = ?1 AND number < 0", "tt",
                               gathered_id(s, dataset->id), dataset->provenance));
    return okrug_sqlite_show(s, dataset, gathered_id(s, dataset->id));
}

okrug_status okrug_sqlite_gather_end(okrug_store *store, const okrug_dataset *dataset) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, end(s, dataset));
}
