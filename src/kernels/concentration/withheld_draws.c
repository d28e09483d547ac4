/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ways to fill withheld cells, drawn under a stated prior, and ranges over them.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/numeric.h>
#include <okrug/withheld.h>

/* Names these draws among all random numbers of the program: analyses that fill the same cells with the same seed fill
 * them alike. */
enum { FILLING = 0x66696c6c };

typedef struct {
    const okrug_withheld *withheld;
    const okrug_withheld_cells *cells;
    const okrug_withheld_prior *prior;
    double *x;
} filling;

/* An exponential number with mean 1. */
static double exponential(uint64_t seed, uint64_t unit, int64_t draw) {
    double u[2];
    okrug_random_uniform((okrug_random_key){.seed = seed, .unit = unit, .analysis = FILLING, .draw = (uint32_t)draw},
                         u);
    return -log1p(-u[0]);
}

static void fill_once(const filling *f, int64_t r, int64_t d) {
    const okrug_withheld_cells *cells = f->cells;
    const okrug_withheld_prior *prior = f->prior;
    int64_t from = cells->start[r];
    int64_t to = cells->start[r + 1];
    okrug_sum sum = {0};
    for (int64_t k = from; k < to; k++) {
        double weight = prior->weight == NULL ? 1.0 : prior->weight[cells->cell[k] % f->withheld->industries];
        double *x = &f->x[k * prior->draws + d];
        *x = weight * exponential(prior->seed, prior->unit[k], d);
        okrug_sum_add(&sum, *x);
    }
    if (!f->withheld->whole) {
        okrug_sum_add(&sum, prior->rest_weight * exponential(prior->seed, prior->rest_unit[r], d));
    }
    double all = okrug_sum_value(&sum);
    for (int64_t k = from; k < to; k++) {
        double *x = &f->x[k * prior->draws + d];
        double floor = cells->most[k] - cells->left[r];
        double part = all > 0.0 ? *x / all : 1.0 / (double)(to - from); /* all numbers drawn were 0 */
        /* Rounding must not carry it over the bounds. */
        *x = fmin(fmax(floor + cells->left[r] * part, cells->least[k]), cells->most[k]);
    }
}

static okrug_status fill_region(void *user, int64_t r) {
    const filling *f = user;
    for (int64_t d = 0; d < f->prior->draws; d++) {
        fill_once(f, r, d);
    }
    return OKRUG_OK;
}

okrug_status okrug_withheld_draws(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                  const okrug_withheld_prior *prior, double *x) {
    filling f = {.withheld = withheld, .cells = cells, .prior = prior, .x = x};
    return okrug_parallel(ctx, withheld->regions, fill_region, &f);
}

typedef struct {
    const okrug_withheld *withheld;
    const okrug_withheld_cells *cells;
    int64_t draws;
    const double *x;
    double *total;
    int64_t *order; /* of the withheld cells: by industry, regions in their order */
    int64_t *start; /* industries + 1 */
} summing;

static okrug_status sum_industry(void *user, int64_t i) {
    const summing *s = user;
    double known = okrug_sum_of(s->withheld->value + i, s->withheld->regions, s->withheld->industries);
    for (int64_t d = 0; d < s->draws; d++) {
        okrug_sum sum = {0};
        okrug_sum_add(&sum, known);
        for (int64_t k = s->start[i]; k < s->start[i + 1]; k++) {
            okrug_sum_add(&sum, s->x[s->order[k] * s->draws + d]);
        }
        s->total[i * s->draws + d] = okrug_sum_value(&sum);
    }
    return OKRUG_OK;
}

okrug_status okrug_withheld_totals(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                   int64_t draws, const double *x, double *total) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t n = withheld->industries;
    summing s = {withheld,
                 cells,
                 draws,
                 x,
                 total,
                 OKRUG_SCRATCH(ctx, cells->count + 1, int64_t),
                 OKRUG_SCRATCH_ZERO(ctx, n + 2, int64_t)};
    okrug_status status = s.order == NULL || s.start == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        for (int64_t k = 0; k < cells->count; k++) {
            s.start[cells->cell[k] % n + 2]++;
        }
        for (int64_t i = 0; i < n; i++) {
            s.start[i + 2] += s.start[i + 1];
        }
        /* Where the next cell of industry i goes is start[i + 1]; when all are placed, that is where it ends. */
        for (int64_t k = 0; k < cells->count; k++) {
            s.order[s.start[cells->cell[k] % n + 1]++] = k;
        }
        status = okrug_parallel(ctx, n, sum_industry, &s);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(int64_t n, const double *sorted, double p) {
    double place = p * (double)(n - 1);
    int64_t below = (int64_t)place;
    if (below + 1 >= n || sorted[below] == sorted[below + 1]) {
        return sorted[below];
    }
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

void okrug_sensitivity_range(int64_t n, double *x, double *lo, double *hi) {
    *lo = *hi = (double)NAN;
    for (int64_t i = 0; i < n; i++) {
        if (isnan(x[i])) {
            return;
        }
    }
    qsort(x, (size_t)n, sizeof *x, ascending);
    *lo = percentile(n, x, .05);
    *hi = percentile(n, x, .95);
}
