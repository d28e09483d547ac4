/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M of the plants as they are, and with industries and weights permuted over the sites, some simulations at a time.
 */
#include <string.h>

#include "kernels/points/m_round.h"
#include "kernels/spatial/form.h"

enum { DRAWS_M = 0x504e0002, ROOM = 1 << 23, ROUND_MOST = 1024 };

/* How distances are told: into rings, or smoothed. */
typedef struct {
    okrug_located located;
    okrug_rings *rings;
    okrug_ruler ruler;
    okrug_smoother smoother;
    okrug_m_near *near; /* NULL: all sites are measured from each reference */
} measures;

static okrug_status begin_measures(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                                   measures *m, okrug_m_round *round) {
    OKRUG_TRY(okrug_located_of(ctx, sets->sites, &m->located));
    *round = (okrug_m_round){.sites = &m->located};
    if (sets->smooth != NULL) {
        okrug_ruler_make(sets->smooth->width, sets->smooth->nodes, &m->ruler);
        OKRUG_TRY(okrug_smoother_make(ctx, sets->smooth, false, &m->smoother));
        round->ruler = &m->ruler;
        round->smoother = &m->smoother;
        return OKRUG_OK;
    }
    m->rings = OKRUG_SCRATCH(ctx, 1, okrug_rings);
    if (m->rings == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_rings_make(count, distance, sets->sites->globe, m->rings);
    round->rings = m->rings;
    return OKRUG_OK;
}

static okrug_status begin(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count, const double *distance,
                          measures *m, okrug_m_round *round) {
    OKRUG_TRY(begin_measures(ctx, sets, count, distance, m, round));
    m->near = NULL;
    return near ? okrug_m_near_make(ctx, sets->sites, round, &m->near) : OKRUG_OK;
}

static okrug_status make_round(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t markings, okrug_m_round *round) {
    round->within = sets->neighbour == sets->reference;
    round->references = sets->references;
    round->neighbours = sets->neighbours;
    round->markings = markings;
    round->reference = OKRUG_SCRATCH(ctx, markings * sets->references, int32_t);
    round->neighbour = round->within ? round->reference : OKRUG_SCRATCH(ctx, markings * sets->neighbours, int32_t);
    round->weight = sets->weight == NULL ? NULL : OKRUG_SCRATCH(ctx, markings * sets->sites->n, double);
    return round->reference == NULL || round->neighbour == NULL || (sets->weight != NULL && round->weight == NULL)
               ? OKRUG_NO_MEMORY
               : OKRUG_OK;
}

/* From so many references on by the cell: below, all sites are measured from each, the same bytes as ever. */
static bool many(const okrug_m_sets *sets) {
    return sets->references > OKRUG_M_REFERENCES_MANY;
}

static okrug_status run(okrug_ctx *ctx, const measures *m, const okrug_m_round *round, int64_t before,
                        int64_t simulations, double *curves) {
    return m->near != NULL ? okrug_m_near_run(ctx, m->near, round, before, simulations, curves)
                           : okrug_m_round_run(ctx, round, curves);
}

static okrug_status observe(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count, const double *distance,
                            double *curve) {
    measures m;
    okrug_m_round round;
    OKRUG_TRY(begin(ctx, sets, near, count, distance, &m, &round));
    OKRUG_TRY(make_round(ctx, sets, 1, &round));
    memcpy(round.reference, sets->reference, (size_t)sets->references * sizeof *round.reference);
    if (!round.within) {
        memcpy(round.neighbour, sets->neighbour, (size_t)sets->neighbours * sizeof *round.neighbour);
    }
    if (sets->weight != NULL) {
        memcpy(round.weight, sets->weight, (size_t)sets->sites->n * sizeof *round.weight);
    }
    return run(ctx, &m, &round, 0, 0, curve);
}

okrug_status okrug_m_function_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                 const double *distance, double *curve) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = observe(ctx, sets, near, count, distance, curve);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_m_function(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                              double *curve) {
    return okrug_m_function_by(ctx, sets, many(sets), count, distance, curve);
}

okrug_status okrug_m_function_distances_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                           const double *distance, double *distances) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    measures m;
    okrug_m_round round;
    okrug_status status = begin(ctx, sets, near, count, distance, &m, &round);
    if (status == OKRUG_OK) {
        *distances = near ? okrug_m_near_distances(m.near, sets->references, sets->reference)
                          : (double)sets->references * (double)sets->sites->n;
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_m_function_distances(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                                        double *distances) {
    return okrug_m_function_distances_by(ctx, sets, many(sets), count, distance, distances);
}

/* ---- Permuted ---- */

enum { HANDS = 16 };

typedef struct {
    const okrug_m_sets *sets;
    const okrug_m_round *round;
    const int32_t *label; /* sites: the references first, then the neighbours, then the rest */
    int32_t *site;        /* HANDS x sites */
    int64_t first;
    uint64_t seed;
} shuffling;

/* The plant label[k] goes to the k-th site of a random order. Without weights only the first places of it are needed.
 */
static void shuffle(const shuffling *s, int64_t m, int32_t *site) {
    int64_t n = s->sets->sites->n;
    const okrug_m_round *r = s->round;
    int64_t marked = r->references + (r->within ? 0 : r->neighbours);
    int64_t needed = r->weight == NULL ? marked : n;
    okrug_draws draws = okrug_draws_begin(s->seed, DRAWS_M, s->first + m);
    for (int64_t k = 0; k < n; k++) {
        site[k] = (int32_t)k;
    }
    for (int64_t k = 0; k < needed; k++) {
        int64_t other = k + okrug_draws_next(&draws, n - k);
        int32_t held = site[other];
        site[other] = site[k];
        site[k] = held;
        if (r->weight != NULL) {
            r->weight[m * n + held] = s->sets->weight[s->label[k]];
        }
    }
    memcpy(r->reference + m * r->references, site, (size_t)r->references * sizeof *site);
    if (!r->within) {
        memcpy(r->neighbour + m * r->neighbours, site + r->references, (size_t)r->neighbours * sizeof *site);
    }
}

static okrug_status shuffle_tile(void *user, int64_t hand) {
    const shuffling *s = user;
    for (int64_t m = hand; m < s->round->markings; m += HANDS) {
        shuffle(s, m, s->site + hand * s->sets->sites->n);
    }
    return OKRUG_OK;
}

static okrug_status order_labels(okrug_ctx *ctx, const okrug_m_sets *sets, int32_t **label) {
    int64_t n = sets->sites->n;
    uint8_t *marked = OKRUG_SCRATCH_ZERO(ctx, n, uint8_t);
    *label = OKRUG_SCRATCH(ctx, n, int32_t);
    if (marked == NULL || *label == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t at = 0;
    for (int64_t k = 0; k < sets->references; k++) {
        marked[sets->reference[k]] = 1;
        (*label)[at++] = sets->reference[k];
    }
    for (int64_t k = 0; sets->neighbour != sets->reference && k < sets->neighbours; k++) {
        marked[sets->neighbour[k]] = 1;
        (*label)[at++] = sets->neighbour[k];
    }
    for (int64_t i = 0; i < n; i++) {
        if (!marked[i]) {
            (*label)[at++] = (int32_t)i;
        }
    }
    return OKRUG_OK;
}

static okrug_status simulate(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count, const double *distance,
                             int64_t simulations, uint64_t seed, double *curves) {
    measures m;
    okrug_m_round round;
    OKRUG_TRY(begin(ctx, sets, near, count, distance, &m, &round));
    int64_t numbers = sets->weight == NULL ? sets->references + sets->neighbours : sets->sites->n;
    int64_t sums = 2 * OKRUG_M_TILES * count;
    int64_t most = ROOM / (numbers > sums ? numbers : sums);
    most = near ? 1 : most < 8 ? 8 : most > ROUND_MOST ? ROUND_MOST : most;
    OKRUG_TRY(make_round(ctx, sets, most < simulations ? most : simulations, &round));
    shuffling s = {.sets = sets, .round = &round, .seed = seed};
    int32_t *label = NULL;
    OKRUG_TRY(order_labels(ctx, sets, &label));
    s.label = label;
    s.site = OKRUG_SCRATCH(ctx, HANDS * sets->sites->n, int32_t);
    if (s.site == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (s.first = 0; s.first < simulations; s.first += most) {
        round.markings = simulations - s.first < most ? simulations - s.first : most;
        okrug_progress(ctx, "task.simulating", (double)s.first, (double)simulations);
        OKRUG_TRY(okrug_parallel(ctx, HANDS, shuffle_tile, &s));
        OKRUG_TRY(run(ctx, &m, &round, s.first, simulations, curves + s.first * count));
    }
    return OKRUG_OK;
}

okrug_status okrug_m_function_draws_by(okrug_ctx *ctx, const okrug_m_sets *sets, bool near, int64_t count,
                                       const double *distance, int64_t simulations, uint64_t seed, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status =
        simulations > 0 ? simulate(ctx, sets, near, count, distance, simulations, seed, curves) : OKRUG_OK;
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_m_function_draws(okrug_ctx *ctx, const okrug_m_sets *sets, int64_t count, const double *distance,
                                    int64_t simulations, uint64_t seed, double *curves) {
    return okrug_m_function_draws_by(ctx, sets, many(sets), count, distance, simulations, seed, curves);
}
