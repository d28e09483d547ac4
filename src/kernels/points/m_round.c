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
    uint16_t *ring;     /* of every site; count and more: out of reach */
    int32_t *other;     /* those within reach */
    uint32_t *count;    /* rings: how many sites are in each */
    double *sums;       /* markings x 2 x rings: of local ratios and of what they are compared with */
    double *all, *some; /* rings x TOGETHER; rings + OKRUG_RINGS_SPARE */
} desk;

typedef struct {
    const okrug_ctx *ctx;
    const okrug_m_round *round;
    const int64_t *start;   /* sites + 1 */
    const int32_t *marking; /* in which each site is a reference */
    const double *total;    /* markings x 2: weight of the neighbours and of all */
    okrug_measure *measure;
    desk desk[TILES];
} work;

static double weight_of(const okrug_m_round *r, int64_t marking, int64_t site) {
    return r->weight == NULL ? 1.0 : r->weight[marking * r->sites->n + site];
}

/* Without weights the same for every marking. */
static void count_all(const okrug_m_round *r, const desk *d) {
    int64_t rings = r->rings->count;
    memset(d->count, 0, (size_t)(rings + OKRUG_RINGS_SPARE) * sizeof *d->count);
    for (int64_t j = 0; j < r->sites->n; j++) {
        d->count[d->ring[j]]++;
    }
    for (int64_t k = 0; k < rings; k++) {
        d->all[k * TOGETHER] = (double)d->count[k];
    }
}

static int64_t pick_near(const okrug_m_round *r, const desk *d) {
    int64_t near = 0;
    for (int64_t j = 0; j < r->sites->n; j++) {
        d->other[near] = (int32_t)j;
        near += d->ring[j] < r->rings->count;
    }
    return near;
}

/* What is near, of all sites, for up to TOGETHER markings side by side. */
static void weigh_all(const okrug_m_round *r, const desk *d, int64_t near, const int32_t *marking, int64_t markings) {
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

static void add_marking(const work *w, const desk *d, int64_t site, int64_t marking, int lane) {
    const okrug_m_round *r = w->round;
    int64_t count = r->rings->count;
    const int32_t *neighbour = r->neighbour + marking * r->neighbours;
    memset(d->some, 0, (size_t)(count + OKRUG_RINGS_SPARE) * sizeof *d->some);
    for (int64_t k = 0; k < r->neighbours; k++) {
        d->some[d->ring[neighbour[k]]] += weight_of(r, marking, neighbour[k]);
    }
    double own = weight_of(r, marking, site);
    double expected = (w->total[2 * marking] - (r->within ? own : 0.0)) / (w->total[2 * marking + 1] - own);
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

static void look_around(const work *w, const desk *d, int64_t site) {
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

static okrug_status run_tile(void *user, int64_t tile) {
    const work *w = user;
    for (int64_t site = tile; site < w->round->sites->n; site += TILES) {
        if (w->start[site] < w->start[site + 1]) {
            OKRUG_TRY(okrug_check_cancel(w->ctx));
            look_around(w, &w->desk[tile], site);
        }
    }
    return OKRUG_OK;
}

/* ---- Before and after ---- */

static okrug_status make_desks(okrug_ctx *ctx, const okrug_m_round *r, work *w) {
    int64_t n = r->sites->n;
    int64_t count = r->rings->count;
    for (int t = 0; t < TILES; t++) {
        desk *d = &w->desk[t];
        d->ring = OKRUG_SCRATCH(ctx, n + OKRUG_LANES, uint16_t);
        d->other = OKRUG_SCRATCH(ctx, n + 1, int32_t);
        d->count = OKRUG_SCRATCH(ctx, count + OKRUG_RINGS_SPARE, uint32_t);
        d->sums = OKRUG_SCRATCH_ZERO(ctx, r->markings * 2 * count, double);
        d->all = OKRUG_SCRATCH(ctx, (count + 1) * TOGETHER, double);
        d->some = OKRUG_SCRATCH(ctx, count + OKRUG_RINGS_SPARE, double);
        if (d->ring == NULL || d->other == NULL || d->count == NULL || d->sums == NULL || d->all == NULL ||
            d->some == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
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
            okrug_sum_add(&some, weight_of(r, m, r->neighbour[m * r->neighbours + k]));
        }
        total[2 * m] = okrug_sum_value(&some);
        total[2 * m + 1] =
            r->weight == NULL ? (double)r->sites->n : okrug_sum_of(r->weight + m * r->sites->n, r->sites->n, 1);
    }
    w->total = total;
    return OKRUG_OK;
}

static void add_up(const okrug_m_round *r, const work *w, double *curves) {
    int64_t count = r->rings->count;
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
    work w = {.ctx = ctx, .round = round, .measure = okrug_measure_for(round->sites)};
    okrug_status status = make_desks(ctx, round, &w);
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
