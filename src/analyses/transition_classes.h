/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of regions over time, their neighbours' mean, and the classes of both.
 */
#ifndef OKRUG_ANALYSES_TRANSITION_CLASSES_H
#define OKRUG_ANALYSES_TRANSITION_CLASSES_H

#include "analyses/cube.h"

/* How classes are cut. */
typedef struct {
    bool relative;             /* values are divided by the mean of their period */
    bool per_period;           /* quantiles of each period; else of all together */
    const okrug_texts *bounds; /* given in place of quantiles, where there are any */
    int64_t classes;           /* without given bounds */
    int64_t lag_classes;       /* 0: the lag is cut like the values: the same bounds, or as many quantiles */
    int links;                 /* see region_links.h */
} okrug_class_choices;

/* Cells are periods x regions. */
typedef struct {
    double *value;     /* what is cut into classes; 0 where missing */
    uint8_t *reason;   /* why there is none */
    int64_t k;         /* classes */
    int64_t *class_of; /* of each cell: 0 .. k - 1; -1: none */
    double *bound;     /* k - 1; NULL where every period has its own */
} okrug_classed;

/* The values of `cube` (one thing) by classes. OKRUG_BAD_USAGE: "bad-option-value", "bounds-not-rising".
 * OKRUG_BAD_INPUT: "mean-not-positive", "fewer-values-than-classes". Warns of quantiles that are equal
 * ("classes-coincide"). Scratch memory. */
okrug_status okrug_classes_of_values(okrug_ctx *ctx, const okrug_table *table, const okrug_cube *cube,
                                     const okrug_class_choices *choices, okrug_classed *out);

/* The mean of each region's neighbours that have a value in that period, weighed by the links, by classes of its own.
 * NO_NEIGHBOURS where there is none. Errors of okrug_region_links_read. Scratch memory. */
okrug_status okrug_classes_of_lags(okrug_ctx *ctx, const okrug_table *weights, const okrug_cube *cube,
                                   const okrug_classed *values, const okrug_class_choices *choices, okrug_classed *out);

/* Who went from which class to which. */
typedef struct {
    okrug_cube cube;
    okrug_classed value, lag; /* lag.k 0: no neighbours were given */
    int64_t *all;             /* k x k */
    int64_t *given;           /* lag.k x k x k: by the lag's class at the start */
    int64_t *spans;           /* spans x k x k: by time */
    int64_t span_count;       /* spans asked for, at most one a step */
    int64_t broken;           /* steps that lack a value at an end */
    int64_t without_lag;      /* steps that are not in `given` */
} okrug_moves;

/* Counts the steps of the cube by the classes of `value` and `lag`, which are given. Scratch memory. O(cells). */
okrug_status okrug_moves_count(okrug_ctx *ctx, int64_t spans, okrug_moves *m);

#endif
