/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Withheld cells of a panel -> bounds, draws and ranges of quotients.
 */
#include "analyses/withheld.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

bool okrug_panel_knows(const okrug_panel *panel, int64_t cell) {
    return panel->reason[cell] == OKRUG_PRESENT || panel->reason[cell] == OKRUG_STRUCTURAL_ZERO;
}

/* The place of each word of a column among the codes of the panel; -1: the panel does not have it. */
static okrug_status places(okrug_ctx *ctx, const okrug_column *column, const char **code, int64_t count,
                           int64_t **place) {
    *place = OKRUG_SCRATCH(ctx, okrug_words_count(column->words), int64_t);
    if (*place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(*place, -1, (size_t)okrug_words_count(column->words) * sizeof **place);
    for (int64_t i = 0; i < count; i++) {
        int32_t word = okrug_words_find(column->words, code[i], strlen(code[i]));
        if (word >= 0) {
            (*place)[word] = i;
        }
    }
    return OKRUG_OK;
}

/* Marks in `floor` the withheld cells that are surely not 0. */
static okrug_status mark_present(okrug_ctx *ctx, const okrug_panel *panel, const okrug_table *table, double one,
                                 double *floor) {
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *period = okrug_table_column(table, "period");
    const okrug_column *value = okrug_table_column(table, "value");
    okrug_place place = {.file = table->file};
    int64_t *region_at = NULL;
    int64_t *industry_at = NULL;
    int64_t marked = 0;
    OKRUG_TRY(places(ctx, region, panel->region, panel->regions, &region_at));
    OKRUG_TRY(places(ctx, industry, panel->industry, panel->industries, &industry_at));
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, panel->regions * panel->industries, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        const char *when = period == NULL ? NULL : okrug_text_at(period, row);
        int64_t r = region_at[region->word[row]];
        int64_t i = industry_at[industry->word[row]];
        if (r < 0 || i < 0 || (when != NULL && panel->period != NULL && strcmp(when, panel->period) != 0)) {
            continue;
        }
        int64_t cell = r * panel->industries + i;
        if (seen[cell]) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period-of-present", &place, "region", panel->region[r],
                              "industry", panel->industry[i], (char *)NULL);
        }
        seen[cell] = true;
        bool there = value == NULL || (okrug_reason_at(value, row) == OKRUG_PRESENT && value->number[row] > 0.0);
        if (there && !okrug_panel_knows(panel, cell)) {
            floor[cell] = one;
            marked++;
        }
    }
    if (marked == 0 && panel->missing > 0) {
        okrug_warn(ctx, "present-marks-nothing", &place, (char *)NULL);
    }
    return OKRUG_OK;
}

static void warn(okrug_ctx *ctx, const char *file, const okrug_panel *panel, const okrug_withheld_faults *faults) {
    okrug_place place = {.file = file};
    if (faults->contradictions > 0) {
        okrug_warn(ctx, "totals-leave-too-little", &place, "count", okrug_text_integer(ctx, faults->contradictions),
                   "first", panel->region[faults->first_contradiction], (char *)NULL);
    }
    if (faults->unexplained > 0) {
        okrug_warn(ctx, "totals-leave-a-rest", &place, "count", okrug_text_integer(ctx, faults->unexplained), "first",
                   panel->region[faults->first_unexplained], "most", okrug_text_number(ctx, faults->most_unexplained),
                   (char *)NULL);
    }
}

/* Names for the random numbers: by codes, so that the order of the file does not matter. */
static okrug_status draw(okrug_ctx *ctx, const okrug_panel *panel, okrug_withheld_options options, okrug_filling *f) {
    uint64_t *unit = OKRUG_SCRATCH(ctx, f->cells.count, uint64_t);
    uint64_t *rest_unit = OKRUG_SCRATCH(ctx, panel->regions, uint64_t);
    double *weight = OKRUG_SCRATCH(ctx, panel->industries, double);
    f->x = OKRUG_SCRATCH(ctx, f->cells.count * options.draws, double);
    if (unit == NULL || rest_unit == NULL || weight == NULL || f->x == NULL) {
        return OKRUG_NO_MEMORY;
    }
    f->draws = options.draws;
    for (int64_t r = 0; r < panel->regions; r++) {
        uint64_t period = okrug_random_unit(0, panel->period == NULL ? "" : panel->period);
        uint64_t region = okrug_random_unit(period, panel->region[r]);
        for (int64_t k = f->cells.start[r]; k < f->cells.start[r + 1]; k++) {
            unit[k] = okrug_random_unit(region, panel->industry[f->cells.cell[k] % panel->industries]);
        }
        rest_unit[r] = okrug_random_unit(region, "");
    }
    okrug_withheld_prior prior = {.seed = (uint64_t)options.seed,
                                  .draws = options.draws,
                                  .unit = unit,
                                  .rest_unit = rest_unit,
                                  .rest_weight = 1.0};
    if (options.prior == OKRUG_PRIOR_PROPORTIONAL) {
        okrug_withheld_weights(&f->matrix, weight, &prior.rest_weight);
        prior.weight = weight;
    }
    return okrug_withheld_draws(ctx, &f->matrix, &f->cells, &prior, f->x);
}

static okrug_status bound(okrug_ctx *ctx, const okrug_panel *panel, const char *file, okrug_filling *f) {
    okrug_withheld_faults faults;
    int64_t count = okrug_withheld_count(&f->matrix);
    f->cells = (okrug_withheld_cells){.cell = OKRUG_SCRATCH(ctx, count + 1, int64_t),
                                      .start = OKRUG_SCRATCH(ctx, panel->regions + 1, int64_t),
                                      .least = OKRUG_SCRATCH(ctx, count + 1, double),
                                      .most = OKRUG_SCRATCH(ctx, count + 1, double),
                                      .left = OKRUG_SCRATCH(ctx, panel->regions, double)};
    if (f->cells.cell == NULL || f->cells.start == NULL || f->cells.least == NULL || f->cells.most == NULL ||
        f->cells.left == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_withheld_bounds(&f->matrix, &f->cells, &faults);
    for (int64_t k = 0; k < f->cells.count; k++) {
        f->least[f->cells.cell[k]] = f->cells.least[k];
        f->most[f->cells.cell[k]] = f->cells.most[k];
    }
    warn(ctx, file, panel, &faults);
    return OKRUG_OK;
}

okrug_status okrug_filling_make(okrug_ctx *ctx, const okrug_panel *panel, const okrug_region_totals *totals,
                                const okrug_table *present, okrug_unit unit, okrug_withheld_options options,
                                const char *file, okrug_filling *filling) {
    int64_t cells = panel->regions * panel->industries;
    bool *known = OKRUG_SCRATCH(ctx, cells, bool);
    double *floor = OKRUG_SCRATCH_ZERO(ctx, cells, double);
    *filling = (okrug_filling){.least = OKRUG_SCRATCH(ctx, cells, double), .most = OKRUG_SCRATCH(ctx, cells, double)};
    if (known == NULL || floor == NULL || filling->least == NULL || filling->most == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < cells; c++) {
        known[c] = okrug_panel_knows(panel, c);
        filling->least[c] = filling->most[c] = known[c] ? panel->value[c] : (double)NAN;
    }
    if (present != NULL) {
        double factor = okrug_unit_count_factor(unit);
        if (factor == 0.0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "present-needs-counts", &(okrug_place){.file = file}, "unit",
                              okrug_unit_code(unit), (char *)NULL);
        }
        OKRUG_TRY(mark_present(ctx, panel, present, 1.0 / factor, floor));
    }
    bool all_totals = totals != NULL && totals->value != NULL && totals->without == 0;
    filling->bounded = panel->missing == 0 || all_totals;
    filling->matrix = (okrug_withheld){.regions = panel->regions,
                                       .industries = panel->industries,
                                       .value = panel->value,
                                       .known = known,
                                       .floor = floor,
                                       .region_total = all_totals ? totals->value : NULL,
                                       .whole = options.parts == OKRUG_PARTS_ALL};
    if (!all_totals) {
        return OKRUG_OK;
    }
    OKRUG_TRY(bound(ctx, panel, file, filling));
    return filling->cells.count == 0 ? OKRUG_OK : draw(ctx, panel, options, filling);
}

okrug_status okrug_quotients_range(okrug_ctx *ctx, const okrug_filling *filling, const okrug_comparison *with,
                                   const double *lq, const okrug_screen *screen, okrug_quotient_range *range) {
    const okrug_withheld *matrix = &filling->matrix;
    int64_t cells = matrix->regions * matrix->industries;
    *range = (okrug_quotient_range){0};
    if (!filling->bounded) {
        return OKRUG_OK;
    }
    double **arrays[] = {&range->least, &range->most, &range->lo, &range->hi, &range->passes};
    for (int i = 0; i < (screen == NULL ? 4 : 5); i++) {
        *arrays[i] = OKRUG_SCRATCH(ctx, cells, double);
        if (*arrays[i] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    if (filling->x != NULL) {
        OKRUG_TRY(okrug_lq_bounds(ctx, matrix, &filling->cells, &with->lq, range->least, range->most));
        return okrug_lq_sensitivity(ctx, matrix, &filling->cells, filling->draws, filling->x, &with->lq, screen,
                                    range->lo, range->hi, range->passes);
    }
    for (int64_t c = 0; c < cells; c++) {
        range->least[c] = range->most[c] = range->lo[c] = range->hi[c] = lq[c];
        if (screen != NULL) {
            double region =
                with->totals.value != NULL
                    ? with->totals.value[c / matrix->industries]
                    : okrug_sum_of(matrix->value + c / matrix->industries * matrix->industries, matrix->industries, 1);
            range->passes[c] = lq[c] >= screen->quotient && matrix->value[c] >= screen->value &&
                               matrix->value[c] >= screen->share * region;
        }
    }
    return OKRUG_OK;
}

const char *okrug_stability(double least, double most, double lo, double hi, double line) {
    if (isnan(least) || isnan(most)) {
        return "";
    }
    return !(least < line && most > line) ? "certain" : !isnan(lo) && !(lo < line && hi > line) ? "likely" : "no";
}
