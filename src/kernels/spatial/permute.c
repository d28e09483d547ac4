/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Permutation of the values over all places, for the statistics of the whole map.
 *
 * Eight permutations lie side by side, v[place * 8 + lane], so that one look-up of a neighbour, which is what takes the
 * time, brings the values of all eight. The permutations are dealt to tiles whose number depends on n alone.
 */
#include <math.h>
#include <string.h>

#include "kernels/spatial/form.h"

enum { LANES = 8, TILES_LEAST = 4, TILES_MOST = 64, PLACES_IN_WORK = 1 << 20 };

typedef struct {
    const okrug_csr *w;
    const okrug_quadratic *form;
    int64_t permutations;
    int64_t tiles;
    uint64_t seed;
    double *lanes;    /* tiles x n x LANES */
    double *shuffled; /* tiles x LANES x n */
    double *drawn;    /* permutations: the statistic of each */
    const okrug_ctx *ctx;
} work;

static void shuffle(const work *k, int64_t permutation, double *shuffled) {
    int64_t n = k->w->n;
    okrug_draws draws = okrug_draws_begin(k->seed, OKRUG_DRAWS_GLOBAL, permutation);
    memcpy(shuffled, k->form->v, (size_t)n * sizeof *shuffled);
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = okrug_draws_next(&draws, i + 1);
        double held = shuffled[j];
        shuffled[j] = shuffled[i];
        shuffled[i] = held;
    }
}

static void side_by_side(int64_t n, const double *shuffled, double *lanes) {
    for (int64_t i = 0; i < n; i++) {
        for (int lane = 0; lane < LANES; lane++) {
            lanes[i * LANES + lane] = shuffled[lane * n + i];
        }
    }
}

static void evaluate(const work *k, const double *v, double value[LANES]) {
    const okrug_csr *w = k->w;
    double total[LANES] = {0};
    for (int64_t i = 0; i < w->n; i++) {
        double lag[LANES] = {0};
        for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
            const double *other = v + (int64_t)w->col[link] * LANES;
            double weight = w->val == NULL ? 1.0 : w->val[link];
            for (int lane = 0; lane < LANES; lane++) {
                lag[lane] += weight * other[lane];
            }
        }
        const double *own = v + i * LANES;
        for (int lane = 0; lane < LANES; lane++) {
            total[lane] += own[lane] * (k->form->d[i] * own[lane] + k->form->s * lag[lane]);
        }
    }
    for (int lane = 0; lane < LANES; lane++) {
        value[lane] = k->form->scale * total[lane];
    }
}

static okrug_status run_tile(void *user, int64_t tile) {
    const work *k = user;
    int64_t n = k->w->n;
    double *lanes = k->lanes + tile * n * LANES;
    double *shuffled = k->shuffled + tile * n * LANES;
    for (int64_t first = tile * LANES; first < k->permutations; first += k->tiles * LANES) {
        OKRUG_TRY(okrug_check_cancel(k->ctx));
        int held = k->permutations - first < LANES ? (int)(k->permutations - first) : LANES;
        for (int lane = 0; lane < held; lane++) {
            shuffle(k, first + lane, shuffled + lane * n);
        }
        double value[LANES];
        side_by_side(n, shuffled, lanes); /* unused lanes hold what was there before */
        evaluate(k, lanes, value);
        memcpy(k->drawn + first, value, (size_t)held * sizeof *value);
    }
    return OKRUG_OK;
}

/* As a permutation is evaluated, so that the unpermuted order comes out as the observed value. */
static double observed(const work *k) {
    double value = 0.0;
    for (int64_t i = 0; i < k->w->n; i++) {
        double lag = 0.0;
        for (int64_t link = k->w->ptr[i]; link < k->w->ptr[i + 1]; link++) {
            lag += (k->w->val == NULL ? 1.0 : k->w->val[link]) * k->form->v[k->w->col[link]];
        }
        value += k->form->v[i] * (k->form->d[i] * k->form->v[i] + k->form->s * lag);
    }
    return k->form->scale * value;
}

/* The size of the terms in the sum: what rounding is measured by. */
static double scale_of_terms(const work *k) {
    double largest = 0.0;
    double value = 0.0;
    for (int64_t i = 0; i < k->w->n; i++) {
        double size = fabs(k->form->v[i]);
        largest = size > largest ? size : largest;
    }
    for (int64_t i = 0; i < k->w->n; i++) {
        double row = k->form->d[i] * largest;
        for (int64_t link = k->w->ptr[i]; link < k->w->ptr[i + 1]; link++) {
            row += fabs(k->form->s) * (k->w->val == NULL ? 1.0 : k->w->val[link]) * largest;
        }
        value += fabs(k->form->v[i]) * row;
    }
    return k->form->scale * value;
}

static void count(const work *k, bool small_is_like, okrug_permuted *permuted) {
    double there = observed(k);
    double same = 1e-12 * scale_of_terms(k);
    okrug_sum sum = {0};
    for (int64_t p = 0; p < k->permutations; p++) {
        double above = k->drawn[p] - there;
        bool greater = above >= -same;
        bool less = above <= same;
        permuted->at_least += small_is_like ? less : greater;
        permuted->at_most += small_is_like ? greater : less;
        okrug_sum_add(&sum, k->drawn[p]);
    }
    permuted->mean = okrug_sum_value(&sum) / (double)k->permutations;
    okrug_sum squares = {0};
    for (int64_t p = 0; p < k->permutations; p++) {
        double away = k->drawn[p] - permuted->mean;
        okrug_sum_add(&squares, away * away);
    }
    permuted->variance = k->permutations > 1 ? okrug_sum_value(&squares) / (double)(k->permutations - 1) : NAN;
}

okrug_status okrug_global_permute(okrug_ctx *ctx, okrug_global_statistic statistic, const okrug_csr *w, const double *x,
                                  int64_t permutations, uint64_t seed, okrug_permuted *permuted) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_quadratic form;
    *permuted = (okrug_permuted){.mean = NAN, .variance = NAN};
    OKRUG_TRY(okrug_spatial_form(ctx, statistic, w, x, &form));
    if (form.varies && permutations > 0) {
        int64_t tiles = PLACES_IN_WORK / w->n;
        tiles = tiles > TILES_MOST ? TILES_MOST : tiles < TILES_LEAST ? TILES_LEAST : tiles;
        int64_t blocks = (permutations + LANES - 1) / LANES;
        tiles = tiles < blocks ? tiles : blocks;
        work k = {.w = &form.w, .form = &form, .permutations = permutations, .tiles = tiles, .seed = seed, .ctx = ctx};
        k.lanes = OKRUG_SCRATCH(ctx, tiles * w->n * LANES, double);
        k.shuffled = OKRUG_SCRATCH_ZERO(ctx, tiles * w->n * LANES, double);
        k.drawn = OKRUG_SCRATCH(ctx, permutations, double);
        if (k.lanes == NULL || k.shuffled == NULL || k.drawn == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_parallel(ctx, tiles, run_tile, &k));
        count(&k, statistic == OKRUG_GEARY, permuted);
        if (statistic == OKRUG_GETIS_ORD_G) {
            permuted->mean = okrug_scaled_back(permuted->mean, form.exponent);
            permuted->variance = okrug_scaled_back(permuted->variance, 2 * form.exponent);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
