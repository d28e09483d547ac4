/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Growing text and the streaming JSON writer on it. Both remember a failure to allocate: write on, ask once at the end.
 */
#ifndef OKRUG_TEXT_H
#define OKRUG_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <okrug/status.h>

/* Whether `text` is one of the texts of `list`, which NULL ends. */
bool okrug_text_is_one_of(const char *text, const char *const *list);

/* Whether a file's name, or its first `length` bytes, ends in ".xlsx" or the like, in capitals or not, and is more than
 * that. */
bool okrug_name_ends(const char *name, const char *ending);
bool okrug_name_ends_n(const char *name, size_t length, const char *ending);

/* Bytes between what two names share at their start and at their end, of the longer one: few for a slip of the pen. */
size_t okrug_text_distance(const char *a, const char *b);

/* Bytes of text[0..length) that fit into `most` and end with a whole character. */
size_t okrug_text_cut(const char *text, size_t length, size_t most);
/* What of `text` fits into `size` bytes, the zero included, cut after a whole character. */
void okrug_text_copy(char *to, size_t size, const char *text);

typedef struct {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
    bool failed;
} okrug_buffer;

void okrug_buffer_add(okrug_buffer *buffer, const char *bytes, size_t length);
void okrug_buffer_add_text(okrug_buffer *buffer, const char *text);
void okrug_buffer_add_format(okrug_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void okrug_buffer_add_number(okrug_buffer *buffer, double value);
void okrug_buffer_add_integer(okrug_buffer *buffer, int64_t value);
void okrug_buffer_clear(okrug_buffer *buffer); /* keeps the memory */
void okrug_buffer_free(okrug_buffer *buffer);
okrug_status okrug_buffer_status(const okrug_buffer *buffer); /* OKRUG_OK or OKRUG_NO_MEMORY */

/* Writes JSON in order: commas and quotes are the writer's, nesting is the caller's (at most 62 deep). With `indent` >
 * 0 it is laid out for people, two spaces a level. Bytes that are no UTF-8 become U+FFFD. NaN and infinities become
 * null. */
typedef struct {
    okrug_buffer *out;
    int indent;
    int depth;
    bool after_key;
    uint64_t filled; /* bit d: the container at depth d has an item already */
} okrug_json;

okrug_json okrug_json_to(okrug_buffer *out, int indent);
void okrug_json_object(okrug_json *json); /* { */
void okrug_json_object_end(okrug_json *json);
void okrug_json_array(okrug_json *json); /* [ */
void okrug_json_array_end(okrug_json *json);
void okrug_json_key(okrug_json *json, const char *key);
void okrug_json_text(okrug_json *json, const char *text); /* NULL becomes null */
void okrug_json_text_n(okrug_json *json, const char *text, size_t length);
void okrug_json_member(okrug_json *json, const char *key, const char *text); /* key and text in one */
void okrug_json_number(okrug_json *json, double value);
void okrug_json_integer(okrug_json *json, int64_t value);
void okrug_json_bool(okrug_json *json, bool value);
void okrug_json_null(okrug_json *json);
/* A value that is JSON already. */
void okrug_json_raw(okrug_json *json, const char *value);

/* The same JSON laid out for people: a member or an item a line, two spaces a level, a line feed at the end. `value` is
 * valid JSON without white space between its parts, as the writer makes it without `indent`. */
void okrug_json_layout(const char *value, okrug_buffer *out);

#endif
