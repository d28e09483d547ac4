/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eigenvalues of matrices whose own are known.
 */
#include <okrug/linalg.h>

#include "matrices.h"

static void test_two_by_two(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double a[4] = {2.0, 1.0, 1.0, 2.0}, value[2], vector[4];
    assert_ok(okrug_symmetric_eigen_top(ctx, 2, 2, a, value, vector));
    static const double values[2] = {3.0, 1.0};
    assert_all_near(2, value, values, 1e-14);
    assert_near(vector[0], sqrt(.5), 1e-14);
    assert_near(vector[1], sqrt(.5), 1e-14);
    assert_near(fabs(vector[2]), sqrt(.5), 1e-14);
    assert_near(vector[2] + vector[3], 0.0, 1e-14);
    okrug_ctx_free(ctx);
}

/* The path graph: 2 cos(pi k / (n + 1)), k = 1 .. n. */
static void test_top_of_a_path(void **state) {
    (void)state;
    enum { N = 60, TOP = 5 };
    okrug_ctx *ctx = testing_context(1);
    double *a = testing_numbers(N * N), *kept = testing_numbers(N * N), value[TOP], vector[TOP * N], image[TOP * N];
    for (int64_t i = 0; i + 1 < N; i++) {
        a[i * N + i + 1] = a[(i + 1) * N + i] = kept[i * N + i + 1] = kept[(i + 1) * N + i] = 1.0;
    }
    assert_ok(okrug_symmetric_eigen_top(ctx, N, TOP, a, value, vector));
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, TOP, N, N, vector, kept, image));
    for (int64_t k = 0; k < TOP; k++) {
        assert_near(value[k], 2.0 * cos(acos(-1.0) * (double)(k + 1) / (N + 1)), 1e-13);
        double length = 0.0, largest = 0.0;
        for (int64_t i = 0; i < N; i++) {
            assert_near(image[k * N + i], value[k] * vector[k * N + i], 1e-13);
            length += vector[k * N + i] * vector[k * N + i];
            largest = fabs(vector[k * N + i]) > fabs(largest) ? vector[k * N + i] : largest;
        }
        assert_near(length, 1.0, 1e-13);
        assert_true(largest > 0.0);
    }
    free(a);
    free(kept);
    okrug_ctx_free(ctx);
}

static void test_only_the_upper_triangle_is_read(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double a[4] = {2.0, 1.0, (double)NAN, 2.0}, value[1], vector[2];
    assert_ok(okrug_symmetric_eigen_top(ctx, 2, 1, a, value, vector));
    assert_near(value[0], 3.0, 1e-14);
    okrug_ctx_free(ctx);
}

static void test_spectral_radius(void **state) {
    (void)state;
    static const struct {
        int64_t n;
        double a[4], radius;
    } known[] = {
        {0, {0}, 0.0},
        {1, {-3.0}, 3.0},
        {2, {0.0, 1.0, -1.0, 0.0}, 1.0}, /* a rotation: +-i */
        {2, {0.0, 5.0, 0.0, 0.0}, 0.0},  /* nilpotent */
        {2, {.15, .25, .2, .05}, .32912878474779204},
    };
    okrug_ctx *ctx = testing_context(1);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        double radius;
        assert_ok(okrug_spectral_radius(ctx, known[i].n, known[i].a, &radius));
        assert_near(radius, known[i].radius, 1e-14);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_by_two),
        cmocka_unit_test(test_top_of_a_path),
        cmocka_unit_test(test_only_the_upper_triangle_is_read),
        cmocka_unit_test(test_spectral_radius),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
