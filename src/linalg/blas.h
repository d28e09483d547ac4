/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share: the functions of OpenBLAS, which is loaded when it is first needed, the sides of
 * the tiles, and the check of sizes.
 */
#ifndef OKRUG_LINALG_BLAS_H
#define OKRUG_LINALG_BLAS_H

#include <stdint.h>

#include <cblas.h>
#include <lapack.h>

#include <okrug/context.h>

/* Wide enough for BLAS to run near its full speed, small enough that two threads find work in a matrix of 500. */
enum { OKRUG_TILE = 256 };

static inline int64_t okrug_tiles(int64_t n, int64_t tile) {
    return (n + tile - 1) / tile;
}

static inline int64_t okrug_smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* X(function): what is called of OpenBLAS, which has LAPACK in it; the headers of both declare them. Those of LAPACK
 * end with an underscore and want, after the last argument, the length of each text among them (1). */
#define OKRUG_BLAS_FUNCTIONS(X)                                                                                        \
    X(openblas_get_corename)                                                                                           \
    X(openblas_set_num_threads)                                                                                        \
    X(cblas_dasum)                                                                                                     \
    X(cblas_dgemm)                                                                                                     \
    X(cblas_dscal)                                                                                                     \
    X(cblas_dswap)                                                                                                     \
    X(cblas_dtrsm)                                                                                                     \
    X(dgecon_)                                                                                                         \
    X(dgeev_)                                                                                                          \
    X(dgeqp3_)                                                                                                         \
    X(dgetrf_)                                                                                                         \
    X(dgetrs_)                                                                                                         \
    X(dlaswp_)                                                                                                         \
    X(dormqr_)                                                                                                         \
    X(dpotrf_)                                                                                                         \
    X(dpotrs_)                                                                                                         \
    X(dsyevr_)

typedef struct {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): names cannot have any */
#define X(function) __typeof__(function) *function;
    OKRUG_BLAS_FUNCTIONS(X)
#undef X
} okrug_blas;

/* Loads BLAS, on one thread, once in the life of the process, and checks that the side fits its integers. Called with
 * the largest side at the door of every function that calls BLAS. OKRUG_READ_FAILED ("no-openblas") where it is not
 * there. */
okrug_status okrug_blas_ready(okrug_ctx *ctx, int64_t largest_side, const okrug_blas **blas);

#endif
