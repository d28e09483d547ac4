/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes of a file, unpacked where they are packed, and the hash of the bytes as they are stored.
 */
#ifndef OKRUG_SOURCES_INPUT_H
#define OKRUG_SOURCES_INPUT_H

#include "sources/sources.h"

/* What went wrong below the level that knows lines; whoever knows the line makes a fault of it. */
typedef struct {
    okrug_status status; /* OKRUG_OK: nothing */
    const char *code;
    const char *name; /* of the argument; NULL: none */
    char value[96];
} okrug_trouble;

okrug_status okrug_trouble_set(okrug_trouble *trouble, okrug_status status, const char *code, const char *name,
                               const char *value);
/* Makes a fault of it at that line of the file and returns its status. */
okrug_status okrug_trouble_fail(okrug_ctx *ctx, const okrug_trouble *trouble, const char *file, int64_t line);

typedef struct okrug_input okrug_input;

/* Opens the request's bytes, file or standard input. OKRUG_READ_FAILED (with a fault), OKRUG_NO_MEMORY. */
okrug_status okrug_input_open(okrug_ctx *ctx, const okrug_source_request *request, okrug_input **input);
void okrug_input_close(okrug_input *input); /* NULL is allowed */

/* Unpacked bytes: *got < size only at the end or just before a trouble; the trouble itself is returned by the call
 * after the bytes that were good. */
okrug_status okrug_input_read(okrug_input *input, void *buffer, size_t size, size_t *got);
const okrug_trouble *okrug_input_trouble(const okrug_input *input);

const char *okrug_input_compression(const okrug_input *input); /* "", "gz", "xz"; known after the first read */
/* Stored bytes read so far, of how many (0: not known). */
void okrug_input_progress(const okrug_input *input, double *done, double *total);
/* Hash of the stored bytes; "" unless all of them were read. */
void okrug_input_hash(okrug_input *input, char text[OKRUG_HASH_TEXT]);

#endif
