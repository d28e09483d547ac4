/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for trade by gravity and for any multi-regional model.
 */
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/interregional.h>

#include "matrices.h"

enum { SEEDS = 5, R = 7, N = 4, SIDE = R * N };

typedef struct {
    double origin[R], destination[R], cost[R * R];
} market;

static void draw_market(uint64_t seed, market *m) {
    double sold = 0.0, bought = 0.0;
    for (int r = 0; r < R; r++) {
        m->origin[r] = r == 2 ? 0.0 : testing_uniform(seed, (uint64_t)r, 1.0, 50.0);
        m->destination[r] = r == 4 ? 0.0 : testing_uniform(seed, (uint64_t)(100 + r), 1.0, 50.0);
        sold += m->origin[r];
        bought += m->destination[r];
        for (int s = 0; s < R; s++) {
            m->cost[r * R + s] = r == s ? 5.0 : testing_uniform(seed, (uint64_t)(200 + r * R + s), 10.0, 200.0);
        }
    }
    for (int r = 0; r < R; r++) {
        m->destination[r] *= sold / bought;
    }
}

static okrug_gravity gravity_of(const market *m, okrug_decay decay) {
    return (okrug_gravity){R, m->origin, m->destination, m->cost, decay};
}

static void test_margins_hold(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int decay = 0; decay < 2; decay++) {
            market m;
            double work[2 * R], trade[R * R];
            okrug_gravity_result found;
            draw_market(seed, &m);
            const okrug_gravity g = gravity_of(&m, (okrug_decay)decay);
            okrug_gravity_trade(&g, decay == OKRUG_DECAY_POWER ? 1.7 : .02, work, trade, &found);
            assert_true(found.error <= 1e-12);
            for (int r = 0; r < R; r++) {
                double sold = 0.0, bought = 0.0;
                for (int s = 0; s < R; s++) {
                    assert_true(trade[r * R + s] >= 0.0);
                    sold += trade[r * R + s];
                    bought += trade[s * R + r];
                }
                assert_near(sold, m.origin[r], 1e-10);
                assert_near(bought, m.destination[r], 1e-10);
            }
        }
    }
}

/* Without friction trade is as if nobody knew where anybody is; odds ratios are those of the decay. */
static void test_shape_is_that_of_the_decay(void **state) {
    (void)state;
    market m;
    double work[2 * R], trade[R * R];
    okrug_gravity_result found;
    double all = 0.0;
    draw_market(3, &m);
    const okrug_gravity g = gravity_of(&m, OKRUG_DECAY_EXPONENTIAL);
    for (int r = 0; r < R; r++) {
        all += m.origin[r];
    }
    okrug_gravity_trade(&g, 0.0, work, trade, &found);
    for (int cell = 0; cell < R * R; cell++) {
        assert_near(trade[cell], m.origin[cell / R] * m.destination[cell % R] / all, 1e-11);
    }
    okrug_gravity_trade(&g, .03, work, trade, &found);
    double odds = trade[0 * R + 1] * trade[3 * R + 5] / (trade[0 * R + 5] * trade[3 * R + 1]);
    double costs = m.cost[0 * R + 1] + m.cost[3 * R + 5] - m.cost[0 * R + 5] - m.cost[3 * R + 1];
    assert_near(log(odds), -.03 * costs, 1e-10);
}

static void test_fit_finds_the_friction_that_made_the_haul(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int decay = 0; decay < 2; decay++) {
            market m;
            double work[2 * R], trade[R * R], again[R * R];
            okrug_gravity_result made, found;
            draw_market(seed, &m);
            const okrug_gravity g = gravity_of(&m, (okrug_decay)decay);
            okrug_gravity_trade(&g, decay == OKRUG_DECAY_POWER ? 1.3 : .013, work, trade, &made);
            assert_ok(okrug_gravity_fit(&g, made.mean_haul, work, again, &found));
            assert_near(found.friction / made.friction, 1.0, 1e-7);
            assert_all_near(R * R, again, trade, 1e-6);
            assert_int_equal(okrug_gravity_fit(&g, 1.0, work, again, &found), OKRUG_NO_SOLUTION);
            assert_int_equal(okrug_gravity_fit(&g, 1e6, work, again, &found), OKRUG_NO_SOLUTION);
        }
    }
}

/* Shares of trade and coefficients of all regions. */
static void draw_model(uint64_t seed, bool alone, double *shares, double *a) {
    for (int i = 0; i < N; i++) {
        for (int s = 0; s < R; s++) {
            double sum = 0.0;
            for (int r = 0; r < R; r++) {
                double *share = &shares[(i * R + r) * R + s];
                *share = testing_uniform(seed, (uint64_t)((i * R + r) * R + s), 0.0, 1.0);
                sum += *share;
            }
            for (int r = 0; r < R; r++) {
                double *share = &shares[(i * R + r) * R + s];
                *share = alone ? (r == s ? 1.0 : 0.0) : *share / sum;
            }
        }
    }
    for (int cell = 0; cell < R * N * N; cell++) {
        a[cell] = testing_uniform(seed, (uint64_t)(9000 + cell), 0.0, .8 / N);
    }
}

static void test_regions_that_do_not_trade_are_alone(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double shares[N * R * R], a[R * N * N], ta[SIDE * SIDE], c[SIDE], x[SIDE], m[3 * SIDE], own[N];
        draw_model(seed, true, shares, a);
        okrug_interregional_coefficients(N, R, shares, a, ta);
        for (int k = 0; k < SIDE; k++) {
            c[k] = 1.0;
        }
        const okrug_interregional_multipliers out = {m, m + SIDE, m + 2 * SIDE};
        assert_ok(okrug_interregional_model(ctx, N, R, ta, 1, c, c, x, &out));
        for (int s = 0; s < R; s++) {
            assert_ok(okrug_multipliers(ctx, N, a + (size_t)s * N * N, 1, c, own));
            assert_all_near(N, out.total + (size_t)s * N, own, 1e-12);
            assert_all_near(N, out.own + (size_t)s * N, own, 1e-12);
        }
        for (int k = 0; k < SIDE; k++) {
            assert_near(out.feedback[k], 0.0, 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

/* Coefficients that are the same everywhere: what is set off in all regions together is the nation's multiplier. */
static void test_total_is_the_nations_where_technology_is(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double shares[N * R * R], a[R * N * N], ta[SIDE * SIDE], c[SIDE], x[SIDE], f[SIDE], m[3 * SIDE], nation[N];
        draw_model(seed, false, shares, a);
        for (int s = 1; s < R; s++) {
            memcpy(a + (size_t)s * N * N, a, N * N * sizeof *a);
        }
        okrug_interregional_coefficients(N, R, shares, a, ta);
        for (int k = 0; k < SIDE; k++) {
            c[k] = 1.0;
            f[k] = testing_uniform(seed, (uint64_t)(7000 + k), 0.0, 9.0);
        }
        const okrug_interregional_multipliers out = {m, m + SIDE, m + 2 * SIDE};
        assert_ok(okrug_interregional_model(ctx, N, R, ta, 1, c, f, x, &out));
        assert_ok(okrug_multipliers(ctx, N, a, 1, c, nation));
        for (int k = 0; k < SIDE; k++) {
            double again = f[k];
            for (int q = 0; q < SIDE; q++) {
                again += ta[k * SIDE + q] * x[q];
            }
            assert_near(again, x[k], 1e-11);
            assert_near(out.total[k], nation[k % N], 1e-11);
            assert_true(out.own[k] >= 1.0 && out.own[k] < out.total[k] && out.feedback[k] > 0.0);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_margins_hold),
        cmocka_unit_test(test_shape_is_that_of_the_decay),
        cmocka_unit_test(test_fit_finds_the_friction_that_made_the_haul),
        cmocka_unit_test(test_regions_that_do_not_trade_are_alone),
        cmocka_unit_test(test_total_is_the_nations_where_technology_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
