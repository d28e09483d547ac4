/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tags of an XML text.
 */
#include "sources/tags.h"

#include <stdlib.h>
#include <string.h>

okrug_tags okrug_tags_begin(void) {
    return (okrug_tags){.length = SIZE_MAX};
}

static void end_tag(okrug_tags *tags, okrug_take_tag_fn *take, void *user) {
    tags->tag[tags->length] = ' ';
    tags->tag[tags->length + 1] = '\0';
    tags->before[tags->before_length] = '\0';
    tags->length = SIZE_MAX;
    tags->before_length = 0;
    take(user, tags->tag, tags->before);
}

void okrug_tags_scan(okrug_tags *tags, const char *bytes, size_t length, okrug_take_tag_fn *take, void *user) {
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '<') {
            tags->length = 0;
        } else if (tags->length == SIZE_MAX) {
            if (tags->before_length < OKRUG_TAG_BEFORE - 1) {
                tags->before[tags->before_length++] = bytes[i];
            }
        } else if (bytes[i] == '>' || tags->length == OKRUG_TAG - 2) {
            end_tag(tags, take, user);
        } else {
            tags->tag[tags->length++] = bytes[i];
        }
    }
}

bool okrug_tag_is(const char *tag, const char *name) {
    size_t length = strlen(name);
    return strncmp(tag, name, length) == 0 && strchr(" \t\r\n/", tag[length]) != NULL;
}

bool okrug_tag_is_closed(const char *tag) {
    size_t length = strlen(tag);
    return length > 1 && tag[length - 2] == '/';
}

const char *okrug_tag_attribute(const char *tag, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(tag, name); at != NULL; at = strstr(at + 1, name)) {
        if (at > tag && strchr(" \n\t\r", at[-1]) != NULL && at[length] == '=' &&
            (at[length + 1] == '"' || at[length + 1] == '\'')) {
            return at + length + 2;
        }
    }
    return NULL;
}

int64_t okrug_tag_number(const char *tag, const char *name, int64_t otherwise) {
    const char *text = okrug_tag_attribute(tag, name);
    return text == NULL ? otherwise : strtoll(text, NULL, 10);
}

int64_t okrug_tag_column(const char *place) {
    int64_t column = 0;
    while (place != NULL && *place >= 'A' && *place <= 'Z' && column < 100000) {
        column = column * 26 + (*place++ - 'A' + 1);
    }
    return column;
}
