/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Benefit of the doubt: one linear programme for each region, solved in its dual form, which has one row for each
 * indicator in place of one for each region.
 */
#include <math.h>

#include <okrug/indicators.h>
#include <okrug/optimise.h>

enum { TILES = 64 }; /* many, since a job can be cancelled between them */

typedef struct {
    int64_t n, m, columns;
    const double *y;
    int64_t *rival; /* rivals: the regions that no other is at least as good as in everything */
    int64_t rivals;
    double least, most;
    double
        *matrix;   /* TILES x m x columns: the rivals, then what keeps each indicator's share above least, below most */
    double *own;   /* TILES x m: the region whose programme it is */
    double *cost;  /* columns: 1 for a rival, 0 for a bound */
    double *score; /* TILES x n: of the tile's regions */
} programmes;

/* One tile's. */
typedef struct {
    const programmes *p;
    int64_t tile;
    double *matrix, *own;
} family;

static void take_region(void *user, int64_t k) {
    const family *f = user;
    const programmes *p = f->p;
    const double *y = p->y + (f->tile + k * TILES) * p->m;
    for (int64_t i = 0; i < p->m; i++) {
        f->own[i] = y[i];
        for (int64_t bound = 0; bound < p->m; bound++) {
            double this = i == bound ? y[i] : 0.0;
            f->matrix[i * p->columns + p->rivals + bound] = p->least * y[i] - this;
            f->matrix[i * p->columns + p->rivals + p->m + bound] = this - p->most * y[i];
        }
    }
}

/* Whether a is at least as good as b in everything; of equal ones the first is. */
static bool outdoes(const programmes *p, int64_t a, int64_t b) {
    bool equal = true;
    for (int64_t i = 0; i < p->m; i++) {
        double lead = p->y[a * p->m + i] - p->y[b * p->m + i];
        if (lead < 0.0) {
            return false;
        }
        equal = equal && lead == 0.0;
    }
    return !equal || a < b;
}

/* Whoever is outdone bounds no weights that the one who outdoes it does not. */
static void find_rivals(programmes *p) {
    for (int64_t r = 0; r < p->n; r++) {
        bool outdone = false;
        for (int64_t k = 0; k < p->n && !outdone; k++) {
            outdone = k != r && outdoes(p, k, r);
        }
        if (!outdone) {
            p->rival[p->rivals++] = r;
        }
    }
}

static okrug_status solve_some(void *user, int64_t tile) {
    const programmes *p = user;
    family f = {p, tile, p->matrix + tile * p->m * p->columns, p->own + tile * p->m};
    for (int64_t i = 0; i < p->m; i++) {
        for (int64_t r = 0; r < p->rivals; r++) {
            f.matrix[i * p->columns + r] = p->y[p->rival[r] * p->m + i];
        }
    }
    const okrug_linear_programme all = {p->m, p->columns, f.matrix, p->cost, f.own};
    take_region(&f, 0);
    return okrug_linear_least_each(&all, p->rivals, (p->n - tile + TILES - 1) / TILES, take_region, &f,
                                   p->score + tile * p->n);
}

okrug_status okrug_benefit_of_the_doubt(okrug_ctx *ctx, int64_t n, int64_t m, const double *y, double least,
                                        double most, double *score) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t tiles = n < TILES ? n : TILES;
    programmes p = {.n = n, .m = m, .y = y, .least = least, .most = most, .rival = OKRUG_SCRATCH(ctx, n, int64_t)};
    if (p.rival == NULL) {
        return OKRUG_NO_MEMORY;
    }
    find_rivals(&p);
    p.columns = p.rivals + 2 * m;
    p.matrix = OKRUG_SCRATCH(ctx, tiles * m * p.columns, double);
    p.own = OKRUG_SCRATCH(ctx, tiles * m, double);
    p.cost = OKRUG_SCRATCH(ctx, p.columns, double);
    p.score = OKRUG_SCRATCH(ctx, tiles * n, double);
    if (p.matrix == NULL || p.own == NULL || p.cost == NULL || p.score == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < p.columns; j++) {
        p.cost[j] = j < p.rivals ? 1.0 : 0.0;
    }
    okrug_status status = okrug_parallel(ctx, tiles, solve_some, &p);
    for (int64_t r = 0; status == OKRUG_OK && r < n; r++) {
        /* Rounding aside nobody is above 1: the region itself is among those compared with. */
        score[r] = fmin(1.0, p.score[r % TILES * n + r / TILES]);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
