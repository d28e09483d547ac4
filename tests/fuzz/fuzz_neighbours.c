/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as GAL and as GWT. What is accepted has two codes in every row.
 */
#include <stdlib.h>

#include "sources/sources.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_as(const char *path, const uint8_t *bytes, size_t length) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("fuzz", "neighbours");
    okrug_source_request request = {.path = path, .bytes = bytes, .length = length};
    okrug_understood understood;
    okrug_table *table;
    if (ctx == NULL || dataset == NULL) {
        abort();
    }
    okrug_status status = okrug_source_read(ctx, &request, dataset, "input", &understood, &table);
    if ((status != OKRUG_OK && status != OKRUG_BAD_INPUT) || (status == OKRUG_OK) != (okrug_faults(ctx) == 0)) {
        abort();
    }
    for (int64_t row = 0; status == OKRUG_OK && row < table->rows; row++) {
        if (okrug_text_at(&table->column[0], row) == NULL || okrug_text_at(&table->column[1], row) == NULL) {
            abort();
        }
    }
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    read_as("fuzz.gal", bytes, length);
    read_as("fuzz.gwt", bytes, length);
    return 0;
}
