/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The factors of I - A that multipliers, inverses and linkages start from.
 */
#ifndef OKRUG_INPUTOUTPUT_LEONTIEF_H
#define OKRUG_INPUTOUTPUT_LEONTIEF_H

#include <stdint.h>

#include <okrug/inputoutput.h>

typedef struct {
    double *lu; /* of I - A, in scratch memory of the caller's mark */
    int32_t *pivot;
    double *column_sum; /* n: those of (I - A)^-1 */
} okrug_leontief;

/* Factors I - A and checks that the economy is viable. The caller marks and resets the scratch memory. */
okrug_status okrug_leontief_factor(okrug_ctx *ctx, int64_t n, const double *a, okrug_leontief *leontief);
okrug_status okrug_leontief_solve_parts(okrug_ctx *ctx, int64_t n, const okrug_leontief *leontief,
                                        const okrug_inverse_parts *parts);

#endif
