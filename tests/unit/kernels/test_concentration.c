/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Location quotients and indices against published values, and where they have none.
 */
#include <okrug/concentration.h>

#include "matrices.h"

static void test_quotient_of_given_totals(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    const double value = 1714.0, region = 79006.0, industry = 879213.0;
    const okrug_lq_reference nation = {.region_total = &region, .industry_total = &industry, .total = 15593224.0};
    double lq, lo, hi, z = okrug_normal_quantile(.95);
    assert_ok(okrug_location_quotients(ctx, 1, 1, &value, &nation, &lq));
    assert_near(lq, .3847623, 5e-8);
    assert_ok(okrug_lq_intervals(ctx, 1, 1, &value, &nation, &lq, z, &lo, &hi));
    assert_near(lo, .36714, 5e-6);
    assert_near(hi, .40323, 5e-6);

    /* The same reference by its share: the same quotient, a narrower interval. */
    const double share = industry / 15593224.0;
    const okrug_lq_reference shares = {.region_total = &region, .share = &share};
    double again, lo_known, hi_known;
    assert_ok(okrug_location_quotients(ctx, 1, 1, &value, &shares, &again));
    assert_near(again, lq, 1e-15);
    assert_ok(okrug_lq_intervals(ctx, 1, 1, &value, &shares, &lq, z, &lo_known, &hi_known));
    assert_true(lo_known > lo && hi_known < hi);
    assert_near(log(hi_known / lq), z * sqrt(1.0 / 1714.0 - 1.0 / 79006.0), 1e-12);
    okrug_ctx_free(ctx);
}

static void test_totals_make_the_same_quotients(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double value[6] = {10.0, 30.0, 7.0, 5.0, 0.1, 0.0};
    static const double region[2] = {60.0, 9.0}, industry[3] = {40.0, 50.0, 0.0}, share[3] = {0.25, 0.0, 0.5};
    const okrug_lq_reference references[] = {
        {NULL, NULL, 0.0, NULL}, {region, NULL, 0.0, NULL}, {region, industry, 120.0, NULL}, {NULL, NULL, 0.0, share}};
    for (int k = 0; k < 4; k++) {
        double lq[6], of_region[2], of_industry[3];
        assert_ok(okrug_location_quotients(ctx, 2, 3, value, &references[k], lq));
        assert_ok(okrug_lq_totals(ctx, 2, 3, value, &references[k], of_region, of_industry));
        for (int cell = 0; cell < 6; cell++) {
            double own = okrug_location_quotient(value[cell], of_region[cell / 3], of_industry[cell % 3]);
            assert_memory_equal(&own, &lq[cell], sizeof own);
        }
    }
    assert_true(isnan(okrug_location_quotient(1.0, 0.0, 0.5)) && isnan(okrug_location_quotient(1.0, 2.0, 0.0)));
    assert_near(okrug_location_quotient(1.0, 2.0, 0.25), 2.0, 0.0);
    okrug_ctx_free(ctx);
}

static void test_quotients_without_value(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    /* The second region and the third industry have nothing. */
    static const double value[9] = {10.0, 30.0, 0.0, 0.0, 0.0, 0.0, 20.0, 0.0, 0.0};
    double lq[9], lo[9], hi[9];
    assert_ok(okrug_location_quotients(ctx, 3, 3, value, NULL, lq));
    assert_near(lq[0], .5, 1e-15);
    assert_near(lq[1], 1.5, 1e-15);
    assert_near(lq[6], 2.0, 1e-15);
    assert_same_double(lq[7], 0.0);
    static const int none[] = {2, 3, 4, 5, 8};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_nan(lq[none[i]]);
    }
    assert_ok(okrug_lq_intervals(ctx, 3, 3, value, NULL, lq, 1.96, lo, hi));
    assert_nan(lo[7]); /* 1/0 */
    assert_nan(hi[7]);
    assert_nan(lo[2]);
    assert_true(lo[0] < lq[0] && lq[0] < hi[0]);
    okrug_ctx_free(ctx);
}

static void test_a_part_above_its_total_has_no_interval(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    const double value = 100.0, region = 50.0, share = .1;
    const okrug_lq_reference reference = {.region_total = &region, .share = &share};
    double lq, lo, hi;
    assert_ok(okrug_location_quotients(ctx, 1, 1, &value, &reference, &lq));
    assert_ok(okrug_lq_intervals(ctx, 1, 1, &value, &reference, &lq, 1.96, &lo, &hi));
    assert_near(lq, 20.0, 1e-14);
    assert_nan(lo);
    assert_nan(hi);
    okrug_ctx_free(ctx);
}

static void test_normal_quantiles(void **state) {
    (void)state;
    /* Abramowitz and Stegun, table 26.5. */
    assert_near(okrug_normal_quantile(.5), .674489750196082, 1e-14);
    assert_near(okrug_normal_quantile(.9), 1.644853626951473, 1e-14);
    assert_near(okrug_normal_quantile(.95), 1.959963984540054, 1e-14);
    assert_near(okrug_normal_quantile(.99), 2.575829303548901, 1e-14);
    assert_near(okrug_normal_quantile(1e-12), 1.2533141373155e-12, 1e-25);
    assert_nan(okrug_normal_quantile(0.0));
    assert_nan(okrug_normal_quantile(1.0));
    assert_nan(okrug_normal_quantile((double)NAN));
}

static void test_z_of_quotients(void **state) {
    (void)state;
    /* Columns: plain; equal; one quotient only; with a zero. */
    const double lq[12] = {1.0, .1, (double)NAN, 0.0, 2.0, .1, (double)NAN, 1.0, 3.0, .1, 5.0, exp(1.0)};
    double z[12];
    okrug_lq_z(3, 4, lq, z);
    assert_near(z[0], -1.0, 1e-15);
    assert_near(z[4], 0.0, 1e-15);
    assert_near(z[8], 1.0, 1e-15);
    for (int r = 0; r < 3; r++) {
        assert_nan(z[r * 4 + 1]);
        assert_nan(z[r * 4 + 2]);
    }
    assert_true(z[3] < 0.0);
    int64_t zeros[4];
    okrug_lq_z_log(3, 4, lq, z, zeros);
    static const int64_t expected[4] = {0, 0, 0, 1};
    assert_memory_equal(zeros, expected, sizeof zeros);
    assert_nan(z[3]);
    assert_near(z[7], -sqrt(.5), 1e-15); /* ln: 0 and 1 */
    assert_near(z[11], sqrt(.5), 1e-15);
}

static void test_herfindahl(void **state) {
    (void)state;
    static const double x[4] = {20.0, 50.0, 20.0, 10.0}, nothing[2] = {0.0, 0.0};
    double h = okrug_herfindahl(4, x);
    assert_near(h, .34, 1e-15);
    assert_near(okrug_herfindahl_normalised(4, h), .12, 1e-15);
    assert_near(1.0 / h, 2.94, 5e-3);
    assert_nan(okrug_herfindahl(2, nothing));
    assert_near(okrug_herfindahl(1, x), 1.0, 0.0);
    assert_nan(okrug_herfindahl_normalised(1, 1.0));
}

static void test_krugman(void **state) {
    (void)state;
    /* Sweden against the mean shares of Norway, Denmark, Finland, Iceland (REAT). */
    static const double sweden[5] = {45.0, 15.0, 32.0, 10.0, 30.0};
    static const double others[4][5] = {{35.0, 12.0, 30.0, 8.0, 22.0},
                                        {40.0, 10.0, 25.0, 9.0, 18.0},
                                        {30.0, 11.0, 18.0, 3.0, 13.0},
                                        {40.0, 6.0, 11.0, 2.0, 12.0}};
    double mean[5] = {0};
    for (int c = 0; c < 4; c++) {
        double total = 0.0;
        for (int i = 0; i < 5; i++) {
            total += others[c][i];
        }
        for (int i = 0; i < 5; i++) {
            mean[i] += others[c][i] / total / 4.0;
        }
    }
    assert_near(okrug_krugman(5, sweden, mean), .1595018, 5e-8);
    static const double a[2] = {3.0, 0.0}, b[2] = {0.0, .1}, nothing[2] = {0.0, 0.0};
    assert_near(okrug_krugman(2, a, b), 2.0, 0.0);
    assert_near(okrug_krugman(2, a, a), 0.0, 0.0);
    assert_nan(okrug_krugman(2, a, nothing));
}

static void test_theil(void **state) {
    (void)state;
    static const double x[5] = {10.0, 10.0, 10.0, 20.0, 50.0}, equal[5] = {1.0, 1.0, 1.0, 1.0, 1.0};
    assert_near(okrug_theil(5, x, NULL), .2502012, 5e-8);
    assert_near(okrug_theil(5, x, equal), okrug_theil(5, x, NULL), 1e-15);
    static const double a[2] = {1.0, 0.0}, b[2] = {.5, .5}, c[2] = {0.0, 1.0};
    assert_near(okrug_theil(2, a, b), log(2.0), 1e-15); /* 0 ln 0 = 0 */
    assert_nan(okrug_theil(2, a, c));                   /* 1 ln (1/0) */
}

static double gini(int64_t n, const double *x, const double *p) {
    okrug_ctx *ctx = testing_context(1);
    double value;
    assert_ok(okrug_locational_gini(ctx, n, x, p, &value));
    okrug_ctx_free(ctx);
    return value;
}

static void test_gini(void **state) {
    (void)state;
    static const double x[5] = {500.0, 500.0, 1000.0, 7000.0, 1000.0};
    static const double p[5] = {20000.0, 15000.0, 20000.0, 40000.0, 5000.0};
    assert_near(gini(5, x, p), .4068966, 5e-8);
    static const double y[5] = {700.0, 600.0, 500.0, 10000.0, 40000.0};
    static const double q[5] = {30000.0, 15000.0, 10000.0, 60000.0, 50000.0};
    assert_near(gini(5, y, q), .6222222, 5e-8);
    assert_near(gini(5, p, p), 0.0, 1e-15);
    /* A place with nothing of either is as if it were not there; one that only p lacks has no ratio. */
    static const double x0[4] = {1.0, 2.0, 0.0, 5.0}, p0[4] = {2.0, 1.0, 0.0, 3.0};
    static const double x1[3] = {1.0, 2.0, 5.0}, p1[3] = {2.0, 1.0, 3.0};
    assert_same_double(gini(4, x0, p0), gini(3, x1, p1));
    static const double with[2] = {1.0, 1.0}, without[2] = {1.0, 0.0}, nothing[2] = {0.0, 0.0};
    assert_nan(gini(2, with, without));
    assert_nan(gini(2, nothing, with));
}

static void test_nearest(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    /* 0 and 3 are alike, 1 has nothing, 2 differs, 4 is between. */
    static const double value[10] = {1.0, 1.0, 0.0, 0.0, 8.0, 0.0, 5.0, 5.0, 3.0, 1.0};
    int64_t neighbour[20];
    double distance[20];
    assert_ok(okrug_krugman_nearest(ctx, 5, 2, value, 4, neighbour, distance));
    static const int64_t of_0[4] = {3, 4, 2, -1};
    assert_memory_equal(neighbour, of_0, sizeof of_0);
    assert_near(distance[0], 0.0, 0.0);
    assert_near(distance[1], .5, 1e-15);
    assert_near(distance[2], 1.0, 1e-15);
    assert_nan(distance[3]);
    for (int i = 4; i < 8; i++) {
        assert_int_equal(neighbour[i], -1);
    }
    /* Both 0 and 3 are at 1 from 2, the nearer 4 at .5: equal ones by number. */
    static const int64_t of_2[3] = {4, 0, 3};
    assert_memory_equal(neighbour + 8, of_2, sizeof of_2);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotient_of_given_totals),
        cmocka_unit_test(test_totals_make_the_same_quotients),
        cmocka_unit_test(test_quotients_without_value),
        cmocka_unit_test(test_a_part_above_its_total_has_no_interval),
        cmocka_unit_test(test_normal_quantiles),
        cmocka_unit_test(test_z_of_quotients),
        cmocka_unit_test(test_herfindahl),
        cmocka_unit_test(test_krugman),
        cmocka_unit_test(test_theil),
        cmocka_unit_test(test_gini),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
