/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Disparity against published values, and where it has none.
 */
#include <okrug/disparity.h>

#include "matrices.h"

static okrug_disparity_indices of(int64_t n, const double *y, const double *population, int64_t groups,
                                  const int64_t *group, okrug_disparity_group *parts) {
    okrug_ctx *ctx = testing_context(1);
    okrug_disparity_indices indices;
    const okrug_disparity_input input = {n, y, population, groups, group};
    assert_ok(okrug_disparity(ctx, &input, &indices, parts));
    okrug_ctx_free(ctx);
    return indices;
}

static void test_laender(void **state) {
    (void)state;
    static const double gdp[16] = {460.69, 549.19, 124.16, 65.29, 31.59,  109.27, 263.44, 39.87,
                                   258.53, 645.59, 131.95, 35.03, 112.66, 56.22,  85.61,  56.81};
    static const double population[16] = {10879618.0, 12843514.0, 3520031.0, 2484826.0,  671489.0,  1787408.0,
                                          6176172.0,  1612362.0,  7926599.0, 17865516.0, 4052803.0, 995597.0,
                                          4084851.0,  2245470.0,  2858714.0, 2170714.0};
    static const int64_t east[16] = {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1};
    double y[16];
    for (int r = 0; r < 16; r++) {
        y[r] = gdp[r] / population[r];
    }
    okrug_disparity_indices i = of(16, y, population, 2, east, NULL);
    assert_near(i.williamson, .187309659, 5e-10);
    assert_near(i.theil, .01732109, 5e-9);
    assert_near(i.between, .00709173, 5e-9);
    assert_near(i.hoover, .07358991, 5e-9);
    assert_near(of(16, y, NULL, 0, NULL, NULL).gini, .143966269352823, 1e-14); /* REAT */
}

static void test_groups_of_theil(void **state) {
    (void)state;
    static const double y[5] = {10.0, 10.0, 10.0, 20.0, 50.0};
    static const int64_t group[5] = {0, 0, 0, 2, 2};
    okrug_disparity_group parts[3];
    okrug_disparity_indices i = of(5, y, NULL, 3, group, parts);
    assert_near(i.theil, .2502012, 5e-8);
    assert_near(i.between, .1837869, 5e-8);
    assert_near(i.within, .0664143, 5e-8);
    assert_same_double(parts[0].theil, 0.0);
    /* The group of nobody has nothing and adds nothing. */
    assert_same_double(parts[1].population_share, 0.0);
    assert_nan(parts[1].theil);
    assert_same_double(parts[1].between, 0.0);
    assert_same_double(parts[1].within, 0.0);
}

static void test_disparity_without_value(void **state) {
    (void)state;
    static const double nothing[2] = {0.0, 0.0}, y[2] = {1.0, 3.0};
    static const int64_t group[2] = {0, 1};
    okrug_disparity_group parts[2];
    okrug_disparity_indices i = of(2, nothing, NULL, 2, group, parts);
    assert_same_double(i.mean, 0.0);
    assert_nan(i.williamson);
    assert_nan(i.theil);
    assert_nan(i.between);
    assert_nan(i.gini);
    assert_nan(i.hoover);
    assert_nan(parts[0].value_share);
    i = of(2, y, nothing, 0, NULL, NULL);
    assert_nan(i.mean);
    assert_nan(i.gini);
    i = of(0, y, NULL, 0, NULL, NULL);
    assert_nan(i.mean);
    i = of(2, y, NULL, 0, NULL, NULL);
    assert_near(i.theil, .25 * log(.5) + .75 * log(1.5), 1e-15);
    assert_nan(i.between);
    assert_nan(i.within);
}

/* A group that has people and nothing else: 0 ln 0 = 0. */
static void test_a_group_with_nothing(void **state) {
    (void)state;
    static const double y[4] = {0.0, 0.0, 1.0, 1.0};
    static const int64_t group[4] = {0, 0, 1, 1};
    okrug_disparity_group parts[2];
    okrug_disparity_indices i = of(4, y, NULL, 2, group, parts);
    assert_near(i.between, log(2.0), 1e-15);
    assert_same_double(i.within, 0.0);
    assert_nan(parts[0].theil);
    assert_near(i.gini, .5, 1e-15);
    assert_near(i.williamson, 1.0, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_laender),
        cmocka_unit_test(test_groups_of_theil),
        cmocka_unit_test(test_disparity_without_value),
        cmocka_unit_test(test_a_group_with_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
