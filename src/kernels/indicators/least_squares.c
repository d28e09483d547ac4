/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares with a constant, and the speed of convergence.
 */
#include <math.h>

#include <okrug/convergence.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

double okrug_convergence_speed(double slope, double years) {
    double left = 1.0 + slope * years;
    return left > 0.0 ? -log(left) / years : (double)NAN;
}

double okrug_convergence_half_life(double speed) {
    return speed > 0.0 ? log(2.0) / speed : (double)NAN;
}

typedef struct {
    double *z;             /* n x p: columns centred, of length 1 */
    double *mean, *length; /* p */
    double *inverse;       /* p x p, of z'z */
    double *gram;          /* p x p */
    double *right;         /* p: z'y, then the estimates on that scale */
    int32_t *pivot;
} design;

static okrug_status make_room(okrug_ctx *ctx, int64_t n, int64_t p, design *d) {
    *d = (design){OKRUG_SCRATCH(ctx, n * p, double), OKRUG_SCRATCH(ctx, p, double),     OKRUG_SCRATCH(ctx, p, double),
                  OKRUG_SCRATCH(ctx, p * p, double), OKRUG_SCRATCH(ctx, p * p, double), OKRUG_SCRATCH(ctx, p, double),
                  OKRUG_SCRATCH(ctx, p, int32_t)};
    bool all = d->z != NULL && d->mean != NULL && d->length != NULL && d->inverse != NULL && d->gram != NULL &&
               d->right != NULL && d->pivot != NULL;
    return all ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static double dot(int64_t n, const double *a, int64_t a_stride, const double *b, int64_t b_stride) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, a[i * a_stride] * b[i * b_stride]);
    }
    return okrug_sum_value(&sum);
}

static void scale(int64_t n, int64_t p, const double *x, design *d) {
    for (int64_t j = 0; j < p; j++) {
        d->mean[j] = okrug_sum_of(x + j, n, p) / (double)n;
        for (int64_t i = 0; i < n; i++) {
            d->z[i * p + j] = x[i * p + j] - d->mean[j];
        }
        d->length[j] = sqrt(dot(n, d->z + j, p, d->z + j, p));
        for (int64_t i = 0; i < n; i++) {
            d->z[i * p + j] /= d->length[j];
        }
    }
}

/* Both standard errors of what `weight` (n) makes of y: estimate = sum weight_i y_i. */
static void errors(int64_t n, const double *weight, const double *residual, double variance, double correction,
                   double *error, double *robust) {
    okrug_sum equal = {0};
    okrug_sum unequal = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&equal, weight[i] * weight[i]);
        okrug_sum_add(&unequal, weight[i] * weight[i] * residual[i] * residual[i]);
    }
    *error = sqrt(variance * okrug_sum_value(&equal));
    *robust = sqrt(correction * okrug_sum_value(&unequal));
}

static okrug_status solve(okrug_ctx *ctx, int64_t n, int64_t p, const double *x, const double *y,
                          okrug_least_squares_results *out) {
    design d;
    double *residual = OKRUG_SCRATCH(ctx, n, double);
    double *weight = OKRUG_SCRATCH(ctx, n, double);
    double *constant = OKRUG_SCRATCH(ctx, n, double);
    OKRUG_TRY(make_room(ctx, n, p, &d));
    if (residual == NULL || weight == NULL || constant == NULL) {
        return OKRUG_NO_MEMORY;
    }
    scale(n, p, x, &d);
    double y_mean = okrug_sum_of(y, n, 1) / (double)n;
    for (int64_t i = 0; i < n; i++) {
        residual[i] = y[i] - y_mean;
    }
    double total = dot(n, residual, 1, residual, 1);
    for (int64_t j = 0; j < p; j++) {
        d.right[j] = dot(n, d.z + j, p, residual, 1);
        for (int64_t k = 0; k < p; k++) {
            d.gram[j * p + k] = dot(n, d.z + j, p, d.z + k, p);
        }
    }
    OKRUG_TRY(okrug_lu_factor(ctx, p, d.gram, d.pivot));
    OKRUG_TRY(okrug_lu_solve(ctx, p, d.gram, d.pivot, 1, d.right));
    OKRUG_TRY(okrug_lu_inverse(ctx, p, d.gram, d.pivot, d.inverse));
    out->estimate[0] = y_mean;
    for (int64_t j = 0; j < p; j++) {
        out->estimate[j + 1] = d.right[j] / d.length[j];
        out->estimate[0] -= out->estimate[j + 1] * d.mean[j];
    }
    for (int64_t i = 0; i < n; i++) {
        double explained = dot(p, d.z + i * p, 1, d.right, 1);
        residual[i] -= explained;
        out->fitted[i] = y_mean + explained;
        constant[i] = 1.0 / (double)n;
    }
    double rest = dot(n, residual, 1, residual, 1);
    double correction = (double)n / (double)(n - p - 1);
    double variance = rest / (double)(n - p - 1);
    out->degrees = n - p - 1;
    out->r_squared = total > 0.0 ? 1.0 - rest / total : (double)NAN;
    for (int64_t j = 0; j < p; j++) {
        for (int64_t i = 0; i < n; i++) {
            weight[i] = dot(p, d.inverse + j * p, 1, d.z + i * p, 1) / d.length[j];
            constant[i] -= d.mean[j] * weight[i];
        }
        errors(n, weight, residual, variance, correction, &out->error[j + 1], &out->robust[j + 1]);
    }
    errors(n, constant, residual, variance, correction, &out->error[0], &out->robust[0]);
    return OKRUG_OK;
}

okrug_status okrug_least_squares(okrug_ctx *ctx, int64_t n, int64_t terms, const double *x, const double *y,
                                 okrug_least_squares_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = solve(ctx, n, terms, x, y, results);
    okrug_scratch_reset(ctx, mark);
    return status;
}
