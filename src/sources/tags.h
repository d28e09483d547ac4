/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tags of an XML text, one by one, for looks into workbooks that need no parser: nothing is kept of the text but
 * the tag that ended last and the start of what stood before it.
 */
#ifndef OKRUG_SOURCES_TAGS_H
#define OKRUG_SOURCES_TAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OKRUG_TAG = 512, OKRUG_TAG_BEFORE = 64 };

typedef struct {
    size_t length; /* of the tag so far; SIZE_MAX: outside of tags */
    char tag[OKRUG_TAG];
    size_t before_length;
    char before[OKRUG_TAG_BEFORE];
} okrug_tags;

/* `tag`: what stands between < and >, cut where it is long, and a space, so that a name always ends. `before`: the text
 * since the last tag, cut where it is long. */
typedef void okrug_take_tag_fn(void *user, const char *tag, const char *before);

okrug_tags okrug_tags_begin(void);
void okrug_tags_scan(okrug_tags *tags, const char *bytes, size_t length, okrug_take_tag_fn *take, void *user);

bool okrug_tag_is(const char *tag, const char *name);
bool okrug_tag_is_closed(const char *tag); /* <c/> rather than <c> */

/* The value of an attribute, up to its closing quote; NULL: it is not there. */
const char *okrug_tag_attribute(const char *tag, const char *name);
int64_t okrug_tag_number(const char *tag, const char *name, int64_t otherwise);

/* "AB7" -> 28; 0: it names none. */
int64_t okrug_tag_column(const char *place);

#endif
