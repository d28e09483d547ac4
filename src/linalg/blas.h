/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share: how BLAS is made ready, the sides of the tiles, and the check of sizes.
 */
#ifndef OKRUG_LINALG_BLAS_H
#define OKRUG_LINALG_BLAS_H

#include <stdint.h>

#include <cblas.h>
#include <lapacke.h>

#include <okrug/context.h>

/* Wide enough for BLAS to run near its full speed, small enough that two threads find work in a matrix of 500. */
enum { OKRUG_TILE = 256 };

static inline int64_t okrug_tiles(int64_t n, int64_t tile) {
    return (n + tile - 1) / tile;
}

static inline int64_t okrug_smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Puts BLAS on one thread, once in the life of the process, and checks that the side fits its integers. Called with the
 * largest side at the door of every function that calls BLAS. */
okrug_status okrug_blas_ready(okrug_ctx *ctx, int64_t largest_side);

#endif
