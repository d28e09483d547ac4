/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as the body of a request, of a job, of an import and of a row. What is taken is whole; what is refused has
 * its faults.
 */
#include <stdlib.h>
#include <string.h>

#include "api/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool told(const okrug_ctx *ctx, okrug_status status) {
    return (status == OKRUG_OK || status == OKRUG_BAD_USAGE) && (status == OKRUG_OK) == (okrug_faults(ctx) == 0);
}

/* The options are of the text: none can be longer than all of it. */
static bool bounded(const okrug_options *options, size_t length) {
    bool kept = options->count <= OKRUG_BODY_OPTIONS;
    for (int i = 0; kept && i < options->count; i++) {
        kept = strlen(options->option[i].name) + strlen(options->option[i].value) <= length;
    }
    return kept;
}

static bool job(okrug_ctx *ctx, const char *bytes, size_t length) {
    okrug_job_request request;
    okrug_status status = okrug_body_job(ctx, bytes, length, &request);
    return told(ctx, status) && (status != OKRUG_OK || (request.analysis != NULL && request.input != NULL &&
                                                        bounded(&request.options, length)));
}

static bool import(okrug_ctx *ctx, const char *bytes, size_t length) {
    okrug_import_body request;
    okrug_status status = okrug_body_import(ctx, bytes, length, &request);
    return told(ctx, status) && (status != OKRUG_OK || (request.upload != NULL && request.kind != NULL &&
                                                        request.id != NULL && bounded(&request.options, length)));
}

static bool preview(okrug_ctx *ctx, const char *bytes, size_t length) {
    okrug_import_body request;
    okrug_status status = okrug_body_preview(ctx, bytes, length, &request);
    return told(ctx, status) && (status != OKRUG_OK ||
                                 (request.upload != NULL && request.kind != NULL && bounded(&request.options, length)));
}

/* Only a row that is recorded has a kind and empty cells. */
static bool row(okrug_ctx *ctx, const char *bytes, size_t length, bool remove) {
    okrug_row_request request;
    okrug_status status = okrug_body_row(ctx, bytes, length, remove, &request);
    if (!told(ctx, status) || status != OKRUG_OK) {
        return told(ctx, status);
    }
    bool kept = request.values.count <= OKRUG_BODY_OPTIONS && request.remove == remove &&
                (request.kind == NULL || (!remove && strlen(request.kind) <= length));
    for (int i = 0; kept && i < request.values.count; i++) {
        const okrug_option *value = &request.values.option[i];
        kept = value->name != NULL && strlen(value->name) <= length &&
               (value->value != NULL ? strlen(value->value) <= length : !remove);
    }
    return kept;
}

static bool recorded(okrug_ctx *ctx, const char *bytes, size_t length) {
    return row(ctx, bytes, length, false);
}

static bool removed(okrug_ctx *ctx, const char *bytes, size_t length) {
    return row(ctx, bytes, length, true);
}

static bool merged(okrug_ctx *ctx, const char *bytes, size_t length) {
    okrug_merge_request request;
    okrug_status status = okrug_body_merge(ctx, bytes, length, &request);
    return told(ctx, status) && (status != OKRUG_OK || (request.keep != NULL && request.drop != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    bool (*const bodies[])(okrug_ctx *, const char *, size_t) = {job, import, preview, recorded, removed, merged};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        okrug_ctx *ctx = okrug_ctx_new(NULL);
        if (ctx == NULL || !bodies[i](ctx, (const char *)bytes, length)) {
            abort();
        }
        okrug_ctx_free(ctx);
    }
    return 0;
}
