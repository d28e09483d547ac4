/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as CSV, in one of the profiles of writers.h.
 */
#include "writers/stream.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

/* How a profile writes. */
typedef struct {
    const char *name;
    const char *start;  /* before the first byte */
    const char *end;    /* of a line */
    const char *quoted; /* characters that ask for quotes */
    char between;
    char decimal;
    const char *formula; /* first characters of a text that would be taken for a formula */
} form;

static const form forms[] = {
    [OKRUG_CSV_MACHINE] = {"machine", "", "\n", "\",\r\n", ',', '.', ""},
    [OKRUG_CSV_EXCEL_RU] = {"excel-ru", "\xEF\xBB\xBF", "\r\n", "\";\r\n", ';', ',', "=+-@"},
};

bool okrug_csv_profile_find(const char *name, okrug_csv_profile *profile) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(name, forms[i].name) == 0) {
            *profile = (okrug_csv_profile)i;
            return true;
        }
    }
    return false;
}

/* `first`: what comes before the text. */
static void add_quoted(okrug_buffer *out, const char *first, const char *text) {
    okrug_buffer_add(out, "\"", 1);
    okrug_buffer_add_text(out, first);
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

/* A tab before what would be a formula makes it a text, and is no part of it to those who read it back (decision 31).
 */
static void add_text(okrug_buffer *out, const form *as, const char *text) {
    const char *start = text + strspn(text, " \t\r\n");
    if (*start != '\0' && strchr(as->formula, *start) != NULL) {
        add_quoted(out, "\t", text);
    } else if (text[strcspn(text, as->quoted)] != '\0') {
        add_quoted(out, "", text);
    } else {
        okrug_buffer_add_text(out, text);
    }
}

/* A line that would be blank is no row to those who read it back. */
static void end_line(okrug_buffer *out, const form *as, size_t start) {
    okrug_buffer_add(out, "\"\"", out->length == start ? 2 : 0);
    okrug_buffer_add_text(out, as->end);
}

static void add_header(okrug_buffer *out, const form *as, const okrug_table *table, bool reasons) {
    size_t start = out->length;
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add(out, &as->between, c > 0);
        add_text(out, as, table->column[c].name);
    }
    if (reasons) {
        okrug_buffer_add(out, &as->between, table->columns > 0);
        okrug_buffer_add_text(out, "reason");
    }
    end_line(out, as, start);
}

static void add_cell(okrug_buffer *out, const form *as, const okrug_column *column, int64_t row) {
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return;
    }
    if (column->type == OKRUG_NUMBER) {
        char digits[OKRUG_NUMBER_TEXT];
        size_t length = okrug_number_write(column->number[row], digits);
        char *dot = memchr(digits, '.', length);
        if (dot != NULL) {
            *dot = as->decimal;
        }
        okrug_buffer_add(out, digits, length);
    } else {
        add_text(out, as, okrug_text_at(column, row));
    }
}

static void add_row(okrug_buffer *out, const form *as, const okrug_table *table, int64_t row, char *reason) {
    size_t start = out->length;
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add(out, &as->between, c > 0);
        add_cell(out, as, &table->column[c], row);
    }
    if (reason != NULL) {
        okrug_reason_text(table, row, reason);
        okrug_buffer_add(out, &as->between, table->columns > 0);
        add_text(out, as, reason);
    }
    end_line(out, as, start);
}

okrug_status okrug_write_csv(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    return okrug_write_csv_as(ctx, table, OKRUG_CSV_MACHINE, out);
}

okrug_status okrug_write_csv_as(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, FILE *out) {
    return okrug_write_csv_to(ctx, table, profile, NULL, out);
}

okrug_status okrug_write_csv_to(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, const char *name,
                                FILE *out) {
    const form *as = &forms[profile];
    okrug_stream stream = {.ctx = ctx, .file = out, .name = name};
    char *reason = NULL;
    if (okrug_adds_reason(table)) {
        reason = malloc(okrug_reason_text_size(table));
        if (reason == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    okrug_buffer_add_text(&stream.text, as->start);
    add_header(&stream.text, as, table, reason != NULL);
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < table->rows && status == OKRUG_OK; r++) {
        add_row(&stream.text, as, table, r, reason);
        status = okrug_stream_step(&stream);
    }
    free(reason);
    return okrug_stream_end(&stream, status);
}
