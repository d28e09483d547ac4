/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * growth: whether industries grew more where they were specialised, among varied others, among competitors or in a
 * strong cluster.
 */
#include <math.h>
#include <string.h>

#include <okrug/distributions.h>
#include <okrug/regression.h>

#include "analyses/growth_terms.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role plant_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_COUNT)};
static const okrug_role cluster_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"cluster", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
enum { INPUT, PLANTS, CLUSTERS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [PLANTS] = {"plants", OKRUG_SHAPE_TIDY, false, false, plant_roles, OKRUG_COUNT_OF(plant_roles)},
    [CLUSTERS] = {"clusters", OKRUG_SHAPE_TIDY, false, false, cluster_roles, OKRUG_COUNT_OF(cluster_roles)},
};

enum { EFFECTS_NONE, EFFECTS_INDUSTRY, EFFECTS_REGION, EFFECTS_BOTH };
enum { ERRORS_ROBUST, ERRORS_CLASSICAL, ERRORS_REGION, ERRORS_INDUSTRY };
#define GROWTH_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                          \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")                                                                                                     \
    TEXTS(terms, "term")                                                                                               \
    CHOICE(effects, "effects", "none|industry|region|both")                                                            \
    CHOICE(errors, "standard-errors", "robust|classical|region|industry")                                              \
    REAL(level, "level", 0.95, 0.5, 0.9999, SHARE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(GROWTH_PARAMETERS)
} growth_parameters;
#define OKRUG_PARAMETERS growth_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(GROWTH_PARAMETERS)};

enum { TERM, ESTIMATE, ERROR, T, P, LO, HI };
static const okrug_output_column coefficient_columns[] = {
    [TERM] = {"term", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [ESTIMATE] = {"estimate", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "b of y = X b + effects, least squares"},
    [ERROR] = {"error", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "standard error, by --standard-errors"},
    [T] = {"t", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "estimate / error"},
    [P] = {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "two-sided, Student's t"},
    [LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "estimate - t_level error"},
    [HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "estimate + t_level error"},
};
enum { F_FROM, F_TO, F_OBSERVATIONS, F_LEFT_OUT, F_ABSORBED, F_DEGREES, F_CLUSTERS, F_R_SQUARED, F_WITHIN };
static const okrug_output_column fit_columns[] = {
    [F_FROM] = {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [F_TO] = {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [F_OBSERVATIONS] = {"observations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n"},
    [F_LEFT_OUT] = {"left_out", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "listed pairs that lack growth or a term"},
    [F_ABSORBED] = {"effects", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "constants taken out"},
    [F_DEGREES] = {"degrees", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of t: n - terms - effects; clusters - 1"},
    [F_CLUSTERS] = {"clusters", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "groups of --standard-errors"},
    [F_R_SQUARED] = {"r_squared", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 - sum e^2 / sum (y - mean)^2"},
    [F_WITHIN] = {"r_squared_within", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 - sum e^2 / sum of what effects leave^2"},
};
enum { O_REGION, O_INDUSTRY, O_GROWTH, O_FITTED, O_RESIDUAL };
static const okrug_output_column observation_columns[] = {
    [O_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "y = ln(E_to / E_from)"},
    [O_FITTED] = {"fitted", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "X b + effects"},
    [O_RESIDUAL] = {"residual", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "e = y - fitted"},
};
enum { COEFFICIENTS, FIT, OBSERVATIONS };
static const okrug_output outputs[] = {
    [COEFFICIENTS] = {"coefficients", coefficient_columns, OKRUG_COUNT_OF(coefficient_columns)},
    [FIT] = {"fit", fit_columns, OKRUG_COUNT_OF(fit_columns)},
    [OBSERVATIONS] = {"observations", observation_columns, OKRUG_COUNT_OF(observation_columns)},
};

static const char *const references[] = {
    "Glaeser, E. L., Kallal, H. D., Scheinkman, J. A., Shleifer, A. (1992). Growth in cities. Journal of Political "
    "Economy 100(6).",
    "Combes, P.-P. (2000). Economic structure and local growth: France, 1984-1993. Journal of Urban Economics 47(3).",
    "Delgado, M., Porter, M. E., Stern, S. (2014). Clusters, convergence, and economic performance. Research Policy "
    "43(10).",
    "MacKinnon, J. G., White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with improved "
    "finite sample properties. Journal of Econometrics 29(3).",
    NULL,
};

enum { SPARE_DEGREES, GROUPS_OF_ERRORS };
static const okrug_grain grain[] = {
    [SPARE_DEGREES] = {"spare-observations", 10.0, OKRUG_UNIT_COUNT},
    [GROUPS_OF_ERRORS] = {"error-groups", 5.0, OKRUG_UNIT_COUNT},
};

/* The rows of the regression. */
typedef struct {
    const okrug_two_dates *dates;
    int terms, left_out;
    int term[OKRUG_GROWTH_TERMS]; /* codes of the terms that are in */
    int64_t n;
    int64_t *cell, *region, *industry;
    double *x, *y;
    okrug_regression_results results;
} sample;

/* ---- Which terms ---- */

static okrug_status choose_terms(okrug_ctx *ctx, const okrug_job *job, okrug_growth_world *world) {
    const growth_parameters *p = job->parameters;
    bool possible[OKRUG_GROWTH_TERMS] = {[OKRUG_GROWTH_LEVEL] = true,
                                         [OKRUG_GROWTH_SPECIALISATION] = true,
                                         [OKRUG_GROWTH_DIVERSITY] = true,
                                         [OKRUG_GROWTH_COMPETITION] = job->input[PLANTS] != NULL,
                                         [OKRUG_GROWTH_CLUSTER] = job->input[CLUSTERS] != NULL};
    okrug_status status = OKRUG_OK;
    for (int t = OKRUG_GROWTH_LEVEL; t < OKRUG_GROWTH_TERMS; t++) {
        world->asked[t] = p->terms.count == 0 && possible[t];
    }
    world->asked[OKRUG_GROWTH_CONSTANT] = p->effects == EFFECTS_NONE;
    for (int i = 0; i < p->terms.count; i++) {
        int t = OKRUG_GROWTH_LEVEL;
        while (t < OKRUG_GROWTH_TERMS && strcmp(p->terms.text[i], okrug_growth_term_codes[t]) != 0) {
            t++;
        }
        if (t == OKRUG_GROWTH_TERMS) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-term", NULL, "term", p->terms.text[i], (char *)NULL);
        } else if (!possible[t]) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "term-needs-input", NULL, "term", p->terms.text[i], "input",
                                inputs[t == OKRUG_GROWTH_CLUSTER ? CLUSTERS : PLANTS].name, (char *)NULL);
        } else {
            world->asked[t] = true;
        }
    }
    return status;
}

/* ---- The rows ---- */

static okrug_status collect(okrug_ctx *ctx, double *const *value, const okrug_growth_world *world, sample *s) {
    const okrug_two_dates *d = world->dates;
    int64_t cells = d->regions * d->industries;
    s->cell = OKRUG_SCRATCH(ctx, cells, int64_t);
    s->region = OKRUG_SCRATCH(ctx, cells, int64_t);
    s->industry = OKRUG_SCRATCH(ctx, cells, int64_t);
    for (int t = 0; t < OKRUG_GROWTH_TERMS; t++) {
        if (world->asked[t]) {
            s->term[s->terms++] = t;
        }
    }
    if (s->cell == NULL || s->region == NULL || s->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        bool whole = d->reason[cell] == OKRUG_PRESENT && d->start[cell] > 0.0 && d->end[cell] > 0.0;
        for (int t = 0; t < s->terms; t++) {
            whole = whole && !isnan(value[s->term[t]][cell]);
        }
        if (whole) {
            s->region[s->n] = cell / d->industries;
            s->industry[s->n] = cell % d->industries;
            s->cell[s->n++] = cell;
        } else {
            s->left_out += d->listed[cell] != 0;
        }
    }
    s->x = OKRUG_SCRATCH(ctx, s->terms * s->n, double);
    s->y = OKRUG_SCRATCH(ctx, s->n, double);
    s->results = (okrug_regression_results){.estimate = OKRUG_SCRATCH(ctx, s->terms, double),
                                            .error = OKRUG_SCRATCH(ctx, s->terms, double),
                                            .fitted = OKRUG_SCRATCH(ctx, s->n, double)};
    if (s->x == NULL || s->y == NULL || s->results.estimate == NULL || s->results.error == NULL ||
        s->results.fitted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < s->n; i++) {
        s->y[i] = log(d->end[s->cell[i]] / d->start[s->cell[i]]);
        for (int t = 0; t < s->terms; t++) {
            s->x[t * s->n + i] = value[s->term[t]][s->cell[i]];
        }
    }
    return OKRUG_OK;
}

/* ---- Fitting ---- */

/* What is left over for chance; fewer observations than coefficients leave no number to tell. */
static okrug_status need_spare(okrug_ctx *ctx, int64_t observations, int64_t estimated, const okrug_place *place) {
    if (observations < estimated) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "observations-too-few", place, "have",
                          okrug_text_integer(ctx, observations), "estimated", okrug_text_integer(ctx, estimated),
                          "spare", okrug_text_number(ctx, grain[SPARE_DEGREES].least), (char *)NULL);
    }
    return okrug_grain_need(ctx, &grain[SPARE_DEGREES], (double)(observations - estimated), place);
}

static okrug_status fit(okrug_ctx *ctx, const growth_parameters *p, const char *file, sample *s) {
    const okrug_place place = {.file = file};
    okrug_grouping regions = {s->dates->regions, s->region};
    okrug_grouping industries = {s->dates->industries, s->industry};
    okrug_regression of = {.n = s->n, .terms = s->terms, .x = s->x, .y = s->y, .errors = OKRUG_ERRORS_ROBUST};
    if (p->effects == EFFECTS_INDUSTRY || p->effects == EFFECTS_BOTH) {
        of.effect[0] = industries;
    }
    if (p->effects == EFFECTS_REGION || p->effects == EFFECTS_BOTH) {
        of.effect[1] = regions;
    }
    if (p->errors == ERRORS_CLASSICAL) {
        of.errors = OKRUG_ERRORS_CLASSICAL;
    } else if (p->errors != ERRORS_ROBUST) {
        of.errors = OKRUG_ERRORS_CLUSTERED;
        of.cluster = p->errors == ERRORS_REGION ? regions : industries;
    }
    /* At least as many constants as the larger grouping has groups: what is too little before they are counted. */
    OKRUG_TRY(need_spare(ctx, s->n, s->terms, &place));
    OKRUG_TRY(okrug_regression_fit(ctx, &of, &s->results));
    OKRUG_TRY(need_spare(ctx, s->n, s->n - s->results.degrees, &place));
    if (s->results.dependent >= 0) {
        return okrug_fail(ctx, OKRUG_NO_SOLUTION, "term-dependent", &place, "term",
                          okrug_growth_term_codes[s->term[s->results.dependent]], (char *)NULL);
    }
    return of.errors == OKRUG_ERRORS_CLUSTERED
               ? okrug_grain_need(ctx, &grain[GROUPS_OF_ERRORS], (double)s->results.clusters, &place)
               : OKRUG_OK;
}

/* ---- Rows of the result ---- */

static double degrees_of_t(const sample *s) {
    return s->results.clusters > 0 ? (double)(s->results.clusters - 1) : (double)s->results.degrees;
}

static okrug_status write_coefficients(const sample *s, double level, okrug_table *table) {
    double reach = okrug_student_quantile(level, degrees_of_t(s));
    for (int t = 0; t < s->terms; t++) {
        double estimate = s->results.estimate[t];
        double error = s->results.error[t];
        double ratio = error > 0.0 ? estimate / error : (double)NAN;
        OKRUG_TRY(okrug_result_text(table, TERM, t, okrug_growth_term_codes[s->term[t]]));
        OKRUG_TRY(okrug_set_number(table, ESTIMATE, t, estimate));
        OKRUG_TRY(okrug_set_number_or(table, ERROR, t, error, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, T, t, ratio, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, P, t, okrug_student_p(ratio, degrees_of_t(s)), OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, LO, t, estimate - reach * error, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, HI, t, estimate + reach * error, OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

static okrug_status write_fit(const sample *s, const growth_parameters *p, okrug_table *table) {
    OKRUG_TRY(okrug_result_text(table, F_FROM, 0, s->dates->from));
    OKRUG_TRY(okrug_result_text(table, F_TO, 0, s->dates->to));
    OKRUG_TRY(okrug_set_number(table, F_OBSERVATIONS, 0, (double)s->n));
    OKRUG_TRY(okrug_set_number(table, F_LEFT_OUT, 0, (double)s->left_out));
    OKRUG_TRY(okrug_set_number(table, F_ABSORBED, 0, (double)s->results.absorbed));
    OKRUG_TRY(okrug_set_number(table, F_DEGREES, 0, degrees_of_t(s)));
    OKRUG_TRY(okrug_set_number_or(table, F_CLUSTERS, 0,
                                  s->results.clusters > 0 ? (double)s->results.clusters : (double)NAN,
                                  OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, F_R_SQUARED, 0, s->results.r_squared, OKRUG_CONSTANT));
    return okrug_set_number_or(table, F_WITHIN, 0, s->results.within,
                               p->effects == EFFECTS_NONE ? OKRUG_NOT_APPLICABLE : OKRUG_CONSTANT);
}

static okrug_status write_observations(const sample *s, okrug_table *table) {
    for (int64_t i = 0; i < s->n; i++) {
        OKRUG_TRY(okrug_result_text(table, O_REGION, i, s->dates->region[s->region[i]]));
        OKRUG_TRY(okrug_result_text(table, O_INDUSTRY, i, s->dates->industry[s->industry[i]]));
        OKRUG_TRY(okrug_set_number(table, O_GROWTH, i, s->y[i]));
        OKRUG_TRY(okrug_set_number(table, O_FITTED, i, s->results.fitted[i]));
        OKRUG_TRY(okrug_set_number(table, O_RESIDUAL, i, s->y[i] - s->results.fitted[i]));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const growth_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_two_dates dates = {0};
    okrug_growth_world world = {0};
    double *value[OKRUG_GROWTH_TERMS] = {NULL};
    sample s = {.dates = &dates};
    OKRUG_TRY(choose_terms(ctx, job, &world));
    OKRUG_TRY(okrug_two_dates_read(ctx, input, p->from, p->to, false, &dates));
    OKRUG_TRY(okrug_growth_world_read(ctx, &dates, job->input[PLANTS], job->input[CLUSTERS], &world));
    OKRUG_TRY(okrug_growth_terms_make(ctx, &world, value));
    OKRUG_TRY(collect(ctx, value, &world, &s));
    if (dates.missing > 0) {
        okrug_warn(ctx, "totals-of-known-cells", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, dates.missing), (char *)NULL);
    }
    OKRUG_TRY(fit(ctx, p, input->file, &s));
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    const int64_t rows[] = {[COEFFICIENTS] = s.terms, [FIT] = 1, [OBSERVATIONS] = s.n};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    OKRUG_TRY(write_coefficients(&s, p->level, table[COEFFICIENTS]));
    OKRUG_TRY(write_fit(&s, p, table[FIT]));
    return write_observations(&s, table[OBSERVATIONS]);
}

OKRUG_ANALYSIS_WITH_GRAIN(growth, "growth", "O(regions * industries^2 + observations * terms^2)");
