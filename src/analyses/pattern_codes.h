/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Patterns of regions over time: comparable values, codes, clusters of equal codes, and how stable they are.
 */
#ifndef OKRUG_ANALYSES_PATTERN_CODES_H
#define OKRUG_ANALYSES_PATTERN_CODES_H

#include "analyses/comparable.h"

enum { OKRUG_PATTERNS_Z, OKRUG_PATTERNS_PERCENTILE, OKRUG_PATTERNS_AS_GIVEN };

typedef struct {
    int normalise;
    bool pooled;
    double band, noise;
    int64_t simulations;
    uint64_t seed;
} okrug_pattern_choices;

/* Cells are periods x regions. */
typedef struct {
    okrug_cube cube;
    uint8_t *reason;   /* why a region has no pattern */
    double *value;     /* cells x indicators: comparable */
    char **code;       /* of each cell; "" where it has none */
    int64_t *cluster;  /* of each cell: 0 is the largest; -1: none */
    double *stability; /* of each cell; NaN without simulations */
    int64_t clusters, known;
    int64_t *size; /* clusters */
} okrug_patterns;

/* Fills all but the cube, which is given. A simulation draws as many regions again from each basis, with replacement,
 * makes the values comparable by those, adds normal noise, and compares the codes. OKRUG_BAD_INPUT:
 * "indicator-constant", "no-region-complete". Warns of regions without all indicators ("regions-incomplete"). Scratch
 * memory. */
okrug_status okrug_patterns_find(okrug_ctx *ctx, const char *file, const okrug_pattern_choices *choices,
                                 okrug_patterns *p);

#endif
