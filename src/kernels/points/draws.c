/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * K-densities of points drawn at random from all sites. Simulations are dealt to a fixed number of hands; each has its
 * own list of sites, put back in order after every draw, so that a simulation does not depend on those before it.
 */
#include <string.h>

#include "kernels/points/density.h"
#include "kernels/spatial/form.h"

enum { HANDS = 32, ROUND = 256, DRAWS_K_DENSITY = 0x504e0001 };

typedef struct {
    okrug_located chosen;
    double *weight;   /* NULL: 1 */
    int32_t *site;    /* all of them, in order between draws */
    int32_t *swapped; /* n */
    uint64_t *packed, *mass;
    double *weighed;
} hand;

typedef struct {
    const okrug_ctx *ctx;
    const okrug_located *sites;
    const double *weight;
    const okrug_smoother *smoother;
    const okrug_ruler *ruler;
    int64_t n, first, end; /* simulations of this round */
    uint64_t seed;
    double total;
    hand hand[HANDS];
    double *curves;
} work;

/* Where rounding coordinates, and measuring in floats, moves no distance by more than the part of the nodes' width that
 * the grid's error allows for. */
static bool narrow_enough(const work *w) {
    double width = OKRUG_SPLIT / w->ruler->scale;
    return okrug_located_extent(w->sites) * 2e-7 * OKRUG_NARROW_PART < width;
}

static okrug_status make_hand(okrug_ctx *ctx, const work *w, hand *h) {
    int64_t room = w->ruler->nodes + OKRUG_NODES_SPARE + 1;
    OKRUG_TRY(okrug_located_room(ctx, w->n, w->sites->z != NULL, &h->chosen));
    if (narrow_enough(w)) {
        OKRUG_TRY(okrug_located_narrow(ctx, &h->chosen));
    }
    h->site = OKRUG_SCRATCH(ctx, w->sites->n, int32_t);
    h->swapped = OKRUG_SCRATCH(ctx, w->n, int32_t);
    h->packed = OKRUG_SCRATCH_ZERO(ctx, room, uint64_t);
    h->mass = OKRUG_SCRATCH_ZERO(ctx, room, uint64_t);
    h->weighed = OKRUG_SCRATCH_ZERO(ctx, room, double);
    h->weight = w->weight == NULL ? NULL : OKRUG_SCRATCH(ctx, w->n, double);
    if (h->site == NULL || h->swapped == NULL || h->packed == NULL || h->mass == NULL || h->weighed == NULL ||
        (w->weight != NULL && h->weight == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < w->sites->n; i++) {
        h->site[i] = (int32_t)i;
    }
    return OKRUG_OK;
}

static void draw(const work *w, hand *h, int64_t simulation) {
    okrug_draws draws = okrug_draws_begin(w->seed, DRAWS_K_DENSITY, simulation);
    for (int64_t k = 0; k < w->n; k++) {
        int64_t other = k + okrug_draws_next(&draws, w->sites->n - k);
        int32_t site = h->site[other];
        h->site[other] = h->site[k];
        h->site[k] = site;
        h->swapped[k] = (int32_t)other;
        h->chosen.x[k] = w->sites->x[site];
        h->chosen.y[k] = w->sites->y[site];
        if (w->sites->z != NULL) {
            h->chosen.z[k] = w->sites->z[site];
        }
    }
    okrug_located_round(&h->chosen);
    for (int64_t k = w->n - 1; k >= 0; k--) {
        int32_t site = h->site[k];
        h->site[k] = h->site[h->swapped[k]];
        h->site[h->swapped[k]] = site;
    }
}

static void simulate(const work *w, hand *h, int64_t simulation) {
    int64_t nodes = w->ruler->nodes;
    draw(w, h, simulation);
    /* The order in which sites are drawn is random, so the k-th weight falls on a random one of them. */
    if (w->weight != NULL) {
        memset(h->weighed, 0, (size_t)(nodes + OKRUG_NODES_SPARE + 1) * sizeof *h->weighed);
        okrug_pairs_weigh(&h->chosen, w->weight, w->ruler, 0, w->n, h->weighed);
    } else {
        memset(h->mass, 0, (size_t)nodes * sizeof *h->mass);
        okrug_pairs_count(&h->chosen, w->ruler, 0, w->n, h->packed, h->mass);
        for (int64_t k = 0; k < nodes; k++) {
            h->weighed[k] = (double)h->mass[k] / OKRUG_SPLIT;
        }
    }
    okrug_smooth(w->smoother, h->weighed, w->total, w->curves + simulation * w->smoother->count);
}

static okrug_status deal(void *user, int64_t number) {
    work *w = user;
    for (int64_t simulation = w->first + number; simulation < w->end; simulation += HANDS) {
        OKRUG_TRY(okrug_check_cancel(w->ctx));
        simulate(w, &w->hand[number], simulation);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, work *w, int64_t simulations) {
    int hands = simulations < HANDS ? (int)simulations : HANDS;
    for (int h = 0; h < hands; h++) {
        OKRUG_TRY(make_hand(ctx, w, &w->hand[h]));
    }
    for (w->first = 0; w->first < simulations; w->first = w->end) {
        w->end = w->first + ROUND < simulations ? w->first + ROUND : simulations;
        okrug_progress(ctx, "task.simulating", (double)w->first, (double)simulations);
        OKRUG_TRY(okrug_parallel(ctx, hands, deal, w));
    }
    return OKRUG_OK;
}

okrug_status okrug_k_density_draws(okrug_ctx *ctx, const okrug_points *sites, int64_t n, const double *weight,
                                   const okrug_k_density_grid *grid, int64_t simulations, uint64_t seed,
                                   double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_located located;
    okrug_smoother smoother;
    okrug_ruler ruler;
    work w = {.ctx = ctx, .sites = &located, .weight = weight, .smoother = &smoother, .ruler = &ruler};
    w.n = n;
    w.seed = seed;
    w.total = okrug_pairs_total(n, weight);
    w.curves = curves;
    okrug_ruler_make(grid->width, grid->nodes, &ruler);
    okrug_status status = okrug_located_of(ctx, sites, &located);
    if (status == OKRUG_OK) {
        status = okrug_smoother_make(ctx, grid, true, &smoother);
    }
    if (status == OKRUG_OK) {
        status = run(ctx, &w, simulations);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
