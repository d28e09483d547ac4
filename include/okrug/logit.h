/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Logistic regression with fixed effects, and how well scores tell ones from zeros.
 *
 * logit P(y = 1) = sum_j coefficient_j x_j + effect of the group (+ effect of the second group). Without groups there
 * is one effect, the intercept. Fitted by maximum likelihood: Newton's steps (the same as iteratively reweighted least
 * squares), halved where the likelihood would fall. The many effects of the first groups are taken out of each step's
 * equations by their diagonal, so its groups should be the more numerous.
 */
#ifndef OKRUG_LOGIT_H
#define OKRUG_LOGIT_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef struct {
    int64_t rows, covariates;
    const double *x;         /* rows x covariates, finite */
    const uint8_t *y;        /* rows: 0 or 1 */
    int64_t groups, seconds; /* 0: none */
    const int32_t *group;    /* rows: 0 .. groups-1; NULL where there are none */
    const int32_t *second;   /* the same, of 0 .. seconds-1; only where there are groups too */
} okrug_logit_data;

typedef enum {
    OKRUG_LOGIT_CONVERGED,
    OKRUG_LOGIT_CONSTANT,     /* all that is used is 0, or all is 1, or nothing is left */
    OKRUG_LOGIT_COLLINEAR,    /* the covariates (and effects) determine each other */
    OKRUG_LOGIT_SEPARATED,    /* some mixture of the covariates tells all ones from all zeros, or nearly so: the
                                 likelihood goes up for ever and has no maximum */
    OKRUG_LOGIT_NOT_CONVERGED /* 100 steps were not enough */
} okrug_logit_end;

typedef struct {
    okrug_logit_end end;
    int64_t iterations;
    int64_t used, ones;    /* rows that were used, and how many of them are 1 */
    int64_t left_out;      /* rows of groups whose every y is the same: they say nothing of the coefficients */
    double log_likelihood; /* of the rows used */
} okrug_logit_fit;

/* coefficient, error (covariates): estimates and standard errors (inverse of the information). effect (groups, or 1):
 * NaN for groups left out; effect_error (1, where there are no groups; may be NULL); second_effect (seconds), 0 for the
 * first that is used, NaN for those left out. All NaN unless converged. A group is left out where all its rows have the
 * same y, again and again until none is. Converged: no coefficient or effect moves the logit of any row by more than
 * 1e-9. OKRUG_NO_MEMORY, OKRUG_CANCELLED, or as linalg.h says.
 * O(iterations x (rows x covariates^2 + (covariates + seconds)^2 x groups + (covariates + seconds)^3)).
 * Test: R's glm on its data mtcars, tests/unit/kernels/test_logit.c. */
okrug_status okrug_logit(okrug_ctx *ctx, const okrug_logit_data *data, double *coefficient, double *error,
                         double *effect, double *effect_error, double *second_effect, okrug_logit_fit *fit);

/* The probability that a one has a higher score than a zero, ties counted half (Mann and Whitney 1947; the area under
 * the receiver operating characteristic); finite scores within 1e-13 of the largest of each other are ties: `area` is
 * NaN without ones or zeros. Rows whose score is NaN are left out. OKRUG_NO_MEMORY. O(n log n). */
okrug_status okrug_auc(okrug_ctx *ctx, int64_t n, const double *score, const uint8_t *y, double *area);

#endif
