/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares by QR with pivoting.
 */
#include <math.h>

#include <okrug/linalg.h>

#include "blas.h"

static const double DEPENDENT = 1e-9;

typedef struct {
    const okrug_blas *blas;
    int n, k;
    double *x, *y;
    double *length; /* k: of the columns */
    int32_t *order; /* k: from 1 */
    double *tau, *work;
    int work_size;
} factors;

static void scale(const factors *f) {
    for (int64_t j = 0; j < f->k; j++) {
        double largest = 0.0;
        double sum = 0.0;
        for (int64_t i = 0; i < f->n; i++) {
            largest = fmax(largest, fabs(f->x[j * f->n + i]));
        }
        for (int64_t i = 0; largest > 0.0 && i < f->n; i++) {
            double part = f->x[j * f->n + i] / largest;
            sum += part * part;
        }
        f->length[j] = largest * sqrt(sum);
        for (int64_t i = 0; f->length[j] > 0.0 && i < f->n; i++) {
            f->x[j * f->n + i] /= f->length[j];
        }
    }
}

/* Q'y into y, R into the upper triangle of x. */
static okrug_status factor(const factors *f) {
    int info = 0;
    int one = 1;
    f->blas->dgeqp3_(&f->n, &f->k, f->x, &f->n, f->order, f->tau, f->work, &f->work_size, &info);
    if (info != 0) {
        return OKRUG_DEFECT;
    }
    f->blas->dormqr_("L", "T", &f->n, &one, &f->k, f->x, &f->n, f->tau, f->y, &f->n, f->work, &f->work_size, &info, 1,
                     1);
    return info == 0 ? OKRUG_OK : OKRUG_DEFECT;
}

static double r_at(const factors *f, int64_t i, int64_t j) {
    return f->x[j * f->n + i];
}

/* Replaces v (k) by R^-1 v. */
static void solve_upper(const factors *f, double *v) {
    for (int64_t i = f->k - 1; i >= 0; i--) {
        for (int64_t j = i + 1; j < f->k; j++) {
            v[i] -= r_at(f, i, j) * v[j];
        }
        v[i] /= r_at(f, i, i);
    }
}

/* (X'X)^-1 = R^-1 R^-T, its rows and columns put back in order and to scale. root: k x k, the columns of R^-1. */
static void invert(const factors *f, double *root, double *inverse) {
    int64_t k = f->k;
    for (int64_t j = 0; j < k; j++) {
        for (int64_t i = 0; i < k; i++) {
            root[j * k + i] = i == j ? 1.0 : 0.0;
        }
        solve_upper(f, root + j * k);
    }
    for (int64_t a = 0; a < k; a++) {
        for (int64_t b = 0; b <= a; b++) {
            double sum = 0.0;
            for (int64_t j = a; j < k; j++) {
                sum += root[j * k + a] * root[j * k + b];
            }
            int64_t p = f->order[a] - 1;
            int64_t q = f->order[b] - 1;
            inverse[p * k + q] = inverse[q * k + p] = sum / (f->length[p] * f->length[q]);
        }
    }
}

static okrug_status solve(const factors *f, double *root, double *b, double *inverse, int64_t *dependent) {
    scale(f);
    OKRUG_TRY(factor(f));
    for (int64_t j = 0; j < f->k; j++) {
        if (!(fabs(r_at(f, j, j)) > DEPENDENT)) {
            *dependent = f->order[j] - 1;
            return OKRUG_OK;
        }
    }
    solve_upper(f, f->y);
    for (int64_t j = 0; j < f->k; j++) {
        b[f->order[j] - 1] = f->y[j] / f->length[f->order[j] - 1] + 0.0; /* no -0 */
    }
    invert(f, root, inverse);
    return OKRUG_OK;
}

okrug_status okrug_qr_least_squares(okrug_ctx *ctx, int64_t n, int64_t k, double *x, double *y, double *b,
                                    double *inverse, int64_t *dependent) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    okrug_mark mark = okrug_scratch_mark(ctx);
    factors f = {.blas = blas, .n = (int)n, .k = (int)k, .x = x, .y = y, .work_size = (int)(64 * (k + 1) + 64 * 65)};
    f.length = OKRUG_SCRATCH(ctx, k, double);
    f.order = OKRUG_SCRATCH_ZERO(ctx, k, int32_t);
    f.tau = OKRUG_SCRATCH(ctx, k, double);
    f.work = OKRUG_SCRATCH(ctx, f.work_size, double);
    double *root = OKRUG_SCRATCH(ctx, k * k, double);
    *dependent = -1;
    okrug_status status = OKRUG_NO_MEMORY;
    if (f.length != NULL && f.order != NULL && f.tau != NULL && f.work != NULL && root != NULL) {
        status = solve(&f, root, b, inverse, dependent);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
