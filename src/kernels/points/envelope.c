/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Envelopes of simulated curves: at each distance by itself, and over all distances at once.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/points.h>

static const double ROUNDING = 1e-9;

int64_t okrug_envelope_least(double level) {
    return (int64_t)ceil(2.0 / (1.0 - level) - 1.0 - 1e-6);
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted values are below x (or, with `equal`, at most x). */
static int64_t below(const double *sorted, int64_t n, double x, bool equal) {
    int64_t least = 0;
    int64_t most = n;
    while (least < most) {
        int64_t at = (least + most) / 2;
        if (sorted[at] < x || (equal && sorted[at] == x)) {
            least = at + 1;
        } else {
            most = at;
        }
    }
    return least;
}

/* One curve, the observed one being the last. `depth`: at each distance its rank from the nearer end, then sorted. */
typedef struct {
    int32_t *depth;
    int64_t count;
    int64_t at_least_as_extreme; /* of all curves */
    int32_t least;               /* rank from the nearer end among the simulated, anywhere */
} ranked;

typedef struct {
    int64_t count, simulations;
    const double *observed, *curves;
    double *sorted; /* count x simulations */
    ranked *curve;  /* simulations + 1 */
    ranked **order; /* the most extreme first */
} ranking;

static void rank_at(const ranking *r, int64_t p) {
    int64_t n = r->simulations;
    double *sorted = r->sorted + p * n;
    for (int64_t b = 0; b < n; b++) {
        sorted[b] = r->curves[b * r->count + p];
    }
    qsort(sorted, (size_t)n, sizeof *sorted, rising);
    for (int64_t b = 0; b <= n; b++) {
        double x = b < n ? r->curves[b * r->count + p] : r->observed[p];
        int64_t from_below = below(sorted, n, x, true);
        int64_t from_above = n - below(sorted, n, x, false);
        int64_t alone = from_below < from_above ? from_below : from_above;
        r->curve[b].least = alone < r->curve[b].least ? (int32_t)alone : r->curve[b].least;
        from_below += r->observed[p] <= x;
        from_above += r->observed[p] >= x;
        r->curve[b].depth[p] = (int32_t)(from_below < from_above ? from_below : from_above);
    }
}

static int rising_depth(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int more_extreme(const void *a, const void *b) {
    const ranked *x = *(ranked *const *)a;
    const ranked *y = *(ranked *const *)b;
    for (int64_t p = 0; p < x->count; p++) {
        if (x->depth[p] != y->depth[p]) {
            return x->depth[p] < y->depth[p] ? -1 : 1;
        }
    }
    return 0;
}

static void rank_curves(const ranking *r) {
    int64_t all = r->simulations + 1;
    for (int64_t b = 0; b < all; b++) {
        qsort(r->curve[b].depth, (size_t)r->count, sizeof(int32_t), rising_depth);
        r->order[b] = &r->curve[b];
    }
    qsort(r->order, (size_t)all, sizeof(ranked *), more_extreme);
    for (int64_t b = all - 1; b >= 0; b--) {
        bool tied = b + 1 < all && more_extreme(&r->order[b], &r->order[b + 1]) == 0;
        r->order[b]->at_least_as_extreme = tied ? r->order[b + 1]->at_least_as_extreme : b + 1;
    }
}

/* The share of simulated curves that leave the band of the k-th least and greatest. */
static double leaving(const ranking *r, int64_t k) {
    int64_t out = 0;
    for (int64_t b = 0; b < r->simulations; b++) {
        out += r->curve[b].least < k;
    }
    return (double)out / (double)r->simulations;
}

static void bands(const ranking *r, double level, okrug_envelope *e) {
    int64_t n = r->simulations;
    int64_t half = (n + 1) / 2;
    int64_t local = (int64_t)(0.5 * (1.0 - level) * (double)(n + 1) + ROUNDING);
    local = local < 1 ? 1 : local > half ? half : local;
    int64_t global = 1;
    while (global < half && leaving(r, global + 1) <= 1.0 - level + ROUNDING) {
        global++;
    }
    e->local_share = leaving(r, local);
    e->global_share = leaving(r, global);
    for (int64_t p = 0; p < r->count; p++) {
        const double *sorted = r->sorted + p * n;
        e->lo_local[p] = sorted[local - 1];
        e->hi_local[p] = sorted[n - local];
        e->lo_global[p] = sorted[global - 1];
        e->hi_global[p] = sorted[n - global];
    }
}

static void hull(const ranking *r, double level, okrug_envelope *e) {
    int64_t all = r->simulations + 1;
    for (int64_t p = 0; p < r->count; p++) {
        e->lo_length[p] = INFINITY;
        e->hi_length[p] = -INFINITY;
    }
    for (int64_t b = 0; b < all; b++) {
        if ((double)r->curve[b].at_least_as_extreme <= (1.0 - level) * (double)all + ROUNDING) {
            continue;
        }
        const double *curve = b < r->simulations ? r->curves + b * r->count : r->observed;
        for (int64_t p = 0; p < r->count; p++) {
            e->lo_length[p] = curve[p] < e->lo_length[p] ? curve[p] : e->lo_length[p];
            e->hi_length[p] = curve[p] > e->hi_length[p] ? curve[p] : e->hi_length[p];
        }
    }
    e->p = (double)r->curve[r->simulations].at_least_as_extreme / (double)all;
}

okrug_status okrug_envelope_of(okrug_ctx *ctx, int64_t count, const double *observed, int64_t simulations,
                               const double *curves, double level, okrug_envelope *envelope) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t all = simulations + 1;
    ranking r = {.count = count, .simulations = simulations, .observed = observed, .curves = curves};
    r.sorted = OKRUG_SCRATCH(ctx, count * simulations, double);
    r.curve = OKRUG_SCRATCH(ctx, all, ranked);
    r.order = OKRUG_SCRATCH(ctx, all, ranked *);
    int32_t *depth = OKRUG_SCRATCH(ctx, all * count, int32_t);
    okrug_status status =
        r.sorted == NULL || r.curve == NULL || r.order == NULL || depth == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        for (int64_t b = 0; b < all; b++) {
            r.curve[b] = (ranked){.depth = depth + b * count, .count = count, .least = INT32_MAX};
        }
        for (int64_t p = 0; p < count; p++) {
            rank_at(&r, p);
        }
        rank_curves(&r);
        bands(&r, level, envelope);
        hull(&r, level, envelope);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
