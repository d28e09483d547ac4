/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for multipliers and linkages of any viable economy.
 */
#include <okrug/inputoutput.h>
#include <okrug/linalg.h>

#include "matrices.h"

enum { SEEDS = 5, N = 37, CELLS = N * N };

/* A table in balance: deliveries, final demand and output. */
typedef struct {
    double z[CELLS], f[N], x[N], a[CELLS];
} economy;

static void draw(uint64_t seed, economy *e) {
    for (int i = 0; i < N; i++) {
        e->f[i] = testing_uniform(seed, (uint64_t)(CELLS + i), 1.0, 30.0);
        e->x[i] = e->f[i];
        for (int j = 0; j < N; j++) {
            double u = testing_uniform(seed, (uint64_t)(i * N + j), 0.0, 1.0);
            e->z[i * N + j] = u < .3 ? 0.0 : u; /* many do not deliver to each other */
            e->x[i] += e->z[i * N + j];
        }
    }
    okrug_technical_coefficients(N, e->z, e->x, e->a);
}

static void multiply(okrug_ctx *ctx, int64_t m, int64_t n, int64_t k, const double *a, const double *b, double *c) {
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, m, n, k, a, b, c));
}

static void test_output_comes_back_from_final_demand(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        economy e;
        double l[CELLS], x[N], al[CELLS];
        draw(seed, &e);
        assert_ok(okrug_leontief_inverse(ctx, N, e.a, l));
        multiply(ctx, N, 1, N, l, e.f, x);
        assert_all_near(N, x, e.x, 1e-12);
        multiply(ctx, N, N, N, e.a, l, al); /* L = I + A L */
        for (int cell = 0; cell < CELLS; cell++) {
            assert_near(l[cell], al[cell] + (cell / N == cell % N ? 1.0 : 0.0), 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_multipliers_are_rows_times_the_inverse(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        economy e;
        double l[CELLS], by_inverse[3 * N], m[3 * N];
        double *c = testing_matrix(seed + 70, 3 * N, -1.0, 1.0);
        draw(seed, &e);
        assert_ok(okrug_leontief_inverse(ctx, N, e.a, l));
        multiply(ctx, 3, N, N, c, l, by_inverse);
        assert_ok(okrug_multipliers(ctx, N, e.a, 3, c, m));
        assert_all_near(3 * N, m, by_inverse, 1e-12);
        free(c);
    }
    okrug_ctx_free(ctx);
}

/* All that is paid for beside the deliveries of industries: wages, profits, imports, taxes. */
static void test_value_added_multipliers_sum_to_1(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        economy e;
        double parts[3 * N], m[3 * N];
        draw(seed, &e);
        for (int j = 0; j < N; j++) {
            double rest = 1.0, wages = testing_uniform(seed, (uint64_t)j, 0.0, 1.0);
            for (int i = 0; i < N; i++) {
                rest -= e.a[i * N + j];
            }
            parts[j] = wages * rest;
            parts[N + j] = .2 * (1.0 - wages) * rest; /* imports */
            parts[2 * N + j] = .8 * (1.0 - wages) * rest;
        }
        assert_ok(okrug_multipliers(ctx, N, e.a, 3, parts, m));
        for (int j = 0; j < N; j++) {
            assert_near(m[j] + m[N + j] + m[2 * N + j], 1.0, 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_closing_is_the_inverse_of_the_bordered_matrix(void **state) {
    (void)state;
    enum { B = N + 1 };
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        economy e;
        double bordered[B * B], full[B * B], c[2 * N], m[2 * N], closed[2 * N], consumption[N], extended[B], row[B];
        draw(seed, &e);
        double own = .03;
        bordered[B * B - 1] = own;
        for (int j = 0; j < N; j++) {
            c[j] = testing_uniform(seed, 5000 + (uint64_t)j, 0.0, 1.0);
            c[N + j] = testing_uniform(seed, 6000 + (uint64_t)j, 0.0, .2); /* h */
            consumption[j] = testing_uniform(seed, 7000 + (uint64_t)j, 0.0, 1.0 / N);
            bordered[N * B + j] = c[N + j];
            bordered[j * B + N] = consumption[j];
            extended[j] = c[j];
            for (int i = 0; i < N; i++) {
                bordered[i * B + j] = e.a[i * N + j];
            }
        }
        extended[N] = 0.0;
        assert_ok(okrug_leontief_inverse(ctx, B, bordered, full));
        multiply(ctx, 1, B, B, extended, full, row);
        const okrug_households households = {.income = c + N, .consumption = consumption, .own = own};
        assert_ok(okrug_multipliers(ctx, N, e.a, 2, c, m));
        okrug_close_multipliers(N, 2, &households, m, m + N, closed);
        assert_all_near(N, closed, row, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* The economy without some deliveries, final demand unchanged: what output is lost. */
static double lost_without(okrug_ctx *ctx, const economy *e, int gone, bool row_too) {
    double a[CELLS], f[N], l[CELLS], x[N], lost = 0.0;
    for (int i = 0; i < N; i++) {
        f[i] = row_too && i == gone ? 0.0 : e->f[i];
        for (int j = 0; j < N; j++) {
            bool dropped = j == gone || (row_too && i == gone);
            a[i * N + j] = dropped ? 0.0 : e->a[i * N + j];
        }
    }
    assert_ok(okrug_leontief_inverse(ctx, N, a, l));
    multiply(ctx, N, 1, N, l, f, x);
    for (int i = 0; i < N; i++) {
        lost += e->x[i] - x[i];
    }
    return lost;
}

static void test_extraction_is_what_is_lost_by_deleting(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    economy e;
    double out[5][N];
    draw(3, &e);
    const okrug_linkage_results results = {.backward = out[0],
                                           .forward = out[1],
                                           .extraction_total = out[2],
                                           .extraction_backward = out[3],
                                           .upstreamness = out[4]};
    assert_ok(okrug_linkages(ctx, N, e.z, e.x, NULL, NULL, &results));
    double backward = 0.0, forward = 0.0;
    for (int j = 0; j < N; j++) {
        assert_near(out[2][j], lost_without(ctx, &e, j, true), 1e-9);
        assert_near(out[3][j], lost_without(ctx, &e, j, false), 1e-9);
        assert_true(out[4][j] >= 1.0);
        backward += out[0][j] / N;
        forward += out[1][j] / N;
    }
    assert_near(backward, 1.0, 1e-13);
    assert_near(forward, 1.0, 1e-13);
    okrug_ctx_free(ctx);
}

static void test_order_and_money_do_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        economy e, s;
        double ones[N], m[N], m_shuffled[N], out[5][N], out_shuffled[5][N];
        draw(seed, &e);
        int64_t *order = testing_permutation(seed, N);
        for (int i = 0; i < N; i++) {
            ones[i] = 1.0;
            s.x[i] = 1000.0 * e.x[order[i]];
            for (int j = 0; j < N; j++) {
                s.z[i * N + j] = 1000.0 * e.z[order[i] * N + order[j]];
            }
        }
        okrug_technical_coefficients(N, s.z, s.x, s.a);
        assert_ok(okrug_multipliers(ctx, N, e.a, 1, ones, m));
        assert_ok(okrug_multipliers(ctx, N, s.a, 1, ones, m_shuffled));
        const okrug_linkage_results plain = {out[0], out[1], out[2], out[3], out[4], NULL, NULL};
        const okrug_linkage_results shuffled = {
            out_shuffled[0], out_shuffled[1], out_shuffled[2], out_shuffled[3], out_shuffled[4], NULL, NULL};
        assert_ok(okrug_linkages(ctx, N, e.z, e.x, NULL, NULL, &plain));
        assert_ok(okrug_linkages(ctx, N, s.z, s.x, NULL, NULL, &shuffled));
        for (int i = 0; i < N; i++) {
            assert_near(m_shuffled[i], m[order[i]], 1e-12);
            for (int k = 0; k < 5; k++) {
                double unit = k == 2 || k == 3 ? 1000.0 : 1.0;
                assert_near(out_shuffled[k][i], unit * out[k][order[i]], 1e-11);
            }
        }
        free(order);
    }
    okrug_ctx_free(ctx);
}

static void test_upstreamness_of_a_closed_economy(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    economy e;
    double b[CELLS], g[CELLS], u[N];
    draw(2, &e);
    okrug_allocation_coefficients(N, e.z, e.x, b);
    assert_ok(okrug_leontief_inverse(ctx, N, b, g));
    assert_ok(okrug_upstreamness(ctx, N, e.z, e.x, NULL, u));
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) {
            sum += g[i * N + j];
        }
        assert_near(u[i], sum, 1e-12);
    }
    okrug_ctx_free(ctx);
}

static void test_the_nation_is_its_own_region(void **state) {
    (void)state;
    double *nation = testing_matrix(1, N, 1.0, 100.0), q[CELLS];
    for (int method = 0; method <= OKRUG_REGIONAL_AFLQ; method++) {
        okrug_regional_quotients(N, nation, nation, (okrug_regional_method)method, .3, 1.0, q);
        for (int cell = 0; cell < CELLS; cell++) {
            assert_near(q[cell], 1.0, 1e-14);
        }
    }
    free(nation);
}

/* 400 industries: BLAS on its own threads would answer differently. */
static void test_same_bytes_on_any_number_of_threads(void **state) {
    (void)state;
    enum { LARGE = 400, ROWS = 300 };
    double *a = testing_matrix(1, LARGE * LARGE, 0.0, 1.5 / LARGE), *c = testing_matrix(2, ROWS * LARGE, 0.0, 1.0);
    double *first = testing_numbers(LARGE * LARGE), *l = testing_numbers(LARGE * LARGE);
    double *first_m = testing_numbers(ROWS * LARGE), *m = testing_numbers(ROWS * LARGE);
    for (int run = 0; run < 5; run++) { /* 1, 2 and 3 threads, and again */
        okrug_ctx *ctx = testing_context(run % 3 + 1);
        assert_ok(okrug_leontief_inverse(ctx, LARGE, a, run == 0 ? first : l));
        assert_ok(okrug_multipliers(ctx, LARGE, a, ROWS, c, run == 0 ? first_m : m));
        okrug_ctx_free(ctx);
        if (run > 0) {
            assert_memory_equal(l, first, LARGE * LARGE * sizeof *l);
            assert_memory_equal(m, first_m, ROWS * LARGE * sizeof *m);
        }
    }
    double *all[] = {a, c, first, l, first_m, m};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output_comes_back_from_final_demand),
        cmocka_unit_test(test_multipliers_are_rows_times_the_inverse),
        cmocka_unit_test(test_value_added_multipliers_sum_to_1),
        cmocka_unit_test(test_closing_is_the_inverse_of_the_bordered_matrix),
        cmocka_unit_test(test_extraction_is_what_is_lost_by_deleting),
        cmocka_unit_test(test_order_and_money_do_not_matter),
        cmocka_unit_test(test_upstreamness_of_a_closed_economy),
        cmocka_unit_test(test_the_nation_is_its_own_region),
        cmocka_unit_test(test_same_bytes_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
