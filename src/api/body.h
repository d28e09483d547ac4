/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON bodies of requests -> what the engine takes. Strict: every fault is named with the member it is in, members
 * that are not known are refused, and so is what is nested deeper than anything we take.
 */
#ifndef OKRUG_API_BODY_H
#define OKRUG_API_BODY_H

#include "engine/rows.h"

enum { OKRUG_BODY_DEPTH = 16, OKRUG_BODY_OPTIONS = 256 };

/* BAD_USAGE ("body-syntax", "body-too-deep", "body-type", "body-missing", "body-unknown", "too-many-options"). Texts
 * live as long as the context. */
okrug_status okrug_body_job(okrug_ctx *ctx, const char *bytes, size_t length, okrug_job_request *request);

typedef struct {
    const char *upload;
    const char *part; /* may be NULL */
    const char *kind;
    const char *id; /* of a preview: may be NULL */
    okrug_options options;
    bool remembered;      /* options of the last such file may be used where there are none here */
    bool replace;         /* of an import */
    const char *language; /* of a preview: "en" or "ru"; NULL: "en" */
} okrug_import_body;

/* The same faults. */
okrug_status okrug_body_preview(okrug_ctx *ctx, const char *bytes, size_t length, okrug_import_body *request);
okrug_status okrug_body_import(okrug_ctx *ctx, const char *bytes, size_t length, okrug_import_body *request);

/* The same faults. A row to be recorded may have a kind, and cells that are empty (null); one that is to be removed has
 * only its key. The dataset is not in the body. */
okrug_status okrug_body_row(okrug_ctx *ctx, const char *bytes, size_t length, bool remove, okrug_row_request *request);
okrug_status okrug_body_merge(okrug_ctx *ctx, const char *bytes, size_t length, okrug_merge_request *request);

#endif
