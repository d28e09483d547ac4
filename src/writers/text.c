/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table aligned for a terminal: a character is one column wide, Cyrillic as well as Latin. Characters that would
 * move the cursor or speak to the terminal do not reach it.
 */
#include "writers/stream.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

static const char between[] = "  ";

typedef struct {
    okrug_stream stream;
    const okrug_table *table;
    const okrug_catalogue *catalogue;
    int64_t rows;  /* that are shown */
    size_t *width; /* of each column, in characters */
    int *shown;    /* columns that have a value somewhere; the others are told in a line of their own */
    int columns;
    char digits[OKRUG_NUMBER_TEXT];
} writer;

static size_t characters(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

/* What the cell says; valid until the next call. */
static const char *cell_text(writer *w, int c, int64_t row) {
    const okrug_column *column = &w->table->column[c];
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return okrug_shown_reason(w->catalogue, column, row);
    }
    if (column->type == OKRUG_NUMBER) {
        okrug_shown_number(column->number[row], w->digits);
        return w->digits;
    }
    const char *text = okrug_text_at(column, row);
    return column->type == OKRUG_GEOMETRY ? okrug_shown_geometry(text) : text;
}

/* C0, DEL, and C1 as UTF-8 writes it. */
static bool is_control(const char *text) {
    unsigned char first = (unsigned char)text[0];
    unsigned char second = (unsigned char)text[1];
    return first < 0x20 || first == 0x7F || (first == 0xC2 && second >= 0x80 && second < 0xA0);
}

static void add_safely(okrug_buffer *out, const char *text) {
    while (*text != '\0') {
        size_t plain = 0;
        while (text[plain] != '\0' && !is_control(text + plain)) {
            plain++;
        }
        okrug_buffer_add(out, text, plain);
        text += plain;
        if (*text != '\0') {
            okrug_buffer_add(out, " ", 1);
            text += (unsigned char)*text == 0xC2 ? 2 : 1;
        }
    }
}

static void add_spaces(okrug_buffer *out, size_t count) {
    for (; count > 0; count--) {
        okrug_buffer_add(out, " ", 1);
    }
}

static void add_cell(writer *w, bool first, int c, const char *text) {
    okrug_buffer *out = &w->stream.text;
    size_t padding = w->width[c] - characters(text);
    bool right = w->table->column[c].type == OKRUG_NUMBER;
    okrug_buffer_add(out, between, first ? 0 : sizeof between - 1);
    add_spaces(out, right ? padding : 0);
    add_safely(out, text);
    add_spaces(out, right ? 0 : padding);
}

/* Blanks at the end of a line would only wrap on a narrow terminal. */
static void end_line(okrug_buffer *out, size_t start) {
    while (!out->failed && out->length > start && out->bytes[out->length - 1] == ' ') {
        out->length--;
    }
    okrug_buffer_add(out, "\n", 1);
}

/* Missing in every row, for the same reason. */
static bool is_empty(const okrug_table *table, int c) {
    const okrug_column *column = &table->column[c];
    for (int64_t r = 0; r < table->rows; r++) {
        okrug_reason reason = okrug_reason_at(column, r);
        if (reason == OKRUG_PRESENT || reason != okrug_reason_at(column, 0)) {
            return false;
        }
    }
    return table->rows > 0;
}

static void choose_columns(writer *w) {
    for (int c = 0; c < w->table->columns; c++) {
        if (!is_empty(w->table, c)) {
            w->shown[w->columns++] = c;
        }
    }
}

/* One line for each reason that empties whole columns; text columns that were never given are no news. */
static void add_empty(writer *w) {
    for (int reason = OKRUG_PRESENT + 1; reason < OKRUG_REASONS_COUNT; reason++) {
        okrug_buffer names = {0};
        const char *why = NULL;
        for (int c = 0; c < w->table->columns; c++) {
            const okrug_column *column = &w->table->column[c];
            if (column->type != OKRUG_NUMBER || !is_empty(w->table, c) ||
                okrug_reason_at(column, 0) != (okrug_reason)reason) {
                continue;
            }
            okrug_buffer_add_text(&names, why == NULL ? "" : ", ");
            okrug_buffer_add_text(&names, column->name);
            why = okrug_shown_reason(w->catalogue, column, 0);
        }
        if (why != NULL && names.bytes != NULL) {
            const char *text = okrug_shown_text(w->catalogue, "text.empty-columns", "", "{columns}: {reason}");
            okrug_catalogue_fill(text, 2, (const char *[]){"columns", "reason"}, (const char *[]){names.bytes, why},
                                 &w->stream.text);
            okrug_buffer_add(&w->stream.text, "\n", 1);
        }
        okrug_buffer_free(&names);
    }
}

static void measure(writer *w) {
    for (int i = 0; i < w->columns; i++) {
        int c = w->shown[i];
        w->width[c] = characters(w->table->column[c].name);
        for (int64_t r = 0; r < w->rows; r++) {
            size_t width = characters(cell_text(w, c, r));
            w->width[c] = width > w->width[c] ? width : w->width[c];
        }
    }
}

static void add_rest(writer *w) {
    if (w->rows == w->table->rows) {
        return;
    }
    char shown[OKRUG_NUMBER_TEXT];
    char all[OKRUG_NUMBER_TEXT];
    char rest[OKRUG_NUMBER_TEXT];
    okrug_integer_write(w->rows, shown);
    okrug_integer_write(w->table->rows, all);
    okrug_integer_write(w->table->rows - w->rows, rest);
    const char *name[] = {"shown", "rows", "rest"};
    const char *value[] = {shown, all, rest};
    const char *text = okrug_shown_text(w->catalogue, "text.rest", "", "({rest} / {rows})");
    okrug_catalogue_fill(text, 3, name, value, &w->stream.text);
    okrug_buffer_add(&w->stream.text, "\n", 1);
}

static okrug_status add_rows(writer *w) {
    okrug_buffer *out = &w->stream.text;
    choose_columns(w);
    measure(w);
    for (int64_t r = -1; r < w->rows; r++) {
        size_t start = out->length;
        for (int i = 0; i < w->columns; i++) {
            int c = w->shown[i];
            add_cell(w, i == 0, c, r < 0 ? w->table->column[c].name : cell_text(w, c, r));
        }
        end_line(out, start);
        OKRUG_TRY(okrug_stream_step(&w->stream));
    }
    add_rest(w);
    add_empty(w);
    return OKRUG_OK;
}

okrug_status okrug_write_text(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                              FILE *out) {
    writer w = {.stream = {.ctx = ctx, .file = out}, .table = table, .catalogue = catalogue};
    w.rows = most > 0 && most < table->rows ? most : table->rows;
    w.width = calloc((size_t)table->columns + 1, sizeof *w.width);
    w.shown = calloc((size_t)table->columns + 1, sizeof *w.shown);
    okrug_status status = w.width != NULL && w.shown != NULL ? add_rows(&w) : OKRUG_NO_MEMORY;
    free(w.width);
    free(w.shown);
    return okrug_stream_end(&w.stream, status);
}
