/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What withheld cells leave of location quotients: exact bounds, and the range over draws.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/withheld.h>

enum { REGIONS_PER_TILE = 16 };

/* The quotient where the industry's total is T: nothing to compare with gives NaN. In the steps of
 * okrug_location_quotients, so that equal numbers give equal bytes. */
static double quotient(double value, double region, double industry, double total) {
    return region > 0.0 && industry > 0.0 && total > 0.0 ? value / region / (industry / total) : (double)NAN;
}

/* The reference's own industry totals; NULL: they are sums of columns. Shares are totals of 1. */
static const double *fixed_totals(const okrug_lq_reference *reference) {
    return reference->share != NULL ? reference->share : reference->industry_total;
}

/* What the industry's totals are parts of; 0: to be summed. */
static double grand_total(const okrug_lq_reference *reference) {
    return reference->share != NULL ? 1.0 : reference->total;
}

typedef struct {
    double *least, *most; /* industries: totals with all withheld cells at their least and at their most */
    bool *open;           /* industries: something is withheld */
} spans;

static okrug_status span_industries(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                    spans *s) {
    int64_t n = withheld->industries;
    okrug_sum *low = OKRUG_SCRATCH_ZERO(ctx, n, okrug_sum);
    okrug_sum *high = OKRUG_SCRATCH_ZERO(ctx, n, okrug_sum);
    *s = (spans){OKRUG_SCRATCH(ctx, n, double), OKRUG_SCRATCH(ctx, n, double), OKRUG_SCRATCH_ZERO(ctx, n, bool)};
    if (low == NULL || high == NULL || s->least == NULL || s->most == NULL || s->open == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        low[i].sum = high[i].sum = okrug_sum_of(withheld->value + i, withheld->regions, n);
    }
    for (int64_t k = 0; k < cells->count; k++) {
        int64_t i = cells->cell[k] % n;
        okrug_sum_add(&low[i], cells->least[k]);
        okrug_sum_add(&high[i], cells->most[k]);
        s->open[i] = true;
    }
    for (int64_t i = 0; i < n; i++) {
        s->least[i] = okrug_sum_value(&low[i]);
        s->most[i] = okrug_sum_value(&high[i]);
    }
    return OKRUG_OK;
}

/* At one end the industry may be empty everywhere, and the quotient without a value; in all other fillings it is then
 * the same, 0 or e / e_r. */
static void meet(double *least, double *most) {
    *least = isnan(*least) ? *most : *least;
    *most = isnan(*most) ? *least : *most;
}

/* Known cells: only their industries' totals move. */
static void bound_known(const okrug_withheld *withheld, const spans *s, double total, double *least, double *most) {
    int64_t n = withheld->industries;
    for (int64_t c = 0; c < withheld->regions * n; c++) {
        if (withheld->known[c] && s->open[c % n]) {
            double region = withheld->region_total[c / n];
            least[c] = quotient(withheld->value[c], region, s->most[c % n], total);
            most[c] = quotient(withheld->value[c], region, s->least[c % n], total);
            meet(&least[c], &most[c]);
        }
    }
}

static void bound_withheld(const okrug_withheld *withheld, const okrug_withheld_cells *cells, const double *fixed,
                           const spans *s, double total, double *least, double *most) {
    for (int64_t k = 0; k < cells->count; k++) {
        int64_t c = cells->cell[k];
        int64_t i = c % withheld->industries;
        double region = withheld->region_total[c / withheld->industries];
        double low = cells->least[k];
        double high = cells->most[k];
        /* Differences of sums of the same terms: rounding must not leave less than the cell itself. */
        double with_low = fixed != NULL ? fixed[i] : fmax(low, s->most[i] - high + low);
        double with_high = fixed != NULL ? fixed[i] : fmax(high, s->least[i] - low + high);
        most[c] = quotient(high, region, with_high, total);
        least[c] = quotient(low, region, with_low, total);
        meet(&least[c], &most[c]);
    }
}

okrug_status okrug_lq_bounds(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                             const okrug_lq_reference *reference, double *least, double *most) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    const double *fixed = fixed_totals(reference);
    spans s;
    okrug_status status =
        okrug_location_quotients(ctx, withheld->regions, withheld->industries, withheld->value, reference, least);
    if (status == OKRUG_OK) {
        status = span_industries(ctx, withheld, cells, &s);
    }
    if (status == OKRUG_OK) {
        for (int64_t c = 0; c < withheld->regions * withheld->industries; c++) {
            most[c] = least[c];
        }
        double total = grand_total(reference);
        if (fixed == NULL) {
            bound_known(withheld, &s, total, least, most);
        }
        bound_withheld(withheld, cells, fixed, &s, total, least, most);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

typedef struct {
    const okrug_withheld *withheld;
    const okrug_withheld_cells *cells;
    int64_t draws;
    const double *x;
    const double *fixed;
    double total;
    const double *industry; /* industries x draws; NULL where totals are fixed */
    const okrug_screen *screen;
    double *buffer; /* tiles x draws */
    double *lo, *hi, *passes;
} ranging;

/* One cell; `x` is its draws, NULL: it is known. */
static void range_cell(const ranging *g, int64_t cell, const double *x, double *quotients) {
    int64_t i = cell % g->withheld->industries;
    double region = g->withheld->region_total[cell / g->withheld->industries];
    int64_t passed = 0;
    for (int64_t d = 0; d < g->draws; d++) {
        double value = x == NULL ? g->withheld->value[cell] : x[d];
        double industry = g->fixed != NULL ? g->fixed[i] : g->industry[i * g->draws + d];
        quotients[d] = quotient(value, region, industry, g->total);
        passed += g->screen != NULL && quotients[d] >= g->screen->quotient && value >= g->screen->value &&
                  value >= g->screen->share * region;
    }
    if (g->screen != NULL) {
        g->passes[cell] = (double)passed / (double)g->draws;
    }
    okrug_sensitivity_range(g->draws, quotients, &g->lo[cell], &g->hi[cell]);
}

static okrug_status range_regions(void *user, int64_t tile) {
    const ranging *g = user;
    int64_t n = g->withheld->industries;
    double *quotients = g->buffer + tile * g->draws;
    int64_t end = (tile + 1) * REGIONS_PER_TILE;
    for (int64_t r = tile * REGIONS_PER_TILE; r < end && r < g->withheld->regions; r++) {
        int64_t k = g->cells->start[r];
        for (int64_t cell = r * n; cell < (r + 1) * n; cell++) {
            bool known = g->withheld->known[cell];
            range_cell(g, cell, known ? NULL : g->x + k * g->draws, quotients);
            k += !known;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_lq_sensitivity(okrug_ctx *ctx, const okrug_withheld *withheld, const okrug_withheld_cells *cells,
                                  int64_t draws, const double *x, const okrug_lq_reference *reference,
                                  const okrug_screen *screen, double *lo, double *hi, double *passes) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t tiles = (withheld->regions + REGIONS_PER_TILE - 1) / REGIONS_PER_TILE;
    ranging g = {.withheld = withheld, .cells = cells, .draws = draws, .x = x, .screen = screen};
    g.fixed = fixed_totals(reference);
    g.total = grand_total(reference);
    g.lo = lo;
    g.hi = hi;
    g.passes = passes;
    g.buffer = OKRUG_SCRATCH(ctx, tiles * draws, double);
    double *industry = g.fixed != NULL ? NULL : OKRUG_SCRATCH(ctx, withheld->industries * draws, double);
    okrug_status status = g.buffer == NULL || (g.fixed == NULL && industry == NULL) ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK && g.fixed == NULL) {
        g.industry = industry;
        status = okrug_withheld_totals(ctx, withheld, cells, draws, x, industry);
    }
    if (status == OKRUG_OK) {
        status = okrug_parallel(ctx, tiles, range_regions, &g);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
