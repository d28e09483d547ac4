/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Similarity, partitions and their scores on data whose answer is known.
 */
#include <okrug/clusters.h>

#include "matrices.h"

enum { POINTS = 8, BLOCKS = 4, EACH = 5, N = BLOCKS * EACH };

static const double point[POINTS][2] = {{0, 0},     {1, 0.3},   {0.2, 1.5}, {5, 5},
                                        {6.1, 5.2}, {5.4, 6.6}, {9, 0.5},   {9.7, 1.9}};

static void inner_products(double gram[POINTS * POINTS]) {
    for (int i = 0; i < POINTS; i++) {
        for (int j = 0; j < POINTS; j++) {
            gram[i * POINTS + j] = point[i][0] * point[j][0] + point[i][1] * point[j][1];
        }
    }
}

/* numpy.corrcoef, NumPy 1.24.2; with one cell not known, over the four rows that are left (by hand). */
static void test_correlation(void **state) {
    (void)state;
    static const double value[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
    static const double all[] = {1, 0.40624057, 0.34052235, 0.40624057, 1, 0.65446289, 0.34052235, 0.65446289, 1};
    bool known[15], none[15];
    double r[9], some[9];
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_profile_correlation(ctx, 5, 3, value, NULL, r));
    assert_all_near(9, r, all, 1e-8);
    memset(known, true, sizeof known);
    assert_ok(okrug_profile_correlation(ctx, 5, 3, value, known, some));
    assert_memory_equal(r, some, sizeof r);
    known[12] = false; /* the 9 of the first column: 3, 1, 2, 3 with 1, 5, 6, 5 and 4, 9, 5, 8 */
    assert_ok(okrug_profile_correlation(ctx, 5, 3, value, known, some));
    assert_near(some[1], -3.25 / sqrt(2.75 * 14.75), 1e-12);
    assert_near(some[2], -3.5 / sqrt(2.75 * 17.0), 1e-12);
    assert_near(some[5], r[5], 1e-12);
    memset(none, false, sizeof none);
    assert_ok(okrug_profile_correlation(ctx, 5, 3, value, none, some));
    assert_nan(some[0]);
    okrug_ctx_free(ctx);
}

static void test_constant_column(void **state) {
    (void)state;
    static const double value[] = {0.1, 1, 0.1, 2, 0.1, 4};
    double r[4];
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_profile_correlation(ctx, 3, 2, value, NULL, r));
    assert_nan(r[0]);
    assert_nan(r[1]);
    assert_near(r[3], 1.0, 0.0);
    okrug_ctx_free(ctx);
}

/* 0 sells 30 of 100 to 1, which buys 60 in all; 1 sells 5 of 50 to 0, which buys 10. */
static void test_input_output(void **state) {
    (void)state;
    static const double flow[] = {0, 30, 5, 0}, sold[] = {100, 50}, bought[] = {10, 60};
    double s[4];
    okrug_input_output_similarity(2, flow, sold, bought, s);
    assert_near(s[1], 0.5, 0.0);
    assert_near(s[2], 0.5, 0.0);
    static const double nothing[] = {0, 0};
    okrug_input_output_similarity(2, flow, nothing, nothing, s);
    assert_near(s[1], 0.0, 0.0);
}

static void test_standardised(void **state) {
    (void)state;
    static const double m[] = {9, 1, 2, 1, 9, 6, 2, 6, 9};
    double z[9];
    okrug_pair_summary summary = okrug_standardise_pairs(3, m, z);
    assert_near(summary.mean, 3.0, 0.0);
    assert_near(summary.deviation, sqrt(14.0 / 3.0), 1e-15);
    assert_near(z[5], 3.0 / sqrt(14.0 / 3.0), 1e-15);
    assert_near(z[0], z[2], 0.0); /* as like itself as the one nearest to it */
    const double with_gap[] = {0, (double)NAN, 2, (double)NAN, 0, 4, 2, 4, 0};
    summary = okrug_standardise_pairs(3, with_gap, z);
    assert_int_equal(summary.undefined, 1);
    assert_near(z[1], 0.0, 0.0);
    static const double same[] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    summary = okrug_standardise_pairs(3, same, z);
    assert_near(summary.deviation, 0.0, 0.0);
    assert_near(z[1], 0.0, 0.0);
}

/* scipy.cluster.hierarchy.linkage(x, "ward"), SciPy 1.10.1. */
static void test_ward(void **state) {
    (void)state;
    static const int32_t a[] = {0, 3, 6, 2, 5, 10, 11}, b[] = {1, 4, 7, 8, 9, 12, 13};
    static const double height[] = {1.04403065, 1.11803399, 1.56524758, 1.59687194,
                                    1.74068952, 9.05748309, 14.30741067};
    static const int32_t four[] = {0, 0, 0, 1, 1, 2, 3, 3}, three[] = {0, 0, 0, 1, 1, 1, 2, 2},
                         two[] = {0, 0, 0, 1, 1, 1, 1, 1};
    double gram[POINTS * POINTS], found_height[POINTS - 1];
    int32_t found_a[POINTS - 1], found_b[POINTS - 1], parent[2 * POINTS], group[POINTS];
    okrug_ctx *ctx = testing_context(1);
    const okrug_merges merges = {found_a, found_b, found_height};
    inner_products(gram);
    assert_ok(okrug_ward(ctx, POINTS, gram, &merges));
    assert_memory_equal(found_a, a, sizeof a);
    assert_memory_equal(found_b, b, sizeof b);
    assert_all_near(POINTS - 1, found_height, height, 1e-8);
    okrug_ward_cut(POINTS, &merges, 4, parent, group);
    assert_memory_equal(group, four, sizeof four);
    okrug_ward_cut(POINTS, &merges, 3, parent, group);
    assert_memory_equal(group, three, sizeof three);
    okrug_ward_cut(POINTS, &merges, 2, parent, group);
    assert_memory_equal(group, two, sizeof two);
    okrug_ward_cut(POINTS, &merges, 1, parent, group);
    assert_int_equal(group[POINTS - 1], 0);
    okrug_ctx_free(ctx);
}

/* The least of all 3^8 ways to make three groups: 5.185 (all tried, NumPy 1.24.2). */
static void test_k_means(void **state) {
    (void)state;
    static const int32_t best[] = {0, 0, 0, 1, 1, 1, 2, 2};
    double gram[POINTS * POINTS], within = 0.0;
    double *work = calloc((size_t)okrug_k_means_work(POINTS, POINTS), sizeof *work);
    int32_t group[POINTS];
    assert_non_null(work);
    inner_products(gram);
    for (uint64_t seed = 0; seed < 50; seed++) {
        const okrug_k_means_options options = {3, 20, 100, seed};
        okrug_k_means_in(POINTS, gram, &options, work, group, &within);
        assert_memory_equal(group, best, sizeof best);
        assert_near(within, 5.184999999999999, 1e-12);
    }
    const okrug_k_means_options each = {POINTS, 1, 100, 1};
    okrug_k_means_in(POINTS, gram, &each, work, group, &within);
    assert_near(within, 0.0, 1e-12);
    assert_int_equal(group[POINTS - 1], POINTS - 1);
    /* Points that coincide cannot be parted. */
    double same[POINTS * POINTS];
    for (int c = 0; c < POINTS * POINTS; c++) {
        same[c] = 1.0;
    }
    okrug_k_means_in(POINTS, same, &each, work, group, &within);
    assert_near(within, 0.0, 0.0);
    free(work);
}

static void planted(double s[N * N], int32_t group[N]) {
    for (int i = 0; i < N; i++) {
        group[i] = i / EACH;
        for (int j = 0; j < N; j++) {
            s[i * N + j] = i / EACH == j / EACH ? 1.0 : 0.0;
        }
    }
}

/* Alike within, nothing between: all pass. Groups across the blocks: none does. */
static void test_planted(void **state) {
    (void)state;
    double s[N * N];
    int32_t group[N], mixed[N];
    double *work = calloc((size_t)okrug_validation_work(N, N), sizeof *work);
    assert_non_null(work);
    planted(s, group);
    okrug_validation v = okrug_validate_in(N, s, BLOCKS, group, work);
    assert_near(v.cluster, 1.0, 0.0);
    assert_near(v.industry, 1.0, 0.0);
    assert_near(v.margin, 1.0, 0.0);
    for (int i = 0; i < N; i++) {
        mixed[i] = i % EACH; /* one of each block in each */
    }
    v = okrug_validate_in(N, s, EACH, mixed, work);
    assert_near(v.cluster, 0.0, 0.0);
    assert_near(v.industry, 0.0, 0.0);
    assert_nan(okrug_validate_in(N, s, 1, group, work).cluster);
    for (int i = 0; i < N; i++) {
        mixed[i] = i;
    }
    assert_near(okrug_validate_in(N, s, N, mixed, work).industry, 0.0, 0.0); /* alone: no score, which is no pass */
    free(work);
}

/* Three groups of 2, 2 and 1; everything by hand. */
static void test_scores(void **state) {
    (void)state;
    static const double s[] = {9, 8, 1, 2, 3, 8, 9, 4, 5, 6, 1, 4, 9, 7, 0, 2, 5, 7, 9, 1, 3, 6, 0, 1, 9};
    static const int32_t group[] = {0, 0, 1, 1, 2}, expected_which[] = {2, 2, 0, 0, 0};
    static const double own[] = {8, 8, 7, 7}, other[] = {3, 6, 2.5, 3.5, 4.5}, between[] = {3.75, 1.75, 2.5};
    double found_within[3], found_between[3], found_own[5], found_other[5];
    bool valid[3];
    int32_t which[5];
    okrug_ctx *ctx = testing_context(1);
    const okrug_partition_scores scores = {found_within, found_between, valid, found_own, found_other, which};
    assert_ok(okrug_score_partition(ctx, 5, s, 3, group, &scores));
    assert_near(found_within[0], 8.0, 0.0);
    assert_near(found_within[1], 7.0, 0.0);
    assert_nan(found_within[2]);
    assert_all_near(3, found_between, between, 1e-15);
    assert_all_near(4, found_own, own, 1e-15);
    assert_nan(found_own[4]);
    assert_all_near(5, found_other, other, 1e-15);
    assert_memory_equal(which, expected_which, sizeof which);
    assert_true(valid[0] && valid[1] && !valid[2]);
    const int32_t one[] = {0, 0, 0, 0, 0};
    assert_ok(okrug_score_partition(ctx, 5, s, 1, one, &scores));
    assert_near(found_within[0], 3.7, 1e-15);
    assert_nan(found_between[0]);
    assert_false(valid[0]);
    assert_int_equal(which[0], -1);
    okrug_ctx_free(ctx);
}

/* One industry of the first block put into the second goes home; all of a block spread over others ends the block. */
static void test_reassigned(void **state) {
    (void)state;
    double s[N * N];
    int32_t home[N], group[N], origin[BLOCKS];
    int64_t groups = BLOCKS, left = -1;
    okrug_ctx *ctx = testing_context(1);
    planted(s, home);
    memcpy(group, home, sizeof group);
    group[0] = 1;
    assert_ok(okrug_reassign(ctx, N, s, 5, &groups, group, origin, &left));
    assert_memory_equal(group, home, sizeof group);
    assert_int_equal(left, 0);
    assert_int_equal(groups, BLOCKS);
    group[0] = 1;
    assert_ok(okrug_reassign(ctx, N, s, 0, &groups, group, origin, &left));
    assert_int_equal(group[0], 1);
    assert_int_equal(left, 1);
    /* Group 0 has one of each of two blocks: both leave it, and the numbers close up. */
    for (int i = 0; i < N; i++) {
        group[i] = i / EACH < 2 ? 1 + i / EACH : 3;
    }
    group[0] = group[EACH] = 0;
    assert_ok(okrug_reassign(ctx, N, s, 5, &groups, group, origin, &left));
    assert_int_equal(groups, 3);
    assert_int_equal(origin[0], 1);
    assert_int_equal(origin[2], 3);
    assert_int_equal(group[0], 0);
    assert_int_equal(group[EACH], 1);
    okrug_ctx_free(ctx);
}

/* By the formulas in Python 3.11: those of scikit-learn's adjusted_rand_score and normalized_mutual_info_score. */
static void test_agreement(void **state) {
    (void)state;
    static const int32_t a[] = {0, 0, 0, 1, 1, 1, 2, 2}, b[] = {0, 0, 1, 1, 1, 2, 2, 2}, one[8] = {0},
                         all[] = {0, 1, 2, 3, 4, 5, 6, 7};
    double table[64];
    okrug_agreement found = okrug_agree_in(8, 3, a, 3, b, table);
    assert_near(found.adjusted_rand, 0.23809523809523808, 1e-15);
    assert_near(found.information, 0.5588730382170322, 1e-14);
    found = okrug_agree_in(8, 3, a, 3, a, table);
    assert_near(found.adjusted_rand, 1.0, 1e-15);
    assert_near(found.information, 1.0, 1e-15);
    found = okrug_agree_in(8, 3, a, 1, one, table);
    assert_near(found.adjusted_rand, 0.0, 0.0);
    assert_near(found.information, 0.0, 1e-15);
    assert_nan(okrug_agree_in(8, 1, one, 1, one, table).adjusted_rand);
    assert_near(okrug_agree_in(8, 8, all, 8, all, table).information, 1.0, 1e-15);
}

/* 2 is nearest to both others; each link comes once, and what is not above average makes none. */
static void test_links(void **state) {
    (void)state;
    static const double s[] = {9, 1, 3, -1, 1, 9, 2, -1, 3, 2, 9, -1, -1, -1, -1, 9};
    int32_t from[8], to[8], rank[9];
    double weight[8];
    assert_int_equal(okrug_nearest_links(4, s, 1, from, to, weight, rank), 2);
    assert_true(from[0] == 0 && to[0] == 2 && from[1] == 1 && to[1] == 2);
    assert_near(weight[0], 3.0, 0.0);
    assert_int_equal(okrug_nearest_links(4, s, 2, from, to, weight, rank), 3);
}

/* By hand. */
static void test_cooperation(void **state) {
    (void)state;
    okrug_arc arc[] = {{1, 2}, {0, 1}, {1, 0}, {0, 1}, {3, 3}};
    okrug_cooperation c;
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_cooperation_of(ctx, 4, 5, arc, &c));
    assert_true(c.arcs == 3 && c.mutual == 2 && c.linked == 3);
    assert_near(c.density, 0.25, 1e-15);
    assert_near(c.reciprocity, 2.0 / 3.0, 1e-15);
    assert_ok(okrug_cooperation_of(ctx, 2, 0, arc, &c));
    assert_true(c.arcs == 0 && c.linked == 0 && c.density == 0.0 && isnan(c.reciprocity));
    okrug_arc itself[] = {{0, 0}};
    assert_ok(okrug_cooperation_of(ctx, 1, 1, itself, &c));
    assert_true(c.arcs == 0 && isnan(c.density) && isnan(c.reciprocity));
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_correlation),  cmocka_unit_test(test_constant_column),
        cmocka_unit_test(test_input_output), cmocka_unit_test(test_standardised),
        cmocka_unit_test(test_ward),         cmocka_unit_test(test_k_means),
        cmocka_unit_test(test_planted),      cmocka_unit_test(test_scores),
        cmocka_unit_test(test_reassigned),   cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_links),        cmocka_unit_test(test_cooperation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
