/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every combination of choices -> scores -> places.
 */
#include "analyses/composite_scores.h"

#include <math.h>
#include <string.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>

/* At most this share of the values of an indicator is brought in. */
static const double outliers_most = 0.1;

typedef struct {
    okrug_ctx *ctx;
    const okrug_composite_choices *choices;
    okrug_composite *c;
    int64_t n, m;          /* of the basis */
    const int64_t *cell;   /* n */
    double *y, *lifted;    /* n x m */
    double *column, *part; /* n: the known values of an indicator, and what becomes of them */
    int64_t *known;        /* n: which regions those are */
    bool *changed;         /* n */
    double *score;         /* n */
} work;

int64_t okrug_composite_at(const okrug_composite *c, const int64_t level[OKRUG_CHOICES]) {
    int64_t at = 0;
    for (int i = 0; i < OKRUG_CHOICES; i++) {
        at = at * c->levels[i] + level[i];
    }
    return at;
}

/* ---- Which regions take part ------------------------------------------------------------------------------------ */

/* Half of the indicators at least are known where others are filled. */
static okrug_status choose_regions(okrug_ctx *ctx, const char *file, bool average, okrug_composite *c) {
    int64_t cells = c->cube.periods * c->cube.regions;
    int64_t m = c->cube.things;
    int64_t incomplete = 0;
    int64_t filled = 0;
    int64_t left_out = 0;
    OKRUG_TRY(okrug_complete_regions(ctx, &c->cube, &c->reason, &incomplete));
    for (int64_t cell = 0; cell < cells; cell++) {
        for (int64_t i = 0; i < m; i++) {
            c->filled[cell] += c->cube.reason[cell * m + i] != OKRUG_PRESENT;
        }
        if (average && c->filled[cell] > 0 && 2 * c->filled[cell] <= m) {
            c->reason[cell] = OKRUG_PRESENT;
            filled += c->filled[cell];
        }
        left_out += c->reason[cell] != OKRUG_PRESENT;
    }
    okrug_place place = {.file = file};
    if (left_out == cells) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region-complete", &place, (char *)NULL);
    }
    if (left_out > 0) {
        okrug_warn(ctx, "regions-incomplete", &place, "count", okrug_text_integer(ctx, left_out), (char *)NULL);
    }
    if (filled > 0) {
        okrug_warn(ctx, "indicators-filled", &place, "count", okrug_text_integer(ctx, filled), (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Comparable values ------------------------------------------------------------------------------------------ */

static void keep_outliers(work *w, int64_t basis, int64_t thing, int64_t n) {
    for (int64_t k = 0; k < n; k++) {
        if (w->changed[k]) {
            int64_t cell = w->cell[w->known[k]];
            w->c->outlier[w->c->outliers++] =
                (okrug_composite_outlier){basis, thing, cell, w->c->cube.value[cell * w->m + thing], w->column[k]};
        }
    }
}

/* One indicator of the basis: treated or not, normalised; `first` tells of it. */
static okrug_status one_indicator(work *w, const char *file, int64_t basis, int64_t thing, bool treat,
                                  okrug_normalisation how, bool first) {
    const okrug_cube *cube = &w->c->cube;
    okrug_composite_indicator *about = &w->c->indicator[basis * w->m + thing];
    int64_t n = 0;
    for (int64_t k = 0; k < w->n; k++) {
        int64_t place = w->cell[k] * w->m + thing;
        w->y[k * w->m + thing] = (double)NAN;
        if (cube->reason[place] == OKRUG_PRESENT) {
            w->known[n] = k;
            w->column[n++] = cube->value[place];
        }
    }
    okrug_moments before = n > 0 ? okrug_moments_of(w->column, n, 1) : (okrug_moments){0};
    if (!(before.deviation > 0.0)) {
        const char *period = cube->period[w->cell[0] / cube->regions];
        return okrug_fail(w->ctx, OKRUG_BAD_INPUT, "indicator-constant", &(okrug_place){.file = file}, "indicator",
                          cube->thing[thing], "period", w->choices->pooled || period == NULL ? "–" : period,
                          (char *)NULL);
    }
    int64_t most = (int64_t)(outliers_most * (double)n);
    int64_t altered = treat ? okrug_winsorise(w->column, n, 1, most > 1 ? most : 1, w->changed) : 0;
    if (first) {
        okrug_moments after = okrug_moments_of(w->column, n, 1);
        *about = (okrug_composite_indicator){n,
                                             altered,
                                             before.mean,
                                             before.deviation,
                                             before.skewness,
                                             before.kurtosis,
                                             after.skewness,
                                             after.kurtosis};
        keep_outliers(w, basis, thing, n);
    }
    OKRUG_TRY(okrug_normalise(w->ctx, how, w->c->plan.higher[thing], w->column, n, 1, w->part));
    for (int64_t k = 0; k < n; k++) {
        w->y[w->known[k] * w->m + thing] = w->part[k];
    }
    return OKRUG_OK;
}

/* What is missing becomes the mean of what the region has. */
static void fill(work *w) {
    for (int64_t k = 0; k < w->n; k++) {
        okrug_sum sum = {0};
        int64_t have = 0;
        double *y = w->y + k * w->m;
        for (int64_t i = 0; i < w->m; i++) {
            okrug_sum_add(&sum, isnan(y[i]) ? 0.0 : y[i]);
            have += !isnan(y[i]);
        }
        for (int64_t i = 0; i < w->m; i++) {
            y[i] = isnan(y[i]) ? okrug_sum_value(&sum) / (double)have : y[i];
        }
    }
}

/* ---- Scores ----------------------------------------------------------------------------------------------------- */

static void keep_score(work *w, int64_t combination) {
    int64_t cells = w->c->cube.periods * w->c->cube.regions;
    for (int64_t k = 0; k < w->n; k++) {
        w->c->score[combination * cells + w->cell[k]] = w->score[k];
    }
}

static okrug_status benefit(work *w) {
    okrug_status status =
        okrug_benefit_of_the_doubt(w->ctx, w->n, w->m, w->lifted, w->choices->least, w->choices->most, w->score);
    return status == OKRUG_OK || status == OKRUG_CANCELLED || status == OKRUG_NO_MEMORY
               ? status
               : okrug_fail(w->ctx, status, "benefit-not-solved", NULL, (char *)NULL);
}

/* All weights and aggregations of one treatment and normalisation. */
static okrug_status scores(work *w, int64_t treat, int64_t how, const double *principal) {
    okrug_composite *c = w->c;
    okrug_lift((okrug_normalisation)how, w->choices->floor, w->y, w->n * w->m, w->lifted);
    for (int64_t weighing = 0; weighing < c->levels[OKRUG_CHOICE_WEIGHTING]; weighing++) {
        int which = c->weighings[weighing];
        const double *weight = which == OKRUG_WEIGH_EQUAL   ? c->plan.equal
                               : which == OKRUG_WEIGH_GIVEN ? c->plan.given
                                                            : principal;
        for (int64_t aggregate = 0; aggregate < 2; aggregate++) {
            const int64_t level[OKRUG_CHOICES] = {treat, how, weighing, aggregate};
            if (which != OKRUG_WEIGH_BENEFIT) {
                okrug_aggregate(w->n, w->m, aggregate == 1 ? w->lifted : w->y, weight, aggregate == 1, w->score);
            } else if (aggregate == 0) { /* its own sum serves for both */
                OKRUG_TRY(benefit(w));
            }
            keep_score(w, okrug_composite_at(c, level));
        }
    }
    return OKRUG_OK;
}

static okrug_status one_basis(work *w, const char *file, int64_t basis) {
    okrug_composite *c = w->c;
    okrug_status status = OKRUG_OK;
    w->cell = c->bases.cell + c->bases.start[basis];
    w->n = c->bases.start[basis + 1] - c->bases.start[basis];
    for (int64_t treat = 0; w->n > 0 && treat < c->levels[OKRUG_CHOICE_OUTLIERS]; treat++) {
        for (int64_t how = 0; how < c->levels[OKRUG_CHOICE_NORMALISE]; how++) {
            OKRUG_TRY(okrug_check_cancel(w->ctx));
            for (int64_t i = 0; i < w->m; i++) { /* level 0 brings outliers in */
                okrug_status one =
                    one_indicator(w, file, basis, i, treat == 0, (okrug_normalisation)how, treat + how == 0);
                status = one == OKRUG_OK ? status : one;
            }
            OKRUG_TRY(status);
            fill(w);
            double *principal = c->principal + ((treat * 3 + how) * c->bases.count + basis) * w->m;
            OKRUG_TRY(okrug_principal_weights(w->ctx, w->n, w->m, w->y, principal));
            OKRUG_TRY(scores(w, treat, how, principal));
        }
    }
    return status;
}

/* Places within each period. */
static okrug_status find_places(work *w) {
    okrug_composite *c = w->c;
    int64_t n = c->cube.regions;
    for (int64_t block = 0; block < c->combinations * c->cube.periods; block++) {
        int64_t have = 0;
        for (int64_t r = 0; r < n; r++) {
            int64_t cell = block % c->cube.periods * n + r;
            if (c->reason[cell] == OKRUG_PRESENT) {
                w->known[have] = r;
                w->column[have++] = c->score[block * n + r];
            }
        }
        OKRUG_TRY(okrug_places(w->ctx, have, w->column, w->part));
        for (int64_t k = 0; k < have; k++) {
            c->place[block * n + w->known[k]] = w->part[k];
        }
    }
    return OKRUG_OK;
}

static void warn(okrug_ctx *ctx, const char *file, const okrug_composite *c) {
    okrug_place place = {.file = file};
    const char *skewed = "";
    for (int64_t k = 0; k < c->bases.count * c->cube.things; k++) {
        const okrug_composite_indicator *about = &c->indicator[k];
        if (about->regions > 0 && fabs(about->skewness_after) > 2.0 && about->kurtosis_after > 3.5) {
            skewed = okrug_text_listed(ctx, skewed, c->cube.thing[k % c->cube.things]);
        }
    }
    if (c->outliers > 0) {
        okrug_warn(ctx, "outliers-brought-in", &place, "count", okrug_text_integer(ctx, c->outliers), (char *)NULL);
    }
    if (*skewed != '\0') {
        okrug_warn(ctx, "indicators-skewed", &place, "indicators", skewed, (char *)NULL);
    }
}

static okrug_status make_room(okrug_ctx *ctx, okrug_composite *c, work *w) {
    int64_t cells = c->cube.periods * c->cube.regions;
    int64_t m = c->cube.things;
    c->levels[OKRUG_CHOICE_OUTLIERS] = 2;
    c->levels[OKRUG_CHOICE_NORMALISE] = 3;
    c->levels[OKRUG_CHOICE_AGGREGATE] = 2;
    for (int weighing = 0; weighing < OKRUG_WEIGHINGS; weighing++) {
        if (weighing != OKRUG_WEIGH_GIVEN || c->plan.given != NULL) {
            c->weighings[c->levels[OKRUG_CHOICE_WEIGHTING]++] = weighing;
        }
    }
    c->combinations = 12 * c->levels[OKRUG_CHOICE_WEIGHTING];
    c->filled = OKRUG_SCRATCH_ZERO(ctx, cells, int64_t);
    c->score = OKRUG_SCRATCH_ZERO(ctx, c->combinations * cells, double);
    c->place = OKRUG_SCRATCH_ZERO(ctx, c->combinations * cells, double);
    c->indicator = OKRUG_SCRATCH_ZERO(ctx, c->cube.periods * m, okrug_composite_indicator);
    c->principal = OKRUG_SCRATCH_ZERO(ctx, 6 * c->cube.periods * m, double);
    c->outlier = OKRUG_SCRATCH(ctx, cells * m, okrug_composite_outlier);
    w->y = OKRUG_SCRATCH(ctx, cells * m, double);
    w->lifted = OKRUG_SCRATCH(ctx, cells * m, double);
    w->column = OKRUG_SCRATCH(ctx, cells, double);
    w->part = OKRUG_SCRATCH(ctx, cells, double);
    w->known = OKRUG_SCRATCH(ctx, cells, int64_t);
    w->changed = OKRUG_SCRATCH_ZERO(ctx, cells, bool);
    w->score = OKRUG_SCRATCH(ctx, cells, double);
    bool all = c->filled != NULL && c->score != NULL && c->place != NULL && c->indicator != NULL &&
               c->principal != NULL && c->outlier != NULL && w->y != NULL && w->lifted != NULL && w->column != NULL &&
               w->part != NULL && w->known != NULL && w->changed != NULL && w->score != NULL;
    return all ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_composite_make(okrug_ctx *ctx, const char *file, const okrug_composite_choices *choices,
                                  okrug_composite *c) {
    work w = {.ctx = ctx, .choices = choices, .c = c, .m = c->cube.things};
    okrug_status status = OKRUG_OK;
    OKRUG_TRY(make_room(ctx, c, &w));
    OKRUG_TRY(choose_regions(ctx, file, choices->average, c));
    OKRUG_TRY(okrug_bases_of(ctx, &c->cube, c->reason, choices->pooled, &c->bases));
    for (int64_t basis = 0; basis < c->bases.count; basis++) {
        okrug_progress(ctx, "task.composite", (double)basis, (double)c->bases.count);
        okrug_status one = one_basis(&w, file, basis);
        status = one == OKRUG_OK ? status : one;
        OKRUG_TRY(status == OKRUG_BAD_INPUT ? OKRUG_OK : status); /* constants of all periods are told */
    }
    OKRUG_TRY(status);
    OKRUG_TRY(find_places(&w));
    warn(ctx, file, c);
    return OKRUG_OK;
}
