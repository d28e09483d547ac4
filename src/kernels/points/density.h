/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From counts at nodes to a smooth density.
 */
#ifndef OKRUG_KERNELS_POINTS_DENSITY_H
#define OKRUG_KERNELS_POINTS_DENSITY_H

#include "kernels/points/pairs.h"

/* For each distance what the nodes from first[p] on count there. */
typedef struct {
    int64_t count;
    int64_t *first, *start; /* count; count + 1 */
    double *value;
} okrug_smoother;

/* In scratch memory. With 1 / h; mirrored: with what would lie at negative distances put back. */
okrug_status okrug_smoother_make(okrug_ctx *ctx, const okrug_k_density_grid *grid, bool mirrored,
                                 okrug_smoother *smoother);
void okrug_smooth(const okrug_smoother *smoother, const double *mass, double total, double *curve);

/* sum of w_i w_j over i < j; without weights the number of pairs. */
double okrug_pairs_total(int64_t n, const double *weight);

#endif
