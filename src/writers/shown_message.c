/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message as provenance keeps it (code, place, arguments), in the words of the catalogue.
 */
#include <jansson.h>

#include "writers/stream.h"

bool okrug_shown_message(const okrug_catalogue *catalogue, const struct json_t *message, okrug_buffer *out) {
    json_t *arguments = json_object_get(message, "arguments");
    const char *code = json_string_value(json_object_get(message, "code"));
    const char *sentence = code != NULL ? okrug_shown_text(catalogue, "message.", code, NULL) : NULL;
    if (sentence == NULL || !json_is_object(arguments)) {
        return false;
    }
    const char *name[OKRUG_MESSAGE_ARGUMENTS];
    const char *value[OKRUG_MESSAGE_ARGUMENTS];
    int count = 0;
    const char *key = NULL;
    json_t *argument = NULL;
    json_object_foreach(arguments, key, argument) {
        if (count < OKRUG_MESSAGE_ARGUMENTS && json_is_string(argument)) {
            name[count] = key;
            value[count++] = json_string_value(argument);
        }
    }
    okrug_buffer told = {0};
    okrug_buffer_add_format(&told, "message.%s", code);
    const char *counted = catalogue == NULL || okrug_buffer_status(&told) != OKRUG_OK
                              ? NULL
                              : okrug_catalogue_counted(catalogue, told.bytes, count, name, value);
    okrug_catalogue_fill(counted == NULL ? sentence : counted, count, name, value, out);
    okrug_buffer_free(&told);
    return true;
}
