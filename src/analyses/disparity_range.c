/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What regions without a value can have where the whole is known, and how far the indices of disparity depend on it:
 * one row of withheld cells, the regions.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/disparity_sample.h"

/* The row of the table for this period; -1: none. */
static okrug_status row_of_total(okrug_ctx *ctx, const okrug_table *total, const char *period, int64_t *row) {
    const okrug_column *when = okrug_table_column(total, "period");
    *row = -1;
    for (int64_t r = 0; r < total->rows; r++) {
        const char *at = when == NULL ? NULL : okrug_text_at(when, r);
        if (at != NULL && period != NULL && strcmp(at, period) != 0) {
            continue;
        }
        if (*row >= 0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-total", &(okrug_place){.file = total->file}, (char *)NULL);
        }
        *row = r;
    }
    return OKRUG_OK;
}

typedef struct {
    okrug_withheld matrix; /* one region of the kernel, whose industries are our regions */
    okrug_withheld_cells cells;
    double *value; /* amounts of whole regions */
    bool *known;
    double whole;
} row;

static bool has_value(const okrug_panel *panel, int64_t r) {
    return panel->reason[r] == OKRUG_PRESENT || panel->reason[r] == OKRUG_STRUCTURAL_ZERO;
}

static okrug_status make_row(okrug_ctx *ctx, const okrug_panel *panel, const okrug_disparity_sample *sample,
                             bool per_region, double total, row *w) {
    int64_t n = panel->regions;
    *w = (row){.value = OKRUG_SCRATCH_ZERO(ctx, n, double),
               .known = OKRUG_SCRATCH(ctx, n, bool),
               .cells = {.cell = OKRUG_SCRATCH(ctx, n, int64_t),
                         .start = OKRUG_SCRATCH(ctx, 2, int64_t),
                         .least = OKRUG_SCRATCH(ctx, n, double),
                         .most = OKRUG_SCRATCH(ctx, n, double),
                         .left = OKRUG_SCRATCH(ctx, 1, double)}};
    if (w->value == NULL || w->known == NULL || w->cells.cell == NULL || w->cells.start == NULL ||
        w->cells.least == NULL || w->cells.most == NULL || w->cells.left == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < n; r++) {
        w->known[r] = sample->people[r] == 0.0 || has_value(panel, r);
        w->value[r] = sample->people[r] > 0.0 && w->known[r] ? sample->y[r] * sample->people[r] : 0.0;
    }
    w->whole = per_region ? total : total * okrug_sum_of(sample->people, n, 1);
    return OKRUG_OK;
}

/* Ranges of the indices over the draws x. */
static okrug_status range_draws(okrug_ctx *ctx, const okrug_disparity_sample *sample, const row *w, int64_t draws,
                                const double *x, okrug_disparity_range *range) {
    int64_t n = w->matrix.industries;
    double *y = OKRUG_SCRATCH(ctx, n, double);
    double *index = OKRUG_SCRATCH(ctx, OKRUG_DISPARITY_RANGES * draws, double);
    if (y == NULL || index == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(y, sample->y, (size_t)n * sizeof *y);
    for (int64_t d = 0; d < draws; d++) {
        okrug_disparity_indices of;
        for (int64_t k = 0; k < w->cells.count; k++) {
            int64_t r = w->cells.cell[k];
            y[r] = x[k * draws + d] / sample->people[r];
        }
        okrug_disparity_input input = {.regions = n, .value = y, .population = sample->people};
        OKRUG_TRY(okrug_disparity(ctx, &input, &of, NULL));
        index[OKRUG_DISPARITY_WILLIAMSON * draws + d] = of.williamson;
        index[OKRUG_DISPARITY_THEIL * draws + d] = of.theil;
        index[OKRUG_DISPARITY_GINI * draws + d] = of.gini;
        index[OKRUG_DISPARITY_HOOVER * draws + d] = of.hoover;
    }
    for (int k = 0; k < OKRUG_DISPARITY_RANGES; k++) {
        okrug_sensitivity_range(draws, index + k * draws, &range->lo[k], &range->hi[k]);
    }
    return OKRUG_OK;
}

static okrug_status draw(okrug_ctx *ctx, const okrug_panel *panel, const okrug_disparity_sample *sample, const row *w,
                         okrug_withheld_options options, okrug_disparity_range *range) {
    uint64_t *unit = OKRUG_SCRATCH(ctx, w->cells.count, uint64_t);
    double *x = OKRUG_SCRATCH(ctx, w->cells.count * options.draws, double);
    if (unit == NULL || x == NULL) {
        return OKRUG_NO_MEMORY;
    }
    uint64_t period = okrug_random_unit(0, panel->period == NULL ? "" : panel->period);
    for (int64_t k = 0; k < w->cells.count; k++) {
        unit[k] = okrug_random_unit(period, panel->region[w->cells.cell[k]]);
    }
    okrug_withheld_prior prior = {.seed = (uint64_t)options.seed,
                                  .draws = options.draws,
                                  .unit = unit,
                                  .weight = options.prior == OKRUG_PRIOR_PROPORTIONAL ? sample->people : NULL};
    OKRUG_TRY(okrug_withheld_draws(ctx, &w->matrix, &w->cells, &prior, x));
    return range_draws(ctx, sample, w, options.draws, x, range);
}

static void bound(okrug_ctx *ctx, const okrug_table *total, const okrug_disparity_sample *sample, row *w,
                  okrug_disparity_range *range) {
    okrug_withheld_faults faults;
    okrug_withheld_bounds(&w->matrix, &w->cells, &faults);
    if (faults.contradictions > 0) {
        okrug_warn(ctx, "total-below-known", &(okrug_place){.file = total->file}, (char *)NULL);
    }
    for (int64_t k = 0; k < w->cells.count; k++) {
        int64_t r = w->cells.cell[k];
        range->least[r] = w->cells.least[k] / sample->people[r];
        range->most[r] = w->cells.most[k] / sample->people[r];
    }
}

okrug_status okrug_disparity_range_make(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                                        const okrug_disparity_sample *sample, const okrug_disparity_indices *indices,
                                        okrug_withheld_options options, okrug_disparity_range *range) {
    int64_t at = -1;
    bool all = sample->people_known;
    *range = (okrug_disparity_range){.least = OKRUG_SCRATCH(ctx, panel->regions, double),
                                     .most = OKRUG_SCRATCH(ctx, panel->regions, double),
                                     .lo = {indices->williamson, indices->theil, indices->gini, indices->hoover},
                                     .hi = {indices->williamson, indices->theil, indices->gini, indices->hoover}};
    if (range->least == NULL || range->most == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        bool in = sample->reason[r] == OKRUG_PRESENT;
        range->least[r] = range->most[r] = in ? sample->y[r] : (double)NAN;
        all = all && (in || sample->people[r] == 0.0);
    }
    if (tables->total != NULL) {
        OKRUG_TRY(row_of_total(ctx, tables->total, panel->period, &at));
    }
    const okrug_column *value = tables->total == NULL ? NULL : okrug_table_column(tables->total, "value");
    range->bounded = all || (sample->people_known && at >= 0 && okrug_reason_at(value, at) == OKRUG_PRESENT);
    if (all || !range->bounded) {
        return OKRUG_OK;
    }
    row w = {0};
    OKRUG_TRY(make_row(ctx, panel, sample, tables->per_region, value->number[at], &w));
    w.matrix = (okrug_withheld){.regions = 1,
                                .industries = panel->regions,
                                .value = w.value,
                                .known = w.known,
                                .region_total = &w.whole,
                                .whole = true};
    bound(ctx, tables->total, sample, &w, range);
    return draw(ctx, panel, sample, &w, options, range);
}
