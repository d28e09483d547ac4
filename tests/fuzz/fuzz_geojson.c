/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as GeoJSON. Geometries that are accepted have to be well-known binary that its walker accepts too.
 */
#include <stdlib.h>

#include "dataset/wkb.h"
#include "sources/sources.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_geometries(const okrug_table *table) {
    const okrug_column *column = &table->column[table->columns - 1];
    for (int64_t row = 0; row < table->rows; row++) {
        if (okrug_reason_at(column, row) == OKRUG_PRESENT) {
            okrug_buffer wkb = {0};
            const okrug_wkb_visitor nothing = {0};
            if (!okrug_hexadecimal_decode(okrug_text_at(column, row), &wkb) ||
                !okrug_wkb_walk((const uint8_t *)wkb.bytes, wkb.length, &nothing)) {
                abort();
            }
            okrug_buffer_free(&wkb);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("fuzz", "territories");
    okrug_source_request request = {.path = "fuzz.geojson", .bytes = bytes, .length = length};
    okrug_understood understood;
    okrug_table *table;
    if (ctx == NULL || dataset == NULL) {
        abort();
    }
    okrug_status status = okrug_source_read(ctx, &request, dataset, "input", &understood, &table);
    if ((status != OKRUG_OK && status != OKRUG_BAD_INPUT) || (status == OKRUG_OK) != (okrug_faults(ctx) == 0)) {
        abort();
    }
    if (status == OKRUG_OK) {
        check_geometries(table);
    }
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
    return 0;
}
