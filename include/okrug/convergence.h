/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares, and what it says of convergence.
 */
#ifndef OKRUG_CONVERGENCE_H
#define OKRUG_CONVERGENCE_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* Arrays of `terms` + 1: first the constant, then the terms in their order. */
typedef struct {
    double *estimate;
    double *error;    /* standard error under equal variances */
    double *robust;   /* under unequal ones: HC1 (MacKinnon and White 1985) */
    double *fitted;   /* n */
    double r_squared; /* NaN where y is constant */
    int64_t degrees;  /* n - terms - 1 */
} okrug_least_squares_results;

/* y (n) = constant + x (n x terms) b. n > terms + 1; no column of x is constant. Columns are centred and scaled before
 * the normal equations are solved. OKRUG_NO_SOLUTION ("matrix-singular") where columns depend on each other,
 * OKRUG_NO_MEMORY. O(n terms^2 + terms^3).
 * Test: 402 German counties against lm() of R 4.2.2, to 1e-10. */
okrug_status okrug_least_squares(okrug_ctx *ctx, int64_t n, int64_t terms, const double *x, const double *y,
                                 okrug_least_squares_results *results);

/* The speed of convergence lambda = -ln(1 + b T) / T of a slope b of mean yearly growth on the logarithm of the start
 * (Barro and Sala-i-Martin 1992); NaN where 1 + b T is not above 0: all of the distance and more is gone within T.
 * Test: b = -.008070533, T = 1: .008103276. */
double okrug_convergence_speed(double slope, double years);

/* ln 2 / lambda; NaN where lambda is not above 0: nothing converges. Test: 85.53913 of the above. */
double okrug_convergence_half_life(double speed);

#endif
