/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Archives read member by member, also those within archives: what is packed is never in memory as a whole.
 */
#ifndef OKRUG_SOURCES_ZIP_H
#define OKRUG_SOURCES_ZIP_H

#include <okrug/context.h>

typedef struct okrug_zip okrug_zip;
typedef struct okrug_zip_member okrug_zip_member;

/* Whether the file begins as archives do. */
bool okrug_zip_is(const char *path);

/* OKRUG_READ_FAILED where the file cannot be read, OKRUG_BAD_INPUT where it is no archive or a damaged one
 * ("archive-damaged"); `file` is what messages call it. */
okrug_status okrug_zip_open(okrug_ctx *ctx, const char *path, const char *file, okrug_zip **zip);
void okrug_zip_close(okrug_zip *zip); /* NULL is allowed */
int64_t okrug_zip_members(const okrug_zip *zip);
/* Its name in UTF-8, "" where it has none; lives as long as the archive. `packed`: its bytes in the file. */
const char *okrug_zip_name(const okrug_zip *zip, int64_t member, int64_t *packed);

/* NULL: the member cannot be opened, as one that is damaged or has a password. */
okrug_zip_member *okrug_zip_member_open(okrug_zip *zip, int64_t member);
/* Bytes read, 0 at the end, -1 where they are not what was packed. */
int64_t okrug_zip_member_read(okrug_zip_member *opened, void *buffer, int64_t size);
void okrug_zip_member_close(okrug_zip_member *opened); /* NULL is allowed */

/* A member that is an archive itself, unpacked into a file without a name that is gone when it is closed; at most
 * `most` bytes. NULL in `inner`: it is damaged, or larger. OKRUG_NO_MEMORY, OKRUG_WRITE_FAILED, OKRUG_CANCELLED. */
okrug_status okrug_zip_open_member(okrug_ctx *ctx, okrug_zip *zip, int64_t member, int64_t most, okrug_zip **inner);

#endif
