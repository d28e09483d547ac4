/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditional permutation: how often random neighbours would have given as much as the real ones.
 *
 * A draw is a random order of places, cut after the most links that any place has, plus one. A place i takes the first
 * of them that are not i: given that i is passed over, those are a random sample of the others. So the values in a
 * draw are fetched once for all places. Where the weights of a row are equal, only the sum of the first k values
 * matters: it is one running sum, sorted once for each k, and the place looks itself up in it. With unequal weights a
 * place runs through the draws in the order of memory, a few hundred at a time, so that the places of a tile find them
 * in the nearest memory. The few draws in which i itself stands among the first k are then put right one by one.
 *
 * Draws are taken in blocks, to bound memory; counts add up in any order.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/spatial/form.h"
#include "kernels/spatial/weighted.h"

enum { DRAWS_A_TILE = 64, PLACES_A_TILE = 128, NUMBERS_A_BLOCK = 1 << 20, BLOCK_LEAST = 256, TILES_MOST = 16 };
enum { RUN_NUMBERS = 3072, RUN_LEAST = 64 }; /* values that places with unequal weights go through at a time: 24 kB */

typedef struct {
    const okrug_ctx *ctx;
    const okrug_csr *w;
    const double *z;
    double largest; /* of |z| */
    uint64_t seed;
    int64_t first;    /* the first draw of the block */
    int64_t draws;    /* in the block */
    int64_t stride;   /* room for draws: row j of the tables below begins at j * stride */
    int64_t places;   /* in a draw: the most links + 1 */
    int64_t tiles;    /* that draw */
    int32_t *order;   /* tiles x n: 0 .. n-1, always put back */
    int32_t *drawn;   /* draws x places */
    double *value;    /* places x stride: z of the drawn */
    double *running;  /* (places + 1) x stride: row k is the sum of the first k */
    double *sorted;   /* the same, rows that are needed sorted */
    bool *needed;     /* places + 1 */
    int64_t *met;     /* n + 1: where in `meeting` those of each place begin */
    int64_t *meeting; /* draw * places + position, by place */
    bool *equal;      /* n: the weights of the row are equal */
    int64_t *at_least, *at_most;
} work;

static double weight(const okrug_csr *w, int64_t link) {
    return w->val == NULL ? 1.0 : w->val[link];
}

/* ---- Drawing ---- */

/* The first places of a random order (Fisher and Yates). Then `order` is put back: a number beyond those places is
 * moved only by being drawn, so what was drawn says which were. */
static void draw(const work *k, int64_t d, int32_t *order) {
    int32_t *drawn = k->drawn + d * k->places;
    int64_t n = k->w->n;
    okrug_draws draws = okrug_draws_begin(k->seed, OKRUG_DRAWS_LOCAL, k->first + d);
    for (int64_t j = 0; j < k->places; j++) {
        int64_t at = j + okrug_draws_next(&draws, n - j);
        int32_t held = order[at];
        order[at] = order[j];
        order[j] = held;
        drawn[j] = held;
        k->value[j * k->stride + d] = k->z[held];
    }
    for (int64_t j = 0; j < k->places; j++) {
        order[drawn[j]] = drawn[j];
        order[j] = (int32_t)j;
    }
}

static okrug_status draw_tile(void *user, int64_t tile) {
    const work *k = user;
    int32_t *order = k->order + tile * k->w->n;
    for (int64_t from = tile * DRAWS_A_TILE; from < k->draws; from += k->tiles * DRAWS_A_TILE) {
        int64_t to = from + DRAWS_A_TILE < k->draws ? from + DRAWS_A_TILE : k->draws;
        for (int64_t d = from; d < to; d++) {
            draw(k, d, order);
        }
    }
    return OKRUG_OK;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static okrug_status sort_tile(void *user, int64_t tile) {
    const work *k = user;
    if (k->needed[tile]) {
        double *row = k->sorted + tile * k->stride;
        memcpy(row, k->running + tile * k->stride, (size_t)k->draws * sizeof *row);
        qsort(row, (size_t)k->draws, sizeof *row, ascending);
    }
    return OKRUG_OK;
}

static void run_sums(const work *k) {
    for (int64_t d = 0; d < k->draws; d++) {
        k->running[d] = 0.0;
    }
    for (int64_t j = 0; j < k->places; j++) {
        const double *value = k->value + j * k->stride;
        const double *before = k->running + j * k->stride;
        double *after = k->running + (j + 1) * k->stride;
        for (int64_t d = 0; d < k->draws; d++) {
            after[d] = before[d] + value[d];
        }
    }
}

/* Which draws name a place, and where in them. */
static void list_meetings(const work *k) {
    int64_t n = k->w->n;
    int64_t count = k->draws * k->places;
    memset(k->met, 0, (size_t)(n + 1) * sizeof *k->met);
    for (int64_t c = 0; c < count; c++) {
        k->met[k->drawn[c] + 1]++;
    }
    for (int64_t i = 0; i < n; i++) {
        k->met[i + 1] += k->met[i];
    }
    for (int64_t c = 0; c < count; c++) {
        k->meeting[k->met[k->drawn[c]]++] = c;
    }
    for (int64_t i = n; i > 0; i--) {
        k->met[i] = k->met[i - 1];
    }
    k->met[0] = 0;
}

/* ---- Counting ---- */

/* How many of the sorted numbers are below, or with `equal` at most, the bound. */
static int64_t count_below(const double *sorted, int64_t count, double bound, bool equal) {
    int64_t low = 0;
    int64_t high = count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (sorted[middle] < bound || (equal && sorted[middle] == bound)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void tally_one(okrug_tally *t, double sum, int sign) {
    t->at_least += sum >= t->low ? sign : 0;
    t->at_most += sum <= t->high ? sign : 0;
}

static void count_equal(const work *k, int64_t i, okrug_tally *t) {
    int64_t links = k->w->ptr[i + 1] - k->w->ptr[i];
    const double *sorted = k->sorted + links * k->stride;
    const double *sum = k->running + links * k->stride;
    const double *one_more = sum + k->stride;
    t->at_least = k->draws - count_below(sorted, k->draws, t->low, false);
    t->at_most = count_below(sorted, k->draws, t->high, true);
    for (int64_t m = k->met[i]; m < k->met[i + 1]; m++) {
        if (k->meeting[m] % k->places < links) {
            int64_t d = k->meeting[m] / k->places;
            tally_one(t, sum[d], -1);
            tally_one(t, one_more[d] - k->z[i], 1);
        }
    }
}

/* The weighted sum of one draw without its place at `passed`; passed >= links: all of the first count. */
static double weighted(const work *k, int64_t i, int64_t d, int64_t passed) {
    double sum = 0.0;
    int64_t links = k->w->ptr[i + 1] - k->w->ptr[i];
    for (int64_t j = 0; j < links; j++) {
        int64_t from = j < passed ? j : j + 1;
        sum += weight(k->w, k->w->ptr[i] + j) * k->value[from * k->stride + d];
    }
    return sum;
}

/* Places from `begin` to `end`, those with unequal weights. */
static void count_unequal(const work *k, int64_t begin, int64_t end, okrug_tally *t) {
    const okrug_csr *w = k->w;
    int64_t run = RUN_NUMBERS / k->places;
    run = run < RUN_LEAST ? RUN_LEAST : run;
    for (int64_t from = 0; from < k->draws; from += run) {
        int64_t held = k->draws - from < run ? k->draws - from : run;
        for (int64_t i = begin; i < end; i++) {
            if (!k->equal[i]) {
                okrug_tally_weighted(&t[i - begin], w->ptr[i + 1] - w->ptr[i], w->val + w->ptr[i], k->value + from,
                                     k->stride, held);
            }
        }
    }
}

static void put_unequal_right(const work *k, int64_t i, okrug_tally *t) {
    int64_t links = k->w->ptr[i + 1] - k->w->ptr[i];
    for (int64_t m = k->met[i]; m < k->met[i + 1]; m++) {
        int64_t position = k->meeting[m] % k->places;
        if (position < links) {
            int64_t d = k->meeting[m] / k->places;
            tally_one(t, weighted(k, i, d, links), -1);
            tally_one(t, weighted(k, i, d, position), 1);
        }
    }
}

/* What was observed, give or take rounding. */
static okrug_tally observed(const work *k, int64_t i) {
    const okrug_csr *w = k->w;
    double sum = 0.0;
    double size = 0.0;
    for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
        double there = k->equal[i] ? 1.0 : weight(w, link);
        sum += there * k->z[w->col[link]];
        size += there;
    }
    double same = 1e-12 * size * k->largest;
    return (okrug_tally){.low = sum - same, .high = sum + same};
}

static okrug_status count_tile(void *user, int64_t tile) {
    const work *k = user;
    okrug_tally tally[PLACES_A_TILE];
    int64_t begin = tile * PLACES_A_TILE;
    int64_t end = begin + PLACES_A_TILE < k->w->n ? begin + PLACES_A_TILE : k->w->n;
    OKRUG_TRY(okrug_check_cancel(k->ctx));
    for (int64_t i = begin; i < end; i++) {
        tally[i - begin] = observed(k, i);
    }
    count_unequal(k, begin, end, tally);
    for (int64_t i = begin; i < end; i++) {
        if (k->w->ptr[i + 1] == k->w->ptr[i]) {
            continue; /* an island */
        }
        if (k->equal[i]) {
            count_equal(k, i, &tally[i - begin]);
        } else {
            put_unequal_right(k, i, &tally[i - begin]);
        }
        k->at_least[i] += tally[i - begin].at_least;
        k->at_most[i] += tally[i - begin].at_most;
    }
    return OKRUG_OK;
}

/* ---- All of it ---- */

/* Draws are compared within a row, where a power of two makes no difference: rows of weights so large or small that
 * sums of them have no number are brought near 1. */
static okrug_status scale_rows(okrug_ctx *ctx, const okrug_csr *w, okrug_csr *scaled) {
    *scaled = *w;
    double *val = NULL;
    for (int64_t i = 0; w->val != NULL && i < w->n; i++) {
        int exponent = okrug_weights_exponent(w->ptr[i + 1] - w->ptr[i], w->val + w->ptr[i]);
        if (exponent != 0 && val == NULL) {
            val = OKRUG_SCRATCH(ctx, w->nnz, double);
            if (val == NULL) {
                return OKRUG_NO_MEMORY;
            }
            memcpy(val, w->val, (size_t)w->nnz * sizeof *val);
            scaled->val = val;
        }
        for (int64_t link = w->ptr[i]; exponent != 0 && link < w->ptr[i + 1]; link++) {
            val[link] = ldexp(w->val[link], -exponent);
        }
    }
    return OKRUG_OK;
}

static okrug_status prepare(okrug_ctx *ctx, work *k, int64_t permutations, double *z) {
    const okrug_csr *w = k->w;
    int64_t most = 0;
    for (int64_t i = 0; i < w->n; i++) {
        int64_t links = w->ptr[i + 1] - w->ptr[i];
        most = links > most ? links : most;
        k->largest = fabs(z[i]) > k->largest ? fabs(z[i]) : k->largest;
    }
    k->places = most + 1;
    k->stride = NUMBERS_A_BLOCK / k->places;
    k->stride = k->stride < BLOCK_LEAST ? BLOCK_LEAST : k->stride;
    k->stride = k->stride < permutations ? k->stride : permutations;
    k->tiles = (k->stride + DRAWS_A_TILE - 1) / DRAWS_A_TILE;
    k->tiles = k->tiles < TILES_MOST ? k->tiles : TILES_MOST;
    k->order = OKRUG_SCRATCH(ctx, k->tiles * w->n, int32_t);
    k->drawn = OKRUG_SCRATCH(ctx, k->stride * k->places, int32_t);
    k->value = OKRUG_SCRATCH(ctx, k->stride * k->places, double);
    k->running = OKRUG_SCRATCH(ctx, k->stride * (k->places + 1), double);
    k->sorted = OKRUG_SCRATCH(ctx, k->stride * (k->places + 1), double);
    k->needed = OKRUG_SCRATCH_ZERO(ctx, k->places + 1, bool);
    k->met = OKRUG_SCRATCH(ctx, w->n + 1, int64_t);
    k->meeting = OKRUG_SCRATCH(ctx, k->stride * k->places, int64_t);
    k->equal = OKRUG_SCRATCH(ctx, w->n, bool);
    if (k->order == NULL || k->drawn == NULL || k->value == NULL || k->running == NULL || k->sorted == NULL ||
        k->needed == NULL || k->met == NULL || k->meeting == NULL || k->equal == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < k->tiles * w->n; i++) {
        k->order[i] = (int32_t)(i % w->n);
    }
    for (int64_t i = 0; i < w->n; i++) {
        k->equal[i] = true;
        for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
            k->equal[i] = k->equal[i] && weight(w, link) == weight(w, w->ptr[i]);
        }
        bool island = w->ptr[i] == w->ptr[i + 1];
        k->needed[w->ptr[i + 1] - w->ptr[i]] |= k->equal[i] && !island;
        k->at_least[i] = island ? -1 : 0;
        k->at_most[i] = island ? -1 : 0;
    }
    return OKRUG_OK;
}

okrug_status okrug_local_permute(okrug_ctx *ctx, const okrug_csr *w, const double *x, int64_t permutations,
                                 uint64_t seed, int64_t *at_least, int64_t *at_most) {
    if (w->n == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_csr scaled;
    double *z = OKRUG_SCRATCH(ctx, w->n, double);
    work k = {.ctx = ctx, .w = &scaled, .z = z, .seed = seed, .at_least = at_least, .at_most = at_most};
    if (z == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double mean = 0.0;
    okrug_spatial_centre(w->n, x, z, &mean);
    OKRUG_TRY(scale_rows(ctx, w, &scaled));
    OKRUG_TRY(prepare(ctx, &k, permutations, z));
    for (; k.first < permutations; k.first += k.draws) {
        k.draws = permutations - k.first < k.stride ? permutations - k.first : k.stride;
        OKRUG_TRY(okrug_parallel(ctx, k.tiles, draw_tile, &k));
        run_sums(&k);
        OKRUG_TRY(okrug_parallel(ctx, k.places + 1, sort_tile, &k));
        list_meetings(&k);
        OKRUG_TRY(okrug_parallel(ctx, (w->n + PLACES_A_TILE - 1) / PLACES_A_TILE, count_tile, &k));
        okrug_progress(ctx, "task.permuting", (double)(k.first + k.draws), (double)permutations);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
