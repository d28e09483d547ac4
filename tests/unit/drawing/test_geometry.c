/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes and the projection of maps: round ticks, published coordinates, equal areas.
 */
#include "testing.h"

#include <math.h>

#include "drawing/figures.h"

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance)) {
        print_error("%.9g is not %.9g\n", value, expected);
        fail();
    }
}

static okrug_projection projection_over(const double *xy, int points) {
    okrug_extent extent;
    okrug_extent_begin(&extent);
    for (int i = 0; i < points; i++) {
        okrug_extent_add(&extent, &xy[2 * i]);
    }
    return okrug_projection_for(&extent);
}

static void round_ticks(void **state) {
    (void)state;
    okrug_scale scale = okrug_scale_over(0.0, 0.145, false);
    assert_int_equal(scale.ticks, 4);
    assert_int_equal(scale.decimals, 2);
    near(scale.high, 0.15, 1e-12);
    near(scale.tick[1], 0.05, 1e-12);
    scale = okrug_scale_over(-730.0, 12000.0, false);
    assert_int_equal(scale.decimals, 0);
    assert_true(scale.low <= -730.0 && scale.high >= 12000.0);
    scale = okrug_scale_over(7.0, 7.0, false); /* one value has an axis too */
    assert_true(scale.low < 7.0 && scale.high > 7.0);
}

static void powers_of_two(void **state) {
    (void)state;
    okrug_scale scale = okrug_scale_over(0.24, 1.63, true);
    near(scale.low, 0.125, 0.0);
    near(scale.high, 2.0, 0.0);
    near(okrug_scale_at(&scale, 1.0), 0.75, 1e-12);
    scale = okrug_scale_over(1e-9, 1e9, true);
    assert_true(scale.ticks <= OKRUG_TICKS);
    bool one = false;
    for (int t = 0; t < scale.ticks; t++) {
        one = one || scale.tick[t] == 1.0;
    }
    assert_true(one);
}

static void every_axis_holds_its_values(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 2000; i++) {
        double low = (double)(int64_t)(testing_random(1, 2 * i) >> 34) * exp2((double)(i % 60) - 40.0) -
                     (i % 3 == 0 ? 1e6 : 0.0);
        double high = low + (double)(testing_random(1, 2 * i + 1) >> 40) * exp2((double)(i % 50) - 30.0);
        bool logarithmic = i % 2 == 0;
        okrug_scale scale = okrug_scale_over(low, high, logarithmic);
        assert_true(scale.ticks >= 2 && scale.ticks <= OKRUG_TICKS);
        assert_true(okrug_scale_at(&scale, low) >= -1e-9 && okrug_scale_at(&scale, high) <= 1.0 + 1e-9);
    }
}

/* Snyder (1987), page 291: parallels 29.5 and 45.5, origin 96 W 23 N, the point 75 W 35 N. */
static void published_coordinates(void **state) {
    (void)state;
    const double extent[] = {-120.0, 25.5, -72.0, 49.5};
    okrug_projection p = projection_over(extent, 2);
    double origin[2];
    double at[2];
    near(p.n, 0.6028370, 5e-8);
    near(p.c, 1.3512213, 5e-8);
    okrug_project(&p, (const double[]){-96.0, 23.0}, origin);
    okrug_project(&p, (const double[]){-75.0, 35.0}, at);
    near(at[0] - origin[0], 0.2952720, 5e-8);
    near(at[1] - origin[1], 0.2416774, 5e-8);
}

/* Cells of one degree have the areas of the sphere, wherever they are. */
static void areas_are_equal(void **state) {
    (void)state;
    const double extents[][4] = {{20, 41, 190, 82}, {-10, -20, 30, 20}, {150, -50, -160, -30}};
    const double degree = 0.017453292519943295;
    for (size_t e = 0; e < 3; e++) {
        okrug_projection p = projection_over(extents[e], 2);
        for (int i = 0; i < 10; i++) {
            double west = extents[e][0] + i;
            double south = extents[e][1] + i;
            const double corners[4][2] = {
                {west, south}, {west + 0.1, south}, {west + 0.1, south + 0.1}, {west, south + 0.1}};
            double at[4][2];
            double area = 0.0;
            for (int k = 0; k < 4; k++) {
                okrug_project(&p, corners[k], at[k]);
            }
            for (int k = 0; k < 4; k++) {
                area += (at[k][0] * at[(k + 1) % 4][1] - at[(k + 1) % 4][0] * at[k][1]) / 2.0;
            }
            double sphere = 0.1 * degree * (sin((south + 0.1) * degree) - sin(south * degree));
            near(area / sphere, 1.0, 1e-4);
        }
    }
}

/* Chukotka lies on both sides of the antimeridian. */
static void the_antimeridian_does_not_part_a_map(void **state) {
    (void)state;
    const double points[] = {170.0, 65.0, -170.0, 66.0};
    okrug_projection p = projection_over(points, 2);
    double west[2];
    double east[2];
    assert_true(p.turned);
    okrug_project(&p, &points[0], west);
    okrug_project(&p, &points[2], east);
    assert_true(east[0] > west[0] && east[0] - west[0] < 0.2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_ticks),
        cmocka_unit_test(powers_of_two),
        cmocka_unit_test(every_axis_holds_its_values),
        cmocka_unit_test(published_coordinates),
        cmocka_unit_test(areas_are_equal),
        cmocka_unit_test(the_antimeridian_does_not_part_a_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
