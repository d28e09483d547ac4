/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of delimited text that need no parser.
 */
#ifndef OKRUG_SOURCES_PLAIN_H
#define OKRUG_SOURCES_PLAIN_H

#include "sources/rows.h"

typedef struct {
    char delimiter;
    int fields;
    okrug_cell *cell; /* fields */
    int64_t line;     /* of the next row; counted on */
} okrug_plain;

/* Adds the rows of the plain lines at the start of `text`, which begins at the beginning of a line, and stops before
 * the first that is anything else: without its end, with other than `fields` fields, empty, or with a quote or a
 * carriage return where there should be none. *taken: bytes. What is returned is that of okrug_rows_add. */
okrug_status okrug_plain_rows(okrug_rows *rows, okrug_plain *plain, const char *text, size_t length, size_t *taken);

#endif
