/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The withheld cells of a panel for an analysis: what they can hold, ways to fill them, and what both leave of its
 * location quotients. The same for every analysis, so that the same data and seed are filled alike everywhere.
 */
#ifndef OKRUG_ANALYSES_WITHHELD_H
#define OKRUG_ANALYSES_WITHHELD_H

#include <okrug/withheld.h>

#include "analyses/comparison.h"

/* Where a withheld cell is surely not 0: a row says so, unless its value is there and is 0 or missing (a wage). */
#define OKRUG_PRESENT_ROLES                                                                                            \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                        \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "value", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }

enum { OKRUG_PARTS_SOME, OKRUG_PARTS_ALL };
enum { OKRUG_PRIOR_UNIFORM, OKRUG_PRIOR_PROPORTIONAL };
#define OKRUG_DRAW_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    CHOICE(prior, "prior", "uniform|proportional")                                                                     \
    INTEGER(draws, "draws", 200, 200, 100000, COUNT)                                                                   \
    OKRUG_SEED_PARAMETER(INTEGER)
#define OKRUG_WITHHELD_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                  \
    CHOICE(parts, "parts", "some|all")                                                                                 \
    OKRUG_DRAW_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    int parts, prior;
    int64_t draws, seed;
} okrug_withheld_options;
/* Those of an analysis whose parameters include the list above. */
#define OKRUG_WITHHELD_OPTIONS(p) ((okrug_withheld_options){(p)->parts, (p)->prior, (p)->draws, (p)->seed})

typedef struct {
    okrug_withheld matrix;
    okrug_withheld_cells cells;
    double *least, *most; /* regions x industries: what each cell can hold; a known cell what it does */
    int64_t draws;
    double *x;    /* cells.count x draws; NULL: nothing is withheld, or nothing bounds it */
    bool bounded; /* nothing is withheld, or every region's total is known */
} okrug_filling;

bool okrug_panel_knows(const okrug_panel *panel, int64_t cell); /* a number, or it cannot be other than 0 */

/* Bounds, and draws where something is withheld and bounded. `totals` and `present` may be NULL; `unit` is that of the
 * panel's values: with `present` it must be a count, and the least is one of it. Scratch memory. BAD_INPUT
 * "present-needs-counts", "one-period-of-present". Warns of totals that leave too little or too much. */
okrug_status okrug_filling_make(okrug_ctx *ctx, const okrug_panel *panel, const okrug_region_totals *totals,
                                const okrug_table *present, okrug_unit unit, okrug_withheld_options options,
                                const char *file, okrug_filling *filling);

/* What is left of the location quotients. Each array is regions x industries; NULL where nothing bounds them. */
typedef struct {
    double *least, *most;
    double *lo, *hi; /* over the draws; where nothing is withheld the quotient itself */
    double *passes;  /* share of the draws in which the cell passes the screen; NULL without a screen */
} okrug_quotient_range;

/* `lq`: the quotients of known cells (NaN elsewhere). Scratch memory. */
okrug_status okrug_quotients_range(okrug_ctx *ctx, const okrug_filling *filling, const okrug_comparison *with,
                                   const double *lq, const okrug_screen *screen, okrug_quotient_range *range);

/* Whether the answer to "above `line`?" hangs on what is withheld: "certain" where the bounds are on one side of it,
 * "likely" where the range over the draws is, "no" where neither is; "" where there are none. */
const char *okrug_stability(double least, double most, double lo, double hi, double line);

#endif
