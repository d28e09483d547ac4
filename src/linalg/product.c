/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Products of matrices by square tiles of the result.
 */
#include <okrug/linalg.h>

#include "blas.h"

typedef struct {
    const okrug_blas *blas;
    CBLAS_TRANSPOSE form_a, form_b;
    int64_t m, n, k;
    const double *a, *b;
    double *c;
    int64_t across; /* tiles in a row of tiles */
} product;

static okrug_status product_tile(void *user, int64_t tile) {
    const product *p = user;
    int64_t row = tile / p->across * OKRUG_TILE, column = tile % p->across * OKRUG_TILE;
    int64_t rows = okrug_smaller(OKRUG_TILE, p->m - row), columns = okrug_smaller(OKRUG_TILE, p->n - column);
    int64_t stride_a = p->form_a == CblasNoTrans ? p->k : p->m, stride_b = p->form_b == CblasNoTrans ? p->n : p->k;
    const double *a = p->a + (p->form_a == CblasNoTrans ? row * stride_a : row);
    const double *b = p->b + (p->form_b == CblasNoTrans ? column : column * stride_b);
    p->blas->cblas_dgemm(CblasRowMajor, p->form_a, p->form_b, (int)rows, (int)columns, (int)p->k, 1.0, a, (int)stride_a,
                         b, (int)stride_b, 0.0, p->c + row * p->n + column, (int)p->n);
    return OKRUG_OK;
}

static int64_t largest(int64_t m, int64_t n, int64_t k) {
    int64_t mn = m > n ? m : n;
    return mn > k ? mn : k;
}

static CBLAS_TRANSPOSE blas_form(okrug_form form) {
    return form == OKRUG_PLAIN ? CblasNoTrans : CblasTrans;
}

static void zero(double *c, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        c[i] = 0.0;
    }
}

okrug_status okrug_multiply(okrug_ctx *ctx, okrug_form form_a, okrug_form form_b, int64_t m, int64_t n, int64_t k,
                            const double *a, const double *b, double *c) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, largest(m, n, k), &blas));
    if (m == 0 || n == 0 || k == 0) { /* BLAS refuses strides of 0 */
        zero(c, m * n);
        return OKRUG_OK;
    }
    product p = {blas, blas_form(form_a), blas_form(form_b), m, n, k, a, b, c, okrug_tiles(n, OKRUG_TILE)};
    return okrug_parallel(ctx, okrug_tiles(m, OKRUG_TILE) * p.across, product_tile, &p);
}

/* Tile t of the upper triangle, counted by columns: 0 is (0, 0), 1 is (0, 1), 2 is (1, 1), 3 is (0, 2) ... */
static void triangle_place(int64_t t, int64_t *row, int64_t *column) {
    int64_t j = 0;
    while ((j + 1) * (j + 2) / 2 <= t) {
        j++;
    }
    *column = j;
    *row = t - j * (j + 1) / 2;
}

static okrug_status gram_tile(void *user, int64_t tile) {
    const product *p = user;
    int64_t row, column;
    triangle_place(tile, &row, &column);
    int64_t i0 = row * OKRUG_TILE, j0 = column * OKRUG_TILE;
    int64_t rows = okrug_smaller(OKRUG_TILE, p->n - i0), columns = okrug_smaller(OKRUG_TILE, p->n - j0);
    int64_t stride = p->form_a == CblasNoTrans ? p->k : p->n;
    int64_t step = p->form_a == CblasNoTrans ? stride : 1; /* from one row of A to the next */
    p->blas->cblas_dgemm(CblasRowMajor, p->form_a, p->form_b, (int)rows, (int)columns, (int)p->k, 1.0, p->a + i0 * step,
                         (int)stride, p->a + j0 * step, (int)stride, 0.0, p->c + i0 * p->n + j0, (int)p->n);
    for (int64_t i = i0; i < i0 + rows; i++) { /* BLAS does not promise a symmetric tile on the diagonal */
        for (int64_t j = row == column ? i + 1 : j0; j < j0 + columns; j++) {
            p->c[j * p->n + i] = p->c[i * p->n + j];
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_gram(okrug_ctx *ctx, okrug_form form, int64_t n, int64_t k, const double *a, double *c) {
    const okrug_blas *blas;
    OKRUG_TRY(okrug_blas_ready(ctx, largest(n, k, 0), &blas));
    if (n == 0 || k == 0) {
        zero(c, n * n);
        return OKRUG_OK;
    }
    product p = {blas, blas_form(form), form == OKRUG_PLAIN ? CblasTrans : CblasNoTrans, n, n, k, a, a, c, 0};
    int64_t side = okrug_tiles(n, OKRUG_TILE);
    return okrug_parallel(ctx, side * (side + 1) / 2, gram_tile, &p);
}
