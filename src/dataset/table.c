/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables: columns and rows, growing. Cells are in cell.c.
 */
#include "dataset/table_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROWS = 64 };

void okrug_table_free(okrug_table *table) {
    if (table == NULL) {
        return;
    }
    for (int c = 0; c < table->columns; c++) {
        okrug_column_end(&table->column[c]);
    }
    free(table->column);
    free(table->line);
    free(table->place);
    free(table);
}

/* Gives *array room for `count` items. False, with the array as it was, when memory is short. */
static bool resize(void **array, int64_t count, size_t size) {
    void *grown = realloc(*array, (size_t)count * size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    return true;
}

static bool resize_column(okrug_column *column, int64_t rows) {
    /* Through a void pointer: the array types differ. */
    void *values = column->type == OKRUG_NUMBER ? (void *)column->number : (void *)column->word;
    size_t size = column->type == OKRUG_NUMBER ? sizeof *column->number : sizeof *column->word;
    if (!resize(&values, rows, size)) {
        return false;
    }
    if (column->type == OKRUG_NUMBER) {
        column->number = values;
    } else {
        column->word = values;
    }
    void *reason = column->reason;
    if (reason != NULL) {
        if (!resize(&reason, rows, 1)) {
            return false;
        }
        column->reason = reason;
    }
    return true;
}

okrug_status okrug_table_reserve(okrug_table *table, int64_t rows) {
    if (rows <= table->capacity) {
        return OKRUG_OK;
    }
    if (rows > INT64_MAX / 16) {
        return OKRUG_NO_MEMORY;
    }
    /* Where one of the arrays cannot grow, those before it are merely larger than they need be. */
    for (int c = 0; c < table->columns; c++) {
        if (*table->column[c].owners > 1) {
            return OKRUG_DEFECT;
        }
        if (!resize_column(&table->column[c], rows)) {
            return OKRUG_NO_MEMORY;
        }
    }
    if (table->line != NULL) {
        void *line = table->line;
        if (!resize(&line, rows, sizeof *table->line)) {
            return OKRUG_NO_MEMORY;
        }
        table->line = line;
    }
    table->capacity = rows;
    return OKRUG_OK;
}

/* The arrays of a new column, for the rows there are. */
static bool fill_column(okrug_column *column, int64_t rows, int64_t capacity) {
    if (column->type != OKRUG_NUMBER) {
        column->words = okrug_words_new();
        if (column->words == NULL) {
            return false;
        }
    }
    if (capacity == 0) {
        return true;
    }
    column->reason = malloc((size_t)capacity);
    if (column->reason == NULL || !resize_column(column, capacity)) {
        return false;
    }
    for (int64_t r = 0; r < rows; r++) {
        okrug_column_make_missing(column, r, OKRUG_NOT_COLLECTED);
    }
    return true;
}

/* Room for one more place, once there are any that are not the column's number. */
static bool more_places(okrug_table *table) {
    int *place = realloc(table->place, ((size_t)table->places + 1) * sizeof *place);
    if (place != NULL) {
        table->place = place;
    }
    return place != NULL;
}

int okrug_table_leave_out_column(okrug_table *table) {
    bool first = table->place == NULL;
    table->places = first ? table->columns : table->places;
    if (!more_places(table)) {
        return -1;
    }
    for (int c = 0; first && c < table->columns; c++) {
        table->place[c] = c;
    }
    table->place[table->places] = -1;
    return table->places++;
}

okrug_column *okrug_table_column_at(const okrug_table *table, int place) {
    int column = table->place != NULL ? table->place[place] : place;
    return column < 0 ? NULL : &table->column[column];
}

int okrug_table_add_column(okrug_table *table, const char *name, okrug_type type, okrug_unit unit) {
    okrug_column column = {.type = type, .unit = unit};
    if (table->place != NULL && !more_places(table)) {
        return -1;
    }
    column.name = okrug_dataset_keep(table->dataset, name);
    if (column.name == NULL || okrug_column_begin(&column) != OKRUG_OK ||
        !fill_column(&column, table->rows, table->capacity)) {
        okrug_column_end(&column);
        return -1;
    }
    /* Tables can be wide (an input-output table has a column for each industry): room doubles at powers of two. */
    if ((table->columns & (table->columns - 1)) == 0) {
        size_t room = table->columns > 0 ? 2 * (size_t)table->columns : 1;
        okrug_column *grown = realloc(table->column, room * sizeof *grown);
        if (grown == NULL) {
            okrug_column_end(&column);
            return -1;
        }
        table->column = grown;
    }
    table->column[table->columns] = column;
    if (table->place != NULL) {
        table->place[table->places++] = table->columns++;
        return table->places - 1;
    }
    return table->columns++;
}

okrug_column *okrug_table_column(const okrug_table *table, const char *name) {
    for (int c = 0; c < table->columns; c++) {
        if (strcmp(table->column[c].name, name) == 0) {
            return &table->column[c];
        }
    }
    return NULL;
}

static int64_t add_row(okrug_table *table, int64_t line) {
    if (table->rows == table->capacity) {
        int64_t capacity = table->capacity > 0 ? 2 * table->capacity : FIRST_ROWS;
        if (okrug_table_reserve(table, capacity) != OKRUG_OK) {
            return -1;
        }
    }
    int64_t row = table->rows;
    if (line > 0 && table->line == NULL) {
        table->line = calloc((size_t)table->capacity, sizeof *table->line);
        if (table->line == NULL) {
            return -1;
        }
    }
    if (table->line != NULL) {
        table->line[row] = line <= INT32_MAX ? (int32_t)line : 0;
    }
    return row;
}

int64_t okrug_table_add_row_to_fill(okrug_table *table, int64_t line) {
    int64_t row = add_row(table, line);
    if (row < 0) {
        return -1;
    }
    for (int c = 0; c < table->columns; c++) {
        okrug_column *column = &table->column[c];
        if (column->reason != NULL) {
            column->reason[row] = OKRUG_PRESENT;
        }
        if (column->type == OKRUG_NUMBER) {
            column->number[row] = NAN;
        } else {
            column->word[row] = -1;
        }
    }
    table->rows++;
    return row;
}

int64_t okrug_table_add_row(okrug_table *table, int64_t line) {
    int64_t row = add_row(table, line);
    if (row < 0) {
        return -1;
    }
    for (int c = 0; c < table->columns; c++) {
        okrug_column *column = &table->column[c];
        if (column->reason == NULL && okrug_column_begin_reasons(column, table->capacity) != OKRUG_OK) {
            return -1;
        }
        okrug_column_make_missing(column, row, OKRUG_NOT_COLLECTED);
    }
    table->rows++;
    return row;
}

const char *okrug_table_column_names(okrug_ctx *ctx, const okrug_table *table) {
    const char *names = "";
    for (int c = 0; c < table->columns; c++) {
        names = okrug_text_listed(ctx, names, table->column[c].name);
    }
    return names;
}
