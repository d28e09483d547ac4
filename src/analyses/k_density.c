/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * k-density: at which distances are the plants of an industry nearer to each other than those of industry at large?
 */
#include "analyses/curve_cells.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role plant_roles[] = {
    OKRUG_PLANT_POINT_ROLES,
    {"weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, plant_roles, OKRUG_COUNT_OF(plant_roles)}};

#define K_DENSITY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    OKRUG_CURVE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    REAL(bandwidth, "bandwidth", 0, 0, 1e12, NONE)                                                                     \
    CHOICE(counting, "counting", "plants|weights")                                                                     \
    OKRUG_CELL_PARAMETER(REAL)

typedef struct {
    OKRUG_PARAMETER_FIELDS(K_DENSITY_PARAMETERS)
} k_density_parameters;
#define OKRUG_PARAMETERS k_density_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(K_DENSITY_PARAMETERS)};

static const okrug_output_column curve_columns[] = {
    OKRUG_CURVE_COLUMNS("1 / (h sum w_i w_j) sum_i<j w_i w_j [phi((d - d_ij) / h) + phi((d + d_ij) / h)]"),
    OKRUG_BRACKET_COLUMNS,
};
enum { BRACKET = OKRUG_CURVE_EXPECTED + 1 };
enum { INDUSTRY, POINTS, SITES, BANDWIDTH, ERROR, VERDICT, PLACES = VERDICT + 8, CELLS = PLACES + 4 };
static const okrug_output_column summary_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"points", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n: plants of the industry"},
    {"sites", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "plants of all industries"},
    {"bandwidth", OKRUG_NUMBER, OKRUG_UNIT_OWN, "h: --bandwidth, else .9 min(sd, IQR / 1.34) (n (n - 1) / 2)^(-1/5)"},
    {"binning_error", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "no value of a curve is off by more, for counting at nodes"},
    OKRUG_VERDICT_COLUMNS,
    OKRUG_PLACES_COLUMNS,
    OKRUG_CELLS_COLUMNS,
};
static const okrug_output outputs[] = {
    {"curve", curve_columns, OKRUG_COUNT_OF(curve_columns)},
    {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Duranton, G., Overman, H. G. (2005). Testing for localization using micro-geographic data. Review of Economic "
    "Studies 72(4).",
    "Silverman, B. W. (1986). Density estimation for statistics and data analysis, 3.4.2. Chapman and Hall.",
    "Myllymäki, M., Mrkvička, T., Grabarnik, P., Seijo, H., Hahn, U. (2017). Global envelope tests for spatial "
    "processes. Journal of the Royal Statistical Society B 79(2).",
    NULL,
};

enum { GRAIN_POINTS, GRAIN_PLACES };
static const okrug_grain grain[] = {
    [GRAIN_POINTS] = {"points", 3, OKRUG_UNIT_COUNT},
    [GRAIN_PLACES] = {"places", 3, OKRUG_UNIT_COUNT},
};

static okrug_status need_pairs(okrug_ctx *ctx, const okrug_plant_points *plants) {
    const okrug_place place = {.file = plants->table->file};
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_POINTS], (double)plants->members.n, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_PLACES], (double)plants->member_shared.places, &place));
    int64_t positive = 0;
    for (int64_t i = 0; plants->member_weight != NULL && i < plants->members.n; i++) {
        positive += plants->member_weight[i] > 0.0;
    }
    return plants->member_weight == NULL || positive > 1
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-zero-all", &place, (char *)NULL);
}

/* Sites to draw from that are not all the industry's own. */
static okrug_reason why_no_envelope(const okrug_plant_points *plants, int64_t simulations) {
    return simulations == 0                       ? OKRUG_NOT_APPLICABLE
           : plants->members.n == plants->sites.n ? OKRUG_CONSTANT
                                                  : OKRUG_PRESENT;
}

static okrug_status write_summary(const okrug_plant_points *plants, const okrug_k_density_grid *grid,
                                  const okrug_curve *curve, const okrug_curve_verdict *verdict,
                                  const okrug_curve_cells *cells, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[1], plants->unit, 1, &table));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, 0, plants->name));
    OKRUG_TRY(okrug_set_number(table, POINTS, 0, (double)plants->members.n));
    OKRUG_TRY(okrug_set_number(table, SITES, 0, (double)plants->sites.n));
    OKRUG_TRY(okrug_set_number(table, BANDWIDTH, 0, grid->bandwidth));
    OKRUG_TRY(okrug_set_number(table, ERROR, 0, grid->error));
    const char *hypothesis = plants->weight == NULL ? "sites-drawn" : "sites-drawn-weights-shuffled";
    OKRUG_TRY(okrug_verdict_write(curve, verdict, hypothesis, table, VERDICT));
    OKRUG_TRY(okrug_places_write(plants, table, PLACES));
    return okrug_cells_write(cells, table, CELLS);
}

/* So small that the bracket would hardly be narrower with less. */
enum { FINE_A_BANDWIDTH = 100 };

static okrug_status compute(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_k_density_grid *grid,
                            const okrug_curve_cells *c, uint64_t seed, okrug_curve *curve) {
    int64_t n = plants->members.n;
    if (c->used) {
        OKRUG_TRY(okrug_k_density_cells(ctx, &c->members, plants->member_weight, grid, &c->cells, curve->observed,
                                        c->lo, c->hi));
        return okrug_k_density_cells_draws(ctx, &c->sites, n, plants->member_weight, grid, &c->cells,
                                           curve->simulations, seed, curve->simulated);
    }
    OKRUG_TRY(okrug_k_density(ctx, &plants->members, plants->member_weight, grid, curve->observed));
    return okrug_k_density_draws(ctx, &plants->sites, n, plants->member_weight, grid, curve->simulations, seed,
                                 curve->simulated);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const k_density_parameters *p = job->parameters;
    const okrug_curve_options options = OKRUG_CURVE_OPTIONS(p);
    okrug_plant_points plants;
    okrug_curve curve;
    okrug_curve_verdict verdict;
    okrug_k_density_grid grid;
    okrug_curve_cells cells = {0};
    double h = 0.0;
    OKRUG_TRY(okrug_curve_check(ctx, &options));
    OKRUG_TRY(okrug_plant_points_read(ctx, job->input[0], p->industry, p->counting == 1, options.exact, &plants));
    OKRUG_TRY(need_pairs(ctx, &plants));
    OKRUG_TRY(okrug_plant_points_bandwidth(ctx, &plants, p->bandwidth, &h));
    okrug_reason none = why_no_envelope(&plants, p->simulations);
    OKRUG_TRY(okrug_curve_make(ctx, &plants, &options, none == OKRUG_PRESENT ? p->simulations : 0, &curve));
    curve.none = none;
    if (none == OKRUG_CONSTANT) {
        okrug_warn(ctx, "sites-all-own", &(okrug_place){.file = job->input[0]->file}, "industry",
                   plants.name != NULL ? plants.name : "", (char *)NULL);
    }
    if (!okrug_k_density_grid_make(curve.count, curve.distance, h, plants.members.n, plants.sites.globe, &grid)) {
        return okrug_plant_points_narrow(ctx, h, curve.distance[curve.count - 1]);
    }
    OKRUG_TRY(okrug_curve_cells_make(ctx, &plants, &curve, NULL, okrug_k_density_reach(&grid), p->cell,
                                     h / FINE_A_BANDWIDTH, &cells));
    OKRUG_TRY(compute(ctx, &plants, &grid, &cells, (uint64_t)p->seed, &curve));
    OKRUG_TRY(okrug_curve_write(ctx, &curve, p->level, &outputs[0], plants.unit, result, &verdict));
    OKRUG_TRY(okrug_bracket_write(ctx, &plants, &curve, &cells, okrug_dataset_table(result, "curve"), BRACKET));
    return write_summary(&plants, &grid, &curve, &verdict, &cells, result);
}

OKRUG_ANALYSIS_WITH_GRAIN(
    k_density, "k-density",
    "O(plants^2 * (1 + simulations)); by the cell O((cells log cells + sites) * (1 + simulations))");
