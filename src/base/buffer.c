/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Growing text.
 */
#include <okrug/text.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

enum { FIRST_BUFFER = 256 };

/* Room for `length` more bytes and the NUL. */
static bool reserve(okrug_buffer *buffer, size_t length) {
    if (buffer->failed) {
        return false;
    }
    if (length < buffer->capacity - buffer->length) {
        return true;
    }
    if (length >= SIZE_MAX / 4 - buffer->length) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity > 0 ? 2 * buffer->capacity : FIRST_BUFFER;
    if (capacity < buffer->length + length + 1) {
        capacity = buffer->length + length + 1;
    }
    char *grown = realloc(buffer->bytes, capacity);
    if (grown == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = grown;
    buffer->capacity = capacity;
    return true;
}

void okrug_buffer_add(okrug_buffer *buffer, const char *bytes, size_t length) {
    if (!reserve(buffer, length)) {
        return;
    }
    if (length > 0) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
    }
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void okrug_buffer_add_text(okrug_buffer *buffer, const char *text) {
    okrug_buffer_add(buffer, text, strlen(text));
}

void okrug_buffer_add_format(okrug_buffer *buffer, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0) {
        buffer->failed = true;
        return;
    }
    if (!reserve(buffer, (size_t)length)) {
        return;
    }
    va_start(list, format);
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, list);
    va_end(list);
    buffer->length += (size_t)length;
}

void okrug_buffer_add_number(okrug_buffer *buffer, double value) {
    char text[OKRUG_NUMBER_TEXT];
    okrug_buffer_add(buffer, text, okrug_number_write(value, text));
}

void okrug_buffer_add_integer(okrug_buffer *buffer, int64_t value) {
    char text[OKRUG_NUMBER_TEXT];
    okrug_buffer_add(buffer, text, okrug_integer_write(value, text));
}

void okrug_buffer_clear(okrug_buffer *buffer) {
    buffer->length = 0;
    buffer->failed = false;
    if (buffer->bytes != NULL) {
        buffer->bytes[0] = '\0';
    }
}

void okrug_buffer_free(okrug_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (okrug_buffer){0};
}

okrug_status okrug_buffer_status(const okrug_buffer *buffer) {
    return buffer->failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}
