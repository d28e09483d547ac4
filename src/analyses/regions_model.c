/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trade between regions, good by good, and the model that it makes.
 */
#include "analyses/regions_model.h"

#include <math.h>

#include <okrug/numeric.h>

#include "analyses/by_industry.h"

/* ---- Trade ---- */

typedef struct {
    const okrug_regions_case *rc;
    okrug_decay decay;
    double friction;
    const double *haul;           /* n; NaN: the friction given */
    double *trade;                /* n x R x R */
    double *work;                 /* n x 2 R */
    okrug_gravity_result *result; /* n */
    okrug_status *status;         /* n */
} trading;

static okrug_status trade_of(void *user, int64_t i) {
    const trading *t = user;
    int64_t regions = t->rc->regions;
    const okrug_gravity gravity = {regions, t->rc->origin + i * regions, t->rc->destination + i * regions, t->rc->cost,
                                   t->decay};
    double *work = t->work + 2 * i * regions, *trade = t->trade + i * regions * regions;
    t->status[i] = OKRUG_OK;
    if (isnan(t->haul[i])) {
        okrug_gravity_trade(&gravity, t->friction, work, trade, &t->result[i]);
    } else {
        t->status[i] = okrug_gravity_fit(&gravity, t->haul[i], work, trade, &t->result[i]);
    }
    return OKRUG_OK;
}

static okrug_status read_hauls(okrug_ctx *ctx, const okrug_trade_options *p, const okrug_regions_case *rc,
                               double **haul) {
    const okrug_table *table = p->hauls;
    *haul = OKRUG_SCRATCH(ctx, rc->n, double);
    int64_t *place = NULL, without = 0;
    if (*haul == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < rc->n; i++) {
        (*haul)[i] = p->mean_haul > 0.0 ? p->mean_haul : NAN;
    }
    if (table != NULL) {
        OKRUG_TRY(okrug_by_industry(ctx, table, "industry", rc->io.code, rc->n, true, &place));
        for (int64_t r = 0; r < table->rows; r++) {
            (*haul)[place[r]] = okrug_cell_or(table, "value", r, (*haul)[place[r]]);
        }
    }
    for (int64_t i = 0; i < rc->n; i++) {
        without += isnan((*haul)[i]);
    }
    return without == 0 || p->friction > 0.0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option", "friction", (char *)NULL);
}

okrug_status okrug_trade_find(okrug_ctx *ctx, const okrug_trade_options *options, const okrug_regions_case *rc,
                              double **trade, okrug_gravity_result **result) {
    int64_t regions = rc->regions;
    double *haul = NULL;
    OKRUG_TRY(read_hauls(ctx, options, rc, &haul));
    trading all = {.rc = rc,
                   .decay = options->decay,
                   .friction = options->friction,
                   .haul = haul,
                   .trade = OKRUG_SCRATCH(ctx, rc->n * regions * regions, double),
                   .work = OKRUG_SCRATCH(ctx, 2 * rc->n * regions, double),
                   .result = OKRUG_SCRATCH(ctx, rc->n, okrug_gravity_result),
                   .status = OKRUG_SCRATCH(ctx, rc->n, okrug_status)};
    if (all.trade == NULL || all.work == NULL || all.result == NULL || all.status == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_parallel(ctx, rc->n, trade_of, &all));
    *trade = all.trade;
    *result = all.result;
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < rc->n; i++) {
        const char *code = rc->io.code[i];
        if (all.status[i] != OKRUG_OK) {
            status = okrug_fail(ctx, OKRUG_NO_SOLUTION, "haul-impossible", NULL, "code", code, "haul",
                                okrug_text_number(ctx, haul[i]), "nearest",
                                okrug_text(ctx, "%.4g", all.result[i].mean_haul), (char *)NULL);
        } else if (all.result[i].error > 1e-9) {
            status = okrug_fail(ctx, OKRUG_NO_SOLUTION, "trade-not-balanced", NULL, "code", code, "error",
                                okrug_text(ctx, "%.2g", all.result[i].error), (char *)NULL);
        }
    }
    return status;
}

/* ---- Model ---- */

/* Where a region buys nothing of a good its share is its own: it would begin at home. */
static void to_shares(const okrug_regions_case *rc, const double *trade, double *shares) {
    int64_t regions = rc->regions;
    for (int64_t i = 0; i < rc->n; i++) {
        for (int64_t s = 0; s < regions; s++) {
            double bought = okrug_sum_of(trade + i * regions * regions + s, regions, regions);
            for (int64_t r = 0; r < regions; r++) {
                int64_t cell = (i * regions + r) * regions + s;
                shares[cell] = bought > 0.0 ? trade[cell] / bought : (r == s ? 1.0 : 0.0);
            }
        }
    }
}

okrug_status okrug_regions_solve(okrug_ctx *ctx, const okrug_regions_case *rc, const double *trade,
                                 okrug_regions_solution *s) {
    int64_t n = rc->n, regions = rc->regions, side = n * regions;
    int measures = rc->value_added == NULL ? 1 : 2;
    s->shares = OKRUG_SCRATCH(ctx, side * regions, double);
    s->ta = OKRUG_SCRATCH(ctx, side * side, double);
    s->x = OKRUG_SCRATCH(ctx, side, double);
    s->final = OKRUG_SCRATCH(ctx, side, double);
    double *c = OKRUG_SCRATCH(ctx, measures * side, double);
    double *m = OKRUG_SCRATCH(ctx, 3 * measures * side, double);
    if (s->shares == NULL || s->ta == NULL || s->x == NULL || s->final == NULL || c == NULL || m == NULL) {
        return OKRUG_NO_MEMORY;
    }
    s->multipliers = (okrug_interregional_multipliers){m, m + measures * side, m + 2 * measures * side};
    to_shares(rc, trade, s->shares);
    okrug_interregional_coefficients(n, regions, s->shares, rc->a, s->ta);
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t i = 0; i < n; i++) {
            okrug_sum sum = {0};
            okrug_sum_add(&sum, rc->exports[r * n + i]);
            for (int64_t to = 0; to < regions; to++) {
                okrug_sum_add(&sum, s->shares[(i * regions + r) * regions + to] * rc->demand[to * n + i]);
            }
            s->final[r * n + i] = okrug_sum_value(&sum);
            c[r * n + i] = 1.0;
            if (measures > 1) {
                c[side + r * n + i] = rc->value_added[i];
            }
        }
    }
    return okrug_interregional_model(ctx, n, regions, s->ta, measures, c, s->final, s->x, &s->multipliers);
}
