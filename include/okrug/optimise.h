/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear programmes: the door to GLPK.
 */
#ifndef OKRUG_OPTIMISE_H
#define OKRUG_OPTIMISE_H

#include <stdint.h>

#include <okrug/status.h>

/* The least cost'x with A x >= least and x >= 0; cost is not negative. */
typedef struct {
    int64_t rows, columns; /* above 0, below 2^31 */
    const double *matrix;  /* rows x columns, row-major: A */
    const double *cost;    /* columns */
    const double *least;   /* rows */
} okrug_linear_programme;

/* Solves it by the dual simplex. x (columns) and price (rows: what one unit more of `least` costs) may be NULL; where
 * several are equally good one of them. Needs no context, so that tiles of okrug_parallel may call it: the library's
 * environment is the thread's own and lives for the call. OKRUG_NO_SOLUTION (no x is enough), OKRUG_NOT_CONVERGED,
 * OKRUG_NO_MEMORY, OKRUG_DEFECT (the library gave up; it cannot end the program).
 * Test: 2 x + 3 y least, x + y >= 4, x + 3 y >= 6: 9 at (3, 1), prices 1.5 and .5. */
okrug_status okrug_linear_least(const okrug_linear_programme *programme, double *x, double *price, double *cost);

#endif
