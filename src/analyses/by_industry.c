/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a table found by the code of their industry.
 */
#include "analyses/by_industry.h"

#include <string.h>

okrug_status okrug_by_industry(okrug_ctx *ctx, const okrug_table *table, const char *column, const char *const *code,
                               int64_t count, bool strict, int64_t **place) {
    const okrug_column *industry = okrug_table_column(table, column);
    *place = OKRUG_SCRATCH(ctx, table->rows, int64_t);
    int64_t *of_word = OKRUG_SCRATCH(ctx, okrug_words_count(industry->words), int64_t);
    if (*place == NULL || of_word == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(of_word, -1, (size_t)okrug_words_count(industry->words) * sizeof *of_word);
    for (int64_t k = 0; k < count; k++) {
        int32_t word = okrug_words_find(industry->words, code[k], strlen(code[k]));
        if (word >= 0) {
            of_word[word] = k;
        }
    }
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = industry->word[r];
        (*place)[r] = word < 0 ? -1 : of_word[word];
        if (strict && (*place)[r] < 0) {
            okrug_place where = okrug_table_place(table, r, column);
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-an-industry", &where, "code",
                                word < 0 ? "" : okrug_words_text(industry->words, word), (char *)NULL);
        }
    }
    return status;
}

double okrug_cell_or(const okrug_table *table, const char *column, int64_t row, double otherwise) {
    const okrug_column *values = okrug_table_column(table, column);
    return values == NULL || okrug_reason_at(values, row) != OKRUG_PRESENT ? otherwise : values->number[row];
}
