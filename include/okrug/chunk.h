/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory for many small things that live equally long: names, words, messages. Taken one by one, freed all at once;
 * what was taken never moves.
 */
#ifndef OKRUG_CHUNK_H
#define OKRUG_CHUNK_H

#include <stddef.h>

/* A list of chunks, newest first; an empty list is NULL. */
typedef struct okrug_chunk okrug_chunk;

/* `size` bytes, uninitialised, aligned for any type; NULL when memory is short. Amortised O(1). */
void *okrug_chunk_take(okrug_chunk **list, size_t size);
/* A copy of text[0..length) with a NUL after it; NULL when memory is short. */
char *okrug_chunk_text(okrug_chunk **list, const char *text, size_t length);
void okrug_chunk_free(okrug_chunk *list); /* NULL is allowed */

#endif
