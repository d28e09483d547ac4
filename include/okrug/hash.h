/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256 of what was read, for provenance.
 */
#ifndef OKRUG_HASH_H
#define OKRUG_HASH_H

#include <stddef.h>

#include <okrug/status.h>

enum { OKRUG_HASH_TEXT = 65 }; /* 64 hexadecimal digits and the NUL */

typedef struct okrug_hash okrug_hash;

okrug_hash *okrug_hash_new(void); /* NULL when memory is short; okrug_hash_free */
/* Where there is much to hash, a thread of its own is to do it beside the caller's work. The hash is the same. */
void okrug_hash_aside(okrug_hash *hash);
void okrug_hash_add(okrug_hash *hash, const void *bytes, size_t length);
void okrug_hash_finish(okrug_hash *hash, char text[OKRUG_HASH_TEXT]);
void okrug_hash_free(okrug_hash *hash);

#endif
