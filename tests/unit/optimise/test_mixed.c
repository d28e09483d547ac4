/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mixed programmes by hand: whole numbers, two-sided rows, no solution, a limit of nodes, cancelling.
 */
#include <math.h>
#include <okrug/optimise.h>

#include "matrices.h"

static void test_cover(void **state) {
    (void)state;
    static const int64_t ptr[2] = {0, 3};
    static const int32_t col[3] = {0, 1, 2};
    static const double val[3] = {2.0, 3.0, 1.0}, cost[3] = {5.0, 4.0, 3.0}, upper[3] = {1.0, 1.0, 1.0};
    static const uint8_t whole[3] = {1, 1, 1};
    const double least[1] = {4.0}, most[1] = {NAN};
    double x[3];
    okrug_mixed_end end;
    okrug_ctx *ctx = testing_context(1);
    const okrug_mixed_programme p = {3, {1, 3, ptr, col, val}, least, most, cost, upper, whole};
    assert_ok(okrug_mixed_least(ctx, &p, 1000, x, &end));
    assert_near(end.cost, 7.0, 1e-12);
    assert_near(end.bound, 7.0, 1e-12);
    assert_true(end.optimal);
    assert_near(x[0], 0.0, 0.0);
    assert_near(x[1], 1.0, 0.0);
    assert_near(x[2], 1.0, 0.0);
    okrug_ctx_free(ctx);
}

/* A fixed charge: whoever uses any of t pays for y; t <= y, 10 t >= 3, or the other that costs 4. */
static void test_fixed_charge(void **state) {
    (void)state;
    static const int64_t ptr[3] = {0, 2, 4};
    static const int32_t col[4] = {0, 1, 0, 2};
    static const double val[4] = {1.0, -1.0, 10.0, 3.0}, cost[3] = {1.0, 2.0, 4.0}, upper[3] = {1.0, 1.0, 1.0};
    static const uint8_t whole[3] = {0, 1, 1};
    const double least[2] = {NAN, 3.0}, most[2] = {0.0, NAN};
    double x[3];
    okrug_mixed_end end;
    okrug_ctx *ctx = testing_context(1);
    const okrug_mixed_programme p = {3, {2, 4, ptr, col, val}, least, most, cost, upper, whole};
    assert_ok(okrug_mixed_least(ctx, &p, 1000, x, &end));
    assert_near(end.cost, 2.3, 1e-9);
    assert_near(x[0], .3, 1e-9);
    assert_near(x[1], 1.0, 0.0);
    okrug_ctx_free(ctx);
}

/* 2 (a + b + c) = 3 has no whole solution, though one in fractions. */
static void test_no_solution(void **state) {
    (void)state;
    static const int64_t ptr[2] = {0, 3};
    static const int32_t col[3] = {0, 1, 2};
    static const double val[3] = {2.0, 2.0, 2.0}, one[3] = {1.0, 1.0, 1.0}, three[1] = {3.0};
    static const uint8_t whole[3] = {1, 1, 1};
    double x[3];
    okrug_mixed_end end;
    okrug_ctx *ctx = testing_context(1);
    const okrug_mixed_programme p = {3, {1, 3, ptr, col, val}, three, three, one, one, whole};
    assert_int_equal(okrug_mixed_least(ctx, &p, 1000, x, &end), OKRUG_NO_SOLUTION);
    okrug_ctx_free(ctx);
}

/* Market split: hard for branch and bound at any size. */
enum { ITEMS = 30, SPLITS = 4 };

static okrug_status split(okrug_ctx *ctx, int64_t nodes, okrug_mixed_end *end) {
    static int64_t ptr[SPLITS + 1];
    static int32_t col[SPLITS * (ITEMS + 2)];
    static double val[SPLITS * (ITEMS + 2)], cost[ITEMS + 2 * SPLITS], upper[ITEMS + 2 * SPLITS], need[SPLITS];
    static uint8_t whole[ITEMS + 2 * SPLITS];
    double x[ITEMS + 2 * SPLITS];
    int64_t at = 0;
    for (int j = 0; j < ITEMS + 2 * SPLITS; j++) {
        whole[j] = j < ITEMS;
        cost[j] = j < ITEMS ? 0.0 : 1.0;
        upper[j] = j < ITEMS ? 1.0 : 10000.0;
    }
    for (int i = 0; i < SPLITS; i++) {
        double sum = 0.0;
        for (int j = 0; j < ITEMS; j++, at++) {
            double u[2];
            okrug_random_uniform((okrug_random_key){.seed = 7, .unit = (uint64_t)i, .draw = (uint32_t)j}, u);
            col[at] = j;
            val[at] = floor(u[0] * 100.0);
            sum += val[at];
        }
        for (int side = 0; side < 2; side++, at++) {
            col[at] = ITEMS + 2 * i + side;
            val[at] = side == 0 ? 1.0 : -1.0;
        }
        need[i] = floor(sum / 2.0);
        ptr[i + 1] = at;
    }
    const okrug_mixed_programme p = {ITEMS + 2 * SPLITS, {SPLITS, at, ptr, col, val}, need, need, cost, upper, whole};
    return okrug_mixed_least(ctx, &p, nodes, x, end);
}

static void test_nodes(void **state) {
    (void)state;
    okrug_mixed_end end;
    okrug_ctx *ctx = testing_context(1);
    assert_ok(split(ctx, 2000, &end));
    assert_false(end.optimal);
    assert_true(end.bound < end.cost);
    assert_true(end.nodes > 2000 && end.nodes < 2100);
    okrug_ctx_free(ctx);
}

static void test_cancel(void **state) {
    (void)state;
    atomic_bool cancel = true;
    okrug_mixed_end end;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1, .cancel = &cancel});
    assert_non_null(ctx);
    assert_int_equal(split(ctx, 1000000, &end), OKRUG_CANCELLED);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cover), cmocka_unit_test(test_fixed_charge), cmocka_unit_test(test_no_solution),
        cmocka_unit_test(test_nodes), cmocka_unit_test(test_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
