/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distances between plants: published values, the plain formulas, and the edges.
 */
#include <okrug/points.h>
#include <okrug/spatial.h>

#include "kernels/points/pairs.h"
#include "matrices.h"

enum { MANY = 1100, STEPS = 21 };

static const double ten_x[] = {0, 1, 2, 0, 1, 2, 5, 6, 5, 9};
static const double ten_y[] = {0, 0, 0, 1, 1, 1, 5, 5, 6, 9};
static const double ten_weight[] = {10, 20, 5, 15, 5, 10, 30, 5, 10, 40};
static const int32_t of_a[] = {0, 1, 3, 6, 9};
static const int32_t of_b[] = {2, 4, 5, 7, 8};
static const okrug_points ten = {10, ten_x, ten_y, false};

static double x[MANY], y[MANY], weight[MANY], at[STEPS], curve[STEPS];

static void scatter(int64_t n, bool globe) {
    for (int64_t i = 0; i < n; i++) {
        x[i] = testing_uniform(3, (uint64_t)i, 30, globe ? 60 : 80);
        y[i] = testing_uniform(4, (uint64_t)i, 50, 60);
        weight[i] = testing_uniform(5, (uint64_t)i, 0, 3);
    }
}

static void even_steps(double range) {
    for (int k = 0; k < STEPS; k++) {
        at[k] = range * k / (STEPS - 1);
    }
}

static double distance(const okrug_points *p, int64_t i, int64_t j) {
    return p->globe ? okrug_great_circle_km(p->x[i], p->y[i], p->x[j], p->y[j])
                    : hypot(p->x[i] - p->x[j], p->y[i] - p->y[j]);
}

static double normal(double z) {
    return 0.3989422804014327 * exp(-0.5 * z * z);
}

/* The formula, pair by pair. */
static double plain_density(const okrug_points *p, const double *w, double h, double r) {
    double sum = 0.0;
    double total = 0.0;
    for (int64_t i = 0; i < p->n; i++) {
        for (int64_t j = i + 1; j < p->n; j++) {
            double pair = w == NULL ? 1.0 : w[i] * w[j];
            double d = distance(p, i, j);
            sum += pair * (normal((r - d) / h) + normal((r + d) / h));
            total += pair;
        }
    }
    return sum / h / total;
}

static void test_three_corners(void **state) {
    (void)state;
    static const double cx[] = {0, 1, 0}, cy[] = {0, 0, 1}, r[] = {0, 1};
    const okrug_points corners = {3, cx, cy, false};
    okrug_ctx *ctx = testing_context(1);
    okrug_k_density_grid grid;
    double k[2];
    assert_true(okrug_k_density_grid_make(2, r, 0.5, 3, false, &grid));
    assert_ok(okrug_k_density(ctx, &corners, NULL, &grid, k));
    assert_near(k[0], 0.153718, 1e-6);
    assert_near(k[1], 0.720813, 1e-6);
    okrug_ctx_free(ctx);
}

static void test_bandwidth(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    double ax[5], ay[5], h;
    for (int k = 0; k < 5; k++) {
        ax[k] = ten_x[of_a[k]];
        ay[k] = ten_y[of_a[k]];
    }
    assert_ok(okrug_k_density_bandwidth(ctx, &(okrug_points){5, ax, ay, false}, &h));
    assert_near(h, 2.592398, 5e-7);
    /* One distance, and none: no spread. */
    assert_ok(okrug_k_density_bandwidth(ctx, &(okrug_points){2, ax, ay, false}, &h));
    assert_near(h, 0.0, 0.0);
    static const double same[] = {1, 1, 1, 1};
    assert_ok(okrug_k_density_bandwidth(ctx, &(okrug_points){4, same, same, false}, &h));
    assert_near(h, 0.0, 0.0);
    /* Counted quartiles are near exact ones: the same points fewer and more than the border. */
    double few, many;
    scatter(MANY, false);
    assert_ok(okrug_k_density_bandwidth(ctx, &(okrug_points){500, x, y, false}, &few));
    for (int i = 0; i < 500; i++) {
        x[500 + i] = x[i];
        y[500 + i] = y[i];
    }
    assert_ok(okrug_k_density_bandwidth(ctx, &(okrug_points){1000, x, y, false}, &many));
    assert_near(many, few * pow(4.0, -0.2), 3e-3 * few);
    okrug_ctx_free(ctx);
}

static void check_density(int64_t n, bool globe, bool weighted, double h) {
    okrug_ctx *ctx = testing_context(2);
    okrug_k_density_grid grid;
    const okrug_points points = {n, x, y, globe};
    const double *w = weighted ? weight : NULL;
    scatter(n, globe);
    even_steps(globe ? 1500.0 : 30.0);
    assert_true(okrug_k_density_grid_make(STEPS, at, h, n, globe, &grid));
    assert_ok(okrug_k_density(ctx, &points, w, &grid, curve));
    for (int k = 0; k<STEPS; k += n> 100 ? 10 : 1) {
        double plain = plain_density(&points, w, h, at[k]);
        assert_true(fabs(curve[k] - plain) <= grid.error);
    }
    okrug_ctx_free(ctx);
}

static void test_density_is_the_formula(void **state) {
    (void)state;
    check_density(60, false, false, 2.0);
    check_density(60, false, true, 0.5);
    check_density(60, true, false, 90.0);
    check_density(MANY, false, false, 1.0);
    check_density(MANY, true, true, 50.0);
}

static void test_narrow_bandwidth_is_refused(void **state) {
    (void)state;
    okrug_k_density_grid grid;
    even_steps(1000.0);
    assert_false(okrug_k_density_grid_make(STEPS, at, 0.5, 10, false, &grid));
    assert_true(okrug_k_density_grid_make(STEPS, at, 1.0, 10, false, &grid));
}

/* Vectors of every width tell the same. */
static void test_widths_agree(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (int kind = 0; kind < 4; kind++) {
        okrug_located located;
        okrug_ruler ruler;
        int32_t some[OKRUG_LANES], other[OKRUG_LANES];
        bool globe = kind % 2 == 1;
        scatter(300, globe);
        assert_ok(okrug_located_of(ctx, &(okrug_points){300, x, y, globe}, &located));
        if (kind > 1) {
            assert_ok(okrug_located_narrow(ctx, &located));
            okrug_located_round(&located);
        }
        okrug_ruler_make(globe ? 1.3 : 0.03, 1000, &ruler);
        for (int64_t i = 0; i < 300; i++) {
            okrug_measure_for(&located, true)(&located, i, 100, &ruler, some);
            okrug_measure_for(&located, false)(&located, i, 100, &ruler, other);
            assert_memory_equal(some, other, sizeof some);
        }
        double exact = okrug_located_chord(&located, 299, 100) * ruler.scale;
        double told = exact < ruler.cut ? exact : ruler.beyond[0];
        assert_near(other[0], told, kind > 1 ? 1e-5 : 1e-6);
    }
    okrug_ctx_free(ctx);
}

/* ---- M ---- */

static void test_m_of_ten(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    const okrug_m_sets within = {&ten, ten_weight, 5, of_a, 5, of_a, NULL};
    const okrug_m_sets between = {&ten, ten_weight, 5, of_a, 5, of_b, NULL};
    double r[31], m[31];
    for (int k = 0; k < 31; k++) {
        r[k] = 0.5 * k;
    }
    assert_ok(okrug_m_function(ctx, &within, 31, r, m));
    assert_nan(m[0]); /* nothing is near anything */
    assert_near(m[2], 0.7395162271, 1e-9);
    assert_near(m[3], 0.7808261994, 1e-9);
    assert_near(m[6], 0.6116092246, 1e-9);
    assert_near(m[16], 0.9047608893, 1e-9);
    assert_near(m[30], 1.0, 1e-12);
    assert_ok(okrug_m_function(ctx, &between, 31, r, m));
    assert_near(m[2], 1.713144759, 1e-9);
    okrug_ctx_free(ctx);
}

static double plain_m(const okrug_points *p, const double *w, int64_t members, double r) {
    double all = 0.0;
    double some = 0.0;
    double local = 0.0;
    double expected = 0.0;
    for (int64_t i = 0; i < p->n; i++) {
        all += w[i];
        some += i < members ? w[i] : 0.0;
    }
    for (int64_t i = 0; i < members; i++) {
        double near = 0.0;
        double near_some = 0.0;
        for (int64_t j = 0; j < p->n; j++) {
            if (j != i && distance(p, i, j) <= r) {
                near += w[j];
                near_some += j < members ? w[j] : 0.0;
            }
        }
        if (near > 0.0) {
            local += near_some / near;
            expected += (some - w[i]) / (all - w[i]);
        }
    }
    return local / expected;
}

static void check_m(bool globe) {
    enum { N = 300, MEMBERS = 40 };
    okrug_ctx *ctx = testing_context(2);
    int32_t member[MEMBERS];
    const okrug_points points = {N, x, y, globe};
    const okrug_m_sets sets = {&points, weight, MEMBERS, member, MEMBERS, member, NULL};
    for (int32_t k = 0; k < MEMBERS; k++) {
        member[k] = k;
    }
    scatter(N, globe);
    even_steps(globe ? 2000.0 : 40.0);
    assert_ok(okrug_m_function(ctx, &sets, STEPS, at, curve));
    for (int k = 1; k < STEPS; k++) {
        assert_near(curve[k], plain_m(&points, weight, MEMBERS, at[k]), 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* The formula, smoothed; the industry is made of the first points. */
static double plain_small_m(const okrug_points *p, const double *w, int64_t members, double h, double r) {
    double all = 0.0;
    double some = 0.0;
    double local = 0.0;
    double expected = 0.0;
    for (int64_t i = 0; i < p->n; i++) {
        all += w[i];
        some += i < members ? w[i] : 0.0;
    }
    for (int64_t i = 0; i < members; i++) {
        double near = 0.0;
        double near_some = 0.0;
        for (int64_t j = 0; j < p->n; j++) {
            double k = j == i ? 0.0 : w[j] * normal((r - distance(p, i, j)) / h);
            near += k;
            near_some += j < members ? k : 0.0;
        }
        local += near_some / near;
        expected += (some - w[i]) / (all - w[i]);
    }
    return local / expected;
}

static void test_small_m_is_the_formula(void **state) {
    (void)state;
    enum { N = 300, MEMBERS = 40 };
    okrug_ctx *ctx = testing_context(2);
    int32_t member[MEMBERS];
    for (int globe = 0; globe < 2; globe++) {
        okrug_k_density_grid grid;
        const okrug_points points = {N, x, y, globe == 1};
        const okrug_m_sets sets = {&points, weight, MEMBERS, member, MEMBERS, member, &grid};
        double h = globe == 1 ? 100.0 : 2.0;
        for (int32_t k = 0; k < MEMBERS; k++) {
            member[k] = k;
        }
        scatter(N, globe == 1);
        even_steps(globe == 1 ? 800.0 : 20.0);
        assert_true(okrug_k_density_grid_make(STEPS, at, h, N, globe == 1, &grid));
        assert_ok(okrug_m_function(ctx, &sets, STEPS, at, curve));
        for (int k = 0; k < STEPS; k++) {
            assert_near(curve[k], plain_small_m(&points, weight, MEMBERS, h, at[k]), 1e-5);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_m_is_the_formula(void **state) {
    (void)state;
    check_m(false);
    check_m(true);
}

/* ---- K ---- */

static void test_ripley(void **state) {
    (void)state;
    static const double px[] = {.1, .4, .45, .8, .85}, py[] = {.2, .5, .55, .9, .1};
    static const double r[] = {0, .1, .2, .3, .4, .5};
    const okrug_points five = {5, px, py, false};
    const okrug_window unit = {{0, 1}, {0, 1}};
    okrug_ctx *ctx = testing_context(1);
    double k[6];
    assert_ok(okrug_ripley_k(ctx, &five, &unit, OKRUG_EDGE_NONE, 6, r, k));
    assert_near(k[1], .1, 1e-12);
    assert_near(k[5], .4, 1e-12);
    assert_ok(okrug_ripley_k(ctx, &five, &unit, OKRUG_EDGE_TRANSLATE, 6, r, k));
    assert_near(k[1], .11080332, 5e-9);
    assert_near(k[5], .78825774, 5e-9);
    assert_ok(okrug_ripley_k(ctx, &five, &unit, OKRUG_EDGE_ISOTROPIC, 6, r, k));
    assert_near(k[1], .1, 1e-12);
    assert_near(k[5], .71720153, 5e-9);
    okrug_ctx_free(ctx);
}

/* ---- Places ---- */

static void test_shared_places(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    okrug_shared_places found;
    static const double px[] = {0, 0, 0, 10, 10, 0, 7}, py[] = {0, 0, 0, 0, 0, 3, 9};
    assert_ok(okrug_points_shared(ctx, &(okrug_points){7, px, py, false}, &found));
    assert_int_equal(found.places, 4);
    assert_int_equal(found.sharing, 5);
    assert_int_equal(found.largest, 3);
    assert_near(found.grain, 3.0, 1e-12); /* three of five points are 3 away from another place, two are farther */
    assert_ok(okrug_points_shared(ctx, &(okrug_points){3, px, py, false}, &found));
    assert_int_equal(found.places, 1);
    assert_nan(found.grain);
    assert_ok(okrug_points_shared(ctx, &(okrug_points){3, px + 4, py + 4, false}, &found));
    assert_int_equal(found.sharing, 0);
    assert_near(found.grain, 0.0, 0.0);
    static const double lon[] = {0, 0, 0}, lat[] = {0, 0, 1};
    assert_ok(okrug_points_shared(ctx, &(okrug_points){3, lon, lat, true}, &found));
    assert_near(found.grain, 111.19508, 1e-6);
    okrug_ctx_free(ctx);
}

/* ---- Envelopes ---- */

static double bands[6][4];
static okrug_envelope envelope = {bands[0], bands[1], bands[2], bands[3], bands[4], bands[5], 0, 0, 0};

/* 99 curves of one value, 1 to 99: every rank is known. */
static void test_envelope_of_one_distance(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double simulated[99], observed = 99.5;
    for (int b = 0; b < 99; b++) {
        simulated[b] = (b * 37) % 99 + 1;
    }
    assert_ok(okrug_envelope_of(ctx, 1, &observed, 99, simulated, 0.9, &envelope));
    assert_near(bands[0][0], 5.0, 0.0);
    assert_near(bands[1][0], 95.0, 0.0);
    assert_near(envelope.local_share, 8.0 / 99.0, 1e-15);
    assert_near(bands[2][0], 5.0, 0.0); /* with 6 and 94 ten of 99 would leave it */
    assert_near(bands[3][0], 95.0, 0.0);
    /* With its mirror image, 1, it is the most extreme of a hundred; ten of them go. */
    assert_near(envelope.p, 0.02, 1e-15);
    assert_near(bands[4][0], 6.0, 0.0);
    assert_near(bands[5][0], 95.0, 0.0);
    assert_int_equal(okrug_envelope_least(0.95), 39);
    assert_int_equal(okrug_envelope_least(0.9), 19);
    okrug_ctx_free(ctx);
}

/* Rank length: two curves touch the extreme rank, one at one distance and one at two. */
static void test_rank_length(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double simulated[19 * 2], observed[2] = {20, 20};
    for (int b = 0; b < 19; b++) {
        simulated[2 * b] = b + 1;
        simulated[2 * b + 1] = (b * 7) % 19 + 1;
    }
    assert_ok(okrug_envelope_of(ctx, 2, observed, 19, simulated, 0.9, &envelope));
    assert_near(envelope.p, 1.0 / 20.0 + (simulated[1] == 1.0 ? 1.0 / 20.0 : 0.0), 1e-15);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_corners),
        cmocka_unit_test(test_bandwidth),
        cmocka_unit_test(test_density_is_the_formula),
        cmocka_unit_test(test_narrow_bandwidth_is_refused),
        cmocka_unit_test(test_widths_agree),
        cmocka_unit_test(test_m_of_ten),
        cmocka_unit_test(test_m_is_the_formula),
        cmocka_unit_test(test_small_m_is_the_formula),
        cmocka_unit_test(test_ripley),
        cmocka_unit_test(test_shared_places),
        cmocka_unit_test(test_envelope_of_one_distance),
        cmocka_unit_test(test_rank_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
