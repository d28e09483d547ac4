/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares beside fixed effects, and how sure the estimates are.
 */
#include <math.h>
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/regression.h>

#include "effects.h"

static const double ABSORBED = 1e-9; /* of a column's length: what is left then is rounding */

typedef struct {
    const okrug_regression *of;
    okrug_regression_results *out;
    bool effects;
    double *x, *y;      /* beside the effects */
    double *residual;   /* n */
    double *inverse;    /* terms x terms */
    double *score;      /* terms: of one cluster, or one observation */
    double *meat;       /* terms x terms */
    double *by_cluster; /* clusters x terms */
} work;

static double square(int64_t n, const double *v) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, v[i] * v[i]);
    }
    return okrug_sum_value(&sum);
}

static okrug_status take(okrug_ctx *ctx, work *w) {
    const okrug_regression *of = w->of;
    int64_t n = of->n;
    int64_t k = of->terms;
    bool clustered = of->errors == OKRUG_ERRORS_CLUSTERED;
    w->effects = of->effect[0].number != NULL || of->effect[1].number != NULL;
    w->x = OKRUG_SCRATCH(ctx, n * k, double);
    w->y = OKRUG_SCRATCH(ctx, n, double);
    w->residual = OKRUG_SCRATCH(ctx, n, double);
    w->inverse = OKRUG_SCRATCH(ctx, k * k, double);
    w->score = OKRUG_SCRATCH(ctx, k, double);
    w->meat = OKRUG_SCRATCH_ZERO(ctx, k * k, double);
    w->by_cluster = OKRUG_SCRATCH_ZERO(ctx, clustered ? of->cluster.count * k : 0, double);
    if (w->x == NULL || w->y == NULL || w->residual == NULL || w->inverse == NULL || w->score == NULL ||
        w->meat == NULL || w->by_cluster == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(w->x, of->x, (size_t)(n * k) * sizeof *w->x);
    memcpy(w->y, of->y, (size_t)n * sizeof *w->y);
    for (int64_t j = 0; w->effects && j < k; j++) {
        double before = square(n, w->x + j * n);
        OKRUG_TRY(okrug_effects_remove(ctx, n, of->effect, w->x + j * n));
        if (sqrt(square(n, w->x + j * n)) <= ABSORBED * sqrt(before)) {
            w->out->dependent = j;
        }
    }
    return w->effects ? okrug_effects_remove(ctx, n, of->effect, w->y) : OKRUG_OK;
}

/* x is destroyed by the factors, so they get a copy. */
static okrug_status estimate(okrug_ctx *ctx, work *w) {
    int64_t n = w->of->n;
    int64_t k = w->of->terms;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, n * k, double);
    double *y = OKRUG_SCRATCH(ctx, n, double);
    if (x == NULL || y == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(x, w->x, (size_t)(n * k) * sizeof *x);
    memcpy(y, w->y, (size_t)n * sizeof *y);
    okrug_status status = okrug_qr_least_squares(ctx, n, k, x, y, w->out->estimate, w->inverse, &w->out->dependent);
    okrug_scratch_reset(ctx, mark);
    return status;
}

static void residuals(work *w) {
    int64_t n = w->of->n;
    for (int64_t i = 0; i < n; i++) {
        okrug_sum fit = {0};
        for (int64_t j = 0; j < w->of->terms; j++) {
            okrug_sum_add(&fit, w->x[j * n + i] * w->out->estimate[j]);
        }
        w->residual[i] = w->y[i] - okrug_sum_value(&fit);
        w->out->fitted[i] = w->of->y[i] - w->residual[i];
    }
    okrug_sum sum = {0};
    okrug_sum total = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, w->of->y[i]);
    }
    double mean = okrug_sum_value(&sum) / (double)n;
    for (int64_t i = 0; i < n; i++) {
        double d = w->of->y[i] - mean;
        okrug_sum_add(&total, d * d);
    }
    double left = square(n, w->residual);
    double whole = okrug_sum_value(&total);
    double beside = square(n, w->y);
    w->out->r_squared = whole > 0.0 ? 1.0 - left / whole : (double)NAN;
    w->out->within = w->effects && beside > 0.0 ? 1.0 - left / beside : (double)NAN;
}

/* ---- Errors ---- */

static void add_outer(const work *w, const double *score) {
    int64_t k = w->of->terms;
    for (int64_t a = 0; a < k; a++) {
        for (int64_t b = 0; b < k; b++) {
            w->meat[a * k + b] += score[a] * score[b];
        }
    }
}

static void gather(work *w) {
    const okrug_regression *of = w->of;
    int64_t k = of->terms;
    bool clustered = of->errors == OKRUG_ERRORS_CLUSTERED;
    for (int64_t i = 0; i < of->n; i++) {
        double *score = clustered ? w->by_cluster + of->cluster.number[i] * k : w->score;
        for (int64_t j = 0; j < k; j++) {
            double part = w->x[j * of->n + i] * w->residual[i];
            score[j] = clustered ? score[j] + part : part;
        }
        if (!clustered) {
            add_outer(w, score);
        }
    }
    for (int64_t g = 0; clustered && g < of->cluster.count; g++) {
        add_outer(w, w->by_cluster + g * k);
    }
}

/* Clusters that have observations. */
static okrug_status count_clusters(okrug_ctx *ctx, const okrug_regression *of, int64_t *count) {
    *count = 0;
    if (of->errors != OKRUG_ERRORS_CLUSTERED) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, of->cluster.count, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < of->n; i++) {
        *count += !seen[of->cluster.number[i]];
        seen[of->cluster.number[i]] = true;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static void errors(work *w) {
    const okrug_regression *of = w->of;
    okrug_regression_results *out = w->out;
    int64_t k = of->terms;
    double degrees = (double)out->degrees;
    double factor = (double)of->n / degrees;
    if (of->errors == OKRUG_ERRORS_CLUSTERED) {
        factor = (double)out->clusters / (double)(out->clusters - 1) * (double)(of->n - 1) / degrees;
    }
    bool enough = out->degrees > 0 && (of->errors != OKRUG_ERRORS_CLUSTERED || out->clusters > 1);
    double variance = square(of->n, w->residual) / degrees;
    if (of->errors != OKRUG_ERRORS_CLASSICAL) {
        gather(w);
    }
    for (int64_t j = 0; j < k; j++) {
        double spread = 0.0;
        for (int64_t a = 0; a < k; a++) {
            for (int64_t b = 0; b < k; b++) {
                spread += w->inverse[j * k + a] * w->meat[a * k + b] * w->inverse[b * k + j];
            }
        }
        spread = of->errors == OKRUG_ERRORS_CLASSICAL ? variance * w->inverse[j * k + j] : factor * spread;
        out->error[j] = enough ? sqrt(fmax(spread, 0.0)) : (double)NAN;
    }
}

okrug_status okrug_regression_fit(okrug_ctx *ctx, const okrug_regression *regression,
                                  okrug_regression_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w = {.of = regression, .out = results};
    results->dependent = -1;
    OKRUG_TRY(okrug_effects_count(ctx, regression->n, regression->effect, &results->absorbed));
    results->degrees = regression->n - regression->terms - results->absorbed;
    OKRUG_TRY(count_clusters(ctx, regression, &results->clusters));
    OKRUG_TRY(take(ctx, &w));
    if (results->dependent < 0) {
        OKRUG_TRY(estimate(ctx, &w));
    }
    if (results->dependent < 0) {
        residuals(&w);
        errors(&w);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
