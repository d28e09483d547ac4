/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A function of distance beside what chance gives.
 */
#include "analyses/curve.h"

#include <math.h>

#include <okrug/numeric.h>

#include "analyses/result.h"

okrug_status okrug_curve_check(okrug_ctx *ctx, const okrug_curve_options *options) {
    int64_t least = okrug_envelope_least(options->level);
    if (options->simulations == 0 || options->simulations >= least) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "simulations-few", NULL, "simulations",
                      okrug_text_integer(ctx, options->simulations), "level", okrug_text_number(ctx, options->level),
                      "least", okrug_text_integer(ctx, least), (char *)NULL);
}

static okrug_status find_range(okrug_ctx *ctx, const okrug_plant_points *plants, double wanted, double *range) {
    *range = wanted;
    if (wanted == 0.0) {
        OKRUG_TRY(okrug_points_median_distance(ctx, &plants->sites, range));
        *range = plants->sites.globe && *range > OKRUG_QUARTER_GLOBE_KM ? OKRUG_QUARTER_GLOBE_KM : *range;
    } else if (plants->sites.globe && wanted > OKRUG_QUARTER_GLOBE_KM) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "range-globe", NULL, "most",
                          okrug_text_number(ctx, OKRUG_QUARTER_GLOBE_KM), (char *)NULL);
    }
    /* Not above it: nor where the grain is unknown, all points being at one place. */
    if (!(*range > plants->grain)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "range-below-grain", &(okrug_place){.file = plants->table->file},
                          "range", okrug_text_number(ctx, *range), "grain", okrug_text_number(ctx, plants->grain),
                          (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_curve_make(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve_options *options,
                              int64_t simulations, okrug_curve *curve) {
    double range = 0.0;
    OKRUG_TRY(find_range(ctx, plants, options->range, &range));
    int64_t count = options->steps + 1;
    *curve = (okrug_curve){.count = count, .simulations = simulations};
    curve->distance = OKRUG_SCRATCH(ctx, count, double);
    curve->observed = OKRUG_SCRATCH(ctx, count, double);
    curve->reason = OKRUG_SCRATCH_ZERO(ctx, count, uint8_t);
    curve->simulated = OKRUG_SCRATCH(ctx, count * simulations, double);
    if (curve->distance == NULL || curve->observed == NULL || curve->reason == NULL || curve->simulated == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < count; k++) {
        curve->distance[k] = range * (double)k / (double)options->steps;
        curve->reason[k] = curve->distance[k] < plants->grain ? OKRUG_BELOW_GRAIN : OKRUG_PRESENT;
    }
    return OKRUG_OK;
}

/* Which distances can be judged, and the curves at those alone. */
typedef struct {
    int64_t count;
    int64_t *at;
    double *observed, *simulated;
    double *band; /* 6 x count */
    double *expected;
} judged;

static bool all_finite(const okrug_curve *c, int64_t k) {
    bool finite = isfinite(c->observed[k]);
    for (int64_t b = 0; finite && b < c->simulations; b++) {
        finite = isfinite(c->simulated[b * c->count + k]);
    }
    return finite;
}

static okrug_status gather(okrug_ctx *ctx, const okrug_curve *c, judged *j) {
    j->at = OKRUG_SCRATCH(ctx, c->count, int64_t);
    if (j->at == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < c->count; k++) {
        if (c->reason[k] == OKRUG_PRESENT && all_finite(c, k)) {
            j->at[j->count++] = k;
        }
    }
    j->observed = OKRUG_SCRATCH(ctx, j->count, double);
    j->simulated = OKRUG_SCRATCH(ctx, j->count * c->simulations, double);
    j->band = OKRUG_SCRATCH(ctx, 6 * j->count, double);
    j->expected = OKRUG_SCRATCH(ctx, j->count, double);
    if (j->observed == NULL || j->simulated == NULL || j->band == NULL || j->expected == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < j->count; k++) {
        okrug_sum sum = {0};
        j->observed[k] = c->observed[j->at[k]];
        for (int64_t b = 0; b < c->simulations; b++) {
            double value = c->simulated[b * c->count + j->at[k]];
            j->simulated[b * j->count + k] = value;
            okrug_sum_add(&sum, value);
        }
        j->expected[k] = okrug_sum_value(&sum) / (double)c->simulations;
    }
    return OKRUG_OK;
}

static okrug_status judge(okrug_ctx *ctx, const okrug_curve *c, double level, judged *j, okrug_curve_verdict *v) {
    int64_t n = j->count;
    okrug_envelope e = {j->band, j->band + n, j->band + 2 * n, j->band + 3 * n, j->band + 4 * n, j->band + 5 * n, 0, 0,
                        0};
    OKRUG_TRY(okrug_envelope_of(ctx, n, j->observed, c->simulations, j->simulated, level, &e));
    double step = c->count > 1 ? c->distance[1] - c->distance[0] : 0.0;
    *v = (okrug_curve_verdict){e.p, e.local_share, e.global_share, 0.0, 0.0, false};
    bool few = e.global_share == 0.0;
    v->by_chance = few && e.p > 1.0 - level + 1e-12;
    if (few) {
        okrug_warn(ctx, "global-band-few", NULL, "simulations", okrug_text_integer(ctx, c->simulations), "level",
                   okrug_text_number(ctx, level), (char *)NULL);
    }
    for (int64_t k = 0; k < n; k++) {
        v->gamma += fmax(j->observed[k] - e.hi_global[k], 0.0) * step;
        v->psi += fmax(e.lo_global[k] - j->observed[k], 0.0) * step;
    }
    v->psi = v->gamma > 0.0 ? 0.0 : v->psi;
    return OKRUG_OK;
}

static okrug_status write_row(const okrug_curve *c, const judged *j, int64_t row, int64_t *next, okrug_table *table) {
    okrug_reason why = (okrug_reason)c->reason[row];
    bool has = *next < j->count && j->at[*next] == row;
    okrug_reason no_band = why != OKRUG_PRESENT ? why : c->none != OKRUG_PRESENT ? c->none : OKRUG_UNDEFINED;
    OKRUG_TRY(okrug_set_number(table, OKRUG_CURVE_DISTANCE, row, c->distance[row]));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CURVE_OBSERVED, row, why == OKRUG_PRESENT ? c->observed[row] : NAN,
                                  why == OKRUG_PRESENT ? OKRUG_UNDEFINED : why));
    for (int b = 0; b < 6; b++) {
        OKRUG_TRY(okrug_set_number_or(table, OKRUG_CURVE_LO_LOCAL + b, row, has ? j->band[b * j->count + *next] : NAN,
                                      no_band));
    }
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CURVE_EXPECTED, row, has ? j->expected[*next] : NAN, no_band));
    *next += has;
    return OKRUG_OK;
}

okrug_status okrug_curve_write(okrug_ctx *ctx, const okrug_curve *curve, double level, const okrug_output *output,
                               okrug_unit unit, okrug_dataset *result, okrug_curve_verdict *verdict) {
    okrug_table *table = NULL;
    judged j = {0};
    int64_t next = 0;
    *verdict = (okrug_curve_verdict){NAN, NAN, NAN, NAN, NAN, false};
    if (curve->none == OKRUG_PRESENT) {
        OKRUG_TRY(gather(ctx, curve, &j));
        if (j.count > 0) {
            OKRUG_TRY(judge(ctx, curve, level, &j, verdict));
        }
    }
    OKRUG_TRY(okrug_result_table(result, output, unit, curve->count, &table));
    for (int64_t row = 0; row < curve->count; row++) {
        OKRUG_TRY(write_row(curve, &j, row, &next, table));
    }
    return OKRUG_OK;
}

/* Localised where the curve rises above the global band, whatever it does elsewhere: Duranton and Overman (2005). */
static const char *word_for(const okrug_curve_verdict *v) {
    return isnan(v->p)      ? NULL
           : v->by_chance   ? "neither"
           : v->gamma > 0.0 ? "localised"
           : v->psi > 0.0   ? "dispersed"
                            : "neither";
}

okrug_status okrug_verdict_write(const okrug_curve *curve, const okrug_curve_verdict *v, const char *hypothesis,
                                 okrug_table *table, int column) {
    okrug_reason none = curve->none == OKRUG_PRESENT ? OKRUG_UNDEFINED : curve->none;
    OKRUG_TRY(okrug_set_number(table, column, 0, (double)curve->simulations));
    OKRUG_TRY(okrug_result_text(table, column + 1, 0, hypothesis));
    OKRUG_TRY(okrug_set_number_or(table, column + 2, 0, v->p, none));
    OKRUG_TRY(okrug_set_number_or(table, column + 3, 0, v->local_share, none));
    OKRUG_TRY(okrug_set_number_or(table, column + 4, 0, v->global_share, none));
    OKRUG_TRY(okrug_result_text(table, column + 5, 0, word_for(v)));
    OKRUG_TRY(okrug_set_number_or(table, column + 6, 0, v->gamma, none));
    return okrug_set_number_or(table, column + 7, 0, v->psi, none);
}

okrug_status okrug_places_write(const okrug_plant_points *plants, okrug_table *table, int column) {
    OKRUG_TRY(okrug_set_number(table, column, 0, (double)plants->shared.places));
    OKRUG_TRY(okrug_set_number(table, column + 1, 0, (double)plants->shared.sharing));
    OKRUG_TRY(okrug_set_number(table, column + 2, 0, (double)plants->shared.largest));
    return okrug_set_number_or(table, column + 3, 0, plants->grain, OKRUG_UNDEFINED);
}
