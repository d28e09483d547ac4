/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Balancing: a table is changed as little as it takes for its rows and columns to have given sums.
 *
 * Matrices are row-major. With factors r_i > 0 of rows and s_j > 0 of columns the balanced table is
 *
 *   x_ij = a_ij r_i s_j       where a_ij >= 0
 *   x_ij = a_ij / (r_i s_j)   where a_ij < 0
 *
 * so that cells keep their sign and empty cells stay empty. Without negative cells this is RAS (Stone 1961; iterative
 * proportional fitting), which gives the table with the least Kullback-Leibler divergence from A; with them GRAS
 * (Junius and Oosterhaven 2003, as corrected by Temurshoev, Miller and Bouwmeester 2013). A factor of 0 stands for a
 * row or column that vanishes: all its cells become 0.
 */
#ifndef OKRUG_BALANCE_H
#define OKRUG_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef struct {
    int64_t rows, columns;
    const double *seed;         /* A: rows x columns, finite */
    const double *row_total;    /* rows */
    const double *column_total; /* columns; their sum is that of the row totals */
    bool has_negative;          /* whether any cell of A is below 0: RAS needs one pass of plain products, GRAS two */
} okrug_balance_problem;

/* The factors as they stand. Begin with s of ones and rounds of 0; a call goes on where the last one stopped. */
typedef struct {
    double *r; /* rows */
    double *s; /* columns */
    int64_t rounds;
    /* The largest |sum - total| of a row or column, as a share of the larger of |total| and the sum of moduli. */
    double deviation;
    bool converged; /* deviation <= tolerance */
} okrug_balance_state;

/* Scales rows and columns in turn until all sums are within `tolerance` of the totals, or for `most` rounds in all
 * (rounds counts from the start). Each round reads A once: O(rows columns); scratch: some 1/64 of A. The same bytes on
 * any number of threads. Reports progress ("task.balancing"). OKRUG_NO_MEMORY, OKRUG_CANCELLED; that it did not
 * converge is no error but `converged`.
 * Test (RAS): [[40,30,20,10],[35,50,100,75],[30,80,70,120],[20,30,40,50]], rows 150,300,400,150, columns
 * 200,300,400,100: first row 64.558510, 46.232460, 35.384298, 3.824732. (GRAS): [[7,3,5,-3],[2,9,8,1],[-2,0,2,1]],
 * rows 15,26,-1, columns 9,16,17,-2: first row 8.9764403, 3.7431602, 5.7217284, -3.4413290. */
okrug_status okrug_balance(okrug_ctx *ctx, const okrug_balance_problem *problem, double tolerance, int64_t most,
                           okrug_balance_state *state);

/* x (rows x columns) from the factors. May be the same array as the seed. */
void okrug_balanced(const okrug_balance_problem *problem, const okrug_balance_state *state, double *x);

/* Factors are known only up to one number: r c, s / c give the same table. Chooses it so that s is 1 on average,
 * weighted by the moduli of A; r then carries what the table has grown. */
void okrug_balance_normalise(const okrug_balance_problem *problem, okrug_balance_state *state);

/* Why no table has these totals. Positive cells of the marked rows stand in the marked columns only, and negative cells
 * of the marked columns in the marked rows only; so the rows cannot sum to more than the columns, but their totals do:
 * need > have. */
typedef struct {
    bool *row;    /* rows */
    bool *column; /* columns */
    double need;  /* sum of the totals of the marked rows */
    double have;  /* sum of the totals of the marked columns */
} okrug_balance_cut;

/* Whether some table with the signs of A (a cell may become 0) has the totals, by the largest flow from what rows have
 * to give to what columns take, of which the cut is the smallest bottleneck. `feasible` unless need - have is above
 * 1e-9 of the moduli of all totals. Scratch: 16 bytes a cell that is not 0; see okrug_max_flow for the rest. */
okrug_status okrug_balance_explain(okrug_ctx *ctx, const okrug_balance_problem *problem, bool *feasible,
                                   okrug_balance_cut *cut);

#endif
