/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M for a great many plants in the plane: around each reference only the cells within the farthest distance are looked
 * at. Sites are sorted by cell, rows of cells from south to north and each from west to east, so that what a row has
 * near is one run of sites. References are dealt to a fixed number of tiles; what each adds is added up in their order.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "kernels/points/m_round.h"

enum { TILES = OKRUG_M_TILES, CELLS_A_REACH = 8, CELLS_MOST = 2048, REFERENCES_A_ROUND = 1 << 16 };
static const double BARELY = 1e-6; /* of a ring: what is within the last but for rounding is near */

typedef struct {
    double x, y, weight, of_neighbour;
} site;

typedef struct {
    const okrug_ctx *ctx;
    const okrug_m_round *round;
    double west, south, reach, per_cell;
    int64_t columns, rows;
    site *sites;        /* by cell */
    int64_t *start;     /* columns x rows + 1: where the sites of each cell begin */
    int32_t *cell;      /* of each site as it came */
    int64_t *place;     /* of each among `sites` */
    double total[2];    /* weight of the neighbours and of all */
    int64_t first, end; /* references of this round */
    const int32_t *reference;
    int64_t marking;
    double *desk; /* for each tile: all and some, rings each; and sums, 2 x rings */
} work;

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

static okrug_status make_cells(okrug_ctx *ctx, const okrug_m_round *r, work *w) {
    int64_t n = r->sites->n;
    double east, north;
    span(r->sites->x, n, &w->west, &east);
    span(r->sites->y, n, &w->south, &north);
    w->reach = ((double)(r->rings->count - 1) + BARELY) / r->rings->ruler.scale;
    double wider = east - w->west > north - w->south ? east - w->west : north - w->south;
    double side = fmax(w->reach / CELLS_A_REACH, wider / CELLS_MOST);
    w->per_cell = 1.0 / side;
    w->columns = (int64_t)((east - w->west) * w->per_cell) + 1;
    w->rows = (int64_t)((north - w->south) * w->per_cell) + 1;
    w->start = OKRUG_SCRATCH(ctx, w->columns * w->rows + 2, int64_t);
    w->sites = OKRUG_SCRATCH(ctx, n, site);
    w->cell = OKRUG_SCRATCH(ctx, n, int32_t);
    w->place = OKRUG_SCRATCH(ctx, n, int64_t);
    w->desk = OKRUG_SCRATCH(ctx, TILES * 4 * (r->rings->count + 1), double);
    if (w->start == NULL || w->sites == NULL || w->cell == NULL || w->place == NULL || w->desk == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        w->cell[i] = (int32_t)(along(r->sites->y[i], w->south, w->per_cell, w->rows) * w->columns +
                               along(r->sites->x[i], w->west, w->per_cell, w->columns));
    }
    return OKRUG_OK;
}

/* Sites with their weights in that marking, sorted by cell, in a cell as they came. */
static okrug_status sort_sites(okrug_ctx *ctx, work *w) {
    const okrug_m_round *r = w->round;
    int64_t n = r->sites->n;
    okrug_mark mark = okrug_scratch_mark(ctx);
    uint8_t *counts = OKRUG_SCRATCH_ZERO(ctx, n, uint8_t);
    if (counts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_sum some = {0};
    okrug_sum all = {0};
    const int32_t *neighbour = r->neighbour + w->marking * r->neighbours;
    for (int64_t k = 0; k < r->neighbours; k++) {
        counts[neighbour[k]] = 1;
        okrug_sum_add(&some, okrug_m_weight(r, w->marking, neighbour[k]));
    }
    memset(w->start, 0, (size_t)(w->columns * w->rows + 2) * sizeof *w->start);
    for (int64_t i = 0; i < n; i++) {
        w->start[w->cell[i] + 2]++;
        okrug_sum_add(&all, okrug_m_weight(r, w->marking, i));
    }
    for (int64_t c = 0; c < w->columns * w->rows; c++) {
        w->start[c + 2] += w->start[c + 1];
    }
    for (int64_t i = 0; i < n; i++) {
        double weight = okrug_m_weight(r, w->marking, i);
        w->place[i] = w->start[w->cell[i] + 1]++;
        w->sites[w->place[i]] = (site){r->sites->x[i], r->sites->y[i], weight, counts[i] ? weight : 0.0};
    }
    w->total[0] = okrug_sum_value(&some);
    w->total[1] = okrug_sum_value(&all);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* What is near, by ring, of all and of the neighbours. */
static void look_around(const work *w, int32_t reference, double *all, double *some) {
    double x = w->round->sites->x[reference];
    double y = w->round->sites->y[reference];
    int64_t own = w->place[reference];
    const okrug_ruler *ruler = &w->round->rings->ruler;
    int64_t west = along(x - w->reach, w->west, w->per_cell, w->columns);
    int64_t east = along(x + w->reach, w->west, w->per_cell, w->columns);
    int64_t north = along(y + w->reach, w->south, w->per_cell, w->rows);
    for (int64_t row = along(y - w->reach, w->south, w->per_cell, w->rows); row <= north; row++) {
        int64_t end = w->start[row * w->columns + east + 1];
        for (int64_t k = w->start[row * w->columns + west]; k < end; k++) {
            const site *s = &w->sites[k];
            double t = sqrt((s->x - x) * (s->x - x) + (s->y - y) * (s->y - y)) * ruler->scale + ruler->offset;
            int64_t ring = t < ruler->cut ? (int64_t)t : w->round->rings->count;
            all[ring] += k == own ? 0.0 : s->weight;
            some[ring] += k == own ? 0.0 : s->of_neighbour;
        }
    }
}

static okrug_status run_tile(void *user, int64_t tile) {
    const work *w = user;
    const okrug_m_round *r = w->round;
    int64_t rings = r->rings->count;
    double *all = w->desk + tile * 4 * (rings + 1);
    double *some = all + rings + 1;
    double *sums = some + rings + 1;
    for (int64_t k = w->first + tile; k < w->end; k += TILES) {
        OKRUG_TRY(okrug_check_cancel(w->ctx));
        int32_t i = w->reference[k];
        double expected = okrug_m_expected(r, w->marking, i, w->total);
        memset(all, 0, (size_t)(2 * (rings + 1)) * sizeof *all);
        look_around(w, i, all, some);
        double near = 0.0;
        double around = 0.0;
        for (int64_t ring = 0; ring < rings; ring++) {
            near += some[ring];
            around += all[ring];
            if (around > 0.0) {
                sums[ring] += near / around;
                sums[rings + 1 + ring] += expected;
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status run_marking(okrug_ctx *ctx, work *w, double *curve) {
    const okrug_m_round *r = w->round;
    int64_t rings = r->rings->count;
    OKRUG_TRY(sort_sites(ctx, w));
    memset(w->desk, 0, (size_t)(TILES * 4 * (rings + 1)) * sizeof *w->desk);
    w->reference = r->reference + w->marking * r->references;
    for (w->first = 0; w->first < r->references; w->first = w->end) {
        w->end = r->references - w->first < REFERENCES_A_ROUND ? r->references : w->first + REFERENCES_A_ROUND;
        if (r->markings == 1) {
            okrug_progress(ctx, "task.counting", (double)w->first, (double)r->references);
        }
        OKRUG_TRY(okrug_parallel(ctx, TILES, run_tile, w));
    }
    for (int64_t k = 0; k < rings; k++) {
        double ratio = 0.0;
        double expected = 0.0;
        for (int64_t tile = 0; tile < TILES; tile++) {
            const double *sums = w->desk + tile * 4 * (rings + 1) + 2 * (rings + 1);
            ratio += sums[k];
            expected += sums[rings + 1 + k];
        }
        curve[k] = expected > 0.0 ? ratio / expected : (double)NAN;
    }
    return OKRUG_OK;
}

okrug_status okrug_m_near_run(okrug_ctx *ctx, const okrug_m_round *round, double *curves) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    work w = {.ctx = ctx, .round = round};
    okrug_status status = make_cells(ctx, round, &w);
    for (w.marking = 0; status == OKRUG_OK && w.marking < round->markings; w.marking++) {
        status = run_marking(ctx, &w, curves + w.marking * round->rings->count);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
