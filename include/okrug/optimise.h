/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear programmes, and those in which some of the unknowns are whole numbers: the door to GLPK.
 */
#ifndef OKRUG_OPTIMISE_H
#define OKRUG_OPTIMISE_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/numeric.h>
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

/* Makes the k-th of a family out of the arrays that the programme points to: `least`, and the columns of the matrix
 * that are not fixed. */
typedef void okrug_linear_change(void *user, int64_t k);

/* The costs (count) of a family of programmes that have their first `fixed` columns and their costs in common, each
 * solved from the beginning: loading the columns that stay takes longer than a programme. Errors as above; the first
 * one ends it. */
okrug_status okrug_linear_least_each(const okrug_linear_programme *programme, int64_t fixed, int64_t count,
                                     okrug_linear_change *change, void *user, double *cost);

/* The most gain'x with row_least <= A x <= row_most and least <= x <= most, x whole where it is marked so. Infinite
 * bounds are none. */
typedef struct {
    int64_t columns;                    /* above 0, below 2^31 */
    okrug_csr rows;                     /* A; at least one row */
    const double *row_least, *row_most; /* rows */
    const double *least, *most;         /* columns */
    const double *gain;                 /* columns */
    const bool *whole;                  /* columns */
} okrug_mixed_programme;

typedef struct {
    double value; /* gain'x */
    double bound; /* no x gains more; `value` itself where that is proven */
    int64_t nodes;
    bool proven; /* that nothing is better, but for the solver's tolerance of 1e-7 of the value */
} okrug_mixed_result;

/* Solves it by branch and bound, at most `nodes` of them, so that it ends at the same place on every machine; whole
 * numbers are exactly so and the others the best beside them. x: columns. Needs no context (see okrug_linear_least).
 * OKRUG_NO_SOLUTION (nothing is allowed, or any gain is), OKRUG_NOT_CONVERGED (none found within the nodes),
 * OKRUG_NO_MEMORY, OKRUG_DEFECT.
 * Test: 5 x + 4 y, 6 x + 4 y <= 24, x + 2 y <= 6, both whole: 20 at (4, 0), where without it is 21 at (3, 1.5). */
okrug_status okrug_mixed_most(const okrug_mixed_programme *programme, int64_t nodes, double *x,
                              okrug_mixed_result *result);

#endif
