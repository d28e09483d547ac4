/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XML as it streams by: names without their namespaces, attributes, texts.
 */
#ifndef OKRUG_SOURCES_XML_H
#define OKRUG_SOURCES_XML_H

#include <okrug/context.h>

/* Names are UTF-8 and without the prefix of a namespace. `attribute` is name, value, name, value ... NULL. */
typedef struct {
    void (*open)(void *user, const char *name, const char **attribute);
    void (*text)(void *user, const char *text, size_t length); /* in pieces */
    void (*close)(void *user, const char *name);
    void *user;
} okrug_xml_listener;

typedef struct okrug_xml okrug_xml;

/* Any encoding that the document names and ICU knows as one of single bytes, UTF-8 and UTF-16. NULL when memory is
 * short; okrug_xml_free. */
okrug_xml *okrug_xml_new(const okrug_xml_listener *listener);
void okrug_xml_free(okrug_xml *xml); /* NULL is allowed */

/* For the next document. */
bool okrug_xml_again(okrug_xml *xml);

/* The next bytes, `last` when there are no more. False: this is no XML, or it has a document type (and so could define
 * entities that grow without end), elements more than 64 deep or a tag of more than 1 MiB; `reason` says which. */
bool okrug_xml_feed(okrug_xml *xml, const char *bytes, size_t length, bool last);
/* "malformed", "document-type", "too-deep", "tag-too-long", "no-memory"; and the line where. */
const char *okrug_xml_reason(const okrug_xml *xml);
int64_t okrug_xml_line(const okrug_xml *xml);
/* To be called by a listener who has heard enough: feeding gives false then, with the reason "stopped". */
void okrug_xml_stop(okrug_xml *xml);

#endif
