/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows a, b, weight -> a sparse matrix.
 */
#include "analyses/region_links.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t from, to;
    double weight;
} link;

static int by_place(const void *a, const void *b) {
    const link *x = a, *y = b;
    int from = (x->from > y->from) - (x->from < y->from);
    return from != 0 ? from : (x->to > y->to) - (x->to < y->to);
}

/* For each word of the column the number of the region that it names; -1: none. */
static okrug_status number_regions(okrug_ctx *ctx, const okrug_words *words, int64_t regions, const char *const *region,
                                   int64_t **place) {
    *place = OKRUG_SCRATCH(ctx, okrug_words_count(words), int64_t);
    if (*place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(*place, -1, (size_t)okrug_words_count(words) * sizeof **place);
    for (int64_t r = 0; r < regions; r++) {
        int32_t word = okrug_words_find(words, region[r], strlen(region[r]));
        if (word >= 0) {
            (*place)[word] = r;
        }
    }
    return OKRUG_OK;
}

static okrug_status fill(okrug_ctx *ctx, link *links, int64_t count, int64_t regions, okrug_csr *out) {
    int64_t *ptr = OKRUG_SCRATCH_ZERO(ctx, regions + 1, int64_t);
    int32_t *col = OKRUG_SCRATCH(ctx, count, int32_t);
    double *val = OKRUG_SCRATCH(ctx, count, double);
    if (ptr == NULL || col == NULL || val == NULL) {
        return OKRUG_NO_MEMORY;
    }
    qsort(links, (size_t)count, sizeof *links, by_place);
    for (int64_t k = 0; k < count; k++) {
        ptr[links[k].from + 1]++;
        col[k] = (int32_t)links[k].to;
        val[k] = links[k].weight;
    }
    for (int64_t r = 0; r < regions; r++) {
        ptr[r + 1] += ptr[r];
    }
    *out = (okrug_csr){regions, count, ptr, col, val};
    return OKRUG_OK;
}

/* Links are sorted. */
static bool any_both_ways(const link *links, int64_t count) {
    for (int64_t k = 0; k < count; k++) {
        const link back = {links[k].to, links[k].from, 0.0};
        if (bsearch(&back, links, (size_t)count, sizeof *links, by_place) != NULL) {
            return true;
        }
    }
    return false;
}

okrug_status okrug_region_links_read(okrug_ctx *ctx, const okrug_table *table, int64_t regions,
                                     const char *const *region, okrug_csr *out) {
    const okrug_column *a = okrug_table_column(table, "a");
    const okrug_column *b = okrug_table_column(table, "b");
    const okrug_column *weight = okrug_table_column(table, "weight");
    int64_t *place_a = NULL;
    int64_t *place_b = NULL;
    OKRUG_TRY(number_regions(ctx, a->words, regions, region, &place_a));
    OKRUG_TRY(number_regions(ctx, b->words, regions, region, &place_b));
    link *links = OKRUG_SCRATCH(ctx, table->rows, link);
    if (links == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        int64_t from = place_a[a->word[r]];
        int64_t to = place_b[b->word[r]];
        bool given = weight == NULL || okrug_reason_at(weight, r) == OKRUG_PRESENT;
        double value = weight == NULL ? 1.0 : given ? weight->number[r] : 0.0;
        if (from >= 0 && to >= 0 && from != to && value > 0.0) {
            links[count++] = (link){from, to, value};
        }
    }
    OKRUG_TRY(fill(ctx, links, count, regions, out));
    if (count > 0 && !any_both_ways(links, count)) {
        okrug_warn(ctx, "links-one-way", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    return OKRUG_OK;
}
