/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * LU factors, and what is solved with them, by tiles.
 *
 * LAPACK counts by columns. A row-major A in memory is, read by columns, F = A'. What is factored is F = P L U, so that
 * the rows of `a` are the columns of F and every tile below is a run of whole rows in memory.
 */
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include <okrug/linalg.h>

#include "blas.h"

/* Columns of F that are factored, brought up to date or solved for at a time. */
enum { BLOCK = 128 };

typedef struct {
    const okrug_blas *blas;
    int64_t n;
    double *f;
    const int32_t *pivot;
    int64_t first, width;       /* the panel just factored */
    int64_t strips_left, right; /* strips of columns before it; first column after it */
} update;

/* Exchanges rows of the panel's range in columns from..to of F, as the panel was. */
static void exchange_rows(const update *u, int64_t from, int64_t to) {
    if (from < to) {
        int columns = (int)(to - from), stride = (int)u->n, step = 1;
        int first = (int)u->first + 1, last = (int)(u->first + u->width);
        u->blas->dlaswp_(&columns, u->f + from * u->n, &stride, &first, &last, u->pivot, &step);
    }
}

static okrug_status update_strip(void *user, int64_t tile) {
    const update *u = user;
    if (tile < u->strips_left) {
        exchange_rows(u, tile * BLOCK, okrug_smaller(u->first, (tile + 1) * BLOCK));
        return OKRUG_OK;
    }
    int64_t from = u->right + (tile - u->strips_left) * BLOCK, to = okrug_smaller(u->n, from + BLOCK);
    exchange_rows(u, from, to);
    const double *panel = u->f + u->first * u->n;
    double *strip = u->f + from * u->n;
    int n = (int)u->n, columns = (int)(to - from), width = (int)u->width, below = (int)(u->n - u->right);
    u->blas->cblas_dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, width, columns, 1.0,
                         panel + u->first, n, strip + u->first, n);
    u->blas->cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, below, columns, width, -1.0, panel + u->right, n,
                         strip + u->first, n, 1.0, strip + u->right, n);
    return OKRUG_OK;
}

static okrug_status singular(okrug_ctx *ctx, int64_t n) {
    return okrug_fail(ctx, OKRUG_NO_SOLUTION, "matrix-singular", NULL, "side", okrug_text_integer(ctx, n),
                      (char *)NULL);
}

/* The largest sum of moduli in a column of F. */
static double norm_1(const okrug_blas *blas, int64_t n, const double *f) {
    double norm = 0.0;
    for (int64_t j = 0; j < n; j++) {
        double sum = blas->cblas_dasum((int)n, f + j * n, 1);
        norm = sum > norm ? sum : norm;
    }
    return norm;
}

static okrug_status check_condition(okrug_ctx *ctx, const okrug_blas *blas, int64_t n, const double *f, double norm) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *work = OKRUG_SCRATCH(ctx, 4 * n, double);
    int32_t *integers = OKRUG_SCRATCH(ctx, n, int32_t);
    double reciprocal = 0.0;
    okrug_status status = OKRUG_NO_MEMORY;
    if (work != NULL && integers != NULL) {
        int side = (int)n, info = 0;
        blas->dgecon_("1", &side, f, &side, &norm, &reciprocal, work, integers, &info, 1);
        status = info == 0 ? OKRUG_OK : OKRUG_DEFECT;
    }
    okrug_scratch_reset(ctx, mark);
    if (status == OKRUG_OK && !(reciprocal >= DBL_EPSILON)) {
        return singular(ctx, n);
    }
    return status;
}

okrug_status okrug_lu_factor(okrug_ctx *ctx, int64_t n, double *a, int32_t *pivot) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    if (n == 0) {
        return OKRUG_OK;
    }
    double norm = norm_1(blas, n, a);
    for (int64_t first = 0; first < n; first += BLOCK) {
        int64_t width = okrug_smaller(BLOCK, n - first), right = first + width;
        int rows = (int)(n - first), columns = (int)width, stride = (int)n, info = 0;
        blas->dgetrf_(&rows, &columns, a + first * n + first, &stride, pivot + first, &info);
        if (info > 0) {
            return singular(ctx, n);
        }
        for (int64_t i = first; i < right; i++) {
            pivot[i] += (int32_t)first;
        }
        update u = {blas, n, a, pivot, first, width, okrug_tiles(first, BLOCK), right};
        OKRUG_TRY(okrug_parallel(ctx, u.strips_left + okrug_tiles(n - right, BLOCK), update_strip, &u));
    }
    return check_condition(ctx, blas, n, a, norm);
}

typedef struct {
    const okrug_blas *blas;
    int64_t n, count;
    const double *f;
    const int32_t *pivot;
    double *b;
} solve;

/* Columns of B: (B' read by columns) X' F = B', so the factors stand on the right. */
static okrug_status solve_columns(void *user, int64_t tile) {
    const solve *s = user;
    int64_t from = tile * OKRUG_TILE, width = okrug_smaller(OKRUG_TILE, s->count - from);
    double *b = s->b + from;
    s->blas->cblas_dtrsm(CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, (int)width, (int)s->n, 1.0,
                         s->f, (int)s->n, b, (int)s->count);
    s->blas->cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasNoTrans, CblasUnit, (int)width, (int)s->n, 1.0,
                         s->f, (int)s->n, b, (int)s->count);
    for (int64_t i = s->n - 1; i >= 0; i--) {
        int64_t other = s->pivot[i] - 1;
        if (other != i) {
            s->blas->cblas_dswap((int)width, b + i * s->count, 1, b + other * s->count, 1);
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_lu_solve(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, int64_t columns,
                            double *b) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n > columns ? n : columns, &blas));
    solve s = {blas, n, columns, lu, pivot, b};
    return n == 0 ? OKRUG_OK : okrug_parallel(ctx, okrug_tiles(columns, OKRUG_TILE), solve_columns, &s);
}

static okrug_status solve_rows(void *user, int64_t tile) {
    const solve *s = user;
    int64_t from = tile * OKRUG_TILE, width = okrug_smaller(OKRUG_TILE, s->count - from);
    int side = (int)s->n, columns = (int)width, info = 0;
    s->blas->dgetrs_("N", &side, &columns, s->f, &side, s->pivot, s->b + from * s->n, &side, &info, 1);
    return info == 0 ? OKRUG_OK : OKRUG_DEFECT;
}

okrug_status okrug_lu_solve_left(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, int64_t rows,
                                 double *b) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n > rows ? n : rows, &blas));
    solve s = {blas, n, rows, lu, pivot, b};
    return n == 0 ? OKRUG_OK : okrug_parallel(ctx, okrug_tiles(rows, OKRUG_TILE), solve_rows, &s);
}

/* X (n x width, by columns) of L X = B or U X = B, in place of B. By blocks of rows, each of which takes what is known
 * of X in one product with a long inner side: faster than the triangular solver of BLAS, which goes the other way. */
static void solve_triangle(const okrug_blas *blas, CBLAS_UPLO triangle, int64_t n, int64_t width, const double *f,
                           int64_t stride, double *x) {
    bool lower = triangle == CblasLower;
    int64_t blocks = okrug_tiles(n, BLOCK);
    for (int64_t i = 0; i < blocks; i++) {
        int64_t row = (lower ? i : blocks - 1 - i) * BLOCK, rows = okrug_smaller(BLOCK, n - row);
        int64_t known = lower ? 0 : row + rows, count = lower ? row : n - known;
        if (count > 0) {
            blas->cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, (int)rows, (int)width, (int)count, -1.0,
                              f + known * stride + row, (int)stride, x + known, (int)stride, 1.0, x + row, (int)stride);
        }
        blas->cblas_dtrsm(CblasColMajor, CblasLeft, triangle, CblasNoTrans, lower ? CblasUnit : CblasNonUnit, (int)rows,
                          (int)width, 1.0, f + row * stride + row, (int)stride, x + row, (int)stride);
    }
}

/* Some columns of (L U)^-1 = U^-1 (L^-1 I). Those of L^-1 are zero above the diagonal, so the first step starts there:
 * a third of the work. */
static okrug_status invert_columns(void *user, int64_t tile) {
    const solve *s = user;
    int64_t n = s->n, from = tile * BLOCK, width = okrug_smaller(BLOCK, n - from);
    double *x = s->b + from * n;
    memset(x, 0, (size_t)(width * n) * sizeof *x);
    for (int64_t i = 0; i < width; i++) {
        x[i * n + from + i] = 1.0;
    }
    solve_triangle(s->blas, CblasLower, n - from, width, s->f + from * n + from, n, x + from);
    solve_triangle(s->blas, CblasUpper, n, width, s->f, n, x);
    return OKRUG_OK;
}

okrug_status okrug_lu_inverse(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, double *inverse) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, n, &blas));
    solve s = {blas, n, n, lu, pivot, inverse};
    OKRUG_TRY(okrug_parallel(ctx, okrug_tiles(n, BLOCK), invert_columns, &s));
    for (int64_t i = n - 1; i >= 0; i--) { /* F^-1 = (L U)^-1 P' */
        int64_t other = pivot[i] - 1;
        if (other != i) {
            blas->cblas_dswap((int)n, inverse + i * n, 1, inverse + other * n, 1);
        }
    }
    return OKRUG_OK;
}
