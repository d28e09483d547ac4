/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sigma convergence: dispersion by period, with and without weights of population, and its trend.
 */
#include "analyses/convergence_sigma.h"

#include <math.h>
#include <string.h>

#include <okrug/convergence.h>
#include <okrug/distributions.h>
#include <okrug/number.h>
#include <okrug/numeric.h>

#include "analyses/result.h"

enum { PERIOD, REGIONS, MEAN, CV, SD_LOG, MEAN_WEIGHTED, CV_WEIGHTED, SD_LOG_WEIGHTED };
const okrug_output_column okrug_sigma_columns[OKRUG_SIGMA_COLUMNS] = {
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n"},
    [MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum y / n"},
    [CV] = {"cv", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sqrt(sum (y - mean)^2 / n) / mean"},
    [SD_LOG] = {"sd_log", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sqrt(sum (ln y - mean ln y)^2 / n)"},
    [MEAN_WEIGHTED] = {"mean_weighted", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum p y, p share of the population"},
    [CV_WEIGHTED] = {"cv_weighted", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                     "sqrt(sum p (y - mean_weighted)^2) / mean_weighted"},
    [SD_LOG_WEIGHTED] = {"sd_log_weighted", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sqrt(sum p (ln y - sum p ln y)^2)"},
};
enum { MEASURE, PERIODS, SLOPE, ERROR, T, P, R_SQUARED, YEARLY };
const okrug_output_column okrug_trend_columns[OKRUG_TREND_COLUMNS] = {
    [MEASURE] = {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIODS] = {"periods", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with a value"},
    [SLOPE] = {"slope", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "least squares of the measure on time"},
    [ERROR] = {"standard_error", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "equal variances, independent years"},
    [T] = {"t", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "slope / standard_error"},
    [P] = {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P(|t| >= ...), two-sided"},
    [R_SQUARED] = {"r_squared", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 - sum residual^2 / sum (measure - mean)^2"},
    [YEARLY] = {"change", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "last / first - 1"},
};
enum { MEASURES = 4 };
static const int measure_of[MEASURES] = {CV, SD_LOG, CV_WEIGHTED, SD_LOG_WEIGHTED};

typedef struct {
    const okrug_cube *cube;
    double *population; /* periods x regions; NULL: no such column. 0 where it is missing */
    bool *in;           /* periods x regions */
    double *measure;    /* MEASURES x periods */
} sigma;

static okrug_status read_population(okrug_ctx *ctx, const okrug_table *input, sigma *s) {
    const okrug_column *population = okrug_table_column(input, "population");
    if (population == NULL) {
        return OKRUG_OK;
    }
    const okrug_cube *cube = s->cube;
    s->population = OKRUG_SCRATCH_ZERO(ctx, cube->periods * cube->regions, double);
    if (s->population == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < input->rows; r++) {
        if (okrug_reason_at(population, r) == OKRUG_PRESENT) {
            s->population[cube->cell[r]] = population->number[r];
        }
    }
    return OKRUG_OK;
}

/* Returns how many regions are left out for having no value in some period. */
static int64_t choose_regions(const okrug_cube *cube, bool same, bool *in) {
    int64_t sometimes = 0;
    for (int64_t r = 0; r < cube->regions; r++) {
        bool always = true;
        for (int64_t t = 0; t < cube->periods; t++) {
            int64_t cell = t * cube->regions + r;
            in[cell] = cube->reason[cell] == OKRUG_PRESENT && cube->value[cell] > 0.0;
            always = always && in[cell];
        }
        for (int64_t t = 0; t < cube->periods; t++) {
            in[t * cube->regions + r] = in[t * cube->regions + r] && (always || !same);
        }
        sometimes += same && !always;
    }
    return sometimes;
}

/* Mean and standard deviation of y, or of its logarithm, over the regions that are in; weighed or not. */
static void moments(const sigma *s, int64_t t, bool logs, bool weighed, double *mean, double *deviation) {
    const okrug_cube *cube = s->cube;
    okrug_sum weight = {0};
    okrug_sum sum = {0};
    for (int pass = 0; pass < 2; pass++) {
        sum = (okrug_sum){0};
        weight = (okrug_sum){0};
        for (int64_t cell = t * cube->regions; cell < (t + 1) * cube->regions; cell++) {
            double w = !s->in[cell] ? 0.0 : weighed ? s->population[cell] : 1.0;
            double y = w > 0.0 ? (logs ? log(cube->value[cell]) : cube->value[cell]) : 0.0;
            okrug_sum_add(&weight, w);
            okrug_sum_add(&sum, pass == 0 ? w * y : w * (y - *mean) * (y - *mean));
        }
        double share = okrug_sum_value(&sum) / okrug_sum_value(&weight);
        *(pass == 0 ? mean : deviation) = pass == 0 ? share : sqrt(share);
    }
}

static okrug_status write_period(const sigma *s, int64_t t, okrug_table *table) {
    const okrug_cube *cube = s->cube;
    double *measure = s->measure;
    int64_t n = 0;
    int64_t people = 0;
    for (int64_t cell = t * cube->regions; cell < (t + 1) * cube->regions; cell++) {
        n += s->in[cell];
        people += s->in[cell] && s->population != NULL && s->population[cell] > 0.0;
    }
    double mean[2] = {(double)NAN, (double)NAN};
    for (int m = 0; m < MEASURES; m++) {
        bool weighed = m >= 2;
        double average = (double)NAN;
        double deviation = (double)NAN;
        if (n > 0 && (!weighed || people == n)) {
            moments(s, t, m % 2 == 1, weighed, &average, &deviation);
            mean[weighed] = m % 2 == 0 ? average : mean[weighed];
        }
        measure[m * cube->periods + t] = m % 2 == 0 ? deviation / average : deviation;
    }
    okrug_reason none = s->population == NULL ? OKRUG_NOT_APPLICABLE : OKRUG_NOT_COLLECTED;
    OKRUG_TRY(okrug_result_text(table, PERIOD, t, cube->period[t]));
    OKRUG_TRY(okrug_set_number(table, REGIONS, t, (double)n));
    OKRUG_TRY(okrug_set_number_or(table, MEAN, t, mean[0], OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number_or(table, MEAN_WEIGHTED, t, mean[1], none));
    for (int m = 0; m < MEASURES; m++) {
        OKRUG_TRY(
            okrug_set_number_or(table, measure_of[m], t, measure[m * cube->periods + t], m < 2 ? OKRUG_NO_ROW : none));
    }
    return OKRUG_OK;
}

/* The years of the periods where all are numbers, else 0, 1, 2 ... */
static double year_of(const okrug_cube *cube, int64_t t) {
    double year = 0.0;
    for (int64_t k = 0; k < cube->periods; k++) {
        if (!okrug_number_read(cube->period[k], strlen(cube->period[k]), &year)) {
            return (double)t;
        }
    }
    (void)okrug_number_read(cube->period[t], strlen(cube->period[t]), &year);
    return year;
}

static okrug_status write_trend(okrug_ctx *ctx, const sigma *s, int m, okrug_table *table) {
    int64_t periods = s->cube->periods;
    double *x = OKRUG_SCRATCH(ctx, periods, double);
    double *y = OKRUG_SCRATCH(ctx, periods, double);
    double estimate[2];
    double error[2];
    double robust[2];
    okrug_least_squares_results fit = {.estimate = estimate,
                                       .error = error,
                                       .robust = robust,
                                       .fitted = OKRUG_SCRATCH(ctx, periods, double),
                                       .r_squared = (double)NAN};
    int64_t row = okrug_table_add_row(table, 0);
    if (x == NULL || y == NULL || fit.fitted == NULL || row < 0) {
        return OKRUG_NO_MEMORY;
    }
    estimate[1] = error[1] = (double)NAN;
    int64_t n = 0;
    for (int64_t t = 0; t < periods; t++) {
        double value = s->measure[m * periods + t];
        if (!isnan(value)) {
            x[n] = year_of(s->cube, t);
            y[n++] = value;
        }
    }
    if (n > 2) {
        OKRUG_TRY(okrug_least_squares(ctx, n, 1, x, y, &fit));
    }
    okrug_reason few = n > 2 ? OKRUG_CONSTANT : OKRUG_BELOW_GRAIN;
    double t = estimate[1] / error[1];
    OKRUG_TRY(okrug_result_text(table, MEASURE, row, okrug_sigma_columns[measure_of[m]].name));
    OKRUG_TRY(okrug_set_number(table, PERIODS, row, (double)n));
    OKRUG_TRY(okrug_set_number_or(table, SLOPE, row, estimate[1], few));
    OKRUG_TRY(okrug_set_number_or(table, ERROR, row, error[1], few));
    OKRUG_TRY(okrug_set_number_or(table, T, row, t, few));
    OKRUG_TRY(okrug_set_number_or(table, P, row, okrug_student_p(t, (double)(n - 2)), few));
    OKRUG_TRY(okrug_set_number_or(table, R_SQUARED, row, fit.r_squared, few));
    return okrug_set_number_or(table, YEARLY, row, n > 1 ? y[n - 1] / y[0] - 1.0 : (double)NAN, OKRUG_UNDEFINED);
}

okrug_status okrug_sigma_write(okrug_ctx *ctx, const okrug_table *input, const okrug_cube *cube, bool same,
                               okrug_table *sigma_table, okrug_table *trend_table) {
    int64_t cells = cube->periods * cube->regions;
    sigma s = {.cube = cube,
               .in = OKRUG_SCRATCH(ctx, cells, bool),
               .measure = OKRUG_SCRATCH(ctx, MEASURES * cube->periods, double)};
    if (s.in == NULL || s.measure == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t sometimes = choose_regions(cube, same, s.in);
    if (sometimes > 0) {
        okrug_warn(ctx, "regions-not-in-every-period", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, sometimes), (char *)NULL);
    }
    OKRUG_TRY(read_population(ctx, input, &s));
    for (int64_t t = 0; t < cube->periods; t++) {
        OKRUG_TRY(write_period(&s, t, sigma_table));
    }
    for (int m = 0; m < (s.population == NULL ? 2 : MEASURES); m++) {
        OKRUG_TRY(write_trend(ctx, &s, m, trend_table));
    }
    return OKRUG_OK;
}
