/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a delimited file: first as columns of text, then with roles, so that numbers, keys, tests of rows and
 * suppression are tried as well. What is read has to keep the promises of sources.h.
 */
#include <stdlib.h>
#include <string.h>

#include "sources/sources.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_as(okrug_source_request request, const uint8_t *bytes, size_t length) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("fuzz", "values");
    okrug_understood understood;
    okrug_table *table;
    if (ctx == NULL || dataset == NULL) {
        abort();
    }
    request.bytes = bytes;
    request.length = length;
    okrug_status status = okrug_source_read(ctx, &request, dataset, "input", &understood, &table);
    bool read = status == OKRUG_OK;
    bool kept = read == (table != NULL) && dataset->tables == (read ? 1 : 0) && read == (okrug_faults(ctx) == 0) &&
                (read || status == OKRUG_BAD_INPUT);
    if (read) {
        kept = kept && strlen(understood.sha256) == 64 && table->rows == understood.rows_kept;
        for (int64_t row = 1; row < table->rows; row++) {
            kept = kept && table->line[row] > table->line[row - 1];
        }
        okrug_role roles[] = {request.wanted_count > 0 ? request.wanted[0].role : (okrug_role){.name = "a"}};
        okrug_table_unique(ctx, table, roles, 1);
    }
    if (!kept) {
        abort();
    }
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const okrug_wanted wanted[] = {
        {.role = {.name = "r", .type = OKRUG_TEXT, .need = OKRUG_KEY}},
        {.role = {.name = "v", .type = OKRUG_NUMBER, .need = OKRUG_REQUIRED, .domain = OKRUG_DOMAIN_NOT_NEGATIVE}},
        {.role = {.name = "g", .type = OKRUG_GEOMETRY, .need = OKRUG_OPTIONAL}},
    };
    static const okrug_where where[] = {{"w", "1", false}};
    okrug_source_request request = {.path = "fuzz.csv"};
    read_as(request, bytes, length);
    request.wanted = wanted;
    request.wanted_count = 3;
    request.suppressed = "N";
    request.keep_others = true;
    read_as(request, bytes, length);
    request.where = where;
    request.where_count = 1;
    request.header_row = 2;
    read_as(request, bytes, length);
    return 0;
}
