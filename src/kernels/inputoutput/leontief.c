/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coefficients, the factors of I - A with the check that the economy is viable, inverses and multipliers.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/linalg.h>

#include "leontief.h"

void okrug_technical_coefficients(int64_t n, const double *z, const double *x, double *a) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            a[i * n + j] = x[j] != 0.0 ? z[i * n + j] / x[j] : 0.0;
        }
    }
}

void okrug_allocation_coefficients(int64_t n, const double *z, const double *x, double *b) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            b[i * n + j] = x[i] != 0.0 ? z[i * n + j] / x[i] : 0.0;
        }
    }
}

static bool has_negative(int64_t n, const double *a) {
    for (int64_t cell = 0; cell < n * n; cell++) {
        if (a[cell] < 0.0) {
            return true;
        }
    }
    return false;
}

/* The largest eigenvalue is at most the largest sum of moduli in a column. */
static bool bounded_by_1(int64_t n, const double *a, double *sum) {
    for (int64_t j = 0; j < n; j++) {
        sum[j] = 0.0;
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            sum[j] += fabs(a[i * n + j]);
        }
    }
    for (int64_t j = 0; j < n; j++) {
        if (sum[j] >= 1.0 - 1e-9) {
            return false;
        }
    }
    return true;
}

/* For A >= 0 the largest eigenvalue is below 1 exactly where some m >= 0 has m (I - A) > 0 (Berman and Plemmons 1979,
 * chapter 6: I - A is then a nonsingular M-matrix). The column sums of L are the m with m (I - A) = 1, so it is enough
 * that they are not negative; being 1 + m A they are then at least 1. With negative coefficients this says nothing:
 * where the simple bound does not either, the eigenvalues have to be computed. */
static okrug_status check_viable(okrug_ctx *ctx, int64_t n, const double *a, const double *column_sum, double *work) {
    bool negative = has_negative(n, a), positive_sums = true;
    for (int64_t j = 0; j < n; j++) {
        positive_sums = positive_sums && column_sum[j] > 0.5; /* far from 1 and from rounding */
    }
    if (negative ? bounded_by_1(n, a, work) : positive_sums) {
        return OKRUG_OK;
    }
    double radius = 0.0;
    OKRUG_TRY(okrug_spectral_radius(ctx, n, a, &radius));
    if (negative && radius < 1.0) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, "economy-not-viable", NULL, "radius", okrug_text_number(ctx, radius),
                      (char *)NULL);
}

okrug_status okrug_leontief_factor(okrug_ctx *ctx, int64_t n, const double *a, okrug_leontief *leontief) {
    leontief->lu = OKRUG_SCRATCH(ctx, n * n + 1, double);
    leontief->pivot = OKRUG_SCRATCH(ctx, n + 1, int32_t);
    leontief->column_sum = OKRUG_SCRATCH(ctx, n + 1, double);
    double *work = OKRUG_SCRATCH(ctx, n + 1, double);
    if (leontief->lu == NULL || leontief->pivot == NULL || leontief->column_sum == NULL || work == NULL) {
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
    return check_viable(ctx, n, a, leontief->column_sum, work);
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

okrug_status okrug_leontief_inverse_multipliers(okrug_ctx *ctx, int64_t n, const double *a, int64_t rows,
                                                const double *c, double *inverse, double *multiplier) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_leontief leontief;
    okrug_status status = okrug_leontief_factor(ctx, n, a, &leontief);
    if (status == OKRUG_OK) {
        memcpy(multiplier, c, (size_t)(rows * n) * sizeof *multiplier);
        status = okrug_lu_solve_left(ctx, n, leontief.lu, leontief.pivot, rows, multiplier);
    }
    if (status == OKRUG_OK) {
        status = okrug_lu_inverse(ctx, n, leontief.lu, leontief.pivot, inverse);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* Rows of an identity matrix by number, or its columns side by side. */
static void unit_vectors(int64_t n, int64_t count, const int64_t *which, bool as_columns, double *b) {
    memset(b, 0, (size_t)(n * count) * sizeof *b);
    for (int64_t k = 0; k < count; k++) {
        b[as_columns ? which[k] * count + k : k * n + which[k]] = 1.0;
    }
}

okrug_status okrug_leontief_solve_parts(okrug_ctx *ctx, int64_t n, const okrug_leontief *leontief,
                                        const okrug_inverse_parts *parts) {
    if (parts->column_sum != NULL) {
        memcpy(parts->column_sum, leontief->column_sum, (size_t)n * sizeof *parts->column_sum);
    }
    if (parts->row_sum != NULL) {
        for (int64_t i = 0; i < n; i++) {
            parts->row_sum[i] = 1.0;
        }
        OKRUG_TRY(okrug_lu_solve(ctx, n, leontief->lu, leontief->pivot, 1, parts->row_sum));
    }
    if (parts->columns > 0) {
        unit_vectors(n, parts->columns, parts->column, true, parts->of_columns);
        OKRUG_TRY(okrug_lu_solve(ctx, n, leontief->lu, leontief->pivot, parts->columns, parts->of_columns));
    }
    if (parts->rows > 0) {
        unit_vectors(n, parts->rows, parts->row, false, parts->of_rows);
        OKRUG_TRY(okrug_lu_solve_left(ctx, n, leontief->lu, leontief->pivot, parts->rows, parts->of_rows));
    }
    return OKRUG_OK;
}

okrug_status okrug_leontief_parts(okrug_ctx *ctx, int64_t n, const double *a, const okrug_inverse_parts *parts) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_leontief leontief;
    okrug_status status = okrug_leontief_factor(ctx, n, a, &leontief);
    if (status == OKRUG_OK) {
        status = okrug_leontief_solve_parts(ctx, n, &leontief, parts);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_propagation_lengths(okrug_ctx *ctx, int64_t n, const double *a, int64_t columns,
                                       const int64_t *column, double *size, double *length) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_leontief leontief;
    okrug_status status = okrug_leontief_factor(ctx, n, a, &leontief);
    if (status == OKRUG_OK) {
        unit_vectors(n, columns, column, true, size);
        status = okrug_lu_solve(ctx, n, leontief.lu, leontief.pivot, columns, size);
    }
    for (int64_t k = 0; status == OKRUG_OK && k < columns; k++) {
        size[column[k] * columns + k] -= 1.0;
    }
    if (status == OKRUG_OK) { /* H = L (L - I) */
        memcpy(length, size, (size_t)(n * columns) * sizeof *length);
        status = okrug_lu_solve(ctx, n, leontief.lu, leontief.pivot, columns, length);
    }
    for (int64_t cell = 0; status == OKRUG_OK && cell < n * columns; cell++) {
        length[cell] = fabs(size[cell]) > 1e-13 ? length[cell] / size[cell] : (double)NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_is_viable(okrug_ctx *ctx, int64_t n, const double *a, bool *viable) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *work = OKRUG_SCRATCH(ctx, n + 1, double);
    if (work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *viable = bounded_by_1(n, a, work);
    okrug_scratch_reset(ctx, mark);
    if (*viable) {
        return OKRUG_OK;
    }
    double radius = 0.0;
    OKRUG_TRY(okrug_spectral_radius(ctx, n, a, &radius));
    *viable = radius < 1.0 - 1e-9; /* nearer to 1 than that the factors are singular to working precision */
    return OKRUG_OK;
}
