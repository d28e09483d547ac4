/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indices of plants against published values, bounds of size classes that a hand can compute, and coagglomeration.
 */
#include <okrug/plants.h>

#include "matrices.h"

static void test_ten_plants_of_three_regions(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double size[10] = {200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000};
    static const int64_t industry[10] = {0};
    static const double value[3] = {13000, 32000, 25000}, totals[3] = {500000, 400000, 100000};
    int64_t plants;
    double total, h, fourth, raw, excess, expected, variance, scale;
    const okrug_plant_sizes sizes = {&plants, &total, &h, &fourth};
    const okrug_plant_concentration of = {&raw, &excess, &expected, &variance};
    assert_ok(okrug_plant_sizes_of(ctx, 10, size, industry, 1, &sizes));
    assert_int_equal(plants, 10);
    assert_near(total, 70000.0, 0.0);
    assert_near(h, .24468878, 5e-9);
    assert_ok(okrug_plant_concentration_of(ctx, 3, 1, value, totals, &h, &fourth, &of, &scale));
    assert_near(raw, .16816327, 5e-9);
    assert_near((raw - expected) / sqrt(variance), .195900, 5e-7);
    assert_near(okrug_beyond_plants(raw, scale, h), .05990628, 5e-9);
    assert_near(okrug_beyond_plants(excess, scale, h), -.4357626, 5e-8);
    okrug_ctx_free(ctx);
}

static void test_no_plants_and_one(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double size[4] = {0.3, 7.0, 0.0, 5.0};
    static const int64_t industry[4] = {0, -1, 2, 1};
    int64_t plants[3];
    double total[3], h[3], fourth[3];
    const okrug_plant_sizes sizes = {plants, total, h, fourth};
    assert_ok(okrug_plant_sizes_of(ctx, 4, size, industry, 3, &sizes));
    assert_same_double(h[0], 1.0); /* exactly, so that one plant is told from several */
    assert_same_double(h[1], 1.0);
    assert_nan(h[2]);
    assert_int_equal(plants[2], 0);
    assert_nan(okrug_beyond_plants(.5, .5, 1.0));
    assert_nan(okrug_beyond_plants(.5, 0.0, .5));
    assert_nan(okrug_beyond_plants(.5, .5, h[2]));

    /* A reference with one region, and one that is empty. */
    static const double value[2] = {3.0, 4.0}, one[2] = {5.0, 0.0}, none[2] = {0.0, 0.0};
    static const double half = .5, quarter = .25;
    double raw, excess, expected, variance, scale;
    const okrug_plant_concentration of = {&raw, &excess, &expected, &variance};
    assert_ok(okrug_plant_concentration_of(ctx, 2, 1, value, one, &half, &quarter, &of, &scale));
    assert_same_double(scale, 0.0);
    assert_ok(okrug_plant_concentration_of(ctx, 2, 1, value, none, &half, &quarter, &of, &scale));
    assert_nan(okrug_beyond_plants(raw, scale, half));
    okrug_ctx_free(ctx);
}

static bool bounds(int64_t n, const double *least, const double *most, const double *plants, const double *total,
                   double sum, double *low, double *high) {
    double work[8];
    const okrug_size_classes classes = {n, least, most, plants, total};
    return okrug_size_class_squares(&classes, sum, work, low, high);
}

static void test_bounds_of_size_classes(void **state) {
    (void)state;
    static const double nan = (double)NAN, infinity = (double)INFINITY;
    double low, high;
    /* Two plants of 10 to 30 with 40: 20, 20 or 10, 30. */
    assert_true(bounds(1, (double[]){10}, (double[]){30}, (double[]){2}, (double[]){nan}, 40, &low, &high));
    assert_near(low, 800, 1e-9);
    assert_near(high, 1000, 1e-9);
    /* The same with the total of the class: the same. */
    assert_true(bounds(1, (double[]){10}, (double[]){30}, (double[]){2}, (double[]){40}, 40, &low, &high));
    assert_near(low, 800, 1e-9);
    assert_near(high, 1000, 1e-9);
    /* Three of 1 to 3 and one of 5 or more, together 20: least (3, 3, 3, 11), most (1, 1, 1, 17). */
    assert_true(
        bounds(2, (double[]){1, 5}, (double[]){3, infinity}, (double[]){3, 1}, (double[]){nan, nan}, 20, &low, &high));
    assert_near(low, 148, 1e-9);
    assert_near(high, 292, 1e-9);
    /* Of these the first class has 5 in all: (5/3, 5/3, 5/3, 15), (1, 1, 3, 15). */
    assert_true(
        bounds(2, (double[]){1, 5}, (double[]){3, infinity}, (double[]){3, 1}, (double[]){5, nan}, 20, &low, &high));
    assert_near(low, 25.0 / 3.0 + 225, 1e-9);
    assert_near(high, 11 + 225, 1e-9);
    /* A class in which nothing is, and one of a single size. */
    assert_true(
        bounds(2, (double[]){4, 9}, (double[]){4, infinity}, (double[]){3, 0}, (double[]){nan, nan}, 12, &low, &high));
    assert_near(low, 48, 1e-9);
    assert_near(high, 48, 1e-9);
    /* What no sizes agree with. */
    assert_false(bounds(1, (double[]){10}, (double[]){15}, (double[]){2}, (double[]){nan}, 40, &low, &high));
    assert_nan(low);
    assert_false(bounds(1, (double[]){10}, (double[]){15}, (double[]){2}, (double[]){nan}, 12, &low, &high));
    assert_false(bounds(1, (double[]){10}, (double[]){15}, (double[]){2}, (double[]){25}, 40, &low, &high));
    assert_false(bounds(1, (double[]){10}, (double[]){15}, (double[]){0}, (double[]){nan}, 40, &low, &high));
    assert_false(bounds(1, (double[]){0}, (double[]){15}, (double[]){2}, (double[]){nan}, 0, &low, &high));
}

static void test_coagglomeration_of_two(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    /* Plants 10, 20, 30, 40, 25, 25 of industries 1, 1, 1, 2, 2, 2 in a, b, a, a, c, b. */
    static const double value[6] = {40, 40, 20, 25, 0, 25}, thirds[3] = {1, 1, 1};
    static const int64_t together[2] = {0, 0}, apart[2] = {0, 1};
    double pair[4], group[2];
    assert_ok(okrug_coagglomeration(ctx, 3, 2, value, thirds, pair));
    assert_near(pair[1], .0833333, 5e-8);
    assert_same_double(pair[1], pair[2]);
    assert_ok(okrug_group_coagglomeration(ctx, 3, 2, value, thirds, 1, together, group));
    assert_near(group[0], .0833333, 5e-8);
    assert_ok(okrug_group_coagglomeration(ctx, 3, 2, value, thirds, 2, apart, group));
    assert_nan(group[0]);
    assert_nan(group[1]);

    static const double empty[6] = {40, 0, 20, 0, 0, 0}, one[3] = {1, 0, 0};
    assert_ok(okrug_coagglomeration(ctx, 3, 2, empty, thirds, pair));
    assert_true(isfinite(pair[0]));
    assert_nan(pair[1]);
    assert_nan(pair[3]);
    assert_ok(okrug_coagglomeration(ctx, 3, 2, value, one, pair));
    assert_nan(pair[1]);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten_plants_of_three_regions),
        cmocka_unit_test(test_no_plants_and_one),
        cmocka_unit_test(test_bounds_of_size_classes),
        cmocka_unit_test(test_coagglomeration_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
