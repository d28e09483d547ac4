/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to GLPK says so when memory is short.
 */
#include <okrug/optimise.h>

#include "failing_allocator.h"
#include "matrices.h"

static okrug_status work(void *user) {
    (void)user;
    static const double a[4] = {1.0, 1.0, 1.0, 3.0}, cost[2] = {2.0, 3.0}, least[2] = {4.0, 6.0};
    double value;
    return okrug_linear_least(&(okrug_linear_programme){2, 2, a, cost, least}, NULL, NULL, &value);
}

static void test_linear(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work, NULL) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
