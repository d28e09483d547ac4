/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any supply and use tables brought to later totals: balance, totals, signs, the least information loss.
 */
#include <string.h>

#include <okrug/supply_use_update.h>

#include "matrices.h"

enum { SEEDS = 6, P = 31, S = 17, U = 22, ROWS = 2 * P, COLUMNS = U + S + 1 };

typedef struct {
    double supply[P * S], use[P * U], imports[P * U], supply_total[S], use_total[U];
    bool apart; /* whether imports are told apart */
} tables;

static double number(uint64_t seed, int which, int cell) {
    return testing_uniform(seed + 1000U * (uint64_t)which, (uint64_t)cell, 0.0, 1.0);
}

/* Supply takes the sum of domestic use, so that every product balances. `other`: another pair of the same signs. */
static void draw(uint64_t seed, uint64_t other, bool signs, tables *t) {
    t->apart = seed % 2 == 0;
    for (int i = 0; i < P; i++) {
        double made = 0.0, used = 0.0;
        for (int k = 0; k < U; k++) {
            int cell = i * U + k;
            double sign = signs && k > U - 3 && number(seed, 1, cell) < .3 ? -.1 : 1.0;
            double imported = t->apart && number(seed, 2, cell) < .5 ? .3 * sign * (.2 + number(other, 3, cell)) : 0.0;
            double domestic = number(seed, 4, cell) < .7 ? sign * (.2 + number(other, 5, cell)) : 0.0;
            t->imports[cell] = imported;
            t->use[cell] = imported + domestic;
            used += t->use[cell] - imported;
        }
        for (int j = 0; j < S; j++) {
            double draw = number(other, 6, i * S + j);
            t->supply[i * S + j] = i % S == j ? 5.0 + draw : number(seed, 7, i * S + j) < .2 ? draw : 0.0;
            made += t->supply[i * S + j];
        }
        for (int j = 0; j < S; j++) {
            t->supply[i * S + j] *= used / made;
        }
    }
}

static double total_imports(const tables *t) {
    double sum = 0.0;
    for (int cell = 0; cell < P * U; cell++) {
        sum += t->imports[cell];
    }
    return sum;
}

static void totals_of(const tables *t, double *supply, double *use) {
    memset(supply, 0, S * sizeof *supply);
    memset(use, 0, U * sizeof *use);
    for (int cell = 0; cell < P * S; cell++) {
        supply[cell % S] += t->supply[cell];
    }
    for (int cell = 0; cell < P * U; cell++) {
        use[cell % U] += t->use[cell];
    }
}

static void update(int threads, const tables *from, const tables *to, tables *result) {
    static double r[ROWS], s[COLUMNS], x[ROWS * COLUMNS];
    okrug_ctx *ctx = testing_context(threads);
    const okrug_supply_use_update t = {P,
                                       U,
                                       S,
                                       from->supply,
                                       from->use,
                                       from->apart ? from->imports : NULL,
                                       to->supply_total,
                                       to->use_total,
                                       total_imports(to)};
    okrug_balance_problem problem;
    okrug_balance_state state = {.r = r, .s = s};
    for (int j = 0; j < COLUMNS; j++) {
        s[j] = 1.0;
    }
    assert_ok(okrug_supply_use_stack(ctx, &t, &problem));
    assert_ok(okrug_balance(ctx, &problem, 1e-12, 20000, &state));
    assert_true(state.converged);
    okrug_balanced(&problem, &state, x);
    memset(result, 0, sizeof *result);
    result->apart = from->apart;
    okrug_supply_use_unstack(&t, x, result->supply, result->use, from->apart ? result->imports : NULL);
    totals_of(result, result->supply_total, result->use_total);
    okrug_ctx_free(ctx);
}

static void make(uint64_t seed, bool signs, tables *from, tables *to) {
    draw(seed, seed, signs, from);
    draw(seed, seed + 500, signs, to);
    totals_of(from, from->supply_total, from->use_total);
    totals_of(to, to->supply_total, to->use_total);
}

static bool same_sign(double a, double b) {
    return (a > 0.0) == (b > 0.0) && (a < 0.0) == (b < 0.0);
}

static void test_supply_is_use_and_totals_stand(void **state) {
    (void)state;
    static tables from, to, result;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        make(seed, true, &from, &to);
        update(2, &from, &to, &result);
        assert_all_near(S, result.supply_total, to.supply_total, 1e-10);
        assert_all_near(U, result.use_total, to.use_total, 1e-10);
        assert_near(total_imports(&result), total_imports(&to), 1e-10);
        for (int i = 0; i < P; i++) {
            double made = 0.0, used = 0.0;
            for (int j = 0; j < S; j++) {
                assert_true(same_sign(result.supply[i * S + j], from.supply[i * S + j]));
                made += result.supply[i * S + j];
            }
            for (int k = 0; k < U; k++) {
                int cell = i * U + k;
                assert_true(same_sign(result.use[cell], from.use[cell]));
                assert_true(same_sign(result.imports[cell], from.imports[cell]));
                used += result.use[cell] - result.imports[cell];
            }
            assert_near(made, used, 1e-10);
        }
    }
}

/* Its integral is what SUT-RAS makes least: z (ln z - 1) of each cell, z = x / x0. */
static double loss(double x, double x0) {
    return x0 == 0.0 ? 0.0 : fabs(x0) * (x / x0) * (log(x / x0) - 1.0);
}

static double slope(double x, double x0, double step) {
    return x0 == 0.0 ? 0.0 : (x0 > 0.0 ? 1.0 : -1.0) * log(x / x0) * step;
}

static double sum_row(const double *row) {
    double sum = 0.0;
    for (int k = 0; k < U; k++) {
        sum += row[k];
    }
    return sum;
}

/* `to` meets the same totals: the way there is level at the answer, and nothing on it is below. */
static void test_information_loss_is_least(void **state) {
    (void)state;
    static tables from, to, x;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        make(seed, true, &from, &to);
        update(1, &from, &to, &x);
        double level = 0.0, here = 0.0, there = 0.0, steep = 0.0;
        for (int cell = 0; cell < P * S; cell++) {
            double step = slope(x.supply[cell], from.supply[cell], to.supply[cell] - x.supply[cell]);
            level += step;
            steep += fabs(step);
            here += loss(x.supply[cell], from.supply[cell]);
            there += loss(to.supply[cell], from.supply[cell]);
        }
        for (int cell = 0; cell < P * U; cell++) {
            double d0 = from.use[cell] - from.imports[cell], d = x.use[cell] - x.imports[cell];
            double other = to.use[cell] - to.imports[cell];
            if (fabs(d0) < 1e-12) {
                d0 = d = other = 0.0;
            }
            level += slope(d, d0, other - d) +
                     slope(x.imports[cell], from.imports[cell], to.imports[cell] - x.imports[cell]);
            here += loss(d, d0) + loss(x.imports[cell], from.imports[cell]);
            there += loss(other, d0) + loss(to.imports[cell], from.imports[cell]);
        }
        for (int i = 0; i < P; i++) {
            double m0 = sum_row(from.imports + i * U), m = sum_row(x.imports + i * U),
                   to_m = sum_row(to.imports + i * U);
            level += slope(m, m0, to_m - m);
            here += loss(m, m0);
            there += loss(to_m, m0);
        }
        assert_true(steep > 1.0);
        assert_near(level, 0.0, 1e-8);
        assert_true(here < there - 1.0);
    }
}

static void test_unchanged_totals_change_nothing(void **state) {
    (void)state;
    static tables from, to, result;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        make(seed, true, &from, &to);
        update(1, &from, &from, &result);
        assert_all_near(P * S, result.supply, from.supply, 1e-10);
        assert_all_near(P * U, result.use, from.use, 1e-10);
        assert_all_near(P * U, result.imports, from.imports, 1e-10);
    }
}

static void scale(double by, tables *t) {
    for (int cell = 0; cell < P * U; cell++) {
        t->use[cell] *= by;
        t->imports[cell] *= by;
        t->supply[cell % (P * S)] *= cell < P * S ? by : 1.0;
    }
    totals_of(t, t->supply_total, t->use_total);
}

/* Without cells below 0 what was is nothing but proportions; with them they are of the same money. */
static void test_scaled_totals_scale_the_tables(void **state) {
    (void)state;
    static tables from, to, result, scaled;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        bool signs = seed > SEEDS / 2;
        make(seed, signs, &from, &to);
        update(1, &from, &to, &result);
        scale(2.5, &to);
        if (signs) {
            scale(2.5, &from);
        }
        update(1, &from, &to, &scaled);
        scale(2.5, &result);
        assert_all_near(P * S, scaled.supply, result.supply, 1e-8);
        assert_all_near(P * U, scaled.use, result.use, 1e-8);
        assert_all_near(P * U, scaled.imports, result.imports, 1e-8);
    }
}

static void test_products_in_another_order_give_the_same_tables(void **state) {
    (void)state;
    static tables from, to, turned, result, of_turned;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        make(seed, true, &from, &to);
        int64_t *order = testing_permutation(seed, P);
        turned = from;
        for (int i = 0; i < P; i++) {
            memcpy(turned.supply + i * S, from.supply + order[i] * S, S * sizeof(double));
            memcpy(turned.use + i * U, from.use + order[i] * U, U * sizeof(double));
            memcpy(turned.imports + i * U, from.imports + order[i] * U, U * sizeof(double));
        }
        update(1, &from, &to, &result);
        update(3, &turned, &to, &of_turned);
        for (int i = 0; i < P; i++) {
            assert_all_near(S, of_turned.supply + i * S, result.supply + order[i] * S, 1e-9);
            assert_all_near(U, of_turned.use + i * U, result.use + order[i] * U, 1e-9);
            assert_all_near(U, of_turned.imports + i * U, result.imports + order[i] * U, 1e-9);
        }
        free(order);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_supply_is_use_and_totals_stand),
        cmocka_unit_test(test_information_loss_is_least),
        cmocka_unit_test(test_unchanged_totals_change_nothing),
        cmocka_unit_test(test_scaled_totals_scale_the_tables),
        cmocka_unit_test(test_products_in_another_order_give_the_same_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
