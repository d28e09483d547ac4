/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Products against the sum that defines them, at sizes around those of the tiles.
 */
#include <okrug/linalg.h>

#include "matrices.h"

static double at(okrug_form form, const double *a, int64_t rows, int64_t columns, int64_t i, int64_t j) {
    return form == OKRUG_PLAIN ? a[i * columns + j] : a[j * rows + i];
}

static void check_product(okrug_ctx *ctx, okrug_form form_a, okrug_form form_b, int64_t m, int64_t n, int64_t k) {
    double *a = testing_matrix(1, m * k, -1.0, 1.0), *b = testing_matrix(2, k * n, -1.0, 1.0);
    double *c = testing_numbers(m * n);
    assert_ok(okrug_multiply(ctx, form_a, form_b, m, n, k, a, b, c));
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            double sum = 0.0;
            for (int64_t l = 0; l < k; l++) {
                sum += at(form_a, a, m, k, i, l) * at(form_b, b, k, n, l, j);
            }
            assert_near(c[i * n + j], sum, 1e-13);
        }
    }
    free(a);
    free(b);
    free(c);
}

static void test_multiply_in_all_forms(void **state) {
    (void)state;
    static const int64_t sizes[][3] = {{1, 1, 1}, {2, 3, 4}, {1, 300, 7}, {257, 5, 3}, {256, 257, 31}, {300, 513, 9}};
    okrug_ctx *ctx = testing_context(2);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (int forms = 0; forms < 4; forms++) {
            check_product(ctx, forms & 1 ? OKRUG_TRANSPOSED : OKRUG_PLAIN, forms & 2 ? OKRUG_TRANSPOSED : OKRUG_PLAIN,
                          sizes[s][0], sizes[s][1], sizes[s][2]);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_empty_products(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double c[4] = {1.0, 2.0, 3.0, 4.0}, nothing = 0.0;
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, 2, 2, 0, &nothing, &nothing, c));
    for (int i = 0; i < 4; i++) {
        assert_same_double(c[i], 0.0);
    }
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, 0, 2, 2, &nothing, &nothing, c));
    assert_ok(okrug_gram(ctx, OKRUG_PLAIN, 0, 3, &nothing, c));
    okrug_ctx_free(ctx);
}

static void test_gram_is_the_product_with_itself_and_symmetric(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    static const int64_t sizes[][2] = {{1, 1}, {3, 2}, {256, 4}, {257, 40}, {700, 11}};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        int64_t n = sizes[s][0], k = sizes[s][1];
        double *a = testing_matrix(3, n * k, -1.0, 1.0), *gram = testing_numbers(n * n), *full = testing_numbers(n * n);
        for (int form = 0; form < 2; form++) {
            okrug_form plain = form == 0 ? OKRUG_PLAIN : OKRUG_TRANSPOSED;
            okrug_form other = form == 0 ? OKRUG_TRANSPOSED : OKRUG_PLAIN;
            assert_ok(okrug_gram(ctx, plain, n, k, a, gram));
            assert_ok(okrug_multiply(ctx, plain, other, n, n, k, a, a, full));
            assert_all_near(n * n, gram, full, 1e-13);
            for (int64_t cell = 0; cell < n * n; cell++) {
                assert_same_double(gram[cell], gram[cell % n * n + cell / n]);
            }
        }
        free(a);
        free(gram);
        free(full);
    }
    okrug_ctx_free(ctx);
}

static void test_sides_beyond_blas_are_bad_input(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double nothing = 0.0;
    assert_int_equal(okrug_gram(ctx, OKRUG_PLAIN, INT64_C(1) << 31, 1, &nothing, &nothing), OKRUG_BAD_INPUT);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "matrix-too-large");
    okrug_ctx_free(ctx);
}

static void test_cancelled_before_it_starts(void **state) {
    (void)state;
    atomic_bool cancel = true;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 2, .cancel = &cancel});
    assert_non_null(ctx);
    double *a = testing_matrix(4, 600 * 600, 0.0, 1.0), *c = testing_numbers(600 * 600);
    assert_int_equal(okrug_gram(ctx, OKRUG_PLAIN, 600, 600, a, c), OKRUG_CANCELLED);
    free(a);
    free(c);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_multiply_in_all_forms),
        cmocka_unit_test(test_empty_products),
        cmocka_unit_test(test_gram_is_the_product_with_itself_and_symmetric),
        cmocka_unit_test(test_sides_beyond_blas_are_bad_input),
        cmocka_unit_test(test_cancelled_before_it_starts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
