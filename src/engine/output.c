/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results to a stream or a directory, for rooms that see no writer; the version; the start of the program.
 */
#include <string.h>

#include <okrug/linalg.h>

#include "engine/engine.h"
#include "writers/writers.h"

const char *okrug_version(void) {
    return OKRUG_VERSION;
}

void okrug_start(char **argv) {
    okrug_blas_use_right_core(argv);
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
    case OKRUG_FORMAT_JSON:
        return okrug_write_json(ctx, table, out);
    case OKRUG_FORMAT_HTML:
        return okrug_write_html(ctx, result, catalogue, out);
    case OKRUG_FORMAT_TABLE:
        break;
    }
    return okrug_write_text(ctx, table, catalogue, most, out);
}

okrug_status okrug_table_print(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                               FILE *out) {
    return okrug_write_text(ctx, table, catalogue, most, out);
}

okrug_status okrug_result_write(okrug_ctx *ctx, const okrug_dataset *result, const char *directory) {
    return okrug_write_directory(ctx, result, directory);
}
