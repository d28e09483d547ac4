/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole columns at once, and columns that have their cells in common: a result of as many rows as its input repeats its
 * keys, and copies of them would be most of it.
 */
#include "dataset/table_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

okrug_status okrug_column_begin(okrug_column *column) {
    column->owners = malloc(sizeof *column->owners);
    if (column->owners == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *column->owners = 1;
    return OKRUG_OK;
}

void okrug_column_end(okrug_column *column) {
    if (column->owners != NULL && --*column->owners > 0) {
        return;
    }
    free(column->owners);
    free(column->word);
    free(column->number);
    free(column->reason);
    okrug_words_free(column->words);
}

okrug_status okrug_table_add_rows_to_fill(okrug_table *table, int64_t rows) {
    OKRUG_TRY(okrug_table_reserve(table, table->rows + rows));
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].reason != NULL) {
            memset(table->column[c].reason + table->rows, OKRUG_PRESENT, (size_t)rows);
        }
    }
    if (table->line != NULL) {
        memset(table->line + table->rows, 0, (size_t)rows * sizeof *table->line);
    }
    table->rows += rows;
    return OKRUG_OK;
}

okrug_status okrug_table_begin_reasons(okrug_table *table, int place) {
    okrug_column *column = okrug_table_column_at(table, place);
    return column == NULL || column->reason != NULL ? OKRUG_OK : okrug_column_begin_reasons(column, table->capacity);
}

okrug_status okrug_table_share_column(okrug_table *table, int place, const okrug_column *from) {
    okrug_column *column = okrug_table_column_at(table, place);
    if (column == NULL) {
        return OKRUG_OK;
    }
    if (column->type != from->type || *column->owners > 1) {
        return OKRUG_DEFECT;
    }
    okrug_column_end(column);
    column->word = from->word;
    column->words = from->words;
    column->number = from->number;
    column->reason = from->reason;
    column->owners = from->owners;
    ++*column->owners;
    return OKRUG_OK;
}

okrug_status okrug_table_set_all_missing(okrug_table *table, int place, okrug_reason reason) {
    okrug_column *column = okrug_table_column_at(table, place);
    if (column == NULL || table->rows == 0) {
        return OKRUG_OK;
    }
    if (*column->owners > 1) {
        return OKRUG_DEFECT;
    }
    if (column->reason == NULL) {
        OKRUG_TRY(okrug_column_begin_reasons(column, table->capacity));
    }
    for (int64_t r = 0; r < table->rows; r++) {
        okrug_column_make_missing(column, r, reason);
    }
    return OKRUG_OK;
}

okrug_status okrug_table_set_all_text(okrug_table *table, int place, const char *text) {
    okrug_column *column = okrug_table_column_at(table, place);
    if (column == NULL || table->rows == 0) {
        return OKRUG_OK;
    }
    if (*column->owners > 1 || column->type == OKRUG_NUMBER) {
        return OKRUG_DEFECT;
    }
    int32_t word = okrug_words_add(column->words, text, strlen(text));
    if (word < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        column->word[r] = word;
    }
    if (column->reason != NULL) {
        memset(column->reason, OKRUG_PRESENT, (size_t)table->rows);
    }
    return OKRUG_OK;
}
