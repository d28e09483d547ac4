/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cholesky factors of small positive definite matrices, and what is solved with them.
 *
 * A symmetric matrix is the same by rows and by columns, so LAPACK's lower triangle is our upper one.
 */
#include <okrug/linalg.h>

#include "blas.h"

okrug_status okrug_cholesky_factor(okrug_ctx *ctx, int64_t n, double *a, bool *definite) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    int side = (int)n, info = 0;
    if (n > 0) {
        blas->dpotrf_("L", &side, a, &side, &info, 1);
    }
    *definite = info == 0;
    return info < 0 ? OKRUG_DEFECT : OKRUG_OK;
}

okrug_status okrug_cholesky_solve(okrug_ctx *ctx, int64_t n, const double *factor, int64_t count, double *b) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n > count ? n : count, &blas));
    int side = (int)n, rows = (int)count, info = 0;
    if (n > 0 && count > 0) {
        blas->dpotrs_("L", &side, &rows, factor, &side, b, &side, &info, 1);
    }
    return info == 0 ? OKRUG_OK : OKRUG_DEFECT;
}
