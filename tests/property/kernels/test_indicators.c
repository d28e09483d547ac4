/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for composites and patterns of any regions.
 */
#include <okrug/indicators.h>

#include "matrices.h"

enum { WORLDS = 12, N = 23, M = 4, CODE = M * (M - 1) / 2 + 1 };

/* A rising change of a region's values leaves its pattern; turning the signs swaps 1 and 2. */
static void test_patterns_see_order_only(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        double x[M], up[M], turned[M];
        char code[CODE], same[CODE], other[CODE];
        for (uint64_t i = 0; i < M; i++) {
            x[i] = floor(testing_uniform(seed, i, -3.0, 3.0)) / 2.0; /* often equal */
            up[i] = exp(3.0 * x[i]) + x[i];
            turned[i] = -x[i];
        }
        okrug_pattern_code(x, M, 0.0, code);
        okrug_pattern_code(up, M, 0.0, same);
        okrug_pattern_code(turned, M, 0.0, other);
        assert_string_equal(code, same);
        for (int c = 0; c < CODE - 1; c++) {
            assert_int_equal(other[c], code[c] == '1' ? '2' : code[c] == '2' ? '1' : '0');
        }
    }
}

/* Neither the unit of an indicator nor the order of regions matters to the benefit of the doubt; somebody scores 1, a
 * region that is nowhere worse than another scores no less, and tighter shares raise nobody. */
static void test_benefit_of_the_doubt(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double y[N * M], scaled[N * M], moved[N * M], score[N], same[N], turned[N], tight[N];
        int64_t *order = testing_permutation(seed, N);
        for (int c = 0; c < N * M; c++) {
            y[c] = testing_uniform(seed, (uint64_t)c, .05, 1.0);
            scaled[c] = y[c] * (double[]){1.0, 7.0, .01, 300.0}[c % M];
        }
        for (int i = 0; i < M; i++) {
            y[M + i] = y[i] * .9; /* region 1 is below region 0 in all */
            scaled[M + i] = scaled[i] * .9;
        }
        for (int c = 0; c < N * M; c++) {
            moved[order[c / M] * M + c % M] = y[c];
        }
        assert_ok(okrug_benefit_of_the_doubt(ctx, N, M, y, .05, .4, score));
        assert_ok(okrug_benefit_of_the_doubt(ctx, N, M, scaled, .05, .4, same));
        assert_ok(okrug_benefit_of_the_doubt(ctx, N, M, moved, .05, .4, turned));
        assert_ok(okrug_benefit_of_the_doubt(ctx, N, M, y, .2, .3, tight));
        double most = 0.0;
        for (int r = 0; r < N; r++) {
            assert_near(same[r], score[r], 1e-11);
            assert_near(turned[order[r]], score[r], 1e-11);
            assert_true(tight[r] <= score[r] + 1e-11 && score[r] <= 1.0);
            most = fmax(most, score[r]);
        }
        assert_near(most, 1.0, 1e-12);
        assert_near(score[1], .9 * score[0], 1e-11);
        free(order);
    }
    okrug_ctx_free(ctx);
}

/* Units and zeros of indicators do not matter to what is made of them. */
static void test_normalised(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        for (int how = OKRUG_MINMAX; how <= OKRUG_RANKED; how++) {
            double x[N], other[N], y[N], same[N], turned[N], lifted[N];
            for (uint64_t r = 0; r < N; r++) {
                x[r] = floor(testing_uniform(seed, r, 0.0, 40.0));
                other[r] = 3.0 * x[r] - 20.0;
            }
            assert_ok(okrug_normalise(ctx, (okrug_normalisation)how, true, x, N, 1, y));
            assert_ok(okrug_normalise(ctx, (okrug_normalisation)how, true, other, N, 1, same));
            for (int r = 0; r < N; r++) {
                other[r] = -other[r];
            }
            assert_ok(okrug_normalise(ctx, (okrug_normalisation)how, false, other, N, 1, turned));
            assert_all_near(N, same, y, 1e-13);
            assert_all_near(N, turned, y, 1e-13);
            okrug_lift((okrug_normalisation)how, .01, y, N, lifted);
            for (int r = 0; r < N; r++) {
                assert_true(lifted[r] >= .01 - 1e-15);
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Shares: alone they sum to at most 1, in total to at least, and each is less alone. */
static void test_place_shares(void **state) {
    (void)state;
    static const int64_t levels[3] = {2, 3, 4};
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double *place = testing_matrix(seed, 24 * N, 1.0, 30.0), alone[3], total[3], sums[2] = {0};
        okrug_place_shares(N, 3, levels, place, alone, total);
        for (int c = 0; c < 3; c++) {
            assert_true(alone[c] >= 0.0 && alone[c] <= total[c] + 1e-14 && total[c] <= 1.0 + 1e-14);
            sums[0] += alone[c];
            sums[1] += total[c];
        }
        assert_true(sums[0] <= 1.0 + 1e-13 && sums[1] >= 1.0 - 1e-13);
        free(place);
    }
}

/* Weights are not negative, sum to 1, and do not depend on units. */
static void test_principal_weights(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double *x = testing_matrix(seed, N * M, -1.0, 1.0), weight[M], same[M];
        assert_ok(okrug_principal_weights(ctx, N, M, x, weight));
        for (int c = 0; c < N * M; c++) {
            x[c] = x[c] * (double[]){1.0, 50.0, .01, -3.0}[c % M] + 5.0;
        }
        assert_ok(okrug_principal_weights(ctx, N, M, x, same));
        assert_all_near(M, same, weight, 1e-11);
        assert_near(okrug_sum_of(weight, M, 1), 1.0, 1e-15);
        for (int i = 0; i < M; i++) {
            assert_true(weight[i] >= 0.0);
        }
        free(x);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns_see_order_only),
        cmocka_unit_test(test_benefit_of_the_doubt),
        cmocka_unit_test(test_normalised),
        cmocka_unit_test(test_place_shares),
        cmocka_unit_test(test_principal_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
