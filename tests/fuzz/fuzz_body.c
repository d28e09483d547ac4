/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as the body of a request. What is taken is whole; what is refused has its faults.
 */
#include <stdlib.h>
#include <string.h>

#include "api/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_job_request request;
    if (ctx == NULL) {
        abort();
    }
    okrug_status status = okrug_body_job(ctx, (const char *)bytes, length, &request);
    bool taken = status == OKRUG_OK;
    bool kept = (taken || status == OKRUG_BAD_USAGE) && taken == (okrug_faults(ctx) == 0) &&
                (!taken || (request.analysis != NULL && request.input != NULL)) &&
                request.options.count <= OKRUG_BODY_OPTIONS;
    for (int i = 0; taken && kept && i < request.options.count; i++) {
        kept = strlen(request.options.option[i].name) + strlen(request.options.option[i].value) <= length;
    }
    if (!kept) {
        abort();
    }
    okrug_ctx_free(ctx);
    return 0;
}
