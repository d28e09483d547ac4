/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reason column of files: which cells of a row are missing and why, as text and back.
 */
#include <okrug/dataset.h>

#include <string.h>

static size_t longest_code(void) {
    size_t longest = 0;
    for (int reason = 0; reason < OKRUG_REASONS_COUNT; reason++) {
        size_t length = strlen(okrug_reason_code((okrug_reason)reason));
        longest = length > longest ? length : longest;
    }
    return longest;
}

size_t okrug_reason_text_size(const okrug_table *table) {
    size_t code = longest_code();
    size_t size = 1;
    for (int c = 0; c < table->columns; c++) {
        size += strlen(table->column[c].name) + code + 2; /* the colon and the semicolon */
    }
    return size;
}

static char *append(char *at, const char *text) {
    return stpcpy(at, text);
}

size_t okrug_reason_text(const okrug_table *table, int64_t row, char *text) {
    char *at = text;
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        okrug_reason reason = okrug_reason_at(column, row);
        if (reason == OKRUG_PRESENT || (column->type == OKRUG_TEXT && reason == OKRUG_NOT_COLLECTED)) {
            continue;
        }
        if (at != text) {
            *at++ = ';';
        }
        at = append(at, column->name);
        *at++ = ':';
        at = append(at, okrug_reason_code(reason));
    }
    *at = '\0';
    return (size_t)(at - text);
}

/* Reads one part, "column:code", of `length` bytes: a name may have colons and semicolons of its own, a code has
 * neither. */
static bool read_part(const okrug_table *table, const char *part, size_t length, int *column, okrug_reason *reason) {
    for (int c = 0; c < table->columns; c++) {
        const char *name = table->column[c].name;
        size_t name_length = strlen(name);
        if (name_length >= length || part[name_length] != ':' || memcmp(part, name, name_length) != 0) {
            continue;
        }
        const char *code = part + name_length + 1;
        size_t code_length = length - name_length - 1;
        for (int r = OKRUG_PRESENT + 1; r < OKRUG_REASONS_COUNT; r++) {
            const char *known = okrug_reason_code((okrug_reason)r);
            if (strlen(known) == code_length && memcmp(known, code, code_length) == 0) {
                *column = c;
                *reason = (okrug_reason)r;
                return true;
            }
        }
    }
    return false;
}

/* Goes through the parts, setting the cells if `set`. */
static bool read_parts(okrug_table *table, int64_t row, const char *text, bool set) {
    while (*text != '\0') {
        size_t length = strcspn(text, ";");
        int column;
        okrug_reason reason;
        /* A semicolon inside a name does not end the part: try the next one. */
        while (!read_part(table, text, length, &column, &reason)) {
            if (text[length] == '\0') {
                return false;
            }
            length += 1 + strcspn(text + length + 1, ";");
        }
        if (set && okrug_set_missing(table, column, row, reason) != OKRUG_OK) {
            return false;
        }
        text += length;
        if (*text == ';') {
            text++;
            if (*text == '\0') {
                return false;
            }
        }
    }
    return true;
}

bool okrug_reason_text_apply(okrug_table *table, int64_t row, const char *text) {
    /* All or nothing: a malformed text changes no cell. */
    return read_parts(table, row, text, false) && read_parts(table, row, text, true);
}
