/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares on numbers worked out by hand, and the speed of convergence.
 */
#include <okrug/convergence.h>

#include "matrices.h"

static void test_line(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double x[4] = {0.0, 1.0, 2.0, 3.0};
    static const double y[4] = {1.0, 3.0, 2.0, 4.0};
    double estimate[2], error[2], robust[2], fitted[4];
    okrug_least_squares_results r = {.estimate = estimate, .error = error, .robust = robust, .fitted = fitted};
    assert_ok(okrug_least_squares(ctx, 4, 1, x, y, &r));
    assert_near(estimate[0], 1.3, 1e-15);
    assert_near(estimate[1], .8, 1e-15);
    assert_near(fitted[2], 2.9, 1e-15);
    assert_int_equal(r.degrees, 2);
    assert_near(r.r_squared, .64, 1e-15);                 /* 3.2 of 5 */
    assert_near(error[1], sqrt(.9 / 5.0), 1e-15);         /* rest 1.8 over 2, x varies by 5 */
    assert_near(error[0], sqrt(.9 * (.25 + .45)), 1e-15); /* 1/4 + 1.5^2 / 5 */
    /* residuals -.3, .9, -.9, .3; weights of the slope -.3, -.1, .1, .3; HC1: 4 / 2 */
    assert_near(robust[1], sqrt(2.0 * (.09 * .09 * 2.0 + .01 * .81 * 2.0)), 1e-15);
    okrug_ctx_free(ctx);
}

static void test_dependent_columns(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double x[10] = {1.0, 2.0, 2.0, 4.0, 3.0, 6.0, 4.0, 8.0, 7.0, 14.0};
    static const double y[5] = {1.0, 2.0, 5.0, 3.0, 1.0};
    double estimate[3], error[3], robust[3], fitted[5];
    okrug_least_squares_results r = {.estimate = estimate, .error = error, .robust = robust, .fitted = fitted};
    assert_int_equal(okrug_least_squares(ctx, 5, 2, x, y, &r), OKRUG_NO_SOLUTION);
    okrug_ctx_free(ctx);
}

static void test_speed(void **state) {
    (void)state;
    double speed = okrug_convergence_speed(-.008070533, 1.0);
    assert_near(speed / .008103276, 1.0, 1e-7);
    assert_near(okrug_convergence_half_life(speed), 85.53913, 1e-7);
    assert_nan(okrug_convergence_speed(-.1, 10.0));
    assert_nan(okrug_convergence_half_life(0.0));
    assert_nan(okrug_convergence_half_life(okrug_convergence_speed(.01, 5.0)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_dependent_columns),
        cmocka_unit_test(test_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
