/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear programmes, some of whose variables may have to be whole: the door to GLPK.
 */
#ifndef OKRUG_OPTIMISE_H
#define OKRUG_OPTIMISE_H

#include <stdint.h>

#include <okrug/context.h>
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

/* The least cost'x with least <= A x <= most, 0 <= x <= upper, and x whole where `whole` is not 0. */
typedef struct {
    int64_t columns;
    okrug_csr matrix;           /* rows: A; a column at most once in a row */
    const double *least, *most; /* rows; NaN: no bound */
    const double *cost, *upper; /* columns; upper is finite */
    const uint8_t *whole;       /* columns */
} okrug_mixed_programme;

typedef struct {
    double cost, bound; /* of what was found, and the least that any solution can cost */
    int64_t nodes;      /* of the search, until it ended */
    bool optimal;       /* bound == cost: nothing is left to search */
} okrug_mixed_end;

/* Solves it by branch and bound, in one thread, always in the same order: it ends when nothing is left to search, or
 * after `nodes`, never by the clock, and `end` says which. x (columns) has whole numbers where they must be. Tolerance
 * of rows 1e-9 of the largest coefficient. Checks for cancel at every node. OKRUG_NO_SOLUTION (there is none),
 * OKRUG_NOT_CONVERGED (none was found among so many nodes), OKRUG_CANCELLED, OKRUG_NO_MEMORY, OKRUG_DEFECT.
 * Test: 5 a + 4 b + 3 c least, 2 a + 3 b + c >= 4, all 0 or 1: 7 at (0, 1, 1). */
okrug_status okrug_mixed_least(okrug_ctx *ctx, const okrug_mixed_programme *programme, int64_t nodes, double *x,
                               okrug_mixed_end *end);

#endif
