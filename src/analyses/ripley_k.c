/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ripley-k: do points in a rectangle fall more densely around each other than evenly scattered ones?
 */
#include <math.h>

#include "analyses/curve_cells.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role point_roles[] = {
    OKRUG_PRECISION_ROLE,
    {"x", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"y", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, point_roles, OKRUG_COUNT_OF(point_roles)}};

/* The window's sides are 0 all where the points' own rectangle is meant. */
#define RIPLEY_K_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    OKRUG_CURVE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    CHOICE(edge, "edge", "isotropic|translate|none")                                                                   \
    REAL(west, "x-from", 0, -1e12, 1e12, NONE)                                                                         \
    REAL(east, "x-to", 0, -1e12, 1e12, NONE)                                                                           \
    REAL(south, "y-from", 0, -1e12, 1e12, NONE)                                                                        \
    REAL(north, "y-to", 0, -1e12, 1e12, NONE)                                                                          \
    OKRUG_CELL_PARAMETER(REAL)

typedef struct {
    OKRUG_PARAMETER_FIELDS(RIPLEY_K_PARAMETERS)
} ripley_k_parameters;
#define OKRUG_PARAMETERS ripley_k_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(RIPLEY_K_PARAMETERS)};

enum { L_MINUS_R = OKRUG_CURVE_EXPECTED + 1, BRACKET };
static const okrug_output_column curve_columns[] = {
    OKRUG_CURVE_COLUMNS("area / (n (n - 1)) sum_(i != j, d_ij <= r) e_ij"),
    {"l_minus_r", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sqrt(observed / pi) - distance: about 0 where points fall evenly"},
    OKRUG_BRACKET_COLUMNS,
};
enum { INDUSTRY, POINTS, WEST, EAST, SOUTH, NORTH, VERDICT, PLACES = VERDICT + 8, CELLS = PLACES + 4 };
static const okrug_output_column summary_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"points", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n"},
    {"x_from", OKRUG_NUMBER, OKRUG_UNIT_OWN, "--x-from, else the least x"},
    {"x_to", OKRUG_NUMBER, OKRUG_UNIT_OWN, "--x-to, else the greatest x"},
    {"y_from", OKRUG_NUMBER, OKRUG_UNIT_OWN, "--y-from, else the least y"},
    {"y_to", OKRUG_NUMBER, OKRUG_UNIT_OWN, "--y-to, else the greatest y"},
    OKRUG_VERDICT_COLUMNS,
    OKRUG_PLACES_COLUMNS,
    OKRUG_CELLS_COLUMNS,
};
static const okrug_output outputs[] = {
    {"curve", curve_columns, OKRUG_COUNT_OF(curve_columns)},
    {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Ripley, B. D. (1977). Modelling spatial patterns. Journal of the Royal Statistical Society B 39(2).",
    "Ohser, J. (1983). On estimators for the reduced second moment measure of point processes. Mathematische "
    "Operationsforschung und Statistik, series Statistics 14(1).",
    "Besag, J. (1977). Contribution to the discussion of Ripley's paper. Journal of the Royal Statistical Society B "
    "39(2).",
    NULL,
};

enum { GRAIN_POINTS, GRAIN_PLACES };
static const okrug_grain grain[] = {
    [GRAIN_POINTS] = {"points", 3, OKRUG_UNIT_COUNT},
    [GRAIN_PLACES] = {"places", 3, OKRUG_UNIT_COUNT},
};

/* The rectangle said, else that of the points: warned of, for K is then too small. */
static okrug_status find_window(okrug_ctx *ctx, const okrug_plant_points *plants, const ripley_k_parameters *p,
                                okrug_window *window) {
    const okrug_points *points = &plants->members;
    const okrug_place place = {.file = plants->table->file};
    const okrug_window own = okrug_points_extent(points);
    bool said = p->west != 0.0 || p->east != 0.0 || p->south != 0.0 || p->north != 0.0;
    *window = said ? (okrug_window){{p->west, p->east}, {p->south, p->north}} : own;
    if (!(window->x[0] < window->x[1] && window->y[0] < window->y[1])) {
        return okrug_fail(ctx, said ? OKRUG_BAD_USAGE : OKRUG_BAD_INPUT, said ? "window-empty" : "window-flat", &place,
                          (char *)NULL);
    }
    if (own.x[0] < window->x[0] || own.x[1] > window->x[1] || own.y[0] < window->y[0] || own.y[1] > window->y[1]) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "window-outside", &place, (char *)NULL);
    }
    if (!said) {
        okrug_warn(ctx, "window-of-points", &place, (char *)NULL);
    }
    return OKRUG_OK;
}

/* A quarter of the shorter side, beyond which edges decide; at most what both corrections bear. */
static okrug_status find_range(okrug_ctx *ctx, const okrug_window *window, okrug_curve_options *options) {
    double shorter = fmin(window->x[1] - window->x[0], window->y[1] - window->y[0]);
    options->range = options->range == 0.0 ? 0.25 * shorter : options->range;
    return options->range < shorter ? OKRUG_OK
                                    : okrug_fail(ctx, OKRUG_BAD_USAGE, "range-window", NULL, "side",
                                                 okrug_text_number(ctx, shorter), (char *)NULL);
}

static okrug_status add_l(const okrug_curve *curve, okrug_table *table) {
    for (int64_t k = 0; k < curve->count; k++) {
        okrug_reason why = (okrug_reason)curve->reason[k];
        double l = why == OKRUG_PRESENT ? sqrt(curve->observed[k] / 3.141592653589793) - curve->distance[k] : NAN;
        OKRUG_TRY(okrug_set_number_or(table, L_MINUS_R, k, l, why));
    }
    return OKRUG_OK;
}

static okrug_status write_summary(const okrug_plant_points *plants, const okrug_window *window,
                                  const okrug_curve *curve, const okrug_curve_verdict *verdict,
                                  const okrug_curve_cells *cells, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[1], plants->unit, 1, &table));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, 0, plants->name));
    OKRUG_TRY(okrug_set_number(table, POINTS, 0, (double)plants->members.n));
    OKRUG_TRY(okrug_set_number(table, WEST, 0, window->x[0]));
    OKRUG_TRY(okrug_set_number(table, EAST, 0, window->x[1]));
    OKRUG_TRY(okrug_set_number(table, SOUTH, 0, window->y[0]));
    OKRUG_TRY(okrug_set_number(table, NORTH, 0, window->y[1]));
    OKRUG_TRY(okrug_verdict_write(curve, verdict, "points-scattered-evenly", table, VERDICT));
    OKRUG_TRY(okrug_places_write(plants, table, PLACES));
    return okrug_cells_write(cells, table, CELLS);
}

/* Cells so small that the bracket would hardly be narrower with less. */
enum { FINE_A_RANGE = 2000 };

static okrug_status compute(okrug_ctx *ctx, const okrug_points *points, const okrug_window *window, okrug_edge edge,
                            const okrug_curve_cells *c, uint64_t seed, okrug_curve *curve) {
    if (c->used) {
        OKRUG_TRY(okrug_ripley_k_cells(ctx, points, window, edge, &c->cells, curve->count, curve->distance,
                                       curve->observed, c->lo, c->hi));
        return okrug_ripley_k_cells_draws(ctx, points->n, window, edge, &c->cells, curve->count, curve->distance,
                                          curve->simulations, seed, curve->simulated);
    }
    OKRUG_TRY(okrug_ripley_k(ctx, points, window, edge, curve->count, curve->distance, curve->observed));
    return okrug_ripley_k_draws(ctx, points->n, window, edge, curve->count, curve->distance, curve->simulations, seed,
                                curve->simulated);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    static const okrug_edge edges[] = {OKRUG_EDGE_ISOTROPIC, OKRUG_EDGE_TRANSLATE, OKRUG_EDGE_NONE};
    const ripley_k_parameters *p = job->parameters;
    okrug_curve_options options = OKRUG_CURVE_OPTIONS(p);
    okrug_plant_points plants;
    okrug_window window;
    okrug_curve curve;
    okrug_curve_verdict verdict;
    okrug_curve_cells cells = {0};
    OKRUG_TRY(okrug_curve_check(ctx, &options));
    OKRUG_TRY(okrug_plant_points_read(ctx, job->input[0], p->industry, false, options.exact, &plants));
    const okrug_place place = {.file = plants.table->file};
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_POINTS], (double)plants.members.n, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_PLACES], (double)plants.member_shared.places, &place));
    OKRUG_TRY(find_window(ctx, &plants, p, &window));
    OKRUG_TRY(find_range(ctx, &window, &options));
    OKRUG_TRY(okrug_curve_make(ctx, &plants, &options, p->simulations, &curve));
    curve.none = p->simulations == 0 ? OKRUG_NOT_APPLICABLE : OKRUG_PRESENT;
    OKRUG_TRY(okrug_curve_cells_make(ctx, &plants, &curve, &window, options.range, p->cell,
                                     options.range / FINE_A_RANGE, &cells));
    OKRUG_TRY(compute(ctx, &plants.members, &window, edges[p->edge], &cells, (uint64_t)p->seed, &curve));
    OKRUG_TRY(okrug_curve_write(ctx, &curve, p->level, &outputs[0], plants.unit, result, &verdict));
    okrug_table *table = okrug_dataset_table(result, "curve");
    OKRUG_TRY(add_l(&curve, table));
    OKRUG_TRY(okrug_bracket_write(ctx, &plants, &curve, &cells, table, BRACKET));
    return write_summary(&plants, &window, &curve, &verdict, &cells, result);
}

OKRUG_ANALYSIS_WITH_GRAIN(
    ripley_k, "ripley-k",
    "O(points^2 * (1 + simulations)); by the cell O((cells log cells + points) * (1 + simulations)), and with the "
    "isotropic correction 4e9 pairs of cells more for each of them");
