/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Withheld cells: what they can hold where the totals of their rows are known, ways to fill them, and what both leave
 * of location quotients.
 *
 * A matrix of regions by industries is row-major and its amounts are finite and not negative. A withheld cell holds at
 * least its floor; the withheld cells of a region hold together what its total leaves over the known ones, or no more
 * than that. Regions do not bind one another, so bounds are exact in closed form. Nothing here estimates: bounds hold
 * in every way to fill the cells, draws are ways to fill them.
 */
#ifndef OKRUG_WITHHELD_H
#define OKRUG_WITHHELD_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/concentration.h>
#include <okrug/context.h>
#include <okrug/status.h>

/* ---- What is known -------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t regions, industries;
    const double *value;        /* regions x industries; 0 at withheld cells */
    const bool *known;          /* regions x industries */
    const double *floor;        /* regions x industries, >= 0, looked at in withheld cells; NULL: 0 */
    const double *region_total; /* regions, >= 0 */
    bool whole;                 /* the industries are all that a region's total holds; else it may hold others too */
} okrug_withheld;

/* The withheld cells, in the order of the matrix. Arrays are the caller's. */
typedef struct {
    int64_t count;
    int64_t *cell;  /* count: region * industries + industry */
    int64_t *start; /* regions + 1: those of region r are start[r] .. start[r + 1] - 1 */
    double *least;  /* count */
    double *most;   /* count */
    double *left;   /* regions: what is there to share out above the floors, >= 0 */
} okrug_withheld_cells;

/* What does not add up. `first` is a region; -1: none. */
typedef struct {
    int64_t contradictions; /* regions whose total is below what is known and the floors: their withheld cells get
                               their floors, and nothing more */
    int64_t first_contradiction;
    int64_t unexplained; /* with `whole`: regions that withhold nothing and whose total is above what is known */
    int64_t first_unexplained;
    double most_unexplained;
} okrug_withheld_faults;

/* How many cells are withheld. O(regions x industries). */
int64_t okrug_withheld_count(const okrug_withheld *withheld);

/* Fills `cells`. Exact: each end of [least, most] is attained in some way to fill all cells, and no value outside is.
 * With R what the total leaves over the known cells, a cell is at most R less the floors of the region's others, and at
 * least its floor; with `whole` a region's only withheld cell is R. Where a total and its parts agree to 1e-9 they are
 * taken as equal. O(regions x industries). Test: every whole-number filling of small tables, counted out. */
void okrug_withheld_bounds(const okrug_withheld *withheld, okrug_withheld_cells *cells, okrug_withheld_faults *faults);

/* ---- Draws ----------------------------------------------------------------------------------------------------- */

/* How cells are filled: what is left of a region is shared out in proportion to weight times an exponential number,
 * floors come on top. With equal weights every filling with real numbers is equally likely (a Dirichlet distribution
 * with all parameters 1); unequal ones make industries of large weight likely to hold more. Regions are independent.
 * This is an assumption about what nobody published, and ranges over it measure how much depends on it. */
typedef struct {
    uint64_t seed;
    int64_t draws;             /* >= 1 */
    const uint64_t *unit;      /* cells->count: names each cell for the random numbers, whatever its place; see
                                  okrug_random_unit */
    const uint64_t *rest_unit; /* regions: the same for what is in no industry; NULL with `whole` */
    const double *weight;      /* industries, > 0; NULL: all 1 */
    double rest_weight;        /* of what is in no industry, >= 0 */
} okrug_withheld_prior;

/* x (cells->count x draws): draw d of cell k is x[k * draws + d]; it lies in [least, most] of the cell, and the cells
 * of a region hold `left` and their floors together (no more than that without `whole`). The same on any number of
 * threads. O(count x draws). */
okrug_status okrug_withheld_draws(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                  const okrug_withheld_prior *prior, double *x);

/* Industry totals in each draw: total[industry * draws + d], the sums of the columns. O(count x draws + cells). */
okrug_status okrug_withheld_totals(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                   int64_t draws, const double *x, double *total);

/* What an industry may weigh: its share where it is published, sum of its known cells over the sum of those regions'
 * totals. weight (industries): an industry that is published nowhere, or only as 0, gets the smallest weight there is
 * (1 where there is none). rest: what is left of 1, >= 0. */
void okrug_withheld_weights(const okrug_withheld *withheld, double *weight, double *rest);

/* The 5th and the 95th percentile of n >= 1 numbers, by linear interpolation between neighbours (type 7 of Hyndman and
 * Fan 1996); equal numbers give that number. Sorts x. NaN where one of them is NaN. */
void okrug_sensitivity_range(int64_t n, double *x, double *lo, double *hi);

/* ---- Location quotients ----------------------------------------------------------------------------------------- */

/* Least and greatest value (regions x industries) of each location quotient over all fillings; `reference` as for
 * okrug_location_quotients, with the regions' totals in it. Industry totals that are not given are sums of columns and
 * vary with the filling. Exact for each quotient: it rises with its own cell and falls with the others of its industry,
 * so the ends are at the ends of cells that belong to different regions. The bounds of several quotients of one region
 * need not hold at once. Where an industry withholds nothing both are the quotient itself, to the bit. NaN where the
 * quotient has no value in any filling. O(regions x industries). */
okrug_status okrug_lq_bounds(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                             const okrug_lq_reference *reference, double *least, double *most);

/* What a cell must reach to count as a concentration. */
typedef struct {
    double quotient;
    double value;
    double share; /* of the region's total */
} okrug_screen;

/* Over the draws x: the range of each quotient (see okrug_sensitivity_range), and, where `screen` is not NULL, the
 * share of the draws in which the cell reaches all of it (passes, regions x industries). A quotient that a draw leaves
 * without a value makes the range NaN and passes nothing. Scratch: industries x draws numbers. O(regions x industries x
 * draws). */
okrug_status okrug_lq_sensitivity(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                  int64_t draws, const double *x, const okrug_lq_reference *reference,
                                  const okrug_screen *screen, double *lo, double *hi, double *passes);

#endif
