/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows a, b, weight -> a sparse matrix.
 */
#include "analyses/region_links.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXAMPLES = 3 };

typedef struct {
    int32_t a, b;
    double weight;
} link;

static int by_place(const void *left, const void *right) {
    const link *x = left;
    const link *y = right;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* The place that each word of the links' column stands for; -1: no region. */
static okrug_status places_of(okrug_ctx *ctx, const okrug_column *column, int64_t regions, const char *const *region,
                              bool records, int32_t **out) {
    int32_t words = okrug_words_count(column->words);
    int32_t *place = OKRUG_SCRATCH(ctx, words, int32_t);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, (size_t)words * sizeof *place);
    for (int64_t r = 0; !records && r < regions; r++) {
        int32_t word = okrug_words_find(column->words, region[r], strlen(region[r]));
        if (word >= 0) {
            place[word] = (int32_t)r;
        }
    }
    for (int32_t w = 0; records && w < words; w++) {
        char *end = NULL;
        long long number = strtoll(okrug_words_text(column->words, w), &end, 10);
        if (*end == '\0' && number >= 1 && number <= regions) {
            place[w] = (int32_t)number - 1;
        }
    }
    *out = place;
    return OKRUG_OK;
}

/* Record numbers make sense only against as many regions. */
static okrug_status check_records(okrug_ctx *ctx, const okrug_table *weights, int64_t regions, bool *records) {
    const okrug_column *column = okrug_table_column(weights, "records");
    *records = column != NULL && weights->rows > 0 && okrug_reason_at(column, 0) == OKRUG_PRESENT;
    if (!*records || column->number[0] == (double)regions) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-records", &(okrug_place){.file = weights->file}, "records",
                      okrug_text_number(ctx, column->number[0]), "regions", okrug_text_integer(ctx, regions),
                      (char *)NULL);
}

static okrug_status weight_of(okrug_ctx *ctx, const okrug_table *weights, int64_t row, int links, double *weight) {
    const okrug_column *column = okrug_table_column(weights, "weight");
    *weight = 1.0;
    if (column == NULL || links == OKRUG_LINKS_EQUAL) {
        return OKRUG_OK;
    }
    okrug_place place = okrug_table_place(weights, row, "weight");
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weight-missing", &place, (char *)NULL);
    }
    *weight = column->number[row];
    if (links != OKRUG_LINKS_INVERSE) {
        return OKRUG_OK;
    }
    if (isinf(1.0 / *weight)) { /* 0, or too small a number */
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

static okrug_status collect(okrug_ctx *ctx, const okrug_table *weights, int links, int64_t regions,
                            const char *const *region, okrug_region_links *out, link **list, int64_t *count,
                            leftovers *left) {
    const okrug_column *a = okrug_table_column(weights, "a");
    const okrug_column *b = okrug_table_column(weights, "b");
    int32_t *place_a = NULL;
    int32_t *place_b = NULL;
    bool records = false;
    OKRUG_TRY(check_records(ctx, weights, regions, &records));
    OKRUG_TRY(places_of(ctx, a, regions, region, records, &place_a));
    OKRUG_TRY(places_of(ctx, b, regions, region, records, &place_b));
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
            out->self[one.a] = one.weight;
            out->selves++;
        } else {
            (*list)[(*count)++] = one;
        }
    }
    return status;
}

static okrug_status fill(okrug_ctx *ctx, link *list, int64_t count, int64_t regions, okrug_csr *out) {
    int64_t *ptr = OKRUG_SCRATCH_ZERO(ctx, regions + 1, int64_t);
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
    for (int64_t r = 0; r < regions; r++) {
        ptr[r + 1] += ptr[r];
    }
    *out = (okrug_csr){.n = regions, .nnz = count, .ptr = ptr, .col = col, .val = val};
    return OKRUG_OK;
}

/* Links are sorted. */
static bool any_both_ways(const link *links, int64_t count) {
    for (int64_t k = 0; k < count; k++) {
        const link back = {links[k].b, links[k].a, 0.0};
        if (bsearch(&back, links, (size_t)count, sizeof *links, by_place) != NULL) {
            return true;
        }
    }
    return false;
}

static okrug_status tell(okrug_ctx *ctx, const okrug_table *weights, const leftovers *left, const link *list,
                         int64_t count, const char *region) {
    okrug_place place = {.file = weights->file};
    if (left->matched == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-match-nothing", &place, "codes", left->examples, "regions",
                          region, (char *)NULL);
    }
    if (left->unmatched > 0) {
        okrug_warn(ctx, "weights-unmatched", &place, "count", okrug_text_integer(ctx, left->unmatched), "codes",
                   okrug_text_curtailed(ctx, left->examples, EXAMPLES, left->unmatched), (char *)NULL);
    }
    if (left->zeros > 0) {
        okrug_warn(ctx, "weights-zero", &place, "count", okrug_text_integer(ctx, left->zeros), (char *)NULL);
    }
    if (count > 0 && !any_both_ways(list, count)) {
        okrug_warn(ctx, "links-one-way", &place, (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_region_links_read(okrug_ctx *ctx, const okrug_table *table, int64_t regions,
                                     const char *const *region, int numbers, okrug_region_links *out) {
    link *list = NULL;
    int64_t count = 0;
    leftovers left = {.examples = ""};
    *out = (okrug_region_links){.self = OKRUG_SCRATCH_ZERO(ctx, regions, double)};
    if (out->self == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(collect(ctx, table, numbers, regions, region, out, &list, &count, &left));
    OKRUG_TRY(fill(ctx, list, count, regions, &out->links));
    return tell(ctx, table, &left, list, count, regions > 0 ? region[0] : "");
}
