/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a text in memory as okrug reads a file, for tests that look at the table or at the messages.
 */
#ifndef OKRUG_TESTS_READING_H
#define OKRUG_TESTS_READING_H

#include <math.h>
#include <string.h>

#include "sources/sources.h"
#include "testing.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_dataset *dataset;
    okrug_table *table;
    okrug_understood understood;
    okrug_status status;
} reading;

/* region (a key), value (a number that is not negative). */
static const okrug_wanted region_value[] = {
    {.role = {.name = "region", .type = OKRUG_TEXT, .need = OKRUG_KEY}},
    {.role = {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_REQUIRED, .domain = OKRUG_DOMAIN_NOT_NEGATIVE}},
};

static inline okrug_source_request wanting_region_value(void) {
    return (okrug_source_request){.path = "in.csv", .wanted = region_value, .wanted_count = 2};
}

static inline reading read_bytes(okrug_source_request request, const void *bytes, size_t length) {
    reading made = {.ctx = okrug_ctx_new(NULL), .dataset = okrug_dataset_new("test", "values")};
    assert_non_null(made.ctx);
    assert_non_null(made.dataset);
    request.bytes = bytes;
    request.length = length;
    made.status = okrug_source_read(made.ctx, &request, made.dataset, "input", &made.understood, &made.table);
    /* Whatever it is, a failure says why and leaves nothing behind. */
    assert_int_equal(made.status == OKRUG_OK, made.table != NULL);
    assert_int_equal(made.dataset->tables, made.status == OKRUG_OK ? 1 : 0);
    assert_int_equal(made.status == OKRUG_OK, okrug_faults(made.ctx) == 0);
    return made;
}

static inline reading read_text(okrug_source_request request, const char *text) {
    return read_bytes(request, text, strlen(text));
}

static inline void done(reading *made) {
    okrug_dataset_free(made->dataset);
    okrug_ctx_free(made->ctx);
}

static inline const okrug_column *column_of(const reading *made, const char *name) {
    assert_non_null(made->table);
    const okrug_column *column = okrug_table_column(made->table, name);
    assert_non_null(column);
    return column;
}

static inline void assert_text(const reading *made, const char *column, int64_t row, const char *expected) {
    assert_true(row < made->table->rows);
    const char *text = okrug_text_at(column_of(made, column), row);
    assert_non_null(text);
    assert_string_equal(text, expected);
}

static inline void assert_number(const reading *made, const char *column, int64_t row, double expected) {
    assert_non_null(made->table);
    assert_true(row < made->table->rows);
    assert_int_equal(okrug_reason_at(column_of(made, column), row), OKRUG_PRESENT);
    assert_true(column_of(made, column)->number[row] == expected);
}

static inline void assert_missing(const reading *made, const char *column, int64_t row, okrug_reason reason) {
    assert_true(row < made->table->rows);
    assert_int_equal(okrug_reason_at(column_of(made, column), row), reason);
    if (column_of(made, column)->type == OKRUG_NUMBER) {
        assert_true(isnan(column_of(made, column)->number[row]));
    }
}

static inline const char *argument_of(const okrug_message *message, const char *name) {
    for (int i = 0; i < message->arguments; i++) {
        if (strcmp(message->name[i], name) == 0) {
            return message->value[i];
        }
    }
    return NULL;
}

/* The message `i` has that code and line, and the column if one is given. */
static inline const okrug_message *assert_message(const reading *made, int64_t i, const char *code, int64_t line,
                                                  const char *column) {
    assert_true(i < okrug_messages(made->ctx));
    const okrug_message *message = okrug_message_at(made->ctx, i);
    assert_string_equal(message->code, code);
    assert_int_equal(message->place.line, line);
    if (column != NULL) {
        assert_non_null(message->place.column);
        assert_string_equal(message->place.column, column);
    }
    return message;
}

static inline void assert_argument(const okrug_message *message, const char *name, const char *expected) {
    const char *value = argument_of(message, name);
    assert_non_null(value);
    assert_string_equal(value, expected);
}

/* The text is refused for one reason, at that line. */
static inline void assert_refused(okrug_source_request request, const char *text, const char *code, int64_t line) {
    reading made = read_text(request, text);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_message(&made, 0, code, line, NULL);
    done(&made);
}

#endif
