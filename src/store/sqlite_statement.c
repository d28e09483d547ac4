/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running statements, and changes that are all or nothing.
 */
#include "store/sqlite.h"

#include <stdarg.h>

okrug_status okrug_sqlite_prepare(okrug_sqlite *s, const char *sql, sqlite3_stmt **statement) {
    return okrug_sqlite_fault(s, sqlite3_prepare_v2(s->db, sql, -1, statement, NULL));
}

static int bind(sqlite3_stmt *statement, const char *types, va_list *arguments) {
    int code = SQLITE_OK;
    for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++) {
        if (types[i] == 'i') {
            code = sqlite3_bind_int64(statement, i + 1, va_arg(*arguments, int64_t));
        } else if (types[i] == 'd') {
            code = sqlite3_bind_double(statement, i + 1, va_arg(*arguments, double));
        } else {
            code = sqlite3_bind_text(statement, i + 1, va_arg(*arguments, const char *), -1, SQLITE_STATIC);
        }
    }
    return code;
}

static okrug_status query(okrug_sqlite *s, sqlite3_stmt **statement, const char *sql, const char *types,
                          va_list *arguments) {
    OKRUG_TRY(okrug_sqlite_prepare(s, sql, statement));
    okrug_status status = okrug_sqlite_fault(s, bind(*statement, types, arguments));
    if (status != OKRUG_OK) {
        sqlite3_finalize(*statement);
        *statement = NULL;
    }
    return status;
}

okrug_status okrug_sqlite_query(okrug_sqlite *s, sqlite3_stmt **statement, const char *sql, const char *types, ...) {
    va_list arguments;
    va_start(arguments, types);
    okrug_status status = query(s, statement, sql, types, &arguments);
    va_end(arguments);
    return status;
}

okrug_status okrug_sqlite_next(okrug_sqlite *s, sqlite3_stmt *statement, bool *row) {
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    return okrug_sqlite_fault(s, code);
}

okrug_status okrug_sqlite_each_row(okrug_sqlite *s, sqlite3_stmt *statement, okrug_sqlite_row *visit, void *user) {
    okrug_status status = OKRUG_OK;
    for (bool row = true; status == OKRUG_OK && row;) {
        status = okrug_sqlite_next(s, statement, &row);
        if (status == OKRUG_OK && row) {
            status = visit(s, statement, user);
        }
    }
    sqlite3_finalize(statement);
    return status;
}

const char *okrug_sqlite_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text != NULL ? text : "";
}

okrug_status okrug_sqlite_step(okrug_sqlite *s, sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    okrug_status status = okrug_sqlite_fault(s, code);
    sqlite3_reset(statement);
    return status;
}

okrug_status okrug_sqlite_run(okrug_sqlite *s, const char *sql, const char *types, ...) {
    sqlite3_stmt *statement = NULL;
    va_list arguments;
    va_start(arguments, types);
    okrug_status status = query(s, &statement, sql, types, &arguments);
    va_end(arguments);
    OKRUG_TRY(status);
    /* A pragma answers with a row, which nobody asks for here. */
    status = okrug_sqlite_fault(s, sqlite3_step(statement));
    sqlite3_finalize(statement);
    return status;
}

okrug_status okrug_sqlite_integer(okrug_sqlite *s, int64_t *value, const char *sql, const char *types, ...) {
    sqlite3_stmt *statement = NULL;
    va_list arguments;
    va_start(arguments, types);
    okrug_status status = query(s, &statement, sql, types, &arguments);
    va_end(arguments);
    OKRUG_TRY(status);
    bool row = false;
    status = okrug_sqlite_next(s, statement, &row);
    if (row) {
        *value = sqlite3_column_int64(statement, 0);
    } else if (status == OKRUG_OK) {
        status = OKRUG_NOT_FOUND;
    }
    sqlite3_finalize(statement);
    return status;
}

okrug_status okrug_sqlite_run_buffer(okrug_sqlite *s, okrug_buffer *sql) {
    okrug_status status = okrug_buffer_status(sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_run(s, sql->bytes, "");
    }
    okrug_buffer_free(sql);
    return status;
}

void okrug_sqlite_quote(okrug_buffer *sql, const char *name) {
    okrug_buffer_add(sql, "\"", 1);
    for (; *name != '\0'; name++) {
        okrug_buffer_add(sql, "\"\"", *name == '"' ? 2 : 0);
        okrug_buffer_add(sql, name, *name == '"' ? 0 : 1);
    }
    okrug_buffer_add(sql, "\"", 1);
}

/* ---- Changes ---------------------------------------------------------------------------------------------------- */

/* Rolling back goes on when the job is cancelled, and reports nothing: the failure that led to it was reported. */
static void undo(okrug_sqlite *s, const char *sql) {
    okrug_ctx *ctx = s->base.ctx;
    s->base.ctx = NULL;
    if (sqlite3_get_autocommit(s->db) == 0) {
        sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    }
    s->base.ctx = ctx;
}

void okrug_sqlite_let_go(okrug_sqlite *s, const char *sql) {
    okrug_ctx *ctx = s->base.ctx;
    s->base.ctx = NULL;
    sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    s->base.ctx = ctx;
}

static okrug_status transaction_lost(okrug_sqlite *s) {
    return okrug_fail(s->base.ctx, OKRUG_WRITE_FAILED, "transaction-lost", NULL, "file", s->file, (char *)NULL);
}

static void end_turn(okrug_sqlite *s) {
    okrug_turn_end(s->base.turns, &s->base.turn);
}

/* The turn is kept until the transaction has an end. */
static okrug_status begin_writing(okrug_sqlite *s) {
    if (!okrug_turn_take(s->base.turns, &s->base.turn, s->base.ctx)) {
        OKRUG_TRY(okrug_check_cancel(s->base.ctx));
        return okrug_sqlite_fault(s, SQLITE_BUSY);
    }
    okrug_status status = okrug_sqlite_run(s, "BEGIN IMMEDIATE", "");
    if (status != OKRUG_OK) {
        end_turn(s);
    }
    return status;
}

okrug_status okrug_sqlite_change_begin(okrug_sqlite *s, bool *own) {
    *own = s->transaction == OKRUG_SQLITE_NONE;
    if (s->transaction == OKRUG_SQLITE_LOST) {
        return transaction_lost(s);
    }
    return *own ? begin_writing(s) : okrug_sqlite_run(s, "SAVEPOINT okrug_change", "");
}

okrug_status okrug_sqlite_change_end(okrug_sqlite *s, bool own, okrug_status status) {
    if (status == OKRUG_OK) {
        status = okrug_sqlite_run(s, own ? "COMMIT" : "RELEASE okrug_change", "");
    }
    if (own) {
        if (status != OKRUG_OK) {
            undo(s, "ROLLBACK");
        }
        end_turn(s);
    } else if (status != OKRUG_OK) {
        undo(s, "ROLLBACK TO okrug_change; RELEASE okrug_change");
        /* After a full disk and the like SQLite takes back the whole transaction, not the savepoint. */
        if (sqlite3_get_autocommit(s->db) != 0) {
            s->transaction = OKRUG_SQLITE_LOST;
        }
    }
    return status;
}

okrug_status okrug_sqlite_begin(okrug_store *store) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s->transaction != OKRUG_SQLITE_NONE) {
        return okrug_fail(store->ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", "a transaction is open already",
                          (char *)NULL);
    }
    OKRUG_TRY(begin_writing(s));
    s->transaction = OKRUG_SQLITE_OPEN;
    return OKRUG_OK;
}

okrug_status okrug_sqlite_commit(okrug_store *store) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s->transaction == OKRUG_SQLITE_NONE) {
        return okrug_fail(store->ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", "no transaction is open",
                          (char *)NULL);
    }
    okrug_status status = s->transaction == OKRUG_SQLITE_LOST ? transaction_lost(s) : okrug_sqlite_run(s, "COMMIT", "");
    okrug_sqlite_rollback(store);
    return status;
}

void okrug_sqlite_rollback(okrug_store *store) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    undo(s, "ROLLBACK");
    end_turn(s);
    s->transaction = OKRUG_SQLITE_NONE;
    s->change = 0;
}
