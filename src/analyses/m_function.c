/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * m-function: how much more of an industry is near its plants than is anywhere, up to each distance?
 */
#include <math.h>

#include "analyses/curve.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role plant_roles[] = {
    OKRUG_PLANT_POINT_ROLES,
    {"weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, plant_roles, OKRUG_COUNT_OF(plant_roles)}};

#define M_FUNCTION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    OKRUG_CURVE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    TEXT(neighbours, "neighbours")                                                                                     \
    CHOICE(function, "function", "M|m")                                                                                \
    REAL(bandwidth, "bandwidth", 0, 0, 1e12, NONE)                                                                     \
    CHOICE(counting, "counting", "weights|plants")

typedef struct {
    OKRUG_PARAMETER_FIELDS(M_FUNCTION_PARAMETERS)
} m_function_parameters;
#define OKRUG_PARAMETERS m_function_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(M_FUNCTION_PARAMETERS)};

static const okrug_output_column curve_columns[] = {OKRUG_CURVE_COLUMNS(
    "sum_i [sum_(j of the neighbours, d_ij <= r) w_j / sum_(d_ij <= r) w_j] / sum_i (W_neighbours - "
    "w_i if one of them) / (W - w_i); m: phi((r - d_ij) / h) for d_ij <= r")};
enum { INDUSTRY, NEIGHBOURS, POINTS, NEIGHBOUR_POINTS, SITES, FUNCTION, BANDWIDTH, VERDICT, PLACES = VERDICT + 8 };
static const okrug_output_column summary_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"neighbours", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"points", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "plants of the industry"},
    {"neighbour_points", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "plants of the neighbours' industry"},
    {"sites", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "plants of all industries"},
    {"function", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"bandwidth", OKRUG_NUMBER, OKRUG_UNIT_OWN,
     "h of m: --bandwidth, else .9 min(sd, IQR / 1.34) (n (n - 1) / 2)^(-1/5) over the industry's distances"},
    OKRUG_VERDICT_COLUMNS,
    OKRUG_PLACES_COLUMNS,
};
static const okrug_output outputs[] = {
    {"curve", curve_columns, OKRUG_COUNT_OF(curve_columns)},
    {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Marcon, E., Puech, F. (2010). Measures of the geographic concentration of industries: improving distance-based "
    "methods. Journal of Economic Geography 10(5).",
    "Lang, G., Marcon, E., Puech, F. (2020). Distance-based measures of spatial concentration: introducing a relative "
    "density function. The Annals of Regional Science 64(2).",
    "Myllymäki, M., Mrkvička, T., Grabarnik, P., Seijo, H., Hahn, U. (2017). Global envelope tests for spatial "
    "processes. Journal of the Royal Statistical Society B 79(2).",
    NULL,
};

enum { GRAIN_POINTS, GRAIN_OTHERS, GRAIN_PLACES };
static const okrug_grain grain[] = {
    [GRAIN_POINTS] = {"points", 2, OKRUG_UNIT_COUNT},
    [GRAIN_OTHERS] = {"other-points", 1, OKRUG_UNIT_COUNT},
    [GRAIN_PLACES] = {"places", 2, OKRUG_UNIT_COUNT},
};

static okrug_status need_points(okrug_ctx *ctx, const okrug_plant_points *plants) {
    const okrug_place place = {.file = plants->table->file};
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_POINTS], (double)plants->members.n, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_OTHERS], (double)(plants->sites.n - plants->members.n), &place));
    return okrug_grain_need(ctx, &grain[GRAIN_PLACES], (double)plants->member_shared.places, &place);
}

/* Whose plants are counted around the industry's: its own, or another's. */
static okrug_status find_neighbours(okrug_ctx *ctx, const okrug_plant_points *plants, const char *name,
                                    okrug_m_sets *sets) {
    int32_t word = -1;
    *sets = (okrug_m_sets){.sites = &plants->sites,
                           .weight = plants->weight,
                           .references = plants->members.n,
                           .reference = plants->member,
                           .neighbours = plants->members.n,
                           .neighbour = plants->member};
    if (name == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_plant_points_industry(ctx, plants->table, name, &word));
    if (word == plants->industry) {
        return OKRUG_OK;
    }
    int32_t *neighbour = OKRUG_SCRATCH(ctx, plants->sites.n, int32_t);
    if (neighbour == NULL) {
        return OKRUG_NO_MEMORY;
    }
    sets->neighbours = 0;
    for (int64_t i = 0; i < plants->sites.n; i++) {
        if (plants->word[i] == word) {
            neighbour[sets->neighbours++] = (int32_t)i;
        }
    }
    sets->neighbour = neighbour;
    return OKRUG_OK;
}

/* Something to compare with, near and anywhere: some weight of the neighbours besides each plant's own. */
static okrug_status need_weight(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_m_sets *sets) {
    int64_t positive = 0;
    for (int64_t k = 0; k < sets->neighbours; k++) {
        positive += sets->weight == NULL || sets->weight[sets->neighbour[k]] > 0.0;
    }
    return positive > 1 || (positive == 1 && sets->neighbour != sets->reference)
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-zero-all", &(okrug_place){.file = plants->table->file},
                            (char *)NULL);
}

/* For m: how distances are smoothed. */
static okrug_status find_smoothing(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve *curve,
                                   double wanted, okrug_k_density_grid *grid) {
    double h = 0.0;
    OKRUG_TRY(okrug_plant_points_bandwidth(ctx, plants, wanted, &h));
    return okrug_k_density_grid_make(curve->count, curve->distance, h, plants->sites.n, plants->sites.globe, grid)
               ? OKRUG_OK
               : okrug_plant_points_narrow(ctx, h, curve->distance[curve->count - 1]);
}

static okrug_status write_summary(const okrug_plant_points *plants, const okrug_m_sets *sets, const char *neighbours,
                                  const okrug_curve *curve, const okrug_curve_verdict *verdict, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[1], plants->unit, 1, &table));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, 0, plants->name));
    OKRUG_TRY(okrug_result_text(table, NEIGHBOURS, 0, neighbours == NULL ? plants->name : neighbours));
    OKRUG_TRY(okrug_set_number(table, POINTS, 0, (double)sets->references));
    OKRUG_TRY(okrug_set_number(table, NEIGHBOUR_POINTS, 0, (double)sets->neighbours));
    OKRUG_TRY(okrug_set_number(table, SITES, 0, (double)plants->sites.n));
    OKRUG_TRY(okrug_result_text(table, FUNCTION, 0, sets->smooth == NULL ? "M" : "m"));
    OKRUG_TRY(okrug_set_number_or(table, BANDWIDTH, 0, sets->smooth == NULL ? (double)NAN : sets->smooth->bandwidth,
                                  OKRUG_NOT_APPLICABLE));
    const char *hypothesis = sets->weight == NULL ? "industries-shuffled" : "industries-and-weights-shuffled";
    OKRUG_TRY(okrug_verdict_write(curve, verdict, hypothesis, table, VERDICT));
    return okrug_places_write(plants, table, PLACES);
}

/* Distances that a core measures in an hour, about, and the hours that a range nobody asked for may take. */
static const double RINGS_AN_HOUR = 1.8e12, NODES_AN_HOUR = 0.8e12, HOURS_MOST = 24.0;

/* Days of computing begin only where the range was given: what it is by default grows with the region. Not told by the
 * clock, so that the same input is always answered the same. */
static okrug_status need_time(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_m_sets *sets,
                              const m_function_parameters *p, const okrug_curve *curve) {
    double distances = 0.0;
    if (p->range > 0.0 || sets->references <= OKRUG_M_REFERENCES_MANY) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_m_function_distances(ctx, sets, curve->count, curve->distance, &distances));
    double hours = distances * (double)(1 + p->simulations) / (sets->smooth != NULL ? NODES_AN_HOUR : RINGS_AN_HOUR);
    return hours <= HOURS_MOST
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "range-takes-days", &(okrug_place){.file = plants->table->file},
                            "points", okrug_text_integer(ctx, sets->references), "simulations",
                            okrug_text_integer(ctx, p->simulations), "hours",
                            okrug_text_integer(ctx, (int64_t)fmin(hours, 1e9)), "range",
                            okrug_text_number(ctx, curve->distance[curve->count - 1]), (char *)NULL);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const m_function_parameters *p = job->parameters;
    const okrug_curve_options options = OKRUG_CURVE_OPTIONS(p);
    okrug_plant_points plants;
    okrug_m_sets sets;
    okrug_curve curve;
    okrug_curve_verdict verdict;
    okrug_k_density_grid grid;
    OKRUG_TRY(okrug_curve_check(ctx, &options));
    OKRUG_TRY(okrug_plant_points_read(ctx, job->input[0], p->industry, p->counting == 0, options.exact, &plants));
    OKRUG_TRY(need_points(ctx, &plants));
    OKRUG_TRY(find_neighbours(ctx, &plants, p->neighbours, &sets));
    OKRUG_TRY(need_weight(ctx, &plants, &sets));
    OKRUG_TRY(okrug_curve_make(ctx, &plants, &options, p->simulations, &curve));
    if (p->function == 1) {
        OKRUG_TRY(find_smoothing(ctx, &plants, &curve, p->bandwidth, &grid));
        sets.smooth = &grid;
    }
    OKRUG_TRY(need_time(ctx, &plants, &sets, p, &curve));
    curve.none = p->simulations == 0 ? OKRUG_NOT_APPLICABLE : OKRUG_PRESENT;
    OKRUG_TRY(okrug_m_function(ctx, &sets, curve.count, curve.distance, curve.observed));
    OKRUG_TRY(okrug_m_function_draws(ctx, &sets, curve.count, curve.distance, curve.simulations, (uint64_t)p->seed,
                                     curve.simulated));
    OKRUG_TRY(okrug_curve_write(ctx, &curve, p->level, &outputs[0], plants.unit, result, &verdict));
    return write_summary(&plants, &sets, p->neighbours, &curve, &verdict, result);
}

OKRUG_ANALYSIS_WITH_GRAIN(
    m_function, "m-function",
    "O(sites^2 + simulations * plants * sites); above 300,000 plants sites within the range only");
