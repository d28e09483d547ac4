/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tidy rows -> one dense matrix per period.
 */
#include "analyses/panel.h"

#include <string.h>

/* The rows of a period; `row` NULL: all from the first on. */
typedef struct {
    const int64_t *row;
    int64_t count;
} row_list;

static int64_t row_at(const row_list *rows, int64_t i) {
    return rows->row != NULL ? rows->row[i] : i;
}

/* The words of one column that a period uses, numbered in the order in which its rows name them. */
typedef struct {
    int32_t *place; /* of each word of the column; -1: not in this period */
    int32_t *word;  /* of each place */
    int64_t count;
} numbering;

static okrug_status number_words(okrug_ctx *ctx, const okrug_column *column, const row_list *rows, numbering *out) {
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
    for (int64_t i = 0; i < rows->count; i++) {
        int32_t word = column->word[row_at(rows, i)];
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

static okrug_status read_period(okrug_ctx *ctx, const okrug_table *table, const row_list *rows, bool with_rows,
                                okrug_panel *panel) {
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *value = okrug_table_column(table, "value");
    numbering regions = {0};
    numbering industries = {0};
    OKRUG_TRY(number_words(ctx, region, rows, &regions));
    OKRUG_TRY(number_words(ctx, industry, rows, &industries));
    OKRUG_TRY(codes(ctx, region, &regions, &panel->region));
    OKRUG_TRY(codes(ctx, industry, &industries, &panel->industry));
    panel->regions = regions.count;
    panel->industries = industries.count;
    int64_t cells = regions.count * industries.count;
    panel->value = OKRUG_SCRATCH_ZERO(ctx, cells, double);
    panel->reason = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t);
    panel->cell = with_rows ? OKRUG_SCRATCH(ctx, rows->count, int64_t) : NULL;
    panel->rows = rows->count;
    panel->row = rows->row;
    panel->region_at = regions.place;
    panel->industry_at = industries.place;
    if (panel->value == NULL || panel->reason == NULL || (with_rows && panel->cell == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    panel->missing = 0;
    for (int64_t i = 0; i < rows->count; i++) {
        int64_t row = row_at(rows, i);
        int64_t place = industry == NULL ? 0 : industries.place[industry->word[row]];
        int64_t cell = regions.place[region->word[row]] * industries.count + place;
        okrug_reason reason = value == NULL ? OKRUG_PRESENT : okrug_reason_at(value, row);
        if (with_rows) {
            panel->cell[i] = cell;
        }
        panel->reason[cell] = (uint8_t)reason;
        if (reason == OKRUG_PRESENT) {
            panel->value[cell] = value == NULL ? 1.0 : value->number[row];
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

static okrug_status read(okrug_ctx *ctx, const okrug_table *table, bool with_rows, okrug_panels *panels) {
    *panels = (okrug_panels){0};
    if (table->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    const okrug_column *period = okrug_table_column(table, "period");
    int64_t *rows = NULL;
    int64_t *start = NULL;
    int64_t periods = 1;
    if (period != NULL || with_rows) {
        OKRUG_TRY(group_rows(ctx, table, period, &rows, &start, &periods));
    }
    panels->panel = OKRUG_SCRATCH_ZERO(ctx, periods, okrug_panel);
    if (panels->panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = 0; p < periods; p++) {
        row_list of = {NULL, table->rows};
        if (rows != NULL) {
            of = (row_list){rows + start[p], start[p + 1] - start[p]};
        }
        if (of.count == 0) {
            continue;
        }
        okrug_panel *panel = &panels->panel[panels->count++];
        OKRUG_TRY(read_period(ctx, table, &of, with_rows, panel));
        panel->period = period == NULL ? NULL : okrug_words_text(period->words, period->word[row_at(&of, 0)]);
    }
    return OKRUG_OK;
}

okrug_status okrug_panels_read(okrug_ctx *ctx, const okrug_table *table, okrug_panels *panels) {
    return read(ctx, table, true, panels);
}

okrug_status okrug_panels_read_values(okrug_ctx *ctx, const okrug_table *table, okrug_panels *panels) {
    return read(ctx, table, false, panels);
}

int64_t okrug_panels_most_regions(const okrug_panels *panels) {
    int64_t most = 0;
    for (int64_t k = 0; k < panels->count; k++) {
        most = panels->panel[k].regions > most ? panels->panel[k].regions : most;
    }
    return most;
}

int64_t okrug_panels_most_industries(const okrug_panels *panels) {
    int64_t most = 0;
    for (int64_t k = 0; k < panels->count; k++) {
        most = panels->panel[k].industries > most ? panels->panel[k].industries : most;
    }
    return most;
}

void okrug_panels_warn_alone(okrug_ctx *ctx, const okrug_panels *panels, const okrug_table *table) {
    if (okrug_panels_most_regions(panels) == 1) {
        okrug_warn(ctx, "region-alone", &(okrug_place){.file = table->file}, "region", panels->panel[0].region[0],
                   (char *)NULL);
    }
}
