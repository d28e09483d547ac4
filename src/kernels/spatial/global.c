/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moran's I, Geary's C and Getis and Ord's G with their moments.
 *
 * All three are a quadratic form of the values: Q = sum_i v_i (d_i v_i + s sum_j w_ij v_j), scaled. What the form is
 * and its scale do not change when the values are permuted, so permute.c takes them from here.
 */
#include <math.h>

#include "kernels/spatial/form.h"

static double weight(const okrug_csr *w, int64_t link) {
    return w->val == NULL ? 1.0 : w->val[link];
}

/* w_ij, or 0. */
static double weight_between(const okrug_csr *w, int64_t i, int32_t j) {
    int64_t low = w->ptr[i];
    int64_t high = w->ptr[i + 1];
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (w->col[middle] < j) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < w->ptr[i + 1] && w->col[low] == j ? weight(w, low) : 0.0;
}

static void margins(const okrug_csr *w, double *rows_and_columns) {
    for (int64_t i = 0; i < w->n; i++) {
        rows_and_columns[i] = 0.0;
    }
    for (int64_t i = 0; i < w->n; i++) {
        for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
            rows_and_columns[i] += weight(w, link);
            rows_and_columns[w->col[link]] += weight(w, link);
        }
    }
}

okrug_status okrug_weight_sums_of(okrug_ctx *ctx, const okrug_csr *w, okrug_weight_sums *sums) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *both = OKRUG_SCRATCH(ctx, w->n, double);
    if (both == NULL) {
        return OKRUG_NO_MEMORY;
    }
    margins(w, both);
    okrug_sum s0 = {0};
    okrug_sum s1 = {0};
    okrug_sum s2 = {0};
    *sums = (okrug_weight_sums){0};
    for (int64_t i = 0; i < w->n; i++) {
        sums->islands += w->ptr[i] == w->ptr[i + 1];
        for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
            double there = weight(w, link);
            okrug_sum_add(&s0, there);
            /* (w_ij + w_ji)^2 / 2 over all pairs is w_ij^2 + w_ij w_ji. */
            okrug_sum_add(&s1, there * (there + weight_between(w, w->col[link], (int32_t)i)));
        }
        okrug_sum_add(&s2, both[i] * both[i]);
    }
    sums->s0 = okrug_sum_value(&s0);
    sums->s1 = okrug_sum_value(&s1);
    sums->s2 = okrug_sum_value(&s2);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static double power_sum(int64_t n, const double *v, int power) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        double term = v[i];
        for (int p = 1; p < power; p++) {
            term *= v[i];
        }
        okrug_sum_add(&sum, term);
    }
    return okrug_sum_value(&sum);
}

bool okrug_spatial_scale(int64_t n, const double *x, double *scaled) {
    double largest = 0.0;
    bool varies = false;
    int exponent = 0;
    for (int64_t i = 0; i < n; i++) {
        varies = varies || x[i] != x[0];
        largest = fmax(largest, fabs(x[i]));
    }
    frexp(largest, &exponent);
    for (int64_t i = 0; i < n; i++) {
        scaled[i] = ldexp(x[i], -exponent);
    }
    return varies;
}

bool okrug_spatial_centre(int64_t n, const double *x, double *z, double *mean) {
    bool varies = okrug_spatial_scale(n, x, z);
    *mean = n == 0 ? 0.0 : okrug_sum_of(z, n, 1) / (double)n;
    for (int64_t i = 0; i < n; i++) {
        z[i] -= *mean;
    }
    return varies;
}

int okrug_weights_exponent(int64_t count, const double *val) {
    enum { PLAIN = 200 };
    double largest = 0.0;
    int exponent = 0;
    for (int64_t link = 0; val != NULL && link < count; link++) {
        largest = fmax(largest, val[link]);
    }
    frexp(largest, &exponent);
    return exponent >= -PLAIN && exponent <= PLAIN ? 0 : exponent;
}

static okrug_status scale_weights(okrug_ctx *ctx, const okrug_csr *w, okrug_quadratic *form) {
    int exponent = okrug_weights_exponent(w->nnz, w->val);
    form->w = *w;
    if (exponent == 0) {
        return OKRUG_OK;
    }
    double *val = OKRUG_SCRATCH(ctx, w->nnz, double);
    if (val == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t link = 0; link < w->nnz; link++) {
        val[link] = ldexp(w->val[link], -exponent);
    }
    form->w.val = val;
    form->exponent = exponent;
    return OKRUG_OK;
}

okrug_status okrug_spatial_form(okrug_ctx *ctx, okrug_global_statistic statistic, const okrug_csr *weights,
                                const double *x, okrug_quadratic *form) {
    int64_t n = weights->n;
    *form = (okrug_quadratic){.v = OKRUG_SCRATCH(ctx, n, double), .d = OKRUG_SCRATCH_ZERO(ctx, n, double)};
    if (form->v == NULL || form->d == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(scale_weights(ctx, weights, form));
    const okrug_csr *w = &form->w;
    double mean = 0.0;
    form->varies = okrug_spatial_centre(n, x, form->v, &mean);
    okrug_sum s0 = {0};
    for (int64_t link = 0; link < w->nnz; link++) {
        okrug_sum_add(&s0, weight(w, link));
    }
    double total = okrug_sum_value(&s0);
    double squares = power_sum(n, form->v, 2);
    form->s = 1.0;
    if (statistic == OKRUG_MORAN) {
        form->scale = (double)n / (total * squares);
    } else if (statistic == OKRUG_GEARY) {
        margins(w, form->d);
        form->s = -2.0;
        form->scale = (double)(n - 1) / (2.0 * total * squares);
    } else {
        okrug_spatial_scale(n, x, form->v);
        double sum = power_sum(n, form->v, 1);
        form->scale = 1.0 / (sum * sum - power_sum(n, form->v, 2));
    }
    form->varies = form->varies && total > 0.0 && isfinite(form->scale) && form->scale > 0.0;
    return OKRUG_OK;
}

/* Term by term, so that Geary's differences are not differences of large sums. */
static double observed(okrug_global_statistic statistic, const okrug_quadratic *form) {
    const okrug_csr *w = &form->w;
    okrug_sum sum = {0};
    for (int64_t i = 0; i < w->n; i++) {
        okrug_sum row = {0};
        for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
            double other = form->v[w->col[link]];
            double term = statistic == OKRUG_GEARY ? (form->v[i] - other) * (form->v[i] - other) : form->v[i] * other;
            okrug_sum_add(&row, weight(w, link) * term);
        }
        okrug_sum_add(&sum, okrug_sum_value(&row));
    }
    return form->scale * okrug_sum_value(&sum);
}

/* Rounding leaves a variance of this size, beside the square of the expectation, where there is none: each place is a
 * neighbour of all others alike. */
static const double NONE = 1e-13;

static double moran_variance(double n, const okrug_weight_sums *s, double k, bool normal) {
    double s02 = s->s0 * s->s0;
    double expectation = -1.0 / (n - 1.0);
    if (normal) {
        return (n * n * s->s1 - n * s->s2 + 3.0 * s02) / (s02 * (n * n - 1.0)) - expectation * expectation;
    }
    double by_spread = n * ((n * n - 3.0 * n + 3.0) * s->s1 - n * s->s2 + 3.0 * s02);
    double by_kurtosis = k * ((n * n - n) * s->s1 - 2.0 * n * s->s2 + 6.0 * s02);
    return (by_spread - by_kurtosis) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s02) - expectation * expectation;
}

static double geary_variance(double n, const okrug_weight_sums *s, double k, bool normal) {
    double s02 = s->s0 * s->s0;
    if (normal) {
        return ((2.0 * s->s1 + s->s2) * (n - 1.0) - 4.0 * s02) / (2.0 * (n + 1.0) * s02);
    }
    double first = (n - 1.0) * s->s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * k);
    double second = 0.25 * (n - 1.0) * s->s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * k);
    double third = s02 * (n * n - 3.0 - (n - 1.0) * (n - 1.0) * k);
    return (first - second + third) / (n * (n - 2.0) * (n - 3.0) * s02);
}

static double g_variance(int64_t count, const okrug_weight_sums *s, const double *x, double expectation) {
    double n = (double)count;
    double s02 = s->s0 * s->s0;
    double m1 = power_sum(count, x, 1);
    double m2 = power_sum(count, x, 2);
    double m3 = power_sum(count, x, 3);
    double m4 = power_sum(count, x, 4);
    double b0 = (n * n - 3.0 * n + 3.0) * s->s1 - n * s->s2 + 3.0 * s02;
    double b1 = -((n * n - n) * s->s1 - 2.0 * n * s->s2 + 6.0 * s02);
    double b2 = -(2.0 * n * s->s1 - (n + 3.0) * s->s2 + 6.0 * s02);
    double b3 = 4.0 * (n - 1.0) * s->s1 - 2.0 * (n + 1.0) * s->s2 + 8.0 * s02;
    double b4 = s->s1 - s->s2 + s02;
    double square = b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1;
    double others = m1 * m1 - m2;
    return square / (others * others * n * (n - 1.0) * (n - 2.0) * (n - 3.0)) - expectation * expectation;
}

okrug_status okrug_global(okrug_ctx *ctx, okrug_global_statistic statistic, okrug_assumption assumption,
                          const okrug_csr *w, const double *x, okrug_global_result *result) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_quadratic form;
    okrug_weight_sums sums;
    *result = (okrug_global_result){NAN, NAN, NAN, NAN};
    OKRUG_TRY(okrug_spatial_form(ctx, statistic, w, x, &form));
    OKRUG_TRY(okrug_weight_sums_of(ctx, &form.w, &sums));
    if (form.varies) {
        double n = (double)w->n;
        double squares = power_sum(w->n, form.v, 2);
        double k = n * power_sum(w->n, form.v, 4) / (squares * squares);
        bool normal = assumption == OKRUG_NORMALITY;
        result->value = observed(statistic, &form);
        if (statistic == OKRUG_MORAN) {
            result->expectation = -1.0 / (n - 1.0);
            result->variance = moran_variance(n, &sums, k, normal);
        } else if (statistic == OKRUG_GEARY) {
            result->expectation = 1.0;
            result->variance = geary_variance(n, &sums, k, normal);
        } else {
            result->expectation = sums.s0 / (n * (n - 1.0));
            result->variance = normal ? NAN : g_variance(w->n, &sums, form.v, result->expectation);
        }
        if (w->n < 4 || !isfinite(result->variance)) {
            result->variance = NAN;
        } else if (result->variance <= NONE * result->expectation * result->expectation) {
            result->variance = 0.0;
        } else {
            double away = result->value - result->expectation;
            result->z = (statistic == OKRUG_GEARY ? -away : away) / sqrt(result->variance);
        }
        if (statistic == OKRUG_GETIS_ORD_G) {
            result->value = okrug_scaled_back(result->value, form.exponent);
            result->expectation = okrug_scaled_back(result->expectation, form.exponent);
            result->variance = okrug_scaled_back(result->variance, 2 * form.exponent);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
