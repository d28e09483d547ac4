/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input-output analysis: multipliers, linkages and regional coefficients from a table of n industries.
 *
 * Matrices (n x n) are row-major: z[i * n + j] is what industry i delivers to industry j, x[j] >= 0 the output of j,
 * all in one unit of money. Coefficients a_ij = z_ij / x_j. L = (I - A)^-1 is the Leontief inverse, G = (I - B)^-1 with
 * b_ij = z_ij / x_i that of Ghosh. Inputs are finite; entries may be negative unless said.
 *
 * Functions that solve fail with OKRUG_NO_SOLUTION: "matrix-singular" (see linalg.h), or "economy-not-viable" where the
 * largest modulus of the eigenvalues of A (or B) is not below 1: each round of deliveries would need more than the one
 * before, so the multipliers mean nothing. Finding out is quick, except where coefficients are negative and a column's
 * moduli sum to 1 or more: then all eigenvalues are computed, in some ten times the time of the solution. Results have
 * the same bytes on any number of threads.
 *
 * Source of the formulas: Miller and Blair, Input-Output Analysis (2009), unless another is named. Reference values:
 * their table 2.3, Z = [[150,500],[200,100]], x = (1000,2000).
 */
#ifndef OKRUG_INPUTOUTPUT_H
#define OKRUG_INPUTOUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Coefficients and inverses -------------------------------------------------------------------------------- */

/* a (n x n): z_ij / x_j, 0 where x_j = 0. May be the same array as z. */
void okrug_technical_coefficients(int64_t n, const double *z, const double *x, double *a);

/* b (n x n): z_ij / x_i, 0 where x_i = 0. May be the same array as z. */
void okrug_allocation_coefficients(int64_t n, const double *z, const double *x, double *b);

/* inverse (n x n) = (I - A)^-1: L of technical coefficients, G of allocation coefficients. Only where the inverse
 * itself is wanted; multipliers need none. O(n^3); scratch: n^2 numbers.
 * Test: L = [[1.25412541,.33003300],[.26402640,1.12211221]]. */
okrug_status okrug_leontief_inverse(okrug_ctx *ctx, int64_t n, const double *a, double *inverse);

/* What is wanted of the inverse L, without the rest of it. Whatever has no array is not computed. */
typedef struct {
    double *column_sum; /* n: 1' L */
    double *row_sum;    /* n: L 1 */
    int64_t columns;
    const int64_t *column; /* columns: which */
    double *of_columns;    /* n x columns: L_ij for j among them */
    int64_t rows;
    const int64_t *row; /* rows: which */
    double *of_rows;    /* rows x n: L_ij for i among them */
} okrug_inverse_parts;

/* Parts of (I - A)^-1 by LU. O(n^3 + n^2 (columns + rows)); scratch: n^2 numbers. */
okrug_status okrug_leontief_parts(okrug_ctx *ctx, int64_t n, const double *a, const okrug_inverse_parts *parts);

/* Whether the coefficients describe an economy that the functions here can solve: `viable` is false where they would
 * fail with OKRUG_NO_SOLUTION. No fault is added for that. O(n^2) for most, O(n^3) where a column sums to 1 or more. */
okrug_status okrug_is_viable(okrug_ctx *ctx, int64_t n, const double *a, bool *viable);

/* ---- Multipliers ---------------------------------------------------------------------------------------------- */

/* multiplier (rows x n) = C L for C (rows x n): what a unit of final demand for j needs of each thing that C counts per
 * unit of output, in all industries together. A row of ones gives output multipliers; value added, income, tax or
 * persons per unit of output give theirs. The type I multiplier in the older sense is multiplier / c, where c is not 0.
 * By LU, without the inverse. O(n^3 + rows n^2); scratch: n^2 + n numbers. Test: output 1.518152, 1.452145. */
okrug_status okrug_multipliers(okrug_ctx *ctx, int64_t n, const double *a, int64_t rows, const double *c,
                               double *multiplier);

/* Both from one factorisation: the inverse (n x n), which may be the same array as `a`, and the multipliers. O(n^3);
 * scratch: n^2 + n numbers. */
okrug_status okrug_leontief_inverse_multipliers(okrug_ctx *ctx, int64_t n, const double *a, int64_t rows,
                                                const double *c, double *inverse, double *multiplier);

/* Households as one more industry: they supply work and buy goods. */
typedef struct {
    const double *income;      /* h (n): household income per unit of each industry's output */
    const double *consumption; /* k (n): what households buy of each industry per unit of their income */
    double own;                /* h_hh: income that households pay each other per unit of theirs; usually 0 */
} okrug_households;

/* The multipliers of the economy closed by households, type II, from the open ones: with C L in `multiplier` (rows x n)
 * and h L in `income_multiplier` (n), both by okrug_multipliers,
 *
 *   closed (rows x n) = C L + (C L k)(h L) / (1 - h_hh - h L k).
 *
 * These are the first n columns of C (extended by 0 for households) times the inverse of the bordered matrix: effects
 * in the industries, with household spending induced but not itself counted as output ("truncated"). `closed` may be
 * the same array as `multiplier`, if `income_multiplier` is not a part of it. All NaN where 1 - h_hh - h L k <= 0:
 * households would spend more than the income that their spending makes possible. O(rows n). Test: A =
 * [[.15,.25],[.2,.05]], h = (.3,.25), k = (.05,.4), h_hh = .05: first row of L 1.36508612, .42526047. */
void okrug_close_multipliers(int64_t n, int64_t rows, const okrug_households *households, const double *multiplier,
                             const double *income_multiplier, double *closed);

/* ---- Linkages ------------------------------------------------------------------------------------------------- */

/* index (n) = n m / sum m: above 1 where an industry pulls (or pushes) more than the average one (Rasmussen 1956).
 * Backward from the column sums of L; forward from the row sums of G. NaN where the sum is 0.
 * Test: backward 1.022222, .977778; forward 1.208333, .791667. */
void okrug_rasmussen(int64_t n, const double *m, double *index);

/* Output that all industries lose when one is taken out (hypothetical extraction), from the column sums m of L and its
 * diagonal: with its row and column, x_j m_j / l_jj; with its purchases (column) only, x_j (m_j - 1) / l_jj.
 * `total` and `backward` are n each; the first includes the industry's own output. NaN where l_jj = 0, which takes
 * negative coefficients.
 * Test: 1210.526, 2588.235; 413.158, 805.882. */
void okrug_extraction(int64_t n, const double *x, const double *m, const double *diagonal, double *total,
                      double *backward);

/* Trade that leaves the chain of deliveries, for upstreamness. NULL: all 0. */
typedef struct {
    const double *exports, *imports, *inventory; /* n each; NULL: 0. inventory: additions to stocks, net */
} okrug_open_economy;

/* upstreamness (n) = (I - D)^-1 1 with D_ij = z_ij / (x_i - exports_i + imports_i - inventory_i): the average number of
 * steps before the output of i reaches its final use, from 1 up (Antras, Chor, Fally and Hillberry 2012). Without trade
 * these are the row sums of G. NaN for industries whose divisor is not above 0; for the others their deliveries count
 * as final. O(n^3); scratch: 2 n^2 numbers. Test: 1.914191, 1.254125. */
okrug_status okrug_upstreamness(okrug_ctx *ctx, int64_t n, const double *z, const double *x,
                                const okrug_open_economy *trade, double *upstreamness);

typedef struct {                                    /* n each, written by okrug_linkages */
    double *backward, *forward;                     /* okrug_rasmussen */
    double *extraction_total, *extraction_backward; /* okrug_extraction */
    double *upstreamness;                           /* okrug_upstreamness */
    /* How unevenly the pull (a column of L) or push (a row of G) is spread: the standard deviation of its n cells, by
     * n - 1, as a share of their mean (Rasmussen 1956). Either may be NULL. NaN for n = 1. */
    double *backward_variation, *forward_variation;
} okrug_linkage_results;

/* All of the above from the table. `trade` may be NULL. Where `asked` is not NULL (n), extraction and variation are
 * computed for the marked industries only, by solving for their columns and rows, and are NaN for the others; else from
 * the whole inverse. O(n^3); scratch: 2 n^2 numbers, or n^2 + 2 n for each one asked.
 * Test: variation .922313, .771389 (backward), .438894, 1.116484 (forward). */
okrug_status okrug_linkages(okrug_ctx *ctx, int64_t n, const double *z, const double *x,
                            const okrug_open_economy *trade, const bool *asked, const okrug_linkage_results *results);

/* ---- Coefficients that matter, and lengths --------------------------------------------------------------------- */

typedef struct {
    int32_t row, column;
    double intensity;
} okrug_influence_cell;

/* The `most` coefficients (fewer where n^2 is less) whose change would move L most, in descending order, equal ones by
 * row and column: intensity S_ij = (1' L)_i (L 1)_j, the sum of all cells of the field of influence F(i, j) = L e_i
 * e_j' L (Sonis and Hewings 1989). A change of a_ij by d changes L by d F / (1 - d l_ji). Returns how many. O(n^2 log
 * most). Test: S_12 = 1.518152 * 1.386139. */
int64_t okrug_influence_top(int64_t n, const double *column_sum, const double *row_sum, int64_t most,
                            okrug_influence_cell *cell);

/* Average propagation lengths: length (n x columns) = H_ij / (L - I)_ij with H = L (L - I), the average number of steps
 * by which a change in j's final demand reaches i, weighted by what arrives by each (Dietzenbacher, Romero and Bosma
 * 2005), and size (n x columns) = (L - I)_ij, for the columns j that are named. NaN where |size| <= 1e-13: no path, as
 * far as rounding lets that be told. By two solutions for each column, without the inverse. O(n^3 + n^2 columns);
 * scratch: n^2 numbers. Test: [[1.597017,1.376238],[1.376238,1.835697]]. */
okrug_status okrug_propagation_lengths(okrug_ctx *ctx, int64_t n, const double *a, int64_t columns,
                                       const int64_t *column, double *size, double *length);

/* ---- Regional coefficients ------------------------------------------------------------------------------------ */

/* How a region's need that its own industries cover is estimated from location quotients SLQ_i = (e_ri/e_r)/(e_i/e):
 *   SLQ   SLQ_i
 *   CILQ  SLQ_i / SLQ_j; SLQ_i on the diagonal
 *   FLQ   lambda CILQ_ij, lambda = (log2(1 + e_r/e))^delta (Flegg and Webber 1997)
 *   AFLQ  FLQ before its cap, times log2(1 + SLQ_j) where SLQ_j > 1 (Flegg and Webber 2000) */
typedef enum { OKRUG_REGIONAL_SLQ, OKRUG_REGIONAL_CILQ, OKRUG_REGIONAL_FLQ, OKRUG_REGIONAL_AFLQ } okrug_regional_method;

/* q (n x n), to be multiplied with the national coefficients: a^r_ij = q_ij a_ij. region and nation (n) are amounts of
 * the same thing (persons, output). 0 <= delta, used by FLQ and AFLQ; .25 is usual and .15 to .35 worth showing. q is
 * not above `cap`: 1 says that a region does not use more of a national input than the nation; INFINITY leaves AFLQ
 * free to. NaN for all where a sum is 0; for row i where nation_i = 0; for CILQ, FLQ, AFLQ also for column j where
 * SLQ_j is 0 or NaN, but on the diagonal only where SLQ_j is NaN.
 * Test: region (30,20,50), nation (200,300,500), delta .3: FLQ row 1 .82715216, 1, .82715216; AFLQ without cap
 * 1.09343568, 1.24072824, .82715216. */
void okrug_regional_quotients(int64_t n, const double *region, const double *nation, okrug_regional_method method,
                              double delta, double cap, double *q);

#endif
