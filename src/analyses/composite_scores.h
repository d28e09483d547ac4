/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scores and places of regions under every combination of the choices that make a composite.
 */
#ifndef OKRUG_ANALYSES_COMPOSITE_SCORES_H
#define OKRUG_ANALYSES_COMPOSITE_SCORES_H

#include "analyses/comparable.h"
#include "analyses/composite_plan.h"

enum { OKRUG_CHOICE_OUTLIERS, OKRUG_CHOICE_NORMALISE, OKRUG_CHOICE_WEIGHTING, OKRUG_CHOICE_AGGREGATE, OKRUG_CHOICES };
enum { OKRUG_WEIGH_EQUAL, OKRUG_WEIGH_GIVEN, OKRUG_WEIGH_PRINCIPAL, OKRUG_WEIGH_BENEFIT, OKRUG_WEIGHINGS };

typedef struct {
    bool average, pooled; /* a missing value is the mean of the region's others; one basis for all periods */
    double floor, least, most;
} okrug_composite_choices;

/* An indicator on a basis. */
typedef struct {
    int64_t regions, altered;
    double mean, deviation, skewness, kurtosis, skewness_after, kurtosis_after;
} okrug_composite_indicator;

/* A value that was brought in. */
typedef struct {
    int64_t basis, thing, cell;
    double value, replaced_by;
} okrug_composite_outlier;

/* Cells are periods x regions. */
typedef struct {
    okrug_cube cube;
    okrug_composite_plan plan;
    uint8_t *reason; /* cells: why there is no score */
    int64_t *filled; /* cells: indicators that were missing */
    okrug_bases bases;
    int64_t levels[OKRUG_CHOICES];
    int weighings[OKRUG_WEIGHINGS]; /* the levels of that choice */
    int64_t combinations;
    double *score;                        /* combinations x cells; the last choice runs fastest */
    double *place;                        /* the same, from 1 within each period; 0 where there is no score */
    okrug_composite_indicator *indicator; /* bases x things */
    double *principal;                    /* outliers x normalisations x bases x things: weights */
    okrug_composite_outlier *outlier;
    int64_t outliers;
} okrug_composite;

/* Fills what follows `plan`. OKRUG_BAD_INPUT: "no-region-complete", "indicator-constant". OKRUG_NOT_CONVERGED
 * ("benefit-not-solved"). Warns of what is left out ("regions-incomplete") or filled ("indicators-filled"), of values
 * brought in ("outliers-brought-in") and of indicators that stay skewed ("indicators-skewed"). Scratch memory. */
okrug_status okrug_composite_make(okrug_ctx *ctx, const char *file, const okrug_composite_choices *choices,
                                  okrug_composite *c);

/* The number of a combination. */
int64_t okrug_composite_at(const okrug_composite *c, const int64_t level[OKRUG_CHOICES]);

#endif
