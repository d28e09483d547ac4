/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for symmetric tables of any balanced supply and use tables.
 */
#include <string.h>

#include <okrug/supply_use.h>

#include "matrices.h"

enum { SEEDS = 5, P = 23, C = 4, U = P + C };

/* Balanced: supply mostly on the diagonal, use that takes all of it, one primary input that takes the rest. */
typedef struct {
    double supply[P * P], use[P * U], primary[U];
} tables;

static void draw(uint64_t seed, tables *t) {
    for (int i = 0; i < P; i++) {
        double made = 0.0, used = 0.0;
        for (int j = 0; j < P; j++) {
            double u = testing_uniform(seed, (uint64_t)(i * P + j), 0.0, 1.0);
            t->supply[i * P + j] = i == j ? 50.0 + 50.0 * u : u < .7 ? 0.0 : u;
            made += t->supply[i * P + j];
        }
        for (int k = 0; k < U; k++) {
            double u = testing_uniform(seed, (uint64_t)(5000 + i * U + k), 0.0, 1.0);
            t->use[i * U + k] = k < P ? (u < .4 ? 0.0 : u) : 5.0 + u;
            used += t->use[i * U + k];
        }
        for (int k = 0; k < U; k++) {
            t->use[i * U + k] *= made / used;
        }
    }
    for (int k = 0; k < U; k++) {
        double rest = 0.0;
        for (int i = 0; i < P; i++) {
            rest += (k < P ? t->supply[i * P + k] : 0.0) - (k < P ? t->use[i * U + k] : 0.0);
        }
        t->primary[k] = rest;
    }
}

typedef struct {
    double flow[P * P], demand[P * C], primary[P], output[P];
} symmetric;

static okrug_status make(okrug_ctx *ctx, const tables *t, okrug_symmetric_model model, symmetric *s) {
    const okrug_supply_use from = {P, P, C, 1, t->supply, t->use, t->primary};
    const okrug_symmetric to = {P, s->flow, s->demand, s->primary, s->output};
    return okrug_symmetric_table(ctx, &from, model, &to);
}

static void test_rows_and_columns_sum_to_output(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int model = OKRUG_MODEL_A; model <= OKRUG_MODEL_D; model++) {
            tables t;
            symmetric s;
            draw(seed, &t);
            assert_ok(make(ctx, &t, (okrug_symmetric_model)model, &s));
            for (int k = 0; k < P; k++) {
                double bought = s.primary[k], sold = 0.0;
                for (int i = 0; i < P; i++) {
                    bought += s.flow[i * P + k];
                    sold += s.flow[k * P + i];
                    assert_true(model == OKRUG_MODEL_A || model == OKRUG_MODEL_C || s.flow[i * P + k] >= 0.0);
                }
                for (int c = 0; c < C; c++) {
                    sold += s.demand[k * C + c];
                }
                assert_near(bought, s.output[k], 1e-11);
                assert_near(sold, s.output[k], 1e-11);
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Scaling what an industry makes and buys alike does not change how it makes things: coefficients of A stay. */
static void test_product_technology_keeps_its_price_of_scale(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        tables t, larger;
        symmetric s, of_larger;
        draw(seed, &t);
        larger = t;
        for (int i = 0; i < P; i++) {
            larger.supply[i * P + 3] *= 7.0;
            larger.use[i * U + 3] *= 7.0;
        }
        assert_ok(make(ctx, &t, OKRUG_MODEL_A, &s));
        assert_ok(make(ctx, &larger, OKRUG_MODEL_A, &of_larger));
        for (int cell = 0; cell < P * P; cell++) {
            assert_near(of_larger.flow[cell] / of_larger.output[cell % P], s.flow[cell] / s.output[cell % P], 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_diagonal_supply_gives_back_use(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (int model = OKRUG_MODEL_A; model <= OKRUG_MODEL_D; model++) {
        tables t;
        symmetric s;
        draw(9, &t);
        for (int cell = 0; cell < P * P; cell++) {
            t.supply[cell] = cell % (P + 1) == 0 ? t.supply[cell] : 0.0;
        }
        assert_ok(make(ctx, &t, (okrug_symmetric_model)model, &s));
        for (int i = 0; i < P; i++) {
            assert_all_near(P, s.flow + (size_t)i * P, t.use + (size_t)i * U, 1e-13);
            assert_all_near(C, s.demand + (size_t)i * C, t.use + (size_t)i * U + P, 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

/* What users pay stays the same, in other rows; what products are sold for falls by their margin and tax. */
static void test_valuation_keeps_what_users_pay(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        tables t;
        double use[P * U], paid[U], margin[2 * P], tax[P];
        bool untaxed[U] = {[U - 1] = true};
        int64_t unborne = -1;
        draw(seed, &t);
        memcpy(use, t.use, sizeof use);
        for (int m = 0; m < 2; m++) {
            double sum = 0.0;
            for (int i = 0; i < P - 4; i++) {
                margin[m * P + i] = testing_uniform(seed + 50, (uint64_t)(m * P + i), 0.0, 9.0);
                sum += margin[m * P + i];
            }
            for (int i = P - 4; i < P; i++) {
                margin[m * P + i] = -sum / 4.0;
            }
        }
        for (int i = 0; i < P; i++) {
            tax[i] = testing_uniform(seed + 60, (uint64_t)i, -2.0, 5.0);
        }
        const okrug_valuation valuation = {2, margin, tax, untaxed};
        assert_ok(okrug_basic_prices(ctx, P, U, &valuation, use, paid, &unborne));
        assert_int_equal(unborne, 0);
        assert_near(paid[U - 1], 0.0, 0.0);
        for (int k = 0; k < U; k++) {
            double before = 0.0, after = paid[k];
            for (int i = 0; i < P; i++) {
                before += t.use[i * U + k];
                after += use[i * U + k];
            }
            assert_near(after, before, 1e-12);
        }
        for (int i = 0; i < P; i++) {
            double before = 0.0, after = 0.0;
            for (int k = 0; k < U; k++) {
                before += t.use[i * U + k];
                after += use[i * U + k];
            }
            assert_near(after, before - margin[i] - margin[P + i] - tax[i], 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_imports_are_taken_where_they_reach(void **state) {
    (void)state;
    tables t;
    double use[P * U], imports[P], share[P], bought[U], all = 0.0, taken = 0.0;
    bool reached[U];
    int64_t unused = -1, again = -1;
    draw(3, &t);
    memcpy(use, t.use, sizeof use);
    for (int k = 0; k < U; k++) {
        reached[k] = k != U - 1;
    }
    for (int i = 0; i < P; i++) {
        imports[i] = i == 5 ? 0.0 : testing_uniform(4, (uint64_t)i, 0.0, 20.0);
    }
    okrug_imports_apart(P, U, imports, reached, use, share, bought, &unused, &again);
    assert_int_equal(unused + again, 0);
    assert_near(bought[U - 1], 0.0, 0.0);
    for (int i = 0; i < P; i++) {
        assert_near(use[i * U + U - 1], t.use[i * U + U - 1], 0.0);
        assert_near(use[i * U], t.use[i * U] * (1.0 - share[i]), 1e-14);
        all += imports[i];
    }
    for (int k = 0; k < U; k++) {
        taken += bought[k];
    }
    assert_near(taken, all, 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_columns_sum_to_output),
        cmocka_unit_test(test_product_technology_keeps_its_price_of_scale),
        cmocka_unit_test(test_diagonal_supply_gives_back_use),
        cmocka_unit_test(test_valuation_keeps_what_users_pay),
        cmocka_unit_test(test_imports_are_taken_where_they_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
