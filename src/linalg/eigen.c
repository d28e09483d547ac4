/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eigenvalues: LAPACK's own routines, on one thread, with work space from the context.
 */
#include <math.h>
#include <string.h>

#include <okrug/linalg.h>

#include "blas.h"

static okrug_status finish(okrug_ctx *ctx, int info, int64_t n) {
    if (info == 0) {
        return OKRUG_OK;
    }
    if (info < 0) {
        return OKRUG_DEFECT;
    }
    return okrug_fail(ctx, OKRUG_NOT_CONVERGED, "eigen-not-converged", NULL, "side", okrug_text_integer(ctx, n),
                      (char *)NULL);
}

/* An eigenvector is as good as its negative: choose one. */
static void fix_sign(const okrug_blas *blas, int64_t n, double *vector) {
    double largest = 0.0;
    for (int64_t i = 0; i < n; i++) {
        largest = fabs(vector[i]) > fabs(largest) ? vector[i] : largest;
    }
    if (largest < 0.0) {
        blas->cblas_dscal((int)n, -1.0, vector, 1);
    }
}

/* LAPACK gives them in ascending order, in arrays that have room for all. */
static void take(const okrug_blas *blas, int64_t n, int64_t count, const double *ascending, const double *columns,
                 double *value, double *vector) {
    for (int64_t i = 0; i < count; i++) {
        value[i] = ascending[count - 1 - i];
        memcpy(vector + i * n, columns + (count - 1 - i) * n, (size_t)n * sizeof *vector);
        fix_sign(blas, n, vector + i * n);
    }
}

static okrug_status eigen_top(okrug_ctx *ctx, const okrug_blas *blas, int n, int count, double *a, double *value,
                              double *vector) {
    int found = 0, int_size = 0;
    double size = 0.0;
    double *ascending = OKRUG_SCRATCH(ctx, n, double);
    double *columns = OKRUG_SCRATCH(ctx, (int64_t)n * count, double);
    int32_t *support = OKRUG_SCRATCH(ctx, 2 * (int64_t)n, int32_t);
    if (ascending == NULL || columns == NULL || support == NULL) {
        return OKRUG_NO_MEMORY;
    }
    /* Read by columns the upper triangle is the lower one. Sizes of -1 ask how much work space it wants. */
    int first = n - count + 1, ask = -1, info = 0;
    double none = 0.0; /* of what would choose by value, and of the tolerance: as exact as it can be */
    blas->dsyevr_("V", "I", "L", &n, a, &n, &none, &none, &first, &n, &none, &found, ascending, columns, &n, support,
                  &size, &ask, &int_size, &ask, &info, 1, 1, 1);
    OKRUG_TRY(finish(ctx, info, n));
    int work_size = (int)size;
    double *work = OKRUG_SCRATCH(ctx, work_size, double);
    int32_t *integers = OKRUG_SCRATCH(ctx, int_size, int32_t);
    if (work == NULL || integers == NULL) {
        return OKRUG_NO_MEMORY;
    }
    blas->dsyevr_("V", "I", "L", &n, a, &n, &none, &none, &first, &n, &none, &found, ascending, columns, &n, support,
                  work, &work_size, integers, &int_size, &info, 1, 1, 1);
    OKRUG_TRY(finish(ctx, found == count ? info : 1, n));
    take(blas, n, count, ascending, columns, value, vector);
    return OKRUG_OK;
}

okrug_status okrug_symmetric_eigen_top(okrug_ctx *ctx, int64_t n, int64_t count, double *a, double *value,
                                       double *vector) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = eigen_top(ctx, blas, (int)n, (int)count, a, value, vector);
    okrug_scratch_reset(ctx, mark);
    return status;
}

static okrug_status radius_of(okrug_ctx *ctx, const okrug_blas *blas, int n, const double *a, double *radius) {
    double size = 0.0;
    double *copy = OKRUG_SCRATCH(ctx, (int64_t)n * n, double);
    double *real = OKRUG_SCRATCH(ctx, n, double), *imaginary = OKRUG_SCRATCH(ctx, n, double);
    if (copy == NULL || real == NULL || imaginary == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(copy, a, (size_t)n * (size_t)n * sizeof *copy);
    /* The transpose, which is what LAPACK sees, has the same eigenvalues. */
    int one = 1, ask = -1, info = 0;
    blas->dgeev_("N", "N", &n, copy, &n, real, imaginary, NULL, &one, NULL, &one, &size, &ask, &info, 1, 1);
    OKRUG_TRY(finish(ctx, info, n));
    int work_size = (int)size;
    double *work = OKRUG_SCRATCH(ctx, work_size, double);
    if (work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    blas->dgeev_("N", "N", &n, copy, &n, real, imaginary, NULL, &one, NULL, &one, work, &work_size, &info, 1, 1);
    OKRUG_TRY(finish(ctx, info, n));
    for (int i = 0; i < n; i++) {
        *radius = fmax(*radius, hypot(real[i], imaginary[i]));
    }
    return OKRUG_OK;
}

okrug_status okrug_spectral_radius(okrug_ctx *ctx, int64_t n, const double *a, double *radius) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    *radius = 0.0;
    if (n == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = radius_of(ctx, blas, (int)n, a, radius);
    okrug_scratch_reset(ctx, mark);
    return status;
}
