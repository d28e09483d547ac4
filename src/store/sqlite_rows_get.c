/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows out of an SQL table. It may have been edited in a GIS program since: rows and cells are taken as
 * they are now, and what cannot be okrug's (text in a number column, a column that is gone) is a fault, never a guess.
 */
#include "store/sqlite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_BETWEEN_CHECKS = 4096 };

typedef struct {
    okrug_sqlite *s;
    okrug_table *table;
    sqlite3_stmt *rows;
    sqlite3_stmt *zeros; /* cells that are -0, in order; NULL: no more */
    int64_t zero_fid;
    int zero_position;
    okrug_buffer digits;
    okrug_sqlite_lines lines;
} reader;

static okrug_status next_zero(reader *r) {
    bool more = false;
    OKRUG_TRY(okrug_sqlite_next(r->s, r->zeros, &more));
    if (!more) {
        sqlite3_finalize(r->zeros);
        r->zeros = NULL;
        return OKRUG_OK;
    }
    r->zero_fid = sqlite3_column_int64(r->zeros, 0);
    r->zero_position = sqlite3_column_int(r->zeros, 1);
    return OKRUG_OK;
}

static okrug_status get_number(reader *r, int c, int64_t row, int64_t fid) {
    int type = sqlite3_column_type(r->rows, c + 1);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) {
        return okrug_sqlite_damaged(r->s, "a number column holds something else");
    }
    double value = sqlite3_column_double(r->rows, c + 1);
    while (r->zeros != NULL && (r->zero_fid < fid || (r->zero_fid == fid && r->zero_position < c))) {
        OKRUG_TRY(next_zero(r));
    }
    if (value == 0.0 && r->zeros != NULL && r->zero_fid == fid && r->zero_position == c) {
        value = -0.0;
    }
    if (!isfinite(value)) {
        return okrug_sqlite_damaged(r->s, "a number is not finite");
    }
    return okrug_set_number(r->table, c, row, value);
}

static okrug_status get_geometry(reader *r, int c, int64_t row) {
    const uint8_t *blob = sqlite3_column_blob(r->rows, c + 1);
    size_t length = (size_t)sqlite3_column_bytes(r->rows, c + 1);
    if (blob == NULL || !okrug_sqlite_geometry_decode(blob, length, &r->digits)) {
        return okrug_sqlite_damaged(r->s, "a geometry column holds something else");
    }
    OKRUG_TRY(okrug_buffer_status(&r->digits));
    return okrug_set_text(r->table, c, row, r->digits.bytes, r->digits.length);
}

static okrug_status get_cell(reader *r, int c, int64_t row, int64_t fid) {
    if (sqlite3_column_type(r->rows, c + 1) == SQLITE_NULL) {
        return OKRUG_OK; /* missing, as a new row is */
    }
    switch (r->table->column[c].type) {
    case OKRUG_NUMBER:
        return get_number(r, c, row, fid);
    case OKRUG_GEOMETRY:
        return get_geometry(r, c, row);
    default: {
        const char *text = (const char *)sqlite3_column_text(r->rows, c + 1);
        if (text == NULL) {
            return OKRUG_NO_MEMORY;
        }
        return okrug_set_text(r->table, c, row, text, strlen(text));
    }
    }
}

static okrug_status get_reason(reader *r, int64_t row) {
    const char *reason = (const char *)sqlite3_column_text(r->rows, r->table->columns + 1);
    if (reason != NULL && reason[0] != '\0' && !okrug_reason_text_apply(r->table, row, reason)) {
        return okrug_sqlite_damaged(r->s, reason);
    }
    return OKRUG_OK;
}

static okrug_status get_row(reader *r) {
    int64_t fid = sqlite3_column_int64(r->rows, 0);
    int64_t line = 0;
    OKRUG_TRY(okrug_sqlite_lines_at(&r->lines, fid, &line));
    int64_t row = okrug_table_add_row(r->table, line);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    if (row % ROWS_BETWEEN_CHECKS == 0) {
        OKRUG_TRY(okrug_check_cancel(r->s->base.ctx));
    }
    /* The reasons first: a cell that somebody filled in since is no longer missing. */
    OKRUG_TRY(get_reason(r, row));
    for (int c = 0; c < r->table->columns; c++) {
        OKRUG_TRY(get_cell(r, c, row, fid));
    }
    return OKRUG_OK;
}

static okrug_status prepare_select(okrug_sqlite *s, const okrug_table *table, const char *sql_name,
                                   const okrug_words *names, const okrug_sqlite_which *which, sqlite3_stmt **select) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "SELECT t.fid");
    for (int c = 0; c < table->columns; c++) {
        /* With the table's name before it, a name that is not a column cannot turn into a text. */
        okrug_buffer_add_text(&sql, ", t.");
        okrug_sqlite_quote(&sql, okrug_words_text(names, c));
    }
    okrug_buffer_add_text(&sql, ", t.reason FROM ");
    okrug_sqlite_quote(&sql, sql_name);
    okrug_buffer_add_text(&sql, " AS t ");
    okrug_buffer_add_text(&sql, which != NULL ? which->sql : "ORDER BY t.fid");
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_prepare(s, sql.bytes, select);
    }
    okrug_buffer_free(&sql);
    return status == OKRUG_OK && which != NULL ? which->bind(s, *select, which->user) : status;
}

static okrug_status get_all(reader *r, int64_t number, const char *sql_name, const okrug_words *names,
                            const okrug_sqlite_which *which) {
    OKRUG_TRY(prepare_select(r->s, r->table, sql_name, names, which, &r->rows));
    OKRUG_TRY(okrug_sqlite_query(r->s, &r->zeros,
                                 "SELECT fid, position FROM okrug_negative_zero WHERE table_number = ?1 "
                                 "ORDER BY fid, position",
                                 "i", number));
    OKRUG_TRY(okrug_sqlite_lines_open(r->s, number, &r->lines));
    for (bool more = true;;) {
        OKRUG_TRY(okrug_sqlite_next(r->s, r->rows, &more));
        if (!more) {
            return OKRUG_OK;
        }
        OKRUG_TRY(get_row(r));
    }
}

okrug_status okrug_sqlite_get_rows(okrug_sqlite *s, okrug_table *table, int64_t number, const char *sql_name,
                                   const okrug_words *names, const okrug_sqlite_which *which) {
    reader *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return OKRUG_NO_MEMORY;
    }
    r->s = s;
    r->table = table;
    okrug_status status = get_all(r, number, sql_name, names, which);
    sqlite3_finalize(r->rows);
    sqlite3_finalize(r->zeros);
    okrug_sqlite_lines_close(&r->lines);
    okrug_buffer_free(&r->digits);
    free(r);
    return status;
}
