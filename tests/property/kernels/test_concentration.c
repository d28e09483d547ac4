/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for location quotients and indices of any amounts.
 */
#include <okrug/concentration.h>

#include "matrices.h"

enum { WORLDS = 20, REGIONS = 17, INDUSTRIES = 23, CELLS = REGIONS * INDUSTRIES };

/* Amounts of very different sizes, some of them 0. */
static void draw(uint64_t world, double *value) {
    for (uint64_t cell = 0; cell < CELLS; cell++) {
        bool none = testing_uniform(world, 2 * cell, 0.0, 1.0) < .2;
        value[cell] = none ? 0.0 : exp(testing_uniform(world, 2 * cell + 1, 0.0, 10.0));
    }
}

static void test_mean_quotient_weighted_by_size_is_1(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], lq[CELLS], total[REGIONS] = {0}, all = 0.0;
        draw(world, value);
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, value, NULL, lq));
        for (int cell = 0; cell < CELLS; cell++) {
            total[cell / INDUSTRIES] += value[cell];
            all += value[cell];
        }
        for (int i = 0; i < INDUSTRIES; i++) {
            double mean = 0.0;
            for (int r = 0; r < REGIONS; r++) {
                mean += lq[r * INDUSTRIES + i] * total[r] / all;
            }
            assert_near(mean, 1.0, 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_the_nation_itself_is_at_1(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], lq[INDUSTRIES];
        draw(world, value);
        assert_ok(okrug_location_quotients(ctx, 1, INDUSTRIES, value, NULL, lq));
        for (int i = 0; i < INDUSTRIES; i++) {
            if (value[i] > 0.0) {
                assert_near(lq[i], 1.0, 1e-14);
            } else {
                assert_nan(lq[i]);
            }
        }
    }
    okrug_ctx_free(ctx);
}

static void test_units_do_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], thousands[CELLS], lq[CELLS], again[CELLS], gini, gini_again;
        draw(world, value);
        for (int cell = 0; cell < CELLS; cell++) {
            thousands[cell] = value[cell] / 1000.0;
        }
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, value, NULL, lq));
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, thousands, NULL, again));
        assert_all_near(CELLS, again, lq, 1e-13);
        const double *p = value + INDUSTRIES, *p_again = thousands + INDUSTRIES;
        assert_near(okrug_herfindahl(INDUSTRIES, thousands), okrug_herfindahl(INDUSTRIES, value), 1e-14);
        assert_near(okrug_krugman(INDUSTRIES, thousands, p), okrug_krugman(INDUSTRIES, value, p), 1e-14);
        assert_ok(okrug_locational_gini(ctx, INDUSTRIES, value, value, &gini));
        assert_near(gini, 0.0, 1e-14);
        assert_ok(okrug_locational_gini(ctx, CELLS - INDUSTRIES, value, p, &gini));
        assert_ok(okrug_locational_gini(ctx, CELLS - INDUSTRIES, thousands, p_again, &gini_again));
        assert_true((isnan(gini) && isnan(gini_again)) || fabs(gini - gini_again) < 1e-13);
    }
    okrug_ctx_free(ctx);
}

static void test_bounds(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], equal[INDUSTRIES], gini;
        draw(world, value);
        for (int i = 0; i < INDUSTRIES; i++) {
            equal[i] = 1.0;
        }
        for (int r = 0; r + 1 < REGIONS; r++) {
            const double *x = value + r * INDUSTRIES;
            double k = okrug_krugman(INDUSTRIES, x, x + INDUSTRIES), h = okrug_herfindahl(INDUSTRIES, x);
            double t = okrug_theil(INDUSTRIES, x, NULL);
            assert_true(k >= 0.0 && k <= 2.0);
            assert_true(h >= 1.0 / INDUSTRIES - 1e-15 && h <= 1.0);
            assert_true(t >= 0.0 && t <= log(INDUSTRIES));
            assert_ok(okrug_locational_gini(ctx, INDUSTRIES, x, equal, &gini));
            assert_true(gini >= 0.0 && gini <= 1.0 - 1.0 / INDUSTRIES);
        }
    }
    okrug_ctx_free(ctx);
}

/* T = between + within, by the formula of the decomposition (Theil 1967). */
static void test_theil_splits_into_groups(void **state) {
    (void)state;
    for (uint64_t world = 1; world <= WORLDS; world++) {
        enum { CUT = 9 };
        double value[CELLS], p[INDUSTRIES], group[2] = {0}, group_p[2] = {0};
        draw(world, value);
        for (int i = 0; i < INDUSTRIES; i++) {
            p[i] = testing_uniform(world, 9000 + (uint64_t)i, 1.0, 2.0);
            group[i >= CUT] += value[i];
            group_p[i >= CUT] += p[i];
        }
        double all = group[0] + group[1];
        double within = group[0] / all * okrug_theil(CUT, value, p) +
                        group[1] / all * okrug_theil(INDUSTRIES - CUT, value + CUT, p + CUT);
        assert_near(okrug_theil(2, group, group_p) + within, okrug_theil(INDUSTRIES, value, p), 1e-13);
    }
}

static void test_order_of_regions_and_industries_does_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], shuffled[CELLS], lq[CELLS], z[CELLS], lq_shuffled[CELLS], z_shuffled[CELLS];
        draw(world, value);
        int64_t *row = testing_permutation(world + 100, REGIONS), *column = testing_permutation(world, INDUSTRIES);
        for (int cell = 0; cell < CELLS; cell++) {
            shuffled[cell] = value[row[cell / INDUSTRIES] * INDUSTRIES + column[cell % INDUSTRIES]];
        }
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, value, NULL, lq));
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, shuffled, NULL, lq_shuffled));
        okrug_lq_z(REGIONS, INDUSTRIES, lq, z);
        okrug_lq_z(REGIONS, INDUSTRIES, lq_shuffled, z_shuffled);
        for (int cell = 0; cell < CELLS; cell++) {
            int64_t before = row[cell / INDUSTRIES] * INDUSTRIES + column[cell % INDUSTRIES];
            assert_near(lq_shuffled[cell], lq[before], 1e-13);
            assert_near(z_shuffled[cell], z[before], 1e-12);
        }
        free(row);
        free(column);
    }
    okrug_ctx_free(ctx);
}

static void test_nearest_are_those_of_all_distances(void **state) {
    (void)state;
    enum { K = 4 };
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[CELLS], distance[REGIONS * K];
        int64_t neighbour[REGIONS * K];
        draw(world, value);
        assert_ok(okrug_krugman_nearest(ctx, REGIONS, INDUSTRIES, value, K, neighbour, distance));
        for (int r = 0; r < REGIONS; r++) {
            int closer = 0; /* others nearer than the last of the list: all in the list */
            for (int other = 0; other < REGIONS; other++) {
                double d = okrug_krugman(INDUSTRIES, value + r * INDUSTRIES, value + other * INDUSTRIES);
                closer += other != r && d < distance[r * K + K - 1] - 1e-12;
            }
            assert_int_equal(closer, K - 1);
            for (int i = 0; i < K; i++) {
                int64_t other = neighbour[r * K + i];
                assert_near(distance[r * K + i],
                            okrug_krugman(INDUSTRIES, value + r * INDUSTRIES, value + other * INDUSTRIES), 1e-14);
                assert_true(i == 0 || distance[r * K + i] >= distance[r * K + i - 1]);
            }
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean_quotient_weighted_by_size_is_1),
        cmocka_unit_test(test_the_nation_itself_is_at_1),
        cmocka_unit_test(test_units_do_not_matter),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_theil_splits_into_groups),
        cmocka_unit_test(test_order_of_regions_and_industries_does_not_matter),
        cmocka_unit_test(test_nearest_are_those_of_all_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
