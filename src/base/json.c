/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The streaming JSON writer (RFC 8259).
 */
#include <okrug/text.h>

#include <math.h>
#include <string.h>

enum { DEEPEST = 62 };

okrug_json okrug_json_to(okrug_buffer *out, int indent) {
    return (okrug_json){.out = out, .indent = indent};
}

static void new_line(okrug_json *json) {
    if (json->indent > 0) {
        okrug_buffer_add(json->out, "\n", 1);
        for (int i = 0; i < json->depth; i++) {
            okrug_buffer_add(json->out, "  ", 2);
        }
    }
}

/* Before every item: nothing after a key or at the top, else the comma and the new line. */
static void begin_item(okrug_json *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0) {
        return;
    }
    uint64_t bit = UINT64_C(1) << json->depth;
    if (json->filled & bit) {
        okrug_buffer_add(json->out, ",", 1);
    }
    json->filled |= bit;
    new_line(json);
}

static void open_container(okrug_json *json, const char *bracket) {
    begin_item(json);
    if (json->depth == DEEPEST) {
        /* A defect of the caller; the text would not be what was asked for, so it is refused as a whole. */
        json->out->failed = true;
        return;
    }
    okrug_buffer_add(json->out, bracket, 1);
    json->depth++;
    json->filled &= ~(UINT64_C(1) << json->depth);
}

static void close_container(okrug_json *json, const char *bracket) {
    if (json->depth == 0) {
        json->out->failed = true;
        return;
    }
    bool filled = json->filled >> json->depth & 1;
    json->depth--;
    if (filled) {
        new_line(json);
    }
    okrug_buffer_add(json->out, bracket, 1);
}

void okrug_json_object(okrug_json *json) {
    open_container(json, "{");
}

void okrug_json_object_end(okrug_json *json) {
    close_container(json, "}");
}

void okrug_json_array(okrug_json *json) {
    open_container(json, "[");
}

void okrug_json_array_end(okrug_json *json) {
    close_container(json, "]");
}

static void escape(okrug_buffer *out, unsigned char byte) {
    static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs: the byte, its letter */
    for (size_t i = 0; i + 1 < sizeof named; i += 2) {
        if ((unsigned char)named[i] == byte) {
            okrug_buffer_add(out, (char[]){'\\', named[i + 1]}, 2);
            return;
        }
    }
    okrug_buffer_add_format(out, "\\u%04x", byte);
}

/* Bytes of the UTF-8 character at the start of text[0..length), length > 0; 0: there is none (Unicode, table 3-7). */
static size_t character(const unsigned char *text, size_t length) {
    unsigned char first = text[0];
    if (first < 0x80) {
        return 1;
    }
    size_t size = first >= 0xC2 && first <= 0xDF   ? 2
                  : (first & 0xF0) == 0xE0         ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
    if (size == 0 || size > length) {
        return 0;
    }
    /* The second byte tells overlong forms, surrogates and what lies beyond U+10FFFF. */
    unsigned char least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    bool good = text[1] >= least && text[1] <= most;
    for (size_t i = 2; good && i < size; i++) {
        good = (text[i] & 0xC0) == 0x80;
    }
    return good ? size : 0;
}

/* A byte that is no UTF-8 becomes U+FFFD: what is read may come from anywhere, what is written is always JSON. */
static void quote(okrug_buffer *out, const char *text, size_t length) {
    okrug_buffer_add(out, "\"", 1);
    size_t start = 0;
    for (size_t i = 0; i < length;) {
        unsigned char byte = (unsigned char)text[i];
        size_t size = character((const unsigned char *)text + i, length - i);
        bool special = byte < 0x20 || byte == '"' || byte == '\\';
        if (size == 0 || special) {
            okrug_buffer_add(out, text + start, i - start);
            special ? escape(out, byte) : okrug_buffer_add_text(out, "\xEF\xBF\xBD");
            start = i + 1;
        }
        i += size == 0 ? 1 : size;
    }
    okrug_buffer_add(out, text + start, length - start);
    okrug_buffer_add(out, "\"", 1);
}

void okrug_json_key(okrug_json *json, const char *key) {
    begin_item(json);
    quote(json->out, key, strlen(key));
    okrug_buffer_add_text(json->out, json->indent > 0 ? ": " : ":");
    json->after_key = true;
}

void okrug_json_text_n(okrug_json *json, const char *text, size_t length) {
    begin_item(json);
    quote(json->out, text, length);
}

void okrug_json_text(okrug_json *json, const char *text) {
    if (text == NULL) {
        okrug_json_null(json);
    } else {
        okrug_json_text_n(json, text, strlen(text));
    }
}

void okrug_json_member(okrug_json *json, const char *key, const char *text) {
    okrug_json_key(json, key);
    okrug_json_text(json, text);
}

void okrug_json_number(okrug_json *json, double value) {
    if (!isfinite(value)) {
        okrug_json_null(json);
        return;
    }
    begin_item(json);
    okrug_buffer_add_number(json->out, value);
}

void okrug_json_integer(okrug_json *json, int64_t value) {
    begin_item(json);
    okrug_buffer_add_integer(json->out, value);
}

void okrug_json_raw(okrug_json *json, const char *value) {
    begin_item(json);
    okrug_buffer_add_text(json->out, value);
}

void okrug_json_bool(okrug_json *json, bool value) {
    okrug_json_raw(json, value ? "true" : "false");
}

void okrug_json_null(okrug_json *json) {
    okrug_json_raw(json, "null");
}
