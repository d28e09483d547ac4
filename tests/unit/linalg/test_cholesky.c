/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cholesky factors: solutions fulfil their equations, and what is not positive definite is told.
 */
#include <okrug/linalg.h>

#include "matrices.h"

static void test_solutions_fulfil_their_equations(void **state) {
    (void)state;
    enum { N = 40, COUNT = 3 };
    double *x = testing_matrix(5, N * N, -1.0, 1.0), *b = testing_matrix(6, COUNT * N, -1.0, 1.0);
    double *a = testing_numbers(N * N), *factor = testing_numbers(N * N), *solved = testing_numbers(COUNT * N);
    bool definite = false;
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_gram(ctx, OKRUG_PLAIN, N, N, x, a));
    for (int i = 0; i < N; i++) {
        a[i * N + i] += 1.0;
    }
    memcpy(factor, a, N * N * sizeof *a);
    memcpy(solved, b, COUNT * N * sizeof *b);
    assert_ok(okrug_cholesky_factor(ctx, N, factor, &definite));
    assert_true(definite);
    assert_ok(okrug_cholesky_solve(ctx, N, factor, COUNT, solved));
    for (int row = 0; row < COUNT; row++) {
        for (int i = 0; i < N; i++) {
            double sum = 0.0;
            for (int j = 0; j < N; j++) {
                sum += a[i * N + j] * solved[row * N + j];
            }
            assert_near(sum, b[row * N + i], 1e-12);
        }
    }
    double *all[] = {x, b, a, factor, solved};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
    okrug_ctx_free(ctx);
}

static void test_not_definite(void **state) {
    (void)state;
    double a[4] = {1, 2, 2, 1}, none[4] = {0, 0, 0, 0};
    bool definite = true;
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_cholesky_factor(ctx, 2, a, &definite));
    assert_false(definite);
    definite = true;
    assert_ok(okrug_cholesky_factor(ctx, 2, none, &definite));
    assert_false(definite);
    assert_ok(okrug_cholesky_factor(ctx, 0, none, &definite));
    assert_true(definite);
    assert_ok(okrug_cholesky_solve(ctx, 0, none, 0, none));
    assert_int_equal(okrug_messages(ctx), 0);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_solutions_fulfil_their_equations),
        cmocka_unit_test(test_not_definite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
