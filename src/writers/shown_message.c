/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message as provenance keeps it (code, place, arguments), in the words of the catalogue.
 */
#include <jansson.h>
#include <stdio.h>

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
    char told[OKRUG_CATALOGUE_KEY];
    bool fits = (size_t)snprintf(told, sizeof told, "message.%s", code) < sizeof told;
    const char *counted =
        catalogue == NULL || !fits ? NULL : okrug_catalogue_counted(catalogue, told, count, name, value);
    okrug_catalogue_fill(counted == NULL ? sentence : counted, count, name, value, out);
    return true;
}
