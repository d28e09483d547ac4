/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Output tables made from their descriptions.
 */
#include "analyses/result.h"

#include <string.h>

bool okrug_result_wants(const okrug_dataset *result, const okrug_output *output, int column) {
    const okrug_output_column *of = &output->columns[column];
    bool key = column == 0 || of->formula == NULL;
    bool wanted = result->wanted == NULL;
    for (int i = 0; i < result->wanted_count && !wanted; i++) {
        const okrug_asked_column *one = &result->wanted[i];
        wanted = strcmp(one->table, output->name) == 0 && (key || strcmp(one->column, of->name) == 0);
    }
    return wanted;
}

okrug_status okrug_result_makes(okrug_ctx *ctx, const okrug_dataset *result, const okrug_output *output, bool made) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < result->wanted_count && !made; i++) {
        const okrug_asked_column *one = &result->wanted[i];
        if (strcmp(one->table, output->name) == 0) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "column-not-made", NULL, "table", one->table, "name", one->column,
                                "analysis", result->id, (char *)NULL);
        }
    }
    return status;
}

okrug_status okrug_result_table(okrug_dataset *result, const okrug_output *output, okrug_unit own, int64_t rows,
                                okrug_table **table) {
    *table = okrug_dataset_add_table(result, output->name);
    if (*table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < output->column_count; i++) {
        const okrug_output_column *column = &output->columns[i];
        okrug_unit unit = column->unit == OKRUG_UNIT_OWN ? own : column->unit;
        int place = okrug_result_wants(result, output, i)
                        ? okrug_table_add_column(*table, column->name, column->type, unit)
                        : okrug_table_leave_out_column(*table);
        if (place < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    OKRUG_TRY(okrug_table_reserve(*table, rows));
    for (int64_t r = 0; r < rows; r++) {
        if (okrug_table_add_row(*table, 0) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_result_keys(okrug_ctx *ctx, okrug_table *table, int place, int64_t first, int64_t count,
                               const okrug_column *from, const int64_t *row) {
    const okrug_column *column = okrug_table_column_at(table, place);
    if (column == NULL) {
        return OKRUG_OK;
    }
    if (from == NULL && first == 0 && count == table->rows) {
        return okrug_table_set_all_missing(table, place, OKRUG_NOT_COLLECTED);
    }
    if (row == NULL && first == 0 && count == table->rows) {
        return okrug_table_share_column(table, place, from);
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t words = from == NULL ? 0 : okrug_words_count(from->words);
    int32_t *word_of = OKRUG_SCRATCH(ctx, words, int32_t);
    if (word_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(word_of, -1, (size_t)words * sizeof *word_of);
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < count && status == OKRUG_OK; i++) {
        int32_t word = from == NULL ? -1 : from->word[row == NULL ? i : row[i]];
        if (word < 0) {
            status = okrug_set_missing(table, place, first + i, OKRUG_NOT_COLLECTED);
            continue;
        }
        if (word_of[word] < 0) {
            status = okrug_result_text(table, place, first + i, okrug_words_text(from->words, word));
            word_of[word] = column->word[first + i];
        }
        column->word[first + i] = word_of[word];
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_result_text(okrug_table *table, int column, int64_t row, const char *text) {
    return text == NULL ? okrug_set_missing(table, column, row, OKRUG_NOT_COLLECTED)
                        : okrug_set_text(table, column, row, text, strlen(text));
}
