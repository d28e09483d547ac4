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
    double least, most;
    double
        *matrix;  /* TILES x m x columns: the regions, then what keeps each indicator's share above least, below most */
    double *cost; /* columns: 1 for a region, 0 for a bound */
    double *score;
} programmes;

static void put_bounds(const programmes *p, const double *own, double *matrix) {
    for (int64_t i = 0; i < p->m; i++) {
        for (int64_t bound = 0; bound < p->m; bound++) {
            double this = i == bound ? own[i] : 0.0;
            matrix[i * p->columns + p->n + bound] = p->least * own[i] - this;
            matrix[i * p->columns + p->n + p->m + bound] = this - p->most * own[i];
        }
    }
}

static okrug_status solve_some(void *user, int64_t tile) {
    const programmes *p = user;
    double *matrix = p->matrix + tile * p->m * p->columns;
    for (int64_t i = 0; i < p->m; i++) {
        for (int64_t r = 0; r < p->n; r++) {
            matrix[i * p->columns + r] = p->y[r * p->m + i];
        }
    }
    for (int64_t r = tile; r < p->n; r += TILES) {
        const double *own = p->y + r * p->m;
        const okrug_linear_programme one = {p->m, p->columns, matrix, p->cost, own};
        put_bounds(p, own, matrix);
        OKRUG_TRY(okrug_linear_least(&one, NULL, NULL, &p->score[r]));
        p->score[r] = fmin(1.0, p->score[r]); /* rounding aside: the region itself is among those compared with */
    }
    return OKRUG_OK;
}

okrug_status okrug_benefit_of_the_doubt(okrug_ctx *ctx, int64_t n, int64_t m, const double *y, double least,
                                        double most, double *score) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    programmes p = {.n = n, .m = m, .columns = n + 2 * m, .y = y, .least = least, .most = most, .score = score};
    p.matrix = OKRUG_SCRATCH(ctx, TILES * m * p.columns, double);
    p.cost = OKRUG_SCRATCH(ctx, p.columns, double);
    if (p.matrix == NULL || p.cost == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < p.columns; j++) {
        p.cost[j] = j < n ? 1.0 : 0.0;
    }
    okrug_status status = okrug_parallel(ctx, TILES, solve_some, &p);
    okrug_scratch_reset(ctx, mark);
    return status;
}
