/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compact JSON -> JSON laid out for people.
 */
#include <okrug/text.h>

static void new_line(okrug_buffer *out, int depth) {
    okrug_buffer_add(out, "\n", 1);
    for (int i = 0; i < depth; i++) {
        okrug_buffer_add(out, "  ", 2);
    }
}

/* The length of the string that begins at `text`, its quotes included. */
static size_t string_length(const char *text) {
    size_t length = 1;
    while (text[length] != '\0' && text[length] != '"') {
        length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
    }
    return length + (text[length] == '"');
}

void okrug_json_layout(const char *value, okrug_buffer *out) {
    int depth = 0;
    for (size_t length = 1; *value != '\0'; value += length) {
        char c = *value;
        length = c == '"' ? string_length(value) : 1;
        bool empty = (c == '{' && value[1] == '}') || (c == '[' && value[1] == ']');
        if (empty) {
            length = 2;
        } else if (c == '}' || c == ']') {
            new_line(out, --depth);
        }
        okrug_buffer_add(out, value, length);
        if (!empty && (c == '{' || c == '[')) {
            new_line(out, ++depth);
        } else if (c == ',') {
            new_line(out, depth);
        } else if (c == ':') {
            okrug_buffer_add(out, " ", 1);
        }
    }
    okrug_buffer_add(out, "\n", 1);
}
