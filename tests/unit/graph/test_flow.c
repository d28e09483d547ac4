/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The largest flow through small networks, and the cut that is nearest to the source.
 */
#include <okrug/graph.h>

#include "matrices.h"

/* The network of Cormen, Leiserson, Rivest and Stein (2009), figure 26.1: 23 can flow. */
static void test_textbook(void **state) {
    (void)state;
    static const int32_t from[] = {0, 0, 1, 2, 2, 3, 3, 4, 4}, to[] = {1, 2, 3, 1, 4, 2, 5, 3, 5};
    static const int64_t capacity[] = {16, 13, 12, 4, 14, 9, 20, 7, 4};
    const okrug_network network = {6, 9, from, to, capacity};
    static const bool expected[6] = {true, true, true, false, true, false};
    okrug_ctx *ctx = testing_context(1);
    int64_t value = 0;
    bool side[6];
    assert_ok(okrug_max_flow(ctx, &network, 0, 5, &value, side));
    assert_int_equal(value, 23);
    assert_memory_equal(side, expected, sizeof side);
    okrug_ctx_free(ctx);
}

/* 0 -3-> 1 -3-> 2 -3-> 3: each arc is a minimum cut; the first one is nearest to the source. */
static void test_the_nearest_of_equal_cuts(void **state) {
    (void)state;
    static const int32_t from[] = {0, 1, 2}, to[] = {1, 2, 3};
    static const int64_t capacity[] = {3, 3, 3};
    const okrug_network network = {4, 3, from, to, capacity};
    static const bool expected[4] = {true, false, false, false};
    okrug_ctx *ctx = testing_context(1);
    int64_t value = 0;
    bool side[4];
    assert_ok(okrug_max_flow(ctx, &network, 0, 3, &value, side));
    assert_int_equal(value, 3);
    assert_memory_equal(side, expected, sizeof side);
    okrug_ctx_free(ctx);
}

enum { NODES = 7, ARCS = 16 };

static int64_t cut_capacity(const okrug_network *network, unsigned side) {
    int64_t sum = 0;
    for (int a = 0; a < ARCS; a++) {
        bool out = (side >> network->from[a] & 1U) != 0 && (side >> network->to[a] & 1U) == 0;
        sum += out ? network->capacity[a] : 0;
    }
    return sum;
}

/* All sides of the source are tried; the nodes that are in every minimum cut are the smallest one. */
static void test_beside_all_cuts(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= 300; seed++) {
        int32_t from[ARCS], to[ARCS];
        int64_t capacity[ARCS], least = INT64_MAX, value = 0;
        unsigned common = 0;
        for (uint64_t a = 0; a < ARCS; a++) {
            from[a] = (int32_t)(testing_random(seed, a) % NODES);
            to[a] = (int32_t)(testing_random(seed, 100 + a) % NODES);
            capacity[a] = (int64_t)(testing_random(seed, 200 + a) % 4);
        }
        const okrug_network network = {NODES, ARCS, from, to, capacity};
        for (unsigned side = 1; side < 1U << (NODES - 1); side += 2) { /* with node 0, without the last */
            int64_t sum = cut_capacity(&network, side);
            common = sum < least ? side : sum == least ? common & side : common;
            least = sum < least ? sum : least;
        }
        bool found[NODES];
        assert_ok(okrug_max_flow(ctx, &network, 0, NODES - 1, &value, found));
        assert_int_equal(value, least);
        for (unsigned i = 0; i < NODES; i++) {
            assert_int_equal(found[i], common >> i & 1U);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_no_way_through(void **state) {
    (void)state;
    const okrug_network network = {2, 0, NULL, NULL, NULL};
    okrug_ctx *ctx = testing_context(1);
    int64_t value = -1;
    bool side[2];
    assert_ok(okrug_max_flow(ctx, &network, 0, 1, &value, side));
    assert_int_equal(value, 0);
    assert_true(side[0] && !side[1]);
    okrug_ctx_free(ctx);
}

static void test_too_large(void **state) {
    (void)state;
    const okrug_network network = {INT64_C(1) << 31, 0, NULL, NULL, NULL};
    okrug_ctx *ctx = testing_context(1);
    int64_t value = 0;
    assert_int_equal(okrug_max_flow(ctx, &network, 0, 1, &value, NULL), OKRUG_BAD_INPUT);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "graph-too-large");
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_textbook),        cmocka_unit_test(test_the_nearest_of_equal_cuts),
        cmocka_unit_test(test_beside_all_cuts), cmocka_unit_test(test_no_way_through),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
