/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Logistic regression against glm() of R 4.2.2 (epsilon 1e-14), with and without fixed effects; what has no estimate.
 */
#include <okrug/logit.h>

#include "matrices.h"

/* Automatic or manual gears by weight and power: R's data set mtcars (Henderson and Velleman 1981). */
enum { CARS = 32 };
static const uint8_t am[CARS] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
static const double wt[CARS] = {2.62,  2.875, 2.32,  3.215, 3.44,  3.46,  3.57, 3.19,  3.15,  3.44,  3.44,
                                4.07,  3.73,  3.78,  5.25,  5.424, 5.345, 2.2,  1.615, 1.835, 2.465, 3.52,
                                3.435, 3.84,  3.845, 1.935, 2.14,  1.513, 3.17, 2.77,  3.57,  2.78};
static const double hp[CARS] = {110, 110, 93, 110, 175, 105, 245, 62,  95,  123, 123, 180, 180, 180, 205, 215,
                                230, 66,  52, 65,  97,  150, 150, 245, 175, 66,  91,  113, 264, 175, 335, 109};

static void test_like_glm(void **state) {
    (void)state;
    double x[CARS * 2], score[CARS], coefficient[2], error[2], effect, effect_error, area;
    for (int i = 0; i < CARS; i++) {
        x[2 * i] = wt[i];
        x[2 * i + 1] = hp[i];
    }
    okrug_ctx *ctx = testing_context(1);
    okrug_logit_fit fit;
    const okrug_logit_data data = {.rows = CARS, .covariates = 2, .x = x, .y = am};
    assert_ok(okrug_logit(ctx, &data, coefficient, error, &effect, &effect_error, NULL, &fit));
    assert_int_equal(fit.end, OKRUG_LOGIT_CONVERGED);
    assert_int_equal(fit.used, CARS);
    assert_int_equal(fit.ones, 13);
    assert_near(effect, 18.8662987172041241, 1e-9);
    assert_near(effect_error, 7.4435580602052820, 1e-6); /* glm has weights of the step before */
    assert_near(coefficient[0], -8.0834751824446336, 1e-9);
    assert_near(error[0], 3.0686751130547019, 1e-6);
    assert_near(coefficient[1], .0362555960822165, 1e-11);
    assert_near(error[1], .0177341536507693, 1e-8);
    assert_near(fit.log_likelihood, -5.0295552361335, 1e-12);
    for (int i = 0; i < CARS; i++) {
        score[i] = coefficient[0] * wt[i] + coefficient[1] * hp[i];
    }
    assert_ok(okrug_auc(ctx, CARS, score, am, &area));
    assert_near(area, .983805668016194, 1e-14);
    static const double rounded[3] = {1.0, 1.0 + 0x1p-52, 0.0}; /* the first two are a tie */
    static const uint8_t first[3] = {1, 0, 0};
    assert_ok(okrug_auc(ctx, 3, rounded, first, &area));
    assert_near(area, .75, 0.0);
    okrug_ctx_free(ctx);
}

/* 12 groups by 8; all of group 3 is 0 and all of second group 5 is 1, so group 3 says something only until that is
 * gone. */
enum { MADE = 240, GROUPS = 12, SECONDS = 8 };
static void make(double *x, uint8_t *y, int32_t *group, int32_t *second) {
    for (int i = 0; i < MADE; i++) {
        group[i] = i / 20;
        second[i] = i % SECONDS;
        x[i] = (i + 1) * 37 % 101 / 101.0;
        double u = (i + 1) * 61 % 89 / 89.0;
        double logit = -1 + 2 * x[i] + (group[i] % 3 - 1) * .7 + second[i] % 2 * .5;
        y[i] = second[i] == 5 || (group[i] != 3 && u < 1.0 / (1.0 + exp(-logit)));
    }
}

static void test_fixed_effects_like_dummies(void **state) {
    (void)state;
    static const double groups[GROUPS] = {0,
                                          .1591018288825251,
                                          .6195225595567229,
                                          NAN,
                                          1.3688069002126588,
                                          1.6681528423105689,
                                          -1.1006429354944405,
                                          .2377462898573917,
                                          1.8296450775880586,
                                          -.0367681071225445,
                                          -.3557912323062541,
                                          .2534260863116995};
    static const double seconds[SECONDS] = {
        0,   .4108821158579083,  .2560791801341742, .1744751287918835, .3057474728050169,
        NAN, -.0168969518563709, .8036925522484510};
    double x[MADE], coefficient, error, effect[GROUPS], second_effect[SECONDS];
    uint8_t y[MADE];
    int32_t group[MADE], second[MADE];
    make(x, y, group, second);
    okrug_ctx *ctx = testing_context(1);
    okrug_logit_fit fit;
    okrug_logit_data data = {MADE, 1, x, y, GROUPS, SECONDS, group, second};
    assert_ok(okrug_logit(ctx, &data, &coefficient, &error, effect, NULL, second_effect, &fit));
    assert_int_equal(fit.end, OKRUG_LOGIT_CONVERGED);
    assert_int_equal(fit.used, 193);
    assert_int_equal(fit.left_out, MADE - 193);
    assert_near(coefficient, 1.9857726396153776, 1e-9);
    assert_near(error, .595578784423629, 1e-9);
    assert_near(fit.log_likelihood, -111.802643594033, 1e-9);
    for (int q = 0; q < GROUPS; q++) {
        if (q == 3) {
            assert_nan(effect[q]);
        } else {
            assert_near(effect[q], groups[q] - 1.3122687043988202, 1e-9);
        }
    }
    for (int m = 0; m < SECONDS; m++) {
        if (m == 5) {
            assert_nan(second_effect[m]);
        } else {
            assert_near(second_effect[m], seconds[m], 1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

static okrug_logit_end end_of(int64_t rows, int64_t covariates, const double *x, const uint8_t *y) {
    double coefficient[3], error[3], effect, effect_error;
    okrug_ctx *ctx = testing_context(1);
    okrug_logit_fit fit;
    const okrug_logit_data data = {.rows = rows, .covariates = covariates, .x = x, .y = y};
    assert_ok(okrug_logit(ctx, &data, coefficient, error, &effect, &effect_error, NULL, &fit));
    assert_int_equal(okrug_messages(ctx), 0);
    if (fit.end != OKRUG_LOGIT_CONVERGED) {
        assert_nan(effect);
        for (int64_t j = 0; j < covariates; j++) {
            assert_nan(coefficient[j]);
            assert_nan(error[j]);
        }
    }
    okrug_ctx_free(ctx);
    return fit.end;
}

static void test_what_has_no_estimate(void **state) {
    (void)state;
    static const double x[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const uint8_t mixed[8] = {0, 1, 0, 1, 0, 1, 1, 1}, apart[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    static const uint8_t nearly[8] = {0, 0, 0, 0, 1, 0, 1, 1}, zeros[8] = {0};
    /* One class in which all are 1; in the other half are. */
    static const double in_class[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    static const uint8_t quasi[8] = {0, 1, 0, 1, 1, 1, 1, 1};
    double twice[16], constant[16];
    for (int i = 0; i < 8; i++) {
        twice[2 * i] = x[i];
        twice[2 * i + 1] = 3.0 * x[i] + 1.0; /* with the intercept, the same */
        constant[2 * i] = x[i];
        constant[2 * i + 1] = 0.0;
    }
    assert_int_equal(end_of(8, 1, x, mixed), OKRUG_LOGIT_CONVERGED);
    assert_int_equal(end_of(8, 1, x, nearly), OKRUG_LOGIT_CONVERGED);
    assert_int_equal(end_of(8, 1, x, apart), OKRUG_LOGIT_SEPARATED);
    assert_int_equal(end_of(8, 1, in_class, quasi), OKRUG_LOGIT_SEPARATED);
    assert_int_equal(end_of(8, 1, x, zeros), OKRUG_LOGIT_CONSTANT);
    assert_int_equal(end_of(0, 1, x, zeros), OKRUG_LOGIT_CONSTANT);
    assert_int_equal(end_of(8, 2, twice, mixed), OKRUG_LOGIT_COLLINEAR);
    assert_int_equal(end_of(8, 2, constant, mixed), OKRUG_LOGIT_COLLINEAR);
    assert_int_equal(end_of(8, 0, x, mixed), OKRUG_LOGIT_CONVERGED);
}

static void test_area_with_ties(void **state) {
    (void)state;
    static const double score[7] = {1, 2, 2, 3, NAN, 0, 2};
    static const uint8_t y[7] = {0, 1, 0, 1, 1, 0, 1};
    static const uint8_t ones[2] = {1, 1};
    double area;
    okrug_ctx *ctx = testing_context(1);
    /* Ones 2, 3, 2 against zeros 1, 2, 0: of nine pairs seven are won and two tied. */
    assert_ok(okrug_auc(ctx, 7, score, y, &area));
    assert_near(area, 8.0 / 9.0, 1e-15);
    assert_ok(okrug_auc(ctx, 2, score, ones, &area));
    assert_nan(area);
    assert_ok(okrug_auc(ctx, 0, score, ones, &area));
    assert_nan(area);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_like_glm),
        cmocka_unit_test(test_fixed_effects_like_dummies),
        cmocka_unit_test(test_what_has_no_estimate),
        cmocka_unit_test(test_area_with_ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
