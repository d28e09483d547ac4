/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M and m for a great many plants: around each reference only the cells within the farthest distance are looked at.
 * Sites are sorted by cell, rows of cells from south to north and each from west to east, so that what a row has near
 * is one run of sites. On the globe cells are those of a flat map, which only says whom to look at: distances are
 * measured on the globe. References are dealt to a fixed number of tiles; what each adds is added up in their order.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/point_cells.h>

#include "kernels/points/m_round.h"

enum { TILES = OKRUG_M_TILES, CELLS_A_REACH = 8, CELLS_MOST = 2048, REFERENCES_A_ROUND = 1 << 16 };
static const double BARELY = 1e-6; /* of the reach: what is within it but for rounding is near */

struct okrug_m_near {
    const okrug_ctx *ctx;
    const okrug_m_round *round;
    double *x, *y; /* of each site where cells are made: in the plane, or on the map */
    double west, south, reach, per_cell;
    int64_t columns, rows;
    int64_t *start;       /* columns x rows + 1: where the sites of each cell begin */
    int32_t *cell;        /* of each site as it came */
    int64_t *place;       /* of each among the sorted */
    okrug_located sorted; /* sites by cell */
    double *weight, *of;  /* of the sorted: weight, and that of the neighbours */
    okrug_measure *measure;
    double total[2];    /* weight of the neighbours and of all */
    int64_t first, end; /* references of this round */
    const int32_t *reference;
    int64_t marking;
    int64_t bins;
    int64_t before, simulations; /* simulations that are done, and all; 0: what is observed */
    double *desk; /* for each tile: all and some, bins each; and at each distance all, some and the two sums */
};
typedef okrug_m_near work;

static int64_t distances(const okrug_m_round *r) {
    return r->smoother != NULL ? r->smoother->count : r->rings->count;
}

static int64_t along(double at, double from, double per_cell, int64_t cells) {
    double cell = (at - from) * per_cell;
    return cell > 0.0 ? cell < (double)cells ? (int64_t)cell : cells - 1 : 0;
}

static void span(const double *v, int64_t n, double *from, double *to) {
    *from = v[0];
    *to = v[0];
    for (int64_t i = 1; i < n; i++) {
        *from = v[i] < *from ? v[i] : *from;
        *to = v[i] > *to ? v[i] : *to;
    }
}

/* Nothing beyond that chord is told apart from what is beyond all. */
static double farthest_chord(const okrug_m_round *r) {
    double last = r->smoother != NULL ? r->ruler->cut / r->ruler->scale
                  : r->rings->globe   ? (double)r->rings->end[r->rings->count - 1] / r->rings->ruler.scale
                                      : (double)(r->rings->count - 1) / r->rings->ruler.scale;
    return last * (1.0 + BARELY);
}

/* Where sites are for the cells, and how far apart on it near ones may be. */
static okrug_status lay_out(okrug_ctx *ctx, const okrug_points *sites, work *w) {
    const okrug_m_round *r = w->round;
    int64_t n = sites->n;
    w->x = OKRUG_SCRATCH(ctx, n, double);
    w->y = OKRUG_SCRATCH(ctx, n, double);
    if (w->x == NULL || w->y == NULL) {
        return OKRUG_NO_MEMORY;
    }
    w->reach = okrug_distance_of_chord(sites->globe, farthest_chord(r));
    if (!sites->globe) {
        memcpy(w->x, r->sites->x, (size_t)n * sizeof *w->x);
        memcpy(w->y, r->sites->y, (size_t)n * sizeof *w->y);
        return OKRUG_OK;
    }
    okrug_flat flat;
    OKRUG_TRY(okrug_flat_about(ctx, sites, &flat));
    okrug_flat_places(&flat, sites, w->x, w->y); /* no map: all in one cell */
    w->reach *= flat.stretch * (1.0 + BARELY);
    return OKRUG_OK;
}

static okrug_status make_cells(okrug_ctx *ctx, const okrug_points *sites, work *w) {
    const okrug_m_round *r = w->round;
    int64_t n = r->sites->n;
    double east, north;
    OKRUG_TRY(lay_out(ctx, sites, w));
    span(w->x, n, &w->west, &east);
    span(w->y, n, &w->south, &north);
    double wider = east - w->west > north - w->south ? east - w->west : north - w->south;
    double side = fmax(w->reach / CELLS_A_REACH, wider / CELLS_MOST);
    w->per_cell = 1.0 / side;
    w->columns = (int64_t)((east - w->west) * w->per_cell) + 1;
    w->rows = (int64_t)((north - w->south) * w->per_cell) + 1;
    w->bins = r->smoother != NULL ? r->ruler->nodes + OKRUG_NODES_SPARE + 1 : r->rings->count + OKRUG_RINGS_SPARE;
    w->start = OKRUG_SCRATCH(ctx, w->columns * w->rows + 2, int64_t);
    w->cell = OKRUG_SCRATCH(ctx, n, int32_t);
    w->place = OKRUG_SCRATCH(ctx, n, int64_t);
    w->weight = OKRUG_SCRATCH(ctx, n, double);
    w->of = OKRUG_SCRATCH(ctx, n, double);
    w->desk = OKRUG_SCRATCH(ctx, TILES * (2 * w->bins + 4 * distances(r)), double);
    if (w->start == NULL || w->cell == NULL || w->place == NULL || w->weight == NULL || w->of == NULL ||
        w->desk == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        w->cell[i] = (int32_t)(along(w->y[i], w->south, w->per_cell, w->rows) * w->columns +
                               along(w->x[i], w->west, w->per_cell, w->columns));
    }
    return OKRUG_OK;
}

/* Sites by cell, in a cell as they came: the same for every marking. */
static okrug_status sort_sites(okrug_ctx *ctx, work *w) {
    const okrug_located *sites = w->round->sites;
    OKRUG_TRY(okrug_located_room(ctx, sites->n, sites->z != NULL, &w->sorted));
    memset(w->start, 0, (size_t)(w->columns * w->rows + 2) * sizeof *w->start);
    for (int64_t i = 0; i < sites->n; i++) {
        w->start[w->cell[i] + 2]++;
    }
    for (int64_t c = 0; c < w->columns * w->rows; c++) {
        w->start[c + 2] += w->start[c + 1];
    }
    for (int64_t i = 0; i < sites->n; i++) {
        int64_t k = w->start[w->cell[i] + 1]++;
        w->place[i] = k;
        w->sorted.x[k] = sites->x[i];
        w->sorted.y[k] = sites->y[i];
        if (sites->z != NULL) {
            w->sorted.z[k] = sites->z[i];
        }
    }
    w->measure = okrug_measure_for(&w->sorted, true);
    return OKRUG_OK;
}

static void weigh_sites(work *w) {
    const okrug_m_round *r = w->round;
    int64_t n = r->sites->n;
    okrug_sum some = {0};
    okrug_sum all = {0};
    memset(w->of, 0, (size_t)n * sizeof *w->of);
    for (int64_t i = 0; i < n; i++) {
        double weight = okrug_m_weight(r, w->marking, i);
        w->weight[w->place[i]] = weight;
        okrug_sum_add(&all, weight);
    }
    const int32_t *neighbour = r->neighbour + w->marking * r->neighbours;
    for (int64_t k = 0; k < r->neighbours; k++) {
        double weight = okrug_m_weight(r, w->marking, neighbour[k]);
        w->of[w->place[neighbour[k]]] = weight;
        okrug_sum_add(&some, weight);
    }
    w->total[0] = okrug_sum_value(&some);
    w->total[1] = okrug_sum_value(&all);
}

/* ---- Around one reference ---- */

static void add_rings(const work *w, const int32_t at[OKRUG_LANES], int64_t from, int64_t lanes, double *all,
                      double *some) {
    for (int64_t lane = 0; lane < lanes; lane++) {
        int32_t ring = okrug_ring_at(w->round->rings, at[lane]);
        all[ring] += w->weight[from + lane];
        some[ring] += w->of[from + lane];
    }
}

static void add_nodes(const work *w, const int32_t at[OKRUG_LANES], int64_t from, int64_t lanes, double *all,
                      double *some) {
    for (int64_t lane = 0; lane < lanes; lane++) {
        okrug_m_put(all, at[lane], w->weight[from + lane]);
        okrug_m_put(some, at[lane], w->of[from + lane]);
    }
}

/* The cells within reach of a site: rows and columns, both ends in. */
typedef struct {
    int64_t west, east, south, north;
} cells_near;

static cells_near cells_around(const work *w, int32_t site) {
    double x = w->x[site];
    double y = w->y[site];
    return (cells_near){.west = along(x - w->reach, w->west, w->per_cell, w->columns),
                        .east = along(x + w->reach, w->west, w->per_cell, w->columns),
                        .south = along(y - w->reach, w->south, w->per_cell, w->rows),
                        .north = along(y + w->reach, w->south, w->per_cell, w->rows)};
}

/* What is near, by ring or node, of all and of the neighbours. */
static void look_around(const work *w, int32_t reference, double *all, double *some) {
    const okrug_ruler *ruler = w->round->smoother != NULL ? w->round->ruler : &w->round->rings->ruler;
    int64_t own = w->place[reference];
    cells_near cells = cells_around(w, reference);
    int32_t at[OKRUG_LANES];
    for (int64_t row = cells.south; row <= cells.north; row++) {
        int64_t end = w->start[row * w->columns + cells.east + 1];
        for (int64_t k = w->start[row * w->columns + cells.west]; k < end; k += OKRUG_LANES) {
            int64_t lanes = end - k < OKRUG_LANES ? end - k : OKRUG_LANES;
            w->measure(&w->sorted, own, k, ruler, at);
            if (k <= own && own < k + lanes) {
                at[own - k] = (int32_t)ruler->beyond[0];
            }
            (w->round->smoother != NULL ? add_nodes : add_rings)(w, at, k, lanes, all, some);
        }
    }
}

/* From rings or nodes to what is up to, or at, each distance. */
static void gather(const okrug_m_round *r, const double *bins, double *curve) {
    if (r->smoother != NULL) {
        okrug_smooth(r->smoother, bins, 1.0, curve);
        return;
    }
    double so_far = 0.0;
    for (int64_t k = 0; k < r->rings->count; k++) {
        so_far += bins[k];
        curve[k] = so_far;
    }
}

static okrug_status run_tile(void *user, int64_t tile) {
    const work *w = user;
    const okrug_m_round *r = w->round;
    int64_t count = distances(r);
    double *all = w->desk + tile * (2 * w->bins + 4 * count);
    double *some = all + w->bins;
    double *around = some + w->bins;
    double *near = around + count;
    double *sums = near + count;
    for (int64_t k = w->first + tile; k < w->end; k += TILES) {
        OKRUG_TRY(okrug_check_cancel(w->ctx));
        double expected = okrug_m_expected(r, w->marking, w->reference[k], w->total);
        memset(all, 0, (size_t)(2 * w->bins) * sizeof *all);
        look_around(w, w->reference[k], all, some);
        gather(r, all, around);
        gather(r, some, near);
        for (int64_t d = 0; d < count; d++) {
            if (around[d] > 0.0) {
                sums[d] += near[d] / around[d];
                sums[count + d] += expected;
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status run_marking(okrug_ctx *ctx, work *w, double *curve) {
    const okrug_m_round *r = w->round;
    int64_t count = distances(r);
    int64_t each = 2 * w->bins + 4 * count;
    weigh_sites(w);
    memset(w->desk, 0, (size_t)(TILES * each) * sizeof *w->desk);
    w->reference = r->reference + w->marking * r->references;
    for (w->first = 0; w->first < r->references; w->first = w->end) {
        w->end = r->references - w->first < REFERENCES_A_ROUND ? r->references : w->first + REFERENCES_A_ROUND;
        double part = (double)w->first / (double)r->references;
        okrug_progress(ctx, w->simulations > 0 ? "task.simulating" : "task.counting", (double)w->before + part,
                       w->simulations > 0 ? (double)w->simulations : 1.0);
        OKRUG_TRY(okrug_parallel(ctx, TILES, run_tile, w));
    }
    for (int64_t k = 0; k < count; k++) {
        double ratio = 0.0;
        double expected = 0.0;
        for (int64_t tile = 0; tile < TILES; tile++) {
            const double *sums = w->desk + tile * each + 2 * w->bins + 2 * count;
            ratio += sums[k];
            expected += sums[count + k];
        }
        curve[k] = expected > 0.0 ? ratio / expected : (double)NAN;
    }
    return OKRUG_OK;
}

okrug_status okrug_m_near_make(okrug_ctx *ctx, const okrug_points *sites, const okrug_m_round *round,
                               okrug_m_near **near) {
    *near = OKRUG_SCRATCH(ctx, 1, okrug_m_near);
    if (*near == NULL) {
        return OKRUG_NO_MEMORY;
    }
    **near = (okrug_m_near){.ctx = ctx, .round = round};
    OKRUG_TRY(make_cells(ctx, sites, *near));
    return sort_sites(ctx, *near);
}

double okrug_m_near_distances(const okrug_m_near *near, int64_t references, const int32_t *reference) {
    double sum = 0.0; /* of whole numbers below 2^53 */
    for (int64_t k = 0; k < references; k++) {
        cells_near cells = cells_around(near, reference[k]);
        for (int64_t row = cells.south; row <= cells.north; row++) {
            const int64_t *start = near->start + row * near->columns;
            sum += (double)(start[cells.east + 1] - start[cells.west]);
        }
    }
    return sum;
}

okrug_status okrug_m_near_run(okrug_ctx *ctx, okrug_m_near *near, const okrug_m_round *round, int64_t before,
                              int64_t simulations, double *curves) {
    near->round = round;
    near->simulations = simulations;
    for (near->marking = 0; near->marking < round->markings; near->marking++) {
        near->before = before + near->marking;
        OKRUG_TRY(run_marking(ctx, near, curves + near->marking * distances(round)));
    }
    return OKRUG_OK;
}
