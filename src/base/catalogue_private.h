/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A catalogue from any JSON text: for okrug_catalogue_new and for tests, which must not depend on the product's texts.
 */
#ifndef OKRUG_BASE_CATALOGUE_PRIVATE_H
#define OKRUG_BASE_CATALOGUE_PRIVATE_H

#include <okrug/catalogue.h>

struct json_t;

struct okrug_catalogue {
    struct json_t *texts;
    bool russian; /* whose rules of numbers hold; else those of English */
};

/* From one flat JSON object, key to text; values that are no text are as if absent. NULL when it is no object, when a
 * key is there twice, or when memory is short. */
okrug_catalogue *okrug_catalogue_from_json(const char *json, size_t length);

#endif
