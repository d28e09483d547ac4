/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The multi-regional model: coefficients, output, and multipliers by where they arise.
 */
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/interregional.h>
#include <okrug/linalg.h>

#include "leontief.h"

void okrug_interregional_coefficients(int64_t n, int64_t regions, const double *shares, const double *a, double *ta) {
    int64_t side = n * regions;
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t i = 0; i < n; i++) {
            for (int64_t s = 0; s < regions; s++) {
                double share = shares[(i * regions + r) * regions + s];
                const double *own = a + (s * n + i) * n;
                double *row = ta + (r * n + i) * side + s * n;
                for (int64_t j = 0; j < n; j++) {
                    row[j] = share * own[j];
                }
            }
        }
    }
}

/* What region s would multiply if it were alone: its block of ta. */
static okrug_status alone(okrug_ctx *ctx, int64_t n, int64_t side, int64_t s, const double *ta, const double *c,
                          double *block, double *multiplier) {
    for (int64_t i = 0; i < n; i++) {
        memcpy(block + i * n, ta + (s * n + i) * side + s * n, (size_t)n * sizeof *block);
    }
    return okrug_multipliers(ctx, n, block, 1, c + s * n, multiplier);
}

/* One measure, from the factors of I - TA. */
static okrug_status multiply_out(okrug_ctx *ctx, int64_t n, int64_t regions, const double *ta, const double *c,
                                 const okrug_leontief *leontief, double *rows, double *block,
                                 const okrug_interregional_multipliers *out) {
    int64_t side = n * regions;
    memset(rows, 0, (size_t)(regions * side) * sizeof *rows);
    for (int64_t r = 0; r < regions; r++) {
        memcpy(rows + r * side + r * n, c + r * n, (size_t)n * sizeof *rows);
    }
    OKRUG_TRY(okrug_lu_solve_left(ctx, side, leontief->lu, leontief->pivot, regions, rows));
    for (int64_t s = 0; s < regions; s++) {
        OKRUG_TRY(alone(ctx, n, side, s, ta, c, block, out->feedback + s * n));
        for (int64_t j = s * n; j < (s + 1) * n; j++) {
            out->own[j] = rows[s * side + j];
            out->feedback[j] = out->own[j] - out->feedback[j];
            out->total[j] = 0.0;
            for (int64_t r = 0; r < regions; r++) {
                out->total[j] += rows[r * side + j];
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_interregional_model(okrug_ctx *ctx, int64_t n, int64_t regions, const double *ta, int64_t measures,
                                       const double *c, const double *demand, double *x,
                                       const okrug_interregional_multipliers *out) {
    int64_t side = n * regions;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *rows = OKRUG_SCRATCH(ctx, regions * side, double);
    double *block = OKRUG_SCRATCH(ctx, n * n, double);
    okrug_leontief leontief;
    okrug_status status = rows == NULL || block == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_leontief_factor(ctx, side, ta, &leontief);
    }
    if (status == OKRUG_OK) {
        memcpy(x, demand, (size_t)side * sizeof *x);
        status = okrug_lu_solve(ctx, side, leontief.lu, leontief.pivot, 1, x);
    }
    for (int64_t m = 0; status == OKRUG_OK && m < measures; m++) {
        const okrug_interregional_multipliers one = {out->total + m * side, out->own + m * side,
                                                     out->feedback + m * side};
        status = multiply_out(ctx, n, regions, ta, c + m * side, &leontief, rows, block, &one);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
