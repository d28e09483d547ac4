/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links by code -> sparse rows over the regions of the input.
 */
#include "analyses/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const okrug_alternative_codes[] = {"two-sided", "greater", "less"};

enum { EXAMPLES = 3 };

/* ---- Regions ---- */

static okrug_status number_regions(okrug_ctx *ctx, const okrug_table *table, okrug_neighbourhood *all) {
    const okrug_column *region = okrug_table_column(table, "region");
    int32_t words = okrug_words_count(region->words);
    all->place = OKRUG_SCRATCH(ctx, words, int32_t);
    all->region = OKRUG_SCRATCH(ctx, words, const char *);
    if (all->place == NULL || all->region == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(all->place, -1, (size_t)words * sizeof *all->place);
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = region->word[r];
        if (all->place[word] < 0) {
            all->region[all->regions] = okrug_words_text(region->words, word);
            all->place[word] = (int32_t)all->regions++;
        }
    }
    return OKRUG_OK;
}

/* ---- Links ---- */

static void warn_of_islands(okrug_ctx *ctx, const okrug_table *weights, const okrug_neighbourhood *all) {
    const char *names = "";
    int64_t islands = 0;
    for (int64_t r = 0; r < all->regions; r++) {
        if (all->links.ptr[r] == all->links.ptr[r + 1] && islands++ < EXAMPLES) {
            names = okrug_text_listed(ctx, names, all->region[r]);
        }
    }
    if (islands > 0) {
        okrug_warn(ctx, "islands", &(okrug_place){.file = weights->file}, "count", okrug_text_integer(ctx, islands),
                   "codes", okrug_text_curtailed(ctx, names, EXAMPLES, islands), (char *)NULL);
    }
}

/* ---- Groups ---- */

static int32_t word_at(const okrug_column *column, int64_t row) {
    return column == NULL ? -1 : column->word[row];
}

typedef struct {
    int32_t industry, period;
    int64_t row;
} keyed_row;

static int by_key(const void *left, const void *right) {
    const keyed_row *a = left;
    const keyed_row *b = right;
    if (a->industry != b->industry) {
        return (a->industry > b->industry) - (a->industry < b->industry);
    }
    return a->period != b->period ? (a->period > b->period) - (a->period < b->period)
                                  : (a->row > b->row) - (a->row < b->row);
}

/* Industries and periods in the order in which the rows first name them, which is that of their words. */
static okrug_status group_rows(okrug_ctx *ctx, const okrug_table *table, okrug_neighbourhood *all) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *period = okrug_table_column(table, "period");
    keyed_row *keyed = OKRUG_SCRATCH(ctx, table->rows, keyed_row);
    all->row = OKRUG_SCRATCH(ctx, table->rows, int64_t);
    all->start = OKRUG_SCRATCH(ctx, table->rows + 1, int64_t);
    if (keyed == NULL || all->row == NULL || all->start == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        keyed[r] = (keyed_row){word_at(industry, r), word_at(period, r), r};
    }
    qsort(keyed, (size_t)table->rows, sizeof *keyed, by_key);
    for (int64_t r = 0; r < table->rows; r++) {
        all->row[r] = keyed[r].row;
        if (r == 0 || keyed[r].industry != keyed[r - 1].industry || keyed[r].period != keyed[r - 1].period) {
            all->start[all->groups++] = r;
        }
    }
    all->start[all->groups] = table->rows;
    return OKRUG_OK;
}

okrug_status okrug_neighbourhood_read(okrug_ctx *ctx, const okrug_table *values, const okrug_table *weights, int links,
                                      okrug_neighbourhood *all) {
    *all = (okrug_neighbourhood){.table = values};
    if (values->rows == 0 || weights->rows == 0) {
        const okrug_table *empty = values->rows == 0 ? values : weights;
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = empty->file}, (char *)NULL);
    }
    okrug_region_links read;
    OKRUG_TRY(number_regions(ctx, values, all));
    OKRUG_TRY(okrug_grain_need(ctx, &(const okrug_grain)OKRUG_SPATIAL_GRAIN, (double)all->regions,
                               &(okrug_place){.file = values->file}));
    OKRUG_TRY(okrug_region_links_read(ctx, weights, all->regions, all->region, links, &read));
    all->links = read.links;
    all->self = read.self;
    all->selves = read.selves;
    warn_of_islands(ctx, weights, all);
    return group_rows(ctx, values, all);
}

/* ---- One group ---- */

static const char *text_of(const okrug_table *table, const char *name, int64_t row) {
    const okrug_column *column = okrug_table_column(table, name);
    return column == NULL ? NULL : okrug_text_at(column, row);
}

/* Numbers the regions that have a value; a structural zero is a value, 0. */
static okrug_status take_values(okrug_ctx *ctx, const okrug_neighbourhood *all, int64_t *among,
                                okrug_neighbourhood_group *out) {
    const okrug_column *region = okrug_table_column(all->table, "region");
    const okrug_column *value = okrug_table_column(all->table, "value");
    out->used = OKRUG_SCRATCH(ctx, out->rows, int64_t);
    out->x = OKRUG_SCRATCH(ctx, out->rows, double);
    if (out->used == NULL || out->x == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < all->regions; r++) {
        among[r] = -1;
    }
    for (int64_t k = 0; k < out->rows; k++) {
        okrug_reason reason = okrug_reason_at(value, out->row[k]);
        out->used[k] = -1;
        if (reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO) {
            out->used[k] = out->n;
            among[all->place[region->word[out->row[k]]]] = out->n;
            out->x[out->n++] = reason == OKRUG_PRESENT ? value->number[out->row[k]] : 0.0;
        } else {
            out->missing++;
        }
    }
    return OKRUG_OK;
}

typedef struct {
    int32_t to;
    double weight;
} link;

static int by_column(const void *left, const void *right) {
    const link *a = left;
    const link *b = right;
    return (a->to > b->to) - (a->to < b->to);
}

/* The row of one region among those used: its links, sorted, with the weight the style says. */
static void take_row(const okrug_neighbourhood *all, int64_t place, const int64_t *among, int style, bool with_self,
                     link *row, okrug_neighbourhood_group *out, int64_t i, int32_t *col, double *val, int64_t *nnz) {
    int64_t count = 0;
    double largest = 0.0;
    okrug_sum sum = {0};
    for (int64_t l = all->links.ptr[place]; l < all->links.ptr[place + 1]; l++) {
        int64_t other = among[all->links.col[l]];
        if (other >= 0) {
            row[count++] = (link){(int32_t)other, all->links.val[l]};
            largest = all->links.val[l] > largest ? all->links.val[l] : largest;
        }
    }
    double self = !with_self ? 0.0 : all->self[place] > 0.0 ? all->self[place] : largest;
    int exponent = 0;
    if (style == OKRUG_STYLE_ROW) { /* over a power of two, lest the sum of weights have no number */
        frexp(self > largest ? self : largest, &exponent);
    }
    for (int64_t l = 0; l < count; l++) {
        row[l].weight = ldexp(row[l].weight, -exponent);
        okrug_sum_add(&sum, row[l].weight);
    }
    self = ldexp(self, -exponent);
    okrug_sum_add(&sum, self);
    double total = style == OKRUG_STYLE_ROW ? okrug_sum_value(&sum) : 1.0;
    qsort(row, (size_t)count, sizeof *row, by_column);
    for (int64_t l = 0; l < count; l++) {
        col[*nnz] = row[l].to;
        val[(*nnz)++] = row[l].weight / total;
    }
    out->links[i] = count;
    out->islands += count == 0;
    if (with_self) {
        out->self[i] = count == 0 ? 0.0 : self / total;
    }
}

okrug_status okrug_neighbourhood_group_read(okrug_ctx *ctx, const okrug_neighbourhood *all, int64_t group, int style,
                                            bool with_self, okrug_neighbourhood_group *out) {
    const int64_t *rows = all->row + all->start[group];
    *out = (okrug_neighbourhood_group){.rows = all->start[group + 1] - all->start[group], .row = rows};
    out->industry = text_of(all->table, "industry", rows[0]);
    out->period = text_of(all->table, "period", rows[0]);
    int64_t *among = OKRUG_SCRATCH(ctx, all->regions, int64_t);
    if (among == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(take_values(ctx, all, among, out));
    int64_t *ptr = OKRUG_SCRATCH_ZERO(ctx, out->n + 1, int64_t);
    int32_t *col = OKRUG_SCRATCH(ctx, all->links.nnz, int32_t);
    double *val = OKRUG_SCRATCH(ctx, all->links.nnz, double);
    link *row = OKRUG_SCRATCH(ctx, all->regions, link);
    out->links = OKRUG_SCRATCH(ctx, out->n, int64_t);
    out->self = with_self ? OKRUG_SCRATCH(ctx, out->n, double) : NULL;
    if (ptr == NULL || col == NULL || val == NULL || row == NULL || out->links == NULL ||
        (with_self && out->self == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_column *region = okrug_table_column(all->table, "region");
    int64_t nnz = 0;
    for (int64_t k = 0; k < out->rows; k++) {
        if (out->used[k] >= 0) {
            take_row(all, all->place[region->word[rows[k]]], among, style, with_self, row, out, out->used[k], col, val,
                     &nnz);
            ptr[out->used[k] + 1] = nnz;
        }
    }
    out->weights = (okrug_csr){.n = out->n, .nnz = nnz, .ptr = ptr, .col = col, .val = val};
    return OKRUG_OK;
}

void okrug_neighbourhood_warn(okrug_ctx *ctx, const okrug_table *values, int64_t missing, int64_t islands) {
    okrug_place place = {.file = values->file};
    if (missing > 0) {
        okrug_warn(ctx, "regions-without-value", &place, "count", okrug_text_integer(ctx, missing), (char *)NULL);
    }
    if (islands > 0) {
        okrug_warn(ctx, "islands-left-out", &place, "count", okrug_text_integer(ctx, islands), (char *)NULL);
    }
}
