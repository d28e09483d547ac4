/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for distances between any points.
 */
#include <okrug/points.h>

#include "matrices.h"

enum { SITES = 400, MEMBERS = 60, STEPS = 26, SIMULATIONS = 99, MAPS = 3 };

typedef struct {
    double x[SITES], y[SITES], weight[SITES];
    int32_t member[MEMBERS];
    double observed[STEPS], curves[SIMULATIONS * STEPS];
} map;

static map one, other;
static double at[STEPS];

static void draw_map(uint64_t seed, map *m) {
    for (int i = 0; i < SITES; i++) {
        m->x[i] = testing_uniform(seed, (uint64_t)i, 0, 100);
        m->y[i] = testing_uniform(seed + 50, (uint64_t)i, 0, 60);
        m->weight[i] = testing_uniform(seed + 90, (uint64_t)i, 0.5, 3);
    }
    for (int k = 0; k < MEMBERS; k++) {
        m->member[k] = k * (SITES / MEMBERS);
    }
    for (int k = 0; k < STEPS; k++) {
        at[k] = 2.0 * k;
    }
}

static void densities(okrug_ctx *ctx, map *m, bool weighted, double unit) {
    double distance[STEPS];
    okrug_k_density_grid grid;
    const okrug_points members = {MEMBERS, m->x, m->y, false};
    const okrug_points sites = {SITES, m->x, m->y, false};
    const double *w = weighted ? m->weight : NULL;
    for (int k = 0; k < STEPS; k++) {
        distance[k] = at[k] * unit;
    }
    assert_true(okrug_k_density_grid_make(STEPS, distance, 4.0 * unit, MEMBERS, false, &grid));
    assert_ok(okrug_k_density(ctx, &members, w, &grid, m->observed));
    assert_ok(okrug_k_density_draws(ctx, &sites, MEMBERS, w, &grid, SIMULATIONS, 7, m->curves));
}

static void ms(okrug_ctx *ctx, map *m, bool weighted) {
    const okrug_points sites = {SITES, m->x, m->y, false};
    const okrug_m_sets sets = {&sites, weighted ? m->weight : NULL, MEMBERS, m->member, MEMBERS, m->member, NULL};
    assert_ok(okrug_m_function(ctx, &sets, STEPS, at, m->observed));
    assert_ok(okrug_m_function_draws(ctx, &sets, STEPS, at, SIMULATIONS, 7, m->curves));
}

static void smooth_ms(okrug_ctx *ctx, map *m) {
    okrug_k_density_grid grid;
    const okrug_points sites = {SITES, m->x, m->y, false};
    const okrug_m_sets sets = {&sites, m->weight, MEMBERS, m->member, MEMBERS, m->member, &grid};
    assert_true(okrug_k_density_grid_make(STEPS, at, 4.0, SITES, false, &grid));
    assert_ok(okrug_m_function(ctx, &sets, STEPS, at, m->observed));
    assert_ok(okrug_m_function_draws(ctx, &sets, STEPS, at, 5, 7, m->curves));
}

static void scattered(okrug_ctx *ctx, map *m, okrug_edge edge) {
    const okrug_points sites = {SITES, m->x, m->y, false};
    const okrug_window window = {{0, 100}, {0, 60}};
    assert_ok(okrug_ripley_k(ctx, &sites, &window, edge, STEPS, at, m->observed));
    assert_ok(okrug_ripley_k_draws(ctx, SITES, &window, edge, STEPS, at, SIMULATIONS, 7, m->curves));
}

static void assert_same_curves(void) {
    for (int k = 0; k < STEPS; k++) {
        assert_same_double(one.observed[k], other.observed[k]);
    }
    for (int k = 0; k < SIMULATIONS * STEPS; k++) {
        assert_same_double(one.curves[k], other.curves[k]);
    }
}

static void test_same_bytes_on_any_threads(void **state) {
    (void)state;
    okrug_ctx *single = testing_context(1);
    okrug_ctx *several = testing_context(5);
    draw_map(1, &one);
    other = one;
    for (int weighted = 0; weighted < 2; weighted++) {
        densities(single, &one, weighted == 1, 1.0);
        densities(several, &other, weighted == 1, 1.0);
        assert_same_curves();
        ms(single, &one, weighted == 1);
        ms(several, &other, weighted == 1);
        assert_same_curves();
    }
    smooth_ms(single, &one);
    smooth_ms(several, &other);
    assert_same_curves();
    scattered(single, &one, OKRUG_EDGE_ISOTROPIC);
    scattered(several, &other, OKRUG_EDGE_ISOTROPIC);
    assert_same_curves();
    okrug_ctx_free(single);
    okrug_ctx_free(several);
}

/* In another order, moved and turned, the same plants have the same curves. */
static void test_order_and_place_do_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        draw_map(seed, &one);
        other = one;
        for (int i = 0; i < MEMBERS; i++) {
            other.x[MEMBERS - 1 - i] = 1000.0 + one.y[i];
            other.y[MEMBERS - 1 - i] = 7.0 - one.x[i];
            other.weight[MEMBERS - 1 - i] = one.weight[i];
        }
        densities(ctx, &one, true, 1.0);
        densities(ctx, &other, true, 1.0);
        assert_all_near(STEPS, one.observed, other.observed, 1e-12);
        draw_map(seed, &other);
        for (int i = 0; i < SITES; i++) {
            other.x[i] = one.y[i] - 300.0;
            other.y[i] = one.x[i];
        }
        ms(ctx, &one, true);
        ms(ctx, &other, true);
        for (int k = 1; k < STEPS; k++) {
            assert_near(one.observed[k], other.observed[k], 1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* A density per metre is a thousandth of that per kilometre. */
static void test_scale(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    draw_map(4, &one);
    other = one;
    for (int i = 0; i < SITES; i++) {
        other.x[i] = 1024.0 * one.x[i];
        other.y[i] = 1024.0 * one.y[i];
    }
    densities(ctx, &one, false, 1.0);
    densities(ctx, &other, false, 1024.0);
    for (int k = 0; k < SIMULATIONS * STEPS; k++) {
        assert_near(1024.0 * other.curves[k], one.curves[k], 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* Equal weights are no weights. */
static void test_equal_weights(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    draw_map(5, &one);
    for (int i = 0; i < SITES; i++) {
        one.weight[i] = 2.0;
    }
    other = one;
    densities(ctx, &one, true, 1.0);
    densities(ctx, &other, false, 1.0);
    assert_all_near(SIMULATIONS * STEPS, one.curves, other.curves, 3e-6); /* floats there, doubles here */
    ms(ctx, &one, true);
    ms(ctx, &other, false);
    for (int k = 1; k < STEPS; k++) {
        assert_near(one.observed[k], other.observed[k], 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* All mass is somewhere: a K-density up to far beyond the largest distance sums to 1. */
static void test_density_integrates_to_one(void **state) {
    (void)state;
    enum { FAR = 301 };
    okrug_ctx *ctx = testing_context(2);
    double distance[FAR], curve[FAR], sum = 0.0;
    okrug_k_density_grid grid;
    draw_map(6, &one);
    for (int k = 0; k < FAR; k++) {
        distance[k] = 0.5 * k;
    }
    assert_true(okrug_k_density_grid_make(FAR, distance, 4.0, SITES, false, &grid));
    assert_ok(okrug_k_density(ctx, &(okrug_points){SITES, one.x, one.y, false}, NULL, &grid, curve));
    for (int k = 0; k < FAR; k++) {
        sum += 0.5 * curve[k] * (k == 0 || k == FAR - 1 ? 0.5 : 1.0);
    }
    assert_near(sum, 1.0, 1e-4);
    okrug_ctx_free(ctx);
}

/* Drawing all sites there are gives the same points in another order. */
static void test_drawing_all_is_the_observed(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    okrug_k_density_grid grid;
    draw_map(7, &one);
    const okrug_points sites = {SITES, one.x, one.y, false};
    assert_true(okrug_k_density_grid_make(STEPS, at, 4.0, SITES, false, &grid));
    assert_ok(okrug_k_density(ctx, &sites, NULL, &grid, one.observed));
    assert_ok(okrug_k_density_draws(ctx, &sites, SITES, NULL, &grid, 3, 1, one.curves));
    assert_all_near(STEPS, one.curves + 2 * STEPS, one.observed, grid.error);
    okrug_ctx_free(ctx);
}

/* Under its own null hypothesis each kind of curve is called extreme as often as it says, about: 5 of 100 at 5 %, at
 * most 12 (P < .5 %). And it is called so exactly where it leaves the hull of rank lengths. */
static void test_level_of_the_envelope(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    double band[6][STEPS];
    okrug_envelope e = {band[0], band[1], band[2], band[3], band[4], band[5], 0, 0, 0};
    int called = 0;
    for (uint64_t seed = 100; seed < 200; seed++) {
        draw_map(seed, &one);
        densities(ctx, &one, false, 1.0);
        assert_ok(okrug_envelope_of(ctx, STEPS, one.observed, SIMULATIONS, one.curves, 0.95, &e));
        bool leaves = false;
        for (int k = 0; k < STEPS; k++) {
            leaves = leaves || one.observed[k] < band[4][k] || one.observed[k] > band[5][k];
            assert_true(band[2][k] <= band[0][k] && band[1][k] <= band[3][k]); /* the global band holds the local */
        }
        assert_int_equal(leaves, e.p <= 0.05 + 1e-9);
        assert_true(e.global_share <= 0.05 + 1e-9 && e.local_share >= e.global_share);
        called += leaves;
    }
    assert_true(called >= 1 && called <= 12);
    okrug_ctx_free(ctx);
}

/* What is scattered evenly has K near pi r^2, with either correction; without one too little. */
static void test_k_of_even_points(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    static const okrug_edge edges[] = {OKRUG_EDGE_ISOTROPIC, OKRUG_EDGE_TRANSLATE, OKRUG_EDGE_NONE};
    draw_map(8, &one);
    for (int e = 0; e < 3; e++) {
        double mean = 0.0;
        scattered(ctx, &one, edges[e]);
        for (int b = 0; b < SIMULATIONS; b++) {
            mean += one.curves[b * STEPS + 10] / SIMULATIONS;
        }
        double even = 3.141592653589793 * at[10] * at[10];
        if (edges[e] == OKRUG_EDGE_NONE) {
            assert_true(mean < 0.9 * even);
        } else {
            assert_near(mean, even, 0.01);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes_on_any_threads),
        cmocka_unit_test(test_order_and_place_do_not_matter),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_equal_weights),
        cmocka_unit_test(test_density_integrates_to_one),
        cmocka_unit_test(test_drawing_all_is_the_observed),
        cmocka_unit_test(test_level_of_the_envelope),
        cmocka_unit_test(test_k_of_even_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
