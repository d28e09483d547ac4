/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as CSV (RFC 4180, with line ends of one byte).
 */
#include "writers/stream.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

static bool needs_quotes(const char *text) {
    return text[strcspn(text, "\",\r\n")] != '\0';
}

static void add_quoted(okrug_buffer *out, const char *text) {
    okrug_buffer_add(out, "\"", 1);
    for (;;) {
        size_t length = strcspn(text, "\"");
        okrug_buffer_add(out, text, length);
        if (text[length] == '\0') {
            break;
        }
        okrug_buffer_add(out, "\"\"", 2);
        text += length + 1;
    }
    okrug_buffer_add(out, "\"", 1);
}

static void add_text(okrug_buffer *out, const char *text) {
    if (needs_quotes(text)) {
        add_quoted(out, text);
    } else {
        okrug_buffer_add_text(out, text);
    }
}

/* A line that would be blank is no row to those who read it back. */
static void end_line(okrug_buffer *out, size_t start) {
    okrug_buffer_add(out, "\"\"", out->length == start ? 2 : 0);
    okrug_buffer_add(out, "\n", 1);
}

static void add_header(okrug_buffer *out, const okrug_table *table, bool reasons) {
    size_t start = out->length;
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add(out, ",", c > 0);
        add_text(out, table->column[c].name);
    }
    if (reasons) {
        okrug_buffer_add(out, ",reason", table->columns > 0 ? 7 : 0);
        okrug_buffer_add(out, "reason", table->columns > 0 ? 0 : 6);
    }
    end_line(out, start);
}

static void add_cell(okrug_buffer *out, const okrug_column *column, int64_t row) {
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return;
    }
    if (column->type == OKRUG_NUMBER) {
        char digits[OKRUG_NUMBER_TEXT];
        okrug_buffer_add(out, digits, okrug_number_write(column->number[row], digits));
    } else {
        add_text(out, okrug_text_at(column, row));
    }
}

static void add_row(okrug_buffer *out, const okrug_table *table, int64_t row, char *reason) {
    size_t start = out->length;
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add(out, ",", c > 0);
        add_cell(out, &table->column[c], row);
    }
    if (reason != NULL) {
        okrug_reason_text(table, row, reason);
        okrug_buffer_add(out, ",", table->columns > 0);
        add_text(out, reason);
    }
    end_line(out, start);
}

okrug_status okrug_write_csv(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    okrug_stream stream = {.ctx = ctx, .file = out};
    char *reason = NULL;
    if (okrug_adds_reason(table)) {
        reason = malloc(okrug_reason_text_size(table));
        if (reason == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    add_header(&stream.text, table, reason != NULL);
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < table->rows && status == OKRUG_OK; r++) {
        add_row(&stream.text, table, r, reason);
        status = okrug_stream_step(&stream);
    }
    free(reason);
    return okrug_stream_end(&stream, status);
}
