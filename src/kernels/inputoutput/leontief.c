/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coefficients, the factors of I - A with the check that the economy is viable, inverses and multipliers.
 */
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "leontief.h"

void okrug_technical_coefficients(int64_t n, const double *z, const double *x, double *a) {
    for (int64_t cell = 0; cell < n * n; cell++) {
        double output = x[cell % n];
        a[cell] = output != 0.0 ? z[cell] / output : 0.0;
    }
}

void okrug_allocation_coefficients(int64_t n, const double *z, const double *x, double *b) {
    for (int64_t cell = 0; cell < n * n; cell++) {
        double output = x[cell / n];
        b[cell] = output != 0.0 ? z[cell] / output : 0.0;
    }
}

static okrug_status not_viable(okrug_ctx *ctx, const char *radius) {
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, "economy-not-viable", NULL, "radius", radius, (char *)NULL);
}

/* For A >= 0 the largest eigenvalue is below 1 exactly where some m >= 0 has m (I - A) > 0 (Berman and Plemmons 1979,
 * chapter 6: I - A is then a nonsingular M-matrix). The column sums of L are the m with m (I - A) = 1, so it is enough
 * that they are not negative; being 1 + m A they are then at least 1. With negative coefficients this says nothing and
 * the eigenvalues have to be computed. */
static okrug_status check_viable(okrug_ctx *ctx, int64_t n, const double *a, const double *column_sum) {
    for (int64_t cell = 0; cell < n * n; cell++) {
        if (a[cell] < 0.0) {
            double radius = 0.0;
            OKRUG_TRY(okrug_spectral_radius(ctx, n, a, &radius));
            return radius < 1.0 ? OKRUG_OK : not_viable(ctx, okrug_text_number(ctx, radius));
        }
    }
    for (int64_t j = 0; j < n; j++) {
        if (!(column_sum[j] > 0.5)) { /* far from 1 and from rounding */
            return not_viable(ctx, ">= 1");
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_leontief_factor(okrug_ctx *ctx, int64_t n, const double *a, okrug_leontief *leontief) {
    leontief->lu = OKRUG_SCRATCH(ctx, n * n + 1, double);
    leontief->pivot = OKRUG_SCRATCH(ctx, n + 1, int32_t);
    leontief->column_sum = OKRUG_SCRATCH(ctx, n + 1, double);
    if (leontief->lu == NULL || leontief->pivot == NULL || leontief->column_sum == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < n * n; cell++) {
        leontief->lu[cell] = -a[cell];
    }
    for (int64_t j = 0; j < n; j++) {
        leontief->lu[j * n + j] += 1.0;
        leontief->column_sum[j] = 1.0;
    }
    OKRUG_TRY(okrug_lu_factor(ctx, n, leontief->lu, leontief->pivot));
    OKRUG_TRY(okrug_lu_solve_left(ctx, n, leontief->lu, leontief->pivot, 1, leontief->column_sum));
    return check_viable(ctx, n, a, leontief->column_sum);
}

okrug_status okrug_leontief_inverse(okrug_ctx *ctx, int64_t n, const double *a, double *inverse) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_leontief leontief;
    okrug_status status = okrug_leontief_factor(ctx, n, a, &leontief);
    if (status == OKRUG_OK) {
        status = okrug_lu_inverse(ctx, n, leontief.lu, leontief.pivot, inverse);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_multipliers(okrug_ctx *ctx, int64_t n, const double *a, int64_t rows, const double *c,
                               double *multiplier) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_leontief leontief;
    okrug_status status = okrug_leontief_factor(ctx, n, a, &leontief);
    if (status == OKRUG_OK) {
        memcpy(multiplier, c, (size_t)(rows * n) * sizeof *multiplier);
        status = okrug_lu_solve_left(ctx, n, leontief.lu, leontief.pivot, rows, multiplier);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
