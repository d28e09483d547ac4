/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many regions and the trade between them: gravity, the multi-regional table, and what of a multiplier stays at home.
 *
 * R regions, n industries; place (r, i) of a multi-regional matrix or vector is r * n + i, N = R n. Matrices are
 * row-major and finite.
 *
 * Source: Miller and Blair, Input-Output Analysis (2009), chapters 3 and 8; Wilson, Entropy in urban and regional
 * modelling (1970).
 */
#ifndef OKRUG_INTERREGIONAL_H
#define OKRUG_INTERREGIONAL_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Trade of one good ---------------------------------------------------------------------------------------- */

typedef enum { OKRUG_DECAY_EXPONENTIAL, OKRUG_DECAY_POWER } okrug_decay;

typedef struct {
    int64_t regions;
    const double *origin;      /* R, >= 0: what each region has to sell */
    const double *destination; /* R, >= 0: what each buys; the same sum */
    const double *cost; /* R x R, >= 0 (> 0 for POWER where finite); INFINITY: no trade; the diagonal is finite */
    okrug_decay decay;
} okrug_gravity;

typedef struct {
    double friction;    /* b */
    double mean_haul;   /* sum t c / sum t; NaN where there is no trade */
    int64_t iterations; /* of the last balancing */
    double error;       /* greatest difference from a margin, relative to the sum of margins */
} okrug_gravity_result;

enum { OKRUG_GRAVITY_ITERATIONS = 5000 };

/* trade (R x R) = A_r O_r B_s D_s f(c_rs), f = exp(-b c) or c^-b: doubly constrained, by iterative proportional fitting
 * until `error` is not above 1e-13 or OKRUG_GRAVITY_ITERATIONS are done. Where the pattern of costs admits no such
 * trade the error stays: the caller looks. `work`: 2 R numbers. No scratch memory, no messages: several may run at the
 * same time. O(R^2) an iteration. Test: margins and odds ratios. */
void okrug_gravity_trade(const okrug_gravity *gravity, double friction, double *work, double *trade,
                         okrug_gravity_result *result);

/* The same with the friction at which the mean haul is `haul` (Hyman 1969): the mean haul falls as friction grows, so
 * by bisection, to 1e-10 relative. OKRUG_NO_SOLUTION (without a message) where no friction >= 0 gives it: longer than
 * without friction, or shorter than the margins allow; trade is then that of the nearest friction tried. */
okrug_status okrug_gravity_fit(const okrug_gravity *gravity, double haul, double *work, double *trade,
                               okrug_gravity_result *result);

/* ---- The multi-regional model --------------------------------------------------------------------------------- */

/* ta (N x N): T_i^rs a_ij^s, from shares (n x R x R: of what s buys of i, the part that r sells; each column of
 * shares[i] sums to 1) and the regions' coefficients a (R x n x n). */
void okrug_interregional_coefficients(int64_t n, int64_t regions, const double *shares, const double *a, double *ta);

typedef struct {      /* measures x N each */
    double *total;    /* what a unit of final demand for (s, j) sets off everywhere */
    double *own;      /* in s itself */
    double *feedback; /* part of own that comes back through other regions: own less that of s alone */
} okrug_interregional_multipliers;

/* x (N) = (I - TA)^-1 demand, and the multipliers c (I - TA)^-1 for c (measures x N) per unit of output (a row of ones:
 * output). Faults as in inputoutput.h. O(N^3 + measures (R N^2 + R n^3)); scratch: N^2 + R N + 2 n^2 numbers. Test: T =
 * I gives each region's own multipliers, no spill-over and no feedback. */
okrug_status okrug_interregional_model(okrug_ctx *ctx, int64_t n, int64_t regions, const double *ta, int64_t measures,
                                       const double *c, const double *demand, double *x,
                                       const okrug_interregional_multipliers *out);

#endif
