/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M for many markings of the same sites at once: distances from a site are measured once for all of them.
 */
#ifndef OKRUG_KERNELS_POINTS_M_ROUND_H
#define OKRUG_KERNELS_POINTS_M_ROUND_H

#include "kernels/points/around.h"

enum { OKRUG_M_TILES = 16 };

/* Who is what in each marking. */
typedef struct {
    const okrug_located *sites;
    const okrug_rings *rings;
    bool within; /* M of an industry with itself */
    int64_t markings;
    int64_t references, neighbours;
    int32_t *reference; /* markings x references */
    int32_t *neighbour; /* markings x neighbours; the same array where `within` */
    double *weight;     /* markings x sites; NULL: 1 */
} okrug_m_round;

/* `curves`: markings x rings->count. */
okrug_status okrug_m_round_run(okrug_ctx *ctx, const okrug_m_round *round, double *curves);

#endif
