/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear regression with fixed effects and errors that allow for unequal variances and clusters.
 */
#ifndef OKRUG_REGRESSION_H
#define OKRUG_REGRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef enum {
    OKRUG_ERRORS_ROBUST,    /* HC1 (MacKinnon and White 1985) */
    OKRUG_ERRORS_CLASSICAL, /* equal variances */
    OKRUG_ERRORS_CLUSTERED  /* CR1: G / (G - 1) (n - 1) / (n - K) (Liang and Zeger 1986) */
} okrug_errors;

/* Groups of observations: number[i] in 0 .. count-1. NULL: none. */
typedef struct {
    int64_t count;
    const int64_t *number;
} okrug_grouping;

typedef struct {
    int64_t n, terms;
    const double *x; /* terms x n: each term's column is a run; a constant, where it is wanted, is one of them */
    const double *y; /* n */
    okrug_grouping effect[2]; /* a constant for each of these groups is taken out */
    okrug_grouping cluster;   /* for CLUSTERED */
    okrug_errors errors;
} okrug_regression;

typedef struct {
    double *estimate, *error; /* terms */
    double *fitted;           /* n: the effects included */
    double r_squared;         /* 1 - residuals / deviations from the mean; NaN where y is constant */
    double within;            /* the same beside the effects alone; NaN without effects, and where these explain all */
    int64_t absorbed;         /* constants taken out: groups, for two groupings less the parts that do not touch */
    int64_t degrees;          /* n - terms - absorbed */
    int64_t clusters;         /* that have observations; 0 where they are not asked for */
    int64_t dependent;        /* the term that others or the effects make up; -1: none. Else nothing above is written */
} okrug_regression_results;

/* Two groupings are taken out in turns until nothing changes by more than 1e-13 of a column's length; else
 * OKRUG_NOT_CONVERGED ("effects-not-converged"). Then QR. degrees may be 0 or less: then errors are NaN. The constants
 * count among the K that errors are corrected for, also within clusters, as in lm() with dummies.
 * OKRUG_NO_MEMORY, OKRUG_CANCELLED, what okrug_qr_least_squares says. O(n terms^2 + rounds n terms).
 * Test: lm() of R 4.2.2 with sandwich 3.0.2, to 1e-9. */
okrug_status okrug_regression_fit(okrug_ctx *ctx, const okrug_regression *regression,
                                  okrug_regression_results *results);

#endif
