/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that were sent to the server, in a private temporary folder until they are imported, deleted, or the server
 * ends; what a killed server left is removed by the next. Safe to use from several threads.
 */
#ifndef OKRUG_API_UPLOADS_H
#define OKRUG_API_UPLOADS_H

#include <okrug/context.h>
#include <okrug/text.h>

typedef struct okrug_uploads okrug_uploads;
typedef struct okrug_upload okrug_upload;

/* `limit`: the most bytes of one file. WRITE_FAILED ("cannot-write-file"). */
okrug_status okrug_uploads_new(okrug_ctx *ctx, int64_t limit, okrug_uploads **uploads);
void okrug_uploads_free(okrug_uploads *uploads); /* removes all files; NULL is allowed */
int64_t okrug_uploads_limit(const okrug_uploads *uploads);

/* A new file. Of the name only what follows the last slash or backslash counts, and of that only characters that are
 * safe in a path. EXISTS ("too-many-uploads"), WRITE_FAILED. */
okrug_status okrug_upload_begin(okrug_ctx *ctx, okrug_uploads *uploads, const char *name, okrug_upload **upload);
/* BAD_USAGE ("upload-too-large"), WRITE_FAILED (okrug_fail_to_write). */
okrug_status okrug_upload_add(okrug_ctx *ctx, okrug_upload *upload, const char *bytes, size_t length);
/* The file is whole: it can be read. */
okrug_status okrug_upload_finish(okrug_ctx *ctx, okrug_upload *upload);
const char *okrug_upload_path(const okrug_upload *upload);
/* It can be found from now on. */
void okrug_upload_keep(okrug_upload *upload);
/* Removes a file that was not kept; NULL is allowed. */
void okrug_upload_drop(okrug_upload *upload);

/* Its id, name and size as JSON members, in an object that is open. */
void okrug_upload_describe(const okrug_upload *upload, okrug_json *json);
/* Where the file is; lives as long as the context. NOT_FOUND ("no-upload"). */
okrug_status okrug_uploads_path(okrug_ctx *ctx, okrug_uploads *uploads, const char *id, const char **path);
okrug_status okrug_uploads_remove(okrug_ctx *ctx, okrug_uploads *uploads, const char *id);

#endif
