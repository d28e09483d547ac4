/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts in the reader's language, and messages made of them.
 */
#include "base/catalogue_private.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char okrug_embedded_i18n_en_json[];
extern const char okrug_embedded_i18n_en_json_end[];
extern const char okrug_embedded_i18n_ru_json[];
extern const char okrug_embedded_i18n_ru_json_end[];

okrug_catalogue *okrug_catalogue_from_json(const char *json, size_t length) {
    okrug_catalogue *catalogue = calloc(1, sizeof *catalogue);
    if (catalogue == NULL) {
        return NULL;
    }
    catalogue->texts = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(catalogue->texts)) {
        okrug_catalogue_free(catalogue);
        return NULL;
    }
    return catalogue;
}

okrug_catalogue *okrug_catalogue_new(const char *language) {
    const char *begin = okrug_embedded_i18n_en_json;
    const char *end = okrug_embedded_i18n_en_json_end;
    if (language != NULL && strcmp(language, "ru") == 0) {
        begin = okrug_embedded_i18n_ru_json;
        end = okrug_embedded_i18n_ru_json_end;
    }
    okrug_catalogue *made = okrug_catalogue_from_json(begin, (size_t)(end - begin));
    if (made != NULL) {
        made->russian = begin == okrug_embedded_i18n_ru_json;
    }
    return made;
}

void okrug_catalogue_free(okrug_catalogue *catalogue) {
    if (catalogue != NULL) {
        json_decref(catalogue->texts);
        free(catalogue);
    }
}

const char *okrug_catalogue_text(const okrug_catalogue *catalogue, const char *key) {
    return json_string_value(json_object_get(catalogue->texts, key));
}

/* The argument whose name is name[0..length); NULL: none. */
static const char *value_of(const char *wanted, size_t length, int arguments, const char *const *name,
                            const char *const *value) {
    for (int i = 0; i < arguments; i++) {
        if (strlen(name[i]) == length && memcmp(name[i], wanted, length) == 0) {
            return value[i];
        }
    }
    return NULL;
}

/* The form of a word that goes with a whole number, by the rules of the language; NULL: it is none. */
static const char *form_for(const char *number, bool russian) {
    size_t length = strspn(number, "0123456789");
    if (length == 0 || number[length] != '\0') {
        return NULL;
    }
    if (!russian) {
        return strcmp(number, "1") == 0 ? "one" : "other";
    }
    char last = number[length - 1];
    bool teen = length > 1 && number[length - 2] == '1';
    return teen || last == '0' || last > '4' ? "many" : last == '1' ? "one" : "few";
}

const char *okrug_catalogue_counted(const okrug_catalogue *catalogue, const char *key, int arguments,
                                    const char *const *name, const char *const *value) {
    const char *count = value_of("count", strlen("count"), arguments, name, value);
    const char *form = count == NULL ? NULL : form_for(count, catalogue->russian);
    const char *text = NULL;
    char formed[OKRUG_CATALOGUE_KEY]; /* without memory texts would come out in another form, unsaid */
    if (form != NULL && (size_t)snprintf(formed, sizeof formed, "%s.%s", key, form) < sizeof formed) {
        text = okrug_catalogue_text(catalogue, formed);
    }
    return text == NULL ? okrug_catalogue_text(catalogue, key) : text;
}

void okrug_catalogue_fill(const char *text, int arguments, const char *const *name, const char *const *value,
                          okrug_buffer *out) {
    while (*text != '\0') {
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        const char *filling =
            close != NULL ? value_of(text + 1, (size_t)(close - text - 1), arguments, name, value) : NULL;
        if (filling != NULL) {
            okrug_buffer_add_text(out, filling);
            text = close + 1;
            continue;
        }
        /* Everything up to the next brace stays, the brace here too. */
        size_t length = 1 + strcspn(text + 1, "{");
        okrug_buffer_add(out, text, length);
        text += length;
    }
}

static void add_place(const okrug_catalogue *catalogue, const okrug_place *place, okrug_buffer *out) {
    if (place->file != NULL) {
        okrug_buffer_add_text(out, place->file);
        okrug_buffer_add_text(out, ":");
    }
    if (place->line > 0) {
        okrug_buffer_add_integer(out, place->line);
        okrug_buffer_add_text(out, ":");
    }
    if (place->file != NULL || place->line > 0) {
        okrug_buffer_add_text(out, " ");
    }
    if (place->cell != NULL) {
        okrug_buffer_add_format(out, "%s: ", place->cell);
    }
    if (place->column != NULL) {
        const char *text = okrug_catalogue_text(catalogue, "message.place-column");
        okrug_catalogue_fill(text != NULL ? text : "{column}: ", 1, (const char *[]){"column"},
                             (const char *[]){place->column}, out);
    }
}

static void add_untold(const okrug_message *message, okrug_buffer *out) {
    okrug_buffer_add_text(out, message->code);
    for (int i = 0; i < message->arguments; i++) {
        okrug_buffer_add_format(out, "%s%s: %s", i == 0 ? " (" : ", ", message->name[i], message->value[i]);
    }
    if (message->arguments > 0) {
        okrug_buffer_add_text(out, ")");
    }
}

/* What was expected is a code where it is one of few things: "expected.number" has the words; so too "grain.regions".
 */
static const char *worded(const okrug_catalogue *catalogue, const char *name, const char *value) {
    if (strcmp(name, "expected") != 0 && strcmp(name, "grain") != 0 && strcmp(name, "confidence") != 0) {
        return value;
    }
    okrug_buffer key = {0};
    okrug_buffer_add_format(&key, "%s.%s", name, value);
    const char *text = okrug_buffer_status(&key) == OKRUG_OK ? okrug_catalogue_text(catalogue, key.bytes) : NULL;
    okrug_buffer_free(&key);
    return text == NULL ? value : text;
}

/* In Russian "source" gives way to "source_ru", where that says anything, as in the tables of rules and measures. */
static const char *in_language(const okrug_catalogue *catalogue, const okrug_message *message, int i) {
    char twin[64];
    bool fits = catalogue->russian && (size_t)snprintf(twin, sizeof twin, "%s_ru", message->name[i]) < sizeof twin;
    const char *value = fits ? value_of(twin, strlen(twin), message->arguments, message->name, message->value) : NULL;
    return value != NULL && value[0] != '\0' ? value : message->value[i];
}

void okrug_catalogue_message(const okrug_catalogue *catalogue, const okrug_message *message, okrug_buffer *out) {
    add_place(catalogue, &message->place, out);
    const char *value[OKRUG_MESSAGE_ARGUMENTS];
    for (int i = 0; i < message->arguments; i++) {
        value[i] = worded(catalogue, message->name[i], in_language(catalogue, message, i));
    }
    okrug_buffer key = {0};
    okrug_buffer_add_text(&key, "message.");
    okrug_buffer_add_text(&key, message->code);
    /* Without memory for the key the code itself still tells something. */
    const char *text = okrug_buffer_status(&key) == OKRUG_OK
                           ? okrug_catalogue_counted(catalogue, key.bytes, message->arguments, message->name, value)
                           : NULL;
    okrug_buffer_free(&key);
    if (text != NULL) {
        okrug_catalogue_fill(text, message->arguments, message->name, value, out);
    } else {
        add_untold(message, out);
    }
}
