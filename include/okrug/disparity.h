/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Disparity between regions: how unequal a value per head is, every region weighing as many as live there, and which
 * part of that lies between groups of regions.
 *
 * Values and populations are finite and not negative. Where a formula has no value the result is NaN; no result is
 * infinite. Sums are compensated and in a fixed order.
 */
#ifndef OKRUG_DISPARITY_H
#define OKRUG_DISPARITY_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* Regions and groups of them. */
typedef struct {
    int64_t regions;
    const double *value;      /* regions: y_r, per head */
    const double *population; /* regions: P_r; NULL: every region counts the same. A region with 0 has no weight */
    int64_t groups;           /* 0: there are none */
    const int64_t *group;     /* regions: 0 .. groups - 1 */
} okrug_disparity_input;

/* With p_r = P_r / P and s_r = p_r y_r / mean. All are 0, exactly, where every y_r that has weight is the same. */
typedef struct {
    double mean;       /* sum p_r y_r */
    double williamson; /* sqrt(sum p_r (y_r - mean)^2) / mean: Williamson's (1965) weighted coefficient of variation */
    double theil;      /* sum s_r ln(s_r / p_r); with groups the sum of the two below, to the last bit */
    double between;    /* sum_g S_g ln(S_g / P_g); NaN without groups */
    double within;     /* sum_g S_g T_g; NaN without groups */
    double gini;       /* sum_rq p_r p_q |y_r - y_q| / (2 mean) */
    double hoover;     /* sum |s_r - p_r| / 2 */
} okrug_disparity_indices;

/* One group: its shares of all population and value, Theil's index inside it (NaN where its value is 0), and what it
 * adds to the two parts. A group's part of `between` is below 0 where it is poorer than the whole. */
typedef struct {
    double population_share, value_share, theil, between, within;
} okrug_disparity_group;

/* Everything is NaN where the population is 0, all but the mean where the value is. `group` may be NULL, else `groups`
 * long. OKRUG_NO_MEMORY,
 * OKRUG_CANCELLED. O(regions log regions); scratch: 8 x regions numbers.
 * Tests: 16 Laender, GDP and population 2015: williamson .187309659, theil .01732109 of which .00709173 between East
 * and West, hoover .07358991. (10,10,10,20,50) in {1-3},{4,5}: .2502012 = .1837869 + .0664143. */
okrug_status okrug_disparity(okrug_ctx *ctx, const okrug_disparity_input *input, okrug_disparity_indices *indices,
                             okrug_disparity_group *group);

#endif
