/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An archive whose members are made one after the other as it is written, so that none but one is in memory.
 */
#ifndef OKRUG_GENERATOR_ZIP_H
#define OKRUG_GENERATOR_ZIP_H

#include <okrug/context.h>
#include <okrug/text.h>

/* Fills `out` with member `member`, and `name` with what it is called. */
typedef void generator_member(void *user, int64_t member, okrug_buffer *out);
typedef void generator_member_name(void *user, int64_t member, char name[96]);

/* OKRUG_WRITE_FAILED, OKRUG_NO_MEMORY, OKRUG_CANCELLED: there is no file then. */
okrug_status generator_zip_write(okrug_ctx *ctx, const char *path, int64_t members, generator_member_name *name,
                                 generator_member *make, void *user);

#endif
