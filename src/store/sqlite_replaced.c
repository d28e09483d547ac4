/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of a table that came in place of another: both are compared by their keys, and rows that came, went or
 * changed are noted as those are that were edited one by one. Undoing brings the other table back as a whole, so these
 * notes have no place of a row (fid 0) and are only told.
 */
#include "store/sqlite.h"

#include <string.h>

typedef struct {
    okrug_sqlite *s;
    const char *const *key; /* of both tables; a table that lacks one has blanks there */
    int key_count;
    bool by_shared;               /* rows are told apart by the columns of the key that both tables have */
    okrug_sqlite_opened old, new; /* their tables get the rows that are not the same */
    sqlite3_stmt *insert_row, *insert_cell;
    int64_t position; /* of the next note */
} replaced;

static void add_cell(okrug_buffer *sql, char table, const okrug_sqlite_opened *of, const okrug_column *column) {
    okrug_buffer_add_format(sql, "%c.", table);
    okrug_sqlite_quote(sql, okrug_words_text(of->names, (int32_t)(column - of->table->column)));
}

static void add_key(okrug_buffer *sql, char name, const okrug_sqlite_opened *of, const char *key) {
    const okrug_column *column = okrug_table_column(of->table, key);
    if (column != NULL) {
        add_cell(sql, name, of, column);
    } else {
        okrug_buffer_add_text(sql, "NULL");
    }
}

static bool is_shared(const replaced *r, const char *key) {
    return okrug_table_column(r->old.table, key) != NULL && okrug_table_column(r->new.table, key) != NULL;
}

/* `old` AS o beside `new` AS n, by the key. */
static void add_join(const replaced *r, okrug_buffer *sql, bool from_old) {
    const okrug_sqlite_opened *first = from_old ? &r->old : &r->new, *second = from_old ? &r->new : &r->old;
    okrug_buffer_add_text(sql, " FROM ");
    okrug_sqlite_quote(sql, first->sql_name);
    okrug_buffer_add_text(sql, from_old ? " AS o LEFT JOIN " : " AS n LEFT JOIN ");
    okrug_sqlite_quote(sql, second->sql_name);
    okrug_buffer_add_text(sql, from_old ? " AS n ON 1" : " AS o ON 1");
    for (int i = 0; i < r->key_count; i++) {
        if (!r->by_shared || is_shared(r, r->key[i])) {
            okrug_buffer_add_text(sql, " AND ");
            add_key(sql, 'o', &r->old, r->key[i]);
            okrug_buffer_add_text(sql, " IS "); /* a key may be blank */
            add_key(sql, 'n', &r->new, r->key[i]);
        }
    }
}

/* Whether the shared columns of the key alone tell the rows of that table apart. */
static okrug_status tells_apart(const replaced *r, const okrug_sqlite_opened *of, bool *apart) {
    okrug_buffer sql = {0};
    int64_t twice = 0;
    okrug_buffer_add_text(&sql, "SELECT EXISTS (SELECT 1 FROM ");
    okrug_sqlite_quote(&sql, of->sql_name);
    okrug_buffer_add_text(&sql, " AS t GROUP BY ''");
    for (int i = 0; i < r->key_count; i++) {
        if (is_shared(r, r->key[i])) {
            okrug_buffer_add_text(&sql, ", ");
            add_key(&sql, 't', of, r->key[i]);
        }
    }
    okrug_buffer_add_text(&sql, " HAVING count(*) > 1)");
    okrug_status status = okrug_buffer_status(&sql);
    status = status == OKRUG_OK ? okrug_sqlite_integer(r->s, &twice, sql.bytes, "") : status;
    okrug_buffer_free(&sql);
    *apart = twice == 0;
    return status;
}

/* A period that was not told and is now is something learned of the same row, unless rows could be taken for others. */
static okrug_status choose_keys(replaced *r) {
    int lone = 0, shared = 0;
    for (int i = 0; i < r->key_count; i++) {
        shared += is_shared(r, r->key[i]);
        lone += !is_shared(r, r->key[i]) && (okrug_table_column(r->old.table, r->key[i]) != NULL ||
                                             okrug_table_column(r->new.table, r->key[i]) != NULL);
    }
    r->by_shared = shared > 0;
    if (r->by_shared && lone > 0) {
        OKRUG_TRY(tells_apart(r, &r->old, &r->by_shared));
        if (r->by_shared) {
            OKRUG_TRY(tells_apart(r, &r->new, &r->by_shared));
        }
    }
    return OKRUG_OK;
}

/* Cells that only one of the tables has a column for differ where there is something in them. */
static void add_differences(const okrug_sqlite_opened *of, const okrug_sqlite_opened *other, char name, char other_name,
                            bool both, okrug_buffer *sql) {
    for (int c = 0; c < of->table->columns; c++) {
        const okrug_column *column = &of->table->column[c];
        const okrug_column *there = okrug_table_column(other->table, column->name);
        if (column->type == OKRUG_GEOMETRY || (there != NULL && !both)) {
            continue;
        }
        okrug_buffer_add_text(sql, " OR ");
        add_cell(sql, name, of, column);
        okrug_buffer_add_text(sql, " IS NOT ");
        if (there != NULL) {
            add_cell(sql, other_name, other, there);
        } else {
            okrug_buffer_add_text(sql, "NULL");
        }
    }
}

/* Which rows are not the same, into a table of this connection's own; no more than `most` and one. */
static okrug_status compare(const replaced *r, int64_t most, int64_t *count) {
    okrug_sqlite *s = r->s;
    okrug_buffer changed = {0}, added = {0};
    OKRUG_TRY(okrug_sqlite_run(s, "DROP TABLE IF EXISTS temp.okrug_replaced", ""));
    OKRUG_TRY(okrug_sqlite_run(
        s, "CREATE TEMP TABLE okrug_replaced (position INTEGER PRIMARY KEY, old INTEGER, new INTEGER)", ""));
    okrug_buffer_add_text(&changed, "INSERT INTO temp.okrug_replaced (old, new) SELECT o.fid, n.fid");
    add_join(r, &changed, true);
    okrug_buffer_add_text(&changed, " WHERE n.fid IS NULL OR o.reason IS NOT n.reason");
    add_differences(&r->old, &r->new, 'o', 'n', true, &changed);
    add_differences(&r->new, &r->old, 'n', 'o', false, &changed);
    okrug_buffer_add_format(&changed, " ORDER BY o.fid LIMIT %lld", (long long)most + 1);
    okrug_status status = okrug_sqlite_run_buffer(s, &changed);
    okrug_buffer_add_text(&added, "INSERT INTO temp.okrug_replaced (old, new) SELECT NULL, n.fid");
    add_join(r, &added, false);
    okrug_buffer_add_format(&added, " WHERE o.fid IS NULL ORDER BY n.fid LIMIT %lld", (long long)most + 1);
    okrug_status second = okrug_sqlite_run_buffer(s, &added);
    OKRUG_TRY(status);
    OKRUG_TRY(second);
    return okrug_sqlite_integer(s, count, "SELECT count(*) FROM temp.okrug_replaced", "");
}

static okrug_status bind_none(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    (void)s;
    (void)statement;
    (void)user;
    return OKRUG_OK;
}

static okrug_status read_rows(replaced *r) {
    okrug_sqlite_which old = {"JOIN temp.okrug_replaced AS r ON r.old = t.fid ORDER BY r.position", bind_none, NULL};
    okrug_sqlite_which new = {"JOIN temp.okrug_replaced AS r ON r.new = t.fid ORDER BY r.position", bind_none, NULL};
    OKRUG_TRY(okrug_sqlite_get_rows(r->s, r->old.table, r->old.number, r->old.sql_name, r->old.names, &old));
    return okrug_sqlite_get_rows(r->s, r->new.table, r->new.number, r->new.sql_name, r->new.names, &new);
}

/* ---- Noting --------------------------------------------------------------------------------------------------------
 */

typedef struct {
    int64_t old, new; /* rows of the two tables; -1: there is none */
} pair;

static okrug_status note_cell(replaced *r, int place, const okrug_column *before, int64_t before_row,
                              const okrug_column *after, int64_t after_row) {
    sqlite3_stmt *insert = r->insert_cell;
    const char *name = before != NULL ? before->name : after->name;
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_int64(insert, 2, r->position)));
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_int(insert, 3, place)));
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_text(insert, 4, name, -1, SQLITE_STATIC)));
    OKRUG_TRY(okrug_sqlite_bind_cell(r->s, insert, 5, before, before_row));
    OKRUG_TRY(okrug_sqlite_bind_cell(r->s, insert, 7, after, after_row));
    return okrug_sqlite_step(r->s, insert);
}

static bool is_empty(const okrug_column *column, int64_t row) {
    return column == NULL || okrug_reason_at(column, row) != OKRUG_PRESENT;
}

/* Columns of the new table first, then those that are gone. */
static okrug_status note_cells(replaced *r, const pair *p, bool *any) {
    const okrug_table *old = r->old.table, *new = r->new.table;
    for (int c = 0; c < new->columns + old->columns; c++) {
        const okrug_column *after = c < new->columns ? &new->column[c] : NULL;
        const okrug_column *before =
            after != NULL ? okrug_table_column(old, after->name) : &old->column[c - new->columns];
        if ((after == NULL && okrug_table_column(new, before->name) != NULL) ||
            (after != NULL ? after : before)->type == OKRUG_GEOMETRY) {
            continue;
        }
        before = p->old >= 0 ? before : NULL;
        after = p->new >= 0 ? after : NULL;
        bool same = before != NULL && after != NULL && before->type == after->type
                        ? okrug_cells_same(before, p->old, after, p->new)
                        : is_empty(before, p->old) && is_empty(after, p->new);
        if (!same) {
            *any = true;
            OKRUG_TRY(note_cell(r, c, before, p->old, after, p->new));
        }
    }
    return OKRUG_OK;
}

/* A row whose cells are all the same after all (only a reason for a column that is gone) gives its place to the next.
 */
static okrug_status note_pair(replaced *r, const pair *p, okrug_buffer *key) {
    bool any = false;
    const char *what = p->old < 0 ? "add" : p->new < 0 ? "remove" : "change";
    sqlite3_stmt *insert = r->insert_row;
    const okrug_table *table = p->new >= 0 ? r->new.table : r->old.table;
    OKRUG_TRY(okrug_sqlite_key_text(table, p->new >= 0 ? p->new : p->old, r->key, r->key_count, key));
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_int64(insert, 2, r->position)));
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_text(insert, 5, what, -1, SQLITE_STATIC)));
    OKRUG_TRY(okrug_sqlite_fault(r->s, sqlite3_bind_text(insert, 6, key->bytes, -1, SQLITE_STATIC)));
    OKRUG_TRY(okrug_sqlite_step(r->s, insert));
    OKRUG_TRY(note_cells(r, p, &any));
    r->position += any;
    return OKRUG_OK;
}

static okrug_status note_pairs(replaced *r, sqlite3_stmt *pairs, okrug_buffer *key) {
    pair next = {0, 0};
    for (bool more = true;;) {
        OKRUG_TRY(okrug_sqlite_next(r->s, pairs, &more));
        if (!more) {
            return OKRUG_OK;
        }
        OKRUG_TRY(okrug_check_cancel(r->s->base.ctx));
        pair one = {sqlite3_column_type(pairs, 0) == SQLITE_NULL ? -1 : next.old++,
                    sqlite3_column_type(pairs, 1) == SQLITE_NULL ? -1 : next.new ++};
        OKRUG_TRY(note_pair(r, &one, key));
    }
}

static okrug_status note_all(replaced *r) {
    okrug_sqlite *s = r->s;
    sqlite3_stmt *pairs = NULL;
    okrug_buffer key = {0};
    OKRUG_TRY(okrug_sqlite_integer(s, &r->position,
                                   "SELECT coalesce(max(position), -1) + 1 FROM okrug_row_edit WHERE change = ?1", "i",
                                   s->change));
    okrug_status status = okrug_sqlite_query(
        s, &r->insert_row, "INSERT OR REPLACE INTO okrug_row_edit VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, NULL)", "i",
        s->change);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_fault(s, sqlite3_bind_text(r->insert_row, 3, r->new.dataset->id, -1, SQLITE_STATIC));
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_fault(s, sqlite3_bind_text(r->insert_row, 4, r->new.table->name, -1, SQLITE_STATIC));
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_query(
            s, &r->insert_cell, "INSERT INTO okrug_cell_edit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "i", s->change);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_query(s, &pairs, "SELECT old, new FROM temp.okrug_replaced ORDER BY position", "");
    }
    if (status == OKRUG_OK) {
        status = note_pairs(r, pairs, &key);
    }
    sqlite3_finalize(pairs);
    sqlite3_finalize(r->insert_row);
    sqlite3_finalize(r->insert_cell);
    okrug_buffer_free(&key);
    OKRUG_TRY(status);
    return okrug_sqlite_run(s,
                            "DELETE FROM okrug_row_edit WHERE change = ?1 AND position = ?2 AND NOT EXISTS (SELECT 1 "
                            "FROM okrug_cell_edit AS c WHERE c.change = ?1 AND c.position = ?2)",
                            "ii", s->change, r->position);
}

/* ---- What is compared ----------------------------------------------------------------------------------------------
 */

static okrug_status note_tables(replaced *r, const char *id, int64_t aside, int64_t most) {
    int64_t count = 0;
    OKRUG_TRY(okrug_sqlite_open_table(r->s, id, NULL, &r->new));
    OKRUG_TRY(okrug_sqlite_open_aside(r->s, aside, &r->old));
    if (strcmp(r->old.dataset->kind, r->new.dataset->kind) != 0) {
        return OKRUG_OK; /* something else has taken the name */
    }
    OKRUG_TRY(choose_keys(r));
    OKRUG_TRY(compare(r, most, &count));
    okrug_status status = OKRUG_OK;
    if (count > most) {
        okrug_warn(r->s->base.ctx, "history-of-too-many", NULL, "dataset", id, "most",
                   okrug_text_integer(r->s->base.ctx, most), (char *)NULL);
    } else if (count > 0) {
        status = read_rows(r);
        status = status == OKRUG_OK ? note_all(r) : status;
    }
    OKRUG_TRY(status);
    return okrug_sqlite_run(r->s, "DROP TABLE temp.okrug_replaced", "");
}

okrug_status okrug_sqlite_note_replaced(okrug_store *store, const char *id, const char *const *key, int key_count,
                                        int64_t most) {
    replaced r = {.s = (okrug_sqlite *)store, .key = key, .key_count = key_count};
    int64_t aside = 0;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(r.s, &own));
    okrug_status status = okrug_sqlite_integer(
        r.s, &aside, "SELECT aside FROM okrug_change_dataset WHERE change = ?1 AND id = ?2 AND aside IS NOT NULL", "it",
        r.s->change, id);
    status = status == OKRUG_OK          ? note_tables(&r, id, aside, most)
             : status == OKRUG_NOT_FOUND ? OKRUG_OK /* there was nothing before */
                                         : status;
    okrug_sqlite_close_table(&r.old);
    okrug_sqlite_close_table(&r.new);
    return okrug_sqlite_change_end(r.s, own, status);
}
