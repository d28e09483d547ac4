/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any balanced table: its totals, signs, the order of rows, and the same bytes on any number of threads.
 */
#include <string.h>

#include <okrug/balance.h>

#include "matrices.h"

enum { SEEDS = 6, M = 150, N = 83, CELLS = M * N };

typedef struct {
    double seed[CELLS], u[M], v[N], r[M], s[N], x[CELLS];
    okrug_balance_problem problem;
    okrug_balance_state state;
} table;

/* Totals of another table with the same pattern of signs, so that there is an answer. */
static void draw(uint64_t seed, double negative, table *t) {
    memset(t, 0, sizeof *t);
    for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
            int cell = i * N + j;
            double u = testing_uniform(seed, (uint64_t)cell, 0.0, 1.0);
            double sign = testing_uniform(seed + 100, (uint64_t)cell, 0.0, 1.0) < negative ? -1.0 : 1.0;
            t->seed[cell] = u < .4 ? 0.0 : sign * u;
            double other = t->seed[cell] * testing_uniform(seed + 200, (uint64_t)cell, .5, 2.0);
            t->u[i] += other;
            t->v[j] += other;
        }
    }
    t->problem = (okrug_balance_problem){M, N, t->seed, t->u, t->v, negative > 0.0};
}

static void balance(int threads, table *t) {
    okrug_ctx *ctx = testing_context(threads);
    for (int j = 0; j < N; j++) {
        t->s[j] = 1.0;
    }
    t->state = (okrug_balance_state){.r = t->r, .s = t->s};
    assert_ok(okrug_balance(ctx, &t->problem, 1e-11, 5000, &t->state));
    assert_true(t->state.converged);
    okrug_balanced(&t->problem, &t->state, t->x);
    okrug_ctx_free(ctx);
}

static void test_totals_and_signs(void **state) {
    (void)state;
    static table t;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        draw(seed, seed % 2 == 0 ? .1 : 0.0, &t);
        balance(2, &t);
        for (int i = 0; i < M; i++) {
            double sum = 0.0;
            for (int j = 0; j < N; j++) {
                double before = t.seed[i * N + j], after = t.x[i * N + j];
                assert_true((before > 0.0) == (after > 0.0) && (before < 0.0) == (after < 0.0));
                sum += after;
            }
            assert_near(sum, t.u[i], 1e-9);
        }
        for (int j = 0; j < N; j++) {
            double sum = 0.0;
            for (int i = 0; i < M; i++) {
                sum += t.x[i * N + j];
            }
            assert_near(sum, t.v[j], 1e-9);
        }
    }
}

static void test_same_bytes_on_any_number_of_threads(void **state) {
    (void)state;
    static table one, three;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        draw(seed, seed == 2 ? .1 : 0.0, &one);
        draw(seed, seed == 2 ? .1 : 0.0, &three);
        balance(1, &one);
        balance(3, &three);
        assert_memory_equal(one.x, three.x, sizeof one.x);
        assert_int_equal(one.state.rounds, three.state.rounds);
    }
}

static void test_rows_in_another_order_give_the_same_table(void **state) {
    (void)state;
    static table t, turned;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        draw(seed, seed % 2 == 0 ? .1 : 0.0, &t);
        draw(seed, seed % 2 == 0 ? .1 : 0.0, &turned);
        int64_t *order = testing_permutation(seed, M);
        for (int i = 0; i < M; i++) {
            memcpy(turned.seed + i * N, t.seed + order[i] * N, N * sizeof(double));
            turned.u[i] = t.u[order[i]];
        }
        balance(1, &t);
        balance(1, &turned);
        for (int i = 0; i < M; i++) {
            assert_all_near(N, turned.x + i * N, t.x + order[i] * N, 1e-8);
        }
        free(order);
    }
}

/* What RAS does to a table it does to any table with the same r_i a_ij s_j. */
static void test_scaled_rows_and_columns_change_nothing(void **state) {
    (void)state;
    static table t, scaled;
    draw(3, 0.0, &t);
    draw(3, 0.0, &scaled);
    for (int cell = 0; cell < CELLS; cell++) {
        scaled.seed[cell] *= (1.0 + cell / N) * (.1 + cell % N); /* NOLINT(bugprone-integer-division) */
    }
    balance(1, &t);
    balance(1, &scaled);
    assert_all_near(CELLS, scaled.x, t.x, 1e-8);
}

static void test_what_has_an_answer_is_feasible(void **state) {
    (void)state;
    static table t;
    bool row[M], column[N];
    okrug_balance_cut cut = {.row = row, .column = column};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        okrug_ctx *ctx = testing_context(1);
        bool feasible = false;
        draw(seed, seed % 2 == 0 ? .1 : 0.0, &t);
        assert_ok(okrug_balance_explain(ctx, &t.problem, &feasible, &cut));
        assert_true(feasible);
        okrug_ctx_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_and_signs),
        cmocka_unit_test(test_same_bytes_on_any_number_of_threads),
        cmocka_unit_test(test_rows_in_another_order_give_the_same_table),
        cmocka_unit_test(test_scaled_rows_and_columns_change_nothing),
        cmocka_unit_test(test_what_has_an_answer_is_feasible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
