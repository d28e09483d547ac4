/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M for many markings at once. Sites are dealt to a fixed number of tiles; what each adds to a marking's sums is added
 * up in the order of the tiles.
 */
#include "kernels/points/m_round.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

enum { TILES = OKRUG_M_TILES, TOGETHER = 4 };

typedef struct {
    const okrug_ctx *ctx;
    const okrug_m_round *round;
    const int64_t *start;   /* sites + 1 */
    const int32_t *marking; /* in which each site is a reference */
    const double *total;    /* markings x 2: weight of the neighbours and of all */
    okrug_measure *measure;
    okrug_m_desk desk[TILES];
} work;

double okrug_m_weight(const okrug_m_round *r, int64_t marking, int64_t site) {
    return r->weight == NULL ? 1.0 : r->weight[marking * r->sites->n + site];
}

double okrug_m_expected(const okrug_m_round *r, int64_t marking, int64_t site, const double total[2]) {
    double own = okrug_m_weight(r, marking, site);
    return (total[0] - (r->within ? own : 0.0)) / (total[1] - own);
}

/* Without weights the same for every marking. */
static void count_all(const okrug_m_round *r, const okrug_m_desk *d) {
    int64_t rings = r->rings->count;
    memset(d->count, 0, (size_t)(rings + OKRUG_RINGS_SPARE) * sizeof *d->count);
    for (int64_t j = 0; j < r->sites->n; j++) {
        d->count[d->ring[j]]++;
    }
    for (int64_t k = 0; k < rings; k++) {
        d->all[k * TOGETHER] = (double)d->count[k];
    }
}

static int64_t pick_near(const okrug_m_round *r, const okrug_m_desk *d) {
    int64_t near = 0;
    for (int64_t j = 0; j < r->sites->n; j++) {
        d->other[near] = (int32_t)j;
        near += d->ring[j] < r->rings->count;
    }
    return near;
}

/* What is near, of all sites, for up to TOGETHER markings side by side. */
static void weigh_all(const okrug_m_round *r, const okrug_m_desk *d, int64_t near, const int32_t *marking,
                      int64_t markings) {
    const double *w[TOGETHER];
    memset(d->all, 0, (size_t)(r->rings->count * TOGETHER) * sizeof *d->all);
    for (int lane = 0; lane < TOGETHER; lane++) {
        w[lane] = r->weight + (int64_t)marking[lane < markings ? lane : 0] * r->sites->n;
    }
    for (int64_t k = 0; k < near; k++) {
        int32_t j = d->other[k];
        double *at = d->all + (int64_t)d->ring[j] * TOGETHER;
        const double add[TOGETHER] = {w[0][j], w[1][j], w[2][j], w[3][j]};
        for (int lane = 0; lane < TOGETHER; lane++) {
            at[lane] += add[lane];
        }
    }
}

static void add_marking(const work *w, const okrug_m_desk *d, int64_t site, int64_t marking, int lane) {
    const okrug_m_round *r = w->round;
    int64_t count = r->rings->count;
    const int32_t *neighbour = r->neighbour + marking * r->neighbours;
    memset(d->some, 0, (size_t)(count + OKRUG_RINGS_SPARE) * sizeof *d->some);
    for (int64_t k = 0; k < r->neighbours; k++) {
        d->some[d->ring[neighbour[k]]] += okrug_m_weight(r, marking, neighbour[k]);
    }
    double expected = okrug_m_expected(r, marking, site, w->total + 2 * marking);
    double *sums = d->sums + marking * 2 * count;
    double near = 0.0;
    double all = 0.0;
    for (int64_t k = 0; k < count; k++) {
        near += d->some[k];
        all += d->all[k * TOGETHER + lane];
        if (all > 0.0) {
            sums[k] += near / all;
            sums[count + k] += expected;
        }
    }
}

static void look_around(const work *w, const okrug_m_desk *d, int64_t site) {
    const okrug_m_round *r = w->round;
    okrug_around(r->sites, w->measure, r->rings, site, d->ring);
    int64_t near = r->weight == NULL ? 0 : pick_near(r, d);
    if (r->weight == NULL) {
        count_all(r, d);
    }
    for (int64_t k = w->start[site]; k < w->start[site + 1]; k += TOGETHER) {
        int64_t held = w->start[site + 1] - k < TOGETHER ? w->start[site + 1] - k : TOGETHER;
        if (r->weight != NULL) {
            weigh_all(r, d, near, w->marking + k, held);
        }
        for (int64_t m = 0; m < held; m++) {
            add_marking(w, d, site, w->marking[k + m], r->weight == NULL ? 0 : (int)m);
        }
    }
}

static void look_around_smoothly(const work *w, const okrug_m_desk *d, int64_t site) {
    okrug_m_smooth_around(w->round, d, w->measure, site, w->marking + w->start[site],
                          w->start[site + 1] - w->start[site], w->total);
}

static okrug_status run_tile(void *user, int64_t tile) {
    const work *w = user;
    for (int64_t site = tile; site < w->round->sites->n; site += TILES) {
        if (w->start[site] < w->start[site + 1]) {
            OKRUG_TRY(okrug_check_cancel(w->ctx));
            (w->round->smoother == NULL ? look_around : look_around_smoothly)(w, &w->desk[tile], site);
        }
    }
    return OKRUG_OK;
}

/* ---- Before and after ---- */

static int64_t distances(const okrug_m_round *r) {
    return r->smoother == NULL ? r->rings->count : r->smoother->count;
}

static okrug_status make_desk(okrug_ctx *ctx, const okrug_m_round *r, okrug_m_desk *d) {
    int64_t n = r->sites->n;
    int64_t count = distances(r);
    bool smooth = r->smoother != NULL;
    int64_t bins = smooth ? r->ruler->nodes + OKRUG_NODES_SPARE + 1 : count + OKRUG_RINGS_SPARE;
    d->sums = OKRUG_SCRATCH_ZERO(ctx, r->markings * 2 * count, double);
    d->all = OKRUG_SCRATCH(ctx, smooth ? bins : bins * TOGETHER, double);
    d->some = OKRUG_SCRATCH(ctx, bins, double);
    d->ring = smooth ? NULL : OKRUG_SCRATCH(ctx, n + OKRUG_LANES, uint16_t);
    d->other = smooth ? NULL : OKRUG_SCRATCH(ctx, n + 1, int32_t);
    d->count = smooth ? NULL : OKRUG_SCRATCH(ctx, bins, uint32_t);
    d->at = smooth ? OKRUG_SCRATCH(ctx, n + OKRUG_LANES, int32_t) : NULL;
    for (int k = 0; k < 2; k++) {
        d->curve[k] = smooth ? OKRUG_SCRATCH(ctx, count, double) : NULL;
    }
    bool there = smooth ? d->at != NULL && d->curve[0] != NULL && d->curve[1] != NULL
                        : d->ring != NULL && d->other != NULL && d->count != NULL;
    return there && d->sums != NULL && d->all != NULL && d->some != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

/* In which markings each site is a reference, by rising number. */
static okrug_status index_references(okrug_ctx *ctx, const okrug_m_round *r, work *w) {
    int64_t n = r->sites->n;
    int64_t *start = OKRUG_SCRATCH_ZERO(ctx, n + 2, int64_t);
    int32_t *marking = OKRUG_SCRATCH(ctx, r->markings * r->references, int32_t);
    if (start == NULL || marking == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < r->markings * r->references; k++) {
        start[r->reference[k] + 2]++;
    }
    for (int64_t i = 0; i < n; i++) {
        start[i + 2] += start[i + 1];
    }
    for (int64_t k = 0; k < r->markings * r->references; k++) {
        marking[start[r->reference[k] + 1]++] = (int32_t)(k / r->references);
    }
    w->start = start;
    w->marking = marking;
    return OKRUG_OK;
}

static okrug_status sum_weights(okrug_ctx *ctx, const okrug_m_round *r, work *w) {
    double *total = OKRUG_SCRATCH(ctx, 2 * r->markings, double);
    if (total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t m = 0; m < r->markings; m++) {
        okrug_sum some = {0};
        for (int64_t k = 0; k < r->neighbours; k++) {
            okrug_sum_add(&some, okrug_m_weight(r, m, r->neighbour[m * r->neighbours + k]));
        }
        total[2 * m] = okrug_sum_value(&some);
        total[2 * m + 1] =
            r->weight == NULL ? (double)r->sites->n : okrug_sum_of(r->weight + m * r->sites->n, r->sites->n, 1);
    }
    w->total = total;
    return OKRUG_OK;
}

static void add_up(const okrug_m_round *r, const work *w, double *curves) {
    int64_t count = distances(r);
    for (int64_t m = 0; m < r->markings; m++) {
        for (int64_t k = 0; k < count; k++) {
            double local = 0.0;
            double expected = 0.0;
            for (int t = 0; t < TILES; t++) {
                local += w->desk[t].sums[m * 2 * count + k];
                expected += w->desk[t].sums[m * 2 * count + count + k];
            }
            curves[m * count + k] = expected > 0.0 ? local / expected : (double)NAN;
        }
    }
}

okrug_status okrug_m_round_run(okrug_ctx *ctx, const okrug_m_round *round, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w = {.ctx = ctx, .round = round, .measure = okrug_measure_for(round->sites, true)};
    okrug_status status = OKRUG_OK;
    for (int t = 0; t < TILES && status == OKRUG_OK; t++) {
        status = make_desk(ctx, round, &w.desk[t]);
    }
    if (status == OKRUG_OK) {
        status = index_references(ctx, round, &w);
    }
    if (status == OKRUG_OK) {
        status = sum_weights(ctx, round, &w);
    }
    if (status == OKRUG_OK) {
        status = okrug_parallel(ctx, TILES, run_tile, &w);
    }
    if (status == OKRUG_OK) {
        add_up(round, &w, curves);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
