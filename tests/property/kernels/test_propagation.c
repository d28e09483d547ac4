/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for shocks in any economy: nothing happens without one, nothing is delivered that was not made, and money,
 * names and threads do not matter.
 */
#include <string.h>

#include <okrug/propagation.h>

#include "matrices.h"

enum { N = 17, DAYS = 200, SEEDS = 4, PRODUCTS = 5 };

typedef struct {
    double flow[N * N], demand[N], x[N];
    double share[N], duration[N], recovery[N], damage[N], capital[N], rebuild[N];
    int32_t product[N];
    double stock_days[N];
} world;

static void draw(uint64_t seed, world *w) {
    for (int i = 0; i < N; i++) {
        w->demand[i] = testing_uniform(seed, (uint64_t)(1000 + i), 5.0, 20.0);
        w->x[i] = 0.0;
        for (int j = 0; j < N; j++) {
            double u = testing_uniform(seed, (uint64_t)(i * N + j), 0.0, 1.0);
            w->flow[i * N + j] = u < .3 ? 0.0 : u;
            w->x[i] += w->flow[i * N + j];
        }
        w->x[i] += w->demand[i];
        w->share[i] = i < 3 ? testing_uniform(seed, (uint64_t)(2000 + i), .1, .9) : 0.0;
        w->duration[i] = (double)(3 * i);
        w->recovery[i] = i == 1 ? 0.0 : 40.0;
        w->damage[i] = i == 5 ? 300.0 : 0.0;
        w->capital[i] = 1000.0;
        w->rebuild[i] = i == 7 || i == 8 ? .5 : 0.0;
        w->product[i] = i % PRODUCTS;
        w->stock_days[i] = i == 2 ? (double)INFINITY : testing_uniform(seed, (uint64_t)(3000 + i), 20.0, 60.0);
    }
}

typedef struct {
    double made[DAYS * N], cover[DAYS * N], unmet[N];
} outcome;

static void simulate(const world *w, bool shocked, bool grouped, outcome *out) {
    static const double none[N];
    const okrug_ario_economy e = {N, grouped ? PRODUCTS : N, grouped ? w->product : NULL, w->flow, w->demand};
    const okrug_ario_rules rules = {w->stock_days, .8, 60.0, 1.25, 365.0, 60.0};
    okrug_ario_shock shock = {w->share, w->duration, w->recovery, w->damage, w->capital, w->rebuild};
    if (!shocked) {
        shock = (okrug_ario_shock){none, none, none, NULL, NULL, NULL};
    }
    okrug_ctx *ctx = testing_context(1);
    double *memory = testing_numbers(okrug_ario_memory(&e));
    assert_ok(okrug_ario(ctx, &e, &rules, &shock, DAYS, memory, out->made, out->cover, out->unmet));
    free(memory);
    okrug_ctx_free(ctx);
}

static void test_nothing_happens_without_a_shock(void **state) {
    (void)state;
    static outcome o;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int grouped = 0; grouped < 2; grouped++) {
            world w;
            draw(seed, &w);
            simulate(&w, false, grouped, &o);
            for (int day = 0; day < DAYS; day++) {
                assert_all_near(N, o.made + (size_t)day * N, w.x, 1e-12);
                assert_all_near(N, o.cover + (size_t)day * N, o.cover, 1e-12);
            }
            for (int i = 0; i < N; i++) {
                assert_near(o.unmet[i], 0.0, 1e-12);
            }
        }
    }
}

static void test_stocks_are_never_below_0_and_output_never_above_capacity(void **state) {
    (void)state;
    static outcome o;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int grouped = 0; grouped < 2; grouped++) {
            world w;
            draw(seed, &w);
            simulate(&w, true, grouped, &o);
            double lost = 0.0;
            for (int64_t cell = 0; cell < (int64_t)DAYS * N; cell++) {
                assert_true(o.cover[cell] >= 0.0);
                assert_true(o.made[cell] >= 0.0 && o.made[cell] <= 1.25 * w.x[cell % N]);
                lost += w.x[cell % N] - o.made[cell];
            }
            assert_true(lost > 0.0);
            assert_near(o.made[0], (1.0 - w.share[0]) * w.x[0], 1e-12);
            for (int i = 0; i < N; i++) {
                assert_true(o.unmet[i] >= -1e-12);
            }
        }
    }
}

/* Each day's output goes to final demand and to stocks, and stocks go into output: seen in sums where there is one
 * industry that buys from itself only. */
static void test_what_is_delivered_was_made(void **state) {
    (void)state;
    enum { LONG = 60 };
    const double flow[] = {4.0}, demand[] = {6.0}, days[] = {10.0}, share[] = {.5}, zero[] = {0.0}, recovery[] = {20.0};
    const okrug_ario_economy e = {1, 1, NULL, flow, demand};
    const okrug_ario_rules rules = {days, .8, 60.0, 1.25, 365.0, 60.0};
    const okrug_ario_shock shock = {share, zero, recovery, NULL, NULL, NULL};
    double memory[32], made[LONG], cover[LONG], unmet[1], all = 0.0;
    assert_true(okrug_ario_memory(&e) <= 32);
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_ario(ctx, &e, &rules, &shock, LONG, memory, made, cover, unmet));
    for (int day = 0; day < LONG; day++) {
        all += made[day];
    }
    /* made = used (.4 of it) + change of stock + final demand met */
    double stock = 4.0 * cover[LONG - 1], met = LONG * 6.0 - unmet[0];
    assert_near(all, .4 * all + (stock - 40.0) + met, 1e-10);
    assert_true(unmet[0] > 1.0);
    okrug_ctx_free(ctx);
}

static void test_money_and_order_do_not_matter(void **state) {
    (void)state;
    static outcome o, scaled, mixed;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        world w, other;
        draw(seed, &w);
        simulate(&w, true, true, &o);
        other = w;
        for (int cell = 0; cell < N * N; cell++) {
            other.flow[cell] *= 1000.0;
        }
        for (int i = 0; i < N; i++) {
            other.demand[i] *= 1000.0;
            other.damage[i] *= 1000.0;
            other.capital[i] *= 1000.0;
        }
        simulate(&other, true, true, &scaled);
        int64_t *order = testing_permutation(seed, N);
        for (int i = 0; i < N; i++) {
            int64_t k = order[i];
            for (int j = 0; j < N; j++) {
                other.flow[i * N + j] = w.flow[k * N + order[j]];
            }
            other.demand[i] = w.demand[k];
            other.share[i] = w.share[k];
            other.duration[i] = w.duration[k];
            other.recovery[i] = w.recovery[k];
            other.damage[i] = w.damage[k];
            other.capital[i] = w.capital[k];
            other.rebuild[i] = w.rebuild[k];
            other.product[i] = w.product[k];
        }
        simulate(&other, true, true, &mixed);
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < N; i++) {
                assert_near(scaled.made[day * N + i] / 1000.0, o.made[day * N + i], 1e-9);
                assert_near(mixed.made[day * N + i], o.made[day * N + order[i]], 1e-9);
            }
        }
        free(order);
    }
}

static void test_inoperability_is_the_reference(void **state) {
    (void)state;
    const double z[] = {0, 60, 40, 0}, x[] = {100, 100}, c[] = {0, .5}, expected[] = {.3947368, .6578947};
    double q[2];
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_inoperability(ctx, 2, z, x, c, q));
    assert_all_near(2, q, expected, 5e-8);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_happens_without_a_shock),
        cmocka_unit_test(test_stocks_are_never_below_0_and_output_never_above_capacity),
        cmocka_unit_test(test_what_is_delivered_was_made),
        cmocka_unit_test(test_money_and_order_do_not_matter),
        cmocka_unit_test(test_inoperability_is_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
