/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links by code -> sparse rows over the regions of the input.
 */
#include "analyses/neighbours.h"

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

typedef struct {
    int32_t a, b;
    double weight;
} link;

static int by_place(const void *left, const void *right) {
    const link *x = left;
    const link *y = right;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* The place that each word of the links' column stands for; -1: no region of the input. */
static okrug_status places_of(okrug_ctx *ctx, const okrug_neighbourhood *all, const okrug_column *column, bool records,
                              int32_t **out) {
    int32_t words = okrug_words_count(column->words);
    const okrug_column *region = okrug_table_column(all->table, "region");
    int32_t *place = OKRUG_SCRATCH(ctx, words, int32_t);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        const char *text = okrug_words_text(column->words, w);
        if (records) {
            char *end = NULL;
            long long number = strtoll(text, &end, 10);
            place[w] = *end == '\0' && number >= 1 && number <= all->regions ? (int32_t)number - 1 : -1;
        } else {
            int32_t word = okrug_words_find(region->words, text, strlen(text));
            place[w] = word < 0 ? -1 : all->place[word];
        }
    }
    *out = place;
    return OKRUG_OK;
}

/* Record numbers make sense only against as many regions. */
static okrug_status check_records(okrug_ctx *ctx, const okrug_table *weights, const okrug_neighbourhood *all,
                                  bool *records) {
    const okrug_column *column = okrug_table_column(weights, "records");
    *records = column != NULL && weights->rows > 0 && okrug_reason_at(column, 0) == OKRUG_PRESENT;
    if (!*records || column->number[0] == (double)all->regions) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-records", &(okrug_place){.file = weights->file}, "records",
                      okrug_text_number(ctx, column->number[0]), "regions", okrug_text_integer(ctx, all->regions),
                      (char *)NULL);
}

static okrug_status weight_of(okrug_ctx *ctx, const okrug_table *weights, int64_t row, int links, double *weight) {
    const okrug_column *column = okrug_table_column(weights, "weight");
    *weight = 1.0;
    if (column == NULL || links == OKRUG_LINKS_EQUAL) {
        return OKRUG_OK;
    }
    okrug_place place = {
        .file = weights->file, .line = weights->line == NULL ? 0 : weights->line[row], .column = "weight"};
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weight-missing", &place, (char *)NULL);
    }
    *weight = column->number[row];
    if (links != OKRUG_LINKS_INVERSE) {
        return OKRUG_OK;
    }
    if (*weight == 0.0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weight-of-nothing", &place, (char *)NULL);
    }
    *weight = 1.0 / *weight;
    return OKRUG_OK;
}

/* What is known of links that could not be used. */
typedef struct {
    int64_t matched, unmatched, zeros;
    const char *examples;
    int shown;
    bool *seen; /* codes of a, then of b */
} leftovers;

static void keep_example(okrug_ctx *ctx, leftovers *left, bool *seen, const char *code) {
    if (!*seen) {
        *seen = true;
        left->unmatched++;
        if (left->shown++ < EXAMPLES) {
            left->examples = okrug_text_listed(ctx, left->examples, code);
        }
    }
}

static okrug_status collect(okrug_ctx *ctx, const okrug_table *weights, int links, okrug_neighbourhood *all,
                            link **list, int64_t *count, leftovers *left) {
    const okrug_column *a = okrug_table_column(weights, "a");
    const okrug_column *b = okrug_table_column(weights, "b");
    int32_t *place_a = NULL;
    int32_t *place_b = NULL;
    bool records = false;
    OKRUG_TRY(check_records(ctx, weights, all, &records));
    OKRUG_TRY(places_of(ctx, all, a, records, &place_a));
    OKRUG_TRY(places_of(ctx, all, b, records, &place_b));
    bool *seen_a = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(a->words), bool);
    bool *seen_b = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(b->words), bool);
    *list = OKRUG_SCRATCH(ctx, weights->rows, link);
    if (seen_a == NULL || seen_b == NULL || *list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < weights->rows; r++) {
        link one = {place_a[a->word[r]], place_b[b->word[r]], 0.0};
        okrug_status weighed = weight_of(ctx, weights, r, links, &one.weight);
        status = weighed == OKRUG_OK ? status : weighed;
        if (one.a < 0) {
            keep_example(ctx, left, &seen_a[a->word[r]], okrug_text_at(a, r));
        }
        if (one.b < 0 && okrug_words_find(a->words, okrug_text_at(b, r), strlen(okrug_text_at(b, r))) < 0) {
            keep_example(ctx, left, &seen_b[b->word[r]], okrug_text_at(b, r)); /* else it is told as an a */
        }
        if (one.a < 0 || one.b < 0) {
            continue;
        }
        left->matched++;
        if (one.weight == 0.0) {
            left->zeros++;
        } else if (one.a == one.b) {
            all->self[one.a] = one.weight;
            all->selves++;
        } else {
            (*list)[(*count)++] = one;
        }
    }
    return status;
}

static okrug_status rows_of_links(okrug_ctx *ctx, link *list, int64_t count, okrug_neighbourhood *all) {
    int64_t *ptr = OKRUG_SCRATCH_ZERO(ctx, all->regions + 1, int64_t);
    int32_t *col = OKRUG_SCRATCH(ctx, count, int32_t);
    double *val = OKRUG_SCRATCH(ctx, count, double);
    if (ptr == NULL || col == NULL || val == NULL) {
        return OKRUG_NO_MEMORY;
    }
    qsort(list, (size_t)count, sizeof *list, by_place);
    for (int64_t l = 0; l < count; l++) {
        ptr[list[l].a + 1]++;
        col[l] = list[l].b;
        val[l] = list[l].weight;
    }
    for (int64_t r = 0; r < all->regions; r++) {
        ptr[r + 1] += ptr[r];
    }
    all->links = (okrug_csr){.n = all->regions, .nnz = count, .ptr = ptr, .col = col, .val = val};
    return OKRUG_OK;
}

static okrug_status warn_of_join(okrug_ctx *ctx, const okrug_table *weights, const okrug_neighbourhood *all,
                                 const leftovers *left) {
    okrug_place place = {.file = weights->file};
    if (left->matched == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-match-nothing", &place, "codes", left->examples, "regions",
                          all->region[0], (char *)NULL);
    }
    if (left->unmatched > 0) {
        okrug_warn(ctx, "weights-unmatched", &place, "count", okrug_text_integer(ctx, left->unmatched), "codes",
                   left->examples, (char *)NULL);
    }
    if (left->zeros > 0) {
        okrug_warn(ctx, "weights-zero", &place, "count", okrug_text_integer(ctx, left->zeros), (char *)NULL);
    }
    const char *names = "";
    int64_t islands = 0;
    for (int64_t r = 0; r < all->regions; r++) {
        if (all->links.ptr[r] == all->links.ptr[r + 1] && islands++ < EXAMPLES) {
            names = okrug_text_listed(ctx, names, all->region[r]);
        }
    }
    if (islands > 0) {
        okrug_warn(ctx, "islands", &place, "count", okrug_text_integer(ctx, islands), "codes", names, (char *)NULL);
    }
    return OKRUG_OK;
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
    link *list = NULL;
    int64_t count = 0;
    leftovers left = {.examples = ""};
    OKRUG_TRY(number_regions(ctx, values, all));
    all->self = OKRUG_SCRATCH_ZERO(ctx, all->regions, double);
    if (all->self == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(collect(ctx, weights, links, all, &list, &count, &left));
    OKRUG_TRY(rows_of_links(ctx, list, count, all));
    OKRUG_TRY(warn_of_join(ctx, weights, all, &left));
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

static int by_column(const void *left, const void *right) {
    const link *a = left;
    const link *b = right;
    return (a->b > b->b) - (a->b < b->b);
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
            row[count++] = (link){0, (int32_t)other, all->links.val[l]};
            largest = all->links.val[l] > largest ? all->links.val[l] : largest;
            okrug_sum_add(&sum, all->links.val[l]);
        }
    }
    double self = !with_self ? 0.0 : all->self[place] > 0.0 ? all->self[place] : largest;
    okrug_sum_add(&sum, self);
    double total = style == OKRUG_STYLE_ROW ? okrug_sum_value(&sum) : 1.0;
    qsort(row, (size_t)count, sizeof *row, by_column);
    for (int64_t l = 0; l < count; l++) {
        col[*nnz] = row[l].b;
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
