/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear programmes that were solved by hand, and what the library would end the program for.
 */
#include <okrug/optimise.h>

#include "matrices.h"

static void test_two_by_two(void **state) {
    (void)state;
    static const double a[4] = {1.0, 1.0, 1.0, 3.0}, cost[2] = {2.0, 3.0}, least[2] = {4.0, 6.0};
    double x[2], price[2], value;
    assert_ok(okrug_linear_least(&(okrug_linear_programme){2, 2, a, cost, least}, x, price, &value));
    assert_near(value, 9.0, 1e-14);
    assert_near(x[0], 3.0, 1e-14);
    assert_near(x[1], 1.0, 1e-14);
    assert_near(price[0], 1.5, 1e-14);
    assert_near(price[1], .5, 1e-14);
}

static void test_no_solution(void **state) {
    (void)state;
    static const double a[2] = {1.0, -1.0}, cost[1] = {1.0}, least[2] = {2.0, -1.0}; /* 2 <= x <= 1 */
    double value;
    assert_int_equal(okrug_linear_least(&(okrug_linear_programme){2, 1, a, cost, least}, NULL, NULL, &value),
                     OKRUG_NO_SOLUTION);
}

/* No rows at all is what the library calls abort() for. */
static void test_library_gives_up(void **state) {
    (void)state;
    static const double a[1] = {1.0};
    double value;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(okrug_linear_least(&(okrug_linear_programme){0, 1, a, a, a}, NULL, NULL, &value),
                         OKRUG_DEFECT);
    }
    test_two_by_two(state); /* and it can be called again */
}

static okrug_status many(void *user, int64_t tile) {
    double *value = user;
    for (int k = 0; k < 50; k++) {
        const double need[1] = {(double)tile + 1.0};
        static const double a[2] = {1.0, 2.0}, cost[2] = {1.0, 1.0};
        okrug_status status =
            okrug_linear_least(&(okrug_linear_programme){1, 2, a, cost, need}, NULL, NULL, &value[tile]);
        if (status != OKRUG_OK) {
            return status;
        }
    }
    return OKRUG_OK;
}

typedef struct {
    double matrix[3], least[1];
} changing;

static void change(void *user, int64_t k) {
    changing *c = user;
    c->matrix[2] = (double)k; /* costs 1 as the others, and does k */
    c->least[0] = 12.0;
}

static void test_family(void **state) {
    (void)state;
    changing c = {{1.0, 2.0, 9.0}, {1.0}};
    static const double cost[3] = {1.0, 1.0, 1.0};
    static const double expected[5] = {6.0, 6.0, 6.0, 4.0, 3.0};
    double value[5], alone;
    const okrug_linear_programme all = {1, 3, c.matrix, cost, c.least};
    assert_ok(okrug_linear_least_each(&all, 2, 5, change, &c, value));
    for (int k = 0; k < 5; k++) {
        assert_near(value[k], expected[k], 1e-14);
        change(&c, k);
        assert_ok(okrug_linear_least(&all, NULL, NULL, &alone));
        assert_same_double(alone, value[k]); /* nothing is left of those before */
    }
}

/* Each thread has its own environment. */
static void test_threads(void **state) {
    (void)state;
    double value[32];
    okrug_ctx *ctx = testing_context(4);
    assert_ok(okrug_parallel(ctx, 32, many, value));
    for (int i = 0; i < 32; i++) {
        assert_near(value[i], (i + 1.0) / 2.0, 1e-14);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_by_two), cmocka_unit_test(test_no_solution), cmocka_unit_test(test_library_gives_up),
        cmocka_unit_test(test_family),     cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
