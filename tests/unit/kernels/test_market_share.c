/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant-market-share analysis by hand, and where a market had nothing.
 */
#include <okrug/market_share.h>

#include "matrices.h"

enum { K = 2, J = 2, CELLS = K * J };

typedef struct {
    double world[CELLS], commodity[CELLS], market[CELLS], competitiveness[CELLS], unsplit[CELLS], growth[K];
    okrug_market_results r;
} parts;

static void run(const double *x0, const double *x1, const double *v0, const double *v1, parts *p) {
    okrug_ctx *ctx = testing_context(1);
    p->r = (okrug_market_results){p->world, p->commodity, p->market, p->competitiveness, p->unsplit, p->growth, 0.0};
    const okrug_market_input in = {K, J, x0, x1, v0, v1};
    assert_ok(okrug_market_share(ctx, &in, &p->r));
    okrug_ctx_free(ctx);
}

/* Markets 100, 100 | 100, 100 become 120, 140 | 100, 80: g = .1, g_1 = .3, g_2 = -.1. */
static void test_by_hand(void **state) {
    (void)state;
    static const double x0[CELLS] = {10, 20, 30, 0}, x1[CELLS] = {15, 20, 33, 4};
    static const double v0[CELLS] = {100, 100, 100, 100}, v1[CELLS] = {120, 140, 100, 80};
    static const double world[CELLS] = {1, 2, 3, 0}, commodity[CELLS] = {2, 4, -6, 0}, market[CELLS] = {-1, 2, 3, 0};
    static const double competitiveness[CELLS] = {3, -8, 3, 4};
    parts p;
    run(x0, x1, v0, v1, &p);
    assert_near(p.r.all, .1, 1e-15);
    assert_near(p.growth[0], .3, 1e-15);
    assert_near(p.growth[1], -.1, 1e-15);
    assert_all_near(CELLS, p.world, world, 1e-13);
    assert_all_near(CELLS, p.commodity, commodity, 1e-13);
    assert_all_near(CELLS, p.market, market, 1e-13);
    assert_all_near(CELLS, p.competitiveness, competitiveness, 1e-13);
    for (int cell = 0; cell < CELLS; cell++) {
        assert_same_double(p.unsplit[cell], 0.0);
    }
}

static void test_markets_that_had_nothing(void **state) {
    (void)state;
    static const double x0[CELLS] = {10, 20, 30, 0}, x1[CELLS] = {15, 20, 33, 4};
    static const double v0[CELLS] = {100, 0, 0, 0}, v1[CELLS] = {150, 30, 40, 80};
    static const double none[CELLS] = {0, 0, 0, 0};
    parts p;
    run(x0, x1, v0, v1, &p);
    assert_near(p.r.all, 2.0, 1e-15);
    assert_near(p.growth[0], .8, 1e-15);
    assert_nan(p.growth[1]);
    assert_near(p.world[1], 40.0, 1e-13);
    assert_near(p.commodity[1], 20 * (.8 - 2.0), 1e-13);
    assert_nan(p.market[1]);
    assert_nan(p.competitiveness[1]);
    assert_near(p.unsplit[1], -16.0, 1e-13); /* 0 - 40 + 24 */
    assert_near(p.world[2], 60.0, 1e-13);
    assert_nan(p.commodity[2]);
    assert_near(p.unsplit[2], 3.0 - 60.0, 1e-13);
    assert_same_double(p.competitiveness[3], 4.0);
    assert_same_double(p.unsplit[3], 0.0);
    run(x0, x1, none, v1, &p);
    assert_nan(p.r.all);
    assert_nan(p.world[0]);
    assert_near(p.unsplit[0], 5.0, 0.0);
    run(none, none, v0, v1, &p);
    for (int cell = 0; cell < CELLS; cell++) {
        assert_same_double(p.world[cell] + p.commodity[cell] + p.market[cell] + p.competitiveness[cell], 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_markets_that_had_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
