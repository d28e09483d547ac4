/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regressions against lm() of R 4.2.2 with sandwich 3.0.2, and where they have no answer.
 */
#include <okrug/regression.h>

#include "matrices.h"

enum { N = 12 };
static const double x[2 * N] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13};
static const double y[N] = {2.1, 3.9, 6.2, 7.8, 10.1, 12.4, 13.6, 16.3, 18.2, 19.5, 22.4, 26.9};
static const int64_t third[N] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
static const int64_t parity[N] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

static okrug_regression_results fit(okrug_regression of, double *estimate, double *error) {
    static double fitted[N];
    okrug_regression_results out = {.estimate = estimate, .error = error, .fitted = fitted};
    okrug_ctx *ctx = testing_context(2);
    assert_ok(okrug_regression_fit(ctx, &of, &out));
    okrug_ctx_free(ctx);
    return out;
}

static void test_line(void **state) {
    (void)state;
    double b[2], e[2];
    okrug_regression of = {.n = N, .terms = 2, .x = x, .y = y, .errors = OKRUG_ERRORS_CLASSICAL};
    okrug_regression_results out = fit(of, b, e);
    assert_near(b[0], -0.13335126412049664, 1e-12);
    assert_near(b[1], 2.0379774072081767, 1e-13);
    assert_near(e[0], 0.22491791840015096, 1e-12);
    assert_near(e[1], 0.029989055786686793, 1e-13);
    assert_near(out.r_squared, 0.9978393348172474, 1e-13);
    assert_int_equal(out.degrees, 10);
    of.errors = OKRUG_ERRORS_ROBUST;
    fit(of, b, e);
    assert_near(e[0], 0.16828740789414903, 1e-12);
    assert_near(e[1], 0.032435012470814921, 1e-13);
    of.errors = OKRUG_ERRORS_CLUSTERED;
    of.cluster = (okrug_grouping){4, third}; /* one of the four is empty */
    out = fit(of, b, e);
    assert_int_equal(out.clusters, 3);
    assert_near(e[0], 0.1170477886907926, 1e-12);
    assert_near(e[1], 0.015055548993036643, 1e-13);
}

static void test_two_ways(void **state) {
    (void)state;
    double b[1], e[1];
    okrug_regression of = {.n = N, .terms = 1, .x = x + N, .y = y, .effect = {{3, third}, {2, parity}}};
    okrug_regression_results out = fit(of, b, e);
    assert_int_equal(out.absorbed, 4);
    assert_near(b[0], 2.1113636363636363, 1e-11);
    assert_near(e[0], 0.12707131519313314, 1e-11);
    assert_near(out.r_squared, 0.99797652139790727, 1e-12);
}

static void test_what_depends_is_named(void **state) {
    (void)state;
    double twice[3 * N], b[3], e[3];
    for (int i = 0; i < N; i++) {
        twice[i] = 1.0;
        twice[N + i] = x[N + i];
        twice[2 * N + i] = 3.0 - 2e6 * x[N + i];
    }
    okrug_regression of = {.n = N, .terms = 3, .x = twice, .y = y};
    assert_true(fit(of, b, e).dependent >= 0);
    /* A constant is what effects are made of. */
    of.terms = 2;
    of.effect[0] = (okrug_grouping){3, third};
    assert_int_equal(fit(of, b, e).dependent, 0);
}

static void test_parts_that_do_not_touch(void **state) {
    (void)state;
    static const int64_t other[N] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5}; /* within the thirds */
    double b[1], e[1];
    okrug_regression of = {.n = N, .terms = 1, .x = x + N, .y = y, .effect = {{3, third}, {6, other}}};
    okrug_regression_results out = fit(of, b, e);
    assert_int_equal(out.absorbed, 6);
    assert_int_equal(out.degrees, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_two_ways),
        cmocka_unit_test(test_what_depends_is_named),
        cmocka_unit_test(test_parts_that_do_not_touch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
