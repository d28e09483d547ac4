/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear systems: what is solved fulfils its equation, at sizes around those of the tiles; singular ones are refused.
 */
#include <okrug/linalg.h>

#include "matrices.h"

/* Without dominance of the diagonal, so that rows are exchanged. */
static void check_system(okrug_ctx *ctx, int64_t n, int64_t count) {
    double *a = testing_matrix(1, n * n, -1.0, 1.0), *lu = testing_matrix(1, n * n, -1.0, 1.0);
    double *b = testing_matrix(2, n * count, -1.0, 1.0), *x = testing_matrix(2, n * count, -1.0, 1.0);
    double *back = testing_numbers(n * count), *inverse = testing_numbers(n * n), *identity = testing_numbers(n * n);
    int32_t *pivot = calloc((size_t)n, sizeof *pivot);
    assert_non_null(pivot);
    assert_ok(okrug_lu_factor(ctx, n, lu, pivot));

    assert_ok(okrug_lu_solve(ctx, n, lu, pivot, count, x));
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, n, count, n, a, x, back));
    assert_all_near(n * count, back, b, 1e-8);

    memcpy(x, b, (size_t)(n * count) * sizeof *x);
    assert_ok(okrug_lu_solve_left(ctx, n, lu, pivot, count, x));
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, count, n, n, x, a, back));
    assert_all_near(n * count, back, b, 1e-8);

    assert_ok(okrug_lu_inverse(ctx, n, lu, pivot, inverse));
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, n, n, n, a, inverse, identity));
    for (int64_t cell = 0; cell < n * n; cell++) {
        assert_near(identity[cell], cell / n == cell % n ? 1.0 : 0.0, 1e-8);
    }
    double *all[] = {a, lu, b, x, back, inverse, identity};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
    free(pivot);
}

static void test_solutions_fulfil_their_equations(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    static const int64_t sizes[][2] = {{1, 1}, {2, 3}, {7, 1}, {128, 2}, {129, 300}, {256, 257}, {411, 5}};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        check_system(ctx, sizes[s][0], sizes[s][1]);
    }
    okrug_ctx_free(ctx);
}

static void test_rows_in_need_of_exchange(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double a[9] = {0.0, 2.0, 0.0, 0.0, 0.0, 4.0, 8.0, 0.0, 0.0}, b[3] = {2.0, 8.0, 24.0}, inverse[9];
    int32_t pivot[3];
    assert_ok(okrug_lu_factor(ctx, 3, a, pivot));
    assert_ok(okrug_lu_solve(ctx, 3, a, pivot, 1, b));
    assert_near(b[0], 3.0, 0.0);
    assert_near(b[1], 1.0, 0.0);
    assert_near(b[2], 2.0, 0.0);
    assert_ok(okrug_lu_inverse(ctx, 3, a, pivot, inverse));
    static const double expected[9] = {0.0, 0.0, .125, .5, 0.0, 0.0, 0.0, .25, 0.0};
    assert_all_near(9, inverse, expected, 0.0);
    okrug_ctx_free(ctx);
}

static void test_singular(void **state) {
    (void)state;
    static const double matrices[][4] = {{0.0, 0.0, 0.0, 0.0},
                                         {1.0, 2.0, 2.0, 4.0},
                                         {.1, .3, .3, .9} /* only but for rounding */,
                                         {1.0, 0.0, 0.0, 1e-20}};
    for (size_t i = 0; i < sizeof matrices / sizeof matrices[0]; i++) {
        okrug_ctx *ctx = testing_context(1);
        double a[4];
        int32_t pivot[2];
        memcpy(a, matrices[i], sizeof a);
        assert_int_equal(okrug_lu_factor(ctx, 2, a, pivot), OKRUG_NO_SOLUTION);
        assert_int_equal(okrug_messages(ctx), 1);
        assert_string_equal(okrug_message_at(ctx, 0)->code, "matrix-singular");
        okrug_ctx_free(ctx);
    }
}

static void test_singular_in_a_later_block(void **state) {
    (void)state;
    enum { N = 200 };
    okrug_ctx *ctx = testing_context(2);
    double *a = testing_matrix(5, N * N, -1.0, 1.0);
    int32_t pivot[N];
    for (int64_t j = 0; j < N; j++) {
        a[(N - 1) * N + j] = a[(N - 2) * N + j];
    }
    assert_int_equal(okrug_lu_factor(ctx, N, a, pivot), OKRUG_NO_SOLUTION);
    free(a);
    okrug_ctx_free(ctx);
}

static void test_small_numbers_are_not_singular(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double a[4] = {1e-200, 0.0, 0.0, 2e-200}, b[2] = {1e-200, 1e-200};
    int32_t pivot[2];
    assert_ok(okrug_lu_factor(ctx, 2, a, pivot));
    assert_ok(okrug_lu_solve(ctx, 2, a, pivot, 1, b));
    assert_near(b[0], 1.0, 0.0);
    assert_near(b[1], .5, 0.0);
    okrug_ctx_free(ctx);
}

static void test_empty_system(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double nothing = 0.0;
    int32_t pivot = 0;
    assert_ok(okrug_lu_factor(ctx, 0, &nothing, &pivot));
    assert_ok(okrug_lu_solve(ctx, 0, &nothing, &pivot, 1, &nothing));
    assert_ok(okrug_lu_inverse(ctx, 0, &nothing, &pivot, &nothing));
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_solutions_fulfil_their_equations),
        cmocka_unit_test(test_rows_in_need_of_exchange),
        cmocka_unit_test(test_singular),
        cmocka_unit_test(test_singular_in_a_later_block),
        cmocka_unit_test(test_small_numbers_are_not_singular),
        cmocka_unit_test(test_empty_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
