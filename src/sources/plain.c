/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most lines of most files are fields with delimiters between them. They are cut where they lie, without copies;
 * whatever is less plain is the parser's, so that its rules and its faults hold for everything.
 */
#include "sources/plain.h"

#include <string.h>

/* Where the quoted field that begins at `at` ends (after its quote); NULL: it is not plain. */
static const char *quoted(const char *at, const char *end, okrug_cell *cell) {
    const char *close = memchr(at + 1, '"', (size_t)(end - at - 1));
    if (close == NULL) {
        return NULL;
    }
    size_t length = (size_t)(close - at - 1);
    if (memchr(at + 1, '\n', length) != NULL || memchr(at + 1, '\r', length) != NULL) {
        return NULL;
    }
    *cell = (okrug_cell){.text = at + 1, .length = length};
    return close + 1;
}

/* The field that begins at `at`; where it ends, or NULL: it is not plain. */
static const char *bare(const char *at, const char *end, char delimiter, okrug_cell *cell) {
    const char *to = at;
    for (; to < end && *to != delimiter && *to != '\n'; to++) {
        if (*to == '"' || *to == '\r') {
            if (*to == '"' || to + 1 == end || to[1] != '\n') {
                return NULL;
            }
            break;
        }
    }
    *cell = (okrug_cell){.text = at, .length = (size_t)(to - at)};
    return to;
}

/* Cuts one line into cells; where the next begins, or NULL: it is not plain. */
static const char *cut(const okrug_plain *plain, const char *at, const char *end) {
    size_t bytes = 0;
    for (int f = 0; f < plain->fields; f++) {
        okrug_cell *cell = &plain->cell[f];
        at = at < end && *at == '"' ? quoted(at, end, cell) : bare(at, end, plain->delimiter, cell);
        if (at == NULL || at == end) {
            return NULL;
        }
        bytes += cell->length;
        if (f + 1 < plain->fields && *at++ != plain->delimiter) {
            return NULL;
        }
    }
    if (*at == '\r') {
        at++;
    }
    return bytes > 0 && at < end && *at == '\n' ? at + 1 : NULL;
}

okrug_status okrug_plain_rows(okrug_rows *rows, okrug_plain *plain, const char *text, size_t length, size_t *taken) {
    const char *at = text, *end = text + length, *next;
    okrug_status status = OKRUG_OK;
    while (status == OKRUG_OK && (next = cut(plain, at, end)) != NULL) {
        status = okrug_rows_add(rows, plain->cell, (okrug_row_place){.line = plain->line++});
        at = next;
    }
    *taken = (size_t)(at - text);
    return status;
}
