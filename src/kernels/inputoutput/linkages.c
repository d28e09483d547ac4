/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linkages of industries, backward and forward, and their place in the chain of deliveries.
 */
#include <math.h>

#include <okrug/inputoutput.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "leontief.h"

void okrug_rasmussen(int64_t n, const double *m, double *index) {
    double all = okrug_sum_of(m, n, 1);
    for (int64_t j = 0; j < n; j++) {
        index[j] = all != 0.0 ? (double)n * m[j] / all : (double)NAN;
    }
}

void okrug_extraction(int64_t n, const double *x, const double *m, const double *diagonal, double *total,
                      double *backward) {
    for (int64_t j = 0; j < n; j++) {
        double scale = diagonal[j] != 0.0 ? x[j] / diagonal[j] : (double)NAN;
        total[j] = scale * m[j];
        backward[j] = scale * (m[j] - 1.0);
    }
}

/* The row sums of (I - B)^-1, where B is z with each row divided by its divisor, or 0 where that is not above 0. */
static okrug_status row_sums(okrug_ctx *ctx, int64_t n, const double *z, const double *divisor, double *sum) {
    double *b = OKRUG_SCRATCH(ctx, n * n + 1, double);
    if (b == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            b[i * n + j] = divisor[i] > 0.0 ? z[i * n + j] / divisor[i] : 0.0;
        }
        sum[i] = 1.0;
    }
    okrug_leontief leontief;
    OKRUG_TRY(okrug_leontief_factor(ctx, n, b, &leontief));
    return okrug_lu_solve(ctx, n, leontief.lu, leontief.pivot, 1, sum);
}

static double at(const double *values, int64_t i) {
    return values != NULL ? values[i] : 0.0;
}

okrug_status okrug_upstreamness(okrug_ctx *ctx, int64_t n, const double *z, const double *x,
                                const okrug_open_economy *trade, double *upstreamness) {
    static const okrug_open_economy closed = {NULL, NULL, NULL};
    const okrug_open_economy *t = trade != NULL ? trade : &closed;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *divisor = OKRUG_SCRATCH(ctx, n + 1, double);
    okrug_status status = divisor == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status == OKRUG_OK && i < n; i++) {
        divisor[i] = x[i] - at(t->exports, i) + at(t->imports, i) - at(t->inventory, i);
    }
    if (status == OKRUG_OK) {
        status = row_sums(ctx, n, z, divisor, upstreamness);
    }
    for (int64_t i = 0; status == OKRUG_OK && i < n; i++) {
        upstreamness[i] = divisor[i] > 0.0 ? upstreamness[i] : (double)NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
