/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a file of a register. What is kept has a code, and as many rows come as are counted.
 */
#include <stdlib.h>

#include "sources/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static okrug_status take(void *user, const okrug_table *batch, const okrug_register_state *state) {
    int64_t *rows = user;
    *rows += batch->rows;
    for (int64_t row = 0; row < batch->rows; row++) {
        if (okrug_text_at(&batch->column[0], row) == NULL) {
            abort();
        }
    }
    return state->kept >= *rows ? OKRUG_OK : OKRUG_DEFECT;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    for (okrug_register_shape shape = OKRUG_REGISTER_SME; shape <= OKRUG_REGISTER_EGRUL; shape++) {
        okrug_ctx *ctx = okrug_ctx_new(NULL);
        okrug_register_request request = {.path = "fuzz.xml", .bytes = bytes, .length = length, .shape = shape};
        okrug_register_state state;
        int64_t rows = 0;
        okrug_status status = okrug_register_read(ctx, &request, take, &rows, &state);
        if (status != OKRUG_OK || rows != state.kept) {
            abort();
        }
        okrug_ctx_free(ctx);
    }
    return 0;
}
