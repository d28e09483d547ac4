/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions of the first input -> rows of a second.
 */
#include "analyses/by_region.h"

#include <string.h>

okrug_status okrug_rows_of_regions(okrug_ctx *ctx, const okrug_table *table, const char *input, const char *period,
                                   int64_t regions, const char *const *region, okrug_region_rows *out) {
    const okrug_column *code = okrug_table_column(table, "region");
    const okrug_column *when = okrug_table_column(table, "period");
    int32_t words = okrug_words_count(code->words);
    int64_t *row_of = OKRUG_SCRATCH(ctx, words, int64_t);
    *out = (okrug_region_rows){OKRUG_SCRATCH(ctx, regions, int64_t), OKRUG_SCRATCH(ctx, words, int64_t), 0};
    if (row_of == NULL || out->row == NULL || out->others == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(row_of, -1, (size_t)words * sizeof *row_of);
    for (int64_t r = 0; r < table->rows; r++) {
        const char *at = when == NULL ? NULL : okrug_text_at(when, r);
        if (at != NULL && period != NULL && strcmp(at, period) != 0) {
            continue;
        }
        if (row_of[code->word[r]] >= 0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period-of", &(okrug_place){.file = table->file}, "input",
                              input, "region", okrug_text_at(code, r), (char *)NULL);
        }
        row_of[code->word[r]] = r;
    }
    for (int64_t i = 0; i < regions; i++) {
        int32_t word = okrug_words_find(code->words, region[i], strlen(region[i]));
        out->row[i] = word < 0 ? -1 : row_of[word];
        if (word >= 0) {
            row_of[word] = -1;
        }
    }
    for (int32_t word = 0; word < words; word++) {
        if (row_of[word] >= 0) {
            out->others[out->other_count++] = row_of[word];
        }
    }
    return OKRUG_OK;
}
