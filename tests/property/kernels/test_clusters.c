/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold of clusters whatever the data: orders and scales do not matter, threads neither, and what is planted
 * is found.
 */
#include <okrug/clusters.h>

#include "matrices.h"

enum { N = 60, REGIONS = 40, PLANTED = 6, MANY = 20 };

/* Regions in which an industry of group g is at home have more of it. */
static void world(uint64_t seed, double *value) {
    for (int64_t r = 0; r < REGIONS; r++) {
        for (int64_t i = 0; i < N; i++) {
            double home = r % PLANTED == i % PLANTED ? 40.0 : 0.0;
            value[r * N + i] = home + testing_uniform(seed, (uint64_t)(r * N + i), 0.0, 10.0);
        }
    }
}

static void similarities(okrug_ctx *ctx, uint64_t seed, double *z) {
    double *value = calloc((size_t)REGIONS * N, sizeof *value);
    assert_non_null(value);
    world(seed, value);
    assert_ok(okrug_profile_correlation(ctx, REGIONS, N, value, NULL, z));
    (void)okrug_standardise_pairs(N, z, z);
    free(value);
}

static void candidates_of(okrug_ctx *ctx, const double *const *z, okrug_candidate *candidate, int32_t *group) {
    const okrug_candidates_input in = {.n = N,
                                       .matrices = 2,
                                       .matrix = z,
                                       .judges = 2,
                                       .judge = z,
                                       .ward = true,
                                       .k_means = true,
                                       .least = 3,
                                       .most = 12,
                                       .restarts = 5,
                                       .rounds = 100,
                                       .seed = 7};
    assert_int_equal(okrug_candidates_count(&in), 40);
    assert_ok(okrug_candidates(ctx, &in, candidate, group));
}

/* The planted groups are the best candidate, by either method, and threads change no byte. */
static void test_planted_is_found(void **state) {
    (void)state;
    static double a[N * N], b[N * N];
    static okrug_candidate one[40], two[40];
    static int32_t groups[40 * N], again[40 * N];
    okrug_ctx *alone = testing_context(1), *three = testing_context(3);
    similarities(alone, 1, a);
    similarities(alone, 2, b);
    const double *z[] = {a, b};
    candidates_of(alone, z, one, groups);
    candidates_of(three, z, two, again);
    assert_memory_equal(groups, again, sizeof groups);
    for (int c = 0; c < 40; c++) {
        assert_same_double(one[c].score, two[c].score);
        if (one[c].groups == PLANTED) {
            assert_near(one[c].score, 1.0, 0.0);
            for (int i = 0; i < N; i++) {
                assert_int_equal(groups[c * N + i], i % PLANTED);
            }
        }
    }
    okrug_ctx_free(alone);
    okrug_ctx_free(three);
}

/* Another order of the industries gives the same merges, the same scores and the same reassignment. */
static void test_order_does_not_matter(void **state) {
    (void)state;
    static double z[N * N], turned[N * N];
    int32_t a[N], b[N], c[N], d[N], parent[2 * N], group[N], other[N], origin[N];
    double height[N], turned_height[N], *work = calloc((size_t)okrug_validation_work(N, N), sizeof *work);
    assert_non_null(work);
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= MANY; seed++) {
        similarities(ctx, seed, z);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                turned[i * N + j] = z[(N - 1 - i) * N + N - 1 - j];
            }
        }
        const okrug_merges merges = {a, b, height}, of_turned = {c, d, turned_height};
        assert_ok(okrug_ward(ctx, N, z, &merges));
        assert_ok(okrug_ward(ctx, N, turned, &of_turned));
        assert_all_near(N - 1, turned_height, height, 1e-9);
        for (int k = 1; k + 1 < N; k++) {
            assert_true(height[k] >= height[k - 1]);
        }
        okrug_ward_cut(N, &merges, 9, parent, group);
        for (int i = 0; i < N; i++) {
            other[i] = group[N - 1 - i];
        }
        okrug_validation v = okrug_validate_in(N, z, 9, group, work), w = okrug_validate_in(N, turned, 9, other, work);
        assert_near(w.cluster, v.cluster, 1e-15);
        assert_near(w.industry, v.industry, 1e-15);
        int64_t groups = 9, turned_groups = 9, left = 0, turned_left = 0;
        assert_ok(okrug_reassign(ctx, N, z, 9, &groups, group, origin, &left));
        assert_ok(okrug_reassign(ctx, N, turned, 9, &turned_groups, other, origin, &turned_left));
        assert_int_equal(groups, turned_groups);
        assert_int_equal(left, turned_left);
        for (int i = 0; i < N; i++) {
            assert_int_equal(other[i], group[N - 1 - i]);
        }
    }
    free(work);
    okrug_ctx_free(ctx);
}

/* Correlations do not change with units and origin, and cells that are not known cannot tell. */
static void test_units_do_not_matter(void **state) {
    (void)state;
    static double value[REGIONS * N], scaled[REGIONS * N], r[N * N], s[N * N];
    static bool known[REGIONS * N];
    okrug_ctx *ctx = testing_context(1);
    world(3, value);
    for (int c = 0; c < REGIONS * N; c++) {
        known[c] = testing_uniform(4, (uint64_t)c, 0.0, 1.0) < 0.8;
        scaled[c] = known[c] ? 1000.0 * value[c] + 5e4 : 1e9;
    }
    assert_ok(okrug_profile_correlation(ctx, REGIONS, N, value, known, r));
    assert_ok(okrug_profile_correlation(ctx, REGIONS, N, scaled, known, s));
    assert_all_near(N * N, s, r, 1e-9);
    /* One pair by the formula, over the rows that both have. */
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (int k = 0; k < REGIONS; k++) {
        if (known[k * N + 3] && known[k * N + 8]) {
            double p = value[k * N + 3], q = value[k * N + 8];
            n++, x += p, y += q, xx += p * p, yy += q * q, xy += p * q;
        }
    }
    assert_near(r[3 * N + 8], (xy - x * y / n) / sqrt((xx - x * x / n) * (yy - y * y / n)), 1e-10);
    okrug_ctx_free(ctx);
}

/* Labels by lot score less, do not agree but by chance, and agreement is mutual. */
static void test_labels_by_lot(void **state) {
    (void)state;
    static double z[N * N];
    double table[N * N], *work = calloc((size_t)okrug_validation_work(N, PLANTED), sizeof *work), mean = 0.0,
                         rand = 0.0;
    int32_t planted[N], lot[N];
    assert_non_null(work);
    okrug_ctx *ctx = testing_context(1);
    similarities(ctx, 5, z);
    for (int i = 0; i < N; i++) {
        planted[i] = i % PLANTED;
    }
    for (uint64_t draw = 0; draw < 400; draw++) {
        memcpy(lot, planted, sizeof lot);
        for (int i = N - 1; i > 0; i--) {
            int j = (int)(testing_random(draw, (uint64_t)i) % (uint64_t)(i + 1));
            int32_t held = lot[i];
            lot[i] = lot[j];
            lot[j] = held;
        }
        okrug_validation v = okrug_validate_in(N, z, PLANTED, lot, work);
        okrug_agreement there = okrug_agree_in(N, PLANTED, planted, PLANTED, lot, table);
        okrug_agreement back = okrug_agree_in(N, PLANTED, lot, PLANTED, planted, table);
        assert_near(there.adjusted_rand, back.adjusted_rand, 1e-12);
        assert_near(there.information, back.information, 1e-12);
        mean += (v.cluster + v.industry) / 800.0;
        rand += there.adjusted_rand / 400.0;
    }
    assert_true(mean > 0.1 && mean < 0.6);
    assert_near(rand, 0.0, 0.01);
    free(work);
    okrug_ctx_free(ctx);
}

/* More restarts are never worse, k-means never worse than its own start, Ward's cut never better than the best found.
 */
static void test_restarts_help(void **state) {
    (void)state;
    static double z[N * N];
    double few = 0.0, many = 0.0, *work = calloc((size_t)okrug_k_means_work(N, 10), sizeof *work);
    int32_t group[N];
    assert_non_null(work);
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= MANY; seed++) {
        double gram[N * N];
        similarities(ctx, seed, z);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0.0;
                for (int k = 0; k < N; k++) {
                    sum += z[i * N + k] * z[j * N + k];
                }
                gram[i * N + j] = sum;
            }
        }
        const okrug_k_means_options once = {10, 1, 100, seed}, often = {10, 30, 100, seed};
        okrug_k_means_in(N, gram, &once, work, group, &few);
        okrug_k_means_in(N, gram, &often, work, group, &many);
        assert_true(many <= few);
        /* What is told is the sum of squares of the partition that is given. */
        double sum = 0.0;
        for (int i = 0; i < N; i++) {
            double inside = 0.0, size = 0.0;
            for (int j = 0; j < N; j++) {
                inside += group[j] == group[i] ? gram[i * N + j] : 0.0;
                size += group[j] == group[i];
            }
            sum += gram[i * N + i] - inside / size;
        }
        assert_near(many, sum, 1e-9);
    }
    free(work);
    okrug_ctx_free(ctx);
}

/* Numbers of things and the order of arcs do not matter; arcs turned round are as dense and as mutual; the arcs of a
 * whole graph both ways are all mutual. */
static void test_cooperation_is_of_the_graph(void **state) {
    (void)state;
    enum { THINGS = 12, ARCS = 40 };
    okrug_ctx *ctx = testing_context(1);
    for (uint32_t trial = 0; trial < 20; trial++) {
        okrug_arc arc[2 * ARCS], other[2 * ARCS];
        okrug_cooperation one, renamed, turned, both;
        for (uint32_t i = 0; i < ARCS; i++) {
            double u[2];
            okrug_random_uniform((okrug_random_key){.seed = 7, .unit = trial, .draw = i}, u);
            arc[i] = (okrug_arc){(int32_t)(u[0] * THINGS), (int32_t)(u[1] * THINGS)};
            other[ARCS - 1 - i] = (okrug_arc){(arc[i].from * 5 + 3) % THINGS, (arc[i].to * 5 + 3) % THINGS};
        }
        okrug_arc back[2 * ARCS];
        for (int i = 0; i < ARCS; i++) {
            back[i] = (okrug_arc){arc[i].to, arc[i].from};
        }
        assert_ok(okrug_cooperation_of(ctx, THINGS, ARCS, other, &renamed));
        memcpy(other, arc, ARCS * sizeof *arc);
        memcpy(other + ARCS, back, ARCS * sizeof *arc);
        assert_ok(okrug_cooperation_of(ctx, THINGS, ARCS, arc, &one));
        assert_ok(okrug_cooperation_of(ctx, THINGS, ARCS, back, &turned));
        assert_ok(okrug_cooperation_of(ctx, THINGS, 2 * ARCS, other, &both));
        assert_memory_equal(&one, &renamed, sizeof one);
        assert_memory_equal(&one, &turned, sizeof one);
        assert_true(one.density > 0.0 && one.density <= 1.0 && one.reciprocity <= 1.0 && one.mutual % 2 == 0);
        assert_true(both.mutual == both.arcs && both.arcs == 2 * one.arcs - one.mutual && both.linked == one.linked);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted_is_found),    cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_units_do_not_matter), cmocka_unit_test(test_labels_by_lot),
        cmocka_unit_test(test_restarts_help),       cmocka_unit_test(test_cooperation_is_of_the_graph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
