/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Communities whose best modularity is published, and graphs that have none.
 */
#include <okrug/graph.h>

#include "matrices.h"

enum { CLUB = 34, TIES = 78, SEEDS = 20, ROUNDS = 10 };

/* Zachary (1977): who met whom outside the karate club. */
static const int32_t tie[TIES][2] = {
    {0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},  {0, 11},
    {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},   {1, 7},   {1, 13},
    {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},   {2, 9},   {2, 13},  {2, 27},
    {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},   {4, 10},  {5, 6},   {5, 10},  {5, 16},
    {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},  {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33},
    {18, 32}, {18, 33}, {19, 33}, {20, 32}, {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29},
    {23, 32}, {23, 33}, {24, 25}, {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31},
    {28, 33}, {29, 32}, {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33},
};

static void test_karate_club(void **state) {
    (void)state;
    int32_t a[TIES], b[TIES], group[CLUB], again[CLUB];
    double weight[TIES], best = 0.0, quality = 0.0;
    int64_t groups = 0, best_groups = 0;
    for (int e = 0; e < TIES; e++) {
        a[e] = tie[e][0];
        b[e] = tie[e][1];
        weight[e] = 1.0;
    }
    const okrug_links graph = {CLUB, TIES, a, b, weight};
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_ok(okrug_leiden(ctx, &graph, 1.0, ROUNDS, seed, group, &groups, &quality));
        assert_true(quality <= 0.419789612097 + 1e-12);
        best_groups = quality > best ? groups : best_groups;
        best = fmax(best, quality);
        assert_ok(okrug_leiden(ctx, &graph, 1.0, ROUNDS, seed, again, &groups, &quality));
        assert_memory_equal(group, again, sizeof group);
    }
    assert_near(best, 0.419789612097, 1e-11);
    assert_int_equal(best_groups, 4);
    okrug_ctx_free(ctx);
}

/* Two triangles with a bridge: one each, Q = 5/14. The higher the resolution, the smaller the groups. */
static void test_two_triangles(void **state) {
    (void)state;
    static const int32_t a[] = {0, 0, 1, 3, 3, 4, 2}, b[] = {1, 2, 2, 4, 5, 5, 3}, expected[] = {0, 0, 0, 1, 1, 1};
    static const double weight[] = {1, 1, 1, 1, 1, 1, 1};
    const okrug_links graph = {6, 7, a, b, weight};
    okrug_ctx *ctx = testing_context(1);
    int32_t group[6];
    int64_t groups = 0;
    double quality = 0.0;
    assert_ok(okrug_leiden(ctx, &graph, 1.0, ROUNDS, 1, group, &groups, &quality));
    assert_memory_equal(group, expected, sizeof group);
    assert_near(quality, 5.0 / 14.0, 1e-14);
    assert_ok(okrug_leiden(ctx, &graph, 20.0, ROUNDS, 1, group, &groups, &quality));
    assert_int_equal(groups, 6);
    okrug_ctx_free(ctx);
}

/* Weights count: the ends of the heavy link stay together where those of light ones part. */
static void test_weights(void **state) {
    (void)state;
    static const int32_t a[] = {0, 1, 2}, b[] = {1, 2, 3}, expected[] = {0, 1, 1, 2};
    static const double weight[] = {1, 100, 1};
    const okrug_links graph = {4, 3, a, b, weight};
    okrug_ctx *ctx = testing_context(1);
    int32_t group[4];
    int64_t groups = 0;
    double quality = 0.0;
    assert_ok(okrug_leiden(ctx, &graph, 1.9, ROUNDS, 1, group, &groups, &quality));
    assert_memory_equal(group, expected, sizeof group);
    okrug_ctx_free(ctx);
}

static void test_nothing_to_link(void **state) {
    (void)state;
    const okrug_links graph = {.nodes = 3};
    okrug_ctx *ctx = testing_context(1);
    int32_t group[3];
    int64_t groups = 0;
    double quality = 0.0;
    assert_ok(okrug_leiden(ctx, &graph, 1.0, ROUNDS, 1, group, &groups, &quality));
    assert_int_equal(groups, 3);
    assert_nan(quality);
    const okrug_links huge = {.nodes = INT32_MAX, .links = 1};
    assert_int_equal(okrug_leiden(ctx, &huge, 1.0, ROUNDS, 1, group, &groups, &quality), OKRUG_BAD_INPUT);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_karate_club),
        cmocka_unit_test(test_two_triangles),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_nothing_to_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
