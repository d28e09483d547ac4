/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Withheld cells: bounds and ranges that can be worked out by hand.
 */
#include <okrug/withheld.h>

#include "matrices.h"

enum { REGIONS = 3, INDUSTRIES = 3, CELLS = 9, DRAWS = 400 };

/* Region 0 withholds two cells and leaves 30; region 1 withholds one and leaves 20; region 2 withholds none. */
static const double value[CELLS] = {70.0, 0.0, 0.0, 50.0, 0.0, 30.0, 40.0, 30.0, 30.0};
static const bool known[CELLS] = {true, false, false, true, false, true, true, true, true};
static const double total[REGIONS] = {100.0, 100.0, 100.0};
static const uint64_t unit[3] = {11, 12, 13}, rest_unit[REGIONS] = {1, 2, 3};

typedef struct {
    int64_t cell[CELLS], start[REGIONS + 1];
    double least[CELLS], most[CELLS], left[REGIONS];
    okrug_withheld_cells cells;
    okrug_withheld_faults faults;
} bounds;

static void bound(const okrug_withheld *w, bounds *b) {
    b->cells =
        (okrug_withheld_cells){.cell = b->cell, .start = b->start, .least = b->least, .most = b->most, .left = b->left};
    okrug_withheld_bounds(w, &b->cells, &b->faults);
}

static void test_bounds(void **state) {
    (void)state;
    bounds b;
    okrug_withheld w = {REGIONS, INDUSTRIES, value, known, NULL, total, false};
    assert_int_equal(okrug_withheld_count(&w), 3);
    bound(&w, &b);
    assert_int_equal(b.cells.count, 3);
    const int64_t cell[3] = {1, 2, 4}, start[4] = {0, 2, 3, 3};
    assert_memory_equal(b.cell, cell, sizeof cell);
    assert_memory_equal(b.start, start, sizeof start);
    const double most[3] = {30.0, 30.0, 20.0}, none[3] = {0.0, 0.0, 0.0};
    assert_all_near(3, b.most, most, 0.0);
    assert_all_near(3, b.least, none, 0.0);
    assert_int_equal(b.faults.contradictions + b.faults.unexplained, 0);
    /* Where the industries are all there is, the only withheld cell of a region is what is left. */
    w.whole = true;
    bound(&w, &b);
    assert_near(b.least[2], 20.0, 0.0);
    assert_near(b.least[0], 0.0, 0.0);
    /* One of two cells is surely there: the other can have all but one. */
    const double floor[CELLS] = {5.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0};
    w.floor = floor;
    bound(&w, &b);
    assert_near(b.least[0], 1.0, 0.0);
    assert_near(b.most[0], 30.0, 0.0);
    assert_near(b.least[1], 0.0, 0.0);
    assert_near(b.most[1], 29.0, 0.0);
    assert_near(b.left[0], 29.0, 0.0);
}

static void test_what_does_not_add_up(void **state) {
    (void)state;
    bounds b;
    const double low[REGIONS] = {60.0, 80.0, 104.0};
    const double floor[CELLS] = {[4] = 1.0};
    okrug_withheld w = {REGIONS, INDUSTRIES, value, known, floor, low, true};
    bound(&w, &b);
    assert_int_equal(b.faults.contradictions, 2);
    assert_int_equal(b.faults.first_contradiction, 0);
    assert_int_equal(b.faults.unexplained, 1);
    assert_int_equal(b.faults.first_unexplained, 2);
    assert_near(b.faults.most_unexplained, 4.0, 0.0);
    const double floors[3] = {0.0, 0.0, 1.0};
    assert_all_near(3, b.least, floors, 0.0);
    assert_all_near(3, b.most, floors, 0.0);
    w.whole = false; /* a rest is no fault where totals may hold other industries */
    bound(&w, &b);
    assert_int_equal(b.faults.unexplained, 0);
    /* Rounding is no contradiction: tenths that sum to a little less than their total. */
    const double tenth[3] = {.1, .2, 0.0}, sum[1] = {.3};
    const bool seen[3] = {true, true, false};
    w = (okrug_withheld){1, 3, tenth, seen, NULL, sum, true};
    bound(&w, &b);
    assert_int_equal(b.faults.contradictions, 0);
    assert_near(b.most[0], 0.0, 0.0);
}

static void test_quotient_bounds(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    bounds b;
    double least[CELLS], most[CELLS], lq[CELLS];
    const okrug_withheld w = {REGIONS, INDUSTRIES, value, known, NULL, total, false};
    const okrug_lq_reference reference = {.region_total = total, .total = 300.0};
    bound(&w, &b);
    assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, value, &reference, lq));
    assert_ok(okrug_lq_bounds(ctx, &w, &b.cells, &reference, least, most));
    /* Industry 0 withholds nothing. Industry 1 has 30 and at most 30 + 20 more: of region 2 it is 30 % of .10 to .27.
     */
    assert_same_double(least[0], lq[0]);
    assert_same_double(most[0], lq[0]);
    assert_near(most[7], 3.0, 1e-15);
    assert_near(least[7], 3.0 * 30.0 / 80.0, 1e-15);
    /* The withheld cell itself: nothing, or 30 with nothing in region 1. */
    assert_near(least[1], 0.0, 0.0);
    assert_near(most[1], 30.0 / 100.0 / (60.0 / 300.0), 1e-15);
    /* Industry totals that are given do not move: only the cell does. */
    const double share[INDUSTRIES] = {.5, .2, .3};
    const okrug_lq_reference given = {.region_total = total, .share = share};
    assert_ok(okrug_lq_bounds(ctx, &w, &b.cells, &given, least, most));
    assert_near(least[7], 1.5, 1e-15);
    assert_near(most[7], 1.5, 1e-15);
    assert_near(most[1], 1.5, 1e-15);
    okrug_ctx_free(ctx);
}

/* An industry of one withheld cell: its quotient is e / e_r however much it holds. */
static void test_industry_that_nobody_publishes(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    bounds b;
    double least[4], most[4];
    const double some[4] = {60.0, 0.0, 50.0, 0.0}, totals[2] = {100.0, 50.0};
    const bool seen[4] = {true, false, true, true};
    const okrug_withheld w = {2, 2, some, seen, NULL, totals, false};
    const okrug_lq_reference reference = {.region_total = totals, .total = 150.0};
    bound(&w, &b);
    assert_ok(okrug_lq_bounds(ctx, &w, &b.cells, &reference, least, most));
    assert_near(least[1], 1.5, 1e-15);
    assert_near(most[1], 1.5, 1e-15);
    okrug_ctx_free(ctx);
}

/* With equal weights and two cells the share of the first is uniform on 0..1; with all that a total holds and a rest of
 * weight 1 it is the smaller of two uniform numbers (mean 1/3). */
static void test_uniform_prior(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    bounds b;
    static double x[3 * DRAWS];
    okrug_withheld w = {REGIONS, INDUSTRIES, value, known, NULL, total, true};
    okrug_withheld_prior prior = {.seed = 5, .draws = DRAWS, .unit = unit, .rest_unit = rest_unit, .rest_weight = 1.0};
    bound(&w, &b);
    assert_ok(okrug_withheld_draws(ctx, &w, &b.cells, &prior, x));
    double quarter[4] = {0};
    for (int d = 0; d < DRAWS; d++) {
        assert_near(x[d] + x[DRAWS + d], 30.0, 1e-15);
        assert_near(x[2 * DRAWS + d], 20.0, 0.0);
        quarter[(int)fmin(3.0, x[d] / 7.5)] += 1.0;
    }
    for (int q = 0; q < 4; q++) {
        assert_true(fabs(quarter[q] - DRAWS / 4.0) < 35.0); /* four standard deviations */
    }
    w.whole = false;
    bound(&w, &b);
    assert_ok(okrug_withheld_draws(ctx, &w, &b.cells, &prior, x));
    double mean = 0.0;
    for (int d = 0; d < DRAWS; d++) {
        assert_true(x[d] + x[DRAWS + d] < 30.0);
        mean += x[d] / 30.0 / DRAWS;
    }
    assert_true(fabs(mean - 1.0 / 3.0) < 4.0 * sqrt(1.0 / 18.0 / DRAWS));
    okrug_ctx_free(ctx);
}

static void test_weights(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    bounds b;
    static double x[3 * DRAWS];
    double weight[INDUSTRIES], rest, mean = 0.0;
    const okrug_withheld w = {REGIONS, INDUSTRIES, value, known, NULL, total, true};
    okrug_withheld_weights(&w, weight, &rest);
    const double expected[INDUSTRIES] = {160.0 / 300.0, 30.0 / 100.0, 60.0 / 200.0};
    assert_all_near(INDUSTRIES, weight, expected, 1e-15);
    assert_near(rest, 0.0, 0.0);
    const bool two[CELLS] = {true, false, true, true, false, true, true, false, true};
    const okrug_withheld nowhere = {REGIONS, INDUSTRIES, value, two, NULL, total, true};
    okrug_withheld_weights(&nowhere, weight, &rest);
    assert_near(weight[1], 60.0 / 300.0, 1e-15);
    assert_near(rest, 1.0 - 220.0 / 300.0, 1e-15);
    /* A weight a hundred times the other takes nearly all. */
    const double heavy[INDUSTRIES] = {1.0, 100.0, 1.0};
    const okrug_withheld_prior prior = {.seed = 5, .draws = DRAWS, .unit = unit, .weight = heavy};
    bound(&w, &b);
    assert_ok(okrug_withheld_draws(ctx, &w, &b.cells, &prior, x));
    for (int d = 0; d < DRAWS; d++) {
        mean += x[d] / 30.0 / DRAWS;
    }
    assert_true(mean > .9 && mean < 1.0);
    okrug_ctx_free(ctx);
}

static void test_sensitivity_range(void **state) {
    (void)state;
    double x[21], lo, hi;
    for (int i = 0; i < 21; i++) {
        x[i] = (double)((i * 8) % 21); /* 0 .. 20 in some order */
    }
    okrug_sensitivity_range(21, x, &lo, &hi);
    assert_near(lo, 1.0, 0.0);
    assert_near(hi, 19.0, 0.0);
    double four[4] = {4.0, 1.0, 3.0, 2.0}; /* R: quantile(1:4, c(.05, .95)) */
    okrug_sensitivity_range(4, four, &lo, &hi);
    assert_near(lo, 1.15, 1e-15);
    assert_near(hi, 3.85, 1e-15);
    double one[1] = {7.0}, none[2] = {1.0, (double)NAN};
    okrug_sensitivity_range(1, one, &lo, &hi);
    assert_near(lo, 7.0, 0.0);
    assert_near(hi, 7.0, 0.0);
    okrug_sensitivity_range(2, none, &lo, &hi);
    assert_nan(lo);
    assert_nan(hi);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_what_does_not_add_up),
        cmocka_unit_test(test_quotient_bounds),
        cmocka_unit_test(test_industry_that_nobody_publishes),
        cmocka_unit_test(test_uniform_prior),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_sensitivity_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
