/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The provenance of a result for people: what is said in one word first, then a section for each list (parameters,
 * inputs, warnings, references). Members that this file does not know are laid out the same way under their own names,
 * so nothing that the engine records is left out.
 */
#include <jansson.h>

#include "writers/html.h"

#include <string.h>

enum { DEEPEST = 32 };

static void add_value(okrug_html *html, const json_t *value, bool own_names, int depth);

/* Members of these are names that the user or the analysis gave, not words of ours. */
static bool holds_own_names(const char *key) {
    return strcmp(key, "parameters") == 0 || strcmp(key, "map") == 0 || strcmp(key, "where") == 0 ||
           strcmp(key, "arguments") == 0;
}

static void add_label(okrug_html *html, const char *key, bool own_name) {
    okrug_html_text(html, own_name ? key : okrug_shown_text(html->catalogue, "html.provenance.", key, key));
}

static void add_nothing(okrug_html *html) {
    okrug_html_raw(html, "<span class=\"missing\">");
    okrug_html_key(html, "html.none", "none");
    okrug_html_raw(html, "</span>");
}

static bool is_plain(const json_t *value) {
    return !json_is_object(value) && !json_is_array(value);
}

static void add_plain(okrug_html *html, const json_t *value) {
    if (json_is_string(value)) {
        okrug_html_text(html, json_string_value(value));
    } else if (json_is_integer(value)) {
        okrug_buffer_add_integer(&html->stream.text, json_integer_value(value));
    } else if (json_is_real(value)) {
        okrug_buffer_add_number(&html->stream.text, json_real_value(value));
    } else if (json_is_null(value)) {
        add_nothing(html);
    } else {
        okrug_html_raw(html, json_is_true(value) ? "true" : "false");
    }
}

static void add_message_place(okrug_html *html, const json_t *message) {
    const char *file = json_string_value(json_object_get(message, "file"));
    const char *column = json_string_value(json_object_get(message, "column"));
    json_int_t line = json_integer_value(json_object_get(message, "line"));
    if (file == NULL && column == NULL && line == 0) {
        return;
    }
    okrug_html_raw(html, " <span class=\"missing\">(");
    okrug_html_text(html, file != NULL ? file : "");
    if (line > 0) {
        okrug_html_raw(html, ":");
        okrug_buffer_add_integer(&html->stream.text, line);
    }
    okrug_html_raw(html, column != NULL && (file != NULL || line > 0) ? ", " : "");
    okrug_html_text(html, column != NULL ? column : "");
    okrug_html_raw(html, ")</span>");
}

/* A warning as the sentence that the catalogue has for it; false where it has none. */
static bool add_message(okrug_html *html, const json_t *message) {
    okrug_buffer text = {0};
    if (!okrug_shown_message(html->catalogue, message, &text)) {
        return false;
    }
    okrug_html_text(html, text.bytes != NULL ? text.bytes : "");
    html->stream.text.failed = html->stream.text.failed || text.failed;
    okrug_buffer_free(&text);
    add_message_place(html, message);
    return true;
}

static void add_pair(okrug_html *html, const char *key, const json_t *value, bool own_names, int depth) {
    okrug_html_raw(html, "<dt>");
    add_label(html, key, own_names);
    okrug_html_raw(html, "</dt><dd>");
    add_value(html, value, holds_own_names(key), depth + 1);
    okrug_html_raw(html, "</dd>\n");
}

static void add_object(okrug_html *html, const json_t *object, bool own_names, int depth) {
    const char *key = NULL;
    json_t *value = NULL;
    okrug_html_raw(html, "<dl>\n");
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        add_pair(html, key, value, own_names, depth);
    }
    okrug_html_raw(html, "</dl>\n");
}

static void add_array(okrug_html *html, const json_t *array, int depth) {
    okrug_html_raw(html, "<ul>\n");
    for (size_t i = 0; i < json_array_size(array); i++) {
        okrug_html_raw(html, "<li>");
        add_value(html, json_array_get(array, i), false, depth + 1);
        okrug_html_raw(html, "</li>\n");
    }
    okrug_html_raw(html, "</ul>\n");
}

/* The recursion is as deep as the JSON is nested, which is bounded. */
static void add_value(okrug_html *html, const json_t *value, bool own_names,
                      int depth) { /* NOLINT(misc-no-recursion) */
    bool empty = (json_is_object(value) && json_object_size(value) == 0) ||
                 (json_is_array(value) && json_array_size(value) == 0);
    if (empty) {
        add_nothing(html);
    } else if (is_plain(value)) {
        add_plain(html, value);
    } else if (depth > DEEPEST) {
        okrug_html_raw(html, "…");
    } else if (json_is_array(value)) {
        add_array(html, value, depth);
    } else if (!add_message(html, value)) {
        add_object(html, value, own_names, depth);
    }
}

static void add_sections(okrug_html *html, json_t *provenance) {
    const char *key = NULL;
    json_t *value = NULL;
    okrug_html_raw(html, "<dl>\n");
    json_object_foreach(provenance, key, value) {
        if (is_plain(value)) {
            add_pair(html, key, value, false, 0);
        }
    }
    okrug_html_raw(html, "</dl>\n");
    json_object_foreach(provenance, key, value) {
        if (!is_plain(value)) {
            okrug_html_raw(html, "<h3>");
            add_label(html, key, false);
            okrug_html_raw(html, "</h3>\n");
            add_value(html, value, holds_own_names(key), 0);
        }
    }
}

void okrug_html_provenance(okrug_html *html, const char *provenance) {
    okrug_html_raw(html, "<section>\n<h2>");
    okrug_html_key(html, "html.provenance", "What this was made of");
    okrug_html_raw(html, "</h2>\n");
    json_t *parsed = json_loads(provenance, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(parsed)) {
        add_sections(html, parsed);
    } else {
        okrug_html_raw(html, "<pre>");
        okrug_html_text(html, provenance);
        okrug_html_raw(html, "</pre>\n");
    }
    json_decref(parsed);
    okrug_html_raw(html, "</section>\n");
}
