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

static okrug_status mixed_work(void *user) {
    (void)user;
    static const int64_t ptr[3] = {0, 2, 4};
    static const int32_t col[4] = {0, 1, 0, 1};
    static const double val[4] = {6.0, 4.0, 1.0, 2.0}, gain[2] = {5.0, 4.0}, limit[2] = {24.0, 6.0}, zero[2] = {0};
    static const double ten[2] = {10.0, 10.0};
    static const bool whole[2] = {true, true};
    double x[2];
    okrug_mixed_result result;
    const okrug_mixed_programme p = {2, {2, 4, ptr, col, val}, zero, limit, zero, ten, gain, whole};
    return okrug_mixed_most(&p, 1000, x, &result);
}

static void test_mixed(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(mixed_work, NULL) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear), cmocka_unit_test(test_mixed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
