/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * m: what is at a distance from a site, smoothed, rather than up to it.
 */
#include <string.h>

#include "kernels/points/m_round.h"

static void clear(const okrug_m_round *r, double *nodes) {
    memset(nodes, 0, (size_t)(r->ruler->nodes + OKRUG_NODES_SPARE + 1) * sizeof *nodes);
}

static void smooth_all(const okrug_m_round *r, const okrug_m_desk *d, int64_t site, int64_t marking) {
    clear(r, d->all);
    for (int64_t j = 0; j < r->sites->n; j++) {
        okrug_m_put(d->all, d->at[j], j == site ? 0.0 : okrug_m_weight(r, marking, j));
    }
    okrug_smooth(r->smoother, d->all, 1.0, d->curve[0]);
}

static void smooth_some(const okrug_m_round *r, const okrug_m_desk *d, int64_t site, int64_t marking) {
    const int32_t *neighbour = r->neighbour + marking * r->neighbours;
    clear(r, d->some);
    for (int64_t k = 0; k < r->neighbours; k++) {
        okrug_m_put(d->some, d->at[neighbour[k]],
                    neighbour[k] == site ? 0.0 : okrug_m_weight(r, marking, neighbour[k]));
    }
    okrug_smooth(r->smoother, d->some, 1.0, d->curve[1]);
}

void okrug_m_smooth_around(const okrug_m_round *r, const okrug_m_desk *d, okrug_measure *measure, int64_t site,
                           const int32_t *marking, int64_t markings, const double *total) {
    for (int64_t j = 0; j < r->sites->n; j += OKRUG_LANES) {
        measure(r->sites, site, j, r->ruler, d->at + j);
    }
    int64_t count = r->smoother->count;
    for (int64_t m = 0; m < markings; m++) {
        if (r->weight != NULL || m == 0) {
            smooth_all(r, d, site, marking[m]);
        }
        smooth_some(r, d, site, marking[m]);
        double expected = okrug_m_expected(r, marking[m], site, total + (int64_t)2 * marking[m]);
        double *sums = d->sums + marking[m] * 2 * count;
        for (int64_t k = 0; k < count; k++) {
            if (d->curve[0][k] > 0.0) {
                sums[k] += d->curve[1][k] / d->curve[0][k];
                sums[count + k] += expected;
            }
        }
    }
}
