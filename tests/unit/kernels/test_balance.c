/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RAS and GRAS on tables with known answers, tables that have none, and the factors' free number.
 */
#include <okrug/balance.h>

#include "kernels/inputoutput/balance_rows.h"

#include "matrices.h"

enum { MOST = 16 };

typedef struct {
    double r[MOST], s[MOST];
    okrug_balance_state state;
} factors;

static okrug_balance_state *begin(factors *f) {
    for (int i = 0; i < MOST; i++) {
        f->s[i] = 1.0;
    }
    f->state = (okrug_balance_state){.r = f->r, .s = f->s};
    return &f->state;
}

static const double ras[16] = {40, 30, 20, 10, 35, 50, 100, 75, 30, 80, 70, 120, 20, 30, 40, 50};
static const double ras_rows[4] = {150, 300, 400, 150}, ras_columns[4] = {200, 300, 400, 100};

static void test_ras(void **state) {
    (void)state;
    static const double first[4] = {64.558510, 46.232460, 35.384298, 3.824732};
    const okrug_balance_problem problem = {4, 4, ras, ras_rows, ras_columns, false};
    okrug_ctx *ctx = testing_context(1);
    factors f;
    double x[16];
    assert_ok(okrug_balance(ctx, &problem, 1e-12, 100, begin(&f)));
    assert_true(f.state.converged && f.state.rounds < 20 && f.state.deviation <= 1e-12);
    okrug_balanced(&problem, &f.state, x);
    assert_all_near(4, x, first, 5e-7);
    okrug_balance_normalise(&problem, &f.state);
    double again[16], mean = 0.0;
    okrug_balanced(&problem, &f.state, again);
    assert_all_near(16, again, x, 1e-14);
    for (int cell = 0; cell < 16; cell++) {
        mean += ras[cell] * f.s[cell % 4] / 800.0;
    }
    assert_near(mean, 1.0, 1e-12); /* the cells sum to 800 */
    okrug_ctx_free(ctx);
}

static void test_gras(void **state) {
    (void)state;
    static const double a[12] = {7, 3, 5, -3, 2, 9, 8, 1, -2, 0, 2, 1}, u[3] = {15, 26, -1}, v[4] = {9, 16, 17, -2};
    static const double first[4] = {8.9764403, 3.7431602, 5.7217284, -3.4413290};
    static const double third[4] = {-2.7757757, 0.0, 1.2859579, .4898178};
    const okrug_balance_problem problem = {3, 4, a, u, v, true};
    okrug_ctx *ctx = testing_context(1);
    factors f;
    double x[12];
    assert_ok(okrug_balance(ctx, &problem, 1e-12, 1000, begin(&f)));
    assert_true(f.state.converged);
    okrug_balanced(&problem, &f.state, x);
    assert_all_near(4, x, first, 1e-7);
    assert_all_near(4, x + 8, third, 1e-7);
    okrug_ctx_free(ctx);
}

/* Stopped after three rounds and taken up again, it is where it would have been. */
static void test_goes_on_where_it_stopped(void **state) {
    (void)state;
    const okrug_balance_problem problem = {4, 4, ras, ras_rows, ras_columns, false};
    okrug_ctx *ctx = testing_context(1);
    factors once, twice;
    assert_ok(okrug_balance(ctx, &problem, 0.0, 7, begin(&once)));
    assert_ok(okrug_balance(ctx, &problem, 0.0, 3, begin(&twice)));
    assert_int_equal(twice.state.rounds, 3);
    assert_false(twice.state.converged);
    assert_ok(okrug_balance(ctx, &problem, 0.0, 7, &twice.state));
    assert_int_equal(twice.state.rounds, 7);
    assert_memory_equal(once.r, twice.r, 4 * sizeof(double));
    assert_memory_equal(once.s, twice.s, 4 * sizeof(double));
    okrug_ctx_free(ctx);
}

static void test_balanced_already(void **state) {
    (void)state;
    static const double a[4] = {1, 2, 3, 4}, u[2] = {3, 7}, v[2] = {4, 6};
    const okrug_balance_problem problem = {2, 2, a, u, v, false};
    okrug_ctx *ctx = testing_context(1);
    factors f;
    double x[4];
    assert_ok(okrug_balance(ctx, &problem, 1e-12, 100, begin(&f)));
    assert_int_equal(f.state.rounds, 1);
    okrug_balanced(&problem, &f.state, x);
    assert_all_near(4, x, a, 1e-14);
    okrug_ctx_free(ctx);
}

static void explain(const okrug_balance_problem *problem, bool *feasible, okrug_balance_cut *cut) {
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_balance_explain(ctx, problem, feasible, cut));
    okrug_ctx_free(ctx);
}

static void test_a_bottleneck_is_named(void **state) {
    (void)state;
    static const double a[9] = {1, 0, 0, 1, 0, 0, 1, 1, 1}, u[3] = {5, 6, 4}, v[3] = {7, 4, 4}, w[3] = {11, 2, 2};
    bool row[3], column[3], feasible = true;
    okrug_balance_cut cut = {.row = row, .column = column};
    explain(&(okrug_balance_problem){3, 3, a, u, v, false}, &feasible, &cut);
    assert_false(feasible);
    assert_true(row[0] && row[1] && !row[2] && column[0] && !column[1] && !column[2]);
    assert_near(cut.need, 11.0, 1e-15);
    assert_near(cut.have, 7.0, 1e-15);
    explain(&(okrug_balance_problem){3, 3, a, u, w, false}, &feasible, &cut); /* just enough */
    assert_true(feasible);
}

static void test_negative_totals_need_negative_cells(void **state) {
    (void)state;
    static const double a[4] = {3, 1, -2, 4}, u[2] = {5, 1}, v[2] = {7, -1}, w[2] = {-3, 9};
    bool row[2], column[2], feasible = true;
    okrug_balance_cut cut = {.row = row, .column = column};
    explain(&(okrug_balance_problem){2, 2, a, u, v, true}, &feasible, &cut);
    assert_false(feasible);
    assert_true(!row[0] && row[1] && !column[0] && column[1]);
    assert_near(cut.need - cut.have, 2.0, 1e-15);
    explain(&(okrug_balance_problem){2, 2, a, u, w, true}, &feasible, &cut);
    assert_true(feasible);
}

/* Every width that the processor has gives the same bytes, with cells left over at the end. */
static void test_widths_agree(void **state) {
    (void)state;
    for (int64_t n = 0; n < 40; n++) {
        double *a = testing_matrix((uint64_t)n, 4 * n, -1.0, 1.0), *s = testing_matrix(99, n, .5, 2.0);
        double *two = testing_matrix(98, n, 0.0, 1.0), *four = testing_matrix(98, n, 0.0, 1.0);
        double sum = 0.0, other = 0.0;
        static const double r[4] = {.3, 1.7, .9, 2.2};
        assert_true(okrug_balance_row_sum_by(2, n, a, s, &sum));
        assert_true(okrug_balance_add_rows_by(2, n, a, r, two));
        if (okrug_balance_row_sum_by(4, n, a, s, &other)) {
            assert_true(okrug_balance_add_rows_by(4, n, a, r, four));
            assert_memory_equal(&sum, &other, sizeof sum);
            assert_memory_equal(two, four, (size_t)n * sizeof *two + 1);
        }
        double plain = 0.0;
        for (int64_t j = 0; j < n; j++) {
            plain += a[j] * s[j];
        }
        assert_near(sum, plain, 1e-14);
        assert_false(okrug_balance_row_sum_by(3, n, a, s, &other));
        free(a);
        free(s);
        free(two);
        free(four);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ras),
        cmocka_unit_test(test_gras),
        cmocka_unit_test(test_goes_on_where_it_stopped),
        cmocka_unit_test(test_balanced_already),
        cmocka_unit_test(test_a_bottleneck_is_named),
        cmocka_unit_test(test_negative_totals_need_negative_cells),
        cmocka_unit_test(test_widths_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
