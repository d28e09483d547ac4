/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line of the source file that each row came from, kept in blocks beside the table rather than as a column of it:
 * one byte a row for the usual file, and nothing for people to wonder at. A row is known by its fid, so that rows
 * deleted in a GIS program take their line with them.
 */
#include "store/sqlite.h"

#include <stdlib.h>

enum { LONGEST = 10 }; /* bytes of a 64-bit number in base 128 */

/* 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
static uint64_t fold(int64_t value) {
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unfold(uint64_t folded) {
    return (int64_t)(folded >> 1 ^ (folded & 1 ? UINT64_MAX : 0));
}

static size_t encode(const int32_t *line, int64_t count, uint8_t *bytes) {
    size_t length = 0;
    uint64_t before = 0;
    for (int64_t i = 0; i < count; i++) {
        uint64_t rest = fold((int64_t)((uint64_t)(int64_t)line[i] - before));
        before = (uint64_t)(int64_t)line[i];
        for (; rest >= 128; rest >>= 7) {
            bytes[length++] = (uint8_t)(rest | 128);
        }
        bytes[length++] = (uint8_t)rest;
    }
    return length;
}

/* How many lines there were. */
static int decode(const uint8_t *bytes, size_t length, int64_t *line) {
    int count = 0;
    uint64_t before = 0;
    uint64_t folded = 0;
    unsigned shift = 0;
    for (size_t i = 0; i < length && count < OKRUG_SQLITE_LINES; i++) {
        folded |= shift < 64 ? (uint64_t)(bytes[i] & 127) << shift : 0;
        shift += 7;
        if (bytes[i] < 128) {
            before += (uint64_t)unfold(folded);
            line[count++] = (int64_t)before;
            folded = 0;
            shift = 0;
        }
    }
    return count;
}

okrug_status okrug_sqlite_put_lines(okrug_sqlite *s, int64_t table_number, const okrug_table *table) {
    if (table->line == NULL || table->rows == 0) {
        return OKRUG_OK;
    }
    sqlite3_stmt *insert = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &insert, "INSERT INTO okrug_line VALUES (?1, ?2, ?3)", "i", table_number));
    uint8_t *bytes = malloc((size_t)OKRUG_SQLITE_LINES * LONGEST);
    okrug_status status = bytes != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    for (int64_t first = 0; first < table->rows && status == OKRUG_OK; first += OKRUG_SQLITE_LINES) {
        int64_t left = table->rows - first;
        size_t length = encode(table->line + first, left < OKRUG_SQLITE_LINES ? left : OKRUG_SQLITE_LINES, bytes);
        sqlite3_bind_int64(insert, 2, first + 1);
        sqlite3_bind_blob64(insert, 3, bytes, length, SQLITE_STATIC);
        status = okrug_sqlite_step(s, insert);
    }
    sqlite3_finalize(insert);
    free(bytes);
    return status;
}

okrug_status okrug_sqlite_lines_open(okrug_sqlite *s, int64_t table_number, okrug_sqlite_lines *lines) {
    lines->s = s;
    lines->first = 0;
    lines->count = 0;
    return okrug_sqlite_query(s, &lines->statement,
                              "SELECT first_fid, lines FROM okrug_line WHERE table_number = ?1 ORDER BY first_fid", "i",
                              table_number);
}

okrug_status okrug_sqlite_lines_at(okrug_sqlite_lines *lines, int64_t fid, int64_t *line) {
    while (lines->statement != NULL && fid >= lines->first + lines->count) {
        bool more = false;
        OKRUG_TRY(okrug_sqlite_next(lines->s, lines->statement, &more));
        if (!more) {
            okrug_sqlite_lines_close(lines);
            break;
        }
        lines->first = sqlite3_column_int64(lines->statement, 0);
        lines->count = decode(sqlite3_column_blob(lines->statement, 1),
                              (size_t)sqlite3_column_bytes(lines->statement, 1), lines->line);
    }
    int64_t i = fid - lines->first;
    *line = i >= 0 && i < lines->count ? lines->line[i] : 0;
    return OKRUG_OK;
}

void okrug_sqlite_lines_close(okrug_sqlite_lines *lines) {
    sqlite3_finalize(lines->statement);
    lines->statement = NULL;
}
