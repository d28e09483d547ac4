/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moments, patterns and the parts of a composite against values worked out by hand or by other programs.
 */
#include <okrug/indicators.h>

#include "matrices.h"

static void test_moments(void **state) {
    (void)state;
    static const double x[4] = {1.0, 2.0, 3.0, 10.0};
    okrug_moments s = okrug_moments_of(x, 4, 1);
    assert_near(s.mean, 4.0, 1e-15);
    assert_near(s.deviation, sqrt(12.5), 1e-15);
    assert_near(s.skewness, 1.7636326148038886, 1e-13); /* scipy 1.10.1: skew, kurtosis with bias=False */
    assert_near(s.kurtosis, 3.2280000000000015, 1e-13);
    static const double equal[3] = {.1, .1, .1};
    s = okrug_moments_of(equal, 3, 1);
    assert_same_double(s.deviation, 0.0);
    assert_same_double(s.mean, .1);
    assert_nan(s.skewness);
    s = okrug_moments_of(x, 2, 1);
    assert_nan(s.skewness);
    assert_nan(s.kurtosis);
}

static void test_ranks(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double x[5] = {3.0, 1.0, 3.0, 2.0, 3.0}, expected[5] = {4.0, 1.0, 4.0, 2.0, 4.0};
    double rank[5];
    assert_ok(okrug_ranks(ctx, x, 5, 1, rank));
    assert_all_near(5, rank, expected, 0.0);
    static const double score[4] = {.3, .1 + .2, .4, -1.0}, places[4] = {2.5, 2.5, 1.0, 4.0};
    assert_ok(okrug_places(ctx, 4, score, rank));
    assert_all_near(4, rank, places, 0.0);
    okrug_ctx_free(ctx);
}

static void test_pattern(void **state) {
    (void)state;
    static const double x[3] = {.1, .5, -.3}, y[4] = {1.0, 1.05, 1.1, 0.0};
    char code[7];
    okrug_pattern_code(x, 3, 0.0, code);
    assert_string_equal(code, "122");
    okrug_pattern_code(y, 4, .07, code);
    assert_string_equal(code, "012022"); /* 1 and 2, 2 and 3 are equal, 1 and 3 are not */
    okrug_pattern_code(x, 1, 0.0, code);
    assert_string_equal(code, "");
}

static void test_winsorise(void **state) {
    (void)state;
    double x[12] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 500.0};
    bool changed[12];
    assert_int_equal(okrug_winsorise(x, 12, 1, 2, changed), 1);
    assert_same_double(x[11], 11.0);
    assert_true(changed[11] && !changed[10]);
    double low[12] = {-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0, -8.0, -9.0, -10.0, -500.0, -500.0};
    assert_int_equal(okrug_winsorise(low, 12, 1, 1, changed), 0); /* two or none */
    assert_same_double(low[11], -500.0);
    double even[4] = {1.0, 2.0, 3.0, 10.0};
    assert_int_equal(okrug_winsorise(even, 4, 1, 4, changed), 0);
}

static void test_scales(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double x[3] = {2.0, 4.0, 12.0};
    static const double up[3] = {0.0, .2, 1.0}, down[3] = {1.0, .8, 0.0}, best_last[3] = {1.0, 2.0 / 3.0, 1.0 / 3.0};
    double y[3], lifted[3];
    assert_ok(okrug_normalise(ctx, OKRUG_MINMAX, true, x, 3, 1, y));
    assert_all_near(3, y, up, 1e-15);
    okrug_lift(OKRUG_MINMAX, .1, y, 3, lifted);
    assert_near(lifted[0], .1, 1e-15);
    assert_near(lifted[1], .28, 1e-15);
    assert_near(lifted[2], 1.0, 1e-15);
    assert_ok(okrug_normalise(ctx, OKRUG_MINMAX, false, x, 3, 1, y));
    assert_all_near(3, y, down, 1e-15);
    assert_ok(okrug_normalise(ctx, OKRUG_RANKED, false, x, 3, 1, y));
    assert_all_near(3, y, best_last, 1e-15);
    assert_ok(okrug_normalise(ctx, OKRUG_Z, true, x, 3, 1, y));
    assert_near(y[0], -4.0 / sqrt(56.0 / 3.0), 1e-15);
    okrug_lift(OKRUG_Z, .1, y, 3, lifted);
    assert_near(lifted[0], .1, 1e-15);
    assert_near(lifted[2] - lifted[0], y[2] - y[0], 1e-14);
    okrug_ctx_free(ctx);
}

static void test_aggregate(void **state) {
    (void)state;
    static const double y[4] = {.25, 1.0, .5, .5}, weight[2] = {.5, .5};
    double score[2];
    okrug_aggregate(2, 2, y, weight, false, score);
    assert_near(score[0], .625, 1e-15);
    okrug_aggregate(2, 2, y, weight, true, score);
    assert_near(score[0], .5, 1e-15);
    assert_near(score[1], .5, 1e-15);
}

/* Against R 4.2.2: eigen(cor(x)), values of at least 1, rowSums of values times squared vectors, summing to 1. */
static void test_principal_weights(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double x[24] = {0.22, -0.21, 0.38, -0.10, -0.54, -0.50, -0.05, -0.28, 0.89, 1.28, 0.03,  1.54,
                                 0.60, 1.01,  0.17, 0.17,  1.64,  1.48,  1.17,  1.31,  0.69, 0.56, -0.04, 1.29};
    static const double expected[4] = {0.3274518976823294, 0.2921715274319236, 0.1430733532590552, 0.2373032216266918};
    double weight[4];
    assert_ok(okrug_principal_weights(ctx, 6, 4, x, weight));
    assert_all_near(4, weight, expected, 1e-13);
    okrug_ctx_free(ctx);
}

static void test_benefit_of_the_doubt(void **state) {
    (void)state;
    static const double y[8] = {1.0, .2, .6, .9, .5, .5, .2, 1.0};
    static const double free_score[4] = {1.0, 1.0, .70512821, 1.0};
    double score[4], other[4];
    for (int threads = 1; threads <= 3; threads++) {
        okrug_ctx *ctx = testing_context(threads);
        assert_ok(okrug_benefit_of_the_doubt(ctx, 4, 2, y, 0.0, 1.0, score));
        assert_all_near(4, score, free_score, 5e-9);
        assert_near(score[2], 55.0 / 78.0, 1e-13);
        /* Shares of exactly one half: w = 1 / (2 y_o), so that a score is 1 / the most that anyone has with them. */
        assert_ok(okrug_benefit_of_the_doubt(ctx, 4, 2, y, .5, .5, other));
        assert_near(other[2], 1.0 / 1.5, 1e-13);
        assert_near(other[0], 1.0 / 2.6, 1e-13); /* region 4: .5 * .2 / 1 + .5 * 1 / .2 */
        okrug_ctx_free(ctx);
    }
}

/* Two choices of two and three levels over two regions; the first region's place follows choice 1, the other's nothing.
 */
static void test_place_shares(void **state) {
    (void)state;
    static const int64_t levels[2] = {2, 3};
    static const double place[12] = {1.0, 5.0, 1.0, 5.0, 1.0, 5.0, 2.0, 5.0, 2.0, 5.0, 2.0, 5.0};
    double alone[2], total[2];
    okrug_place_shares(2, 2, levels, place, alone, total);
    assert_near(alone[0], 1.0, 1e-15);
    assert_near(total[0], 1.0, 1e-15);
    assert_near(alone[1], 0.0, 1e-15);
    assert_near(total[1], 0.0, 1e-15);
    static const int64_t twos[2] = {2, 2};
    static const double together[4] = {1.0, 2.0, 2.0, 1.0}; /* only what both do together */
    okrug_place_shares(1, 2, twos, together, alone, total);
    assert_near(alone[0], 0.0, 1e-15);
    assert_near(total[0], 1.0, 1e-15);
    assert_near(total[1], 1.0, 1e-15);
    static const double still[4] = {3.0, 3.0, 3.0, 3.0};
    okrug_place_shares(1, 2, twos, still, alone, total);
    assert_nan(alone[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_pattern),
        cmocka_unit_test(test_winsorise),
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_aggregate),
        cmocka_unit_test(test_principal_weights),
        cmocka_unit_test(test_benefit_of_the_doubt),
        cmocka_unit_test(test_place_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
