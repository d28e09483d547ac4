/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dense linear algebra: the door to BLAS and LAPACK.
 *
 * BLAS itself always runs on one thread, because its results change with its threads; the work is cut into tiles of a
 * fixed size that run on the context's threads. So every function here gives the same bytes on any number of threads.
 * Matrices are row-major and dense, without gaps between rows; inputs are finite and do not overlap outputs.
 *
 * Errors of every function with a status, beside those named there: OKRUG_NO_MEMORY, OKRUG_CANCELLED, and
 * OKRUG_BAD_INPUT ("matrix-too-large") where a side is above 2^31 - 1, OKRUG_READ_FAILED ("no-openblas") where the
 * library could not be loaded. Scratch memory is given back.
 */
#ifndef OKRUG_LINALG_H
#define OKRUG_LINALG_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- The processor -------------------------------------------------------------------------------------------- */

/* The set of kernels that BLAS runs on ("SkylakeX"); results may differ in the last digits between sets, so it belongs
 * into the provenance. Loads BLAS; NULL: it is not there. Static storage. */
const char *okrug_blas_core(void);

/* The value that OPENBLAS_CORETYPE should have for this processor, by its flags; NULL: BLAS chooses well by itself.
 * OpenBLAS chooses by a table of models, and falls back on far slower kernels for those it does not know. */
const char *okrug_blas_right_core(void);

/* The first thing that main does, while there is one thread: sets OPENBLAS_CORETYPE to it, and OPENBLAS_NUM_THREADS to
 * 1, where the user has not. BLAS reads them when it is loaded, which is when it is first needed. */
void okrug_blas_use_right_core(void);

/* ---- Products ------------------------------------------------------------------------------------------------- */

typedef enum { OKRUG_PLAIN, OKRUG_TRANSPOSED } okrug_form;

/* c (m x n) = A B, where A (m x k) is `a`, or the transpose of `a` (k x m), and B (k x n) likewise. O(mnk). */
okrug_status okrug_multiply(okrug_ctx *ctx, okrug_form form_a, okrug_form form_b, int64_t m, int64_t n, int64_t k,
                            const double *a, const double *b, double *c);

/* c (n x n) = A A' with A (n x k): `a`, or the transpose of `a` (k x n), whose columns are then multiplied with each
 * other. Exactly symmetric. O(n^2 k), half of okrug_multiply. */
okrug_status okrug_gram(okrug_ctx *ctx, okrug_form form, int64_t n, int64_t k, const double *a, double *c);

/* ---- Linear systems ------------------------------------------------------------------------------------------- */

/* Replaces `a` (n x n) by its LU factors with partial pivoting, to be used by the functions below; `pivot` has room for
 * n. OKRUG_NO_SOLUTION ("matrix-singular") where it is singular to working precision (a zero pivot, or a reciprocal
 * condition number, estimated, below 2^-52). O(n^3). */
okrug_status okrug_lu_factor(okrug_ctx *ctx, int64_t n, double *a, int32_t *pivot);

/* Replaces `b` (n x columns) by X of A X = B, from the factors of A. O(n^2) a column. */
okrug_status okrug_lu_solve(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, int64_t columns,
                            double *b);

/* Replaces `b` (rows x n) by X of X A = B, from the factors of A. O(n^2) a row. */
okrug_status okrug_lu_solve_left(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, int64_t rows,
                                 double *b);

/* The inverse (n x n) of A from its factors: only where the inverse itself is wanted. O(n^3). */
okrug_status okrug_lu_inverse(okrug_ctx *ctx, int64_t n, const double *lu, const int32_t *pivot, double *inverse);

/* Replaces the upper triangle of a symmetric matrix `a` (n x n) by its Cholesky factor, to be used by the function
 * below; `definite` is false where it is not positive definite, and what is left of `a` then is of no use. Not in
 * tiles: for matrices of some hundreds. O(n^3). */
okrug_status okrug_cholesky_factor(okrug_ctx *ctx, int64_t n, double *a, bool *definite);

/* Replaces each of the `count` rows of `b` (count x n) by x of A x = b, from the factor of A. O(n^2) a row. */
okrug_status okrug_cholesky_solve(okrug_ctx *ctx, int64_t n, const double *factor, int64_t count, double *b);

/* ---- Least squares -------------------------------------------------------------------------------------------- */

/* The b (k) that makes |y - X b| least, by QR with columns in the order of what they add (Golub 1965). `x` is X by
 * columns (k x n; destroyed), y has n (destroyed); n >= k > 0. inverse (k x k) is that of X'X, from R; exactly
 * symmetric. Columns are scaled to length 1 first. *dependent is -1, or the number of a column that the others make up
 * to 1e-9 of its length, and then b and inverse are not written. On one thread. O(n k^2). Test: lm() of R 4.2.2. */
okrug_status okrug_qr_least_squares(okrug_ctx *ctx, int64_t n, int64_t k, double *x, double *y, double *b,
                                    double *inverse, int64_t *dependent);

/* ---- Eigenvalues ---------------------------------------------------------------------------------------------- */

/* The `count` (1..n) largest eigenvalues of a symmetric matrix `a` (n x n, destroyed; its upper triangle is read), in
 * descending order, and their eigenvectors of length 1 as the rows of `vector` (count x n). The sign of each is such
 * that its largest entry (the first of those equally large) is positive. OKRUG_NOT_CONVERGED ("eigen-not-converged").
 * O(n^3). */
okrug_status okrug_symmetric_eigen_top(okrug_ctx *ctx, int64_t n, int64_t count, double *a, double *value,
                                       double *vector);

/* The largest modulus of the eigenvalues of any square matrix `a` (n x n). OKRUG_NOT_CONVERGED
 * ("eigen-not-converged"). O(n^3). */
okrug_status okrug_spectral_radius(okrug_ctx *ctx, int64_t n, const double *a, double *radius);

#endif
