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
        cmocka_unit_test(test_textbook),
        cmocka_unit_test(test_the_nearest_of_equal_cuts),
        cmocka_unit_test(test_no_way_through),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
