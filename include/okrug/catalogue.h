/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue of texts in the reader's language: what a message says, and any other text by its key. The texts are
 * those of i18n/en.json and i18n/ru.json, carried inside the library. A catalogue does not change once made, so threads
 * may share it.
 */
#ifndef OKRUG_CATALOGUE_H
#define OKRUG_CATALOGUE_H

#include <okrug/context.h>
#include <okrug/text.h>

typedef struct okrug_catalogue okrug_catalogue;

/* The texts of `language`: "ru" is Russian, anything else (NULL too) English. NULL when memory is short. Owned by the
 * caller: okrug_catalogue_free. */
okrug_catalogue *okrug_catalogue_new(const char *language);
void okrug_catalogue_free(okrug_catalogue *catalogue); /* NULL is allowed */

/* The text of `key` ("message.not-a-number"), which lives as long as the catalogue; NULL where there is none. */
const char *okrug_catalogue_text(const okrug_catalogue *catalogue, const char *key);

enum { OKRUG_CATALOGUE_KEY = 160 }; /* room for any key */
/* The same where an argument "count" is told: the text for that number where there is one ("message.CODE.one"; in
 * Russian "one" is 1, 21 ..., "few" 2 to 4, 22 ..., "many" any other), else that of the key itself. */
const char *okrug_catalogue_counted(const okrug_catalogue *catalogue, const char *key, int arguments,
                                    const char *const *name, const char *const *value);

/* Adds `text` to `out` with each {name[i]} replaced by value[i]. Braces around anything else stay as they are, and
 * what was put in is not looked at again. Ask okrug_buffer_status of `out` at the end. */
void okrug_catalogue_fill(const char *text, int arguments, const char *const *name, const char *const *value,
                          okrug_buffer *out);

/* Adds one line without its end: the place in GNU form ("file:line: "), the column (key "message.place-column" with
 * {column}), then the text of the message; an argument `expected` whose value has a text "expected.VALUE" is told by
 * it. A code that the catalogue lacks is written itself with its arguments: "code (name: value, name: value)". */
void okrug_catalogue_message(const okrug_catalogue *catalogue, const okrug_message *message, okrug_buffer *out);

#endif
