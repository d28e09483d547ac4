/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows into an SQL table. A missing cell is NULL and its reason is in the column `reason`; row r has the
 * fid r + 1.
 */
#include "store/sqlite.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS_BETWEEN_CHECKS = 4096, ROWS_IN_A_PIECE = 65536 };

typedef struct {
    okrug_sqlite *s;
    const okrug_table *table;
    int64_t number;
    int64_t first; /* rows that the SQL table has already */
    sqlite3_stmt *insert;
    sqlite3_stmt *zero; /* into okrug_negative_zero */
    okrug_buffer blob;
    char *reason;  /* room for the longest reason text */
    bool piece;    /* of a table that comes in pieces */
    bool may_lack; /* some column has reasons */
} writer;

static bool has_reasons(const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].reason != NULL) {
            return true;
        }
    }
    return false;
}

static okrug_status prepare_insert(okrug_sqlite *s, const okrug_table *table, const char *sql_name,
                                   sqlite3_stmt **insert) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "INSERT INTO ");
    okrug_sqlite_quote(&sql, sql_name);
    okrug_buffer_add_text(&sql, " VALUES (?");
    for (int c = 0; c <= table->columns; c++) {
        okrug_buffer_add_text(&sql, ", ?");
    }
    okrug_buffer_add_text(&sql, ")");
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_prepare(s, sql.bytes, insert);
    }
    okrug_buffer_free(&sql);
    return status;
}

static okrug_status put_negative_zero(writer *w, int64_t row, int column) {
    sqlite3_bind_int64(w->zero, 2, w->first + row + 1);
    sqlite3_bind_int64(w->zero, 3, column);
    return okrug_sqlite_step(w->s, w->zero);
}

static okrug_status bind_geometry(writer *w, int parameter, const char *digits) {
    okrug_sqlite_extent unused = {0};
    if (!okrug_sqlite_geometry_encode(digits, &w->blob, &unused)) {
        return okrug_fail(w->s->base.ctx, OKRUG_BAD_INPUT, "not-a-geometry", NULL, "value",
                          okrug_text(w->s->base.ctx, "%.40s", digits), "table", w->table->name, (char *)NULL);
    }
    OKRUG_TRY(okrug_buffer_status(&w->blob));
    return okrug_sqlite_fault(
        w->s, sqlite3_bind_blob64(w->insert, parameter, w->blob.bytes, w->blob.length, SQLITE_TRANSIENT));
}

static okrug_status bind_cell(writer *w, int64_t row, int c) {
    const okrug_column *column = &w->table->column[c];
    int parameter = c + 2;
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return okrug_sqlite_fault(w->s, sqlite3_bind_null(w->insert, parameter));
    }
    if (column->type == OKRUG_NUMBER) {
        double value = column->number[row];
        if (value == 0.0 && signbit(value)) {
            OKRUG_TRY(put_negative_zero(w, row, c));
        }
        return okrug_sqlite_fault(w->s, sqlite3_bind_double(w->insert, parameter, value));
    }
    const char *text = okrug_text_at(column, row);
    if (column->type == OKRUG_GEOMETRY) {
        return bind_geometry(w, parameter, text);
    }
    return okrug_sqlite_fault(w->s, sqlite3_bind_text(w->insert, parameter, text, -1, SQLITE_STATIC));
}

static okrug_status put_row(writer *w, int64_t row) {
    sqlite3_bind_int64(w->insert, 1, w->first + row + 1);
    for (int c = 0; c < w->table->columns; c++) {
        OKRUG_TRY(bind_cell(w, row, c));
    }
    size_t length = w->may_lack ? okrug_reason_text(w->table, row, w->reason) : 0;
    int parameter = w->table->columns + 2;
    sqlite3_bind_text(w->insert, parameter, length > 0 ? w->reason : NULL, (int)length, SQLITE_STATIC);
    return okrug_sqlite_step(w->s, w->insert);
}

static okrug_status put_all(writer *w) {
    okrug_ctx *ctx = w->s->base.ctx;
    for (int64_t r = 0; r < w->table->rows; r++) {
        if (r % ROWS_BETWEEN_CHECKS == 0) {
            OKRUG_TRY(okrug_check_cancel(ctx));
            if (!w->piece) { /* who brings pieces tells how far it is */
                okrug_progress(ctx, "task.storing", (double)r, (double)w->table->rows);
            }
        }
        if (w->s->staging && r > 0 && r % ROWS_IN_A_PIECE == 0) {
            OKRUG_TRY(okrug_sqlite_let_others(w->s));
        }
        OKRUG_TRY(put_row(w, r));
    }
    return OKRUG_OK;
}

static okrug_status put_rows(writer w, const char *sql_name) {
    okrug_sqlite *s = w.s;
    const okrug_table *table = w.table;
    int64_t number = w.number;
    w.may_lack = has_reasons(table);
    w.reason = malloc(okrug_reason_text_size(table));
    okrug_status status = w.reason != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = prepare_insert(s, table, sql_name, &w.insert);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_query(s, &w.zero, "INSERT INTO okrug_negative_zero VALUES (?1, ?2, ?3)", "i", number);
    }
    if (status == OKRUG_OK) {
        status = put_all(&w);
    }
    sqlite3_finalize(w.insert);
    sqlite3_finalize(w.zero);
    okrug_buffer_free(&w.blob);
    free(w.reason);
    return status;
}

okrug_status okrug_sqlite_put_rows(okrug_sqlite *s, const okrug_table *table, int64_t number, const char *sql_name) {
    return put_rows((writer){.s = s, .table = table, .number = number}, sql_name);
}

okrug_status okrug_sqlite_append_rows(okrug_sqlite *s, const okrug_table *table, int64_t number, const char *sql_name,
                                      int64_t first) {
    return put_rows((writer){.s = s, .table = table, .number = number, .first = first, .piece = true}, sql_name);
}
