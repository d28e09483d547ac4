/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a sheet of a workbook, for what looks at the sheet before and after the library reads it. The library is
 * fuzzed by its own makers; here the bytes become the XML of a sheet inside a sound workbook, so that they get there.
 */
#include <stdlib.h>
#include <string.h>

#include "sources/sources.h"
#include "workbook_testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_as(okrug_source_request request, const workbook *book) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("fuzz", "values");
    okrug_understood understood;
    okrug_table *table;
    if (ctx == NULL || dataset == NULL) {
        abort();
    }
    request.bytes = book->bytes.bytes;
    request.length = book->bytes.length;
    okrug_status status = okrug_source_read(ctx, &request, dataset, "input", &understood, &table);
    bool read = status == OKRUG_OK;
    bool kept = read == (table != NULL) && dataset->tables == (read ? 1 : 0) && read == (okrug_faults(ctx) == 0) &&
                (read || status == OKRUG_BAD_INPUT);
    for (int64_t row = 1; read && row < table->rows; row++) {
        kept = kept && table->line[row] > table->line[row - 1];
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
    };
    okrug_buffer rows = {0};
    okrug_buffer_add(&rows, (const char *)bytes, length);
    okrug_buffer_add(&rows, "", 1); /* xlsx_sheet takes a text: what follows a NUL is left out */
    workbook book = xlsx_begin();
    xlsx_sheet(&book, "a", rows.bytes);
    xlsx_end(&book);
    okrug_source_request request = {.path = "fuzz.xlsx"};
    read_as(request, &book);
    request.wanted = wanted;
    request.wanted_count = 2;
    request.keep_others = true;
    read_as(request, &book);
    request.header_row = 2;
    read_as(request, &book);
    workbook_free(&book);
    okrug_buffer_free(&rows);
    return 0;
}
