/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results to a stream or a directory, for rooms that see no writer; the version; the start of the program.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/linalg.h>

#include "engine/engine.h"
#include "writers/writers.h"

const char *okrug_version(void) {
    return OKRUG_VERSION;
}

void okrug_start(void) {
    okrug_blas_use_right_core();
}

static okrug_status find_table(okrug_ctx *ctx, const okrug_dataset *result, const char *name,
                               const okrug_table **table) {
    if (name == NULL) {
        *table = result->table[0];
        return OKRUG_OK;
    }
    *table = okrug_dataset_table(result, name);
    if (*table != NULL) {
        return OKRUG_OK;
    }
    const char *known = "";
    for (int i = 0; i < result->tables; i++) {
        known = okrug_text_listed(ctx, known, result->table[i]->name);
    }
    return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-table", NULL, "table", name, "known", known, (char *)NULL);
}

okrug_status okrug_result_print(okrug_ctx *ctx, const okrug_dataset *result, const char *name, okrug_format format,
                                const okrug_catalogue *catalogue, int64_t most, FILE *out) {
    const okrug_table *table = NULL;
    OKRUG_TRY(find_table(ctx, result, name, &table));
    switch (format) {
    case OKRUG_FORMAT_CSV:
        return okrug_write_csv(ctx, table, out);
    case OKRUG_FORMAT_CSV_EXCEL_RU:
        return okrug_write_csv_as(ctx, table, OKRUG_CSV_EXCEL_RU, out);
    case OKRUG_FORMAT_JSON:
        return okrug_write_json(ctx, table, out);
    case OKRUG_FORMAT_HTML:
        return okrug_write_html(ctx, result, catalogue, out);
    case OKRUG_FORMAT_TABLE:
        break;
    }
    return okrug_write_text(ctx, table, catalogue, most, out);
}

okrug_status okrug_result_file(okrug_ctx *ctx, const okrug_dataset *result, const char *name, okrug_format format,
                               const okrug_catalogue *catalogue, const char *file) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_result_print(ctx, result, name, format, catalogue, 0, out);
    status = fclose(out) != 0 && status == OKRUG_OK ? OKRUG_NO_MEMORY : status;
    if (status == OKRUG_OK) {
        status = okrug_write_file(ctx, file, bytes, length);
    }
    free(bytes);
    return status;
}

okrug_status okrug_table_print(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                               FILE *out) {
    return okrug_write_text(ctx, table, catalogue, most, out);
}

okrug_status okrug_result_write(okrug_ctx *ctx, const okrug_dataset *result, const char *directory) {
    return okrug_write_directory(ctx, result, directory);
}

okrug_status okrug_profile_named(okrug_ctx *ctx, const char *name, int *profile) {
    okrug_csv_profile found = OKRUG_CSV_MACHINE;
    if (!okrug_csv_profile_find(name, &found)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "profile", "value", name,
                          "expected", "machine, excel-ru", (char *)NULL);
    }
    *profile = (int)found;
    return OKRUG_OK;
}

okrug_status okrug_result_write_as(okrug_ctx *ctx, const okrug_dataset *result, int profile, const char *directory) {
    return okrug_write_directory_as(ctx, result, (okrug_csv_profile)profile, directory);
}

okrug_status okrug_result_workbook(okrug_ctx *ctx, const okrug_dataset *result, const okrug_catalogue *catalogue,
                                   const char *file) {
    okrug_buffer out = {0};
    okrug_status status = okrug_write_xlsx(ctx, result, catalogue, &out);
    if (status == OKRUG_OK) {
        status = okrug_write_file(ctx, file, out.bytes, out.length);
    }
    okrug_buffer_free(&out);
    return status;
}
