/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Multipliers and linkages of the two industries of Miller and Blair's table 2.3, and economies without an answer.
 */
#include <okrug/inputoutput.h>

#include "matrices.h"

static const double z[4] = {150.0, 500.0, 200.0, 100.0}, x[2] = {1000.0, 2000.0};
static const double ones[2] = {1.0, 1.0};

static void test_coefficients(void **state) {
    (void)state;
    static const double a[4] = {.15, .25, .2, .05}, b[4] = {.15, .5, .1, .05};
    double out[4];
    okrug_technical_coefficients(2, z, x, out);
    assert_all_near(4, out, a, 1e-16);
    okrug_allocation_coefficients(2, z, x, out);
    assert_all_near(4, out, b, 1e-16);
}

static void test_inverse_and_multipliers(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double expected[4] = {1.25412541, .33003300, .26402640, 1.12211221};
    static const double output[2] = {1.518152, 1.452145};
    double a[4], l[4], m[2];
    okrug_technical_coefficients(2, z, x, a);
    assert_ok(okrug_leontief_inverse(ctx, 2, a, l));
    assert_all_near(4, l, expected, 5e-9);
    assert_ok(okrug_multipliers(ctx, 2, a, 1, ones, m));
    assert_all_near(2, m, output, 5e-7);
    assert_ok(okrug_multipliers(ctx, 2, a, 0, ones, m));
    okrug_ctx_free(ctx);
}

static void test_closed_by_households(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double a[4] = {.15, .25, .2, .05}, h[2] = {.3, .25}, k[2] = {.05, .4};
    static const double first[4] = {1.0, 0.0, .3, .25}; /* output of the first industry; income */
    const okrug_households households = {.income = h, .consumption = k, .own = .05};
    double m[4], closed[4];
    assert_ok(okrug_multipliers(ctx, 2, a, 2, first, m));
    okrug_close_multipliers(2, 2, &households, m, m + 2, closed);
    static const double row_1[2] = {1.36508612, .42526047}, row_3[2] = {.56984903, .48904954};
    assert_all_near(2, closed, row_1, 5e-9);
    /* The household row of the closed inverse counts their own pay too; without it, (1 - h_hh) of it is left. */
    assert_near(closed[2], row_3[0] * .95, 5e-9);
    assert_near(closed[3], row_3[1] * .95, 5e-9);
    okrug_ctx_free(ctx);
}

static void test_households_that_cannot_be_closed(void **state) {
    (void)state;
    static const double h[2] = {.5, .5}, k[2] = {1.0, 1.0}, m[2] = {1.0, 2.0};
    const okrug_households households = {.income = h, .consumption = k, .own = 0.0};
    double closed[2];
    okrug_close_multipliers(2, 1, &households, m, h, closed); /* 1 - h k = 0 */
    assert_nan(closed[0]);
    assert_nan(closed[1]);
}

static void test_linkages(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double out[5][2];
    const okrug_linkage_results results = {.backward = out[0],
                                           .forward = out[1],
                                           .extraction_total = out[2],
                                           .extraction_backward = out[3],
                                           .upstreamness = out[4]};
    static const double backward[2] = {1.022222, .977778}, forward[2] = {1.208333, .791667};
    static const double total[2] = {1210.526, 2588.235}, column[2] = {413.158, 805.882};
    static const double upstreamness[2] = {1.914191, 1.254125};
    assert_ok(okrug_linkages(ctx, 2, z, x, NULL, NULL, &results));
    assert_all_near(2, out[0], backward, 5e-7);
    assert_all_near(2, out[1], forward, 5e-7);
    assert_all_near(2, out[2], total, 5e-7);
    assert_all_near(2, out[3], column, 2e-6);
    assert_all_near(2, out[4], upstreamness, 5e-7);
    okrug_ctx_free(ctx);
}

static void test_upstreamness_of_an_open_economy(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double exports[2] = {100.0, 0.0}, imports[2] = {0.0, 50.0}, inventory[2] = {-20.0, 10.0};
    const okrug_open_economy trade = {.exports = exports, .imports = imports, .inventory = inventory};
    double u[2];
    assert_ok(okrug_upstreamness(ctx, 2, z, x, &trade, u));
    /* u = 1 + D u */
    assert_near(u[0], 1.0 + (150.0 * u[0] + 500.0 * u[1]) / 920.0, 1e-14);
    assert_near(u[1], 1.0 + (200.0 * u[0] + 100.0 * u[1]) / 2040.0, 1e-14);
    const okrug_open_economy all_sold = {.exports = x};
    assert_ok(okrug_upstreamness(ctx, 2, z, x, &all_sold, u));
    assert_nan(u[0]);
    assert_nan(u[1]);
    okrug_ctx_free(ctx);
}

static void test_industry_without_output(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double some[9] = {10.0, 0.0, 20.0, 0.0, 0.0, 0.0, 5.0, 0.0, 10.0}, output[3] = {100.0, 0.0, 50.0};
    double a[9], l[9], out[5][3];
    okrug_technical_coefficients(3, some, output, a);
    for (int i = 0; i < 3; i++) {
        assert_same_double(a[i * 3 + 1], 0.0);
    }
    assert_ok(okrug_leontief_inverse(ctx, 3, a, l));
    assert_near(l[4], 1.0, 0.0);
    const okrug_linkage_results results = {.backward = out[0],
                                           .forward = out[1],
                                           .extraction_total = out[2],
                                           .extraction_backward = out[3],
                                           .upstreamness = out[4]};
    assert_ok(okrug_linkages(ctx, 3, some, output, NULL, NULL, &results));
    assert_near(out[2][1], 0.0, 0.0);
    assert_nan(out[4][1]);
    assert_true(out[4][0] > 1.0);
    okrug_ctx_free(ctx);
}

static void expect_refusal(const double *a, const char *code, double radius) {
    okrug_ctx *ctx = testing_context(1);
    double l[4];
    assert_int_equal(okrug_leontief_inverse(ctx, 2, a, l), OKRUG_NO_SOLUTION);
    assert_int_equal(okrug_messages(ctx), 1);
    assert_string_equal(okrug_message_at(ctx, 0)->code, code);
    assert_int_equal(okrug_message_at(ctx, 0)->arguments, 1);
    if (radius > 0.0) {
        assert_near(strtod(okrug_message_at(ctx, 0)->value[0], NULL), radius, 1e-12);
    }
    assert_int_equal(okrug_multipliers(ctx, 2, a, 1, ones, l), OKRUG_NO_SOLUTION);
    okrug_ctx_free(ctx);
}

static void test_economies_without_an_answer(void **state) {
    (void)state;
    static const double singular[4] = {.5, .5, .5, .5};      /* every rouble comes back */
    static const double greedy[4] = {.9, .5, .5, .9};        /* largest eigenvalue 1.4 */
    static const double one_greedy[4] = {2.0, 0.0, 0.0, .1}; /* L has a negative entry on the diagonal only */
    static const double hidden[4] = {1e6, 0.0, 0.0, .1};     /* a small one at that */
    static const double negative[4] = {-1.5, 0.0, 0.0, .1};  /* L > 0, but the rounds grow */
    expect_refusal(singular, "matrix-singular", 0.0);
    expect_refusal(greedy, "economy-not-viable", 1.4);
    expect_refusal(one_greedy, "economy-not-viable", 2.0);
    expect_refusal(hidden, "economy-not-viable", 1e6);
    expect_refusal(negative, "economy-not-viable", 1.5);
}

static void test_negative_coefficients_within_reason(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double a[4] = {.2, -.05, .3, .1};
    double l[4];
    assert_ok(okrug_leontief_inverse(ctx, 2, a, l));
    assert_near(l[0], .9 / (.8 * .9 + .05 * .3), 1e-15);
    assert_true(l[1] < 0.0);
    static const double steep[4] = {0.0, -.1, 3.0, 0.0}; /* a column above 1, eigenvalues +-i sqrt .3 */
    assert_ok(okrug_leontief_inverse(ctx, 2, steep, l));
    assert_near(l[0], 1.0 / 1.3, 1e-15);
    okrug_ctx_free(ctx);
}

static void test_nobody_delivers(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double none[4] = {0.0, 0.0, 0.0, 0.0}, identity[4] = {1.0, 0.0, 0.0, 1.0};
    double l[4];
    assert_ok(okrug_leontief_inverse(ctx, 2, none, l));
    assert_all_near(4, l, identity, 0.0);
    assert_ok(okrug_leontief_inverse(ctx, 0, none, l));
    okrug_ctx_free(ctx);
}

static void test_viability_is_a_question(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double lives[4] = {.45, .45, .45, .45}, starves[4] = {.55, .55, .55, .55};
    /* A column above 1, and yet the largest eigenvalue is sqrt(.6): sums alone do not decide. */
    static const double lopsided[4] = {0.0, 2.0, .3, 0.0};
    bool viable = false;
    assert_ok(okrug_is_viable(ctx, 2, lives, &viable));
    assert_true(viable);
    assert_ok(okrug_is_viable(ctx, 2, starves, &viable));
    assert_false(viable);
    assert_ok(okrug_is_viable(ctx, 2, lopsided, &viable));
    assert_true(viable);
    assert_int_equal(okrug_messages(ctx), 0);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_viability_is_a_question),
        cmocka_unit_test(test_coefficients),
        cmocka_unit_test(test_inverse_and_multipliers),
        cmocka_unit_test(test_closed_by_households),
        cmocka_unit_test(test_households_that_cannot_be_closed),
        cmocka_unit_test(test_linkages),
        cmocka_unit_test(test_upstreamness_of_an_open_economy),
        cmocka_unit_test(test_industry_without_output),
        cmocka_unit_test(test_economies_without_an_answer),
        cmocka_unit_test(test_negative_coefficients_within_reason),
        cmocka_unit_test(test_nobody_delivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
