/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any flows: levels obey their equation, and neither the order of industries nor the currency matters.
 */
#include <okrug/principles.h>

#include "matrices.h"

enum { WORLDS = 30, N = 14, K = 5, DRAWS = 120 };

typedef struct {
    double flow[N * N];
    bool service[N];
    int64_t group[N];
} world;

static void make(uint64_t seed, world *w) {
    for (uint64_t k = 0; k < (uint64_t)(N * N); k++) {
        double u = testing_uniform(seed, k, 0.0, 1.0);
        w->flow[k] = u < .6 || k % N == k / N ? 0.0 : u * u * 100.0;
    }
    for (int i = 0; i < N; i++) {
        w->service[i] = i % 3 == 0;
        w->group[i] = i % 4;
    }
}

static okrug_flows flows_of(const world *w) {
    return (okrug_flows){N, w->flow, w->service, w->group, 4};
}

static void score(okrug_ctx *ctx, const world *w, const int64_t *member, okrug_principle_scores *scores) {
    okrug_flow_frame frame;
    okrug_flows flows = flows_of(w);
    assert_ok(okrug_flow_frame_make(ctx, &flows, &frame));
    assert_ok(okrug_principle_scores_of(ctx, &frame, K, member, scores));
}

/* (diag(u) - Z - Z') h = v; scores and F0 are within their bounds. */
static void test_levels(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        double level[N];
        okrug_trophic result;
        make(seed, &w);
        assert_ok(okrug_trophic_levels(ctx, N, w.flow, level, &result));
        for (int i = 0; i < N; i++) {
            double left = 0.0, right = 0.0;
            for (int j = 0; j < N; j++) {
                double in = w.flow[j * N + i], out = w.flow[i * N + j];
                left += (in + out) * (level[i] - level[j]);
                right += in - out;
            }
            assert_near(left, right, 1e-10);
        }
        assert_true(result.incoherence >= 0.0 && result.incoherence <= 1.0);
    }
    okrug_ctx_free(ctx);
}

/* Industries in another order, and flows in another currency. */
static void test_order_and_scale(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        static world w, other;
        okrug_principle_scores a, b;
        const int64_t member[K] = {0, 2, 3, 7, 11};
        int64_t moved[K];
        make(seed, &w);
        for (int i = 0; i < N; i++) {
            int to = (5 * i + 3) % N;
            other.service[to] = w.service[i];
            other.group[to] = 3 - w.group[i];
            for (int j = 0; j < N; j++) {
                other.flow[to * N + (5 * j + 3) % N] = w.flow[i * N + j] * 78.5;
            }
        }
        for (int k = 0; k < K; k++) {
            moved[k] = (5 * member[K - 1 - k] + 3) % N;
        }
        score(ctx, &w, member, &a);
        score(ctx, &other, moved, &b);
        for (int p = 0; p < OKRUG_PRINCIPLES; p++) {
            assert_true(a.score[p] >= 0.0 && a.score[p] <= 1.0 + 1e-12);
            assert_near(a.score[p], b.score[p], 1e-12);
        }
        assert_near(a.internal, b.internal, 1e-14);
    }
    okrug_ctx_free(ctx);
}

/* Turned round, suppliers are buyers and a chain runs the other way: F0 and span stay. */
static void test_turned(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        double back[N * N], level[N];
        okrug_trophic a, b;
        make(seed, &w);
        for (int k = 0; k < N * N; k++) {
            back[k % N * N + k / N] = w.flow[k];
        }
        assert_ok(okrug_trophic_levels(ctx, N, w.flow, level, &a));
        assert_ok(okrug_trophic_levels(ctx, N, back, level, &b));
        assert_near(a.incoherence, b.incoherence, 1e-12);
        assert_near(a.span, b.span, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* The same seed draws the same sets; another one others; a set that is itself random is nothing special on average. */
static void test_chance(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    world w;
    okrug_flow_frame frame;
    int64_t pool[N];
    static double first[DRAWS * OKRUG_PRINCIPLES], again[DRAWS * OKRUG_PRINCIPLES], other[DRAWS * OKRUG_PRINCIPLES];
    make(3, &w);
    okrug_flows flows = flows_of(&w);
    for (int i = 0; i < N; i++) {
        pool[i] = i;
    }
    assert_ok(okrug_flow_frame_make(ctx, &flows, &frame));
    assert_ok(okrug_principle_chance(ctx, &frame, N, pool, K, DRAWS, 1, first));
    assert_ok(okrug_principle_chance(ctx, &frame, N, pool, K, DRAWS, 1, again));
    assert_ok(okrug_principle_chance(ctx, &frame, N, pool, K, DRAWS, 2, other));
    assert_memory_equal(first, again, sizeof first);
    assert_memory_not_equal(first, other, sizeof first);
    for (int p = 0; p < OKRUG_PRINCIPLES; p++) {
        double sum = 0.0;
        for (int d = 0; d < DRAWS; d++) {
            okrug_against_chance of;
            okrug_principle_against(other[d * OKRUG_PRINCIPLES + p], DRAWS, first + p, OKRUG_PRINCIPLES, &of);
            sum += of.z;
        }
        assert_true(fabs(sum / DRAWS) < .5);
    }
    okrug_ctx_free(ctx);
}

/* The top share holds at least that many, and no value that is left out is as large as one that is in. */
static void test_top_line(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double x[50], work[50];
        int in = 0;
        for (uint64_t i = 0; i < 50; i++) {
            x[i] = floor(testing_uniform(seed, i, 0.0, 12.0));
        }
        double line = okrug_top_line(50, x, .2, work);
        double above = 0;
        for (int i = 0; i < 50; i++) {
            in += x[i] >= line;
            above += x[i] > line;
        }
        assert_true(in >= 10 && above < 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels), cmocka_unit_test(test_order_and_scale), cmocka_unit_test(test_turned),
        cmocka_unit_test(test_chance), cmocka_unit_test(test_top_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
