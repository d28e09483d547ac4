/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the HTML page share.
 */
#ifndef OKRUG_WRITERS_HTML_H
#define OKRUG_WRITERS_HTML_H

#include "writers/stream.h"

typedef struct {
    okrug_stream stream;
    const okrug_catalogue *catalogue;
    const char *decimal; /* mark in numbers that people read */
} okrug_html;

/* Markup as it is. */
void okrug_html_raw(okrug_html *html, const char *markup);
/* Text, with what HTML would take for markup escaped. */
void okrug_html_text(okrug_html *html, const char *text);
/* The text of `key`, in the reader's language or, without a catalogue, in English. */
void okrug_html_key(okrug_html *html, const char *key, const char *english);

/* ---- html_provenance.c: the section that says what a result was made of; `provenance` is JSON. */
void okrug_html_provenance(okrug_html *html, const char *provenance);

/* ---- html_style.c */
extern const char okrug_html_style[];
extern const char okrug_html_report_style[]; /* besides it, in reports */

#endif
