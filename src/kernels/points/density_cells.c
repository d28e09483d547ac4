/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * K-density of points by the cell. Every pair at a distance D between middles is really between D - s and D + s, s the
 * diagonal of a cell; what it adds to K(d) is then between the least and the greatest that the kernel is there. On a
 * map of the globe it may be nearer still, by what the map stretches.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "kernels/points/density.h"
#include "kernels/points/raster.h"
#include "kernels/spatial/form.h"

enum { DRAWS_K_DENSITY = 0x504e0001, BINS_A_CELL = 8 };
static const double REACH = 6.5; /* as in density.c */
static const double PEAK = 0.3989422804014327;
static const double DIAGONAL = 1.4142135623730951;
static const double SLACK = 1e-9; /* sums are rounded, and so are places in cells */

double okrug_k_density_reach(const okrug_k_density_grid *grid) {
    return grid->distance[grid->count - 1] + REACH * grid->bandwidth;
}

typedef struct {
    okrug_raster raster;
    okrug_smoother smoother;
    const okrug_k_density_grid *grid;
    double *mass; /* nodes of the grid */
    double *bin;  /* pairs by distance, bins of `width` */
    int64_t bins;
    double width;
    uint64_t *weight; /* whole; NULL: 1 */
    double lost;      /* of all pairs' weight, by rounding: at most */
    double total;
} work;

/* Weights as whole multiples of a power of two, their sum below 2^31, and with rounding below 2^32. All that follows is
 * counted in such multiples: what weights are measured in is no matter to K, and squares of great ones are not finite.
 */
static okrug_status round_weights(okrug_ctx *ctx, int64_t n, const double *weight, work *w) {
    if (weight == NULL) {
        w->total = okrug_pairs_total(n, NULL);
        return OKRUG_OK;
    }
    w->weight = OKRUG_SCRATCH(ctx, n, uint64_t);
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *scaled = OKRUG_SCRATCH(ctx, n, double);
    if (w->weight == NULL || scaled == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int exponent = 30 - ilogb(okrug_sum_of(weight, n, 1));
    okrug_sum error = {0};
    for (int64_t i = 0; i < n; i++) {
        scaled[i] = ldexp(weight[i], exponent);
        double whole = floor(scaled[i] + 0.5);
        w->weight[i] = (uint64_t)whole;
        okrug_sum_add(&error, fabs(whole - scaled[i]));
    }
    double off = okrug_sum_value(&error);
    w->lost = off * (okrug_sum_of(scaled, n, 1) + 0.5 * off);
    w->total = okrug_pairs_total(n, scaled);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* How many bins hold all that the kernel reaches, or all that the raster has where the kernel reaches beyond it. */
static int64_t bins_for(const okrug_k_density_grid *grid, const okrug_cells *cells, double width) {
    double reach = okrug_k_density_reach(grid) * cells->stretch + DIAGONAL * cells->side;
    double farthest = cells->side * hypot((double)cells->reach[0], (double)cells->reach[1]);
    return (int64_t)(fmin(reach, farthest) / width) + 1;
}

static okrug_status begin(okrug_ctx *ctx, int64_t n, const double *weight, const okrug_k_density_grid *grid,
                          const okrug_cells *cells, bool bracketed, work *w) {
    *w = (work){.grid = grid, .width = cells->side / BINS_A_CELL};
    w->bins = bracketed ? bins_for(grid, cells, w->width) : 0;
    w->bin = OKRUG_SCRATCH(ctx, w->bins + 1, double);
    w->mass = OKRUG_SCRATCH(ctx, grid->nodes + 1, double);
    if (w->bin == NULL || w->mass == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_raster_room(ctx, cells, &w->raster));
    OKRUG_TRY(okrug_smoother_make(ctx, grid, true, &w->smoother));
    return round_weights(ctx, n, weight, w);
}

/* Pairs at the nodes of the grid, shared between two; and in bins, the last for what is beyond. */
static void spread(work *w) {
    const okrug_cells *c = &w->raster.cells;
    memset(w->mass, 0, (size_t)(w->grid->nodes + 1) * sizeof *w->mass);
    memset(w->bin, 0, (size_t)(w->bins + 1) * sizeof *w->bin);
    for (int64_t b = 0; b <= c->reach[1]; b++) {
        for (int64_t a = 0; a <= c->reach[0]; a++) {
            uint64_t pairs = okrug_raster_pairs(&w->raster, a, b);
            double distance = c->side * sqrt((double)(a * a + b * b));
            double at = okrug_chord_of_distance(w->grid->globe, distance / c->usual) / w->grid->width;
            double mass = (double)pairs;
            if (at < (double)(w->grid->nodes - 1)) {
                double on = at - floor(at);
                w->mass[(int64_t)at] += mass * (1.0 - on);
                w->mass[(int64_t)at + 1] += mass * on;
            }
            double bin = distance / w->width;
            w->bin[bin < (double)w->bins ? (int64_t)bin : w->bins] += mass;
        }
    }
}

/* ---- The bracket ---- */

static double density(double from_middle) {
    return PEAK * exp(-0.5 * from_middle * from_middle);
}

/* The kernel over all distances from..to: least and greatest. */
static void kernel_between(double d, double h, double from, double to, double *least, double *most) {
    double near = d < from ? from - d : d > to ? d - to : 0.0;
    double far = fabs(d - from) > fabs(d - to) ? fabs(d - from) : fabs(d - to);
    *least = (density(far / h) + density((d + to) / h)) / h;
    *most = (density(near / h) + density((d + from) / h)) / h;
}

static okrug_status bracket(const okrug_ctx *ctx, const work *w, const double *curve, double *lo, double *hi) {
    double h = w->grid->bandwidth;
    double diagonal = DIAGONAL * w->raster.cells.side * (1.0 + SLACK);
    double stretch = w->raster.cells.stretch;
    double seen = okrug_sum_of(w->bin, w->bins, 1);
    double beyond = w->total - seen > 0.0 ? w->total - seen : 0.0;
    for (int64_t p = 0; p < w->grid->count; p++) {
        double d = w->grid->distance[p];
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_sum least = {0};
        okrug_sum most = {0};
        for (int64_t k = 0; k < w->bins; k++) {
            double from = (double)k * w->width * (1.0 - SLACK) - diagonal;
            double ends[2];
            if (w->bin[k] > 0.0) {
                kernel_between(d, h, from > 0.0 ? from / stretch : 0.0,
                               (double)(k + 1) * w->width * (1.0 + SLACK) + diagonal, &ends[0], &ends[1]);
                okrug_sum_add(&least, w->bin[k] * ends[0]);
                okrug_sum_add(&most, w->bin[k] * ends[1]);
            }
        }
        double unseen = 2.0 * density(REACH) / h * (beyond + w->lost);
        double lost = 2.0 * PEAK / h * w->lost;
        lo[p] = (okrug_sum_value(&least) * (1.0 - SLACK) - lost) / w->total;
        hi[p] = (okrug_sum_value(&most) * (1.0 + SLACK) + unseen + lost) / w->total;
        lo[p] = fmin(fmax(lo[p], 0.0), curve[p]);
        hi[p] = fmax(hi[p], curve[p]);
    }
    return OKRUG_OK;
}

okrug_status okrug_k_density_cells(okrug_ctx *ctx, const okrug_points *points, const double *weight,
                                   const okrug_k_density_grid *grid, const okrug_cells *cells, double *curve,
                                   double *lo, double *hi) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w;
    okrug_status status = begin(ctx, points->n, weight, grid, cells, true, &w);
    if (status == OKRUG_OK) {
        okrug_raster_clear(&w.raster);
        for (int64_t i = 0; i < points->n; i++) {
            okrug_raster_add(&w.raster, okrug_raster_cell(&w.raster, points->x[i], points->y[i]),
                             w.weight == NULL ? 1 : w.weight[i]);
        }
        status = okrug_raster_pair(ctx, &w.raster);
    }
    if (status == OKRUG_OK) {
        spread(&w);
        okrug_smooth(&w.smoother, w.mass, w.total, curve);
        status = bracket(ctx, &w, curve, lo, hi);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* ---- Drawn ---- */

typedef struct {
    int32_t *cell; /* of each site */
    int32_t *site; /* in order between draws */
    int32_t *swapped;
} urn;

/* The draws of draws.c. */
static void draw(work *w, const urn *u, int64_t sites, int64_t n, uint64_t seed, int64_t simulation) {
    okrug_draws draws = okrug_draws_begin(seed, DRAWS_K_DENSITY, simulation);
    okrug_raster_clear(&w->raster);
    for (int64_t k = 0; k < n; k++) {
        int64_t other = k + okrug_draws_next(&draws, sites - k);
        int32_t site = u->site[other];
        u->site[other] = u->site[k];
        u->site[k] = site;
        u->swapped[k] = (int32_t)other;
        okrug_raster_add(&w->raster, u->cell[site], w->weight == NULL ? 1 : w->weight[k]);
    }
    for (int64_t k = n - 1; k >= 0; k--) {
        int32_t site = u->site[k];
        u->site[k] = u->site[u->swapped[k]];
        u->site[u->swapped[k]] = site;
    }
}

static okrug_status fill_urn(okrug_ctx *ctx, const work *w, const okrug_points *sites, int64_t n, urn *u) {
    u->cell = OKRUG_SCRATCH(ctx, sites->n, int32_t);
    u->site = OKRUG_SCRATCH(ctx, sites->n, int32_t);
    u->swapped = OKRUG_SCRATCH(ctx, n, int32_t);
    if (u->cell == NULL || u->site == NULL || u->swapped == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < sites->n; i++) {
        u->cell[i] = okrug_raster_cell(&w->raster, sites->x[i], sites->y[i]);
        u->site[i] = (int32_t)i;
    }
    return OKRUG_OK;
}

okrug_status okrug_k_density_cells_draws(okrug_ctx *ctx, const okrug_points *sites, int64_t n, const double *weight,
                                         const okrug_k_density_grid *grid, const okrug_cells *cells,
                                         int64_t simulations, uint64_t seed, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w;
    urn u;
    okrug_status status = simulations > 0 ? begin(ctx, n, weight, grid, cells, false, &w) : OKRUG_OK;
    if (status == OKRUG_OK && simulations > 0) {
        status = fill_urn(ctx, &w, sites, n, &u);
    }
    for (int64_t s = 0; status == OKRUG_OK && s < simulations; s++) {
        okrug_progress(ctx, "task.simulating", (double)s, (double)simulations);
        draw(&w, &u, sites->n, n, seed, s);
        status = okrug_raster_pair(ctx, &w.raster);
        if (status == OKRUG_OK) {
            spread(&w);
            okrug_smooth(&w.smoother, w.mass, w.total, curves + s * grid->count);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
