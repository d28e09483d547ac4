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

okrug_status okrug_result_text(okrug_table *table, int column, int64_t row, const char *text) {
    return text == NULL ? okrug_set_missing(table, column, row, OKRUG_NOT_COLLECTED)
                        : okrug_set_text(table, column, row, text, strlen(text));
}
