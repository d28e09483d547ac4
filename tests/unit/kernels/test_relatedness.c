/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relatedness measures against values of EconGeo, whose example has C_23 = 2, S_2 = 3, S_3 = 5, T = 14.
 */
#include <okrug/complexity.h>
#include <okrug/linalg.h>

#include "matrices.h"

enum { N = 5 };

/* Only the sums of the second and third thing and the total matter to their relatedness; the diagonal does not. */
static const double together[N * N] = {9, 0, 1, 1, 0, 0, 9, 2, 1, 0, 1, 2, 9, 1, 1, 1, 1, 1, 9, 0, 0, 0, 1, 0, 9};

static void test_measures(void **state) {
    (void)state;
    static const struct {
        okrug_relatedness_measure measure;
        double value;
    } known[] = {{OKRUG_RELATEDNESS_COSINE, .5163977794943222},
                 {OKRUG_RELATEDNESS_JACCARD, 1.0 / 3.0},
                 {OKRUG_RELATEDNESS_ASSOCIATION, 2.0 * 14.0 / 15.0},
                 {OKRUG_RELATEDNESS_PROBABILITY, 1.32}};
    okrug_ctx *ctx = testing_context(2);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        double r[N * N];
        assert_ok(okrug_relatedness(ctx, N, together, known[i].measure, r));
        assert_near(r[1 * N + 2], known[i].value, 1e-14);
        for (int cell = 0; cell < N * N; cell++) {
            assert_same_double(r[cell], r[cell % N * N + cell / N]);
            if (together[cell] == 0.0 || cell / N == cell % N) {
                assert_same_double(r[cell], 0.0);
            }
        }
        double in_place[N * N];
        memcpy(in_place, together, sizeof in_place);
        assert_ok(okrug_relatedness(ctx, N, in_place, known[i].measure, in_place));
        assert_memory_equal(in_place, r, sizeof r);
    }
    okrug_ctx_free(ctx);
}

static void test_things_that_never_meet(void **state) {
    (void)state;
    static const double alone[9] = {4, 1, 0, 1, 4, 0, 0, 0, 4};
    okrug_ctx *ctx = testing_context(1);
    for (int measure = 0; measure <= OKRUG_RELATEDNESS_PROBABILITY; measure++) {
        double r[9];
        assert_ok(okrug_relatedness(ctx, 3, alone, (okrug_relatedness_measure)measure, r));
        for (int i = 0; i < 3; i++) {
            assert_same_double(r[2 * 3 + i], 0.0);
        }
        assert_true(r[1] > 0.0);
    }
    okrug_ctx_free(ctx);
}

/* Four patents: {a, b, c}, {a, b}, {c}, {a}. */
static const double patents[4 * 3] = {1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0};

static void test_fractional_counting(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    double c[9];
    assert_ok(okrug_cooccurrence_fractional(ctx, 4, 3, patents, c));
    assert_near(c[0 * 3 + 1], 1.5, 1e-15); /* half of the first patent, the second */
    assert_near(c[0 * 3 + 2], .5, 1e-15);
    assert_near(c[1 * 3 + 2], .5, 1e-15);
    assert_same_double(c[1 * 3 + 0], c[0 * 3 + 1]);
    okrug_ctx_free(ctx);
}

static void test_correlation_of_presence(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    double c[9];
    assert_ok(okrug_cooccurrence(ctx, 4, 3, patents, c));
    assert_ok(okrug_presence_correlation(ctx, 4, 3, c, c));
    /* By numpy.corrcoef of the columns. */
    assert_near(c[0 * 3 + 1], .5773502691896258, 1e-15);
    assert_near(c[0 * 3 + 2], -.5773502691896258, 1e-15);
    assert_near(c[1 * 3 + 2], 0.0, 1e-15);
    for (int i = 0; i < 3; i++) {
        assert_same_double(c[i * 3 + i], 0.0);
    }
    static const double everywhere[2 * 2] = {1, 0, 1, 1};
    assert_ok(okrug_cooccurrence(ctx, 2, 2, everywhere, c));
    assert_ok(okrug_presence_correlation(ctx, 2, 2, c, c));
    assert_nan(c[1]);
    okrug_ctx_free(ctx);
}

static void test_density_in_per_cent(void **state) {
    (void)state;
    /* Of a ring of four, with the first two present: half of what surrounds each. The fifth is related to none. */
    static const double related[N * N] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    static const double presence[2 * N] = {1, 1, 0, 0, 1, 1, 0, 1, 0, 0};
    static const double expected[2 * (N - 1)] = {50, 50, 50, 50, 0, 100, 0, 100};
    okrug_ctx *ctx = testing_context(1);
    double density[2 * N];
    assert_ok(okrug_density(ctx, 2, N, presence, related, 100.0, density));
    for (int r = 0; r < 2; r++) {
        assert_all_near(N - 1, density + r * N, expected + r * (N - 1), 0.0);
        assert_nan(density[r * N + N - 1]);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_things_that_never_meet),
        cmocka_unit_test(test_fractional_counting),
        cmocka_unit_test(test_correlation_of_presence),
        cmocka_unit_test(test_density_in_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
