/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The regions of one period for disparity: values per head, people, groups, and what regions without a value can have
 * where the whole is known.
 */
#ifndef OKRUG_ANALYSES_DISPARITY_SAMPLE_H
#define OKRUG_ANALYSES_DISPARITY_SAMPLE_H

#include <okrug/disparity.h>

#include "analyses/withheld.h"

typedef struct {
    const okrug_table *input;
    const okrug_table *population; /* NULL: a column of the input, or nothing said */
    const okrug_table *groups;     /* NULL: a column of the input, or none */
    const okrug_table *total;      /* NULL: not known */
    bool per_region;               /* values are of whole regions, not per head */
} okrug_disparity_tables;

typedef struct {
    double *y;          /* regions: value per head; 0 where there is none */
    double *population; /* regions; 0 where the region is left out */
    double *people;     /* regions: population whether the region has a value or not; 0 where it is not known */
    uint8_t *reason;    /* regions: why it is left out */
    bool people_known;  /* every region's population is known */
    int64_t *group;     /* regions; NULL: no groups were given */
    const okrug_words *groups;
    int64_t left_out;
    const char *first_left_out;
} okrug_disparity_sample;

/* Scratch memory. BAD_INPUT "one-period-of", "region-in-no-group". */
okrug_status okrug_disparity_sample_read(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                                         okrug_disparity_sample *sample);

enum {
    OKRUG_DISPARITY_WILLIAMSON,
    OKRUG_DISPARITY_THEIL,
    OKRUG_DISPARITY_GINI,
    OKRUG_DISPARITY_HOOVER,
    OKRUG_DISPARITY_RANGES
};

typedef struct {
    bool bounded; /* no region with people lacks a value, or all that they can have is known */
    double lo[OKRUG_DISPARITY_RANGES], hi[OKRUG_DISPARITY_RANGES];
    double *least, *most; /* regions: value per head; NaN where nothing bounds it */
} okrug_disparity_range;

/* Regions that have people and no value share what the total leaves over the others. Where all have values the ranges
 * are `indices`. Scratch memory. BAD_INPUT "one-total". Warns of a total below what is known ("total-below-known"). */
okrug_status okrug_disparity_range_make(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                                        const okrug_disparity_sample *sample, const okrug_disparity_indices *indices,
                                        okrug_withheld_options options, okrug_disparity_range *range);

#endif
