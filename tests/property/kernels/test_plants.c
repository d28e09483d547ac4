/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any plants: bounds of size classes hold what they bound, a group's coagglomeration is the mean of its
 * pairs', and variety is the sum of its parts.
 */
#include <okrug/concentration.h>
#include <okrug/plants.h>

#include "matrices.h"

enum { WORLDS = 60, REGIONS = 11, INDUSTRIES = 9, GROUPS = 3, PLANTS = 40, CLASSES = 4 };

static void draw(uint64_t world, double *value) {
    for (uint64_t cell = 0; cell < (uint64_t)(REGIONS * INDUSTRIES); cell++) {
        bool none = testing_uniform(world, 2 * cell, 0.0, 1.0) < .2;
        value[cell] = none ? 0.0 : exp(testing_uniform(world, 2 * cell + 1, 0.0, 10.0));
    }
}

/* gamma (1 - H) + H = G / (1 - X_2) for any H, so a group's coefficient by the formula of Ellison and Glaeser, with
 * plants of any sizes, is the mean of the pairs. */
static void test_a_group_is_the_mean_of_its_pairs(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[REGIONS * INDUSTRIES], pair[INDUSTRIES * INDUSTRIES], group[GROUPS], pooled[REGIONS][1];
        double h[INDUSTRIES], fourth[INDUSTRIES], total[INDUSTRIES] = {0}, row[REGIONS] = {0}, scale, one_scale;
        double raw[INDUSTRIES], excess[INDUSTRIES], expected[INDUSTRIES], variance[INDUSTRIES], one[4];
        const okrug_plant_concentration of = {raw, excess, expected, variance};
        int64_t member[INDUSTRIES];
        draw(world, value);
        for (int i = 0; i < INDUSTRIES; i++) {
            h[i] = testing_uniform(world, 5000 + (uint64_t)i, .01, .9);
            fourth[i] = h[i] * h[i];
            member[i] = i % GROUPS;
            for (int r = 0; r < REGIONS; r++) {
                total[i] += value[r * INDUSTRIES + i];
                row[r] += value[r * INDUSTRIES + i];
            }
        }
        assert_ok(okrug_coagglomeration(ctx, REGIONS, INDUSTRIES, value, NULL, pair));
        assert_ok(okrug_group_coagglomeration(ctx, REGIONS, INDUSTRIES, value, NULL, GROUPS, member, group));
        assert_ok(okrug_plant_concentration_of(ctx, REGIONS, INDUSTRIES, value, NULL, h, fourth, &of, &scale));
        for (int g = 0; g < GROUPS; g++) {
            double sum = 0.0, squares = 0.0, mean = 0.0, weights = 0.0, own = 0.0;
            for (int i = g; i < INDUSTRIES; i += GROUPS) {
                sum += total[i];
            }
            for (int r = 0; r < REGIONS; r++) {
                pooled[r][0] = 0.0;
            }
            for (int i = g; i < INDUSTRIES; i += GROUPS) {
                double w = total[i] / sum, gamma = okrug_beyond_plants(raw[i], scale, h[i]);
                squares += w * w;
                own += w * w * h[i] + gamma * w * w * (1.0 - h[i]);
                for (int r = 0; r < REGIONS; r++) {
                    pooled[r][0] += value[r * INDUSTRIES + i];
                }
                for (int j = g; j < INDUSTRIES; j += GROUPS) {
                    mean += i == j ? 0.0 : w * total[j] / sum * pair[i * INDUSTRIES + j];
                    weights += i == j ? 0.0 : w * total[j] / sum;
                }
            }
            const okrug_plant_concentration whole = {&one[0], &one[1], &one[2], &one[3]};
            assert_ok(okrug_plant_concentration_of(ctx, REGIONS, 1, &pooled[0][0], row, h, fourth, &whole, &one_scale));
            assert_near(group[g], mean / weights, 1e-12);
            assert_near(group[g], (one[0] / one_scale - own) / (1.0 - squares), 1e-12);
        }
        for (int i = 0; i < INDUSTRIES; i++) {
            assert_near(pair[i * INDUSTRIES + i], raw[i] / scale, 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_units_and_order_do_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[REGIONS * INDUSTRIES], other[REGIONS * INDUSTRIES];
        double pair[INDUSTRIES * INDUSTRIES], again[INDUSTRIES * INDUSTRIES];
        draw(world, value);
        int64_t *row = testing_permutation(world + 100, REGIONS), *column = testing_permutation(world, INDUSTRIES);
        for (int cell = 0; cell < REGIONS * INDUSTRIES; cell++) {
            other[cell] = value[row[cell / INDUSTRIES] * INDUSTRIES + column[cell % INDUSTRIES]] / 1000.0;
        }
        assert_ok(okrug_coagglomeration(ctx, REGIONS, INDUSTRIES, value, NULL, pair));
        assert_ok(okrug_coagglomeration(ctx, REGIONS, INDUSTRIES, other, NULL, again));
        for (int i = 0; i < INDUSTRIES; i++) {
            for (int j = 0; j < INDUSTRIES; j++) {
                assert_near(again[i * INDUSTRIES + j], pair[column[i] * INDUSTRIES + column[j]], 1e-12);
            }
        }
        free(row);
        free(column);
    }
    okrug_ctx_free(ctx);
}

/* Plants of random sizes, put into classes: what they sum to is between the bounds, with and without class totals, and
 * knowing totals never widens them. */
static void test_plants_are_within_the_bounds_of_their_classes(void **state) {
    (void)state;
    static const double least[CLASSES] = {1, 10, 50, 200};
    for (uint64_t world = 1; world <= 20 * WORLDS; world++) {
        double most[CLASSES] = {10, 50, 200, world % 2 == 0 ? (double)INFINITY : 1000};
        double plants[CLASSES] = {0}, total[CLASSES] = {0}, unknown[CLASSES], work[CLASSES], sum = 0.0, squares = 0.0;
        for (uint64_t k = 0; k < PLANTS; k++) {
            double size = exp(testing_uniform(world, k, 0.0, world % 3 == 0 ? 3.0 : 6.9));
            int c = size < 10 ? 0 : size < 50 ? 1 : size < 200 ? 2 : 3;
            plants[c]++;
            total[c] += size;
            sum += size;
            squares += size * size;
        }
        for (int c = 0; c < CLASSES; c++) {
            unknown[c] = (double)NAN;
        }
        double low, high, close_low, close_high, slack = 1e-9 * squares;
        const okrug_size_classes counts = {CLASSES, least, most, plants, unknown};
        const okrug_size_classes sums = {CLASSES, least, most, plants, total};
        assert_true(okrug_size_class_squares(&counts, sum, work, &low, &high));
        assert_true(okrug_size_class_squares(&sums, sum, work, &close_low, &close_high));
        assert_true(close_low <= squares + slack && squares <= close_high + slack);
        assert_true(low <= close_low + slack && close_high <= high + slack);
    }
}

static void test_theil_is_the_sum_of_its_parts(void **state) {
    (void)state;
    enum { N = REGIONS * INDUSTRIES };
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double x[N], p[N], work[2 * GROUPS], between, within;
        int64_t group[N];
        draw(world, x);
        for (int i = 0; i < N; i++) {
            p[i] = testing_uniform(world, 7000 + (uint64_t)i, .1, 5.0);
            group[i] = (int64_t)(testing_random(world, 8000 + (uint64_t)i) % GROUPS);
        }
        okrug_theil_split(N, x, p, GROUPS, group, work, &between, &within);
        assert_near(between + within, okrug_theil(N, x, p), 1e-13);
        assert_true(between >= 0.0 && within >= 0.0);
    }
    static const double five[5] = {10, 10, 10, 20, 50}, equal[5] = {1, 1, 1, 1, 1}, hole[5] = {1, 1, 1, 1, 0};
    static const int64_t two[5] = {0, 0, 0, 1, 1};
    double work[4], between, within;
    okrug_theil_split(5, five, equal, 2, two, work, &between, &within);
    assert_near(between, .1837869, 5e-8);
    assert_near(within, .0664143, 5e-8);
    okrug_theil_split(5, five, hole, 2, two, work, &between, &within);
    assert_nan(within); /* some of it where there is nothing of the reference */
}

static void test_variety_is_the_sum_of_its_parts(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t world = 1; world <= WORLDS; world++) {
        double value[REGIONS * INDUSTRIES], total[REGIONS], unrelated[REGIONS], related[REGIONS];
        int64_t group[INDUSTRIES], all[INDUSTRIES] = {0}, each[INDUSTRIES];
        const okrug_variety_results of = {total, unrelated, related};
        draw(world, value);
        for (int i = 0; i < INDUSTRIES; i++) {
            group[i] = i % GROUPS;
            each[i] = i;
        }
        assert_ok(okrug_variety(ctx, REGIONS, INDUSTRIES, value, GROUPS, group, &of));
        for (int r = 0; r < REGIONS; r++) {
            assert_near(unrelated[r] + related[r], total[r], 1e-13);
            assert_true(total[r] >= 0.0 && total[r] <= log2(INDUSTRIES) + 1e-13);
            assert_true(unrelated[r] >= 0.0 && unrelated[r] <= log2(GROUPS) + 1e-13);
        }
        assert_ok(okrug_variety(ctx, REGIONS, INDUSTRIES, value, 1, all, &of));
        for (int r = 0; r < REGIONS; r++) {
            assert_near(unrelated[r], 0.0, 1e-13);
        }
        assert_ok(okrug_variety(ctx, REGIONS, INDUSTRIES, value, INDUSTRIES, each, &of));
        for (int r = 0; r < REGIONS; r++) {
            assert_near(related[r], 0.0, 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_group_is_the_mean_of_its_pairs),
        cmocka_unit_test(test_units_and_order_do_not_matter),
        cmocka_unit_test(test_plants_are_within_the_bounds_of_their_classes),
        cmocka_unit_test(test_theil_is_the_sum_of_its_parts),
        cmocka_unit_test(test_variety_is_the_sum_of_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
