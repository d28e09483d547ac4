/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chains that were worked out by hand, and chains without an answer.
 */
#include <okrug/distributions.h>
#include <okrug/transitions.h>

#include "matrices.h"

enum { MOST = 5 };
static double probability[MOST * MOST], steady[MOST], passage[MOST * MOST];

static okrug_markov_results chain_of(int64_t k, const int64_t *count) {
    okrug_ctx *ctx = testing_context(1);
    okrug_markov_results r = {.probability = probability, .steady = steady, .passage = passage};
    assert_ok(okrug_markov(ctx, k, count, &r));
    okrug_ctx_free(ctx);
    return r;
}

static void test_three_classes(void **state) {
    (void)state;
    static const int64_t count[9] = {9, 1, 0, 1, 8, 1, 0, 2, 8};
    static const double shares[3] = {.4, .4, .2};
    okrug_markov_results r = chain_of(3, count);
    assert_all_near(3, steady, shares, 1e-15);
    assert_near(r.mobility, .25, 1e-15);
    assert_near(r.half_life, 4.6605, 5e-5);
    assert_int_equal(r.closed, 1);
    assert_near(passage[0], 2.5, 1e-13);  /* 1 / .4 */
    assert_near(passage[1], 10.0, 1e-13); /* only from 1 to 2, with .1 */
    assert_near(passage[2], 30.0, 1e-12); /* 10, then 2 -> 3: m = 1 + .1 (10 + m) + .8 m */
    assert_near(passage[6], 20.0, 1e-12); /* 5 from 3 to 2, then m = 1 + .8 m + .1 (5 + m) */
}

/* Class 2 is left by nobody and nobody comes: it has no row and is not part of the chain. */
static void test_class_that_is_not_there(void **state) {
    (void)state;
    static const int64_t count[9] = {3, 0, 1, 0, 0, 0, 2, 0, 2};
    okrug_markov_results r = chain_of(3, count);
    for (int j = 0; j < 3; j++) {
        assert_nan(probability[3 + j]);
        assert_nan(passage[3 + j]);
        assert_nan(passage[3 * j + 1]);
    }
    assert_nan(steady[1]);
    assert_near(steady[0], 2.0 / 3.0, 1e-15);
    assert_near(steady[2], 1.0 / 3.0, 1e-15);
    assert_near(r.mobility, .75, 1e-15);
    assert_near(r.second, .25, 1e-12);
}

static void test_no_steady_state(void **state) {
    (void)state;
    static const int64_t apart[16] = {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1};
    okrug_markov_results r = chain_of(4, apart);
    assert_int_equal(r.closed, 2);
    assert_nan(steady[0]);
    assert_nan(r.second);
    assert_nan(r.half_life);
    assert_near(r.mobility, 2.0 / 3.0, 1e-15);
    assert_near(passage[1], 2.0, 1e-14);
    assert_nan(passage[2]);
    static const int64_t leak[4] = {1, 1, 0, 0};
    r = chain_of(2, leak);
    assert_nan(steady[0]);
    assert_near(passage[1], 2.0, 1e-15);
    assert_nan(passage[0]); /* half never come back */
    assert_nan(passage[3]);
    static const int64_t nothing[4] = {0, 0, 0, 0};
    r = chain_of(2, nothing);
    assert_int_equal(r.closed, 0);
    assert_nan(r.mobility);
}

/* Two classes that lead to a third for good: it has everything in the end. */
static void test_absorbing(void **state) {
    (void)state;
    static const int64_t count[9] = {1, 1, 0, 1, 1, 2, 0, 0, 7};
    static const double end[3] = {0.0, 0.0, 1.0};
    okrug_markov_results r = chain_of(3, count);
    assert_all_near(3, steady, end, 0.0);
    assert_nan(passage[0]);
    assert_near(passage[8], 1.0, 1e-15);
    assert_near(passage[5], 3.0, 1e-14); /* m2 = 1 + m1/4 + m2/4, m1 = 1 + m1/2 + m2/2 */
    assert_near(passage[2], 5.0, 1e-14);
    assert_int_equal(r.closed, 1);
}

/* To and fro for ever: the second eigenvalue is -1. */
static void test_periodic(void **state) {
    (void)state;
    static const int64_t count[4] = {0, 3, 5, 0};
    okrug_markov_results r = chain_of(2, count);
    assert_near(steady[0], .5, 1e-15);
    assert_near(r.second, 1.0, 1e-12);
    assert_nan(r.half_life);
    assert_near(r.mobility, 2.0, 1e-15);
}

static void test_quantiles(void **state) {
    (void)state;
    static const double x[6] = {1.0, 2.0, 4.0, 8.0, 16.0, 32.0};
    double bound[4];
    okrug_quantile_bounds(6, x, 5, bound);
    static const double fifths[4] = {2.0, 4.0, 8.0, 16.0};
    assert_all_near(4, bound, fifths, 1e-15);
    okrug_quantile_bounds(6, x, 2, bound);
    assert_near(bound[0], 6.0, 1e-15);
    okrug_quantile_bounds(1, x, 3, bound);
    assert_near(bound[1], 1.0, 0.0);
    assert_int_equal(okrug_class_of(2.0, 4, fifths), 0);
    assert_int_equal(okrug_class_of(2.1, 4, fifths), 1);
    assert_int_equal(okrug_class_of(99.0, 4, fifths), 4);
}

static void test_same_chain(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const int64_t equal[8] = {30, 10, 10, 30, 60, 20, 20, 60};
    okrug_markov_test test;
    assert_ok(okrug_markov_compare(ctx, 2, 2, equal, &test));
    assert_near(test.chi_squared, 0.0, 1e-13);
    assert_near(test.likelihood_ratio, 0.0, 1e-12);
    assert_int_equal(test.degrees, 2);
    assert_near(test.p_chi_squared, 1.0, 1e-12);
    /* A 2 x 2 table for row 1: Pearson's chi-squared of ((30, 10), (10, 30)) is 20; row 2 is empty in the second. */
    static const int64_t differ[8] = {30, 10, 5, 5, 10, 30, 0, 0};
    assert_ok(okrug_markov_compare(ctx, 2, 2, differ, &test));
    assert_near(test.chi_squared, 20.0, 1e-13);
    assert_near(test.likelihood_ratio, 2.0 * (60.0 * log(1.5) + 20.0 * log(.5)), 1e-12);
    assert_int_equal(test.degrees, 1);
    assert_int_equal(test.cells, 6);
    assert_int_equal(test.small, 0);
    assert_ok(okrug_markov_against(ctx, 2, differ, equal, &test));
    assert_near(test.chi_squared, 2.5 * 2.5 / 7.5 + 2.5 * 2.5 / 2.5, 1e-13); /* row 2 only: 10 expected as 2.5, 7.5 */
    assert_int_equal(test.degrees, 2);
    assert_int_equal(test.small, 1);
    okrug_ctx_free(ctx);
}

/* Values by scipy 1.10.1 (chi2.sf) and R 4.2.2 (qt). */
static void test_distributions(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_distributions_ready(ctx));
    okrug_ctx_free(ctx);
    assert_near(okrug_chi_squared_p(3.841458820694124, 1.0), .05, 1e-13);
    assert_near(okrug_chi_squared_p(200.62372763076812, 60.0) / 4.7162932407007986e-17, 1.0, 1e-11);
    assert_near(okrug_chi_squared_p(1500.0, 20.0) / 3.9825649431766797e-306, 1.0, 1e-10);
    assert_same_double(okrug_chi_squared_p(0.0, 3.0), 1.0);
    assert_same_double(okrug_chi_squared_p(1e308, 3.0), 0.0);
    assert_nan(okrug_chi_squared_p(1.0, 0.0));
    assert_nan(okrug_chi_squared_p(NAN, 1.0));
    assert_near(okrug_student_p(-2.2281388519862739, 10.0), .05, 1e-13);
    assert_near(okrug_student_p(0.0, 3.0), 1.0, 1e-15);
    assert_near(okrug_student_quantile(.95, 10.0), 2.2281388519862739, 1e-12);
    assert_nan(okrug_student_quantile(1.0, 10.0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_classes),   cmocka_unit_test(test_class_that_is_not_there),
        cmocka_unit_test(test_no_steady_state), cmocka_unit_test(test_absorbing),
        cmocka_unit_test(test_periodic),        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_same_chain),      cmocka_unit_test(test_distributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
