/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tidy rows -> one dense matrix per period.
 */
#include "analyses/panel.h"

#include <string.h>

/* The words of one column that a period uses, numbered in the order in which its rows name them. */
typedef struct {
    int32_t *place; /* of each word of the column; -1: not in this period */
    int32_t *word;  /* of each place */
    int64_t count;
} numbering;

static okrug_status number_words(okrug_ctx *ctx, const okrug_column *column, const int64_t *rows, int64_t count,
                                 numbering *out) {
    if (column == NULL) { /* no such column: one place for all */
        *out = (numbering){.count = 1};
        return OKRUG_OK;
    }
    int32_t words = okrug_words_count(column->words);
    out->place = OKRUG_SCRATCH(ctx, words, int32_t);
    out->word = OKRUG_SCRATCH(ctx, words, int32_t);
    if (out->place == NULL || out->word == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(out->place, -1, (size_t)words * sizeof *out->place);
    out->count = 0;
    for (int64_t i = 0; i < count; i++) {
        int32_t word = column->word[rows[i]];
        if (out->place[word] < 0) {
            out->place[word] = (int32_t)out->count;
            out->word[out->count++] = word;
        }
    }
    return OKRUG_OK;
}

static okrug_status codes(okrug_ctx *ctx, const okrug_column *column, const numbering *numbers, const char ***out) {
    *out = OKRUG_SCRATCH(ctx, numbers->count, const char *);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < numbers->count; i++) {
        (*out)[i] = column == NULL ? NULL : okrug_words_text(column->words, numbers->word[i]);
    }
    return OKRUG_OK;
}

static okrug_status read_period(okrug_ctx *ctx, const okrug_table *table, const int64_t *rows, int64_t count,
                                okrug_panel *panel) {
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *value = okrug_table_column(table, "value");
    numbering regions = {0};
    numbering industries = {0};
    OKRUG_TRY(number_words(ctx, region, rows, count, &regions));
    OKRUG_TRY(number_words(ctx, industry, rows, count, &industries));
    OKRUG_TRY(codes(ctx, region, &regions, &panel->region));
    OKRUG_TRY(codes(ctx, industry, &industries, &panel->industry));
    panel->regions = regions.count;
    panel->industries = industries.count;
    int64_t cells = regions.count * industries.count;
    panel->value = OKRUG_SCRATCH_ZERO(ctx, cells, double);
    panel->reason = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t);
    panel->cell = OKRUG_SCRATCH(ctx, count, int64_t);
    panel->rows = count;
    panel->row = rows;
    if (panel->value == NULL || panel->reason == NULL || panel->cell == NULL) {
        return OKRUG_NO_MEMORY;
    }
    panel->missing = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t row = rows[i];
        int64_t place = industry == NULL ? 0 : industries.place[industry->word[row]];
        int64_t cell = regions.place[region->word[row]] * industries.count + place;
        okrug_reason reason = okrug_reason_at(value, row);
        panel->cell[i] = cell;
        panel->reason[cell] = (uint8_t)reason;
        if (reason == OKRUG_PRESENT) {
            panel->value[cell] = value->number[row];
        } else if (reason != OKRUG_STRUCTURAL_ZERO) {
            panel->missing++;
        }
    }
    return OKRUG_OK;
}

/* Rows sorted by period, in the order of the periods and, within one, of the rows. */
static okrug_status group_rows(okrug_ctx *ctx, const okrug_table *table, const okrug_column *period, int64_t **rows,
                               int64_t **start, int64_t *periods) {
    *rows = OKRUG_SCRATCH(ctx, table->rows, int64_t);
    int64_t words = period == NULL ? 1 : okrug_words_count(period->words) + 1;
    *start = OKRUG_SCRATCH_ZERO(ctx, words + 1, int64_t);
    int64_t *next = OKRUG_SCRATCH(ctx, words + 1, int64_t);
    if (*rows == NULL || *start == NULL || next == NULL) {
        return OKRUG_NO_MEMORY;
    }
    /* Word -1 (an empty period) is a period of its own, the last. */
    for (int64_t r = 0; r < table->rows; r++) {
        int64_t p = period == NULL ? 0 : period->word[r] < 0 ? words - 1 : period->word[r];
        (*start)[p + 1]++;
    }
    for (int64_t p = 0; p < words; p++) {
        (*start)[p + 1] += (*start)[p];
        next[p] = (*start)[p];
    }
    for (int64_t r = 0; r < table->rows; r++) {
        int64_t p = period == NULL ? 0 : period->word[r] < 0 ? words - 1 : period->word[r];
        (*rows)[next[p]++] = r;
    }
    *periods = words;
    return OKRUG_OK;
}

okrug_status okrug_panels_read(okrug_ctx *ctx, const okrug_table *table, okrug_panels *panels) {
    *panels = (okrug_panels){0};
    if (table->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    const okrug_column *period = okrug_table_column(table, "period");
    int64_t *rows = NULL;
    int64_t *start = NULL;
    int64_t periods = 0;
    OKRUG_TRY(group_rows(ctx, table, period, &rows, &start, &periods));
    panels->panel = OKRUG_SCRATCH_ZERO(ctx, periods, okrug_panel);
    if (panels->panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < periods; p++) {
        int64_t count = start[p + 1] - start[p];
        if (count == 0) {
            continue;
        }
        okrug_panel *panel = &panels->panel[panels->count++];
        OKRUG_TRY(read_period(ctx, table, rows + start[p], count, panel));
        panel->period = period == NULL ? NULL : okrug_words_text(period->words, period->word[rows[start[p]]]);
    }
    return OKRUG_OK;
}
