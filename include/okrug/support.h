/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What support is worth, and the best combination of it.
 */
#ifndef OKRUG_SUPPORT_H
#define OKRUG_SUPPORT_H

#include <okrug/context.h>
#include <okrug/numeric.h>

/* How a loan is paid back: at its end, or in equal parts at the end of each year. */
typedef enum { OKRUG_REPAID_AT_END, OKRUG_REPAID_IN_PARTS } okrug_repayment;

/* The present value of a payment of 1 a year (for a part of a year, that part) on what is still owed of 1 lent for
 * `years` >= 0; paid at the end of each year, discounted at `discount` > -1 a year. Times (market rate - rate) it is
 * what a loan below the market's rate gives (its grant equivalent).
 * Tests: 5 years, at end, discount .2: 2.990612; 2 years in parts, no discount: 1.5. */
double okrug_owed_years(double years, double discount, okrug_repayment repayment);

/* Amounts to choose: option j is either not taken, its amount 0, or taken with least_j <= amount_j <= most_j. */
typedef struct {
    int64_t options;            /* above 0 */
    const double *benefit;      /* options: of 1 of its amount */
    const double *least, *most; /* options: 0 <= least <= most, finite */
    okrug_csr limit;            /* A over 2 * options columns: amounts, then what is taken (0 or 1) */
    const double *limit_most;   /* A (amounts, taken) <= limit_most */
} okrug_support_choice;

typedef struct {
    double value; /* sum of benefit x amount */
    double bound; /* nothing is worth more */
    int64_t nodes;
    bool proven; /* bound == value */
} okrug_support_proof;

typedef struct {
    double *amount; /* options */
    bool *taken;    /* options */
    okrug_support_proof proof;
} okrug_support_best;

/* The most benefit. With `without` (a set of options, or NULL) at least one of them is not taken: the second best is
 * what is best without one of the best's. An option whose amount comes out 0 is not taken. At most `nodes` of the
 * search. Errors of okrug_mixed_least; scratch memory O(options + entries of A). */
okrug_status okrug_support_choose(okrug_ctx *ctx, const okrug_support_choice *choice, const bool *without,
                                  int64_t nodes, okrug_support_best *best);

#endif
