/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as CSV, in one of the profiles of writers.h.
 */
#include "writers/stream.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

/* How a profile writes. */
typedef struct {
    const char *name;
    const char *start; /* before the first byte */
    const char *end;   /* of a line */
    char between;
    char decimal;
    const char *formula; /* first characters of a text that would be taken for a formula */
} form;

static const form forms[] = {
    [OKRUG_CSV_MACHINE] = {"machine", "", "\n", ',', '.', ""},
    [OKRUG_CSV_EXCEL_RU] = {"excel-ru", "\xEF\xBB\xBF", "\r\n", ';', ',', "=+-@"},
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

/* okrug_buffer_add, which rows call ten times each, without a call where there is room. */
static inline void put(okrug_buffer *out, const char *bytes, size_t length) {
    if (out->failed || out->capacity - out->length <= length) {
        okrug_buffer_add(out, bytes, length);
        return;
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
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
    const char *start = as->formula[0] != '\0' ? text + strspn(text, " \t\r\n") : "";
    if (*start != '\0' && strchr(as->formula, *start) != NULL) {
        add_quoted(out, "\t", text);
        return;
    }
    const char *end = text; /* most texts are codes: shorter than what a search would have to prepare */
    while (*end != '\0' && *end != as->between && *end != '"' && *end != '\r' && *end != '\n') {
        end++;
    }
    if (*end != '\0') {
        add_quoted(out, "", text);
    } else {
        put(out, text, (size_t)(end - text));
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

/* What the last numbers read like: where nothing is unknown, bounds and ranges repeat the number that they are of. */
enum { REMEMBERED = 5 };
typedef struct {
    double number[REMEMBERED];
    char digits[REMEMBERED][OKRUG_NUMBER_TEXT];
    size_t length[REMEMBERED]; /* 0: none yet */
    int next;
} written;

static void add_number(okrug_buffer *out, const form *as, double number, written *last) {
    for (int i = 0; i < REMEMBERED; i++) {
        bool same =
            last->number[i] == number && signbit(last->number[i]) == signbit(number); /* -0 is written as such */
        if (last->length[i] > 0 && same) {
            put(out, last->digits[i], last->length[i]);
            return;
        }
    }
    char *digits = last->digits[last->next];
    size_t length = okrug_number_write(number, digits);
    char *dot = memchr(digits, '.', length);
    if (dot != NULL) {
        *dot = as->decimal;
    }
    put(out, digits, length);
    last->number[last->next] = number;
    last->length[last->next] = length;
    last->next = (last->next + 1) % REMEMBERED;
}

static void add_cell(okrug_buffer *out, const form *as, const okrug_column *column, int64_t row, written *last) {
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return;
    }
    if (column->type == OKRUG_NUMBER) {
        add_number(out, as, column->number[row], last);
    } else {
        add_text(out, as, okrug_text_at(column, row));
    }
}

static void add_row(okrug_buffer *out, const form *as, const okrug_table *table, int64_t row, char *reason,
                    written *last) {
    size_t start = out->length;
    for (int c = 0; c < table->columns; c++) {
        put(out, &as->between, c > 0);
        add_cell(out, as, &table->column[c], row, last);
    }
    if (reason != NULL) {
        put(out, &as->between, table->columns > 0);
        if (okrug_reason_text(table, row, reason) > 0) {
            add_text(out, as, reason);
        }
    }
    end_line(out, as, start);
}

okrug_status okrug_write_csv(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    return okrug_write_csv_as(ctx, table, OKRUG_CSV_MACHINE, out);
}

okrug_status okrug_write_csv_as(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, FILE *out) {
    return okrug_write_csv_to(ctx, table, profile, NULL, out);
}

/* ---- Rows on threads ---- */

enum { TILE = 8192 }; /* rows of a piece */

typedef struct {
    const form *as;
    const okrug_table *table;
    bool reasons;
    okrug_stream *stream;
    int error; /* errno of the write that failed */
} rows_out;

static void free_piece(okrug_buffer *piece) {
    if (piece != NULL) {
        okrug_buffer_free(piece);
        free(piece);
    }
}

static okrug_status make_piece(void *user, int64_t tile, void **made) {
    const rows_out *out = user;
    okrug_buffer *piece = calloc(1, sizeof *piece);
    char *reason = out->reasons ? malloc(okrug_reason_text_size(out->table)) : NULL;
    if (piece == NULL || (out->reasons && reason == NULL)) {
        free(reason);
        free_piece(piece);
        return OKRUG_NO_MEMORY;
    }
    written last = {.next = 0};
    int64_t end = (tile + 1) * TILE < out->table->rows ? (tile + 1) * TILE : out->table->rows;
    for (int64_t r = tile * TILE; r < end; r++) {
        add_row(piece, out->as, out->table, r, reason, &last);
    }
    free(reason);
    *made = piece;
    return okrug_buffer_status(piece);
}

static okrug_status write_piece(void *user, void *made, bool failed) {
    rows_out *out = user;
    okrug_buffer *piece = made;
    okrug_status status = OKRUG_OK;
    if (!failed && fwrite(piece->bytes, 1, piece->length, out->stream->file) != piece->length) {
        out->error = errno;
        status = OKRUG_WRITE_FAILED;
    }
    free_piece(piece);
    return status;
}

okrug_status okrug_write_csv_to(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, const char *name,
                                FILE *out) {
    const form *as = &forms[profile];
    okrug_stream stream = {.ctx = ctx, .file = out, .name = name};
    rows_out rows = {.as = as, .table = table, .reasons = okrug_adds_reason(table), .stream = &stream};
    okrug_buffer_add_text(&stream.text, as->start);
    add_header(&stream.text, as, table, rows.reasons);
    okrug_status status = okrug_stream_pass(&stream);
    if (status == OKRUG_OK) {
        status = okrug_parallel_in_order(ctx, (table->rows + TILE - 1) / TILE, make_piece, write_piece, &rows);
    }
    if (rows.error != 0) {
        status = okrug_stream_fail(&stream, rows.error);
    }
    return okrug_stream_end(&stream, status);
}
