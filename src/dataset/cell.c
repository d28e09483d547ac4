/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells: setting and asking. A cell that is not there, or a value of the wrong kind, is a defect of the caller.
 */
#include "dataset/table_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

okrug_status okrug_column_begin_reasons(okrug_column *column, int64_t capacity) {
    column->reason = calloc((size_t)capacity, 1);
    return column->reason != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

void okrug_column_make_missing(okrug_column *column, int64_t row, okrug_reason reason) {
    if (column->type == OKRUG_NUMBER) {
        column->number[row] = NAN;
    } else {
        column->word[row] = -1;
    }
    column->reason[row] = (uint8_t)reason;
}

static bool is_left_out(const okrug_table *table, int column) {
    return table->place != NULL && column >= 0 && column < table->places && table->place[column] < 0;
}

static okrug_column *cell_column(const okrug_table *table, int column, int64_t row) {
    int places = table->place != NULL ? table->places : table->columns;
    bool there = column >= 0 && column < places && row >= 0 && row < table->rows;
    return there ? okrug_table_column_at(table, column) : NULL;
}

static void make_present(okrug_column *column, int64_t row) {
    if (column->reason != NULL) {
        column->reason[row] = OKRUG_PRESENT;
    }
}

okrug_status okrug_set_text(okrug_table *table, int column, int64_t row, const char *text, size_t length) {
    if (is_left_out(table, column)) {
        return OKRUG_OK;
    }
    okrug_column *set = cell_column(table, column, row);
    if (set == NULL || *set->owners > 1 || set->type == OKRUG_NUMBER) {
        return OKRUG_DEFECT;
    }
    int32_t word = okrug_words_add(set->words, text, length);
    if (word < 0) {
        return OKRUG_NO_MEMORY;
    }
    set->word[row] = word;
    make_present(set, row);
    return OKRUG_OK;
}

okrug_status okrug_set_number(okrug_table *table, int column, int64_t row, double value) {
    if (is_left_out(table, column)) {
        return OKRUG_OK;
    }
    okrug_column *set = cell_column(table, column, row);
    if (set == NULL || *set->owners > 1 || set->type != OKRUG_NUMBER || !isfinite(value)) {
        return OKRUG_DEFECT;
    }
    set->number[row] = value;
    make_present(set, row);
    return OKRUG_OK;
}

okrug_status okrug_set_missing(okrug_table *table, int column, int64_t row, okrug_reason reason) {
    if (is_left_out(table, column)) {
        return OKRUG_OK;
    }
    okrug_column *set = cell_column(table, column, row);
    if (set == NULL || *set->owners > 1 || reason <= OKRUG_PRESENT || reason >= OKRUG_REASONS_COUNT) {
        return OKRUG_DEFECT;
    }
    if (set->reason == NULL) {
        OKRUG_TRY(okrug_column_begin_reasons(set, table->capacity));
    }
    okrug_column_make_missing(set, row, reason);
    return OKRUG_OK;
}

okrug_status okrug_set_number_or(okrug_table *table, int column, int64_t row, double value, okrug_reason reason) {
    return isfinite(value) ? okrug_set_number(table, column, row, value)
                           : okrug_set_missing(table, column, row, reason);
}

okrug_reason okrug_reason_at(const okrug_column *column, int64_t row) {
    return column->reason != NULL ? (okrug_reason)column->reason[row] : OKRUG_PRESENT;
}

const char *okrug_text_at(const okrug_column *column, int64_t row) {
    return okrug_words_text(column->words, column->word[row]);
}

double okrug_number_at(const okrug_column *column, int64_t row) {
    return column == NULL || okrug_reason_at(column, row) != OKRUG_PRESENT ? (double)NAN : column->number[row];
}

const char *okrug_table_text(const okrug_table *table, const char *column, int64_t row) {
    const okrug_column *found = okrug_table_column(table, column);
    return found == NULL || found->type != OKRUG_TEXT ? NULL : okrug_text_at(found, row);
}

double okrug_table_number(const okrug_table *table, const char *column, int64_t row) {
    const okrug_column *found = okrug_table_column(table, column);
    return okrug_number_at(found == NULL || found->type != OKRUG_NUMBER ? NULL : found, row);
}

okrug_place okrug_table_place(const okrug_table *table, int64_t row, const char *column) {
    return (okrug_place){.file = table->file, .line = table->line == NULL ? 0 : table->line[row], .column = column};
}

okrug_status okrug_set_cell(okrug_table *table, int column, int64_t row, const okrug_column *from, int64_t from_row) {
    okrug_reason reason = okrug_reason_at(from, from_row);
    if (reason != OKRUG_PRESENT) {
        return okrug_set_missing(table, column, row, reason);
    }
    if (from->type == OKRUG_NUMBER) {
        return okrug_set_number(table, column, row, from->number[from_row]);
    }
    const char *text = okrug_text_at(from, from_row);
    return okrug_set_text(table, column, row, text, strlen(text));
}

bool okrug_cells_same(const okrug_column *one, int64_t row, const okrug_column *other, int64_t other_row) {
    okrug_reason reason = okrug_reason_at(one, row);
    if (reason != okrug_reason_at(other, other_row) || reason != OKRUG_PRESENT) {
        return reason == okrug_reason_at(other, other_row);
    }
    if (one->type == OKRUG_NUMBER) {
        uint64_t bits, other_bits;
        memcpy(&bits, &one->number[row], sizeof bits);
        memcpy(&other_bits, &other->number[other_row], sizeof other_bits);
        return bits == other_bits;
    }
    return strcmp(okrug_text_at(one, row), okrug_text_at(other, other_row)) == 0;
}
