/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indicators made comparable, weighed and put together.
 */
#include <math.h>

#include <okrug/indicators.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

/* ---- Outliers --------------------------------------------------------------------------------------------------- */

static const double skewness_limit = 2.0;
static const double kurtosis_limit = 3.5;

/* Brings the values equal to the outermost on the side of `sign` to the next one; false where that alters too many. */
static bool bring_in(double *x, int64_t n, int64_t stride, double sign, int64_t most, bool *changed, int64_t *count) {
    double out = sign * x[0];
    for (int64_t i = 0; i < n; i++) {
        out = fmax(out, sign * x[i * stride]);
    }
    double next = -INFINITY;
    int64_t fresh = 0;
    for (int64_t i = 0; i < n; i++) {
        double value = sign * x[i * stride];
        next = value < out ? fmax(next, value) : next;
        fresh += value == out && !changed[i];
    }
    double least = INFINITY;
    for (int64_t i = 0; i < n; i++) {
        least = fmin(least, sign * x[i * stride]);
    }
    if (*count + fresh > most || next == least) { /* the second: nothing would be left that varies */
        return false;
    }
    for (int64_t i = 0; i < n; i++) {
        if (sign * x[i * stride] == out) {
            x[i * stride] = sign * next;
            changed[i] = true;
        }
    }
    *count += fresh;
    return true;
}

int64_t okrug_winsorise(double *x, int64_t n, int64_t stride, int64_t most, bool *changed) {
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        changed[i] = false;
    }
    for (;;) {
        okrug_moments shape = okrug_moments_of(x, n, stride);
        bool far = fabs(shape.skewness) > skewness_limit && shape.kurtosis > kurtosis_limit;
        if (!far || !bring_in(x, n, stride, shape.skewness > 0.0 ? 1.0 : -1.0, most, changed, &count)) {
            return count;
        }
    }
}

/* ---- Scales ----------------------------------------------------------------------------------------------------- */

okrug_status okrug_normalise(okrug_ctx *ctx, okrug_normalisation how, bool higher, const double *x, int64_t n,
                             int64_t stride, double *y) {
    if (how == OKRUG_RANKED) {
        OKRUG_TRY(okrug_ranks(ctx, x, n, stride, y));
    }
    okrug_moments shape = okrug_moments_of(x, n, stride);
    for (int64_t i = 0; i < n; i++) {
        double value = x[i * stride];
        double up = how == OKRUG_MINMAX ? (value - shape.least) / (shape.most - shape.least)
                    : how == OKRUG_Z    ? (value - shape.mean) / shape.deviation
                                        : y[i * stride] / (double)n;
        double down = how == OKRUG_MINMAX ? (shape.most - value) / (shape.most - shape.least)
                      : how == OKRUG_Z    ? -up
                                          : ((double)n + 1.0 - y[i * stride]) / (double)n;
        y[i * stride] = higher ? up : down;
    }
    return OKRUG_OK;
}

void okrug_lift(okrug_normalisation how, double floor, const double *y, int64_t count, double *lifted) {
    double least = INFINITY;
    for (int64_t i = 0; i < count; i++) {
        least = fmin(least, y[i]);
    }
    for (int64_t i = 0; i < count; i++) {
        lifted[i] = how == OKRUG_MINMAX ? floor + (1.0 - floor) * y[i] : how == OKRUG_Z ? (y[i] - least) + floor : y[i];
    }
}

/* ---- Weights ---------------------------------------------------------------------------------------------------- */

static void correlate(int64_t n, int64_t m, const double *x, double *z, double *correlation) {
    for (int64_t i = 0; i < m; i++) {
        okrug_moments shape = okrug_moments_of(x + i, n, m);
        for (int64_t r = 0; r < n; r++) {
            z[r * m + i] = (x[r * m + i] - shape.mean) / shape.deviation;
        }
    }
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j <= i; j++) {
            okrug_sum sum = {0};
            for (int64_t r = 0; r < n; r++) {
                okrug_sum_add(&sum, z[r * m + i] * z[r * m + j]);
            }
            correlation[i * m + j] = correlation[j * m + i] = i == j ? 1.0 : okrug_sum_value(&sum) / (double)n;
        }
    }
}

okrug_status okrug_principal_weights(okrug_ctx *ctx, int64_t n, int64_t m, const double *x, double *weight) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *z = OKRUG_SCRATCH(ctx, n * m, double);
    double *correlation = OKRUG_SCRATCH(ctx, m * m, double);
    double *value = OKRUG_SCRATCH(ctx, m, double);
    double *vector = OKRUG_SCRATCH(ctx, m * m, double);
    if (z == NULL || correlation == NULL || value == NULL || vector == NULL) {
        return OKRUG_NO_MEMORY;
    }
    correlate(n, m, x, z, correlation);
    OKRUG_TRY(okrug_symmetric_eigen_top(ctx, m, m, correlation, value, vector));
    for (int64_t i = 0; i < m; i++) {
        okrug_sum communality = {0};
        for (int64_t c = 0; c < m; c++) {
            /* The first is at least 1 but for rounding: the eigenvalues sum to m. */
            double kept = c == 0 || value[c] >= 1.0 - 1e-9 ? value[c] : 0.0;
            okrug_sum_add(&communality, kept * vector[c * m + i] * vector[c * m + i]);
        }
        weight[i] = okrug_sum_value(&communality);
    }
    double total = okrug_sum_of(weight, m, 1);
    for (int64_t i = 0; i < m; i++) {
        weight[i] /= total;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

void okrug_aggregate(int64_t n, int64_t m, const double *y, const double *weight, bool geometric, double *score) {
    for (int64_t r = 0; r < n; r++) {
        okrug_sum sum = {0};
        for (int64_t i = 0; i < m; i++) {
            okrug_sum_add(&sum, weight[i] * (geometric ? log(y[r * m + i]) : y[r * m + i]));
        }
        score[r] = geometric ? exp(okrug_sum_value(&sum)) : okrug_sum_value(&sum);
    }
}
