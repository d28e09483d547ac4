/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weighted sums of many draws, compared with what was observed.
 */
#ifndef OKRUG_KERNELS_SPATIAL_WEIGHTED_H
#define OKRUG_KERNELS_SPATIAL_WEIGHTED_H

#include <stdbool.h>
#include <stdint.h>

/* What counts as equal to the observed sum, and how many draws lie on either side of it; equal ones on both. */
typedef struct {
    double low, high;
    int64_t at_least, at_most;
} okrug_tally;

/* Adds `draws` draws to the tally: of draw d the sum of weight[j] * value[j * stride + d] over j < links, added in that
 * order. The processor's widest vectors are used: as each sum is added by itself, product by product, the counts are
 * the same on all of them. O(links x draws). */
void okrug_tally_weighted(okrug_tally *tally, int64_t links, const double *weight, const double *value, int64_t stride,
                          int64_t draws);

/* The same by vectors of 2, 4 or 8 numbers; false, and nothing is done, where the processor has none so wide. Tests
 * hold all of them to the same counts. */
bool okrug_tally_weighted_by(int lanes, okrug_tally *tally, int64_t links, const double *weight, const double *value,
                             int64_t stride, int64_t draws);

#endif
