/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a table, a page of them: those with certain cells, those with certain words, in the order of a column.
 */
#include "store/sqlite.h"

#include <string.h>

#include <okrug/fold.h>
#include <okrug/number.h>

/* okrug_found(words, text, text ...): whether the texts together have all the words, which are folded. */
static void found(sqlite3_context *context, int count, sqlite3_value **value) {
    size_t length = 0;
    for (int i = 1; i < count; i++) {
        length += (size_t)sqlite3_value_bytes(value[i]) + 1;
    }
    char *all = sqlite3_malloc64(2 * length + 2);
    const char *words = (const char *)sqlite3_value_text(value[0]);
    if (all == NULL || words == NULL) {
        sqlite3_free(all);
        sqlite3_result_error_nomem(context);
        return;
    }
    size_t at = 0;
    for (int i = 1; i < count; i++) {
        size_t size = (size_t)sqlite3_value_bytes(value[i]);
        if (size > 0) {
            memcpy(all + at, sqlite3_value_blob(value[i]), size);
            at += size;
        }
        all[at++] = '\n'; /* no word goes over from one text to the next */
    }
    sqlite3_result_int(context, okrug_fold_has(all, at, words, all + length + 1));
    sqlite3_free(all);
}

typedef struct {
    const okrug_row_query *query;
    const okrug_sqlite_opened *of;
    int column[OKRUG_SQLITE_WHERES];
    const char *words; /* folded; NULL: none */
    bool page;         /* with the limit and the offset */
    bool backwards;    /* they count from the last row */
    int64_t limit, offset;
} condition;

static void add_column(okrug_buffer *sql, const okrug_sqlite_opened *of, int column) {
    okrug_buffer_add_text(sql, "t.");
    okrug_sqlite_quote(sql, okrug_words_text(of->names, column));
}

/* WHERE and what follows; arguments in this order: cells, words, limit, offset. */
static void write_condition(const condition *c, okrug_buffer *sql) {
    const okrug_row_query *query = c->query;
    okrug_buffer_add_text(sql, "WHERE 1");
    for (int i = 0; i < query->where_count; i++) {
        const okrug_row_where *where = &query->where[i];
        okrug_buffer_add_text(sql, where->begins ? " AND instr(" : " AND ");
        add_column(sql, c->of, c->column[i]);
        okrug_buffer_add_text(sql, where->any != NULL    ? " IN (SELECT value FROM json_each(?))"
                                   : where->begins       ? ", ?) = 1"
                                   : where->text == NULL ? " IS ?" /* NULL, for the cells that are empty */
                                                         : " = ?");
    }
    if (c->words != NULL) {
        okrug_buffer_add_text(sql, " AND okrug_found(?");
        for (int i = 0; i < c->of->table->columns; i++) {
            if (c->of->table->column[i].type == OKRUG_TEXT) {
                okrug_buffer_add_text(sql, ", ");
                add_column(sql, c->of, i);
            }
        }
        okrug_buffer_add_text(sql, ")");
    }
}

static okrug_status write_order(okrug_sqlite *s, const condition *c, bool backwards, okrug_buffer *sql) {
    const okrug_row_query *query = c->query;
    okrug_buffer_add_text(sql, " ORDER BY ");
    if (query->order != NULL) {
        int order = 0;
        OKRUG_TRY(okrug_sqlite_find_column(s, c->of->table, query->order, &order));
        add_column(sql, c->of, order);
        okrug_buffer_add_text(sql, backwards ? " IS NULL DESC, " : " IS NULL, ");
        add_column(sql, c->of, order);
        okrug_buffer_add_text(sql, query->descending != backwards ? " DESC, " : ", ");
    }
    okrug_buffer_add_text(sql, backwards ? "t.fid DESC" : "t.fid");
    return OKRUG_OK;
}

/* Only the numbers of the rows are sorted, and of the page the rows themselves: whole rows of a long table would take
 * ten times as long. */
static okrug_status write_page(okrug_sqlite *s, const condition *c, okrug_buffer *sql) {
    if (c->query->order != NULL) {
        okrug_buffer_add_text(sql, "WHERE t.fid IN (SELECT t.fid FROM ");
        okrug_sqlite_quote(sql, c->of->sql_name);
        okrug_buffer_add_text(sql, " AS t ");
    }
    write_condition(c, sql);
    OKRUG_TRY(write_order(s, c, c->backwards, sql));
    okrug_buffer_add_text(sql, " LIMIT ? OFFSET ?");
    if (c->query->order != NULL) {
        okrug_buffer_add_text(sql, ")");
        return write_order(s, c, false, sql);
    }
    return OKRUG_OK;
}

/* The texts as one argument. */
static okrug_status bind_any(okrug_sqlite *s, sqlite3_stmt *statement, int parameter, const okrug_row_where *where) {
    okrug_buffer list = {0};
    okrug_json json = okrug_json_to(&list, 0);
    okrug_json_array(&json);
    for (int64_t i = 0; i < where->any_count; i++) {
        okrug_json_text(&json, where->any[i]);
    }
    okrug_json_array_end(&json);
    okrug_status status = okrug_buffer_status(&list);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_fault(
            s, sqlite3_bind_text64(statement, parameter, list.bytes, list.length, SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    okrug_buffer_free(&list);
    return status;
}

static okrug_status bind_condition(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    const condition *c = user;
    int parameter = 0;
    for (int i = 0; i < c->query->where_count; i++) {
        if (c->query->where[i].any != NULL) {
            OKRUG_TRY(bind_any(s, statement, ++parameter, &c->query->where[i]));
            continue;
        }
        const char *text = c->query->where[i].text;
        double value = 0.0;
        bool number = c->of->table->column[c->column[i]].type == OKRUG_NUMBER;
        int code = number && text != NULL && okrug_number_read(text, strlen(text), &value)
                       ? sqlite3_bind_double(statement, ++parameter, value)
                       : sqlite3_bind_text(statement, ++parameter, text, -1, SQLITE_STATIC);
        OKRUG_TRY(okrug_sqlite_fault(s, code));
    }
    if (c->words != NULL) {
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_bind_text(statement, ++parameter, c->words, -1, SQLITE_STATIC)));
    }
    if (c->page) {
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_bind_int64(statement, ++parameter, c->limit)));
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_bind_int64(statement, ++parameter, c->offset)));
    }
    return OKRUG_OK;
}

static okrug_status count_rows(okrug_sqlite *s, condition *c, int64_t *total) {
    okrug_buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    c->page = false;
    okrug_buffer_add_text(&sql, "SELECT count(*) FROM ");
    okrug_sqlite_quote(&sql, c->of->sql_name);
    okrug_buffer_add_text(&sql, " AS t ");
    write_condition(c, &sql);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_prepare(s, sql.bytes, &statement);
    }
    okrug_buffer_free(&sql);
    if (status == OKRUG_OK) {
        status = bind_condition(s, statement, c);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_next(s, statement, &row);
    }
    if (row) {
        *total = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status get_page(okrug_sqlite *s, condition *c) {
    okrug_buffer sql = {0};
    c->page = true;
    okrug_status status = write_page(s, c, &sql);
    if (status == OKRUG_OK) {
        status = okrug_buffer_status(&sql);
    }
    if (status == OKRUG_OK) {
        okrug_sqlite_which which = {sql.bytes, bind_condition, c};
        status = okrug_sqlite_get_rows(s, c->of->table, c->of->number, c->of->sql_name, c->of->names, &which);
    }
    okrug_buffer_free(&sql);
    return status;
}

/* SQLite keeps as many rows in order as stand before the end of the page, so a page of the last half is counted from
 * the last row: the first page and the last one then take the same time. */
static void place_page(condition *c, const int64_t *total) {
    const okrug_row_query *query = c->query;
    c->limit = query->limit;
    c->offset = query->offset;
    if (query->order == NULL || total == NULL || query->limit < 0) {
        return;
    }
    int64_t left = *total > query->offset ? *total - query->offset : 0;
    int64_t rows = left < query->limit ? left : query->limit;
    if (left - rows < query->offset) {
        c->backwards = true;
        c->limit = rows;
        c->offset = left - rows;
    }
}

static okrug_status find(okrug_sqlite *s, const okrug_row_query *query, okrug_sqlite_opened *of, int64_t *total) {
    condition c = {.query = query, .of = of};
    if (query->where_count > OKRUG_SQLITE_WHERES) {
        return okrug_fail(s->base.ctx, OKRUG_BAD_USAGE, "too-many-row-conditions", NULL, "most",
                          okrug_text_integer(s->base.ctx, OKRUG_SQLITE_WHERES), (char *)NULL);
    }
    OKRUG_TRY(okrug_sqlite_open_table(s, query->dataset, query->table, of));
    for (int i = 0; i < query->where_count; i++) {
        OKRUG_TRY(okrug_sqlite_find_column(s, of->table, query->where[i].column, &c.column[i]));
        if (query->where[i].begins && of->table->column[c.column[i]].type != OKRUG_TEXT) {
            return okrug_fail(s->base.ctx, OKRUG_BAD_USAGE, "begins-with-number", NULL, "column",
                              query->where[i].column, (char *)NULL);
        }
    }
    if (query->search != NULL && query->search[strspn(query->search, " ")] != '\0') {
        size_t length = strlen(query->search);
        char *words = OKRUG_SCRATCH(s->base.ctx, (int64_t)length + 1, char);
        if (words == NULL) {
            return OKRUG_NO_MEMORY;
        }
        words[okrug_fold(query->search, length, words)] = '\0';
        c.words = words;
        OKRUG_TRY(okrug_sqlite_fault(s, sqlite3_create_function(s->db, "okrug_found", -1,
                                                                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                                                NULL, found, NULL, NULL)));
    }
    if (total != NULL) {
        OKRUG_TRY(count_rows(s, &c, total));
    }
    place_page(&c, total);
    return get_page(s, &c);
}

okrug_status okrug_sqlite_find_rows(okrug_store *store, const okrug_row_query *query, okrug_dataset **page,
                                    int64_t *total) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_sqlite_opened of = {0};
    okrug_mark mark = okrug_scratch_mark(store->ctx);
    OKRUG_TRY(okrug_sqlite_run(s, "SAVEPOINT okrug_find", "")); /* all from one state of the file */
    okrug_status status = find(s, query, &of, total);
    okrug_sqlite_let_go(s, "RELEASE okrug_find");
    okrug_scratch_reset(store->ctx, mark);
    if (status == OKRUG_OK) {
        *page = of.dataset;
        of.dataset = NULL;
    }
    okrug_sqlite_close_table(&of);
    return status;
}
