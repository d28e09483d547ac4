/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Totals by code.
 */
#include "analyses/totals.h"

#include <string.h>

okrug_status okrug_no_total(okrug_ctx *ctx, const char *file, const char *code) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-total", &(okrug_place){.file = file}, "code", code, (char *)NULL);
}

okrug_status okrug_totals_read(okrug_ctx *ctx, const okrug_table *file, const char *const *code, int64_t count,
                               double *total, bool *there) {
    const okrug_column *codes = okrug_table_column(file, "code");
    const okrug_column *value = okrug_table_column(file, "value");
    bool *used = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(codes->words), bool);
    int64_t *row_of_word = OKRUG_SCRATCH(ctx, okrug_words_count(codes->words), int64_t);
    if (used == NULL || row_of_word == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < file->rows; r++) {
        row_of_word[codes->word[r]] = r;
    }
    for (int64_t i = 0; i < count; i++) {
        int32_t word = okrug_words_find(codes->words, code[i], strlen(code[i]));
        okrug_reason reason = word < 0 ? OKRUG_NO_ROW : okrug_reason_at(value, row_of_word[word]);
        there[i] = reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
        total[i] = reason == OKRUG_PRESENT ? value->number[row_of_word[word]] : 0.0;
        if (word >= 0) {
            used[word] = true;
        }
    }
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < file->rows; r++) {
        if (!used[codes->word[r]]) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "total-without-row",
                                &(okrug_place){.file = file->file, .line = file->line == NULL ? 0 : file->line[r]},
                                "code", okrug_words_text(codes->words, codes->word[r]), (char *)NULL);
        }
    }
    return status;
}
