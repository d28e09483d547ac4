/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * convergence: do poor regions grow faster (beta), and do regions draw together (sigma)?
 */
#include <math.h>
#include <string.h>

#include <okrug/convergence.h>
#include <okrug/distributions.h>
#include <okrug/number.h>

#include "analyses/convergence_sigma.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_OWN},
    {"population", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
};
static const okrug_role condition_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"condition", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
enum { INPUT, CONDITIONS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [CONDITIONS] = {"conditions", OKRUG_SHAPE_TIDY, false, false, condition_roles, OKRUG_COUNT_OF(condition_roles)},
};

#define CONVERGENCE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")                                                                                                     \
    REAL(level, "level", 0.95, 0.5, 0.9999, SHARE)                                                                     \
    CHOICE(sample, "sample", "same|all")

typedef struct {
    OKRUG_PARAMETER_FIELDS(CONVERGENCE_PARAMETERS)
} convergence_parameters;
#define OKRUG_PARAMETERS convergence_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(CONVERGENCE_PARAMETERS)};

enum { REGION, PERIOD, START, END, GROWTH, FITTED, RESIDUAL };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [START] = {"start", OKRUG_NUMBER, OKRUG_UNIT_OWN, "y_0"},
    [END] = {"end", OKRUG_NUMBER, OKRUG_UNIT_OWN, "y_T"},
    [GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g = ln(y_T / y_0) / T"},
    [FITTED] = {"fitted", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "a + b ln y_0 + c z"},
    [RESIDUAL] = {"residual", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g - fitted"},
};
enum { FROM, TO, YEARS, REGIONS, LEFT_OUT, BETA, SPEED, SPEED_LO, SPEED_HI, HALF_LIFE, R_SQUARED };
static const okrug_output_column beta_columns[] = {
    [FROM] = {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [TO] = {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [YEARS] = {"years", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "T = to - from"},
    [REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with both values and all conditions"},
    [LEFT_OUT] = {"left_out", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "without one of them"},
    [BETA] = {"beta", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "b"},
    [SPEED] = {"lambda", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "-ln(1 + b T) / T"},
    [SPEED_LO] = {"lambda_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lambda of the upper end of b's interval"},
    [SPEED_HI] = {"lambda_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lambda of the lower end of b's interval"},
    [HALF_LIFE] = {"half_life", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "ln 2 / lambda, years"},
    [R_SQUARED] = {"r_squared", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 - sum residual^2 / sum (g - mean g)^2"},
};
enum { TERM, ESTIMATE, ERROR, ROBUST, T, P, LO, HI, P_ROBUST };
static const okrug_output_column term_columns[] = {
    [TERM] = {"term", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [ESTIMATE] = {"estimate", OKRUG_NUMBER, OKRUG_UNIT_NONE, "least squares"},
    [ERROR] = {"standard_error", OKRUG_NUMBER, OKRUG_UNIT_NONE, "equal variances"},
    [ROBUST] = {"robust_error", OKRUG_NUMBER, OKRUG_UNIT_NONE, "HC1: unequal variances"},
    [T] = {"t", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "estimate / standard_error"},
    [P] = {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P(|t| >= ...), two-sided"},
    [LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_NONE, "estimate - t(level) standard_error"},
    [HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_NONE, "estimate + t(level) standard_error"},
    [P_ROBUST] = {"p_robust", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "the same with robust_error"},
};
enum { REGIONS_TABLE, BETA_TABLE, TERMS_TABLE, SIGMA_TABLE, TREND_TABLE };
static const okrug_output outputs[] = {
    [REGIONS_TABLE] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [BETA_TABLE] = {"beta", beta_columns, OKRUG_COUNT_OF(beta_columns)},
    [TERMS_TABLE] = {"terms", term_columns, OKRUG_COUNT_OF(term_columns)},
    [SIGMA_TABLE] = {"sigma", okrug_sigma_columns, OKRUG_SIGMA_COLUMNS},
    [TREND_TABLE] = {"trend", okrug_trend_columns, OKRUG_TREND_COLUMNS},
};

static const char *const references[] = {
    "Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2).",
    "Allington, N. F. B., McCombie, J. S. L. (2007). Economic growth and beta-convergence in the East European "
    "transition "
    "economies. In: Arestis et al. (eds), Economic Growth. Edward Elgar.",
    "MacKinnon, J. G., White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with improved "
    "finite sample properties. Journal of Econometrics 29.",
    NULL,
};

enum { GRAIN_REGIONS, GRAIN_PERIODS };
static const okrug_grain grain[] = {
    [GRAIN_REGIONS] = {"regions", 10, OKRUG_UNIT_COUNT},
    [GRAIN_PERIODS] = {"periods", 2, OKRUG_UNIT_COUNT},
};

/* ---- What is regressed ------------------------------------------------------------------------------------------ */

typedef struct {
    const okrug_cube *cube;
    okrug_cube conditions; /* things 0: none */
    int64_t from, to;      /* periods */
    double years;
    int64_t n, terms;
    int64_t *region; /* n: which region of the cube each is */
    uint8_t *reason; /* regions of the cube: why it is left out */
    double *x, *y;   /* n x terms, n */
    bool constant;   /* all begin with the same */
} regression;

static okrug_status find_period(okrug_ctx *ctx, const okrug_cube *cube, const char *file, const char *name,
                                int64_t otherwise, int64_t *place) {
    *place = otherwise;
    const char *known = "";
    for (int64_t t = 0; name != NULL && t < cube->periods; t++) {
        if (strcmp(cube->period[t], name) == 0) {
            *place = t;
            return OKRUG_OK;
        }
        known = okrug_text_listed(ctx, known, cube->period[t]);
    }
    return name == NULL ? OKRUG_OK
                        : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &(okrug_place){.file = file}, "period", name,
                                     "known", known, (char *)NULL);
}

static okrug_status choose_periods(okrug_ctx *ctx, const okrug_job *job, regression *r) {
    const convergence_parameters *p = job->parameters;
    const char *file = job->input[INPUT]->file;
    OKRUG_TRY(find_period(ctx, r->cube, file, p->from, 0, &r->from));
    OKRUG_TRY(find_period(ctx, r->cube, file, p->to, r->cube->periods - 1, &r->to));
    const char *from = r->cube->period[r->from];
    const char *to = r->cube->period[r->to];
    if (r->from >= r->to) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "periods-not-rising", &(okrug_place){.file = file}, "from", from, "to",
                          to, (char *)NULL);
    }
    double a = 0.0;
    double b = 0.0;
    bool numbers = okrug_number_read(from, strlen(from), &a) && okrug_number_read(to, strlen(to), &b);
    r->years = numbers ? b - a : (double)(r->to - r->from);
    if (!numbers) {
        okrug_warn(ctx, "periods-without-numbers", &(okrug_place){.file = file}, (char *)NULL);
    }
    return OKRUG_OK;
}

/* Where region r of the cube is among those of the conditions; -1: nowhere. */
static int64_t condition_row(const regression *r, int64_t region) {
    for (int64_t c = 0; c < r->conditions.regions; c++) {
        if (strcmp(r->conditions.region[c], r->cube->region[region]) == 0) {
            return c;
        }
    }
    return -1;
}

static okrug_reason why_left_out(const regression *r, int64_t region, int64_t condition) {
    const okrug_cube *cube = r->cube;
    for (int side = 0; side < 2; side++) {
        int64_t cell = (side == 0 ? r->from : r->to) * cube->regions + region;
        if (cube->reason[cell] != OKRUG_PRESENT) {
            return (okrug_reason)cube->reason[cell];
        }
        if (!(cube->value[cell] > 0.0)) {
            return OKRUG_UNDEFINED; /* a structural zero has no logarithm */
        }
    }
    for (int64_t i = 0; i < r->conditions.things; i++) {
        okrug_reason reason =
            condition < 0 ? OKRUG_NO_ROW : (okrug_reason)r->conditions.reason[condition * r->conditions.things + i];
        if (reason != OKRUG_PRESENT) {
            return reason;
        }
    }
    return OKRUG_PRESENT;
}

static okrug_status gather(okrug_ctx *ctx, regression *r) {
    int64_t n = r->cube->regions;
    r->terms = 1 + r->conditions.things;
    r->region = OKRUG_SCRATCH(ctx, n, int64_t);
    r->reason = OKRUG_SCRATCH(ctx, n, uint8_t);
    r->x = OKRUG_SCRATCH(ctx, n * r->terms, double);
    r->y = OKRUG_SCRATCH(ctx, n, double);
    if (r->region == NULL || r->reason == NULL || r->x == NULL || r->y == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < n; k++) {
        int64_t condition = r->conditions.things == 0 ? -1 : condition_row(r, k);
        r->reason[k] = (uint8_t)why_left_out(r, k, condition);
        if (r->reason[k] != OKRUG_PRESENT) {
            continue;
        }
        double start = r->cube->value[r->from * n + k];
        double *x = r->x + r->n * r->terms;
        x[0] = log(start);
        for (int64_t i = 0; i < r->conditions.things; i++) {
            x[1 + i] = r->conditions.value[condition * r->conditions.things + i];
        }
        r->y[r->n] = log(r->cube->value[r->to * n + k] / start) / r->years;
        r->region[r->n++] = k;
    }
    return OKRUG_OK;
}

static bool same_in_all(const regression *r, int64_t term) {
    for (int64_t i = 1; i < r->n; i++) {
        if (r->x[i * r->terms + term] != r->x[term]) {
            return false;
        }
    }
    return true;
}

static okrug_status check(okrug_ctx *ctx, const okrug_job *job, regression *r) {
    okrug_place place = {.file = job->input[INPUT]->file};
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)r->n, &place));
    for (int64_t i = 0; i < r->conditions.things; i++) {
        if (same_in_all(r, 1 + i)) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "condition-constant",
                              &(okrug_place){.file = job->input[CONDITIONS]->file}, "condition", r->conditions.thing[i],
                              (char *)NULL);
        }
    }
    if (r->n <= r->terms + 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "too-many-conditions", &place, "conditions",
                          okrug_text_integer(ctx, r->conditions.things), "regions", okrug_text_integer(ctx, r->n),
                          (char *)NULL);
    }
    r->constant = same_in_all(r, 0);
    if (r->n < r->cube->regions) {
        okrug_warn(ctx, "regions-without-both-values", &place, "count",
                   okrug_text_integer(ctx, r->cube->regions - r->n), (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static okrug_status write_regions(const regression *r, const okrug_least_squares_results *fit, okrug_table *table) {
    int64_t used = 0;
    for (int64_t k = 0; k < r->cube->regions; k++) {
        okrug_reason why = (okrug_reason)r->reason[k];
        bool in = why == OKRUG_PRESENT;
        int64_t i = in ? used++ : 0;
        int64_t start = r->from * r->cube->regions + k;
        int64_t end = r->to * r->cube->regions + k;
        double none = (double)NAN;
        double fitted = in && !r->constant ? fit->fitted[i] : none;
        okrug_reason no_fit = in ? OKRUG_CONSTANT : why;
        OKRUG_TRY(okrug_result_text(table, REGION, k, r->cube->region[k]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, k, r->cube->period[r->to]));
        OKRUG_TRY(okrug_set_number_or(table, START, k,
                                      r->cube->reason[start] == OKRUG_PRESENT ? r->cube->value[start] : none,
                                      (okrug_reason)r->cube->reason[start]));
        OKRUG_TRY(okrug_set_number_or(table, END, k, r->cube->reason[end] == OKRUG_PRESENT ? r->cube->value[end] : none,
                                      (okrug_reason)r->cube->reason[end]));
        OKRUG_TRY(okrug_set_number_or(table, GROWTH, k, in ? r->y[i] : none, why));
        OKRUG_TRY(okrug_set_number_or(table, FITTED, k, fitted, no_fit));
        OKRUG_TRY(okrug_set_number_or(table, RESIDUAL, k, in ? r->y[i] - fitted : none, no_fit));
    }
    return OKRUG_OK;
}

static okrug_status write_beta(const regression *r, const okrug_least_squares_results *fit, double reach,
                               okrug_table *table) {
    double b = fit->estimate[1];
    double speed = okrug_convergence_speed(b, r->years);
    okrug_reason none = r->constant ? OKRUG_CONSTANT : OKRUG_UNDEFINED;
    OKRUG_TRY(okrug_result_text(table, FROM, 0, r->cube->period[r->from]));
    OKRUG_TRY(okrug_result_text(table, TO, 0, r->cube->period[r->to]));
    OKRUG_TRY(okrug_set_number(table, YEARS, 0, r->years));
    OKRUG_TRY(okrug_set_number(table, REGIONS, 0, (double)r->n));
    OKRUG_TRY(okrug_set_number(table, LEFT_OUT, 0, (double)(r->cube->regions - r->n)));
    OKRUG_TRY(okrug_set_number_or(table, BETA, 0, b, none));
    OKRUG_TRY(okrug_set_number_or(table, SPEED, 0, speed, none));
    OKRUG_TRY(
        okrug_set_number_or(table, SPEED_LO, 0, okrug_convergence_speed(b + reach * fit->error[1], r->years), none));
    OKRUG_TRY(
        okrug_set_number_or(table, SPEED_HI, 0, okrug_convergence_speed(b - reach * fit->error[1], r->years), none));
    OKRUG_TRY(okrug_set_number_or(table, HALF_LIFE, 0, okrug_convergence_half_life(speed), none));
    return okrug_set_number_or(table, R_SQUARED, 0, fit->r_squared, OKRUG_CONSTANT);
}

static okrug_status write_terms(const regression *r, const okrug_least_squares_results *fit, double reach,
                                okrug_table *table) {
    for (int64_t j = 0; j <= r->terms; j++) {
        const char *name = j == 0 ? "constant" : j == 1 ? "start" : r->conditions.thing[j - 2];
        double estimate = fit->estimate[j];
        double degrees = (double)fit->degrees;
        double t = estimate / fit->error[j];
        OKRUG_TRY(okrug_result_text(table, TERM, j, name));
        OKRUG_TRY(okrug_set_number_or(table, ESTIMATE, j, estimate, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, ERROR, j, fit->error[j], OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, ROBUST, j, fit->robust[j], OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, T, j, t, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, P, j, okrug_student_p(t, degrees), OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, LO, j, estimate - reach * fit->error[j], OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, HI, j, estimate + reach * fit->error[j], OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number_or(table, P_ROBUST, j, okrug_student_p(estimate / fit->robust[j], degrees),
                                      OKRUG_CONSTANT));
    }
    return OKRUG_OK;
}

/* ---- Run -------------------------------------------------------------------------------------------------------- */

static okrug_status fit_growth(okrug_ctx *ctx, const regression *r, okrug_least_squares_results *fit) {
    int64_t terms = r->terms + 1;
    *fit = (okrug_least_squares_results){.estimate = OKRUG_SCRATCH(ctx, terms, double),
                                         .error = OKRUG_SCRATCH(ctx, terms, double),
                                         .robust = OKRUG_SCRATCH(ctx, terms, double),
                                         .fitted = OKRUG_SCRATCH(ctx, r->n, double),
                                         .r_squared = (double)NAN};
    if (fit->estimate == NULL || fit->error == NULL || fit->robust == NULL || fit->fitted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < terms; j++) {
        fit->estimate[j] = fit->error[j] = fit->robust[j] = (double)NAN;
    }
    return r->constant ? OKRUG_OK : okrug_least_squares(ctx, r->n, r->terms, r->x, r->y, fit);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const convergence_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_cube cube;
    regression r = {.cube = &cube};
    okrug_least_squares_results fit;
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_distributions_ready(ctx));
    OKRUG_TRY(okrug_cube_read(ctx, input, NULL, &cube));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_PERIODS], (double)cube.periods, &(okrug_place){.file = input->file}));
    if (job->input[CONDITIONS] != NULL) {
        OKRUG_TRY(okrug_cube_read(ctx, job->input[CONDITIONS], "condition", &r.conditions));
    }
    OKRUG_TRY(choose_periods(ctx, job, &r));
    OKRUG_TRY(gather(ctx, &r));
    OKRUG_TRY(check(ctx, job, &r));
    OKRUG_TRY(fit_growth(ctx, &r, &fit));
    const int64_t rows[] = {cube.regions, 1, r.terms + 1, cube.periods, 0};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(
            okrug_result_table(result, &outputs[t], okrug_table_column(input, "value")->unit, rows[t], &table[t]));
    }
    double reach = okrug_student_quantile(p->level, (double)fit.degrees);
    OKRUG_TRY(write_regions(&r, &fit, table[REGIONS_TABLE]));
    OKRUG_TRY(write_beta(&r, &fit, reach, table[BETA_TABLE]));
    OKRUG_TRY(write_terms(&r, &fit, reach, table[TERMS_TABLE]));
    return okrug_sigma_write(ctx, input, &cube, p->sample == 0, table[SIGMA_TABLE], table[TREND_TABLE]);
}

OKRUG_ANALYSIS_WITH_GRAIN(convergence, "convergence", "O(rows + regions * conditions^2)");
