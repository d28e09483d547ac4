/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ZIP archive made in memory. Its bytes depend on what is put in and on nothing else: no times, no owners.
 */
#ifndef OKRUG_WRITERS_ZIP_H
#define OKRUG_WRITERS_ZIP_H

#include <okrug/status.h>
#include <okrug/text.h>

/* Like a buffer it remembers that memory was short: add on, ask once at the end. */
typedef struct okrug_zip okrug_zip;

okrug_zip *okrug_zip_new(void); /* NULL: memory is short */
/* A file of that name, the bytes copied; `packed`: deflated, for what is not compressed already. */
void okrug_zip_add(okrug_zip *zip, const char *name, const char *bytes, size_t length, bool packed);
/* Adds the archive to `out` if all went well, and frees it in any case; NULL is an archive that could not be made.
 * OKRUG_NO_MEMORY. */
okrug_status okrug_zip_finish(okrug_zip *zip, okrug_buffer *out);

#endif
