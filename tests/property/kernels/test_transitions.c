/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any table of transitions.
 */
#include <okrug/transitions.h>

#include "matrices.h"

enum { WORLDS = 40, K = 6 };

typedef struct {
    double probability[K * K], steady[K], passage[K * K];
    okrug_markov_results results;
} chain;

static void draw(uint64_t seed, int64_t count[K * K]) {
    for (uint64_t cell = 0; cell < K * K; cell++) {
        double u = testing_uniform(seed, cell, 0.0, 1.0);
        bool near = cell / K == cell % K || cell / K + 1 == cell % K || cell % K + 1 == cell / K;
        count[cell] = near ? 1 + (int64_t)(u * 80.0) : u < .3 ? (int64_t)(u * 20.0) : 0;
    }
}

static void solve(okrug_ctx *ctx, const int64_t *count, chain *c) {
    c->results = (okrug_markov_results){.probability = c->probability, .steady = c->steady, .passage = c->passage};
    assert_ok(okrug_markov(ctx, K, count, &c->results));
}

/* The steady state is one; first passages obey their equation, returns take 1 / steady. */
static void test_identities(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t count[K * K];
        chain c;
        draw(seed, count);
        solve(ctx, count, &c);
        for (int j = 0; j < K; j++) {
            double next = 0.0;
            for (int i = 0; i < K; i++) {
                next += c.steady[i] * c.probability[i * K + j];
                double way = 1.0;
                for (int h = 0; h < K; h++) {
                    way += h == j ? 0.0 : c.probability[i * K + h] * c.passage[h * K + j];
                }
                assert_near(c.passage[i * K + j], way, 1e-11);
            }
            assert_near(next, c.steady[j], 1e-14);
            assert_near(c.passage[j * K + j], 1.0 / c.steady[j], 1e-10);
        }
        assert_near(okrug_sum_of(c.steady, K, 1), 1.0, 1e-14);
        assert_true(c.results.second >= 0.0 && c.results.second < 1.0);
        assert_true(c.results.mobility > 0.0);
    }
    okrug_ctx_free(ctx);
}

/* Names of classes do not matter, nor does it if everything happened three times. */
static void test_order_and_scale(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t count[K * K], other[K * K];
        int64_t *order = testing_permutation(seed, K);
        chain c, d;
        draw(seed, count);
        for (int i = 0; i < K; i++) {
            for (int j = 0; j < K; j++) {
                other[order[i] * K + order[j]] = 3 * count[i * K + j];
            }
        }
        solve(ctx, count, &c);
        solve(ctx, other, &d);
        for (int i = 0; i < K; i++) {
            assert_near(d.steady[order[i]], c.steady[i], 1e-13);
            for (int j = 0; j < K; j++) {
                assert_near(d.passage[order[i] * K + order[j]], c.passage[i * K + j], 1e-10);
            }
        }
        assert_near(d.results.second, c.results.second, 1e-12);
        assert_near(d.results.mobility, c.results.mobility, 1e-13);
        free(order);
    }
    okrug_ctx_free(ctx);
}

/* Against the chain of all, the regimes' statistics add up to the one of the comparison. */
static void test_regimes_add_up(void **state) {
    (void)state;
    enum { REGIMES = 4 };
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t count[REGIMES * K * K], all[K * K] = {0};
        for (int r = 0; r < REGIMES; r++) {
            draw(seed * 10 + (uint64_t)r, count + r * K * K);
            for (int cell = 0; cell < K * K; cell++) {
                all[cell] += count[r * K * K + cell];
            }
        }
        okrug_markov_test whole, one;
        assert_ok(okrug_markov_compare(ctx, K, REGIMES, count, &whole));
        double chi = 0.0, likelihood = 0.0;
        int64_t degrees = 0;
        for (int r = 0; r < REGIMES; r++) {
            assert_ok(okrug_markov_against(ctx, K, count + r * K * K, all, &one));
            chi += one.chi_squared;
            likelihood += one.likelihood_ratio;
            degrees += one.degrees;
        }
        assert_near(chi, whole.chi_squared, 1e-12);
        assert_near(likelihood, whole.likelihood_ratio, 1e-12);
        assert_int_equal(degrees, whole.degrees / (REGIMES - 1) * REGIMES);
        assert_true(whole.p_chi_squared >= 0.0 && whole.p_chi_squared <= 1.0);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identities),
        cmocka_unit_test(test_order_and_scale),
        cmocka_unit_test(test_regimes_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
