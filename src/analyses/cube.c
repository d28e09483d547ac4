/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tidy rows -> one dense block.
 */
#include "analyses/cube.h"

#include <math.h>
#include <string.h>

#include <okrug/number.h>

#include "analyses/periods.h"

/* The words of a column that rows use, numbered in the order in which rows first name them. */
static okrug_status number_words(okrug_ctx *ctx, const okrug_table *table, const okrug_column *column, int32_t **place,
                                 const char ***code, int64_t *count) {
    int64_t words = column == NULL ? 1 : okrug_words_count(column->words);
    *place = OKRUG_SCRATCH_ZERO(ctx, words, int32_t);
    *code = OKRUG_SCRATCH_ZERO(ctx, words, const char *);
    *count = column == NULL;
    if (*place == NULL || *code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t w = 0; column != NULL && w < words; w++) {
        (*place)[w] = -1;
    }
    for (int64_t r = 0; column != NULL && r < table->rows; r++) {
        int32_t word = column->word[r];
        if (word < 0) { /* only an optional key can be empty, and only the period is one */
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key",
                              &(okrug_place){.file = table->file,
                                             .line = table->line == NULL ? 0 : table->line[r],
                                             .column = "period"},
                              (char *)NULL);
        }
        if ((*place)[word] < 0) {
            (*code)[*count] = okrug_words_text(column->words, word);
            (*place)[word] = (int32_t)(*count)++;
        }
    }
    return OKRUG_OK;
}

/* The numbers of the periods in time's order, and the gap between them. */
static okrug_status order_periods(okrug_ctx *ctx, okrug_cube *cube, int32_t *place, int64_t words) {
    okrug_panels named = {cube->periods, OKRUG_SCRATCH_ZERO(ctx, cube->periods, okrug_panel)};
    int32_t *rank = OKRUG_SCRATCH(ctx, cube->periods, int32_t);
    int64_t *order = NULL;
    if (named.panel == NULL || rank == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t t = 0; t < cube->periods; t++) {
        named.panel[t].period = cube->period[t];
    }
    OKRUG_TRY(okrug_periods_in_order(ctx, &named, &order));
    bool even = okrug_periods_are_numbers(&named);
    double last = 0.0;
    for (int64_t t = 0; t < cube->periods; t++) {
        const char *name = named.panel[order[t]].period;
        double number = 0.0;
        cube->period[t] = name;
        rank[order[t]] = (int32_t)t;
        even = even && okrug_number_read(name, strlen(name), &number);
        double gap = number - last;
        cube->gap = t == 1 ? gap : cube->gap;
        even = even && (t < 2 || fabs(gap - cube->gap) < 1e-9 * fabs(cube->gap));
        last = number;
    }
    cube->gap = even && cube->periods > 1 ? cube->gap : (double)NAN;
    for (int64_t w = 0; w < words; w++) {
        place[w] = place[w] < 0 ? -1 : rank[place[w]];
    }
    return OKRUG_OK;
}

static void put_rows(const okrug_table *table, const okrug_column *const column[3], int32_t *const place[3],
                     okrug_cube *cube) {
    const okrug_column *value = okrug_table_column(table, "value");
    int64_t cells = cube->periods * cube->regions * cube->things;
    memset(cube->reason, OKRUG_NO_ROW, (size_t)cells);
    for (int64_t r = 0; r < table->rows; r++) {
        int64_t at[3];
        for (int i = 0; i < 3; i++) {
            at[i] = column[i] == NULL ? 0 : place[i][column[i]->word[r]];
        }
        int64_t cell = OKRUG_CUBE_AT(cube, at[0], at[1], at[2]);
        okrug_reason reason = okrug_reason_at(value, r);
        cube->reason[cell] = (uint8_t)(reason == OKRUG_STRUCTURAL_ZERO ? OKRUG_PRESENT : reason);
        cube->cell[r] = cell;
        cube->value[cell] = reason == OKRUG_PRESENT ? value->number[r] : 0.0;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        cube->missing += cube->reason[cell] != OKRUG_PRESENT;
    }
}

okrug_status okrug_cube_read(okrug_ctx *ctx, const okrug_table *table, const char *thing, okrug_cube *cube) {
    *cube = (okrug_cube){.gap = (double)NAN};
    if (table->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    const okrug_column *const column[3] = {okrug_table_column(table, "period"), okrug_table_column(table, "region"),
                                           thing == NULL ? NULL : okrug_table_column(table, thing)};
    int32_t *place[3] = {NULL, NULL, NULL};
    const char ***const code[3] = {&cube->period, &cube->region, &cube->thing};
    int64_t *const count[3] = {&cube->periods, &cube->regions, &cube->things};
    for (int i = 0; i < 3; i++) {
        OKRUG_TRY(number_words(ctx, table, column[i], &place[i], code[i], count[i]));
    }
    if (column[0] != NULL) {
        OKRUG_TRY(order_periods(ctx, cube, place[0], okrug_words_count(column[0]->words)));
    }
    int64_t cells = cube->periods * cube->regions * cube->things;
    cube->value = OKRUG_SCRATCH_ZERO(ctx, cells, double);
    cube->reason = OKRUG_SCRATCH(ctx, cells, uint8_t);
    cube->cell = OKRUG_SCRATCH(ctx, table->rows, int64_t);
    if (cube->value == NULL || cube->reason == NULL || cube->cell == NULL) {
        return OKRUG_NO_MEMORY;
    }
    put_rows(table, column, place, cube);
    return OKRUG_OK;
}
