/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Local Moran's I and Getis and Ord's G_i, with their moments.
 */
#include <math.h>

#include "kernels/spatial/form.h"

/* Sums over the links of one place; w_ij over 2^exponent, so that their squares have a number. */
typedef struct {
    double weights; /* sum w_ij */
    double squares; /* sum w_ij^2 */
    double values;  /* sum w_ij v_j */
    int exponent;
} link_sums;

/* With an ordinary weight on either side the other side's decides only if it is the larger. */
static int exponent_of(const okrug_csr *w, int64_t i, double self) {
    int exponent = w->val == NULL ? 0 : okrug_weights_exponent(w->ptr[i + 1] - w->ptr[i], w->val + w->ptr[i]);
    int of_self = self > 0.0 ? okrug_weights_exponent(1, &self) : exponent;
    return of_self > exponent ? of_self : exponent;
}

static link_sums sum_links(const okrug_csr *w, int64_t i, double self, const double *v) {
    int exponent = exponent_of(w, i, self);
    okrug_sum weights = {0};
    okrug_sum squares = {0};
    okrug_sum values = {0};
    for (int64_t link = w->ptr[i]; link < w->ptr[i + 1]; link++) {
        double weight = w->val == NULL ? 1.0 : w->val[link];
        weight = exponent == 0 ? weight : ldexp(weight, -exponent);
        okrug_sum_add(&weights, weight);
        okrug_sum_add(&squares, weight * weight);
        okrug_sum_add(&values, weight * v[w->col[link]]);
    }
    return (link_sums){okrug_sum_value(&weights), okrug_sum_value(&squares), okrug_sum_value(&values), exponent};
}

static void nothing(const okrug_local_results *results, int64_t i) {
    results->value[i] = NAN;
    results->expectation[i] = NAN;
    results->variance[i] = NAN;
    results->z[i] = NAN;
    results->lag[i] = NAN;
}

/* Puts the powers of two back that weights were divided by. */
static void scale_back(const okrug_local_results *results, int64_t i, int exponent) {
    if (exponent == 0) {
        return;
    }
    results->value[i] = okrug_scaled_back(results->value[i], exponent);
    results->expectation[i] = okrug_scaled_back(results->expectation[i], exponent);
    results->variance[i] = okrug_scaled_back(results->variance[i], 2 * exponent);
}

static void standardise(const okrug_local_results *results, int64_t i, double least) {
    double variance = results->variance[i];
    if (!isfinite(variance)) {
        results->variance[i] = NAN;
    }
    results->z[i] = variance > least ? (results->value[i] - results->expectation[i]) / sqrt(variance) : NAN;
}

static double sum_of_squares(int64_t n, const double *z) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, z[i] * z[i]);
    }
    return okrug_sum_value(&sum);
}

/* Rounding leaves a variance of this size where there is none: a place linked with all others alike. */
static const double none = 1e-13;

okrug_status okrug_local_moran(okrug_ctx *ctx, const okrug_csr *w, const double *x,
                               const okrug_local_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *z = OKRUG_SCRATCH(ctx, w->n, double);
    if (z == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double mean = 0.0;
    bool varies = okrug_spatial_centre(w->n, x, z, &mean);
    double n = (double)w->n;
    double m2 = sum_of_squares(w->n, z) / n;
    for (int64_t i = 0; i < w->n; i++) {
        nothing(results, i);
        if (!varies || w->ptr[i] == w->ptr[i + 1]) {
            continue;
        }
        link_sums s = sum_links(w, i, 0.0, z);
        double own = z[i] * z[i] / m2;
        results->lag[i] = s.values;
        results->value[i] = z[i] * s.values / m2;
        results->expectation[i] = -own * s.weights / (n - 1.0);
        double spread = own * n / (n - 2.0) * (n - 1.0 - own) / (n - 1.0);
        results->variance[i] = spread * (s.squares - s.weights * s.weights / (n - 1.0));
        standardise(results, i, none * spread * s.squares);
        scale_back(results, i, s.exponent);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* Over the others: their mean and spread, without i. */
static void g_of_others(const okrug_csr *w, int64_t i, const double *z, double mean, double squares,
                        const okrug_local_results *results) {
    double n = (double)w->n;
    link_sums s = sum_links(w, i, 0.0, z);
    double centre = -z[i] / (n - 1.0);
    double spread = (squares - z[i] * z[i]) / (n - 1.0) - centre * centre;
    double sum = n * mean - (mean + z[i]);
    double factor = spread / (n - 2.0);
    results->lag[i] = s.values - s.weights * centre;
    double variance = factor * ((n - 1.0) * s.squares - s.weights * s.weights);
    results->z[i] = variance > none * factor * n * s.squares ? results->lag[i] / sqrt(variance) : NAN;
    if (sum != 0.0) {
        results->value[i] = (s.values + s.weights * mean) / sum;
        results->expectation[i] = s.weights / (n - 1.0);
        results->variance[i] = variance / (sum * sum);
        scale_back(results, i, s.exponent);
    }
}

/* G*: i is its own neighbour too. */
static void g_with_self(const okrug_csr *w, int64_t i, double self, const double *z, double mean, double squares,
                        const okrug_local_results *results) {
    double n = (double)w->n;
    link_sums s = sum_links(w, i, self, z);
    self = ldexp(self, -s.exponent);
    double weights = s.weights + self;
    double links = s.squares + self * self;
    double factor = squares / n / (n - 1.0);
    double variance = factor * (n * links - weights * weights);
    results->lag[i] = s.values + self * z[i];
    results->z[i] = variance > none * factor * n * links ? results->lag[i] / sqrt(variance) : NAN;
    if (mean != 0.0) {
        results->value[i] = (results->lag[i] + weights * mean) / (n * mean);
        results->expectation[i] = weights / n;
        results->variance[i] = variance / (n * mean * n * mean);
        scale_back(results, i, s.exponent);
    }
}

okrug_status okrug_getis_ord_local(okrug_ctx *ctx, const okrug_csr *w, const double *self, const double *x,
                                   const okrug_local_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *z = OKRUG_SCRATCH(ctx, w->n, double);
    if (z == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double mean = 0.0;
    bool varies = okrug_spatial_centre(w->n, x, z, &mean);
    double squares = sum_of_squares(w->n, z);
    for (int64_t i = 0; i < w->n; i++) {
        nothing(results, i);
        if (!varies || w->ptr[i] == w->ptr[i + 1]) {
            continue;
        }
        if (self == NULL) {
            g_of_others(w, i, z, mean, squares, results);
        } else {
            g_with_self(w, i, self[i], z, mean, squares, results);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
