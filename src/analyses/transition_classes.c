/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and their spatial lags -> classes -> counts of moves between them.
 */
#include "analyses/transition_classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>
#include <okrug/numeric.h>
#include <okrug/transitions.h>

#include "analyses/region_links.h"

/* ---- Bounds ----------------------------------------------------------------------------------------------------- */

static okrug_status read_bounds(okrug_ctx *ctx, const okrug_texts *texts, double *bound) {
    for (int i = 0; i < texts->count; i++) {
        if (!okrug_number_read(texts->text[i], strlen(texts->text[i]), &bound[i])) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "bound", "value",
                              texts->text[i], "expected", "number", (char *)NULL);
        }
        if (i > 0 && !(bound[i] > bound[i - 1])) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "bounds-not-rising", NULL, "bound", texts->text[i], "before",
                              texts->text[i - 1], (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static int rising(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The quantiles of the cells from `from` to before `to`. `sorted` has room for them. */
static okrug_status quantiles(okrug_ctx *ctx, const char *file, const okrug_classed *of, int64_t from, int64_t to,
                              double *sorted, double *bound, bool *coincide) {
    int64_t n = 0;
    for (int64_t cell = from; cell < to; cell++) {
        if (of->reason[cell] == OKRUG_PRESENT) {
            sorted[n++] = of->value[cell];
        }
    }
    if (n < of->k) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "fewer-values-than-classes", &(okrug_place){.file = file}, "values",
                          okrug_text_integer(ctx, n), "classes", okrug_text_integer(ctx, of->k), (char *)NULL);
    }
    qsort(sorted, (size_t)n, sizeof *sorted, rising);
    okrug_quantile_bounds(n, sorted, of->k, bound);
    for (int64_t j = 1; j < of->k - 1; j++) {
        *coincide = *coincide || bound[j] == bound[j - 1];
    }
    *coincide = *coincide || bound[of->k - 2] == sorted[n - 1];
    return OKRUG_OK;
}

static void classify(int64_t from, int64_t to, const double *bound, okrug_classed *out) {
    for (int64_t cell = from; cell < to; cell++) {
        bool known = out->reason[cell] == OKRUG_PRESENT;
        out->class_of[cell] = known ? okrug_class_of(out->value[cell], out->k - 1, bound) : -1;
    }
}

/* Cuts out->value: by `bounds` where there are any, else into `classes` quantiles. */
static okrug_status cut(okrug_ctx *ctx, const char *file, const okrug_cube *cube, const okrug_texts *bounds,
                        int64_t classes, bool per_period, okrug_classed *out) {
    int64_t cells = cube->periods * cube->regions;
    bool given = bounds->count > 0;
    out->k = given ? bounds->count + 1 : classes;
    out->class_of = OKRUG_SCRATCH(ctx, cells, int64_t);
    double *bound = OKRUG_SCRATCH(ctx, out->k, double);
    double *sorted = OKRUG_SCRATCH(ctx, cells, double);
    if (out->class_of == NULL || bound == NULL || sorted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool coincide = false;
    if (given) {
        OKRUG_TRY(read_bounds(ctx, bounds, bound));
        classify(0, cells, bound, out);
    } else {
        int64_t step = per_period ? cube->regions : cells;
        for (int64_t from = 0; from < cells; from += step) {
            OKRUG_TRY(quantiles(ctx, file, out, from, from + step, sorted, bound, &coincide));
            classify(from, from + step, bound, out);
        }
    }
    if (coincide) {
        okrug_warn(ctx, "classes-coincide", &(okrug_place){.file = file}, "classes", okrug_text_integer(ctx, out->k),
                   (char *)NULL);
    }
    out->bound = given || !per_period ? bound : NULL;
    return OKRUG_OK;
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

/* Divides by the mean of the regions of each period that have a value. */
static okrug_status divide_by_means(okrug_ctx *ctx, const char *file, const okrug_cube *cube, double *value) {
    for (int64_t t = 0; t < cube->periods; t++) {
        okrug_sum sum = {0};
        int64_t n = 0;
        for (int64_t r = 0; r < cube->regions; r++) {
            okrug_sum_add(&sum, value[t * cube->regions + r]); /* 0 where missing */
            n += cube->reason[t * cube->regions + r] == OKRUG_PRESENT;
        }
        double mean = okrug_sum_value(&sum) / (double)n;
        if (n > 0 && !(mean > 0.0)) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "mean-not-positive", &(okrug_place){.file = file}, "period",
                              cube->period[t], (char *)NULL);
        }
        for (int64_t r = 0; n > 0 && r < cube->regions; r++) {
            value[t * cube->regions + r] /= mean;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_classes_of_values(okrug_ctx *ctx, const okrug_table *table, const okrug_cube *cube,
                                     const okrug_class_choices *choices, okrug_classed *out) {
    int64_t cells = cube->periods * cube->regions;
    *out = (okrug_classed){.value = OKRUG_SCRATCH(ctx, cells, double), .reason = cube->reason};
    if (out->value == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(out->value, cube->value, (size_t)cells * sizeof *out->value);
    if (choices->relative) {
        OKRUG_TRY(divide_by_means(ctx, table->file, cube, out->value));
    }
    return cut(ctx, table->file, cube, choices->bounds, choices->classes, choices->per_period, out);
}

/* ---- Lags ------------------------------------------------------------------------------------------------------- */

okrug_status okrug_classes_of_lags(okrug_ctx *ctx, const okrug_table *weights, const okrug_cube *cube,
                                   const okrug_classed *values, const okrug_class_choices *choices,
                                   okrug_classed *out) {
    static const okrug_texts none = {0};
    int64_t cells = cube->periods * cube->regions;
    okrug_region_links all;
    OKRUG_TRY(okrug_region_links_read(ctx, weights, cube->regions, cube->region, choices->links, &all));
    if (all.selves > 0) {
        okrug_warn(ctx, "self-links", &(okrug_place){.file = weights->file}, "count",
                   okrug_text_integer(ctx, all.selves), (char *)NULL);
    }
    *out =
        (okrug_classed){.value = OKRUG_SCRATCH_ZERO(ctx, cells, double), .reason = OKRUG_SCRATCH(ctx, cells, uint8_t)};
    if (out->value == NULL || out->reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        int64_t r = cell % cube->regions;
        okrug_sum sum = {0};
        okrug_sum weight = {0};
        for (int64_t l = all.links.ptr[r]; l < all.links.ptr[r + 1]; l++) {
            int64_t other = cell - r + all.links.col[l];
            if (values->reason[other] == OKRUG_PRESENT) {
                okrug_sum_add(&sum, all.links.val[l] * values->value[other]);
                okrug_sum_add(&weight, all.links.val[l]);
            }
        }
        bool any = okrug_sum_value(&weight) > 0.0;
        out->value[cell] = any ? okrug_sum_value(&sum) / okrug_sum_value(&weight) : 0.0;
        out->reason[cell] = any ? OKRUG_PRESENT : OKRUG_NO_NEIGHBOURS;
    }
    bool like = choices->lag_classes == 0;
    return cut(ctx, weights->file, cube, like ? choices->bounds : &none, like ? choices->classes : choices->lag_classes,
               choices->per_period, out);
}

/* ---- Moves ------------------------------------------------------------------------------------------------------ */

okrug_status okrug_moves_count(okrug_ctx *ctx, int64_t spans, okrug_moves *m) {
    int64_t k = m->value.k;
    int64_t n = m->cube.regions;
    int64_t steps = m->cube.periods - 1;
    m->span_count = spans < steps ? spans : steps;
    m->all = OKRUG_SCRATCH_ZERO(ctx, k * k, int64_t);
    m->given = OKRUG_SCRATCH_ZERO(ctx, m->lag.k * k * k, int64_t);
    m->spans = OKRUG_SCRATCH_ZERO(ctx, m->span_count * k * k, int64_t);
    if (m->all == NULL || m->given == NULL || m->spans == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < steps * n; cell++) {
        int64_t from = m->value.class_of[cell];
        int64_t to = m->value.class_of[cell + n];
        if (from < 0 || to < 0) {
            m->broken++;
            continue;
        }
        int64_t place = from * k + to;
        m->all[place]++;
        m->spans[(cell / n) * m->span_count / steps * k * k + place]++;
        if (m->lag.k > 0 && m->lag.class_of[cell] >= 0) {
            m->given[m->lag.class_of[cell] * k * k + place]++;
        } else {
            m->without_lag += m->lag.k > 0;
        }
    }
    return OKRUG_OK;
}
