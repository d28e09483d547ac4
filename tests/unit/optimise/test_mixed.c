/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programmes with whole numbers that were solved by hand, and what has no answer.
 */
#include <okrug/optimise.h>

#include "matrices.h"

static const double INF = (double)INFINITY;

/* 5 x + 4 y with 6 x + 4 y <= 24 and x + 2 y <= 6. */
static okrug_status two(bool whole, double most, double *x, okrug_mixed_result *result) {
    static const int64_t ptr[3] = {0, 2, 4};
    static const int32_t col[4] = {0, 1, 0, 1};
    static const double val[4] = {6.0, 4.0, 1.0, 2.0}, gain[2] = {5.0, 4.0}, limit[2] = {24.0, 6.0}, zero[2] = {0};
    const double none[2] = {-INF, -INF}, upper[2] = {most, INF};
    const bool kind[2] = {whole, whole};
    const okrug_mixed_programme p = {2, {2, 4, ptr, col, val}, none, limit, zero, upper, gain, kind};
    return okrug_mixed_most(&p, 1000, x, result);
}

static void test_two(void **state) {
    (void)state;
    double x[2];
    okrug_mixed_result result;
    assert_ok(two(false, INF, x, &result));
    assert_near(result.value, 21.0, 1e-12);
    assert_near(x[1], 1.5, 1e-12);
    assert_ok(two(true, INF, x, &result));
    assert_near(result.value, 20.0, 1e-12);
    assert_same_double(x[0], 4.0);
    assert_same_double(x[1], 0.0);
    assert_true(result.proven);
    assert_same_double(result.bound, result.value);
    assert_ok(two(true, 3.0, x, &result)); /* (3, 1): 19 */
    assert_near(result.value, 19.0, 1e-12);
}

/* Between 1 / 3 and 2 / 3 there is no whole number. */
static void test_no_solution(void **state) {
    (void)state;
    static const int64_t ptr[2] = {0, 1};
    static const int32_t col[1] = {0};
    static const double val[1] = {3.0}, one[1] = {1.0}, two_[1] = {2.0}, zero[1] = {0.0}, ten[1] = {10.0};
    static const bool whole[1] = {true}, not_whole[1] = {false};
    double x[1];
    okrug_mixed_result result;
    okrug_mixed_programme p = {1, {1, 1, ptr, col, val}, one, two_, zero, ten, one, whole};
    assert_int_equal(okrug_mixed_most(&p, 1000, x, &result), OKRUG_NO_SOLUTION);
    p.whole = not_whole;
    assert_ok(okrug_mixed_most(&p, 1000, x, &result));
    assert_near(x[0], 2.0 / 3.0, 1e-12);
}

/* Two of equal size into one place and a half: the relaxation takes halves. */
static void test_too_few_nodes(void **state) {
    (void)state;
    enum { N = 12 };
    int64_t ptr[2] = {0, N};
    int32_t col[N];
    double val[N], gain[N], most[N], zero[N] = {0}, x[N];
    bool whole[N];
    const double none[1] = {-INF}, limit[1] = {7.0};
    for (int j = 0; j < N; j++) {
        col[j] = j;
        val[j] = 2.0;
        gain[j] = 1.0 + j / 100.0;
        most[j] = 1.0;
        whole[j] = true;
    }
    okrug_mixed_result result;
    const okrug_mixed_programme p = {N, {1, N, ptr, col, val}, none, limit, zero, most, gain, whole};
    okrug_status status = okrug_mixed_most(&p, 1, x, &result);
    assert_true(status == OKRUG_NOT_CONVERGED || (status == OKRUG_OK && !result.proven));
    assert_ok(okrug_mixed_most(&p, 100000, x, &result));
    assert_near(result.value, 3.0 + .11 + .10 + .09, 1e-12);
    assert_true(result.proven);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two),
        cmocka_unit_test(test_no_solution),
        cmocka_unit_test(test_too_few_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
