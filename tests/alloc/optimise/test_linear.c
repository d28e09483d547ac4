/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to GLPK says so when memory is short.
 */
#include <math.h>
#include <okrug/optimise.h>

#include "failing_allocator.h"
#include "matrices.h"

static okrug_status work(void *user) {
    (void)user;
    static const double a[4] = {1.0, 1.0, 1.0, 3.0}, cost[2] = {2.0, 3.0}, least[2] = {4.0, 6.0};
    double value;
    return okrug_linear_least(&(okrug_linear_programme){2, 2, a, cost, least}, NULL, NULL, &value);
}

static okrug_status work_mixed(void *user) {
    (void)user;
    static const int64_t ptr[2] = {0, 3};
    static const int32_t col[3] = {0, 1, 2};
    static const double val[3] = {2.0, 3.0, 1.0}, cost[3] = {5.0, 4.0, 3.0}, upper[3] = {1.0, 1.0, 1.0};
    static const uint8_t whole[3] = {1, 1, 1};
    const double least[1] = {4.0}, most[1] = {NAN};
    double x[3];
    okrug_mixed_end end;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_mixed_programme p = {3, {1, 3, ptr, col, val}, least, most, cost, upper, whole};
    okrug_status status = okrug_mixed_least(ctx, &p, 1000, x, &end);
    okrug_ctx_free(ctx);
    return status;
}

static void test_mixed(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work_mixed, NULL) >= 3);
}

static void test_linear(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work, NULL) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_linear), cmocka_unit_test(test_mixed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
