/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules and repairs say so when memory is short.
 */
#include <okrug/repair.h>

#include "failing_allocator.h"
#include "groups.h"

static okrug_status work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    static testing_group t;
    testing_group_begin(&t, 3);
    testing_group_contract(&t, 0, 2, 10.0, 10.0);
    static const double member_cost[1] = {3.0};
    static const uint8_t asked[1] = {1};
    static const okrug_rule rule = {0, 0, OKRUG_MEASURE_PARTICIPANTS, OKRUG_AT_LEAST, 3.0, -1, 0, 0, 0.0};
    static const okrug_span span[1] = {{2.0, 2.0}};
    uint8_t member[1];
    okrug_repair found = {.member = member};
    const okrug_repair_problem p = {.group = &t.group,
                                    .members = 2,
                                    .member_cost = member_cost,
                                    .rules = &rule,
                                    .rule_count = 1,
                                    .criteria = 1,
                                    .slots = 1,
                                    .span = span};
    okrug_status status = testing_group_measure(ctx, &t);
    if (status == OKRUG_OK) {
        status = okrug_repair_least(ctx, &p, asked, 100, &found);
    }
    okrug_ctx_free(ctx);
    return status;
}

static void test_rules(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work, NULL) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
